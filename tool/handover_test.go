package tool

import (
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/licensing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

func (r *room) hand(t testing.TB, actor access.Actor, id int64, to access.Actor, reason string) error {
	t.Helper()
	return r.try(t, func(tx models.DB) error { return r.desk.HandOver(t.Context(), tx, actor, id, to.PersonID, reason) })
}

func TestHandOver_BothSeeWhoHasItWhoHadItAndWhy(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		r := newRoom(t, db, clock)
		id := r.begin(t, r.hannah, "IWN-1")
		for range 2 { // a button pressed twice hands over once
			if err := r.hand(t, r.hannah, id, r.priya, " On leave from Monday "); err != nil {
				t.Fatal(err)
			}
		}
		for _, who := range []access.Actor{r.hannah, r.priya} {
			c := r.open(t, who, id)
			want := Handover{From: r.hannah.PersonID, To: r.priya.PersonID, At: clock.Now(), By: r.hannah.PersonID, Reason: "On leave from Monday"}
			if c.HeldBy != r.priya.PersonID || c.OpenedBy != r.hannah.PersonID || len(c.Handovers) != 1 || c.Handovers[0] != want {
				t.Errorf("%d sees %d, %+v", who.PersonID, c.HeldBy, c.Handovers)
			}
			if c.Names[r.hannah.PersonID] != "Hannah Whitworth" || c.Names[r.priya.PersonID] != "Priya Nair" {
				t.Errorf("names %v", c.Names)
			}
		}
		if n := r.audits(t, "case handed over", id); n != 1 {
			t.Errorf("%d audit rows", n)
		}
		var mine []CaseLine
		r.must(t, func(tx models.DB) (err error) {
			mine, _, err = r.desk.Cases(t.Context(), tx, r.priya, CaseFilter{Mine: true})
			return err
		})
		if len(mine) != 1 || mine[0].HeldByName != "Priya Nair" {
			t.Errorf("Priya's own: %+v", mine)
		}
	})
}

// After their licence, people read the cases they have: not those they passed on, and those passed on to them.
func TestHandOver_WithoutALicenceTheCaseGoesWithIt(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		r := newRoom(t, db, clock)
		given, kept := r.begin(t, r.hannah, "IWN-1"), r.begin(t, r.hannah, "IWN-2")
		if err := r.hand(t, r.priya, given, r.priya, "Hannah is ill"); err != nil {
			t.Fatal(err)
		}
		clock.Set(models.Date{Year: 2028, Month: time.March, Day: 1}.At(9, 0))
		read := func(who access.Actor, id int64) models.Kind {
			return models.KindOf(r.try(t, func(tx models.DB) error { _, err := r.desk.Open(t.Context(), tx, who, id); return err }))
		}
		if read(r.hannah, given) != models.KindNotFound || read(r.hannah, kept) != "" || read(r.priya, given) != "" || read(r.priya, kept) != models.KindNotFound {
			t.Errorf("Hannah: %q, %q; Priya: %q, %q", read(r.hannah, given), read(r.hannah, kept), read(r.priya, given), read(r.priya, kept))
		}
	})
}

func TestHandOver_OnlyToALicensedColleagueAndWithAReason(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		r := newRoom(t, db, clock)
		id, own := r.begin(t, r.hannah, "IWN-1"), r.begin(t, r.solo, "SOLO-1")
		suspended := r.held[r.priya.PersonID]
		suspended.Standing = licensing.StandingSuspended
		refuse := func(name, field string, err error) {
			t.Helper()
			if models.ProblemsOf(err).For(field) == "" {
				t.Errorf("%s: %v", name, err)
			}
		}
		refuse("no reason", "reason", r.hand(t, r.hannah, id, r.priya, " \n "))
		refuse("another organisation", "colleague", r.hand(t, r.hannah, id, r.tom, "x"))
		refuse("a manager without a licence", "colleague", r.hand(t, r.hannah, id, r.manager, "x"))
		refuse("on their own", "colleague", r.hand(t, r.solo, own, r.tom, "x"))
		r.held[r.priya.PersonID] = suspended
		refuse("a suspended licence", "colleague", r.hand(t, r.hannah, id, r.priya, "x"))
		if c := r.open(t, r.hannah, id); c.HeldBy != r.hannah.PersonID || len(c.Handovers) != 0 || r.audits(t, "case handed over", id) != 0 {
			t.Errorf("%d has it after %d handovers", c.HeldBy, len(c.Handovers))
		}
		var listed []Colleague
		r.must(t, func(tx models.DB) (err error) {
			listed, err = r.desk.Colleagues(t.Context(), tx, r.hannah, id)
			return err
		})
		if len(listed) != 0 {
			t.Errorf("offered: %+v", listed)
		}
	})
}
