package templates

import (
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// Button is a link drawn as a button. One filled button stands on a page or panel; the second is outlined.
type Button struct {
	Label    string
	URL      string
	Outlined bool
	Small    bool
}

// SummaryRow is one line of a check page: what, its value, and where to change it.
type SummaryRow struct {
	Key    string
	Lines  []string // the value
	Notes  []string // what is said about it, in the second colour
	Strong bool     // the value is bold: for the sum
	Change string   // the address of "Change"; empty when it cannot be changed
}

// ToDo is one line of a to-do list: what, by when, and one link or one amount at the right.
type ToDo struct {
	What   string
	By     string
	Link   *Action
	Amount string
}

// Details is folded text: for "how was this worked out".
type Details struct {
	Summary string
	Lines   []string
}

// Empty is the state of a list with nothing in it: what will stand here, and one thing to do.
type Empty struct {
	Text   string
	Action *Action
}

// Pages is where a person is in a long list.
type Pages struct {
	Previous, Next string // addresses; empty when there is none
	Now, Of        int
}

// Step is one dot of the step strip.
type Step struct {
	Name string
	URL  string // where a finished step is changed; empty otherwise
	Look StepLook
}

// StepLook is done, now or to come.
type StepLook string

// The three looks of a step: filled dot, ring, empty dot.
const (
	StepDone StepLook = "done"
	StepNow  StepLook = "now"
	StepNext StepLook = "next"
)

// BookingStep is a step of booking.
type BookingStep int

// The steps of booking, in order.
const (
	StepPlaces BookingStep = iota
	StepPeople
	StepBilling
	StepCheck
)

// BookingSteps draws the strip for booking: what is before now is done. urls are the addresses of the finished steps, in order; fewer is fine.
func BookingSteps(now BookingStep, urls ...string) []Step {
	names := []string{"Places", "People", "Billing", "Check and pay"}
	steps := make([]Step, len(names))
	for i, name := range names {
		steps[i] = Step{Name: name, Look: StepNext}
		switch {
		case i < int(now):
			steps[i].Look = StepDone
			if i < len(urls) {
				steps[i].URL = urls[i]
			}
		case i == int(now):
			steps[i].Look = StepNow
		}
	}
	return steps
}

// CostSummary is the sum beside a form: always the figures of the one price function.
type CostSummary struct {
	Session   Session
	Places    int
	Unit      models.Pence   // one place, before VAT and discount
	Net       models.Pence   // before VAT, after discount
	Discount  models.Pence   // 0 for none
	Percent   models.Percent // of the discount
	Why       string         // the reason of the discount
	VAT       models.Pence
	VATRate   models.Percent
	Gross     models.Pence
	Credited  models.Pence // taken off again for cancelled places, with VAT; 0 for none
	HeldUntil time.Time    // zero when nothing is held
	Bought    bool         // nothing is held and nothing to decide: the last line is the total, paid or not
}

// Left is the total less what was credited.
func (s CostSummary) Left() models.Pence { return s.Gross - s.Credited }

// Lines is net before the discount, for the line "3 places at £228.00".
func (s CostSummary) Lines() models.Pence { return s.Net + s.Discount }

// LadderRow is one line of "If your plans change".
type LadderRow struct {
	When string       // "Up to 17 December 2026"
	Pay  string       // "Nothing", "50%"
	Back models.Pence // what comes back for one place, with VAT
}
