package booking

import (
	"context"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
)

// SetDetails says who books and who is invoiced, for a booking that is still held. Errors: one sentence for each field at fault,
// named as in Details.tidied; with field "organisation", when the organisation's other bookings leave too little room under its limit
// on this session; and with "purchase-order", when the number is none of its organisation's or there is no time for it to follow. Whoever
// is signed in under the booker's address and manages the organisation gets the discount agreed with it, and nobody else does: conflict
// when that changes the price while a payment page is open.
func SetDetails(ctx context.Context, tx models.DB, actor access.Actor, id int64, buyer Buyer, details Details) (Booking, error) {
	b, session, err := claimBooking(ctx, tx, actor.Scope(), id)
	if err != nil {
		return Booking{}, err
	}
	if err := stillHeld(b, tx); err != nil {
		return Booking{}, err
	}
	details, problems := details.tidied(buyer)
	if err := addOverLimit(ctx, tx, b, details, &problems); err != nil {
		return Booking{}, err
	}
	organisation := provenOrganisation(actor, details)
	due, err := addPurchaseProblem(ctx, tx, session, organisation, details, &problems)
	if err != nil {
		return Booking{}, err
	}
	if err := problems.Err(); err != nil {
		return Booking{}, err
	}
	if err := applyAgreement(ctx, tx, &b, organisation); err != nil {
		return Booking{}, err
	}
	err = change(ctx, tx, b, map[string]any{
		"buyer": buyer, "booker_name": details.Name, "booker_email": details.Email,
		"organisation_name": details.Organisation, "organisation_name_key": access.NameKey(details.Organisation),
		"address": joinAddress(details), "postcode": details.Postcode, "country": details.Country,
		"invoice_email": details.InvoiceEmail, "purchase_order": details.PurchaseOrder, "purchase_order_due": due,
	})
	if err != nil {
		return Booking{}, err
	}
	err = access.Record(ctx, tx, actor, access.Entry{
		Action: "billing details given", SubjectKind: "booking", SubjectID: b.ID, Detail: map[string]any{"buyer": buyer},
	})
	if err != nil {
		return Booking{}, err
	}
	return Find(ctx, tx, actor.Scope(), id)
}

// withinLimit refuses to sell a booking whose organisation has reached its limit since the details were given: places are added, and
// other bookings made, in between.
func withinLimit(ctx context.Context, tx models.DB, b Booking) error {
	var problems models.Problems
	if err := addOverLimit(ctx, tx, b, b.Details, &problems); err != nil {
		return err
	}
	return problems.Err()
}

// addOverLimit refuses an organisation more open-access places on one session than the limit, over all its bookings.
func addOverLimit(ctx context.Context, tx models.DB, b Booking, d Details, problems *models.Problems) error {
	key := access.NameKey(d.Organisation)
	if key == "" {
		return nil
	}
	others, err := heldByOrganisation(ctx, tx, b.SessionID, b.ID, key)
	if err != nil {
		return err
	}
	tariff, err := billing.LoadTariff(ctx, tx)
	if err != nil {
		return err
	}
	most := tariff.Limits.OpenAccessMax
	if others+len(b.Places) <= most {
		return nil
	}
	problems.Add("organisation", "%s already has %d of the %d places an organisation may have on this date. "+
		"%d to %d people is your own group: ask the Hub for a quote", d.Organisation, others, most, tariff.Limits.GroupMin, tariff.Limits.GroupMax)
	return nil
}
