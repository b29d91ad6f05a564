package handlers

import (
	"context"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

// nameAhead is how many days before the first part the pages ask for everybody's name. It is a wish: nothing ends then.
const nameAhead = 7

// bookCheck is the last step: everything on one page, and how to pay.
func (s *Site) bookCheck(c echo.Context, b booking.Booking) error {
	return s.bookCheckPage(c, b, "", nil)
}

// bookCheckPage draws the last step. A booking without details goes back to where they are asked.
func (s *Site) bookCheckPage(c echo.Context, b booking.Booking, pay string, problems models.Problems) error {
	if b.Buyer == "" || !b.Details.Complete() {
		return s.redirect(c, stepURL(b, "billing"))
	}
	ctx := c.Request().Context()
	sale, err := s.saleOf(ctx, b)
	if err != nil {
		return err
	}
	ladder, err := s.frozenLadder(ctx, sale)
	if err != nil {
		return err
	}
	settings, err := access.LoadSettings(ctx, s.db)
	if err != nil {
		return err
	}
	page := templates.BookCheckPage{
		Page: s.bookingFrame(c, "Check your booking"), Steps: stepsTo(templates.StepCheck, b), Sum: sale.sum, Rows: checkRows(sale, s.db.Today()),
		Ladder: ladder, Cooling: b.Buyer == booking.Individual, Pay: pay, CanCard: true, CanInvoice: b.Buyer == booking.Organisation,
		Shown: penceField(sale.sum.Gross), InvoiceEmail: b.Details.InvoiceTo(), InvoiceDays: settings.PaymentTermsDays, TestPayments: s.demonstration(),
		URL: stepURL(b, "pay"), GiveUpURL: stepURL(b, "give-up"),
	}
	if page.CanInvoice {
		page.Follows = b.PurchaseOrderDue
		page.AskDiscount = b.Discount == 0 && actorOf(c).Email != b.Details.Email
		page.SignInURL = "/sign-in?" + url.Values{"next": {stepURL(b, "check")}}.Encode()
	}
	if !page.Follows.IsZero() {
		if page.VATNote, err = booking.VATNote(ctx, s.db, b, page.Follows); err != nil {
			return err
		}
	}
	if !page.CanInvoice {
		page.Pay = "card" // there is nothing else to choose
	}
	page.Problems = problems
	return s.render(c, statusFor(problems), "book-check", page)
}

// frozenLadder is the cancellation terms a booking was made under, with what comes back of one place's price.
func (s *Site) frozenLadder(ctx context.Context, sale sale) ([]templates.LadderRow, error) {
	ladder, err := billing.LadderByID(ctx, s.db, sale.LadderID)
	if err != nil || len(sale.Standing()) == 0 {
		return nil, err
	}
	share := billing.PlaceShares(billing.Amount{Net: sale.sum.Net, VAT: sale.sum.VAT}, sale.sum.Places)
	return ladderRows(ladder, sale.session.FirstDay(), share[0].Gross(), s.db.Today()), nil
}

// checkRows is the summary: session, people, invoice, sum, each with where it is changed.
func checkRows(sale sale, today models.Date) []templates.SummaryRow {
	view, d := sale.sum.Session, sale.Details
	rows := []templates.SummaryRow{
		{Key: "Session", Lines: []string{view.Dates()}, Notes: []string{view.Times(), view.Place()}, Change: "/sessions"},
		peopleRow(sale, today),
		{Key: "Booked by", Lines: []string{d.Name}, Notes: []string{d.Email}, Change: stepURL(sale.Booking, "billing")},
		{Key: "Invoice to", Lines: []string{d.Customer()}, Notes: d.AddressLines(), Change: stepURL(sale.Booking, "billing")},
	}
	if sale.Buyer == booking.Organisation {
		row := templates.SummaryRow{Key: "Purchase order", Lines: []string{d.PurchaseOrder}, Change: stepURL(sale.Booking, "billing")}
		switch {
		case d.ToFollow:
			row.Lines = []string{"Follows by " + sale.PurchaseOrderDue.String()}
		case d.PurchaseOrder == "" && sale.sum.Gross > 0:
			row.Lines, row.Notes = []string{"None"}, []string{"You need one to pay by invoice."}
		case d.PurchaseOrder == "":
			row.Lines = []string{"None"}
		}
		rows = append(rows, row)
	}
	return append(rows, sumRow(sale))
}

func peopleRow(sale sale, today models.Date) templates.SummaryRow {
	row := templates.SummaryRow{Key: "People", Change: stepURL(sale.Booking, "people")}
	for _, p := range sale.Places {
		if p.Named() {
			row.Lines = append(row.Lines, p.Name)
		}
	}
	if n := sale.Unnamed(); n > 0 {
		words := countPeople(n) + " to name"
		if by := nameBy(sale, today); !by.IsZero() {
			words += " by " + by.String()
		}
		row.Notes = append(row.Notes, words)
	}
	return row
}

// nameBy is the day by which the pages ask for names; no day when everybody is named, or when it has gone by.
func nameBy(sale sale, today models.Date) models.Date {
	by := sale.session.FirstDay().AddDays(-nameAhead)
	if sale.Unnamed() == 0 || by.Before(today) {
		return models.Date{}
	}
	return by
}

// countPeople writes "1 person", "3 people".
func countPeople(n int) string {
	if n == 1 {
		return "1 person"
	}
	return strconv.Itoa(n) + " people"
}

func sumRow(sale sale) templates.SummaryRow {
	sum := sale.sum
	row := templates.SummaryRow{Key: "To pay", Strong: true, Lines: []string{sum.Gross.String()}, Notes: []string{
		models.Count(sum.Places, "place") + " at " + sum.Unit.String() + " is " + sum.Lines().String(),
	}}
	if sum.Discount > 0 {
		row.Notes = append(row.Notes, "Less "+sum.Percent.String()+" discount, "+sum.Discount.String()+": "+sum.Why)
	}
	row.Notes = append(row.Notes, "VAT at "+sum.VATRate.String()+" is "+sum.VAT.String())
	return row
}
