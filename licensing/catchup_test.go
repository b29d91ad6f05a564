package licensing_test

import (
	"context"
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/delivery"
	"hub.salford.ac.uk/ssph/licensing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// mornings opens a session of two mornings on end.
func (s *school) mornings(on string, options ...schedulingtest.Option) scheduling.Session {
	s.Helper()
	return s.session(on, append(options, schedulingtest.InParts(
		schedulingtest.Part(date(on), "9:30am", "1pm"), schedulingtest.Part(date(on).AddDays(1), "9:30am", "1pm")))...)
}

// Tom misses the second of two mornings with Alan and catches it up a month later with Rowan: his licence counts from that day, and
// the certificate says what he attended. Undoing that day takes both, and leaves Hannah's.
func TestCompleteSession_APartCaughtUpElsewhere(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newSchool(t, db, clock)
		january := s.mornings("2027-01-26")
		february := s.mornings("2027-02-24", schedulingtest.With("Rowan"))
		b := s.book(january, "Irwell Wellbeing Network", named("Hannah", "Tom")...)
		s.book(february, "Quays Care", named("Lewis")...)
		tom := b.Places[1].ID
		s.attend(january)
		s.must(func(ctx context.Context, tx models.DB) error {
			return delivery.MarkPerson(ctx, tx, access.System(), january.ID, 2, tom, delivery.Absent)
		})
		if granted := s.complete(january).Granted; len(granted) != 1 {
			t.Fatalf("%+v", granted)
		}
		if _, d := s.licence("Tom"); d.State != licensing.StateNone {
			t.Errorf("before he has caught up: %s", d.State)
		}
		s.attend(february)
		s.must(func(ctx context.Context, tx models.DB) error {
			return delivery.AddCatchUp(ctx, tx, access.System(), february.ID, 2, tom)
		})
		for range 2 { // however often it is run
			if granted := s.complete(february).Granted; len(granted) != 2 {
				t.Fatalf("%+v", granted)
			}
		}
		if gave, err := licensing.OutcomeOf(t.Context(), db, access.System(), january.ID); err != nil || len(gave.Granted) != 1 || gave.Granted[0].Completion.PersonName != "Hannah Whitworth" {
			t.Errorf("what January itself gave: %+v, %v", gave.Granted, err)
		}
		l, d := s.licence("Tom")
		if d.State != licensing.StateActive || d.StartsOn != date("2027-02-25") || d.LastDay != date("2028-02-25") {
			t.Errorf("%+v", d)
		}
		if why := l.Periods[0].Cause.Why(); why != "You attended both parts of the face-to-face session, 26 January and 25 February 2027" {
			t.Errorf("the licence exists because: %s", why)
		}
		facts := l.Periods[0].Cause.Facts
		if facts.Attended() != "26 January and 25 February 2027, both parts, face to face, Salford" || facts.Hours() != "7 hours, as two mornings" || facts.Trainers != "Alan and Rowan" {
			t.Errorf("%s; %s; %s", facts.Attended(), facts.Hours(), facts.Trainers)
		}
		steps, err := licensing.Timeline(t.Context(), db, access.System(), l.PersonID)
		if err != nil {
			t.Fatal(err)
		}
		var told []string
		for _, step := range steps {
			told = append(told, step.What+" ("+step.Why+")")
		}
		if all := strings.Join(told, "\n"); !strings.Contains(all, "Caught up part 2 (The register of 25 February 2027, after missing 27 January 2027)\nTraining completed") {
			t.Errorf("his timeline:\n%s", all)
		}
		s.wants(map[string]int{"certificates": 3, "licences": 3, "mails WHERE kind = 'certificate'": 3})
		s.sound()

		s.must(func(ctx context.Context, tx models.DB) error {
			undone, err := s.desk.UndoSession(ctx, tx, access.System(), february.ID, "Tom was not there")
			if len(undone) != 2 {
				t.Errorf("%+v", undone)
			}
			return err
		})
		for name, want := range map[string]licensing.State{"Tom": licensing.StateNone, "Lewis": licensing.StateNone, "Hannah": licensing.StateActive} {
			email := strings.ToLower(name) + "@irwell.example"
			if _, d, err := licensing.DecideFor(t.Context(), db, s.person(email).ID); err != nil || d.State != want {
				t.Errorf("%s after undoing: %s, want %s, %v", name, d.State, want, err)
			}
		}
		s.sound()
	})
}
