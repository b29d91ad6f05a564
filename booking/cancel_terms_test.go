package booking_test

import (
	"testing"

	"pgregory.net/rapid"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
)

var (
	standard  = billing.VATRate{Category: billing.StandardRated, Rate: 20000}
	hubLadder = billing.Ladder{{Days: 28, Fee: 0}, {Days: 14, Fee: 50000}, {Days: 0, Fee: 100000}}
	firstDay  = models.Date{Year: 2027, Month: 1, Day: 14}
)

func amount(net, vat models.Pence) billing.Amount { return billing.Amount{Net: net, VAT: vat} }

// The worked examples: 7b one of three at £228.00, 13 and 14 a fee of 50 % on one place face to face and online, 15 the same on a
// place less 12.5 %, 28 a fee of 100 %: everything is kept, VAT and all.
func TestCancelTerms_WorkedExamples(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		sold         booking.Sold
		days         int
		fee          models.Percent
		kept, credit billing.Amount
	}{
		"7b":            {booking.Sold{Line: amount(68400, 13680), Places: 3, Nth: 2}, 28, 0, amount(0, 0), amount(22800, 4560)},
		"13":            {booking.Sold{Line: amount(22800, 4560), Places: 1, Nth: 1}, 27, 50000, amount(11400, 2280), amount(11400, 2280)},
		"14":            {booking.Sold{Line: amount(21500, 4300), Places: 1, Nth: 1}, 14, 50000, amount(10750, 2150), amount(10750, 2150)},
		"15":            {booking.Sold{Line: amount(18813, 3763), Places: 1, Nth: 1}, 20, 50000, amount(9407, 1881), amount(9406, 1882)},
		"28":            {booking.Sold{Line: amount(22800, 4560), Places: 1, Nth: 1}, 13, 100000, amount(22800, 4560), amount(0, 0)},
		"the day":       {booking.Sold{Line: amount(22800, 4560), Places: 1, Nth: 1}, 0, 100000, amount(22800, 4560), amount(0, 0)},
		"a no-show":     {booking.Sold{Line: amount(22800, 4560), Places: 1, Nth: 1}, -1, 100000, amount(22800, 4560), amount(0, 0)},
		"not invoiced":  {booking.Sold{}, 20, 50000, amount(0, 0), amount(0, 0)},
		"12b, first":    {booking.Sold{Line: amount(56438, 11288), Places: 3, Nth: 1}, 40, 0, amount(0, 0), amount(18812, 3762)},
		"12b, second":   {booking.Sold{Line: amount(56438, 11288), Places: 3, Nth: 2}, 40, 0, amount(0, 0), amount(18813, 3763)},
		"12b, the last": {booking.Sold{Line: amount(56438, 11288), Places: 3, Nth: 3}, 40, 0, amount(0, 0), amount(18813, 3763)},
	} {
		c.sold.Rate = standard
		got, err := booking.CancelTerms(c.sold, hubLadder, firstDay, booking.Notice{Ground: booking.ByTerms, On: firstDay.AddDays(-c.days)})
		if err != nil || got.DaysBefore != c.days || got.Fee != c.fee || got.Kept != c.kept || got.Credit != c.credit {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

func TestCancelTerms_TheGroundDecides(t *testing.T) {
	t.Parallel()
	sold := booking.Sold{Line: amount(22800, 4560), Places: 1, Nth: 1, Rate: standard}
	for ground, want := range map[booking.Ground]billing.Amount{
		booking.ByTerms: amount(0, 0), booking.CoolingOff: amount(22800, 4560), booking.ByTheHub: amount(22800, 4560),
		booking.Goodwill: amount(17100, 3420), // 25 % of £273.60 is £68.40: £57.00 + £11.40
	} {
		got, err := booking.CancelTerms(sold, hubLadder, firstDay, booking.Notice{Ground: ground, On: firstDay.AddDays(-3), Fee: 25000})
		if err != nil || got.Credit != want {
			t.Errorf("%s: %+v, %v", ground, got, err)
		}
	}
	if _, err := booking.CancelTerms(sold, hubLadder, firstDay, booking.Notice{Ground: "a whim", On: firstDay}); err == nil {
		t.Error("a ground that is none")
	}
	for _, nth := range []int{-1, 0, 4} {
		if _, err := booking.CancelTerms(booking.Sold{Places: 3, Nth: nth}, hubLadder, firstDay, booking.Notice{Ground: booking.ByTerms, On: firstDay}); err == nil {
			t.Errorf("place %d of three", nth)
		}
	}
}

// Over the end of British Summer Time on 25 October 2026 days stay whole London dates: 28 of them from 28 September to 26 October.
func TestCancelTerms_DaysAreLondonDatesOverAChangeOfTheClocks(t *testing.T) {
	t.Parallel()
	first := models.Date{Year: 2026, Month: 10, Day: 26}
	notice := models.DateOf(models.Date{Year: 2026, Month: 9, Day: 28}.At(23, 59))
	got, err := booking.CancelTerms(booking.Sold{}, hubLadder, first, booking.Notice{Ground: booking.ByTerms, On: notice})
	if err != nil || got.DaysBefore != 28 || got.Fee != 0 {
		t.Errorf("%+v %v", got, err)
	}
}

// Whatever the price, the rate, the fees and the order: kept and credit sum to the place, no part is negative, and all places
// together are the line.
func TestCancelTerms_CreditsAndFeesSumToTheInvoice(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 15).Draw(t, "places")
		rate := billing.VATRate{Category: billing.StandardRated, Rate: models.Percent(rapid.SampledFrom([]int{0, 5000, 17500, 20000}).Draw(t, "rate"))}
		net := models.Pence(rapid.Int64Range(0, 4_500_000).Draw(t, "net"))
		line := amount(net, rate.On(net))
		var all billing.Amount
		for _, nth := range rapid.Permutation(upTo(n)).Draw(t, "order") {
			notice := booking.Notice{
				Ground: rapid.SampledFrom([]booking.Ground{booking.ByTerms, booking.CoolingOff, booking.ByTheHub, booking.Goodwill}).Draw(t, "ground"),
				On:     firstDay.AddDays(-rapid.IntRange(-3, 60).Draw(t, "days")), Fee: models.Percent(rapid.IntRange(0, 100000).Draw(t, "fee")),
			}
			got, err := booking.CancelTerms(booking.Sold{Line: line, Places: n, Nth: nth, Rate: rate}, hubLadder, firstDay, notice)
			if err != nil {
				t.Fatal(err)
			}
			if got.Kept.Plus(got.Credit) != got.Place || min(got.Kept.Net, got.Kept.VAT, got.Credit.Net, got.Credit.VAT) < 0 {
				t.Fatalf("%+v", got)
			}
			if got.Kept.Gross() != got.Fee.Of(got.Place.Gross()) {
				t.Fatalf("%s of %s is not %s", got.Fee, got.Place.Gross(), got.Kept.Gross())
			}
			all = all.Plus(got.Kept).Plus(got.Credit)
		}
		if all != line {
			t.Fatalf("the places sum to %+v, the line is %+v", all, line)
		}
	})
}

func upTo(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i + 1
	}
	return all
}

func TestMayCoolOff_IndividualsForFourteenDaysAfterTheDayOfPurchase(t *testing.T) {
	t.Parallel()
	bought := models.Date{Year: 2026, Month: 11, Day: 23}
	for days, want := range map[int]bool{-1: false, 0: true, 14: true, 15: false} {
		if got := booking.MayCoolOff(booking.Individual, bought, bought.AddDays(days), false); got != want {
			t.Errorf("after %d days: %v", days, got)
		}
	}
	if booking.MayCoolOff(booking.Organisation, bought, bought, false) || booking.MayCoolOff(booking.Individual, bought, bought, true) {
		t.Error("an organisation, or somebody who was trained, could change their mind")
	}
}
