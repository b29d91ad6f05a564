package billing

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

func dayOf2026(month time.Month, day int) models.Date {
	return models.Date{Year: 2026, Month: month, Day: day}
}

func TestTrap26_OneDiscountCountsOnADayAndTheyNeverAddUp(t *testing.T) {
	all := []Agreement{
		{ID: 1, Discount: 10000, From: dayOf2026(1, 1), To: dayOf2026(12, 31), EndedOn: dayOf2026(6, 30)},
		{ID: 2, Discount: 12500, From: dayOf2026(6, 30), To: dayOf2026(7, 31)},
	}
	for _, c := range []struct {
		on   models.Date
		want models.Percent
	}{
		{models.Date{Year: 2025, Month: 12, Day: 31}, 0}, {dayOf2026(1, 1), 10000}, {dayOf2026(6, 29), 10000}, {dayOf2026(6, 30), 12500},
		{dayOf2026(7, 31), 12500}, {dayOf2026(8, 1), 0},
	} {
		if got := agreementOn(all, c.on).Discount; got != c.want {
			t.Errorf("%s: %s, want %s", c.on, got, c.want)
		}
	}
}

// Whatever stands in the list, the discount of a day is that of one of its agreements, or none.
func TestTrap26_TheDiscountOfADayIsAlwaysOneOfThoseAgreed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start := dayOf2026(1, 1)
		var all []Agreement
		for i := range rapid.IntRange(0, 6).Draw(t, "agreements") {
			from := start.AddDays(rapid.IntRange(0, 60).Draw(t, "from"))
			a := Agreement{ID: int64(i + 1), Discount: models.Percent(rapid.IntRange(1, 100000).Draw(t, "discount")), From: from, To: from.AddDays(rapid.IntRange(0, 60).Draw(t, "days"))}
			if rapid.Bool().Draw(t, "ended") {
				a.EndedOn = start.AddDays(rapid.IntRange(0, 120).Draw(t, "end"))
			}
			all = append(all, a)
		}
		day := start.AddDays(rapid.IntRange(0, 130).Draw(t, "day"))
		got := agreementOn(all, day)
		holds := false
		for _, a := range all {
			holds = holds || a.HoldsOn(day)
		}
		if holds != (got.ID != 0) || got.ID != 0 && !got.HoldsOn(day) || got.Discount > models.HundredPercent {
			t.Errorf("on %s of %+v: %+v", day, all, got)
		}
	})
}

func TestAgreement_IsMadeAndEndedByTheOfficeFromTodayOn(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		manager := accesstest.Manager(t, db, "Priya Nair", "priya@irwell.example", "Irwell Wellbeing Network")
		joanne, today := accesstest.Office(t, db), db.Today()
		id := manager.Organisations[0].OrganisationID
		agree := func(actor access.Actor, a Agreement) (made Agreement, err error) {
			a.OrganisationID = id
			err = db.InTx(t.Context(), func(tx models.DB) error { made, err = Agree(t.Context(), tx, actor, a); return err })
			return made, err
		}
		end := func(actor access.Actor, id int64, last models.Date, reason string) error {
			return db.InTx(t.Context(), func(tx models.DB) error { return EndAgreement(t.Context(), tx, actor, id, last, reason) })
		}
		good := Agreement{Discount: 12500, Reason: "Founding partner", From: today, To: today.AddDays(100)}
		if _, err := agree(manager, good); models.KindOf(err) != models.KindForbidden {
			t.Errorf("a manager agrees with herself: %v", err)
		}
		for field, spoil := range map[string]func(*Agreement){
			"percent": func(a *Agreement) { a.Discount = 0 },
			"reason":  func(a *Agreement) { a.Reason = " " },
			"from":    func(a *Agreement) { a.From = today.AddDays(-1) },
			"to":      func(a *Agreement) { a.To = today.AddDays(-1) },
		} {
			bad := good
			spoil(&bad)
			if _, err := agree(joanne, bad); models.ProblemsOf(err).For(field) == "" {
				t.Errorf("%s: %v", field, err)
			}
		}
		made, err := agree(joanne, good)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := agree(joanne, Agreement{Discount: 5000, Reason: "Another", From: today.AddDays(100), To: today.AddDays(101)}); models.ProblemsOf(err).For("from") == "" {
			t.Errorf("a second on the same day: %v", err)
		}
		if got, err := AgreementOn(t.Context(), db, id, today); err != nil || got.Discount != 12500 || got.Reason != "Founding partner" {
			t.Errorf("today: %+v %v", got, err)
		}
		if err := end(joanne, made.ID, today.AddDays(-1), "Merged"); models.ProblemsOf(err).For("last-day") == "" {
			t.Errorf("ended yesterday: %v", err)
		}
		if err := end(joanne, made.ID, today.AddDays(10), ""); models.ProblemsOf(err).For("end-reason") == "" {
			t.Errorf("ended for nothing: %v", err)
		}
		if err := end(manager, made.ID, today, "Merged"); models.KindOf(err) != models.KindForbidden {
			t.Errorf("ended by a manager: %v", err)
		}
		if err := end(joanne, made.ID, today.AddDays(10), "Merged"); err != nil {
			t.Fatal(err)
		}
		if err := end(joanne, made.ID, today.AddDays(5), "Merged"); models.KindOf(err) != models.KindConflict {
			t.Errorf("ended twice: %v", err)
		}
		for days, want := range map[int]models.Percent{10: 12500, 11: 0} {
			if got, err := AgreementOn(t.Context(), db, id, today.AddDays(days)); err != nil || got.Discount != want {
				t.Errorf("after %d days: %+v %v", days, got, err)
			}
		}
		if _, err := agree(joanne, Agreement{Discount: 5000, Reason: "Another", From: today.AddDays(11), To: today.AddDays(20)}); err != nil {
			t.Errorf("the next begins when this one ends: %v", err)
		}
	})
}
