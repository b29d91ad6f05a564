package billing_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// reissue corrects the purchase order of an invoice.
func reissue(t *testing.T, db models.DB, office access.Actor, old billing.Document, number string) (note, fresh billing.Document, err error) {
	t.Helper()
	err = inTx(t, db, func(tx models.DB) (err error) {
		note, fresh, err = billing.Reissue(t.Context(), tx, office, old.ID, billing.Correction{
			PurchaseOrder: number, Customer: old.Customer, Reason: "Purchase order number corrected",
		})
		return err
	})
	return note, fresh, err
}

// example12 is three places online less 12.5 %: £564.38, VAT £112.88, together £677.26.
func example12(t *testing.T, db models.DB) billing.Document {
	t.Helper()
	var doc billing.Document
	err := inTx(t, db, func(tx models.DB) (err error) {
		doc, err = billing.Issue(t.Context(), tx, access.System(), billing.InvoiceRequest{
			Order: billing.Order{Kind: billing.BookingOrder, ID: 1}, OrderReference: "BK-00001", PurchaseOrder: "IWN-20417",
			Customer: billing.Customer{Name: "Irwell Wellbeing Network", Address: "14 Quay Street\nSalford M50 0AA"},
			Lines: []billing.InvoiceLine{{
				Description: "Training", Details: []string{"14 January 2027, online"}, Quantity: 3, Unit: 21500, Discount: 12500,
				Route: billing.OpenAccess, Format: billing.Online,
			}},
		})
		return err
	})
	if err != nil || doc.Net != 56438 || doc.VAT != 11288 {
		t.Fatalf("%s + %s: %v", doc.Net, doc.VAT, err)
	}
	return doc
}

// off takes one place off an invoice, by its share (example 12b).
func off(t *testing.T, db models.DB, office access.Actor, invoice billing.Document, net, vat models.Pence) billing.Document {
	t.Helper()
	return creditNote(t, db, office, billing.CreditRequest{InvoiceID: invoice.ID, Reason: "1 place cancelled", Lines: []billing.CreditLine{{
		Line: 1, Description: "1 place cancelled", Amount: billing.Amount{Net: net, VAT: vat},
	}}})
}

// Paid in full, one place of three credited and its £225.74 on the way back: £451.52 is left, £376.26 and VAT £75.26. From the rate the
// VAT would be £75.25: it is subtracted, not worked out again. The money that stayed goes over to the new invoice, the refund is not touched.
func TestReissue_OfAnInvoiceCreditedInPart(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		office, old := accesstest.Office(t, db), example12(t, db)
		if _, err := receive(t, db, office, receipt(old, "all", db.Today())); err != nil {
			t.Fatal(err)
		}
		first := off(t, db, office, old, 18812, 3762)
		if err := inTx(t, db, func(tx models.DB) error { return billing.RefundCredit(t.Context(), tx, office, first.ID, "k") }); err != nil {
			t.Fatal(err)
		}
		clock.Set(db.Today().AddDays(3).At(9, 0))
		ahead, shown, err := billing.PreviewReissue(t.Context(), db, office, old.ID, billing.Correction{PurchaseOrder: "IWN-20418", Customer: old.Customer, Reason: "x"})
		if err != nil || ahead.Gross != 45152 || shown.Gross != 45152 || shown.Paid != 45152 {
			t.Fatalf("ahead %s and %s, %v", ahead.Gross, shown.Gross, err)
		}
		note, fresh, err := reissue(t, db, office, old, "IWN-20418")
		if err != nil {
			t.Fatal(err)
		}
		before, now := find(t, db, old.Code), find(t, db, fresh.Code)
		if before.Credited != 67726 || before.Paid != 0 || note.Net != 37626 || note.VAT != 7526 || find(t, db, note.Code).ToRefund() != 0 {
			t.Errorf("credit note %s + %s, the old invoice %+v", note.Net, note.VAT, before)
		}
		if now.Net != 37626 || now.VAT != 7526 || now.Paid != 45152 || now.Outstanding() != 0 || now.Replaces.Code != old.Code || now.TaxPoint != old.TaxPoint {
			t.Errorf("the new invoice %+v", now)
		}
		l := now.Lines[0]
		if len(now.Lines) != 1 || l.Quantity != 1 || l.Unit != 37626 || l.Discount != 0 || l.Route != billing.OpenAccess || l.Format != billing.Online ||
			l.Description != "Training" || strings.Join(l.Details, "|") != "14 January 2027, online|What is left of invoice INV-000001 after credit note CN-000001 (£225.74)" {
			t.Errorf("its line %+v", l)
		}
		for _, issued := range []billing.Document{note, fresh} {
			if diff := cmp.Diff(issued.Words(), find(t, db, issued.Code).Words()); diff != "" {
				t.Errorf("%s (-file +page):\n%s", issued.Code, diff)
			}
		}
		receipts, err := billing.Receipts(t.Context(), db, office, old.Order)
		if err != nil || len(receipts) != 1 || receipts[0].Here != 45152 || len(receipts[0].Refunds) != 1 || receipts[0].Refunds[0].Gross != 22574 {
			t.Fatalf("%+v %v", receipts, err)
		}
		owes(t, db, old.Order, -22574)
		if err := payRefunds(t, db, office, old.Order); err != nil {
			t.Fatal(err)
		}
		owes(t, db, old.Order, 0)
		year := billing.Period{From: models.Date{Year: 2026, Month: 1, Day: 1}, To: models.Date{Year: 2026, Month: 12, Day: 31}}
		if books := agrees(t, db, office, year); books.DayBook != (billing.Amount{Net: 37626, VAT: 7526}) {
			t.Errorf("the day book comes to %+v", books.DayBook)
		}
		months, err := billing.Income(t.Context(), db, office, db.Today(), 1)
		if err != nil || months[0].Net[billing.IncomeKind{Route: billing.OpenAccess, Format: billing.Online}] != 37626 || months[0].Total() != 37626 {
			t.Errorf("income %+v %v", months, err)
		}
		sound(t, db)
	})
}

