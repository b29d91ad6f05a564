package billing_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

var (
	places     = billing.IncomeKind{Route: billing.OpenAccess, Format: billing.FaceToFace}
	ownOnline  = billing.IncomeKind{Route: billing.Bespoke, Format: billing.Online}
	oneToOne   = billing.IncomeKind{Route: billing.OneToOne, Format: billing.Online}
	firstMonth = models.Date{Year: 2027, Month: time.January, Day: 1}
)

func lineOf(kind billing.IncomeKind, quantity int, unit models.Pence) billing.InvoiceLine {
	return billing.InvoiceLine{Description: "Training", Quantity: quantity, Unit: unit, Route: kind.Route, Format: kind.Format}
}

func issueLines(t *testing.T, db models.DB, lines ...billing.InvoiceLine) billing.Document {
	t.Helper()
	var doc billing.Document
	err := inTx(t, db, func(tx models.DB) (err error) {
		doc, err = billing.Issue(t.Context(), tx, access.System(), billing.InvoiceRequest{
			Order: billing.Order{Kind: billing.BookingOrder, ID: 1}, OrderReference: "BK-00001", Lines: lines,
			Customer: billing.Customer{Name: "Irwell Wellbeing Network", Address: "14 Quay Street\nSalford M50 0AA"},
		})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func income(t *testing.T, db models.DB, office access.Actor, from models.Date, months int) []billing.IncomeMonth {
	t.Helper()
	got, err := billing.Income(t.Context(), db, office, from, months)
	if err != nil || len(got) != months {
		t.Fatalf("%d months, %v", len(got), err)
	}
	return got
}

func earned(t *testing.T, m billing.IncomeMonth, want map[billing.IncomeKind]models.Pence) {
	t.Helper()
	for kind, net := range m.Net {
		if net != want[kind] {
			t.Errorf("%s: %v earned %s, want %s", m.Month, kind, net, want[kind])
		}
	}
	for kind, net := range want {
		if m.Net[kind] != net {
			t.Errorf("%s: %v earned %s, want %s", m.Month, kind, m.Net[kind], net)
		}
	}
}

// In January 3 places face to face at £228.00 are £684.00 net, and an own group online £2,300.00. In March one place is cancelled at
// 50 %: £228.00 − £114.00 kept, so £114.00 net comes off, on the day on which it is set off. An invoice issued on 30 June at 11:30pm
// UTC is of July in London.
func TestIncome_ByMonthRouteAndFormat(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		office := accesstest.Office(t, db)
		clock.Set(time.Date(2027, 1, 14, 9, 0, 0, 0, time.UTC))
		invoice := issueLines(t, db, lineOf(places, 3, 22800))
		issueLines(t, db, lineOf(ownOnline, 1, 230000))
		clock.Set(time.Date(2027, 3, 2, 9, 0, 0, 0, time.UTC))
		creditNote(t, db, office, billing.CreditRequest{InvoiceID: invoice.ID, Reason: "1 place cancelled", Lines: []billing.CreditLine{{
			Line: 1, Description: "1 place cancelled", Amount: billing.Amount{Net: 11400, VAT: 2280},
		}}})
		clock.Set(time.Date(2027, 6, 30, 23, 30, 0, 0, time.UTC))
		issueLines(t, db, lineOf(oneToOne, 1, 21500), billing.InvoiceLine{Description: "Late swap", Quantity: 1, Unit: 2500})

		got := income(t, db, office, models.Date{Year: 2027, Month: time.January, Day: 31}, 7)
		wants := map[time.Month]map[billing.IncomeKind]models.Pence{
			time.January: {places: 68400, ownOnline: 230000}, time.March: {places: -11400}, time.July: {oneToOne: 21500, {}: 2500},
		}
		for i, m := range got {
			if want := (models.Date{Year: 2027, Month: time.Month(i + 1), Day: 1}); m.Month != want {
				t.Errorf("month %d is %s", i, m.Month)
			}
			earned(t, m, wants[m.Month.Month])
		}
		if got[0].Total() != 298400 {
			t.Errorf("January comes to %s, want £2,984.00", got[0].Total())
		}
	})
}

// A credit note on a paid invoice counts when it is paid out; one line of each kind takes its part by its net. Two lines of £228.00
// and £215.00, credited in full (£443.00 + £88.60 = £531.60) and paid out in two halves of £265.80, a month apart: £221.50 net each,
// of which floor(221.50 × 228/443) = £114.00 and £107.50.
func TestIncome_ACreditNotePaidOutInPartsTakesOffEachKindsPart(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		office := accesstest.Office(t, db)
		clock.Set(time.Date(2027, 1, 10, 9, 0, 0, 0, time.UTC))
		invoice := issueLines(t, db, lineOf(places, 1, 22800), lineOf(oneToOne, 1, 21500))
		for _, key := range []string{"first", "second"} {
			r := receipt(invoice, key, db.Today())
			r.Gross = 26580
			if _, err := receive(t, db, office, r); err != nil {
				t.Fatal(err)
			}
		}
		note := creditNote(t, db, office, billing.CreditRequest{InvoiceID: invoice.ID, Reason: "cancelled", Lines: []billing.CreditLine{
			{Line: 1, Description: "1 place cancelled", Amount: billing.Amount{Net: 22800, VAT: 4560}},
			{Line: 2, Description: "1 place cancelled", Amount: billing.Amount{Net: 21500, VAT: 4300}},
		}})
		if err := inTx(t, db, func(tx models.DB) error { return billing.RefundCredit(t.Context(), tx, office, note.ID, "k") }); err != nil {
			t.Fatal(err)
		}
		earned(t, income(t, db, office, firstMonth, 1)[0], map[billing.IncomeKind]models.Pence{places: 22800, oneToOne: 21500})
		for _, month := range []time.Month{time.February, time.March} {
			clock.Set(time.Date(2027, month, 3, 9, 0, 0, 0, time.UTC))
			payOneRefund(t, db, office)
		}
		for i, m := range income(t, db, office, firstMonth, 3) {
			if i > 0 {
				earned(t, m, map[billing.IncomeKind]models.Pence{places: -11400, oneToOne: -10750})
			}
		}
	})
}

