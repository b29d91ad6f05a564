package billing

import (
	"context"
	"fmt"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// AllocationShare puts a part of a payment on an invoice.
type AllocationShare struct {
	DocumentID int64
	Gross      models.Pence
}

// AllocateLeft is Allocate for a page that showed how much was left of the payment: when that has changed since, by a second press of
// the button or by somebody else, nothing is done. Errors as for Allocate; conflict for that.
func AllocateLeft(ctx context.Context, tx models.DB, actor access.Actor, paymentID int64, left models.Pence, shares []AllocationShare) error {
	if err := lockSeries(ctx, tx, Invoice); err != nil {
		return err
	}
	now, err := UnallocatedPaymentOf(ctx, tx, actor, paymentID)
	if err != nil && models.KindOf(err) != models.KindNotFound {
		return err
	}
	if now.Left != left {
		return models.Fail(models.KindConflict, "This payment has changed since you opened the page: %s of it is on no invoice now. Look at it again", now.Left)
	}
	return Allocate(ctx, tx, actor, paymentID, shares)
}

// Allocate puts money of a payment that is not on any invoice yet onto invoices. Only the office may. Errors: invalid when a share
// is more than is still owed on its invoice, or all together more than is left of the payment.
func Allocate(ctx context.Context, tx models.DB, actor access.Actor, paymentID int64, shares []AllocationShare) error {
	if err := actor.Require(access.RoleOffice); err != nil {
		return err
	}
	if err := lockSeries(ctx, tx, Invoice); err != nil {
		return err
	}
	for _, share := range shares {
		doc, err := documentByID(ctx, tx, share.DocumentID)
		if err != nil {
			return err
		}
		if share.Gross <= 0 || share.Gross > doc.Outstanding() {
			return models.Invalid("amount", "%s has %s left to pay, so %s cannot be put on it", doc.Code, doc.Outstanding(), share.Gross)
		}
		if err := allocate(ctx, tx, paymentID, doc, share.Gross); err != nil {
			return err
		}
		err = access.Record(ctx, tx, actor, access.Entry{
			Action: "payment allocated", SubjectKind: "document", SubjectID: doc.ID, OrganisationID: doc.Customer.OrganisationID,
			Detail: map[string]any{"payment": paymentID, "gross_pence": share.Gross},
		})
		if err != nil {
			return err
		}
	}
	return finishDone(ctx, tx)
}

// allocate puts money of a payment on an invoice. Where that money stood with another customer or order, or with nobody, the ledger
// moves it over: so that what an order or an organisation owes is always the sum of its own entries.
func allocate(ctx context.Context, tx models.DB, payment int64, doc Document, gross models.Pence) error {
	stands, err := standings(ctx, tx, payment)
	if err != nil {
		return err
	}
	to := ownerOf(doc)
	if left := stands.total(); gross > left {
		return models.Invalid("amount", "The payment has %s left, so %s cannot be put on %s", left, gross, doc.Code)
	}
	rest := gross - min(gross, stands.free(to))
	for _, s := range stands {
		if part := min(rest, s.free); part > 0 && s.owner != to {
			if err := transfer(ctx, tx, payment, s.owner, to, part); err != nil {
				return err
			}
			rest -= part
		}
	}
	return insertAllocation(ctx, tx, payment, doc.ID, gross)
}

// releaseOver takes back from an invoice what has been paid on it beyond what it still asks, the latest payment first: money that a
// credit note has made free.
func releaseOver(ctx context.Context, tx models.DB, invoiceID int64) error {
	doc, err := documentByID(ctx, tx, invoiceID)
	if err != nil {
		return err
	}
	paid, err := allocationsOf(ctx, tx, invoiceID)
	if err != nil {
		return err
	}
	parts := takenBack(doc.Paid+doc.Credited-doc.Gross, paid)
	for i := len(paid) - 1; i >= 0; i-- {
		part := parts[paid[i].PaymentID]
		if part == 0 {
			continue
		}
		if err := insertAllocation(ctx, tx, paid[i].PaymentID, invoiceID, -part); err != nil {
			return fmt.Errorf("release from %s: %w", doc.Code, err)
		}
	}
	return nil
}

// releasePayment takes money of a payment back from its invoices, the latest invoice first: money that is with us no more. It says how
// much was there to take.
func releasePayment(ctx context.Context, tx models.DB, payment int64, gross models.Pence) (models.Pence, error) {
	rows, err := allocationsFrom(ctx, tx, payment)
	if err != nil {
		return 0, err
	}
	var released models.Pence
	for _, a := range rows {
		part := min(gross-released, a.GrossPence)
		if part <= 0 {
			break
		}
		if err := insertAllocation(ctx, tx, payment, a.DocumentID, -part); err != nil {
			return 0, err
		}
		released += part
	}
	return released, nil
}
