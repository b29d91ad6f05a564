package booking_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/booking/bookingtest"
	"hub.salford.ac.uk/ssph/mail"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// moveTo moves a session to one part on another day.
func moveTo(t *testing.T, db models.DB, s scheduling.Session, m scheduling.Move) error {
	t.Helper()
	return db.InTx(t.Context(), func(tx models.DB) error {
		_, err := desk.MoveSession(t.Context(), tx, access.System(), s.ID, m)
		return err
	})
}

// letter is one mail of the outbox, with its first file.
type letter struct {
	mail.Mail
	file string
}

// sent lists the mails of these kinds in the outbox by "kind address".
func sent(t *testing.T, db models.DB, kinds ...string) map[string][]letter {
	t.Helper()
	listed, _, err := mail.List(t.Context(), db, mail.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	found := map[string][]letter{}
	for _, one := range listed {
		if !slices.Contains(kinds, one.Kind) {
			continue
		}
		l := letter{}
		if l.Mail, err = mail.Find(t.Context(), db, one.ID); err != nil {
			t.Fatal(err)
		}
		if len(l.Files) > 0 {
			part, err := mail.FindPart(t.Context(), db, one.ID, 1)
			if err != nil {
				t.Fatal(err)
			}
			l.file = string(part.Content)
		}
		key := one.Kind + " " + one.ToEmail
		found[key] = append(found[key], l)
	}
	return found
}

// Whose place was cancelled hears nothing of a move.
func TestMoveSession_TellsNobodyWhosePlaceIsCancelled(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		s := schedulingtest.OpenAccess(t, db)
		b := bookingtest.OnAccount(t, db, s.ID, irwell, bookingtest.Named("Tom Ashworth", "Grace Okafor"))
		if _, err := cancel(t, db, access.System(), booking.CancelRequest{BookingID: b.ID, Ordinals: []int{2}, Ground: booking.ByTerms}); err != nil {
			t.Fatal(err)
		}
		there := scheduling.Move{Parts: []scheduling.NewPart{schedulingtest.Part(schedulingtest.Day.AddDays(7), "10am", "5pm")}, VenueID: s.Venue.ID}
		if err := moveTo(t, db, s, there); err != nil {
			t.Fatal(err)
		}
		mails := sent(t, db, "place-moved")
		if len(mails) != 1 || len(mails["place-moved tom.ashworth@delegate.example"]) != 1 {
			t.Errorf("%d people were told: %v", len(mails), mails)
		}
	})
}

// A session of two bookings is moved from 14 to 21 January: each named person gets their own entry with the next number, each
// booker a summary, and nobody another's address.
func TestMoveSession_EverybodyGetsAnUpdatedInvitation(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		s := schedulingtest.OpenAccess(t, db)
		bookingtest.OnAccount(t, db, s.ID, "Irwell Wellbeing", bookingtest.Named("Tom Ashworth", "Grace Okafor", ""))
		bookingtest.OnAccount(t, db, s.ID, "Mersey Care", bookingtest.Named("Lena Osei"))
		there := scheduling.Move{
			Parts: []scheduling.NewPart{schedulingtest.Part(schedulingtest.Day.AddDays(7), "10am", "5pm")}, VenueID: s.Venue.ID,
		}
		for range 2 { // the second time nothing changes, so nobody is told again
			if err := moveTo(t, db, s, there); err != nil {
				t.Fatal(err)
			}
		}
		mails := sent(t, db, "place-moved", "booking-moved")
		people := []string{"tom.ashworth@delegate.example", "grace.okafor@delegate.example", "lena.osei@delegate.example"}
		for _, address := range people {
			got := mails["place-moved "+address]
			if len(got) != 1 || len(got[0].Files) != 1 {
				t.Fatalf("%s: %d mails", address, len(got))
			}
			entry := got[0].file
			for _, want := range []string{"METHOD:REQUEST", "SEQUENCE:1", "DTSTART;TZID=Europe/London:20270121T100000", "DTEND;TZID=Europe/London:20270121T170000"} {
				if !strings.Contains(entry, want) {
					t.Errorf("%s: no %s in\n%s", address, want, entry)
				}
			}
			for _, want := range []string{"Thursday 14 January 2027, 9:30am to 4:30pm", "Thursday 21 January 2027, 10am to 5pm"} {
				if !strings.Contains(got[0].Text, want) || !strings.Contains(got[0].HTML, want) {
					t.Errorf("%s: no %q in\n%s", address, want, got[0].Text)
				}
			}
			for _, other := range people {
				if other != address && strings.Contains(entry+got[0].Text+got[0].HTML, other) {
					t.Errorf("%s is shown %s", address, other)
				}
			}
		}
		told := mails["booking-moved manager@irwellwellbeing.example"]
		if len(told) != 1 || !strings.Contains(told[0].Text, "Tom Ashworth, Grace Okafor") || !strings.Contains(told[0].Text, "3 places") {
			t.Errorf("%+v", told)
		}
		if len(mails) != 5 {
			t.Errorf("%d recipients, want three people and two bookers", len(mails))
		}
	})
}

