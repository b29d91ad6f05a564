package licensing

import (
	"cmp"
	"context"
	"slices"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// StepKind says which link of the chain a step of a person's timeline belongs to.
type StepKind string

// The links, in their order.
const (
	StepBooking     StepKind = "booking"
	StepPlace       StepKind = "place"
	StepRegister    StepKind = "register"
	StepCompletion  StepKind = "completion"
	StepCertificate StepKind = "certificate"
	StepLicence     StepKind = "licence"
)

func (k StepKind) rank() int {
	return slices.Index([]StepKind{StepBooking, StepPlace, StepRegister, StepCompletion, StepCertificate, StepLicence}, k)
}

// Step is one thing that happened to a person between booking and licence.
type Step struct {
	At        time.Time // UTC
	Kind      StepKind
	What      string
	Why       string // its cause; empty where the step before says it
	BookingID int64  // the booking it belongs to, where it has one
	SessionID int64
	Code      Code // the certificate, where it has one
	LicenceID int64
}

// Timeline is everything between a person's bookings and licences, oldest first, for the office. Error: forbidden.
func Timeline(ctx context.Context, db models.DB, actor access.Actor, personID int64) ([]Step, error) {
	if err := actor.Require(access.RoleOffice); err != nil {
		return nil, err
	}
	var all []Step
	for _, read := range []func(context.Context, models.DB, int64) ([]Step, error){
		placeSteps, markSteps, catchUpSteps, completionSteps, certificateSteps, periodSteps, standingSteps,
	} {
		steps, err := read(ctx, db, personID)
		if err != nil {
			return nil, err
		}
		all = append(all, steps...)
	}
	slices.SortStableFunc(all, func(a, b Step) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Kind.rank(), b.Kind.rank()))
	})
	return all, nil
}
