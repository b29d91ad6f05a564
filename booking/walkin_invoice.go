package booking

import (
	"context"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
)

// InvoiceWalkIn gives the booking of a walk-in its billing details and issues its invoice, with the usual days to pay; the office
// may. The booker is told, with the invoice. Errors: forbidden; one sentence for each field at fault, as for SetDetails; conflict for
// a booking that is no walk-in or has its invoice.
func (d Desk) InvoiceWalkIn(ctx context.Context, tx models.DB, actor access.Actor, id int64, buyer Buyer, details Details) (billing.Document, error) {
	if err := actor.Require(access.RoleOffice); err != nil {
		return billing.Document{}, err
	}
	b, session, err := claimBooking(ctx, tx, actor.Scope(), id)
	if err != nil {
		return billing.Document{}, err
	}
	waits, err := toBeInvoiced(ctx, tx, id)
	if err != nil {
		return billing.Document{}, err
	}
	if !waits {
		return billing.Document{}, models.Fail(models.KindConflict, "This booking is not waiting for an invoice")
	}
	details, problems := details.tidied(buyer)
	if err := addOverLimit(ctx, tx, b, details, &problems); err != nil {
		return billing.Document{}, err
	}
	if err := problems.Err(); err != nil {
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
