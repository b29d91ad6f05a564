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

func TestStanding_TheOfficeDecidesAndTheNextRequestKnows(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newSchool(t, db, clock)
		id := s.train("2027-01-14", "Hannah").Granted[0].Licence.ID
		clock.Set(date("2027-03-03").At(9, 0))
		suspend := func(ctx context.Context, tx models.DB) error {
			_, err := s.desk.Suspend(ctx, tx, access.System(), id, licensing.GroundsRequest, "On leave")
			return err
		}
		s.must(suspend)
		if _, d := s.licence("Hannah"); d.State != licensing.StateSuspended || d.Allowed || !strings.Contains(d.Sentence, "suspended since 3 March 2027") {
			t.Errorf("%+v", d)
		}
		if err := s.inTx(suspend); models.KindOf(err) != models.KindConflict {
			t.Errorf("suspended twice: %v", err)
		}
		s.must(func(ctx context.Context, tx models.DB) error {
			_, err := s.desk.Reinstate(ctx, tx, access.System(), id, "Back at work")
			return err
		})
		if _, d := s.licence("Hannah"); d.State != licensing.StateActive || d.LastDay != date("2028-01-14") {
			t.Errorf("the dates ran on: %+v", d)
		}
		s.must(func(ctx context.Context, tx models.DB) error {
			_, err := s.desk.Revoke(ctx, tx, access.System(), id, licensing.GroundsMisuse, "Shared the sign-in")
			return err
		})
		if _, d := s.licence("Hannah"); d.State != licensing.StateRevoked || d.Allows(licensing.UseRead) {
			t.Errorf("%+v", d)
		}
		if err := s.inTx(suspend); models.KindOf(err) != models.KindConflict {
			t.Errorf("suspended after the end: %v", err)
		}
		s.wants(map[string]int{
			"licence_events": 3, "mails WHERE kind = 'licence-changed'": 3, "certificate_withdrawals": 0,
			"audit_rows WHERE action IN ('licence-suspended', 'licence-reinstated', 'licence-revoked')": 3,
		})
		s.sound()
	})
}

func TestStanding_ASuspendedLicenceIsExtendedAndStaysSuspendedAndARevokedOneIsFollowedByANewOne(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newSchool(t, db, clock)
		out := s.train("2027-01-14", "Hannah", "Tom").Granted
		s.must(func(ctx context.Context, tx models.DB) error {
			_, err := s.desk.Suspend(ctx, tx, access.System(), out[0].Licence.ID, licensing.GroundsOther, "Asked why")
			return err
		})
		s.must(func(ctx context.Context, tx models.DB) error {
			_, err := s.desk.Revoke(ctx, tx, access.System(), out[1].Licence.ID, licensing.GroundsRequest, "Left the service")
			return err
		})
		s.train("2027-01-20", "Hannah", "Tom")
		if l, d := s.licence("Hannah"); l.ID != out[0].Licence.ID || d.State != licensing.StateSuspended || d.LastDay != date("2029-01-14") {
			t.Errorf("%+v %+v", l, d)
		}
		if l, d := s.licence("Tom"); l.ID == out[1].Licence.ID || d.State != licensing.StateActive || d.LastDay != date("2028-01-20") {
			t.Errorf("%+v %+v", l, d)
		}
		s.sound()
	})
}

// Completing the session once more does not bring back what was revoked since.
func TestStanding_CompletingAgainAfterRevokingChangesNothing(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newSchool(t, db, clock)
		session := s.session("2027-01-14")
		s.book(session, "Irwell Wellbeing Network", named("Hannah")...)
		s.attend(session)
		id := s.complete(session).Granted[0].Licence.ID
		s.must(func(ctx context.Context, tx models.DB) error {
			_, err := s.desk.Revoke(ctx, tx, access.System(), id, licensing.GroundsOther, "A test")
			return err
		})
		if again := s.complete(session).Granted[0]; again.Licence.ID != id || again.Licence.Standing != licensing.StandingRevoked {
			t.Errorf("%+v", again.Licence)
		}
		if _, d := s.licence("Hannah"); d.State != licensing.StateRevoked {
			t.Errorf("%+v", d)
		}
		s.wants(map[string]int{"licences": 1, "licence_periods": 1})
	})
}

func TestStanding_NobodyButTheOfficeAndNeverWithoutAReason(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newSchool(t, db, clock)
		granted := s.train("2027-01-14", "Hannah").Granted[0]
		for name, c := range map[string]struct {
			actor   access.Actor
			id      int64
			grounds licensing.Grounds
			reason  string
			want    models.Kind
		}{
			"by the holder":       {s.actor(granted.Completion.PersonID), granted.Licence.ID, licensing.GroundsOther, "Why not", models.KindForbidden},
			"by a visitor":        {access.Visitor(), granted.Licence.ID, licensing.GroundsOther, "Why not", models.KindForbidden},
			"without a reason":    {access.System(), granted.Licence.ID, licensing.GroundsOther, " ", models.KindInvalid},
			"with a whole letter": {access.System(), granted.Licence.ID, licensing.GroundsOther, strings.Repeat("a", 501), models.KindInvalid},
			"in broken letters":   {access.System(), granted.Licence.ID, licensing.GroundsOther, "Left\xff", models.KindInvalid},
			"on unknown grounds":  {access.System(), granted.Licence.ID, "payment", "Not paid", models.KindInvalid},
			"of no licence":       {access.System(), 999, licensing.GroundsOther, "Why not", models.KindNotFound},
		} {
			err := s.inTx(func(ctx context.Context, tx models.DB) error {
				_, err := s.desk.Revoke(ctx, tx, c.actor, c.id, c.grounds, c.reason)
				return err
			})
			got := models.KindOf(err)
			if problems := models.ProblemsOf(err); len(problems) > 0 {
				got = problems[0].Kind
			}
			if got != c.want {
				t.Errorf("%s: %v", name, err)
			}
		}
		s.wants(map[string]int{"licence_events": 0, "licences WHERE standing = 'live'": 1})
		s.must(func(ctx context.Context, tx models.DB) error { // the longest reason, in letters and not in bytes
			_, err := s.desk.Revoke(ctx, tx, access.System(), granted.Licence.ID, licensing.GroundsOther, strings.Repeat("é", 500))
			return err
		})
	})
}

// Outside a transaction nothing is decided: a change without its reason, its audit row and its mail must not stand.
func TestStanding_NothingOutsideATransaction(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newSchool(t, db, clock)
		granted := s.train("2027-01-14", "Hannah").Granted[0]
		if _, err := s.desk.Suspend(t.Context(), db, access.System(), granted.Licence.ID, licensing.GroundsOther, "Why not"); err == nil {
			t.Error("suspended outside a transaction")
		}
		if _, err := licensing.EraseName(t.Context(), db, access.System(), granted.Completion.PersonID); err == nil {
			t.Error("a name was erased outside a transaction")
		}
		s.wants(map[string]int{
			"licences WHERE standing = 'live'": 1, "licence_events": 0, "certificate_names WHERE name = 'Hannah Whitworth'": 1, "certificate_files WHERE erased_at IS NULL": 1,
		})
	})
}
