package billing_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// enterOneOfEach enters one figure of each kind from a day on.
func enterOneOfEach(t *testing.T, db models.DB, office access.Actor, from models.Date) {
	t.Helper()
	for _, enter := range []func(ctx context.Context, tx models.DB) error{
		func(ctx context.Context, tx models.DB) error {
			return billing.SchedulePrice(ctx, tx, office, newPrice(24000, from))
		},
		func(ctx context.Context, tx models.DB) error {
			return billing.ScheduleVAT(ctx, tx, office, billing.NewVAT{Category: billing.StandardRated, Rate: 22500, From: from})
		},
		func(ctx context.Context, tx models.DB) error {
			return billing.ScheduleLadder(ctx, tx, office, billing.NewLadder{Name: "New", Steps: billing.Ladder{{Fee: 10000}}, From: from})
		},
		func(ctx context.Context, tx models.DB) error {
			return billing.ScheduleSupplier(ctx, tx, office, subsidiary(from))
		},
		func(ctx context.Context, tx models.DB) error {
			return access.ScheduleSetting(ctx, tx, office, access.NewSetting{Name: "payment_terms_days", Value: "14", From: from})
		},
	} {
		if err := entering(t, db, enter); err != nil {
			t.Fatal(err)
		}
	}
}

// entriesFrom are the entries whose first day is that one.
func entriesFrom(t *testing.T, db models.DB, office access.Actor, from models.Date) (all []billing.TariffEntry) {
	t.Helper()
	book, err := billing.ReadTariffBook(t.Context(), db, office)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range book.Entries() {
		if e.From == from {
			all = append(all, e)
		}
	}
	return all
}

func withdraw(t *testing.T, db models.DB, actor access.Actor, e billing.TariffEntry, reason string) error {
	t.Helper()
	return entering(t, db, func(ctx context.Context, tx models.DB) error {
		return billing.Withdraw(ctx, tx, actor, e.Kind, e.ID, reason)
	})
}

func TestWithdraw_EveryKindBeforeItsDayWithAReasonAndARecord(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		office, from := accesstest.Office(t, db), db.Today().AddDays(10)
		enterOneOfEach(t, db, office, from)
		entries := entriesFrom(t, db, office, from)
		if len(entries) != 5 {
			t.Fatalf("%d entries: %+v", len(entries), entries)
		}
		for _, e := range entries {
			if _, c, err := billing.PreviewWithdrawal(t.Context(), db, office, e.Kind, e.ID); err != nil || c.None() || len(c.Happens) == 0 {
				t.Errorf("%s: %+v, %v", e.Kind, c, err)
			}
			saysAt(t, withdraw(t, db, office, e, " "), "reason", "Enter why it is taken back")
			if err := withdraw(t, db, accesstest.Trainer(t, db), e, "No"); models.KindOf(err) != models.KindForbidden {
				t.Errorf("a trainer takes back a %s: %v", e.Kind, err)
			}
			for range 2 { // a second press of the button changes nothing
				if err := withdraw(t, db, office, e, "Decided otherwise"); err != nil {
					t.Errorf("%s: %v", e.Kind, err)
				}
			}
		}
		if left := entriesFrom(t, db, office, from); len(left) != 0 {
			t.Errorf("left: %+v", left)
		}
		if book, err := billing.ReadTariffBook(t.Context(), db, office); err != nil || len(book.Series) != 1 {
			t.Errorf("%d names have series, %v: those of the supplier taken back never numbered anything", len(book.Series), err)
		}
		events, err := billing.TariffHistory(t.Context(), db, office)
		if err != nil || len(events) != 10 || events[0].Name != "Joanne Fearn" || !strings.Contains(events[9].Detail, "Decided otherwise") {
			t.Errorf("%d events, %v: %+v", len(events), err, events)
		}
		enterOneOfEach(t, db, office, from) // the day is free again
	})
}

func TestWithdraw_NotFromItsDayOn(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		office, from := accesstest.Office(t, db), db.Today().AddDays(1)
		enterOneOfEach(t, db, office, from)
		clock.Set(from.At(0, 0)) // midnight in London
		for _, e := range entriesFrom(t, db, office, from) {
			if err := withdraw(t, db, office, e, "Too late"); models.KindOf(err) != models.KindConflict {
				t.Errorf("%s: %v", e.Kind, err)
			}
		}
		if n := len(entriesFrom(t, db, office, from)); n != 5 {
			t.Errorf("%d entries are left", n)
		}
		if err := withdraw(t, db, office, billing.TariffEntry{Kind: billing.KindPrice, ID: 999}, "None"); models.KindOf(err) != models.KindNotFound {
			t.Errorf("an entry that never was: %v", err)
		}
	})
}

// Without its withdrawal written down, not even raw SQL deletes a price, a VAT row or terms; nothing at all changes a withdrawal.
func TestWithdraw_TheDatabaseRefusesEverythingElse(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		office, from := accesstest.Office(t, db), db.Today().AddDays(1)
		enterOneOfEach(t, db, office, from)
		for _, e := range entriesFrom(t, db, office, from) {
			if e.Kind == billing.KindSetting {
				if err := withdraw(t, db, office, e, "Decided otherwise"); err != nil {
					t.Fatal(err)
				}
			}
		}
		for _, sql := range []string{
			"DELETE FROM prices", "DELETE FROM vat_rates", "DELETE FROM ladders", "UPDATE prices SET net_pence = 1",
			"UPDATE tariff_withdrawals SET reason = 'x'", "DELETE FROM tariff_withdrawals",
		} {
			err := entering(t, db, func(ctx context.Context, tx models.DB) error { return tx.SQL(ctx).Exec(sql).Error })
			if !errors.Is(err, models.ErrRefused) {
				t.Errorf("%s: %v", sql, err)
			}
		}
	})
}
