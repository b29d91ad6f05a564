package licensing_test

import (
	"context"
	"errors"
	"testing"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/licensing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// What is issued is never changed or deleted, not even by whoever writes SQL.
func TestIssued_TheDatabaseRefusesEveryChange(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newSchool(t, db, clock)
		session := s.session("2027-01-14")
		s.book(session, "Irwell Wellbeing Network", named("Hannah")...)
		s.attend(session)
		first := s.complete(session)
		s.undo(session.ID)
		s.complete(session)
		s.must(func(ctx context.Context, tx models.DB) error {
			_, err := s.desk.Suspend(ctx, tx, access.System(), first.Granted[0].Licence.ID, licensing.GroundsOther, "A test")
			return err
		})
		for _, query := range []string{
			"UPDATE certificates SET course = 'Another'", "UPDATE certificates SET code = '0000000000000001'", "DELETE FROM certificates",
			"UPDATE certificate_names SET name = 'Another'", "DELETE FROM certificate_names", "UPDATE certificate_names SET name = '' || name",
			"UPDATE certificate_files SET sha256 = sha256", "DELETE FROM certificate_files",
			"UPDATE certificate_withdrawals SET reason = 'none'", "DELETE FROM certificate_withdrawals",
			"UPDATE licence_periods SET last_day = '2099-01-01'", "DELETE FROM licence_periods",
			"UPDATE licence_period_voids SET reason = 'none'", "DELETE FROM licence_period_voids",
			"UPDATE licence_events SET reason = 'none'", "DELETE FROM licence_events", "DELETE FROM licences",
		} {
			err := s.inTx(func(ctx context.Context, tx models.DB) error { return models.Translate(tx.SQL(ctx).Exec(query).Error) })
			if !errors.Is(err, models.ErrRefused) {
				t.Errorf("%s: %v", query, err)
			}
		}
		err := s.inTx(func(ctx context.Context, tx models.DB) error {
			return models.Translate(tx.SQL(ctx).Exec(`INSERT INTO licence_periods (licence_id, number, anchor_on, years, starts_on, last_day, cause_kind, cause_id, made_at)
				SELECT licence_id, number, anchor_on, years, starts_on, last_day, cause_kind, 999, made_at FROM licence_periods WHERE id = (SELECT MAX(id) FROM licence_periods)`).Error)
		})
		if !errors.Is(err, models.ErrOverlap) {
			t.Errorf("two periods on the same days: %v", err)
		}
		s.sound()
	})
}

func TestEraseName_RemovesTheNameAndTheFileAndNothingElse(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newSchool(t, db, clock)
		c := s.train("2027-01-14", "Hannah", "Tom").Granted[0].Certificate
		erase := func(actor access.Actor) (n int, err error) {
			err = s.inTx(func(ctx context.Context, tx models.DB) error {
				n, err = licensing.EraseName(ctx, tx, actor, c.PersonID)
				return err
			})
			return n, err
		}
		if _, err := erase(s.actor(c.PersonID)); models.KindOf(err) != models.KindForbidden {
			t.Errorf("by the person: %v", err)
		}
		for _, want := range []int{1, 0} {
			if n, err := erase(access.System()); err != nil || n != want {
				t.Errorf("%d changed, want %d: %v", n, want, err)
			}
		}
		found, err := licensing.Check(t.Context(), db, c.Code.String())
		if err != nil || !found.Valid() || found.PrintedName() != "Name removed" || found.Facts.Attended() != c.Facts.Attended() {
			t.Errorf("%+v, %v", found, err)
		}
		if _, err := licensing.FileOf(t.Context(), db, access.System().Scope(), c.Code.String()); models.KindOf(err) != models.KindGone {
			t.Errorf("the file: %v", err)
		}
		s.wants(map[string]int{"certificate_names WHERE name = ''": 1, "certificate_files WHERE erased_at IS NULL": 1})
		s.sound()
	})
}
