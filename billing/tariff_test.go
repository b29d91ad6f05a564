package billing_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// entering runs one entry of the office in a transaction of its own.
func entering(t *testing.T, db models.DB, enter func(ctx context.Context, tx models.DB) error) error {
	t.Helper()
	return db.InTx(t.Context(), func(tx models.DB) error { return enter(t.Context(), tx) })
}

func newPrice(net models.Pence, from models.Date) billing.NewPrice {
	return billing.NewPrice{Route: billing.OpenAccess, Format: billing.FaceToFace, Net: net, From: from}
}

func schedulePrice(t *testing.T, db models.DB, actor access.Actor, p billing.NewPrice) error {
	t.Helper()
	return entering(t, db, func(ctx context.Context, tx models.DB) error { return billing.SchedulePrice(ctx, tx, actor, p) })
}

// saysAt fails unless the error has that sentence, or its beginning, beside the field.
func saysAt(t *testing.T, err error, field, want string) {
	t.Helper()
	if got := models.ProblemsOf(err).For(field); got == "" || !strings.HasPrefix(got, want) {
		t.Errorf("beside %s: %q (%v), want %q", field, got, err, want)
	}
}

// £228.00 becomes £240.00 in ten days: VAT £48.00, £288.00 to pay. What is asked before costs the old price.
func TestSchedulePrice_CountsFromItsDayAndIsShownBefore(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		office, from := accesstest.Office(t, db), db.Today().AddDays(10)
		c, err := billing.PreviewPrice(t.Context(), db, office, newPrice(24000, from))
		want := billing.PriceChange{
			Route: billing.OpenAccess, Format: billing.FaceToFace, Unit: billing.PerPerson,
			Before: billing.Amount{Net: 22800, VAT: 4560}, After: billing.Amount{Net: 24000, VAT: 4800},
		}
		if err != nil || len(c.Prices) != 1 || c.Prices[0] != want || len(c.Values) != 0 || !c.Until.IsZero() ||
			!strings.HasPrefix(fmt.Sprint(c.Happens), "[A booking keeps the price of the day on which it was begun") {
			t.Errorf("%+v, %v", c, err)
		}
		for range 2 { // a second press of the button is the same entry
			if err := schedulePrice(t, db, office, newPrice(24000, from)); err != nil {
				t.Fatal(err)
			}
		}
		book, err := billing.ReadTariffBook(t.Context(), db, office)
		if err != nil || len(book.Prices) != len(billing.Published().Prices)+1 {
			t.Errorf("%d prices, %v", len(book.Prices), err)
		}
		for days, gross := range map[int]models.Pence{9: 27360, 10: 28800} {
			clock.Set(from.AddDays(days-10).At(9, 0))
			tariff, err := billing.LoadTariff(t.Context(), db)
			if err != nil {
				t.Fatal(err)
			}
			sum, err := tariff.Quote(billing.QuoteRequest{Route: billing.OpenAccess, Format: billing.FaceToFace, People: 1}, db.Today())
			if err != nil || sum.Gross != gross {
				t.Errorf("after %d days: %s, %v", days, sum.Gross, err)
			}
		}
	})
}

