package billing_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/access"
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

// TestTrap16_IssuedAsTheLineIsRounded: an issued invoice has the figures of examples 9 and 11, and not those of 9x and 11x, which
// round each place: 7 × £215.33 less 10 % and 9 × £215.00 less 12.5 %.
func TestTrap16_IssuedAsTheLineIsRounded(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		for _, c := range []struct {
			line            billing.InvoiceLine
			net, vat, gross models.Pence
		}{
			{billing.InvoiceLine{Description: "Training", Quantity: 7, Unit: 21533, Discount: 10000}, 135658, 27132, 162790},
			{billing.InvoiceLine{Description: "Training", Quantity: 9, Unit: 21500, Discount: 12500}, 169313, 33863, 203176},
		} {
			var doc billing.Document
			err := inTx(t, db, func(tx models.DB) (err error) {
				req := order(int64(c.line.Quantity), 1)
				req.Lines = []billing.InvoiceLine{c.line}
				doc, err = billing.Issue(t.Context(), tx, access.System(), req)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			if read := find(t, db, doc.Code); read.Net != c.net || read.VAT != c.vat || read.Gross != c.gross {
				t.Errorf("%d × %s: %s + %s = %s", c.line.Quantity, c.line.Unit, read.Net, read.VAT, read.Gross)
			}
		}
		sound(t, db)
	})
}

// TestTrap32_NamesAndReferencesAreTextInTheFiles: a customer and a transfer that a spreadsheet would run, from the books to the files.
func TestTrap32_NamesAndReferencesAreTextInTheFiles(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		office := accesstest.Office(t, db)
		req := order(1, 1)
		req.Customer.Name = `=HYPERLINK("https://example.org","Irwell")`
		err := inTx(t, db, func(tx models.DB) error {
			doc, err := billing.Issue(t.Context(), tx, access.System(), req)
			if err != nil {
				return err
			}
			_, err = billing.RecordBankPayment(t.Context(), tx, office, billing.BankReceipt{Code: doc.Code, Gross: 27360, On: tx.Today(), Reference: "@SUM(A1:A9)", RequestKey: "k"})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		day := billing.Period{From: db.Today(), To: db.Today()}
		supplies, err := billing.DayBook(t.Context(), db, office, day)
		if err != nil {
			t.Fatal(err)
		}
		moves, err := billing.MoneyMoves(t.Context(), db, office, day)
		if err != nil {
			t.Fatal(err)
		}
		for content, want := range map[string]string{
			string(billing.DayBookCSV(supplies)): `228.00,45.60,273.60,S,20,"'=HYPERLINK(""https://example.org"",""Irwell"")",`,
			string(billing.PaymentsCSV(moves)):   `273.60,'@SUM(A1:A9),`,
		} {
			if !strings.Contains(content, want) {
				t.Errorf("there is no %s in\n%s", want, content)
			}
		}
	})
}
