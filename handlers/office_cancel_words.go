package handlers

import (
	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

// cancelGrounds are the grounds on which the office may cancel, each with what it would come to today. It returns the first of them
// worked out; when not even that can be, the error says why.
func (s *Site) cancelGrounds(c echo.Context, asked cancelAsked) (all []templates.CancelGround, first booking.Cancelling, err error) {
	for _, g := range []struct {
		ground booking.Ground
		label  string
	}{
		{booking.ByTerms, "On the booking’s terms"}, {booking.CoolingOff, "An individual changed their mind"},
		{booking.ByTheHub, "The Hub cancels"}, {booking.Goodwill, "Goodwill"},
	} {
		ahead, err := booking.PreviewCancel(c.Request().Context(), s.db, actorOf(c), booking.CancelRequest{
			BookingID: asked.booking.ID, Ordinals: asked.ordinals, Ground: g.ground, Reason: "looked at",
		})
		hint := ""
		switch {
		case g.ground == booking.Goodwill:
			hint = "You decide the fee"
		case len(models.ProblemsOf(err)) > 0:
			continue // this ground does not apply
		case err == nil:
			hint = ahead.Places[0].Words(g.ground) + ": " + ahead.Credit.Gross().String() + " " + lowerFirst(creditLabel(ahead.Note))
		case lacksInvoice(ahead, err):
			hint = failureOf(err).sentence
		}
		if err != nil && hint == "" {
			return nil, first, err
		}
		if len(first.Places) == 0 && len(ahead.Places) > 0 {
			first = ahead
		}
		all = append(all, templates.CancelGround{Value: string(g.ground), Label: g.label, Hint: hint})
	}
	return all, first, nil
}

// lacksInvoice says that only a fee stands in the way, because the booking has no invoice to keep it from: another ground may do.
func lacksInvoice(ahead booking.Cancelling, err error) bool {
	return models.KindOf(err) == models.KindConflict && ahead.Invoice == nil && len(ahead.Places) > 0 && ahead.Places[0].Fee > 0
}

// invoiceRow says which invoice the credit is taken from, and how it stands.
func invoiceRow(ahead booking.Cancelling) []templates.SummaryRow {
	row := templates.SummaryRow{Key: "Invoice", Lines: []string{"None yet"}}
	if doc := ahead.Invoice; doc != nil {
		row.Lines, row.Notes = []string{doc.Code + ", " + doc.Gross.String()}, []string{doc.Outstanding().String() + " to pay"}
	}
	return []templates.SummaryRow{row}
}

// noticeRow says when the Hub was told, and how long before the session that is.
func noticeRow(ahead booking.Cancelling) templates.SummaryRow {
	return templates.SummaryRow{Key: "Day we were told", Lines: []string{ahead.Notice.On.Long()}, Notes: []string{daysWords(ahead.Places[0].DaysBefore)}}
}
