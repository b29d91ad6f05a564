package access_test

import (
	"strings"
	"sync"
	"testing"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

func schedule(t *testing.T, db models.DB, actor access.Actor, name, value string, from models.Date) error {
	t.Helper()
	return db.InTx(t.Context(), func(tx models.DB) error {
		return access.ScheduleSetting(t.Context(), tx, actor, access.NewSetting{Name: name, Value: value, From: from})
	})
}

func TestScheduleSetting_CountsFromItsDay(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		office, from := accesstest.Office(t, db), db.Today().AddDays(10)
		for range 2 { // a second press of the button is the same entry
			if err := schedule(t, db, office, "payment_terms_days", "014", from); err != nil {
				t.Fatal(err)
			}
		}
		for _, c := range []struct{ days, want int }{{0, 30}, {9, 30}, {10, 14}, {400, 14}} {
			clock.Set(from.AddDays(c.days-10).At(0, 0))
			if s, err := access.LoadSettings(t.Context(), db); err != nil || s.PaymentTermsDays != c.want {
				t.Errorf("after %d days: %d, %v; want %d", c.days, s.PaymentTermsDays, err, c.want)
			}
		}
		values, err := access.SettingValues(t.Context(), db, office)
		if err != nil {
			t.Fatal(err)
		}
		var entered []access.SettingValue
		for _, v := range values {
			if v.From == from {
				entered = append(entered, v)
			}
		}
		if len(entered) != 1 || entered[0].Value != "14" || entered[0].Note != "Days to pay an invoice" {
			t.Errorf("entered: %+v", entered)
		}
	})
}

func TestScheduleSetting_RefusesWithASentence(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		office, today := accesstest.Office(t, db), db.Today()
		if err := schedule(t, db, office, "group_most", "12", today.AddDays(20)); err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			name, value string
			from        models.Date
			field, say  string
		}{
			{"payment_terms_days", "0", today, "value", "Enter a whole number from 1 to 365"},
			{"payment_terms_days", "366", today, "value", "Enter a whole number from 1 to 365"},
			{"payment_terms_days", "3.5", today, "value", "Enter a whole number from 1 to 365"},
			{"payment_terms_days", "", today, "value", "Enter a whole number from 1 to 365"},
			{"checkout_minutes", "34", today, "value", "Enter a whole number from 35 to 1440"},
			{"payment_terms_days", "14", today.AddDays(-1), "from", "The first day must be today"},
			{"group_most", "13", today.AddDays(20), "from", "A value from 13 December 2026 stands already: 12."},
			{"licence_years", "2", today, "figure", "Choose which figure to change"},
			{"no_such", "2", today, "figure", "Choose which figure to change"},
			{"group_least", "13", today, "value", "On 13 December 2026 an own group would be of 13 people or more and of 12 or fewer."},
			{"group_most", "9", today.AddDays(30), "value", "On 23 December 2026 an own group would be of 10 people or more and of 9 or fewer."},
		} {
			_, _, checked := access.CheckSetting(t.Context(), db, office, access.NewSetting{Name: c.name, Value: c.value, From: c.from})
			for _, err := range []error{checked, schedule(t, db, office, c.name, c.value, c.from)} {
				if got := models.ProblemsOf(err).For(c.field); !strings.HasPrefix(got, c.say) {
					t.Errorf("%s %q: %q, %v; want %q", c.name, c.value, got, err, c.say)
				}
			}
		}
		if err := schedule(t, db, accesstest.Trainer(t, db), "payment_terms_days", "14", today); models.KindOf(err) != models.KindForbidden {
			t.Errorf("a trainer changes the terms: %v", err)
		}
		if _, _, err := access.CheckSetting(t.Context(), db, office, access.NewSetting{Name: "payment_terms_days", Value: "30", From: today}); models.ProblemsOf(err).For("value") != "It is 30 on 23 November 2026 already" {
			t.Errorf("no change: %v", err)
		}
	})
}

