package licensing_test

import (
	"context"
	"testing"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/licensing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// What is shown first is what then happens: the holder's sentence, to the letter.
func TestPreviewStanding_SaysWhatTheHolderSeesAndChangesNothing(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newSchool(t, db, clock)
		id := s.train("2027-01-14", "Hannah").Granted[0].Licence.ID
		clock.Set(date("2027-03-03").At(9, 0))
		preview := func(to licensing.Standing) (licensing.Change, error) {
			return licensing.PreviewStanding(t.Context(), db, access.System(), id, to)
		}
		ahead, err := preview(licensing.StandingSuspended)
		if err != nil || ahead.Now.State != licensing.StateActive || ahead.Then.Allowed || ahead.Holder.ID != ahead.Licence.PersonID {
			t.Fatalf("%+v %v", ahead, err)
		}
		if _, d := s.licence("Hannah"); !d.Allowed {
			t.Errorf("looking changed it: %+v", d)
		}
		s.must(func(ctx context.Context, tx models.DB) error {
			_, err := s.desk.Suspend(ctx, tx, access.System(), id, licensing.GroundsOther, "On leave")
			return err
		})
		if _, d := s.licence("Hannah"); d.Sentence != ahead.Then.Sentence || d.NextStep != ahead.Then.NextStep {
			t.Errorf("shown %q, became %q", ahead.Then.Sentence, d.Sentence)
		}
		if _, err := preview(licensing.StandingSuspended); models.KindOf(err) != models.KindConflict {
			t.Errorf("twice: %v", err)
		}
		back, err := preview(licensing.StandingLive)
		if err != nil || !back.Then.Allowed || back.Then.LastDay != date("2028-01-14") || back.Misuse.Sentence != back.Then.Sentence {
			t.Errorf("%+v %v", back, err)
		}
		end, err := preview(licensing.StandingRevoked)
		if err != nil || !end.Then.Allows(licensing.UseExport) || end.Misuse.Allows(licensing.UseExport) {
			t.Errorf("%+v %v", end, err)
		}
		if _, err := licensing.PreviewStanding(t.Context(), db, s.actor(ahead.Holder.ID), id, licensing.StandingRevoked); models.KindOf(err) != models.KindForbidden {
			t.Errorf("by the holder: %v", err)
		}
		if _, err := licensing.PreviewStanding(t.Context(), db, access.System(), 999, licensing.StandingRevoked); models.KindOf(err) != models.KindNotFound {
			t.Errorf("of no licence: %v", err)
		}
	})
}
