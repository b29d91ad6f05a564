package billing_test

import (
	"errors"
	"testing"

	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// The ways round a row trigger: replacing a row with an insert, and emptying the table at once.
func TestTrap18_AnIssuedDocumentCannotBeReplacedOrEmptied(t *testing.T) {
	attacks := map[models.Dialect]string{
		models.SQLite:   "INSERT OR REPLACE INTO document_files SELECT id, document_id, content_type, sha256, X'00', created_at FROM document_files",
		models.Postgres: "TRUNCATE document_files CASCADE",
	}
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		issue(t, db, 1)
		err := db.InTx(t.Context(), func(tx models.DB) error { return tx.SQL(t.Context()).Exec(attacks[db.Dialect()]).Error })
		if !errors.Is(err, models.ErrRefused) {
			t.Errorf("%s: %v", attacks[db.Dialect()], err)
		}
	})
}
