package access_test

import (
	"slices"
	"testing"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

func TestHistory_TellsWhatHappenedToTheseThingsInOrder(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		office := accesstest.Office(t, db)
		for _, e := range []struct {
			actor access.Actor
			entry access.Entry
		}{
			{access.Visitor(), access.Entry{Action: "places held", SubjectKind: "booking", SubjectID: 7, Detail: map[string]int{"places": 3}}},
			{office, access.Entry{Action: "place named", SubjectKind: "place", SubjectID: 7}},
			{office, access.Entry{Action: "places held", SubjectKind: "booking", SubjectID: 8}},
			{access.System(), access.Entry{Action: "hold ended", SubjectKind: "booking", SubjectID: 7}},
		} {
			if err := db.InTx(t.Context(), func(tx models.DB) error { return access.Record(t.Context(), tx, e.actor, e.entry) }); err != nil {
				t.Fatal(err)
			}
		}
		events, err := access.History(t.Context(), db, office, []access.Subject{{Kind: "booking", ID: 7}, {Kind: "place", ID: 7}})
		if err != nil || len(events) != 3 {
			t.Fatalf("%+v %v", events, err)
		}
		if e := events[0]; e.Action != "places held" || e.Actor != "visitor" || e.Name != "" || e.Detail != `{"places":3}` || !e.At.Equal(clock.Now()) {
			t.Errorf("first %+v", e)
		}
		if e := events[1]; e.Actor != "person" || e.Name != "Joanne Fearn" || (e.Subject != access.Subject{Kind: "place", ID: 7}) {
			t.Errorf("second %+v", e)
		}
		if e := events[2]; e.Action != "hold ended" || e.Actor != "system" {
			t.Errorf("third %+v", e)
		}
		if none, err := access.History(t.Context(), db, office, nil); err != nil || len(none) != 0 {
			t.Errorf("about nothing: %+v %v", none, err)
		}
		if _, err := access.History(t.Context(), db, accesstest.Trainer(t, db), nil); models.KindOf(err) != models.KindForbidden {
			t.Errorf("a trainer asks: %v", err)
		}
	})
}

func TestTies_AreRolesAndOrganisationsOfThePeopleAsked(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		office := accesstest.Office(t, db)
		priya := accesstest.Manager(t, db, "Priya Nair", "priya@network.example", "Zebra Trust")
		accesstest.Manager(t, db, "Priya Nair", "priya@network.example", "Apple Network")
		nobody := accesstest.Person(t, db, "Hannah", "hannah@practice.example")
		ties, err := access.Ties(t.Context(), db, office, []int64{office.PersonID, priya.PersonID, nobody.PersonID})
		if err != nil || len(ties) != 2 {
			t.Fatalf("%+v %v", ties, err)
		}
		if got := ties[office.PersonID].Roles; !slices.Equal(got, []access.Role{access.RoleOffice}) {
			t.Errorf("roles %v", got)
		}
		if got := ties[priya.PersonID].Organisations; !slices.Equal(got, []string{"Apple Network", "Zebra Trust"}) {
			t.Errorf("organisations %v", got)
		}
		if _, err := access.Ties(t.Context(), db, priya, nil); models.KindOf(err) != models.KindForbidden {
			t.Errorf("a manager asks: %v", err)
		}
	})
}
