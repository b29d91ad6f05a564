package licensing_test

import (
	"context"
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling"
)

// A stranger says an organisation's name at the door, takes its unnamed place and is licensed. The licence opens nothing of the
// organisation's until its manager, who is asked by mail, says that they know them. Who the manager named is not asked about.
func TestDoor_ANameSaidAtTheDoorOpensNoCasesUntilAManagerSaysSo(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newSchool(t, db, clock)
		session := s.session("2027-01-14")
		b := s.book(session, "Irwell Wellbeing Network", append(named("Hannah"), booking.PersonNamed{})...)
		clock.Set(session.FirstStart())
		var in booking.WalkedIn
		s.must(func(ctx context.Context, tx models.DB) error {
			claimed, err := scheduling.Claim(ctx, tx, session.ID)
			if err != nil {
				return err
			}
			in, err = booking.WalkIn(ctx, tx, access.System(), claimed, booking.Came{
				Person: named("Grace")[0], Organisation: "Irwell Wellbeing Network", RequestKey: "door",
			})
			return err
		})
		s.attend(session)
		s.complete(session)
		day := date("2027-01-14")
		works := func(name string) *int64 {
			l, _ := s.licence(name)
			if bought := l.OrganisationAt(day); bought == nil || *bought != *b.OrganisationID {
				t.Errorf("%s: the place was bought by %v", name, bought)
			}
			return l.WorksForAt(day)
		}
		if got := works("Hannah"); got == nil || *got != *b.OrganisationID {
			t.Errorf("who the manager named works for %v", got)
		}
		if got := works("Grace"); got != nil {
			t.Errorf("a name at the door opens the cases of %d", *got)
		}
		asked := 0
		for _, m := range s.mails("manager@irwell.example") {
			if m.Kind == "works-with-you" {
				asked++
				if !strings.Contains(m.Subject, "Does Grace Whitworth work with you?") {
					t.Errorf("the manager is asked %q", m.Subject)
				}
			}
		}
		if asked != 1 {
			t.Errorf("the manager was asked %d times", asked)
		}
		manager := s.actor(*b.BookerID)
		for _, says := range []bool{false, true} {
			s.must(func(ctx context.Context, tx models.DB) error {
				_, err := booking.AnswerDoor(ctx, tx, manager, *b.OrganisationID, in.PlaceID, says)
				return err
			})
			if got := works("Grace"); (got != nil) != says {
				t.Errorf("the manager said %v, and Grace works for %v", says, got)
			}
		}
		s.sound()
	})
}

// What was said at one door says nothing about another place of the same person: Hannah, whom her own organisation named, goes on
// working for it while another has not said whether it knows her.
func TestDoor_AnUnansweredNameConcernsItsOwnPeriodOnly(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newSchool(t, db, clock)
		first, second := s.session("2027-01-14"), s.session("2027-01-20")
		irwell := s.book(first, "Irwell Wellbeing Network", named("Hannah")...)
		s.book(second, "Quays Care", append(named("Lewis"), booking.PersonNamed{})...)
		s.attend(first)
		s.complete(first)
		clock.Set(second.FirstStart())
		s.must(func(ctx context.Context, tx models.DB) error {
			claimed, err := scheduling.Claim(ctx, tx, second.ID)
			if err != nil {
				return err
			}
			_, err = booking.WalkIn(ctx, tx, access.System(), claimed, booking.Came{Person: named("Hannah")[0], Organisation: "Quays Care", RequestKey: "door"})
			return err
		})
		s.attend(second)
		s.complete(second)
		l, _ := s.licence("Hannah")
		if now := l.WorksForAt(date("2027-06-01")); now == nil || *now != *irwell.OrganisationID {
			t.Errorf("in the year that her own organisation bought she works for %v", now)
		}
		if next := l.WorksForAt(date("2028-06-01")); next != nil {
			t.Errorf("in the year that began at the door she works for %d", *next)
		}
	})
}
