package billing_test

import (
	"context"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// Whatever the office enters later, an issued invoice keeps every row and every byte of its file.
func TestTrap18_ALaterTariffDoesNotTouchAnIssuedInvoice(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		office, from := accesstest.Office(t, db), db.Today().AddDays(10)
		issued(t, db, 1)
		before := map[string]string{}
		for _, table := range []string{"documents", "document_lines", "document_vat", "document_files", "ledger_entries"} {
			before[table] = fingerprint(t, db, table)
		}
		enterOneOfEach(t, db, office, from)
		for _, day := range []models.Date{db.Today(), from, from.AddDays(40)} {
			clock.Set(day.At(9, 0))
			for table, was := range before {
				if is := fingerprint(t, db, table); was == "" || is != was {
					t.Errorf("on %s %s changed:\n%s\n%s", day, table, was, is)
				}
			}
		}
	})
}

// 20 % up to 31 December, 22.5 % from 1 January: the tax point decides, whenever it was booked. Paid by card at 23:59 on the last
// day £228.00 carry £45.60, invoiced a minute later £51.30; the credit of the first carries £45.60 for ever.
func TestTrap19_TheTaxPointDecidesTheRateAndACreditNoteKeepsThatOfItsInvoice(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		office := accesstest.Office(t, db)
		change := models.Date{Year: 2027, Month: time.January, Day: 1}
		err := entering(t, db, func(ctx context.Context, tx models.DB) error {
			return billing.ScheduleVAT(ctx, tx, office, billing.NewVAT{Category: billing.StandardRated, Rate: 22500, From: change})
		})
		if err != nil {
			t.Fatal(err)
		}
		clock.Set(change.AddDays(-1).At(23, 59))
		old := issue(t, db, 1)
		clock.Advance(time.Minute)
		fresh := issue(t, db, 1)
		if old.VAT != 4560 || fresh.VAT != 5130 || fresh.VATs[0].Rate.Words() != "VAT at 22.5%" {
			t.Errorf("VAT %d before and %d after, %+v", old.VAT, fresh.VAT, fresh.VATs)
		}
		for code, want := range map[int64]models.Pence{old.ID: 4560, fresh.ID: 5130} {
			var note billing.Document
			err := entering(t, db, func(ctx context.Context, tx models.DB) (err error) {
				note, err = billing.CreditWhole(ctx, tx, office, code, "Cancelled")
				return err
			})
			if err != nil || note.VAT != want || note.Net != 22800 {
				t.Errorf("the credit note has %d net and %d VAT, want %d: %v", note.Net, note.VAT, want, err)
			}
		}
		sound(t, db)
	})
}

// The summer change of the clocks: 23:30 UTC on 30 June is 1 July in London, so the rate of July counts.
func TestTrap19_TheDayOfTheTaxPointIsLondons(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		office := accesstest.Office(t, db)
		july := models.Date{Year: 2027, Month: time.July, Day: 1}
		err := entering(t, db, func(ctx context.Context, tx models.DB) error {
			return billing.ScheduleVAT(ctx, tx, office, billing.NewVAT{Category: billing.StandardRated, Rate: 25000, From: july})
		})
		if err != nil {
			t.Fatal(err)
		}
		for at, want := range map[time.Time]models.Pence{
			time.Date(2027, 6, 30, 22, 59, 0, 0, time.UTC): 4560, time.Date(2027, 6, 30, 23, 0, 0, 0, time.UTC): 5700,
		} {
			clock.Set(at)
			if doc, err := preview(t, db); err != nil || doc.VAT != want {
				t.Errorf("%s: VAT %d, want %d: %v", at, doc.VAT, want, err)
			}
		}
	})
}

// preview is the invoice of one place as it would be issued now.
func preview(t *testing.T, db models.DB) (billing.Sum, error) {
	t.Helper()
	return billing.SumOf(t.Context(), db, []billing.InvoiceLine{{Description: "Training", Quantity: 1, Unit: 22800}}, db.Today())
}
