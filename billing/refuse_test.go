package billing

import (
	"errors"
	"slices"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

func TestQuote_RefusesWithWhatToDo(t *testing.T) {
	open := func(n int) QuoteRequest { return QuoteRequest{Route: OpenAccess, Format: FaceToFace, People: n} }
	group := func(n int) QuoteRequest { return QuoteRequest{Route: Bespoke, Format: Online, People: n} }
	const several = "16 people or more is several groups: ask the Hub for a quote"
	for _, c := range []struct {
		req        QuoteRequest
		field, say string
	}{
		{open(0), "people", "Choose at least 1 place"},
		{open(-3), "people", "Choose at least 1 place"},
		{open(10), "people", "Choose 9 places or fewer. 10 to 15 people is your own group, £2,440 + VAT"},
		{open(15), "people", "Choose 9 places or fewer. 10 to 15 people is your own group, £2,440 + VAT"},
		{open(16), "people", "Choose 9 places or fewer. " + several},
		{group(0), "people", "Enter how many people, from 10 to 15"},
		{group(1), "people", "Your own group is for 10 to 15 people. For 1 person, choose open-access places or ask the Hub for a quote"},
		{group(9), "people", "Your own group is for 10 to 15 people. For 9 people, choose open-access places or ask the Hub for a quote"},
		{group(16), "people", "Your own group is for up to 15 people. " + several},
		{QuoteRequest{Route: OneToOne, Format: Online, People: 2}, "people", "One to one is for 1 person"},
		{QuoteRequest{Route: "free", Format: Online, People: 2}, "route", "Choose open-access, bespoke or one-to-one"},
		{QuoteRequest{Route: OpenAccess, Format: "hybrid", People: 2}, "format", "Choose face-to-face or online"},
		{QuoteRequest{Route: OpenAccess, Format: Online, People: 2, Discount: -1}, "discount", "Enter a discount from 0 to 100%"},
		{QuoteRequest{Route: OpenAccess, Format: Online, People: 2, Discount: 100001}, "discount", "Enter a discount from 0 to 100%"},
	} {
		_, err := Published().Quote(c.req, on)
		var e *models.Error
		if !errors.As(err, &e) || e.Kind != models.KindInvalid || e.Field != c.field || e.Msg != c.say {
			t.Errorf("%+v: %#v", c.req, err)
		}
	}
}

func TestPriceList_DayDecides(t *testing.T) {
	april := models.Date{Year: 2027, Month: time.April, Day: 1}
	tariff := Published()
	tariff.Prices = append(PriceList{{Route: OpenAccess, Format: Online, Unit: PerPerson, Net: 22500, From: april}}, tariff.Prices...)
	for _, c := range []struct {
		on   models.Date
		want models.Pence
	}{{april.AddDays(-1), 21500}, {april, 22500}, {april.AddDays(400), 22500}} {
		if p, err := tariff.Prices.Net(OpenAccess, Online, c.on); err != nil || p.Net != c.want {
			t.Errorf("%s: %s, %v", c.on, p.Net, err)
		}
	}
	for net, fine := range map[models.Pence]bool{0: true, -1: false} { // what is given away has a price of nothing; less is a fault of ours
		list := PriceList{{Route: OpenAccess, Format: Online, Unit: PerPerson, Net: net, From: april}}
		if _, err := list.Net(OpenAccess, Online, april); (err == nil) != fine {
			t.Errorf("a price of %s: %v", net, err)
		}
	}
	before := models.Date{Year: 2025, Month: time.December, Day: 31}
	if _, err := tariff.Prices.Net(OpenAccess, Online, before); models.KindOf(err) != models.KindNotFound {
		t.Errorf("before the first price: %v", err)
	}
}

func TestVATRates_TaxPointDecides(t *testing.T) {
	change := models.Date{Year: 2027, Month: time.January, Day: 10}
	rates := append(VATRates{{Category: StandardRated, Rate: 22500, From: change}}, Published().VAT...)
	booked, err := rates.At(change.AddDays(-1))
	if err != nil || booked.Rate != 20000 {
		t.Errorf("day before: %v %v", booked, err)
	}
	if trained, err := rates.At(change); err != nil || trained.Rate != 22500 {
		t.Errorf("day of change: %v %v", trained, err)
	}
	if _, err := rates.At(models.Date{Year: 2010, Month: time.May, Day: 1}); models.KindOf(err) != models.KindInternal {
		t.Errorf("no row must be our fault, not a guess: %v", err)
	}
}

// A change is the first day on which sales are treated otherwise: not a new label, not one of another day, and not a rate in force already.
func TestVATRates_ChangesBetweenTwoDays(t *testing.T) {
	day := func(n int) models.Date { return models.Date{Year: 2027, Month: time.January, Day: n} }
	rates := append(VATRates{
		{Category: StandardRated, Rate: 25000, From: day(20)}, {Category: StandardRated, Rate: 22500, From: day(10)},
		{Category: StandardRated, Rate: 20000, Label: "VAT, 20 per cent", From: day(5)},
	}, Published().VAT...)
	for _, c := range []struct {
		after, upTo, want int // no day: 0
	}{{1, 9, 0}, {1, 10, 10}, {1, 31, 10}, {9, 10, 10}, {10, 19, 0}, {10, 20, 20}, {19, 31, 20}, {20, 31, 0}, {12, 8, 0}} {
		for range 2 { // the rows come in any order
			slices.Reverse(rates)
			from, changes, err := rates.Changes(day(c.after), day(c.upTo))
			if err != nil || changes != (c.want != 0) || changes && from != day(c.want) {
				t.Errorf("after %d, up to %d: %v %s, %v", c.after, c.upTo, changes, from, err)
			}
		}
	}
	exempt := append(VATRates{{Category: ExemptVAT, Reason: "Education", From: day(10)}}, Published().VAT...)
	if from, changes, err := exempt.Changes(day(1), day(31)); err != nil || !changes || from != day(10) {
		t.Errorf("exempt: %v %s, %v", changes, from, err)
	}
	zero := VATRates{{Category: ExemptVAT, Reason: "Education", From: day(1)}, {Category: ZeroRated, Reason: "Books", From: day(10)}}
	if from, changes, err := zero.Changes(day(1), day(31)); err != nil || !changes || from != day(10) {
		t.Errorf("from exempt to zero-rated: %v %s, %v", changes, from, err)
	}
	wrong := append(VATRates{{Category: ExemptVAT, From: day(10)}}, Published().VAT...)
	if _, _, err := wrong.Changes(day(1), day(31)); err == nil {
		t.Error("a row that no document can have was passed over")
	}
	if _, _, err := (VATRates{}).Changes(day(1), day(31)); err == nil {
		t.Error("no row must be our fault, not a guess")
	}
}

func TestVATRate_CheckKnowsWhatADocumentNeeds(t *testing.T) {
	for _, c := range []struct {
		rate VATRate
		ok   bool
	}{
		{VATRate{Category: "S", Rate: 20000}, true},
		{VATRate{Category: "S"}, false},
		{VATRate{Category: "E", Reason: "Education"}, true},
		{VATRate{Category: "E"}, false},
		{VATRate{Category: "E", Rate: 5000, Reason: "Education"}, false},
		{VATRate{Category: "Z", Reason: "Books"}, true},
		{VATRate{Category: "Z"}, false},
		{VATRate{Category: "Z", Rate: 1, Reason: "Books"}, false},
		{VATRate{Category: "O", Reason: "Interest"}, true},
		{VATRate{Category: "O"}, false},
		{VATRate{Category: "X", Rate: 20000}, false},
	} {
		if err := c.rate.Check(); (err == nil) != c.ok {
			t.Errorf("%+v: %v", c.rate, err)
		}
	}
}
