package booking

import (
	"fmt"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
)

// Ground says why a place is cancelled, and with it what that costs.
type Ground string

// The grounds.
const (
	ByTerms    Ground = "terms"       // the ladder that was frozen with the booking
	CoolingOff Ground = "cooling-off" // an individual's right to change their mind: nothing is kept
	ByTheHub   Ground = "by-the-hub"  // the Hub cannot keep its word: nothing is kept
	Goodwill   Ground = "goodwill"    // the office keeps less than the ladder says
)

// coolingOffDays is how long an individual may change their mind after the day of purchase: Consumer Contracts Regulations 2013,
// reg 30. It is the law's number, not the Hub's.
const coolingOffDays = 14

// Sold is how one place was invoiced: as the nth of so many on a line of an invoice. The zero Sold is a place that was not.
type Sold struct {
	Line   billing.Amount // what all places of the line came to
	Places int            // on the line
	Nth    int            // this one, from 1
	Rate   billing.VATRate
}

// Notice is that a place is given up.
type Notice struct {
	Ground Ground
	On     models.Date    // the London day on which the Hub was told
	Fee    models.Percent // what is kept out of goodwill; no other ground looks at it
}

// Terms is what cancelling one place comes to. Kept and Credit always sum to Place.
type Terms struct {
	DaysBefore int            // whole London dates from the notice to the first part; negative after it
	Fee        models.Percent // of the gross price that is kept
	Place      billing.Amount // what the place was invoiced at
	Kept       billing.Amount // stays on the invoice with its VAT
	Credit     billing.Amount // goes on the credit note
}

// CancelTerms works out what cancelling one place comes to. The place carries its share of the invoice's line by ordinal, so that
// credits fit in any order and never exceed the line; the fee is kept gross first, at the VAT rate of the sale.
func CancelTerms(sold Sold, ladder billing.Ladder, firstPart models.Date, n Notice) (Terms, error) {
	t := Terms{DaysBefore: n.On.DaysUntil(firstPart)}
	switch n.Ground {
	case ByTerms:
		t.Fee = ladder.At(t.DaysBefore)
	case Goodwill:
		t.Fee = n.Fee
	case CoolingOff, ByTheHub:
	default:
		return Terms{}, fmt.Errorf("a place cannot be cancelled on the ground of %q", n.Ground)
	}
	if sold.Places > 0 {
		if sold.Nth < 1 || sold.Nth > sold.Places {
			return Terms{}, fmt.Errorf("place %d of %d on an invoice", sold.Nth, sold.Places)
		}
		t.Place = billing.PlaceShares(sold.Line, sold.Places)[sold.Nth-1]
	}
	split, err := billing.Keep(t.Place, t.Fee, sold.Rate)
	t.Kept, t.Credit = split.Kept, split.Credit
	return t, err
}

// MayCoolOff says whether an individual may still change their mind on a day: up to the 14th day after the purchase, and not once
// the training is over. Organisations have no such right.
func MayCoolOff(buyer Buyer, bought, notice models.Date, over bool) bool {
	days := bought.DaysUntil(notice)
	return buyer == Individual && days >= 0 && days <= coolingOffDays && !over
}