// payOneRefund enters that the first refund which waits for the bank was paid today.
func payOneRefund(t *testing.T, db models.DB, office access.Actor) {
	t.Helper()
	waiting, err := billing.BankRefunds(t.Context(), db, office)
	if err != nil || len(waiting) == 0 {
		t.Fatalf("%d refunds wait, %v", len(waiting), err)
	}
	err = inTx(t, db, func(tx models.DB) error {
		return billing.MarkBankRefundPaid(t.Context(), tx, office, waiting[0].ID, billing.BankTransfer{On: db.Today(), Reference: "BACS"})
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Whatever happens, each month's income is the net of its day book.
func TestIncome_IsTheDayBooksNetInAnyHistory(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		office := accesstest.Office(t, db)
		clock.Set(time.Date(2026, 10, 1, 8, 0, 0, 0, time.UTC))
		seed := rand.Uint64() //nolint:gosec // only a seed, told when it fails
		t.Logf("seed %d", seed)
		history(t, db, clock, office, rand.New(rand.NewPCG(seed, 2)), 50) //nolint:gosec // a history, not a secret
		counted := 0
		for _, m := range income(t, db, office, models.Date{Year: 2026, Month: time.October, Day: 1}, 12) {
			next := models.Date{Year: m.Month.AddDays(31).Year, Month: m.Month.AddDays(31).Month, Day: 1}
			rows, err := billing.DayBook(t.Context(), db, office, billing.Period{From: m.Month, To: next.AddDays(-1)})
			if err != nil {
				t.Fatal(err)
			}
			var net models.Pence
			for _, r := range rows {
				net += r.Amount.Net
			}
			counted += len(rows)
			if m.Total() != net {
				t.Errorf("%s earned %s, but its day book has %s", m.Month, m.Total(), net)
			}
		}
		if counted == 0 {
			t.Error("nothing happened")
		}
	})
}

func TestIncome_IsTheOfficesAlone(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		if _, err := billing.Income(t.Context(), db, accesstest.Trainer(t, db), firstMonth, 1); models.KindOf(err) != models.KindForbidden {
			t.Errorf("a trainer was told: %v", err)
		}
		if _, err := billing.Income(t.Context(), db, accesstest.Office(t, db), firstMonth, 0); models.KindOf(err) != models.KindInvalid {
			t.Errorf("no months: %v", err)
		}
	})
}
