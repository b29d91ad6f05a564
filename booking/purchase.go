package booking

import (
	"context"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
)

// followBy is the day by which a purchase order that follows must be here: so many days after today, and so many before the first
// part. It is false when that day has gone by.
func followBy(today, first models.Date, days, before int) (models.Date, bool) {
	by := today.AddDays(days)
	if latest := first.AddDays(-before); latest.Before(by) {
		by = latest
	}
	return by, !by.Before(today)
}

// FollowBy is the day by which a purchase order for a session could follow, booked today; false when the session is too near.
func FollowBy(ctx context.Context, db models.DB, s scheduling.Session) (models.Date, bool, error) {
	settings, err := access.LoadSettings(ctx, db)
	if err != nil {
		return models.Date{}, false, err
	}
	by, ok := followBy(db.Today(), s.FirstDay(), settings.PurchaseOrderDays, settings.PurchaseOrderBefore)
	return by, ok, nil
}

// tooNear is said when there is no time for a purchase order to follow.
const tooNear = "The session is too near for a purchase order to follow. Enter its number now, or pay by card"

// addPurchaseProblem checks what was said about the purchase order and returns the day by which it must follow; no day when it does not.
func addPurchaseProblem(ctx context.Context, tx models.DB, s scheduling.Session, organisation int64, d Details, problems *models.Problems) (models.Date, error) {
	if d.ToFollow {
		by, ok, err := FollowBy(ctx, tx, s)
		if !ok {
			problems.Add("purchase-order", "%s", tooNear)
		}
		return by, err
	}
	if d.PurchaseOrder == "" {
		return models.Date{}, nil // a card needs none
	}
	rule, err := billing.PurchaseRuleFor(ctx, tx, organisation, d.nameKey())
	if err != nil {
		return models.Date{}, err
	}
	if err := rule.Check(d.PurchaseOrder); err != nil {
		problems.Add("purchase-order", "%s", sentence(err))
	}
	return models.Date{}, nil
}

// AccountProblem says why a booking cannot be paid by invoice as its purchase order stands, or nil: invalid with field
// "purchase-order".
func AccountProblem(ctx context.Context, db models.DB, actor access.Actor, b Booking) error {
	session, err := scheduling.FindAny(ctx, db, b.SessionID)
	if err != nil {
		return err
	}
	_, err = purchaseOrderDue(ctx, db, b, session, provenOrganisation(actor, b.Details))
	return err
}

// purchaseOrderDue decides about a booking on account: its number is good, or none is needed, and there is no day; or it is to follow by
// a day; or it is refused.
func purchaseOrderDue(ctx context.Context, db models.DB, b Booking, s scheduling.Session, organisation int64) (models.Date, error) {
	sum, err := Sum(ctx, db, b, db.Today())
	if err != nil || sum.Gross == 0 {
		return models.Date{}, err
	}
	if b.Details.ToFollow {
		by, ok, err := FollowBy(ctx, db, s)
		if err == nil && !ok {
			return models.Date{}, models.Invalid("purchase-order", tooNear)
		}
		return by, err
	}
	rule, err := billing.PurchaseRuleFor(ctx, db, organisation, b.Details.nameKey())
	if err != nil {
		return models.Date{}, err
	}
	return models.Date{}, rule.Check(b.Details.PurchaseOrder)
}

// settlePurchaseOrder decides about a claimed booking that is about to be confirmed on account.
func settlePurchaseOrder(ctx context.Context, tx models.DB, b *Booking, s scheduling.Session) error {
	var organisation int64
	if b.OrganisationID != nil {
		organisation = *b.OrganisationID
	}
	by, err := purchaseOrderDue(ctx, tx, *b, s, organisation)
	if err != nil || by == b.PurchaseOrderDue {
		return err
	}
	b.PurchaseOrderDue = by
	return change(ctx, tx, *b, map[string]any{"purchase_order_due": by})
}

// fitsOrder checks a booking's purchase order against its organisation's rule and cap, right before it is invoiced. One that costs
// nothing needs none.
func fitsOrder(ctx context.Context, tx models.DB, b Booking, s scheduling.Session) error {
	sum, err := billing.SumOf(ctx, tx, lines(b, s), billing.TaxPoint(tx.Today(), s.LastDay()))
	if err != nil || sum.Gross == 0 {
		return err
	}
	return billing.CheckPurchaseOrder(ctx, tx, *b.OrganisationID, b.Details.nameKey(), b.Details.PurchaseOrder, sum.Gross)
}

func (d Details) nameKey() string { return access.NameKey(d.Organisation) }
