package tool

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"testing"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/licensing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// room is a desk with two practitioners of one organisation, one of another, one who is their own, and their manager.
type room struct {
	db      models.DB
	clock   *modelstest.Clock
	desk    Desk
	key     access.Keys
	held    map[int64]licensing.Licence
	hannah  access.Actor // Irwell Network
	priya   access.Actor // Irwell Network
	tom     access.Actor // Mersey Network
	solo    access.Actor // on their own
	manager access.Actor // Irwell Network's manager, without a licence
}

var (
	_ Licences = licensing.ForPerson
	_ Holders  = LicensedBy
)

func newRoom(t *testing.T, db models.DB, clock *modelstest.Clock) *room {
	t.Helper()
	r := &room{db: db, clock: clock, key: access.NewKeys(), held: map[int64]licensing.Licence{}}
	sealer, err := NewSealer(r.key)
	if err != nil {
		t.Fatal(err)
	}
	r.desk = Desk{Pack: starter(t), Sealer: sealer, Licences: func(_ context.Context, _ models.DB, id int64) (licensing.Licence, error) {
		return r.held[id], nil
	}, Holders: r.holders}
	r.manager = accesstest.Manager(t, db, "Mo Manager", "mo@irwell.example", "Irwell Network")
	other := accesstest.Manager(t, db, "Lee Leader", "lee@mersey.example", "Mersey Network")
	irwell, mersey := r.manager.Organisations[0].OrganisationID, other.Organisations[0].OrganisationID
	r.hannah = accesstest.Person(t, db, "Hannah Whitworth", "hannah@irwell.example")
	r.priya = accesstest.Person(t, db, "Priya Nair", "priya@irwell.example")
	r.tom = accesstest.Person(t, db, "Tom Ashworth", "tom@mersey.example")
	r.solo = accesstest.Person(t, db, "Sol Solo", "sol@solo.example")
	for actor, organisation := range map[int64]*int64{r.hannah.PersonID: &irwell, r.priya.PersonID: &irwell, r.tom.PersonID: &mersey, r.solo.PersonID: nil} {
		r.held[actor] = licence(actor, organisation)
	}
	return r
}

// holders are those whose licence the organisation bought, by id.
func (r *room) holders(_ context.Context, _ models.DB, organisation int64) ([]licensing.Holder, error) {
	var all []licensing.Holder
	for _, id := range slices.Sorted(maps.Keys(r.held)) {
		if l := r.held[id]; len(l.Periods) > 0 && l.Periods[0].OrganisationID != nil && *l.Periods[0].OrganisationID == organisation {
			all = append(all, licensing.Holder{PersonID: id, Name: "Practitioner " + strconv.FormatInt(id, 10), Licence: l})
		}
	}
	return all, nil
}

// licence runs from 2 November 2026 for a year, with 14 days of grace.
func licence(person int64, organisation *int64) licensing.Licence {
	start := models.Date{Year: 2026, Month: 11, Day: 2}
	return licensing.Licence{ID: person, PersonID: person, Standing: licensing.StandingLive, Periods: []licensing.Period{{
		No: 1, AnchorOn: start, Years: 1, StartsOn: start, LastDay: licensing.LastDay(start, 1), OrganisationID: organisation,
		Terms: licensing.Terms{Years: 1, GraceDays: 14, NoticeDays: 30},
	}}}
}

// try runs a use case in a transaction of its own.
func (r *room) try(t testing.TB, fn func(tx models.DB) error) error {
	t.Helper()
	return r.db.InTx(t.Context(), fn)
}

func (r *room) must(t testing.TB, fn func(tx models.DB) error) {
	t.Helper()
	if err := r.try(t, fn); err != nil {
		t.Fatal(err)
	}
}

func (r *room) begin(t testing.TB, actor access.Actor, reference string) int64 {
	t.Helper()
	var id int64
	r.must(t, func(tx models.DB) (err error) {
		id, err = r.desk.NewCase(t.Context(), tx, actor, NewCase{Reference: reference, Name: "Sam"})
		return err
	})
	return id
}

func (r *room) open(t testing.TB, actor access.Actor, id int64) Case {
	t.Helper()
	var c Case
	r.must(t, func(tx models.DB) (err error) {
		c, err = r.desk.Open(t.Context(), tx, actor, id)
		return err
	})
	return c
}

func (r *room) save(t testing.TB, actor access.Actor, id int64, s Save) Saved {
	t.Helper()
	var saved Saved
	r.must(t, func(tx models.DB) (err error) {
		saved, err = r.desk.SaveNote(t.Context(), tx, actor, id, s)
		return err
	})
	return saved
}

func (r *room) move(t testing.TB, actor access.Actor, id int64, m Move) {
	t.Helper()
	r.must(t, func(tx models.DB) error { return r.desk.Move(t.Context(), tx, actor, id, m) })
}

// audits counts the audit rows of an action on a case.
func (r *room) audits(t testing.TB, action string, id int64) int {
	t.Helper()
	var n int
	err := r.db.SQL(t.Context()).Raw("SELECT COUNT(*) FROM audit_rows WHERE action = ? AND subject_id = ?", action, id).Scan(&n).Error
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// toMatching takes a new case to where a fit is looked for.
func (r *room) toMatching(t testing.TB, actor access.Actor, id int64) {
	t.Helper()
	r.move(t, actor, id, Move{To: Contacting})
	r.must(t, func(tx models.DB) error { return r.desk.Tick(t.Context(), tx, actor, id, "C5", true) })
	for _, to := range []State{Conversing, Analysing, Deciding} {
		r.move(t, actor, id, Move{To: to})
	}
	r.must(t, func(tx models.DB) error {
		return r.desk.Decide(t.Context(), tx, actor, id, Decision{Code: "D1", Outcome: "none", Known: No, Worse: No, Agrees: NotSaid, Reason: "Nothing clinical came up"})
	})
}

// Who was put on an organisation's place at the door works for themselves until the organisation says that it knows them: they see
// none of its cases, none is handed to them, and what they begin is theirs.
func TestDesk_AnUnknownHolderSeesNoneOfTheOrganisationsCases(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		r := newRoom(t, db, clock)
		theirs := r.begin(t, r.hannah, "IWN-0147")
		unknown := r.held[r.priya.PersonID]
		unknown.Periods = slices.Clone(unknown.Periods)
		unknown.Periods[0].Unknown = true
		r.held[r.priya.PersonID] = unknown
		own := r.begin(t, r.priya, "P-1")
		if c := r.open(t, r.priya, own); c.OrganisationID != nil {
			t.Errorf("their own case belongs to %d", *c.OrganisationID)
		}
		for name, look := range map[string]func(tx models.DB) error{
			"the organisation's case":        func(tx models.DB) error { _, err := r.desk.Open(t.Context(), tx, r.priya, theirs); return err },
			"their own, by the organisation": func(tx models.DB) error { _, err := r.desk.Open(t.Context(), tx, r.hannah, own); return err },
		} {
			if err := r.try(t, look); models.KindOf(err) != models.KindNotFound {
				t.Errorf("%s: %v", name, err)
			}
		}
		r.must(t, func(tx models.DB) error {
			colleagues, err := r.desk.Colleagues(t.Context(), tx, r.hannah, theirs)
			if len(colleagues) != 0 {
				t.Errorf("it can be handed to %+v", colleagues)
			}
			return err
		})
	})
}
