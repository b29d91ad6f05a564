package booking

import (
	"context"
	"fmt"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
)

// VATNote says by which VAT a booking is invoiced when its purchase order follows by a day: that of the day of the invoice. When VAT is
// known to change by then, it says from when, and what the booking comes to from then on.
func VATNote(ctx context.Context, db models.DB, b Booking, by models.Date) (string, error) {
	return vatNote(ctx, db, by, func(on models.Date) (billing.Sum, error) { return Sum(ctx, db, b, on) })
}

// QuoteVATNote is VATNote of the booking that a quote becomes when it is accepted today.
func QuoteVATNote(ctx context.Context, db models.DB, q Quote, by models.Date) (string, error) {
	return vatNote(ctx, db, by, func(on models.Date) (billing.Sum, error) { return quoteSum(ctx, db, q, on) })
}

func vatNote(ctx context.Context, db models.DB, by models.Date, sumOn func(models.Date) (billing.Sum, error)) (string, error) {
	tariff, err := billing.LoadTariff(ctx, db)
	if err != nil {
		return "", err
	}
	from, changes, err := tariff.VAT.Changes(db.Today(), by)
	if err != nil || !changes {
		return "VAT is that of the day on which we invoice.", err
	}
	sum, err := sumOn(from)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("VAT changes on %s: if we invoice from then on, it comes to %s (%s).", from, sum.Gross, sum.VATs[0].Rate.Words()), nil
}
