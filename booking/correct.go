package booking

import (
	"context"
	"strings"
	"unicode/utf8"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/documents"
	"hub.salford.ac.uk/ssph/mail"
	"hub.salford.ac.uk/ssph/models"
)

// CorrectInvoice puts a wrong purchase order number, name or address on an invoice of a booking right: what is left of the invoice is
// credited and issued anew, see billing.Reissue, and both documents go to whoever is invoiced. The booking keeps the number that counts.
// Only the office may. Errors: not found; forbidden; invalid with field "purchase-order", "customer", "address", "email" or
// "reason", or without a field when the sums are not those shown; conflict when the invoice cannot be replaced.
func (d Desk) CorrectInvoice(ctx context.Context, tx models.DB, actor access.Actor, code string, c billing.Correction) (note, fresh billing.Document, err error) {
	old, c, err := correctable(ctx, tx, actor, code, c)
	if err != nil {
		return note, fresh, err
	}
	b, s, err := claimBooking(ctx, tx, actor.Scope(), old.Order.ID)
	if err != nil {
		return note, fresh, err
	}
	if b.Details.PurchaseOrder != c.PurchaseOrder {
		if err := change(ctx, tx, b, map[string]any{"purchase_order": c.PurchaseOrder}); err != nil {
			return note, fresh, err
		}
	}
	if note, fresh, err = billing.Reissue(ctx, tx, actor, old.ID, c); err != nil {
		return note, fresh, err
	}
	var parts []mail.Part
	for _, doc := range []*billing.Document{&fresh, &note} {
		file, err := creditFile(ctx, tx, doc)
		if err != nil {
			return note, fresh, err
		}
		parts = append(parts, file...)
	}
	return note, fresh, d.post(ctx, tx, b, "invoice-corrected", fresh.Code, fresh.Customer.Name, fresh.Customer.Email, correctedMail{
		Reason: c.Reason, Before: old.Code, Earlier: old.Credited, Taken: note.Gross, Note: note.Code, Invoice: fresh.Code, Open: fresh.Outstanding(), Due: fresh.DueDate, Facts: sessionFacts(s),
	}, parts...)
}

// PreviewCorrection is the credit note and the invoice that CorrectInvoice would issue, without numbers. Errors as there.
func PreviewCorrection(ctx context.Context, db models.DB, actor access.Actor, code string, c billing.Correction) (note, fresh billing.Document, err error) {
	old, c, err := correctable(ctx, db, actor, code, c)
	if err != nil {
		return note, fresh, err
	}
	return billing.PreviewReissue(ctx, db, actor, old.ID, c)
}

// correctedMail is what the customer reads when an invoice is issued anew.
type correctedMail struct {
	Reason  string
	Before  string       // INV-000437
	Earlier models.Pence // taken off it by credit notes before this one
	Taken   models.Pence // off it by this one
	Note    string       // CN-000012
	Invoice string       // INV-000440
	Open    models.Pence
	Due     models.Date
	Facts   []Fact
}

// correctable finds the invoice and brings the correction to the form in which it is printed.
func correctable(ctx context.Context, db models.DB, actor access.Actor, code string, c billing.Correction) (billing.Document, billing.Correction, error) {
	if err := actor.Require(access.RoleOffice); err != nil {
		return billing.Document{}, c, err
	}
	old, err := billing.FindDocument(ctx, db, actor.Scope(), code)
	if err != nil {
		return old, c, err
	}
	var p models.Problems
	if c.PurchaseOrder, err = billing.TidyPurchaseOrder(c.PurchaseOrder); err != nil {
		p.Add("purchase-order", "%s", sentence(err))
	}
	c.Customer.OrganisationID = old.Customer.OrganisationID
	c.Customer.Name = oneName(&p, "customer", c.Customer.Name, "Enter who the invoice is for")
	c.Customer.Email = oneEmail(&p, "email", "the invoice", c.Customer.Email)
	c.Customer.Address = oneAddress(&p, c.Customer.Address)
	c.Reason = oneLine(&p, "reason", c.Reason, 100, "Enter what is being corrected. The customer reads it on the credit note")
	if err := p.Err(); err != nil {
		return old, c, err
	}
	if c.PurchaseOrder != old.PurchaseOrder && old.Customer.OrganisationID != nil {
		rule, err := billing.PurchaseRuleOf(ctx, db, *old.Customer.OrganisationID)
		if err != nil {
			return old, c, err
		}
		return old, c, rule.Check(c.PurchaseOrder)
	}
	return old, c, nil
}

// oneAddress reads an address of a line each.
func oneAddress(p *models.Problems, typed string) string {
	const mostLines, longest = 6, 100
	var lines []string
	for line := range strings.SplitSeq(typed, "\n") {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			lines = append(lines, line)
		}
	}
	address := strings.Join(lines, "\n")
	switch {
	case len(lines) == 0:
		p.Add("address", "Enter the address the invoice is for")
	case len(lines) > mostLines:
		p.Add("address", "Use %d lines or fewer", mostLines)
	case !utf8.ValidString(address) || !documents.Printable(strings.Join(lines, " ")):
		p.Add("address", "%s", unprintable)
	}
	for _, line := range lines {
		if utf8.RuneCountInString(line) > longest {
			p.Add("address", "Use %d characters or fewer in a line", longest)
			break
		}
	}
	return address
}
