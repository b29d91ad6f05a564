package booking_test

import (
	"context"
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/booking/bookingtest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// Somebody gets a place of an organisation by saying its name. Only its own managers speak for them, once, and a no can become a yes.
func TestAnswerDoor_OnlyTheOnesWhoBoughtThePlaceSpeakForWhoTookIt(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := schedulingtest.OpenAccess(t, db)
		b := bookingtest.OnAccount(t, db, s.ID, "Irwell Wellbeing Network", bookingtest.Named("Tom Ashworth", ""))
		clock.Set(s.FirstStart())
		in, err := walkIn(t, db, s.ID, "w1", "Grace Okafor", "irwell wellbeing network")
		if err != nil || !in.Joined {
			t.Fatalf("%+v %v", in, err)
		}
		manager, err := access.ActorFor(t.Context(), db, *b.BookerID)
		if err != nil {
			t.Fatal(err)
		}
		irwell := *b.OrganisationID
		sameName := accesstest.Manager(t, db, "Lee Leader", "lee@other.example", "IRWELL Wellbeing Network")
		answer := func(actor access.Actor, organisation int64, works bool) error {
			_, err := inTx(t, db, func(ctx context.Context, tx models.DB) (booking.AtDoor, error) {
				return booking.AnswerDoor(ctx, tx, actor, organisation, in.PlaceID, works)
			})
			return err
		}
		if asked, err := booking.AtTheDoor(t.Context(), db, manager.Scope(), irwell); err != nil || len(asked) != 1 || asked[0].Name != "Grace Okafor" {
			t.Errorf("asked: %+v %v", asked, err)
		}
		other := sameName.Organisations[0].OrganisationID
		if asked, err := booking.AtTheDoor(t.Context(), db, sameName.Scope(), other); err != nil || len(asked) != 0 {
			t.Errorf("another organisation of the same name is asked: %+v %v", asked, err)
		}
		for name, err := range map[string]error{
			"the other for its own": answer(sameName, other, true), "the other for this one": answer(sameName, irwell, true),
			"the office": answer(accesstest.Office(t, db), irwell, true), "a visitor": answer(access.Visitor(), irwell, true),
		} {
			if models.KindOf(err) != models.KindNotFound {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := answer(manager, irwell, false); err != nil {
			t.Fatal(err)
		}
		tasks, err := billing.Tasks(t.Context(), db)
		if err != nil || len(tasks) != 1 || !strings.Contains(tasks[0].Sentence, "Grace Okafor got a place of "+b.Reference()+" at the door") {
			t.Errorf("%+v %v", tasks, err)
		}
		if err := answer(manager, irwell, false); models.KindOf(err) != models.KindConflict {
			t.Errorf("no twice: %v", err)
		}
		if err := answer(manager, irwell, true); err != nil {
			t.Errorf("yes after all: %v", err)
		}
		if err := answer(manager, irwell, false); models.KindOf(err) != models.KindConflict {
			t.Errorf("no after yes: %v", err)
		}
		if asked, err := booking.AtTheDoor(t.Context(), db, manager.Scope(), irwell); err != nil || len(asked) != 0 {
			t.Errorf("still asked: %+v %v", asked, err)
		}
	})
}

// Two organisations with one name have bought places: what was said at the door fits both, so neither's place is taken.
func TestWalkIn_ANameThatTwoOrganisationsHaveTakesNeithersPlace(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := schedulingtest.OpenAccess(t, db)
		first := bookingtest.OnAccount(t, db, s.ID, "Mind", bookingtest.Named("", ""))
		second := bookingtest.OnAccountBy(t, db, accesstest.Person(t, db, "Lee Leader", "lee@elsewhere.example"), s.ID, "MIND", bookingtest.Named(""))
		if *first.OrganisationID == *second.OrganisationID {
			t.Fatal("the two are one organisation")
		}
		clock.Set(s.FirstStart())
		in, err := walkIn(t, db, s.ID, "w1", "Grace Okafor", "Mind")
		if err != nil || in.Joined || in.BookingID == first.ID || in.BookingID == second.ID {
			t.Errorf("%+v %v", in, err)
		}
		noFindings(t, db)
	})
}
