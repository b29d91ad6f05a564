package access_test

import (
	"context"
	"errors"
	"testing"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// inTx runs fn in a transaction that must succeed.
func inTx(t *testing.T, db models.DB, fn func(ctx context.Context, tx models.DB) error) {
	t.Helper()
	if err := db.InTx(t.Context(), func(tx models.DB) error { return fn(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
}

// count counts the rows of a table that meet a condition.
func count(t *testing.T, db models.DB, table, condition string, values ...any) int64 {
	t.Helper()
	var n int64
	if err := db.SQL(t.Context()).Table(table).Where(condition, values...).Count(&n).Error; err != nil {
		t.Fatal(err)
	}
	return n
}

func TestAudit_KeepsWhoWhatAndWhen(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		person := accesstest.Manager(t, db, "Priya Nair", "priya@irwell.example", "Irwell Wellbeing Network")
		organisation := person.Organisations[0].OrganisationID
		for _, actor := range []access.Actor{access.Visitor("x"), person, access.System()} {
			inTx(t, db, func(ctx context.Context, tx models.DB) error {
				return access.Record(ctx, tx, actor, access.Entry{
					Action: "looked", SubjectKind: "booking", SubjectID: 17, OrganisationID: &organisation,
					Detail: map[string]int{"places": 3},
				})
			})
		}
		about := "action = 'looked' AND subject_kind = 'booking' AND subject_id = 17 AND organisation_id = ? AND detail = '{\"places\":3}' AND at = ?"
		at := modelstest.Start
		for _, who := range []string{"actor = 'visitor' AND actor_id IS NULL", "actor = 'system' AND actor_id IS NULL"} {
			if n := count(t, db, "audit_rows", about+" AND "+who, organisation, at); n != 1 {
				t.Errorf("%d rows with %s", n, who)
			}
		}
		if n := count(t, db, "audit_rows", about+" AND actor = 'person' AND actor_id = ?", organisation, at, person.PersonID); n != 1 {
			t.Errorf("%d rows by the person", n)
		}
	})
}

// A row that does not say what was done, or to what, is a fault of the program and takes the change with it.
func TestAudit_NeedsAnActionAndASubject(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		for _, entry := range []access.Entry{{}, {Action: "looked"}, {SubjectKind: "booking", SubjectID: 17}} {
			err := db.InTx(t.Context(), func(tx models.DB) error { return access.Record(t.Context(), tx, access.System(), entry) })
			if models.KindOf(err) != models.KindInternal || err == nil {
				t.Errorf("%+v: %v", entry, err)
			}
		}
		if err := access.Record(t.Context(), db, access.System(), access.Entry{Action: "looked", SubjectKind: "booking"}); err == nil {
			t.Error("a row was written outside a transaction")
		}
	})
}

func TestAudit_RowsAreNeverChangedOrDeleted(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		inTx(t, db, func(ctx context.Context, tx models.DB) error {
			return access.Record(ctx, tx, access.System(), access.Entry{Action: "done", SubjectKind: "thing", SubjectID: 1})
		})
		for _, statement := range []string{
			"UPDATE audit_rows SET action = 'other'", "UPDATE audit_rows SET id = id + 1", "DELETE FROM audit_rows",
		} {
			err := db.InTx(t.Context(), func(tx models.DB) error {
				return models.Translate(tx.SQL(t.Context()).Exec(statement).Error)
			})
			if !errors.Is(err, models.ErrRefused) {
				t.Errorf("%s: %v", statement, err)
			}
		}
		if n := count(t, db, "audit_rows", "action = 'done'"); n != 1 {
			t.Errorf("%d rows are left", n)
		}
	})
}

func TestAudit_GoesWithTheChangeItTellsOf(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		entry := access.Entry{Action: "done", SubjectKind: "thing", SubjectID: 1}
		failure := errors.New("the change failed")
		err := db.InTx(t.Context(), func(tx models.DB) error {
			if err := access.Record(t.Context(), tx, access.System(), entry); err != nil {
				return err
			}
			return failure
		})
		if !errors.Is(err, failure) || count(t, db, "audit_rows", "action = 'done'") != 0 {
			t.Errorf("a row without its change (%v)", err)
		}
		if err := access.Record(t.Context(), db, access.System(), entry); err == nil {
			t.Error("a row outside a transaction")
		}
		err = db.InTx(t.Context(), func(tx models.DB) error {
			return access.Record(t.Context(), tx, access.System(), access.Entry{Action: "done"})
		})
		if err == nil {
			t.Error("a row about nothing")
		}
	})
}
