package billing

import (
	"context"
	"strings"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// Correction says what an issued invoice should have said. An invoice is never edited: what is left of it is
// credited and issued anew.
type Correction struct {
	PurchaseOrder string
	Customer      Customer
	Reason        string  // "Purchase order number corrected"
	Shown         *string // what the person agreed to, see ReissueAgreed; when it has changed since, nothing is done
}

// Reissue credits what is left of an invoice and issues one that stands for it, with the corrected purchase order or customer. Nothing
// was credited before: the same lines, price and VAT rows. A part was: one line for each VAT row with what is left of it. Money that
// was on the old one goes over to the new, so nothing is refunded and nothing owed twice; what earlier credit notes send back is not
// touched. Only the office may. Errors: invalid with field "purchase-order", "customer" or "reason", or without a field when the sums
// are not those shown; conflict when nothing is left of it, or it was replaced already.
func Reissue(ctx context.Context, tx models.DB, actor access.Actor, invoiceID int64, c Correction) (note, invoice Document, err error) {
	if err := actor.Require(access.RoleOffice); err != nil {
		return note, invoice, err
	}
	if err := lockMoney(ctx, tx); err != nil {
		return note, invoice, err
	}
	old, fresh, req, err := draftReissue(ctx, tx, invoiceID, c)
	if err != nil {
		return note, invoice, err
	}
	if c.Shown != nil && *c.Shown != ReissueAgreed(Document{Gross: fresh.Gross, Paid: old.Paid}) { // under the lock of all money
		return note, invoice, ShownChanged()
	}
	paid, err := allocationsOf(ctx, tx, old.ID)
	if err != nil {
		return note, invoice, err
	}
	note, err = credit(ctx, tx, actor, old, req)
	if err != nil {
		return note, invoice, err
	}
	if err := issue(ctx, tx, &fresh); err != nil {
		return note, invoice, err
	}
	for _, a := range paid {
		// The account is the same, and what had gone back elsewhere without a credit note had not left the old invoice either.
		if err := insertAllocation(ctx, tx, a.PaymentID, fresh.ID, a.GrossPence); err != nil {
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
	old, fresh, req, err := draftReissue(ctx, db, invoiceID, c)
	if err != nil {
		return note, invoice, err
	}
	note, err = draftCredit(ctx, db, old, req)
	fresh.Paid = old.Paid
	return note, fresh, err
}

// draftReissue checks the correction and works out both documents but for their numbers. The new invoice's tax point and due date are
// the old one's: the supply has not changed, and a correction gives nobody more or less time to pay.
func draftReissue(ctx context.Context, db models.DB, invoiceID int64, c Correction) (old, fresh Document, req CreditRequest, err error) {
	if old, err = documentByID(ctx, db, invoiceID); err != nil {
		return old, fresh, req, err
	}
	if err := mayReplace(ctx, db, old, c); err != nil {
		return old, fresh, req, err
	}
	notes, err := creditNotesOf(ctx, db, old.ID)
	if err != nil {
		return old, fresh, req, err
	}
	fresh, req = replacement(old, notes, c)
	fresh.IssuedAt, fresh.IssueDate = db.Now(), db.Today()
	if fresh.PaidBefore, err = paidBefore(ctx, db, old); err != nil {
		return old, fresh, req, err
	}
	return old, fresh, req, fitsCap(ctx, db, old, fresh)
}

// mayReplace refuses what cannot be corrected, and a correction that says nothing.
func mayReplace(ctx context.Context, db models.DB, old Document, c Correction) error {
	now, err := Standing(ctx, db, old)
	switch {
	case err != nil:
		return err
	case old.Kind != Invoice:
		return models.Fail(models.KindConflict, "%s is a credit note. Only invoices can be corrected", old.Code)
	case now.ID != old.ID:
		return models.Fail(models.KindConflict, "%s was replaced by %s. Correct that one", old.Code, now.Code)
	case old.Gross == 0:
		return models.Fail(models.KindConflict, "%s asks for nothing, so it cannot be credited and issued anew", old.Code)
	case old.Credited >= old.Gross:
		return models.Fail(models.KindConflict, "%s is credited in full, so nothing of it is left to correct", old.Code)
	case strings.TrimSpace(c.Reason) == "":
		return models.Invalid("reason", "Enter what is being corrected. The customer reads it on the credit note")
	case c.Customer.Name == "":
		return models.Invalid("customer", "Enter who the invoice is for")
	case c.PurchaseOrder == old.PurchaseOrder && c.Customer.Name == old.Customer.Name && c.Customer.Address == old.Customer.Address:
		return models.Invalid("purchase-order", "Change the purchase order number, the name or the address. Nothing is different yet")
	}
	return nil
}

// paidBefore says what had been paid on an invoice that is replaced, by the latest payment that is on it still; nil when nothing had.
func paidBefore(ctx context.Context, db models.DB, old Document) (*PaidBefore, error) {
	on, err := allocationsOf(ctx, db, old.ID)
	if err != nil || len(on) == 0 {
		return nil, err
	}
	payment, err := paymentByID(ctx, db, on[len(on)-1].PaymentID)
	return &PaidBefore{Gross: old.Paid, Method: PaymentMethod(payment.Method), On: payment.ReceivedOn}, err
}
