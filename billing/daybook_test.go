package billing_test

import (
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// A credit note of £273.60 on a paid invoice counts on the day its refund is paid, not on the day it was issued; two parts of it,
// £100.00 and £173.60, add up to its net £228.00 and VAT £45.60: the net is rounded down cumulatively, £83.33, and VAT is the rest of the £100.00.
func TestDayBook_ACreditNoteCountsWhenItIsPaidOut(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		office := accesstest.Office(t, db)
		clock.Set(time.Date(2027, 1, 10, 9, 0, 0, 0, time.UTC))
		invoice := issue(t, db, 3)
		for i, gross := range []models.Pence{62080 + 10000, 10000} { // two transfers: £720.80 and £100.00
			r := receipt(invoice, fmt.Sprint(i), db.Today())
			r.Gross = gross
			if _, err := receive(t, db, office, r); err != nil {
				t.Fatal(err)
			}
		}
		note := creditNote(t, db, office, placeCredit(invoice))
		clock.Set(time.Date(2027, 2, 3, 9, 0, 0, 0, time.UTC))
		if err := inTx(t, db, func(tx models.DB) error { return billing.RefundCredit(t.Context(), tx, office, note.ID, "k") }); err != nil {
			t.Fatal(err)
		}
		receipts, err := billing.Receipts(t.Context(), db, office, invoice.Order)
		if err != nil {
			t.Fatal(err)
		}
		february := models.Date{Year: 2027, Month: time.February, Day: 3}
		for _, at := range []struct {
			receipt int
			on      models.Date
		}{{1, february}, {0, february.AddDays(30)}} {
			err := inTx(t, db, func(tx models.DB) error {
				clock.Set(at.on.At(12, 0))
				return nil
			})
			if err == nil {
				err = inTx(t, db, func(tx models.DB) error {
					return billing.MarkBankRefundPaid(t.Context(), tx, office, receipts[at.receipt].Refunds[0].ID, billing.BankTransfer{On: at.on, Reference: "BACS"})
				})
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		want := []string{
			"INV-000001 2027-01-10 684.00 136.80", "CN-000001 2027-02-03 -83.33 -16.67", "CN-000001 2027-03-05 -144.67 -28.93",
		}
		year := billing.Period{From: models.Date{Year: 2027, Month: 1, Day: 1}, To: models.Date{Year: 2027, Month: 12, Day: 31}}
		rows, err := billing.DayBook(t.Context(), db, office, year)
		if err != nil || len(rows) != len(want) {
			t.Fatalf("%d rows, %v: %+v", len(rows), err, rows)
		}
		for i, r := range rows {
			if got := strings.Join([]string{r.Code, r.On.ISO(), r.Amount.Net.Plain(), r.Amount.VAT.Plain()}, " "); got != want[i] {
				t.Errorf("row %d: %s, want %s", i, got, want[i])
			}
		}
		january := billing.Period{From: year.From, To: models.Date{Year: 2027, Month: 1, Day: 31}}
		if b, err := billing.Reconcile(t.Context(), db, office, january); err != nil || len(b.Differences) > 0 || b.DayBook.VAT != 13680 || b.CreditsAfter != 27360 {
			t.Errorf("January %+v, %v", b, err)
		}
		agrees(t, db, office, year)
	})
}

// A purchase order of 31 March is corrected on 5 April. The return of the first quarter has been sent: it must not change. In the second
// the credit note and the invoice that stands for the old one cancel each other out, although that still shows the tax point of March.
func TestDayBook_ACorrectionChangesNoPeriodThatIsOver(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		office := accesstest.Office(t, db)
		clock.Set(models.Date{Year: 2027, Month: time.March, Day: 31}.At(9, 0))
		old := issue(t, db, 3)
		first := billing.Period{From: models.Date{Year: 2027, Month: time.January, Day: 1}, To: models.Date{Year: 2027, Month: time.March, Day: 31}}
		second := billing.Period{From: models.Date{Year: 2027, Month: time.April, Day: 1}, To: models.Date{Year: 2027, Month: time.June, Day: 30}}
		sent := agrees(t, db, office, first)
		clock.Set(models.Date{Year: 2027, Month: time.April, Day: 5}.At(9, 0))
		_, fresh, err := reissue(t, db, office, old, "IWN-20418")
		if err != nil || fresh.TaxPoint != old.TaxPoint || fresh.CountsOn() != db.Today() {
			t.Fatalf("%+v %v", fresh, err)
		}
		if after := agrees(t, db, office, first); after.DayBook != sent.DayBook || after.DayBook != (billing.Amount{Net: 68400, VAT: 13680}) || after.Closing != sent.Closing {
			t.Errorf("the first quarter was %+v and is %+v", sent, after)
		}
		rows, err := billing.DayBook(t.Context(), db, office, second)
		if books := agrees(t, db, office, second); err != nil || len(rows) != 2 || books.DayBook != (billing.Amount{}) {
			t.Errorf("the second quarter: %+v %+v %v", books, rows, err)
		}
	})
}

func agrees(t *testing.T, db models.DB, office access.Actor, p billing.Period) billing.Books {
	t.Helper()
	b, err := billing.Reconcile(t.Context(), db, office, p)
	if err != nil || len(b.Differences) > 0 {
		t.Errorf("%s to %s: %v %v", p.From, p.To, b.Differences, err)
	}
	return b
}