func TestSchedulePrice_RefusesWithASentenceAndEntersNothing(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		office, today := accesstest.Office(t, db), db.Today()
		if err := schedulePrice(t, db, office, newPrice(24000, today.AddDays(10))); err != nil {
			t.Fatal(err)
		}
		before := fingerprint(t, db, "prices")
		for name, c := range map[string]struct {
			price      billing.NewPrice
			field, say string
		}{
			"yesterday":      {newPrice(24000, today.AddDays(-1)), "from", "The first day must be today, 23 November 2026, or later"},
			"the same day":   {newPrice(25000, today.AddDays(10)), "from", "A price for open access, face to face, from 3 December 2026 stands already: £240.00."},
			"nothing":        {newPrice(0, today), "price", "Enter a price of more than £0.00"},
			"no such route":  {billing.NewPrice{Route: "free", Format: billing.Online, Net: 1, From: today}, "route", "Choose open access"},
			"no such format": {billing.NewPrice{Route: billing.Bespoke, Format: "post", Net: 1, From: today}, "format", "Choose face to face or online"},
		} {
			saysAt(t, schedulePrice(t, db, office, c.price), c.field, c.say)
			if _, err := billing.PreviewPrice(t.Context(), db, office, c.price); err == nil {
				t.Errorf("%s: the preview does not refuse it", name)
			} else {
				saysAt(t, err, c.field, c.say)
			}
		}
		_, err := billing.PreviewPrice(t.Context(), db, office, newPrice(22800, today))
		saysAt(t, err, "price", "Open access, face to face, costs £228.00 on 23 November 2026 already")
		if err := schedulePrice(t, db, accesstest.Trainer(t, db), newPrice(1, today)); models.KindOf(err) != models.KindForbidden {
			t.Errorf("a trainer enters a price: %v", err)
		}
		if after := fingerprint(t, db, "prices"); after != before {
			t.Errorf("prices changed:\n%s\n%s", before, after)
		}
	})
}

// Between what counts and what is entered already, a price holds up to the day before the next.
func TestPreviewPrice_SaysUntilWhenAPriceHolds(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		office, today := accesstest.Office(t, db), db.Today()
		if err := schedulePrice(t, db, office, newPrice(25000, today.AddDays(30))); err != nil {
			t.Fatal(err)
		}
		c, err := billing.PreviewPrice(t.Context(), db, office, newPrice(24000, today.AddDays(10)))
		if err != nil || c.Until != today.AddDays(29) || c.Prices[0].Before.Net != 22800 ||
			c.Happens[len(c.Happens)-1] != "It holds up to 22 December 2026: an entry for 23 December 2026 stands already." {
			t.Errorf("%+v, %v", c, err)
		}
	})
}

// Two of the office enter different prices for one day at once: one stands, the other is told.
func TestSchedulePrice_AtOnceOneStands(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		office, from := accesstest.Office(t, db), db.Today().AddDays(1)
		errs := make([]error, 8)
		atOnce(len(errs), func(i int) {
			errs[i] = db.InTx(t.Context(), func(tx models.DB) error {
				return billing.SchedulePrice(t.Context(), tx, office, newPrice(models.Pence(23000+i), from))
			})
		})
		stood := 0
		for _, err := range errs {
			if err == nil {
				stood++
			} else if models.ProblemsOf(err).For("from") == "" {
				t.Errorf("%v", err)
			}
		}
		if stood != 1 {
			t.Errorf("%d prices stand for one day", stood)
		}
	})
}

func TestScheduleVAT_OtherThanStandardSaysWhyAndThePrintedDocumentToo(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		office, today := accesstest.Office(t, db), db.Today()
		enter := func(n billing.NewVAT) error {
			return entering(t, db, func(ctx context.Context, tx models.DB) error { return billing.ScheduleVAT(ctx, tx, office, n) })
		}
		for i, category := range []billing.VATCategory{billing.ExemptVAT, billing.ZeroRated, billing.OutsideVAT} {
			from := today.AddDays(10 * (i + 1))
			saysAt(t, enter(billing.NewVAT{Category: category, From: from}), "reason", "Enter why no VAT is charged")
			n := billing.NewVAT{Category: category, Rate: 20000, Reason: "Education by an eligible body", From: from}
			c, err := billing.PreviewVAT(t.Context(), db, office, n)
			if err != nil || len(c.Values) != 1 || (i == 0) != (len(c.Prices) == 6) { // from exempt to zero-rated no price differs
				t.Errorf("%s: %+v, %v", category, c, err)
			}
			if err := enter(n); err != nil {
				t.Fatalf("%s: %v", category, err)
			}
			clock.Set(from.At(9, 0))
			doc := issue(t, db, 1)
			if doc.VAT != 0 || doc.Gross != 22800 || doc.VATs[0].Rate.Category != category {
				t.Errorf("%s: %+v", category, doc.VATs)
			}
			if words := doc.Words(); len(words.Reasons) != 1 || !strings.HasSuffix(words.Reasons[0], ": Education by an eligible body") {
				t.Errorf("%s: %v", category, words.Reasons)
			}
		}
		today = db.Today()
		saysAt(t, enter(billing.NewVAT{Category: billing.StandardRated, From: today}), "rate", "Enter the rate in percent")
		saysAt(t, enter(billing.NewVAT{Category: "X", From: today}), "category", "Choose how sales are treated")
		saysAt(t, enter(billing.NewVAT{Category: billing.StandardRated, Rate: 20000, From: today}), "from", "An entry for VAT from 23 December 2026 stands already")
		saysAt(t, enter(billing.NewVAT{Category: billing.StandardRated, Rate: 20000, From: today.AddDays(-1)}), "from", "The first day must be today")
	})
}

