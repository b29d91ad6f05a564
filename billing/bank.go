package billing

import (
	"context"
	"errors"
	"fmt"
	"unicode/utf8"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// BankReceipt is a bank transfer the office has seen on the Hub's account.
type BankReceipt struct {
	Code       string // of the invoice it pays
	Gross      models.Pence
	On         models.Date // the day it reached the account
	Reference  string      // as the payer wrote it
	Note       string
	RequestKey string // one for each form shown: sent twice, it records once
}

// RecordBankPayment records a bank transfer and puts it on its invoice, or on the one that stands for it, as far as that is still
// unpaid; what is over becomes a task. It returns the invoice that it is on. Only the office may. The same RequestKey again changes
// nothing.
func RecordBankPayment(ctx context.Context, tx models.DB, actor access.Actor, r BankReceipt) (Document, error) {
	if err := actor.Require(access.RoleOffice); err != nil {
		return Document{}, err
	}
	if err := r.check(tx.Today()); err != nil {
		return Document{}, err
	}
	if err := lockSeries(ctx, tx, Invoice); err != nil {
		return Document{}, err
	}
	named, err := FindDocument(ctx, tx, actor.Scope(), r.Code)
	if err != nil {
		return Document{}, err
	}
	doc, err := Standing(ctx, tx, named)
	if err != nil {
		return Document{}, err
	}
	payment, fresh, err := insertBankPayment(ctx, tx, actor, r, doc)
	if err != nil || !fresh {
		return doc, err
	}
	if onIt := min(payment.GrossPence, doc.Outstanding()); onIt > 0 {
		if err := allocate(ctx, tx, payment.ID, doc, onIt); err != nil {
			return Document{}, fmt.Errorf("allocate to %s: %w", doc.Code, err)
		}
		doc.Paid += onIt
		payment.GrossPence -= onIt
	}
	if payment.GrossPence > 0 {
		err = raise(ctx, tx, taskPaidTooMuch, "payment", payment.ID, fmt.Sprintf(
			"%s more than was due came for %s. Ask the customer whether to send it back", payment.GrossPence, doc.Code))
		if err != nil {
			return Document{}, err
		}
	}
	return doc, finishDone(ctx, tx)
}

// mostDaysBack is how far back the day of a payment may lie: older books are closed.
const mostDaysBack = 366

func (r BankReceipt) check(today models.Date) error {
	switch {
	case r.Gross <= 0:
		return models.Invalid("amount", "Enter the amount that was paid, more than £0.00")
	case r.On.IsZero():
		return models.Invalid("date", "Enter the day the money came, like 14 January 2027")
	case today.Before(r.On):
		return models.Invalid("date", "The day the money came must be today or earlier")
	case r.On.Before(today.AddDays(-mostDaysBack)):
		return models.Invalid("date", "The day the money came must be within the last year")
	case utf8.RuneCountInString(r.Reference) > 140:
		return models.Invalid("reference", "The reference must be 140 characters or fewer")
	case utf8.RuneCountInString(r.Note) > 500:
		return models.Invalid("note", "The note must be 500 characters or fewer")
	case r.RequestKey == "":
		return errors.New("billing: a bank receipt needs a request key")
	}
	return nil
}

// insertBankPayment writes the payment with its ledger entry and audit row; fresh is false when this form was sent before.
func insertBankPayment(ctx context.Context, tx models.DB, actor access.Actor, r BankReceipt, doc Document) (row paymentRow, fresh bool, err error) {
	before, err := bankMoneyOf(ctx, tx, r.RequestKey)
	if err != nil || before != 0 {
		return row, false, err
	}
	kind := string(doc.Order.Kind)
	row = paymentRow{
		Method: "bank", GrossPence: r.Gross, ReceivedAt: r.On.At(12, 0), ReceivedOn: r.On, Reference: r.Reference, Note: r.Note,
		RequestKey: "bank/" + r.RequestKey, OrderKind: &kind, OrderID: &doc.Order.ID, RecordedBy: &actor.PersonID, CreatedAt: tx.Now(),
	}
	if err := insertPayment(ctx, tx, &row); err != nil {
		return row, false, err
	}
	if err := post(ctx, tx, paymentEntry(tx, row, doc.Customer.OrganisationID)); err != nil {
		return row, false, err
	}
	return row, true, access.Record(ctx, tx, actor, access.Entry{
		Action: "bank payment recorded", SubjectKind: "document", SubjectID: doc.ID, OrganisationID: doc.Customer.OrganisationID,
		Detail: map[string]any{"payment": row.ID, "gross_pence": row.GrossPence, "received_on": r.On.ISO()},
	})
}
