package booking

import (
	"context"
	"errors"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
)

// provenOrganisation is the organisation that the details name, when the actor is signed in under the booker's address and manages it;
// 0 otherwise. What somebody types proves nothing: until then there is no discount, and no rule but those that ask for more.
func provenOrganisation(actor access.Actor, d Details) int64 {
	var found int64
	if !actor.SignedIn() || actor.Email != d.Email {
		return 0
	}
	for _, m := range actor.Organisations {
		if access.NameKey(m.Name) == access.NameKey(d.Organisation) && (found == 0 || m.OrganisationID < found) {
			found = m.OrganisationID
		}
	}
	return found
}

// applyAgreement gives a claimed booking the discount that its organisation had agreed on the day its places were first held; 0 for no
// organisation takes it away. Once given it stays as it is: what is agreed or ended later counts for later bookings. A price that a
// payment page shows does not change: conflict.
func applyAgreement(ctx context.Context, tx models.DB, b *Booking, organisation int64) error {
	var agreed billing.Agreement
	if organisation != 0 {
		var err error
		if agreed, err = billing.AgreementOn(ctx, tx, organisation, models.DateOf(b.CreatedAt)); err != nil {
			return err
		}
	}
	if agreed.Discount == b.Discount && agreed.Reason == b.DiscountReason {
		return nil
	}
	if _, err := billing.LiveAttempt(ctx, tx, b.Order()); !errors.Is(err, models.ErrNoRow) {
		return errors.Join(err, models.Fail(models.KindConflict, "A card payment for this booking is still open, so its price cannot change now. Try again in a minute"))
	}
	b.Discount, b.DiscountReason = agreed.Discount, agreed.Reason
	return change(ctx, tx, *b, map[string]any{"discount_thousandths": b.Discount, "discount_reason": b.DiscountReason})
}

// carryOn gives a held booking to the person who made it and has now signed in, with the discount agreed with the organisation they
// manage. A price that a payment page shows already stays.
func carryOn(ctx context.Context, tx models.DB, b Booking, person access.Person) error {
	if err := change(ctx, tx, b, map[string]any{"booker_id": person.ID}); err != nil {
		return err
	}
	actor, err := access.ActorFor(ctx, tx, person.ID)
	if err != nil {
		return err
	}
	organisation := provenOrganisation(actor, b.Details)
	if organisation == 0 || b.Buyer != Organisation {
		return nil
	}
	err = applyAgreement(ctx, tx, &b, organisation)
	if models.KindOf(err) == models.KindConflict {
		return nil
	}
	return err
}
