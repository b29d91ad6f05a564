package handlers

import (
	"context"
	"strings"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

// addDocuments puts a booking's invoices on its page, and how to pay the first that is still open.
func (s *Site) addDocuments(ctx context.Context, scope access.Scope, b booking.Booking, page *templates.BookingPage) error {
	order := b.Order()
	docs, _, err := billing.Documents(ctx, s.db, scope, billing.DocumentFilter{Order: &order})
	if err != nil {
		return err
	}
	for _, d := range docs {
		page.Documents = append(page.Documents, customerDocument(d, s.db.Today()))
		if d.Kind == billing.Invoice && d.Outstanding() > 0 && page.Pay == nil {
			page.Pay = howToPay(d)
			if page.Pay.Why, err = s.takenBackWords(ctx, d); err != nil {
				return err
			}
		}
	}
	return nil
}

// customerDocument is an invoice or credit note in a customer's list.
func customerDocument(d billing.Document, today models.Date) templates.DocumentRow {
	row := templates.DocumentRow{
		Number: d.Code, URL: "/invoices/" + d.Code, PDFURL: "/invoices/" + d.Code + ".pdf", Date: d.IssueDate, PO: d.PurchaseOrder, Total: d.Gross,
		State: customerTag(d.State(today)),
	}
	switch {
	case d.Kind == billing.CreditNote:
		row.For, row.Total = d.Reason+", for "+d.Credits.Code, -d.Gross
	case d.Rest() != "":
		row.For = d.Rest()
	case len(d.Lines) > 0:
		row.For = documentFor(d.Lines[0])
	}
	if d.Outstanding() > 0 {
		row.Note = "Due " + d.DueDate.String()
	}
	return row
}

// documentFor says in few words what a document is for: how many places, and when. A line's first detail begins with the days.
func documentFor(l billing.DocumentLine) string {
	words := models.Count(l.Quantity, "place")
	if len(l.Details) > 0 {
		days, _, _ := strings.Cut(l.Details[0], ", ")
		words += ", " + days
	}
	return words
}

func customerTag(state billing.DocumentState) templates.Tag {
	look := templates.TagInfo
	switch state {
	case billing.StatePaid:
		look = templates.TagOK
	case billing.StateOverdue:
		look = templates.TagStop
	case billing.StateCredited:
		look = templates.TagQuiet
	case billing.StateSettled:
		look = templates.TagOK
	case billing.StateToRefund, billing.StateFailed:
		look = templates.TagWait
	case billing.StateSent, billing.StatePartPaid, billing.StateOnItsWay:
	}
	return templates.Tag{Look: look, Word: string(state)}
}

// howToPay is the bank details of an open invoice, as they stand on it.
func howToPay(d billing.Document) *templates.PayPanel {
	p := &templates.PayPanel{Amount: d.Outstanding(), By: d.DueDate, Reference: d.Code, Note: "Pay by bank transfer to this account.", Lines: []templates.Fact{
		{Name: "Account name", Value: d.Supplier.AccountName},
		{Name: "Sort code", Value: d.Supplier.SortCode},
		{Name: "Account number", Value: d.Supplier.AccountNumber},
	}}
	if d.Supplier.Demonstration {
		p.Note = "These bank details are an example: do not pay into this account."
	}
	return p
}

// takenBackWords tells a customer why an invoice that was paid by card is open again.
func (s *Site) takenBackWords(ctx context.Context, d billing.Document) ([]string, error) {
	taken, err := billing.TakenBackOf(ctx, s.db, d)
	var words []string
	for _, t := range taken {
		what := "your card payment of " + t.Paid.String()
		if t.Gross < t.Paid {
			what = t.Gross.String() + " of " + what
		}
		words = append(words, "Your bank took back "+what+" on "+t.On.String()+".")
	}
	return words, err
}