func TestScheduleLadder_ForNewBookingsAloneAndInOrder(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		office, from := accesstest.Office(t, db), db.Today().AddDays(5)
		old, err := billing.LoadTariff(t.Context(), db)
		if err != nil {
			t.Fatal(err)
		}
		enter := func(n billing.NewLadder) error {
			return entering(t, db, func(ctx context.Context, tx models.DB) error { return billing.ScheduleLadder(ctx, tx, office, n) })
		}
		for name, c := range map[string]struct {
			steps      billing.Ladder
			field, say string
		}{
			"none":            {nil, "fee-1", "Enter at least one step"},
			"no last day":     {billing.Ladder{{Days: 28}}, "days-1", "The last step must begin at 0 days"},
			"more days later": {billing.Ladder{{Days: 14}, {Days: 28}, {Fee: 100000}}, "days-2", "Begin with the most days: this step needs fewer than 14"},
			"a falling fee":   {billing.Ladder{{Days: 14, Fee: 50000}, {Fee: 20000}}, "fee-2", "Less notice cannot cost less: enter 50% or more"},
			"beyond it all":   {billing.Ladder{{Fee: 100001}}, "fee-1", "Enter a percentage from 0 to 100"},
		} {
			t.Log(name)
			saysAt(t, enter(billing.NewLadder{Name: "New terms", Steps: c.steps, From: from}), c.field, c.say)
		}
		n := billing.NewLadder{Name: "New terms", Steps: billing.Ladder{{Days: 14}, {Days: 7, Fee: 12500}, {Fee: 100000}}, From: from}
		saysAt(t, enter(billing.NewLadder{Steps: n.Steps, From: from}), "name", "Enter a name for these terms")
		c, err := billing.PreviewLadder(t.Context(), db, office, n)
		want := billing.ValueChange{
			Name:   "Cancelling a place costs",
			Before: "nothing at 28 days or more, 50% at 14 to 27 days, 100% later or for a no-show",
			After:  "nothing at 14 days or more, 12.5% at 7 to 13 days, 100% later or for a no-show",
		}
		if err != nil || len(c.Values) != 1 || c.Values[0] != want || len(c.Prices) != 0 {
			t.Errorf("%+v, %v", c, err)
		}
		if err := enter(n); err != nil {
			t.Fatal(err)
		}
		clock.Set(from.At(9, 0))
		fresh, err := billing.LoadTariff(t.Context(), db)
		if err != nil || fresh.LadderID == old.LadderID || fresh.Ladder.At(10) != 12500 {
			t.Errorf("%+v, %v", fresh.Ladder, err)
		}
		if kept, err := billing.LadderByID(t.Context(), db, old.LadderID); err != nil || kept.At(10) != models.HundredPercent {
			t.Errorf("the terms of older bookings: %+v, %v", kept, err)
		}
	})
}