// What is entered for a near day gives way to what stands for a later one, whichever was entered first; the bounds may be entered.
func TestScheduleSetting_GivesWayToALaterDay(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		office, today := accesstest.Office(t, db), db.Today()
		for _, one := range []struct {
			name, value string
			after       int
		}{{"group_least", "8", 20}, {"group_most", "12", 20}, {"group_least", "13", 5}, {"payment_terms_days", "365", 1}, {"payment_terms_days", "1", 2}} {
			if err := schedule(t, db, office, one.name, one.value, today.AddDays(one.after)); err != nil {
				t.Errorf("%+v: %v", one, err)
			}
		}
		for after, want := range map[int][2]int{4: {10, 15}, 5: {13, 15}, 19: {13, 15}, 20: {8, 12}} {
			s, err := access.SettingsOn(t.Context(), db, today.AddDays(after))
			if err != nil || [2]int{s.GroupLeast, s.GroupMost} != want {
				t.Errorf("after %d days: %d to %d, %v; want %v", after, s.GroupLeast, s.GroupMost, err, want)
			}
		}
		if err := schedule(t, db, office, "group_most", "12", today.AddDays(6)); models.ProblemsOf(err).For("value") == "" { // 13 or more until the 20th day
			t.Errorf("taken: %v", err)
		}
		for _, actor := range []access.Actor{access.Visitor(), accesstest.Trainer(t, db)} {
			if _, err := access.SettingValues(t.Context(), db, actor); models.KindOf(err) != models.KindForbidden {
				t.Errorf("%s reads the settings: %v", actor.Name, err)
			}
		}
	})
}

// Two of the office bring two figures together that do not go together, at once: one is refused, and the program still runs.
func TestScheduleSetting_AtOnceTheFiguresStillGoTogether(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		office, from := accesstest.Office(t, db), db.Today().AddDays(1)
		wishes := []access.NewSetting{{Name: "group_least", Value: "14", From: from}, {Name: "group_most", Value: "12", From: from}}
		errs := make([]error, len(wishes))
		var wait sync.WaitGroup
		for i, wish := range wishes {
			wait.Go(func() {
				errs[i] = db.InTx(t.Context(), func(tx models.DB) error { return access.ScheduleSetting(t.Context(), tx, office, wish) })
			})
		}
		wait.Wait()
		if (errs[0] == nil) == (errs[1] == nil) {
			t.Errorf("%v and %v: one must be refused", errs[0], errs[1])
		}
		clock.Set(from.At(9, 0))
		if _, err := access.LoadSettings(t.Context(), db); err != nil {
			t.Error(err)
		}
	})
}

// A value may not be dropped when those that stay would not go together, nor once its day has come.
func TestDropSetting_OnlyBeforeItsDayAndOnlyWhenTheRestGoesTogether(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		office, from := accesstest.Office(t, db), db.Today().AddDays(10)
		for _, one := range []struct {
			name, value string
			from        models.Date
		}{{"group_least", "5", from}, {"group_most", "8", from.AddDays(5)}, {"few_places_left", "3", from}} {
			if err := schedule(t, db, office, one.name, one.value, one.from); err != nil {
				t.Fatal(err)
			}
		}
		drop := func(name string) error {
			values, err := access.SettingValues(t.Context(), db, office)
			if err != nil {
				t.Fatal(err)
			}
			for _, v := range values {
				if v.Name == name && !v.From.Before(from) {
					return db.InTx(t.Context(), func(tx models.DB) error { return access.DropSetting(t.Context(), tx, office, v.ID) })
				}
			}
			t.Fatalf("no value of %s to drop", name)
			return nil
		}
		if err := drop("group_least"); models.ProblemsOf(err).For("reason") == "" { // 10 or more and 8 or fewer
			t.Errorf("dropped: %v", err)
		}
		if err := drop("few_places_left"); err != nil {
			t.Error(err)
		}
		clock.Set(from.At(0, 0))
		if err := drop("group_least"); models.KindOf(err) != models.KindConflict {
			t.Errorf("from its day on: %v", err)
		}
	})
}