func TestMoveSession_TwiceAtOneInstantTellsTwice(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		s := schedulingtest.OpenAccess(t, db)
		bookingtest.OnAccount(t, db, s.ID, "Irwell Wellbeing", bookingtest.Named("Tom Ashworth"))
		for days := range 2 {
			err := moveTo(t, db, s, scheduling.Move{
				Parts: []scheduling.NewPart{schedulingtest.Part(schedulingtest.Day.AddDays(7-days), "10am", "5pm")}, VenueID: s.Venue.ID,
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		mails := sent(t, db, "place-moved", "booking-moved")
		for _, who := range []string{"place-moved tom.ashworth@delegate.example", "booking-moved manager@irwellwellbeing.example"} {
			if len(mails[who]) != 2 {
				t.Errorf("%s: %d mails", who, len(mails[who]))
			}
		}
	})
}

// A new link is for those who have a place, and for nobody else.
func TestMoveSession_ANewLinkReachesThePeopleOnly(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := schedulingtest.OpenAccess(t, db, schedulingtest.Online("https://meet.example/old"))
		bookingtest.OnAccount(t, db, s.ID, "Irwell Wellbeing", bookingtest.Named("Tom Ashworth"))
		clock.Set(s.FirstStart().Add(-time.Hour))
		err := moveTo(t, db, s, scheduling.Move{
			Parts:    []scheduling.NewPart{schedulingtest.Part(schedulingtest.Day, "9:30am", "4:30pm")},
			JoinLink: "https://meet.example/new",
		})
		if err != nil {
			t.Fatal(err)
		}
		mails := sent(t, db, "place-moved", "booking-moved")
		got := mails["place-moved tom.ashworth@delegate.example"]
		if len(mails) != 1 || len(got) != 1 || !strings.Contains(got[0].Text, "https://meet.example/new") {
			t.Errorf("%+v", mails)
		}
	})
}

// A move that a trainer's diary refuses tells nobody.
func TestMoveSession_RefusedTellsNobody(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		s := schedulingtest.OpenAccess(t, db)
		next := schedulingtest.Day.AddDays(1)
		schedulingtest.OpenAccess(t, db, schedulingtest.OnDay(next))
		bookingtest.OnAccount(t, db, s.ID, "Irwell Wellbeing", bookingtest.Named("Tom Ashworth"))
		err := moveTo(t, db, s, scheduling.Move{Parts: []scheduling.NewPart{schedulingtest.Part(next, "9:30am", "4:30pm")}, VenueID: s.Venue.ID})
		if models.KindOf(err) != models.KindConflict {
			t.Error(err)
		}
		if mails := sent(t, db, "place-moved", "booking-moved"); len(mails) > 0 {
			t.Errorf("%+v", mails)
		}
	})
}
