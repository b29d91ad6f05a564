package licensing_test

import (
	"context"
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/licensing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

func (s *school) undo(session int64) []licensing.Undone {
	s.Helper()
	var undone []licensing.Undone
	s.must(func(ctx context.Context, tx models.DB) (err error) {
		undone, err = s.desk.UndoSession(ctx, tx, access.System(), session, "Marked by mistake")
		return err
	})
	return undone
}

// lines is what the preview says to each person.
func lines(all []licensing.Undone) string {
	var out []string
	for _, u := range all {
		out = append(out, u.Completion.PersonName+": "+strings.Join(u.Lines(), "; "))
	}
	return strings.Join(out, "\n")
}

func TestUndo_WithdrawsWhatThePreviewSaidAndTheSessionCanBeCompletedAgain(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newSchool(t, db, clock)
		s.train("2026-12-10", "Tom") // Tom has a licence already
		session := s.session("2027-01-14")
		s.book(session, "Irwell Wellbeing Network", named("Hannah", "Tom")...)
		s.attend(session)
		out := s.complete(session)
		first := out.Granted[0].Certificate.Code.String()
		preview, err := licensing.PreviewUndo(t.Context(), db, access.System(), session.ID)
		if err != nil {
			t.Fatal(err)
		}
		want := "Hannah Whitworth: Certificate " + first + " is withdrawn; Licence L-00002 ends at once\n" +
			"Tom Whitworth: Certificate " + out.Granted[1].Certificate.Code.String() + " is withdrawn; Licence L-00001 then runs up to the end of 10 December 2027"
		if got := lines(preview); got != want {
			t.Errorf("the preview says\n%s\nwant\n%s", got, want)
		}
		s.wants(map[string]int{"certificate_withdrawals": 0, "licence_period_voids": 0}) // it only looked
		if got := lines(s.undo(session.ID)); got != want {
			t.Errorf("it did\n%s\nbut was to do\n%s", got, want)
		}
		found, err := licensing.Check(t.Context(), db, first)
		if err != nil || found.Valid() || found.Sentence() != "This certificate was withdrawn on 14 January 2027" {
			t.Errorf("the check says %q, %v", found.Sentence(), err)
		}
		if _, d := s.licence("Hannah"); d.Allowed || d.State != licensing.StateNone {
			t.Errorf("Hannah: %+v", d)
		}
		if _, d := s.licence("Tom"); !d.Allowed || d.LastDay != date("2027-12-10") {
			t.Errorf("Tom: %+v", d)
		}
		// Tom's first period is not touched: what does not move is not written again.
		s.wants(map[string]int{"mails WHERE kind = 'certificate-withdrawn'": 2, "licence_period_voids": 2, "licence_periods": 3})
		if left, err := licensing.OutcomeOf(t.Context(), db, access.System(), session.ID); err != nil || len(left.Granted) != 0 {
			t.Errorf("what the session still gives: %+v, %v", left.Granted, err)
		}
		s.sound()
		again := s.complete(session).Granted[0]
		if again.Certificate.Code.String() == first || again.Period.StartsOn != date("2027-01-14") {
			t.Errorf("completed again: %+v", again)
		}
		if _, d := s.licence("Hannah"); d.State != licensing.StateActive {
			t.Errorf("Hannah: %+v", d)
		}
		s.wants(map[string]int{
			"licences": 2, "certificates": 5, "certificate_withdrawals": 2,
			// Made: Tom's, Hannah's, and hers anew when nothing of it was left. Longer: Tom's, and again.
			"audit_rows WHERE action = 'licence-made'": 3, "audit_rows WHERE action = 'licence-extended'": 2,
		})
		s.sound()
	})
}

func TestUndo_OnlyOnTheDayAndOnlyByTheTrainerOrTheOffice(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newSchool(t, db, clock)
		session := s.session("2027-01-14")
		b := s.book(session, "Irwell Wellbeing Network", named("Hannah")...)
		s.attend(session)
		s.complete(session)
		try := func(actor access.Actor, reason string) error {
			return s.inTx(func(ctx context.Context, tx models.DB) error {
				_, err := s.desk.UndoSession(ctx, tx, actor, session.ID, reason)
				return err
			})
		}
		if err := try(s.actor(*b.BookerID), "I would like that"); models.KindOf(err) != models.KindForbidden {
			t.Errorf("by the booker: %v", err)
		}
		if err := try(access.System(), "  "); models.KindOf(err) != models.KindInvalid {
			t.Errorf("without a reason: %v", err)
		}
		clock.Set(date("2027-01-15").At(0, 0))
		if err := try(access.System(), "Too late"); models.KindOf(err) != models.KindConflict {
			t.Errorf("the day after: %v", err)
		}
		if _, err := licensing.PreviewUndo(t.Context(), db, access.System(), session.ID); models.KindOf(err) != models.KindConflict {
			t.Errorf("preview the day after: %v", err)
		}
		s.wants(map[string]int{"certificate_withdrawals": 0, "licence_period_voids": 0})
	})
}

// Two sessions are recorded on one day, the later first. When that one is undone, the period of the other moves to its own day.
func TestUndo_ALaterPeriodMovesUp(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newSchool(t, db, clock)
		early, late := s.session("2027-01-14"), s.session("2027-01-20")
		s.book(early, "Irwell Wellbeing Network", named("Hannah")...)
		s.book(late, "Irwell Wellbeing Network", named("Hannah")...)
		s.attend(early)
		s.attend(late)
		s.complete(late)
		s.complete(early)
		if l, _ := s.licence("Hannah"); len(l.Periods) != 2 || l.Periods[1].LastDay != date("2029-01-20") {
			t.Fatalf("%+v", l.Periods)
		}
		s.undo(late.ID)
		l, d := s.licence("Hannah")
		if len(l.Periods) != 1 || l.Periods[0].StartsOn != date("2027-01-14") || l.Periods[0].LastDay != date("2028-01-14") || l.Periods[0].No != 1 || !d.Allowed {
			t.Errorf("%+v", l.Periods)
		}
		s.sound()
		s.complete(late)
		if l, _ := s.licence("Hannah"); len(l.Periods) != 2 || l.Periods[1].LastDay != date("2029-01-14") {
			t.Errorf("completed again: %+v", l.Periods)
		}
		s.sound()
	})
}
