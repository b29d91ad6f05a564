package tool

import (
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

func (r *room) enter(t testing.TB, actor access.Actor, whose Party, typed ...SafetyContact) error {
	t.Helper()
	return r.try(t, func(tx models.DB) error { return r.desk.EnterContacts(t.Context(), tx, actor, whose, typed) })
}

func (r *room) irwell() Party {
	return Party{OrganisationID: &r.manager.Organisations[0].OrganisationID}
}

func adults(name, number string) SafetyContact {
	return SafetyContact{Code: "safeguarding-adults", Name: name, Number: number}
}

func TestEnterContacts_StandOnThePanelOfTheirOwnCasesAndNoOthers(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		r := newRoom(t, db, clock)
		ours, theirs, own := r.begin(t, r.hannah, "IWN-1"), r.begin(t, r.tom, "MN-1"), r.begin(t, r.solo, "SOLO-1")
		if err := r.enter(t, r.manager, r.irwell(), adults(" Mary  Holt ", "0161 496 0123"), SafetyContact{Code: "duty-lead"}); err != nil {
			t.Fatal(err)
		}
		if err := r.enter(t, r.solo, Party{PersonID: r.solo.PersonID}, adults("Salford council", "0161 496 0199")); err != nil {
			t.Fatal(err)
		}
		for number, c := range map[string]Case{"0161 496 0123": r.open(t, r.priya, ours), "0161 496 0199": r.open(t, r.solo, own)} {
			line, ok := c.Crisis.Contact("safeguarding-adults")
			if !ok || line.Number != number || line.Print == nil || line.Print.Number != number || len(c.Crisis.Contacts) != 8 || len(c.Crisis.Missing) != 2 {
				t.Errorf("%s: %+v, %d missing", number, line, len(c.Crisis.Missing))
			}
		}
		if c := r.open(t, r.tom, theirs); len(c.Crisis.Contacts) != 7 || len(c.Crisis.Missing) != 3 {
			t.Errorf("another organisation's panel: %+v", c.Crisis.Contacts)
		}
		for who, want := range map[int64]int{r.hannah.PersonID: 8, r.tom.PersonID: 7, r.solo.PersonID: 8} {
			panel, err := r.desk.Panel(t.Context(), db, access.Actor{PersonID: who})
			if err != nil || len(panel.Contacts) != want {
				t.Errorf("outside a case %d sees %d contacts, want %d: %v", who, len(panel.Contacts), want, err)
			}
		}
	})
}

func TestEnterContacts_TheNewestCountsAndEachChangeIsAudited(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		r := newRoom(t, db, clock)
		office := accesstest.Office(t, db)
		for n, step := range []struct {
			actor  access.Actor
			typed  SafetyContact
			audits int
		}{
			{r.manager, adults("Mary Holt", "0161 496 0123"), 1},
			{r.manager, adults("Mary Holt", "0161 496 0123"), 1},      // nothing changed
			{r.manager, adults(" Mary   Holt ", "0161 496 0123 "), 1}, // nor by spaces
			{office, adults("Mary Holt", "0161 496 0124"), 2},
			{r.manager, adults("", ""), 3}, // off the panel
		} {
			if err := r.enter(t, step.actor, r.irwell(), step.typed); err != nil {
				t.Fatal(err)
			}
			entered, err := r.desk.Contacts(t.Context(), db, r.manager, r.irwell())
			if err != nil || len(entered) != 1 || entered[0].Number != strings.TrimSpace(step.typed.Number) || entered[0].Name != strings.Join(strings.Fields(step.typed.Name), " ") {
				t.Errorf("step %d: %+v, %v", n, entered, err)
			}
			if got := r.audits(t, "safety contacts entered", *r.irwell().OrganisationID); got != step.audits {
				t.Errorf("step %d: %d audit rows, want %d", n, got, step.audits)
			}
		}
		panel, err := r.desk.Panel(t.Context(), db, r.hannah)
		if err != nil || len(panel.Contacts) != 7 {
			t.Errorf("%d contacts, %v", len(panel.Contacts), err)
		}
	})
}

func TestEnterContacts_OnlyThoseWhoseItIs(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		r := newRoom(t, db, clock)
		other := accesstest.Manager(t, db, "Una Upton", "una@upton.example", "Upton Network")
		for name, try := range map[string]struct {
			actor access.Actor
			whose Party
		}{
			"a practitioner":         {r.hannah, r.irwell()},
			"another's manager":      {other, r.irwell()},
			"a visitor":              {access.Visitor(), r.irwell()},
			"another person's":       {r.tom, Party{PersonID: r.solo.PersonID}},
			"the office, a person's": {accesstest.Office(t, db), Party{PersonID: r.solo.PersonID}},
			"a visitor, a person's":  {access.Visitor(), Party{}},
		} {
			if err := r.enter(t, try.actor, try.whose, adults("Mary Holt", "0161 496 0123")); models.KindOf(err) != models.KindNotFound {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

func TestEnterContacts_BadInputIsSaidBesideTheField(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		r := newRoom(t, db, clock)
		for name, bad := range map[string]struct {
			typed SafetyContact
			field string
		}{
			"letters":     {adults("Mary", "call Mary"), "number-safeguarding-adults"},
			"too short":   {adults("Mary", "99"), "number-safeguarding-adults"},
			"too long":    {adults("Mary", strings.Repeat("1", 16)), "number-safeguarding-adults"},
			"other digit": {adults("Mary", "٠١٦١"), "number-safeguarding-adults"},
			"no number":   {adults("Mary", " "), "number-safeguarding-adults"},
			"no name":     {adults("", "0161 496 0123"), "name-safeguarding-adults"},
			"long name":   {adults(strings.Repeat("x", 101), "0161 496 0123"), "name-safeguarding-adults"},
			"not local":   {SafetyContact{Code: "999", Name: "Mary", Number: "0161 496 0123"}, ""},
		} {
			err := r.enter(t, r.manager, r.irwell(), SafetyContact{Code: "duty-lead", Name: "Jo", Number: "0161 496 0100"}, bad.typed)
			if models.KindOf(err) != models.KindInvalid || bad.field != "" && models.ProblemsOf(err).For(bad.field) == "" {
				t.Errorf("%s: %v", name, err)
			}
		}
		for _, good := range []string{"101", "+44 161 496 0123", "0161 496 0123"} {
			if err := r.enter(t, r.manager, r.irwell(), adults("Mary", good)); err != nil {
				t.Errorf("%s: %v", good, err)
			}
		}
		entered, err := r.desk.Contacts(t.Context(), db, r.manager, r.irwell())
		if err != nil || len(entered) != 1 {
			t.Errorf("a refused form kept something: %+v, %v", entered, err)
		}
	})
}
