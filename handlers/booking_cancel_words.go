package handlers

import (
	"strconv"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/templates"
)

// whosePlace names a place: "Grace Okafor’s place", "place 3".
func whosePlace(p booking.Place) string {
	if p.Named() {
		return p.Name + "’s place"
	}
	return "place " + strconv.Itoa(p.Ordinal)
}

// placeFacts are which places are cancelled, and on which session.
func placeFacts(ahead booking.Cancelling) []templates.SummaryRow {
	row := templates.SummaryRow{Key: "Places"}
	if len(ahead.Places) == 1 {
		row.Key = "Place"
	}
	for _, one := range ahead.Places {
		if one.Place.Named() {
			row.Lines = append(row.Lines, one.Place.Name)
		} else {
			row.Lines = append(row.Lines, "Nobody named yet")
		}
	}
	return []templates.SummaryRow{row, {Key: "Session", Lines: []string{ahead.Session.DaysLine()}, Notes: []string{ahead.Session.Heading()}}}
}

// termRows are the rule that applies and its figures, all places together.
func termRows(ahead booking.Cancelling) []templates.SummaryRow {
	one := ahead.Places[0]
	rows := []templates.SummaryRow{{Key: "Rule", Lines: []string{one.Words(ahead.Notice.Ground) + "."}}}
	return append(rows, amountRows(ahead.Kept, ahead.Credit, creditLabel(ahead.Note))...)
}

// isCredited labels a credit of which a part went back before, or is not here.
const isCredited = "Is credited"

// creditLabel names what is credited by what becomes of it: only what is all sent now comes back.
func creditLabel(note *billing.Document) string {
	if note == nil {
		return "Comes back"
	}
	for _, p := range note.Parts {
		switch {
		case p.Kind == billing.PartSetOff && p.Gross == note.Gross:
			return "Comes off the invoice"
		case p.Kind != billing.PartSent:
			return isCredited
		}
	}
	return "Comes back"
}

// amountRows are what is kept and what is credited, each with its VAT.
func amountRows(kept, credit billing.Amount, back string) []templates.SummaryRow {
	row := func(key string, a billing.Amount) templates.SummaryRow {
		if a.Gross() == 0 {
			return templates.SummaryRow{Key: key, Lines: []string{"Nothing"}}
		}
		return templates.SummaryRow{Key: key, Lines: []string{a.Gross().String()}, Notes: []string{a.Net.String() + " + " + a.VAT.String() + " VAT"}}
	}
	last := row(back, credit)
	last.Strong = true
	return []templates.SummaryRow{row("We keep", kept), last}
}

// creditMoney says where the credit goes: to the customer in the words of the credit note, to the office in its own.
func creditMoney(ahead booking.Cancelling, office bool) string {
	switch {
	case ahead.Note != nil && office:
		return ahead.Note.MoneyWords()
	case ahead.Note != nil:
		return ahead.Note.Words().Statement
	case ahead.Invoice == nil:
		return "Nothing has been invoiced for it, so nothing has to come back. The invoice will not ask for it."
	}
	return "Nothing comes back. Invoice " + ahead.Invoice.Code + " stays as it is, and there is no credit note."
}

// fillCancelled says how a place was cancelled.
func (s *Site) fillCancelled(page *templates.CancelledPage, done booking.Cancellation, session scheduling.Session) {
	page.Heading = sentenceCase(whosePlace(done.Place)) + " is cancelled"
	page.Rows = append([]templates.SummaryRow{
		{Key: "Session", Lines: []string{session.DaysLine()}, Notes: []string{session.Heading()}},
		{Key: "Cancelled", Lines: []string{models.When(done.At)}, Notes: []string{daysWords(done.DaysBefore)}},
		{Key: "Rule", Lines: []string{groundWords(done)}},
	}, amountRows(done.Kept, done.Credit, "Credited")...)
	if done.Note == nil {
		page.Lead = "Nothing came back, so there is no credit note."
		return
	}
	row := customerDocument(*done.Note, s.db.Today())
	row.Total = done.Note.Gross
	page.Note, page.Story = &row, creditStory(*done.Note, false, nil)
}

func daysWords(days int) string {
	switch {
	case days == 0:
		return "On the day of the session"
	case days < 0:
		return counted(-days, "day") + " after the session began"
	}
	return counted(days, "day") + " before the session"
}

// groundWords says after the event which rule applied.
func groundWords(done booking.Cancellation) string {
	kept := done.Fee.String() + " is kept"
	if done.Fee == 0 {
		kept = "nothing is kept"
	}
	switch done.Ground {
	case booking.CoolingOff:
		return "Changed their mind within 14 days of booking: " + kept
	case booking.ByTheHub:
		return "Cancelled by the Hub: " + kept
	case booking.Goodwill:
		return "As goodwill: " + kept
	case booking.ByTerms:
	}
	return "On the booking’s terms: " + kept
}
