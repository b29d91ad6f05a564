package billing_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// TestTrap23_ACreditNoteNamesItsInvoice: its words have the number and day of the invoice, and the database takes none that names no
// invoice. The control is the same row with its invoice: that is taken.
func TestTrap23_ACreditNoteNamesItsInvoice(t *testing.T) {
	const another = `INSERT INTO documents (kind, series_id, number, code, issued_at, issue_date, tax_point, due_date, supplier, customer_name, customer_address,
		customer_email, organisation_id, order_kind, order_id, order_reference, purchase_order, paid_statement, net_pence, vat_pence, gross_pence, credits_id, reason, demonstration)
		SELECT kind, series_id, 9, 'CN-000009', issued_at, issue_date, tax_point, due_date, supplier, customer_name, customer_address, customer_email, organisation_id,
		order_kind, order_id, order_reference, purchase_order, paid_statement, net_pence, vat_pence, gross_pence, CREDITS, reason, demonstration FROM documents WHERE kind = 'credit-note'`
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		invoice := issue(t, db, 3)
		note := creditNote(t, db, accesstest.Office(t, db), placeCredit(invoice))
		var said []string
		for _, fact := range note.Words().Facts {
			said = append(said, fact.Label+": "+fact.Value)
		}
		for _, want := range []string{"Original invoice: " + invoice.Code, "Original invoice date: 23 November 2026"} {
			if !slices.Contains(said, want) {
				t.Errorf("%q is not among %q", want, said)
			}
		}
		undone := errors.New("taken, and undone")
		add := func(credits string) error {
			return inTx(t, db, func(tx models.DB) error {
				if err := tx.SQL(t.Context()).Exec(strings.ReplaceAll(another, "CREDITS", credits)).Error; err != nil {
					return err
				}
				return undone
			})
		}
		if err := add("credits_id"); !errors.Is(err, undone) {
			t.Errorf("with its invoice: %v", err)
		}
		if err := add("NULL"); err == nil || errors.Is(err, undone) {
			t.Errorf("without its invoice: %v", err)
		}
		sound(t, db)
	})
}

// TestTrap23_NoVATNeedsAReason: exempt, zero-rated and outside the scope are refused without a reason, by the use case and by the
// database. With one, the invoice charges no VAT and prints the reason: £228.00 is the whole price.
func TestTrap23_NoVATNeedsAReason(t *testing.T) {
	const reason = "Education by an eligible body"
	for _, category := range []billing.VATCategory{billing.ExemptVAT, billing.ZeroRated, billing.OutsideVAT} {
		t.Run(string(category), func(t *testing.T) {
			modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
				office := accesstest.Office(t, db)
				enter := func(reason string) error {
					return inTx(t, db, func(tx models.DB) error {
						return billing.ScheduleVAT(t.Context(), tx, office, billing.NewVAT{Category: category, Reason: reason, From: tx.Today()})
					})
				}
				if says := models.ProblemsOf(enter("")).For("reason"); says != "Enter why no VAT is charged. It is printed on every invoice" {
					t.Errorf("without a reason: %q", says)
				}
				err := inTx(t, db, func(tx models.DB) error {
					return tx.SQL(t.Context()).Exec("INSERT INTO vat_rates (category, rate_thousandths, label, reason, effective_from) VALUES (?, 0, 'No VAT', '', '2027-01-01')", category).Error
				})
				if err == nil {
					t.Error("the database takes a row without a reason")
				}
				if err := enter(reason); err != nil {
					t.Fatal(err)
				}
				doc := issue(t, db, 1)
				words := doc.Words()
				if doc.VAT != 0 || doc.Gross != 22800 || !strings.Contains(strings.Join(words.Reasons, "\n"), reason) {
					t.Errorf("%s VAT, %s, reasons %q", doc.VAT, doc.Gross, words.Reasons)
				}
				sound(t, db)
			})
		})
	}
}
