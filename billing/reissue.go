package billing

import (
	"context"
	"strings"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// Correction says what an issued invoice should have said. An invoice is never edited: it is credited in full and issued anew.
type Correction struct {
	PurchaseOrder string
	Customer      Customer
	Reason        string // "Purchase order number corrected"
}

// Reissue credits an invoice in full and issues one that stands for it, with the corrected purchase order or customer: the same
// lines, price and VAT rows. Money that was on the old one goes over to the new, so nothing is refunded and nothing owed twice.
// Only the office may. Errors: conflict when a part of it was credited before, or it was replaced already.
func Reissue(ctx context.Context, tx models.DB, actor access.Actor, invoiceID int64, c Correction) (note, invoice Document, err error) {
	if err := actor.Require(access.RoleOffice); err != nil {
		return note, invoice, err
	}
	if err := lockMoney(ctx, tx); err != nil {
		return note, invoice, err
	}
	old, fresh, err := draftReissue(ctx, tx, invoiceID, c)
	if err != nil {
		return note, invoice, err
	}
	paid, err := allocationsOf(ctx, tx, old.ID)
	if err != nil {
		return note, invoice, err
	}
	note, err = credit(ctx, tx, actor, old, wholeOf(old, c))
	if err != nil {
		return note, invoice, err
	}
	if err := issue(ctx, tx, &fresh); err != nil {
		return note, invoice, err
	}
	for _, a := range paid {
		if err := allocate(ctx, tx, a.PaymentID, fresh, a.GrossPence); err != nil {
			return note, invoice, err
		}
		fresh.Paid += a.GrossPence
	}
	return note, fresh, access.Record(ctx, tx, actor, access.Entry{
		Action: "invoice replaced", SubjectKind: "document", SubjectID: fresh.ID, OrganisationID: fresh.Customer.OrganisationID,
		Detail: map[string]any{"code": fresh.Code, "replaces": old.Code, "credit_note": note.Code, "reason": c.Reason},
	})
}

// PreviewReissue is the credit note and the invoice that Reissue would issue, without numbers.
func PreviewReissue(ctx context.Context, db models.DB, actor access.Actor, invoiceID int64, c Correction) (note, invoice Document, err error) {
	if err := actor.Require(access.RoleOffice); err != nil {
		return note, invoice, err
	}
	old, fresh, err := draftReissue(ctx, db, invoiceID, c)
	if err != nil {
		return note, invoice, err
	}
	note, err = draftCredit(ctx, db, old, wholeOf(old, c))
	fresh.Paid = old.Paid
	return note, fresh, err
}

// draftReissue checks the correction and works out the new invoice but for its number. Its tax point and due date are the old
// one's: the supply has not changed, and a correction gives nobody more or less time to pay.
func draftReissue(ctx context.Context, db models.DB, invoiceID int64, c Correction) (old, fresh Document, err error) {
	old, err = documentByID(ctx, db, invoiceID)
	if err != nil {
		return old, fresh, err
	}
	c.Reason = strings.TrimSpace(c.Reason)
	switch {
	case old.Kind != Invoice:
		return old, fresh, models.Fail(models.KindConflict, "%s is a credit note. Only invoices can be corrected", old.Code)
	case c.Reason == "":
		return old, fresh, models.Invalid("reason", "Enter what is being corrected. The customer reads it on the credit note")
	case c.Customer.Name == "":
		return old, fresh, models.Invalid("customer", "Enter who the invoice is for")
	case c.PurchaseOrder == old.PurchaseOrder && c.Customer.Name == old.Customer.Name && c.Customer.Address == old.Customer.Address:
		return old, fresh, models.Invalid("purchase-order", "Change the purchase order number, the name or the address. Nothing is different yet")
	case old.Credited > 0:
		return old, fresh, models.Fail(models.KindConflict, "A part of %s has been credited already, so it cannot be replaced as a whole", old.Code)
	}
	fresh = old
	fresh.ID, fresh.Code, fresh.Paid, fresh.Credited = 0, "", 0, 0
	fresh.IssuedAt, fresh.IssueDate = db.Now(), db.Today()
	fresh.PurchaseOrder = c.PurchaseOrder
	fresh.Customer.Name, fresh.Customer.Address = c.Customer.Name, c.Customer.Address
	if c.Customer.Email != "" {
		fresh.Customer.Email = c.Customer.Email
	}
	fresh.Replaces = &DocumentRef{ID: old.ID, Code: old.Code, IssueDate: old.IssueDate}
	fresh.PaidBefore, err = paidBefore(ctx, db, old)
	return old, fresh, err
}

// paidBefore says what had been paid on an invoice that is replaced; nil when nothing had.
func paidBefore(ctx context.Context, db models.DB, old Document) (*PaidBefore, error) {
	if old.Paid == 0 {
		return nil, nil
	}
	payments, err := paidOn(ctx, db, old.ID)
	if err != nil || len(payments) == 0 {
		return nil, err
	}
	return &PaidBefore{Gross: old.Paid, Method: PaymentMethod(payments[0].Method), On: payments[0].ReceivedOn}, nil
}

// wholeOf asks for all of an invoice back, line by line.
func wholeOf(invoice Document, c Correction) CreditRequest {
	req := CreditRequest{InvoiceID: invoice.ID, Reason: c.Reason, MovesOn: true}
	nets := make([]models.Pence, len(invoice.Lines))
	for i, l := range invoice.Lines {
		nets[i] = l.Net
	}
	for i, vat := range invoice.lineVATs(nets) {
		l := invoice.Lines[i]
		req.Lines = append(req.Lines, CreditLine{
			Line: i + 1, Description: l.Description, Details: l.Details, Amount: Amount{l.Net, vat},
		})
	}
	return req
}

// lineVATs shares each VAT total over the lines of its category and rate.
func (d Document) lineVATs(nets []models.Pence) []models.Pence {
	out := make([]models.Pence, len(nets))
	for _, v := range d.VATs {
		var at []int
		var of []models.Pence
		for i, l := range d.Lines {
			if l.Rate.sameAs(v.Rate) {
				at, of = append(at, i), append(of, nets[i])
			}
		}
		for k, part := range spread(v.VAT, of) {
			out[at[k]] = part
		}
	}
	return out
}
