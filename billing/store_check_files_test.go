package billing_test

import (
	"testing"

	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// Somebody changes the row of an invoice, or of its credit note, past the program: the file that the customer has says otherwise.
func TestCheckFiles_FindsARowThatItsFileContradicts(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		invoice := issue(t, db, 1)
		note := creditNote(t, db, accesstest.Office(t, db), placeCredit(invoice))
		sound(t, db)
		open := unguarded(db, "documents", "documents_fixed_update")
		oneSays(t, damaged(t, db, billing.CheckFiles, open, "UPDATE documents SET customer_name = 'Mersey Care' WHERE kind = 'invoice'"),
			"the file of "+invoice.Code, "“Mersey Care”", "Put right")
		oneSays(t, damaged(t, db, billing.CheckFiles, open, "UPDATE documents SET net_pence = net_pence + 1, gross_pence = gross_pence + 1 WHERE kind = 'credit-note'"),
			"the file of "+note.Code, "“"+(note.Gross+1).String()+"”")
		oneSays(t, damaged(t, db, billing.CheckFiles, open, "UPDATE documents SET code = 'INV-000009', net_pence = 0, vat_pence = 0, gross_pence = 0 WHERE kind = 'invoice'"),
			"“INV-000009” and “£0.00”")
	})
}

// The file itself is changed: its hash tells, and where that was changed with it, that nothing can be read. The hash is that of one zero
// byte.
func TestCheckFiles_FindsAFileThatIsNoneOfOurs(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		invoice := issue(t, db, 1)
		zero := map[models.Dialect]string{models.SQLite: "X'00'", models.Postgres: `'\x00'`}[db.Dialect()]
		open, swap := unguarded(db, "document_files", "document_files_fixed_update"), "UPDATE document_files SET content = "+zero
		oneSays(t, damaged(t, db, billing.CheckFiles, open, swap), "is not what was stored at issue", "backup")
		const hashed = ", sha256 = '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'"
		oneSays(t, damaged(t, db, billing.CheckFiles, open, swap+hashed), "the file of "+invoice.Code+" cannot be read")
		oneSays(t, damaged(t, db, billing.CheckFiles, unguarded(db, "document_files", "document_files_fixed_delete"), "DELETE FROM document_files"),
			invoice.Code+" has no stored file", "backup")
	})
}
