package billing_test

import (
	"context"
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// subsidiary is a supplier with a new legal name and series of its own.
func subsidiary(from models.Date) billing.NewSupplier {
	return billing.NewSupplier{
		Supplier: billing.Supplier{
			LegalName: "Salford Training Ltd", TradingName: "Salford Social Prescribing Hub", Address: "1 Crescent House\nSalford\nM5 4WT",
			VATNumber: "gb123456782", Email: "Money@training.example", AccountName: "Salford Training Ltd", SortCode: "123456", AccountNumber: "1234567",
		},
		From: from, Invoice: "stli", Credit: "STLC", Digits: 5,
	}
}

func scheduleSupplier(t *testing.T, db models.DB, actor access.Actor, n billing.NewSupplier) error {
	t.Helper()
	return entering(t, db, func(ctx context.Context, tx models.DB) error { return billing.ScheduleSupplier(ctx, tx, actor, n) })
}

// INV-000001 is issued by the University; from its day on the subsidiary numbers from STLI-00001, and the old invoice stays.
func TestScheduleSupplier_ANewNameNumbersItsDocumentsAnew(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		office, from := accesstest.Office(t, db), db.Today().AddDays(10)
		old := issue(t, db, 1)
		c, err := billing.PreviewSupplier(t.Context(), db, office, subsidiary(from))
		if err != nil || len(c.Values) != 6 || !strings.Contains(c.Happens[len(c.Happens)-1], "its invoices are numbered from STLI-00001, its credit notes from STLC-00001") {
			t.Errorf("%+v, %v", c, err)
		}
		for range 2 { // a second press of the button is the same entry
			if err := scheduleSupplier(t, db, office, subsidiary(from)); err != nil {
				t.Fatal(err)
			}
		}
		if doc := issue(t, db, 1); doc.Code != "INV-000002" {
			t.Errorf("before its day the next invoice is %s", doc.Code)
		}
		clock.Set(from.At(9, 0))
		first, second := issue(t, db, 1), issue(t, db, 1)
		s := first.Supplier
		if first.Code != "STLI-00001" || second.Code != "STLI-00002" || s.VATNumber != "GB 123 4567 82" || s.SortCode != "12-34-56" ||
			s.AccountNumber != "01234567" || s.Email != "money@training.example" || first.Demonstration {
			t.Errorf("%s, %s: %+v", first.Code, second.Code, s)
		}
		if kept, err := billing.FindDocument(t.Context(), db, access.System().Scope(), old.Code); err != nil || kept.Supplier != old.Supplier {
			t.Errorf("the invoice issued before: %+v, %v", kept.Supplier, err)
		}
		back := subsidiary(from.AddDays(1)) // a name that has sold before needs no series
		back.LegalName, back.Invoice, back.Credit, back.Digits = old.Supplier.LegalName, "", "", 0
		if err := scheduleSupplier(t, db, office, back); err != nil {
			t.Fatal(err)
		}
		clock.Set(from.AddDays(1).At(9, 0))
		if doc := issue(t, db, 1); doc.Code != "INV-000003" {
			t.Errorf("the old name goes on with %s", doc.Code)
		}
		sound(t, db)
	})
}

func TestScheduleSupplier_RefusesWhatDocumentsCannotCarry(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		office, from := accesstest.Office(t, db), db.Today()
		for field, c := range map[string]struct {
			spoil func(*billing.NewSupplier)
			say   string
		}{
			"legal-name":     {func(n *billing.NewSupplier) { n.LegalName = "" }, "Enter the legal name"},
			"trading-name":   {func(n *billing.NewSupplier) { n.TradingName = strings.Repeat("x", 121) }, "The name must be 120 characters or fewer"},
			"address":        {func(n *billing.NewSupplier) { n.Address = "The Crescent" }, "Enter the address, a line for each part"},
			"vat-number":     {func(n *billing.NewSupplier) { n.VATNumber = "GB 123 4567 83" }, "Check the VAT number"},
			"email":          {func(n *billing.NewSupplier) { n.Email = "money" }, "The supplier’s email is missing the @"},
			"account-name":   {func(n *billing.NewSupplier) { n.AccountName = " " }, "Enter the name of the bank account"},
			"sort-code":      {func(n *billing.NewSupplier) { n.SortCode = "12-34" }, "Enter the sort code"},
			"account-number": {func(n *billing.NewSupplier) { n.AccountNumber = "12" }, "Enter the account number"},
			"invoice-prefix": {func(n *billing.NewSupplier) { n.Invoice = "inv" }, "INV numbers the documents of University of Salford"},
			"credit-prefix":  {func(n *billing.NewSupplier) { n.Credit = n.Invoice }, "Credit notes need other letters than invoices"},
			"digits":         {func(n *billing.NewSupplier) { n.Digits = 3 }, "Enter how many digits, from 4 to 9"},
			"from":           {func(n *billing.NewSupplier) { n.From = from.AddDays(-1) }, "The first day must be today"},
		} {
			n := subsidiary(from)
			c.spoil(&n)
			saysAt(t, scheduleSupplier(t, db, office, n), field, c.say)
			_, err := billing.PreviewSupplier(t.Context(), db, office, n)
			saysAt(t, err, field, c.say)
		}
		if book, err := billing.ReadTariffBook(t.Context(), db, office); err != nil || len(book.Suppliers) != 1 || len(book.Series) != 1 {
			t.Errorf("%d suppliers, %d names with series, %v", len(book.Suppliers), len(book.Series), err)
		}
		if err := scheduleSupplier(t, db, accesstest.Trainer(t, db), subsidiary(from)); models.KindOf(err) != models.KindForbidden {
			t.Errorf("a trainer changes who sells: %v", err)
		}
	})
}
