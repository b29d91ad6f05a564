package billing_test

import (
	"context"
	"testing"

	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// From 1 to 365 days of notice, each step with fewer than the one before; the same fee twice is no mistake.
func TestScheduleLadder_TheBoundsOfAStep(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		office, from := accesstest.Office(t, db), db.Today().AddDays(5)
		enter := func(steps billing.Ladder) error {
			return entering(t, db, func(ctx context.Context, tx models.DB) error {
				return billing.ScheduleLadder(ctx, tx, office, billing.NewLadder{Name: "New terms", Steps: steps, From: from})
			})
		}
		for _, c := range []struct {
			steps      billing.Ladder
			field, say string
		}{
			{billing.Ladder{{Days: 366}, {Fee: 100000}}, "days-1", "Enter the days of notice, from 1 to 365"},
			{billing.Ladder{{Days: 0}, {Fee: 100000}}, "days-1", "Enter the days of notice, from 1 to 365"},
			{billing.Ladder{{Days: -1}, {Fee: 100000}}, "days-1", "Enter the days of notice, from 1 to 365"},
			{billing.Ladder{{Days: 14}, {Days: 14, Fee: 50000}, {Fee: 100000}}, "days-2", "Begin with the most days: this step needs fewer than 14"},
			{billing.Ladder{{Fee: -1}}, "fee-1", "Enter a percentage from 0 to 100"},
		} {
			saysAt(t, enter(c.steps), c.field, c.say)
		}
		widest := billing.Ladder{{Days: 365}, {Days: 1, Fee: 50000}, {Fee: 50000}}
		for range 2 { // a second press of the button is the same entry
			if err := enter(widest); err != nil {
				t.Fatal(err)
			}
		}
		saysAt(t, enter(billing.Ladder{{Fee: 100000}}), "from", "Terms from 28 November 2026 stand already: New terms.")
		_, err := billing.PreviewLadder(t.Context(), db, office, billing.NewLadder{Name: "Other", Steps: widest, From: from})
		saysAt(t, err, "from", "Terms from 28 November 2026 stand already")
		_, err = billing.PreviewLadder(t.Context(), db, office, billing.NewLadder{Name: "Other", Steps: widest, From: from.AddDays(1)})
		saysAt(t, err, "days-1", "Those are the terms on 29 November 2026 already")
	})
}

// Between what counts and what is entered already, a row of VAT holds up to the day before the next, whichever was entered first.
func TestPreviewVAT_SaysUntilWhenAndRefusesWhatStands(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		office, today := accesstest.Office(t, db), db.Today()
		rate := func(percent models.Percent, days int) billing.NewVAT {
			return billing.NewVAT{Category: billing.StandardRated, Rate: percent, From: today.AddDays(days)}
		}
		enter := func(n billing.NewVAT) error {
			return entering(t, db, func(ctx context.Context, tx models.DB) error { return billing.ScheduleVAT(ctx, tx, office, n) })
		}
		for _, days := range []int{30, 20, 40} {
			if err := enter(rate(models.Percent(20000+100*days), days)); err != nil {
				t.Fatal(err)
			}
		}
		if err := enter(rate(22000, 20)); err != nil {
			t.Errorf("the same entry again: %v", err)
		}
		before := fingerprint(t, db, "vat_rates")
		c, err := billing.PreviewVAT(t.Context(), db, office, rate(25000, 10))
		if err != nil || c.Until != today.AddDays(19) {
			t.Errorf("up to %s, %v", c.Until, err)
		}
		_, err = billing.PreviewVAT(t.Context(), db, office, rate(20000, 10))
		saysAt(t, err, "category", "That is how sales are treated on 3 December 2026 already")
		_, err = billing.PreviewVAT(t.Context(), db, office, rate(25000, 20))
		saysAt(t, err, "from", "An entry for VAT from 13 December 2026 stands already")
		trainer := accesstest.Trainer(t, db)
		if _, err := billing.PreviewVAT(t.Context(), db, trainer, rate(25000, 10)); models.KindOf(err) != models.KindForbidden {
			t.Errorf("a trainer asks: %v", err)
		}
		err = entering(t, db, func(ctx context.Context, tx models.DB) error {
			return billing.ScheduleVAT(ctx, tx, trainer, rate(25000, 10))
		})
		if models.KindOf(err) != models.KindForbidden {
			t.Errorf("a trainer enters it: %v", err)
		}
		if after := fingerprint(t, db, "vat_rates"); after != before {
			t.Errorf("rows changed:\n%s\n%s", before, after)
		}
	})
}

// Of several prices to come the nearest ends what is entered before them.
func TestPreviewPrice_UpToTheNearestOfSeveral(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		office, today := accesstest.Office(t, db), db.Today()
		for _, days := range []int{30, 20, 40} {
			if err := schedulePrice(t, db, office, newPrice(models.Pence(24000+days), today.AddDays(days))); err != nil {
				t.Fatal(err)
			}
		}
		c, err := billing.PreviewPrice(t.Context(), db, office, newPrice(23000, today.AddDays(10)))
		if err != nil || c.Until != today.AddDays(19) {
			t.Errorf("up to %s, %v", c.Until, err)
		}
	})
}

// Taking a price back gives the one before it again, and touches no other price.
func TestPreviewWithdrawal_OfAPrice(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		office, from := accesstest.Office(t, db), db.Today().AddDays(10)
		if err := schedulePrice(t, db, office, newPrice(24000, from)); err != nil {
			t.Fatal(err)
		}
		e := entriesFrom(t, db, office, from)[0]
		_, c, err := billing.PreviewWithdrawal(t.Context(), db, office, e.Kind, e.ID)
		want := billing.PriceChange{
			Route: billing.OpenAccess, Format: billing.FaceToFace, Unit: billing.PerPerson,
			Before: billing.Amount{Net: 24000, VAT: 4800}, After: billing.Amount{Net: 22800, VAT: 4560},
		}
		if err != nil || len(c.Prices) != 1 || c.Prices[0] != want || len(c.Values) != 0 {
			t.Errorf("%+v, %v", c, err)
		}
	})
}
