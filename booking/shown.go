package booking

import (
	"context"
	"errors"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
)

// ErrSumChanged says that what somebody agreed to pay is not what it would come to now. A page works its sum out at the VAT of the day on
// which it is drawn, and an invoice at that of the day on which the button is pressed.
var ErrSumChanged = errors.New("the sum is not the one that was shown")

// SumChanged is the sentence for a page whose sum is no longer true.
func SumChanged(now billing.Sum) *models.Error {
	return models.Invalid("", "The sum changed since you opened this page: it is %s now (%s). Look at it again. Nothing is booked yet",
		now.Gross, now.VATs[0].Rate.Words()).Because(ErrSumChanged)
}

// notMore refuses to sell a claimed booking for more than was shown. It may come to less: a discount agreed with the organisation is
// taken off when the booker signs in.
func notMore(ctx context.Context, tx models.DB, b Booking, shown *models.Pence) error {
	if shown == nil {
		return nil
	}
	sum, err := Sum(ctx, tx, b, tx.Today())
	if err == nil && sum.Gross > *shown {
		return SumChanged(sum)
	}
	return err
}

// QuoteSum is what a quote comes to: its frozen net price, with the VAT of today while nobody has answered, and of the day on which it
// was accepted afterwards. A quote that is over or withdrawn comes to what was written in it.
func QuoteSum(ctx context.Context, db models.DB, q Quote) (billing.Amount, error) {
	sums, err := QuoteSums(ctx, db, []Quote{q})
	if err != nil {
		return billing.Amount{}, err
	}
	return sums[0], nil
}

// QuoteSums is QuoteSum of each of the quotes, in their order. It reads the rates of VAT once, however many they are.
func QuoteSums(ctx context.Context, db models.DB, quotes []Quote) ([]billing.Amount, error) {
	tariff, err := billing.LoadTariff(ctx, db)
	if err != nil {
		return nil, err
	}
	sums := make([]billing.Amount, len(quotes))
	for i, q := range quotes {
		if sums[i], err = q.amount(tariff.VAT, db.Today()); err != nil {
			return nil, err
		}
	}
	return sums, nil
}

// amount is what a quote comes to on a day, see QuoteSum.
func (q Quote) amount(rates billing.VATRates, today models.Date) (billing.Amount, error) {
	on := today
	switch {
	case q.Answer == Accepted:
		on = models.DateOf(q.AnsweredAt)
	case q.Answer == Withdrawn || q.Over(today):
		return q.Amount, nil
	}
	rate, err := rates.At(on)
	return billing.Amount{Net: q.Amount.Net, VAT: rate.On(q.Amount.Net)}, err
}

func quoteSum(ctx context.Context, db models.DB, q Quote, on models.Date) (billing.Sum, error) {
	return billing.SumOf(ctx, db, []billing.InvoiceLine{{Description: q.Reference(), Quantity: 1, Unit: q.Amount.Net}}, on)
}

// asShown refuses to accept a claimed quote for another sum than was shown.
func asShown(ctx context.Context, tx models.DB, q Quote, shown *models.Pence) error {
	if shown == nil {
		return nil
	}
	sum, err := quoteSum(ctx, tx, q, tx.Today())
	if err == nil && sum.Gross != *shown {
		return SumChanged(sum)
	}
	return err
}