// Corrected, credited and corrected again, to the last penny: each time what is left, £451.52 and £225.76.
func TestReissue_AsOftenAsSomethingIsLeft(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		office, standing := accesstest.Office(t, db), example12(t, db)
		first := standing
		for i, c := range []struct {
			number         string
			gross, balance models.Pence
			net, vat       models.Pence
		}{{"A", 67726, 45152, 18812, 3762}, {"B", 45152, 22576, 18813, 3763}, {"C", 22576, 0, 18813, 3763}} {
			_, fresh, err := reissue(t, db, office, standing, c.number)
			if err != nil || fresh.Gross != c.gross || fresh.PurchaseOrder != c.number {
				t.Fatalf("%d: %+v %v", i, fresh, err)
			}
			off(t, db, office, fresh, c.net, c.vat)
			owes(t, db, first.Order, c.balance)
			standing = find(t, db, fresh.Code)
		}
		if _, _, err := reissue(t, db, office, standing, "D"); models.KindOf(err) != models.KindConflict || !strings.Contains(err.Error(), "INV-000004 is credited in full") {
			t.Errorf("nothing is left: %v", err)
		}
		if _, _, err := reissue(t, db, office, first, "D"); models.KindOf(err) != models.KindConflict || !strings.Contains(err.Error(), "INV-000001 was replaced by INV-000004") {
			t.Errorf("replaced already: %v", err)
		}
		if now, err := billing.Standing(t.Context(), db, first); err != nil || now.Code != "INV-000004" {
			t.Errorf("%s stands for %s: %v", now.Code, first.Code, err)
		}
		sound(t, db)
	})
}

// £100.00 that name INV-000001 go on INV-000003, which stands for it, once; so does the rest when a bank statement names it.
func TestRecordBankPayment_GoesOnTheInvoiceThatStands(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		office, old := accesstest.Office(t, db), example12(t, db)
		_, second, err := reissue(t, db, office, old, "A")
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := reissue(t, db, office, second, "B"); err != nil {
			t.Fatal(err)
		}
		late := receipt(old, "late", db.Today())
		late.Gross = 10000
		for range 2 { // pressed twice
			if doc, err := receive(t, db, office, late); err != nil || doc.Code != "INV-000003" || doc.Paid != 10000 || doc.Outstanding() != 57726 {
				t.Errorf("%+v %v", doc, err)
			}
		}
		if tasks, err := billing.Tasks(t.Context(), db); err != nil || len(tasks) != 0 {
			t.Errorf("nothing was paid too much: %+v %v", tasks, err)
		}
		file := statement("20/11/2026,NHS SHARED SERVICES,inv 1,577.26\n20/11/2026,SOMEBODY,INV-000002,5.00\n")
		preview, err := billing.PreviewBankFile(t.Context(), db, office, file)
		if err != nil || len(preview.New) != 2 {
			t.Fatalf("%+v %v", preview, err)
		}
		m := preview.New[0]
		if m.Ground != billing.ByInvoiceNumber || len(m.Shares) != 1 || m.Invoices[0].Code != "INV-000003" || m.Left != 0 ||
			len(m.Replaced) != 1 || m.Replaced[0] != (billing.Replaced{Code: "INV-000001", By: "INV-000003"}) {
			t.Errorf("%+v", m)
		}
		err = inTx(t, db, func(tx models.DB) error {
			_, err := billing.ImportBankFile(t.Context(), tx, office, file, map[int]billing.BankChoice{2: {Shares: m.Shares}, 3: {Leave: true}})
			return err
		})
		if err != nil || find(t, db, "INV-000003").Outstanding() != 0 {
			t.Fatal(err)
		}
		more, err := billing.PreviewBankFile(t.Context(), db, office, statement("21/11/2026,IWN,INV-000001,1.00\n"))
		if err != nil || more.New[0].Closed != "INV-000003" || more.New[0].Ground != billing.NoMatch || len(more.New[0].Replaced) != 1 {
			t.Errorf("%+v %v", more, err)
		}
		sound(t, db)
	})
}
