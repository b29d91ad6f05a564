package booking

import (
	"context"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
)

// TaskWalkIn is the kind of the office's task for a walk-in's booking: it stands until the invoice is issued.
const TaskWalkIn = "walk-in"

// WalkInToInvoice reads the booking of a walk-in that waits for its invoice; the office may. Errors: forbidden; not found; conflict for
// a booking that is no walk-in or has its invoice.
func WalkInToInvoice(ctx context.Context, db models.DB, actor access.Actor, id int64) (Booking, error) {
	if err := actor.Require(access.RoleOffice); err != nil {
		return Booking{}, err
	}
	b, err := Find(ctx, db, actor.Scope(), id)
	if err != nil {
		return Booking{}, err
	}
	return b, waitsForInvoice(ctx, db, id)
}

func waitsForInvoice(ctx context.Context, db models.DB, id int64) error {
	waits, err := toBeInvoiced(ctx, db, id)
	if err == nil && !waits {
		return models.Fail(models.KindConflict, "This booking is not waiting for an invoice")
	}
	return err
}

// PreviewWalkIn is the invoice that InvoiceWalkIn would issue now, all but its number. Nothing is written. Errors as for InvoiceWalkIn.
func PreviewWalkIn(ctx context.Context, db models.DB, actor access.Actor, id int64, buyer Buyer, details Details) (billing.Document, error) {
	b, err := WalkInToInvoice(ctx, db, actor, id)
	if err != nil {
		return billing.Document{}, err
	}
	session, err := scheduling.FindAny(ctx, db, b.SessionID)
	if err != nil {
		return billing.Document{}, err
	}
	if b.Details, err = walkInPayer(ctx, db, b, buyer, details); err != nil {
		return billing.Document{}, err
	}
	return billing.Preview(ctx, db, invoiceOf(b, session, nil))
}

// walkInPayer brings the billing details of a walk-in to the form in which they are kept, or says what needs mending.
func walkInPayer(ctx context.Context, db models.DB, b Booking, buyer Buyer, details Details) (Details, error) {
	details, problems := details.tidied(buyer)
	if err := addOverLimit(ctx, db, b, details, &problems); err != nil {
		return details, err
	}
	return details, problems.Err()
}

// InvoiceWalkIn gives the booking of a walk-in its billing details and issues its invoice, with the usual days to pay; the office
// may. The booker is told, with the invoice, and the office's task is done. Errors: forbidden; one sentence for each field at fault,
// as for SetDetails; conflict for a booking that is no walk-in or has its invoice.
func (d Desk) InvoiceWalkIn(ctx context.Context, tx models.DB, actor access.Actor, id int64, buyer Buyer, details Details) (billing.Document, error) {
	if err := actor.Require(access.RoleOffice); err != nil {
		return billing.Document{}, err
	}
	b, session, err := claimBooking(ctx, tx, actor.Scope(), id)
	if err != nil {
		return billing.Document{}, err
	}
	if err := waitsForInvoice(ctx, tx, id); err != nil {
		return billing.Document{}, err
	}
	if details, err = walkInPayer(ctx, tx, b, buyer, details); err != nil {
		return billing.Document{}, err
	}
	if err := change(ctx, tx, b, walkInDetails(buyer, details)); err != nil {
		return billing.Document{}, err
	}
	if b, err = Find(ctx, tx, actor.Scope(), id); err != nil {
		return billing.Document{}, err
	}
	err = access.Record(ctx, tx, actor, access.Entry{
		Action: "walk-in invoiced", SubjectKind: "booking", SubjectID: id, Detail: map[string]any{"buyer": buyer},
	})
	if err != nil {
		return billing.Document{}, err
	}
	doc, err := invoice(ctx, tx, actor, b, session, nil)
	if err != nil {
		return billing.Document{}, err
	}
	if err := billing.Finished(ctx, tx, actor, TaskWalkIn, "booking", id); err != nil {
		return billing.Document{}, err
	}
	return doc, d.tellBooker(ctx, tx, b, session, doc)
}

// walkInDetails are the columns that the billing details fill; an organisation pays on account.
func walkInDetails(buyer Buyer, details Details) map[string]any {
	payment := ByCard
	if buyer == Organisation {
		payment = OnAccount
	}
	return map[string]any{
		"buyer": buyer, "payment": payment, "booker_name": details.Name, "booker_email": details.Email,
		"organisation_name": details.Organisation, "organisation_name_key": access.NameKey(details.Organisation),
		"address": joinAddress(details), "postcode": details.Postcode, "country": details.Country,
		"invoice_email": details.InvoiceEmail, "purchase_order": details.PurchaseOrder,
	}
}