// history lets invoices, transfers, credits, refunds and corrections happen as they may, a few days apart.
func history(t *testing.T, db models.DB, clock *modelstest.Clock, office access.Actor, chance *rand.Rand, steps int) {
	t.Helper()
	var notes []billing.Document
	for step := range steps {
		clock.Set(clock.Now().Add(time.Duration(chance.IntN(60)) * time.Hour))
		docs, _, err := billing.Documents(t.Context(), db, access.System().Scope(), billing.DocumentFilter{PerPage: 100})
		if err != nil {
			t.Fatal(err)
		}
		if len(docs) == 0 || chance.IntN(4) == 0 {
			issue(t, db, 1+chance.IntN(9))
			continue
		}
		d := docs[chance.IntN(len(docs))]
		if d.Kind == billing.CreditNote {
			notes = append(notes, d)
			_ = inTx(t, db, func(tx models.DB) error {
				return billing.RefundCredit(t.Context(), tx, office, d.ID, fmt.Sprint("back/", d.ID))
			})
			continue
		}
		switch left := d.Gross - d.Credited; chance.IntN(4) {
		case 0:
			_, err = receive(t, db, office, billing.BankReceipt{
				Code: d.Code, Gross: 1 + models.Pence(chance.IntN(int(d.Gross))), On: db.Today(), RequestKey: fmt.Sprint("pay/", step),
			})
		case 1:
			if net := (left - left/6) / models.Pence(2+chance.IntN(4)); net > 0 { // at most half of what is left, so its VAT fits too
				creditNote(t, db, office, billing.CreditRequest{InvoiceID: d.ID, Reason: "agreed", Lines: []billing.CreditLine{{
					Line: 1, Description: "agreed", Amount: billing.Amount{Net: net, VAT: net / 5},
				}}})
			}
		case 2:
			_, _, err := reissue(t, db, office, d, fmt.Sprint("PO", step))
			if (err != nil) != (left == 0) {
				t.Fatalf("%s is left of %s: %v", left, d.Code, err)
			}
		default:
			err = payRefunds(t, db, office, d.Order)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

func payRefunds(t *testing.T, db models.DB, office access.Actor, order billing.Order) error {
	t.Helper()
	receipts, err := billing.Receipts(t.Context(), db, office, order)
	if err != nil {
		return err
	}
	for _, r := range receipts {
		for _, back := range r.Refunds {
			if back.State == billing.RefundWanted {
				return inTx(t, db, func(tx models.DB) error {
					return billing.MarkBankRefundPaid(t.Context(), tx, office, back.ID, billing.BankTransfer{On: db.Today(), Reference: "BACS"})
				})
			}
		}
	}
	return nil
}

// Whatever happens, the day book, the payments and the ledger agree to the penny in every month, and each month goes on where the
// one before ended.
func TestReconcile_AnyHistoryAgreesInEveryPeriod(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		office := accesstest.Office(t, db)
		clock.Set(time.Date(2026, 10, 1, 8, 0, 0, 0, time.UTC))
		seed := rand.Uint64() //nolint:gosec // only a seed, told when it fails
		t.Logf("seed %d", seed)
		history(t, db, clock, office, rand.New(rand.NewPCG(seed, 1)), 70) //nolint:gosec // a history, not a secret
		if err := billing.WatchDeadlines(t.Context(), db); err != nil {   // as every hour
			t.Fatal(err)
		}
		sound(t, db)
		last := db.Today()
		var closing models.Pence
		var dayBook billing.Amount
		for from := (models.Date{Year: 2026, Month: time.October, Day: 1}); !last.Before(from); {
			to := models.Date{Year: from.Year, Month: from.Month + 1, Day: 1}.AddDays(-1)
			b := agrees(t, db, office, billing.Period{From: from, To: to})
			if b.Opening != closing {
				t.Errorf("%s opens with %s after %s", from, b.Opening, closing)
			}
			closing, dayBook = b.Closing, dayBook.Plus(b.DayBook)
			from = to.AddDays(1)
		}
		whole := agrees(t, db, office, billing.Period{From: models.Date{Year: 2026, Month: 1, Day: 1}, To: last})
		if whole.Closing != closing || whole.DayBook != dayBook {
			t.Errorf("the months come to %s and %+v, the whole to %s and %+v", closing, dayBook, whole.Closing, whole.DayBook)
		}
	})
}

// Trap 32: text that a spreadsheet would run, and sums that must stay numbers.
func TestTrap32_FormulasInExportsAreText(t *testing.T) {
	for _, evil := range []string{"=1+1", "+44 161", "-2", "@sum", "\t=1", " =1", "＝1", "\r=1"} {
		rows := []billing.DayBookRow{{Code: "CN-000001", Customer: evil, Amount: billing.Amount{Net: -22800, VAT: -4560}}}
		text := string(billing.DayBookCSV(rows))
		read, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff"))).ReadAll()
		if err != nil || len(read) != 2 {
			t.Fatalf("%q: %v %v", evil, read, err)
		}
		if got := read[1][9]; !strings.HasPrefix(got, "'") || read[1][6] != "-273.60" {
			t.Errorf("%q became %q, gross %q", evil, got, read[1][6])
		}
	}
	plain := string(billing.PaymentsCSV([]billing.MoneyMove{{Payer: "Irwell, \"Wellbeing\"", Amount: 27360, Kind: "received"}}))
	if !strings.Contains(plain, `"Irwell, ""Wellbeing"""`) || !strings.HasPrefix(plain, "\ufeffDate,") || !strings.HasSuffix(plain, "\r\n") {
		t.Errorf("%q", plain)
	}
}
