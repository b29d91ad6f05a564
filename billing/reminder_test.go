package billing_test

import (
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// reminded lists the subjects and causes of the reminders so far.
func reminded(t *testing.T, db models.DB) []string {
	t.Helper()
	var causes []string
	if err := db.SQL(t.Context()).Raw("SELECT cause FROM mails WHERE kind = 'invoice-overdue' ORDER BY id").Scan(&causes).Error; err != nil {
		t.Fatal(err)
	}
	return causes
}

// An invoice is due on a day: it is reminded of 1, 7, 14 and 30 days after, each once, and not when it is paid.
func TestReminders_OnceAtEachStageUntilItIsPaid(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		office := accesstest.Office(t, db)
		paidInTime := issue(t, db, 1)
		if _, err := receive(t, db, office, receipt(paidInTime, "p", db.Today())); err != nil {
			t.Fatal(err)
		}
		doc := issuedTo(t, db, "accounts@irwellwellbeing.example")
		reminders := billing.Reminders{BaseURL: "https://hub.example"}
		want := 0
		for day := range 40 {
			clock.Set(doc.DueDate.AddDays(day).At(9, 0))
			for range 2 {
				if err := reminders.Send(t.Context(), db); err != nil {
					t.Fatal(err)
				}
			}
			if day == 1 || day == 7 || day == 14 || day == 30 {
				want++
			}
			if got := reminded(t, db); len(got) != want {
				t.Fatalf("%d days after: %v, want %d", day, got, want)
			}
		}
		var text string
		if err := db.SQL(t.Context()).Raw("SELECT body_text FROM mails WHERE cause = ?", "invoice-overdue/"+doc.Code+"/1").Scan(&text).Error; err != nil {
			t.Fatal(err)
		}
		for _, said := range []string{"£273.60 is still to pay", doc.Code, "https://hub.example/invoices/" + doc.Code} {
			if !strings.Contains(text, said) {
				t.Errorf("the reminder lacks %q:\n%s", said, text)
			}
		}
	})
}

// Twenty days nobody looked: of the stages 1, 7 and 14 only the last is sent. Then the money comes, and nothing more is.
func TestReminders_AfterAnOutageOnlyTheLatest(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		office := accesstest.Office(t, db)
		doc := issuedTo(t, db, "accounts@irwellwellbeing.example")
		reminders := billing.Reminders{BaseURL: "https://hub.example"}
		clock.Set(doc.DueDate.AddDays(20).At(9, 0))
		if err := reminders.Send(t.Context(), db); err != nil {
			t.Fatal(err)
		}
		if got := reminded(t, db); len(got) != 1 || got[0] != "invoice-overdue/"+doc.Code+"/14" {
			t.Errorf("sent %v", got)
		}
		if _, err := receive(t, db, office, receipt(doc, "late", db.Today())); err != nil {
			t.Fatal(err)
		}
		clock.Set(doc.DueDate.AddDays(31).At(9, 0))
		if err := reminders.Send(t.Context(), db); err != nil {
			t.Fatal(err)
		}
		if got := reminded(t, db); len(got) != 1 {
			t.Errorf("a paid invoice was reminded of: %v", got)
		}
	})
}

// issuedTo is an invoice of one place, £273.60, that goes to an address.
func issuedTo(t *testing.T, db models.DB, email string) billing.Document {
	t.Helper()
	var doc billing.Document
	organisation := organisationOf(t, db)
	err := inTx(t, db, func(tx models.DB) (err error) {
		doc, err = billing.Issue(t.Context(), tx, access.System(), billing.InvoiceRequest{
			Order: billing.Order{Kind: billing.BookingOrder, ID: 2}, OrderReference: "BK-00002", PurchaseOrder: "IWN-20417",
			Customer: billing.Customer{Name: "Irwell Wellbeing Network", Address: "14 Quay Street\nSalford M50 0AA", Email: email, OrganisationID: &organisation},
			Lines:    []billing.InvoiceLine{{Description: "Training", Quantity: 1, Unit: 22800}},
		})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// organisationOf is an organisation that is invoiced.
func organisationOf(t *testing.T, db models.DB) int64 {
	t.Helper()
	manager := accesstest.Manager(t, db, "Priya Nair", "priya@irwell.example", "Irwell Wellbeing Network")
	of, err := access.Memberships(t.Context(), db, manager.PersonID)
	if err != nil || len(of) != 1 {
		t.Fatalf("%+v, %v", of, err)
	}
	return of[0].OrganisationID
}

// Somebody who booked for themselves is never reminded: the office is asked, once, until it is paid.
func TestReminders_AboutSomebodyWithoutAnOrganisationTheOfficeIsAsked(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		office, reminders := accesstest.Office(t, db), billing.Reminders{BaseURL: "https://hub.example"}
		doc := issue(t, db, 1)
		for day := range 40 {
			clock.Set(doc.DueDate.AddDays(day).At(9, 0))
			if err := reminders.Send(t.Context(), db); err != nil {
				t.Fatal(err)
			}
			tasks, err := billing.Tasks(t.Context(), db)
			if want := min(day, 1); err != nil || len(tasks) != want {
				t.Fatalf("%d days after: %+v, %v", day, tasks, err)
			}
			if day > 0 && !strings.Contains(tasks[0].Sentence, "£273.60 of "+doc.Code) {
				t.Errorf("it says %q", tasks[0].Sentence)
			}
		}
		if _, err := receive(t, db, office, receipt(doc, "late", db.Today())); err != nil {
			t.Fatal(err)
		}
		if tasks, err := billing.Tasks(t.Context(), db); err != nil || len(tasks) != 0 || len(reminded(t, db)) != 0 {
			t.Errorf("paid, and yet %+v %v", tasks, err)
		}
	})
}

// An invoice to an organisation that is only a name to us is reminded of when it has a purchase order, also one that the office was asked
// about before: that task ends.
func TestReminders_APurchaseOrderTellsAnOrganisation(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		var doc billing.Document
		err := inTx(t, db, func(tx models.DB) (err error) {
			doc, err = billing.Issue(t.Context(), tx, access.System(), billing.InvoiceRequest{
				Order: billing.Order{Kind: billing.BookingOrder, ID: 2}, OrderReference: "BK-00002", PurchaseOrder: "IWN-20417",
				Customer: billing.Customer{Name: "Irwell Wellbeing Network", Address: "14 Quay Street\nSalford M50 0AA", Email: "accounts@irwellwellbeing.example"},
				Lines:    []billing.InvoiceLine{{Description: "Training", Quantity: 1, Unit: 22800}},
			})
			if err != nil {
				return err
			}
			return billing.Raise(t.Context(), tx, "overdue without an organisation", "document", doc.ID, "Somebody who booked for themselves")
		})
		if err != nil {
			t.Fatal(err)
		}
		clock.Set(doc.DueDate.AddDays(1).At(9, 0))
		if err := (billing.Reminders{BaseURL: "https://hub.example"}).Send(t.Context(), db); err != nil {
			t.Fatal(err)
		}
		if got := reminded(t, db); len(got) != 1 || got[0] != "invoice-overdue/"+doc.Code+"/1" {
			t.Errorf("reminded: %v", got)
		}
		if tasks, err := billing.Tasks(t.Context(), db); err != nil || len(tasks) != 0 {
			t.Errorf("%+v %v", tasks, err)
		}
	})
}

// A lost dispute has asked the office already, when the invoice it left unpaid is overdue: it is asked once.
func TestReminders_ALostDisputeHasAsked(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		page, invoice := s.sold(1)
		s.must(s.double.CloseDispute(s.disputed(page, 82080, false), false))
		s.hear()
		clock.Set(invoice.DueDate.AddDays(31).At(9, 0))
		s.must(billing.Reminders{BaseURL: "https://hub.example"}.Send(t.Context(), db))
		s.asks("dispute lost")
		s.says("decide whether to ask for the money in another way, or credit the invoice")
		if sent := reminded(t, db); len(sent) != 0 {
			t.Errorf("reminded: %v", sent)
		}
		if _, err := receive(t, db, s.office, receipt(invoice, "again", db.Today())); err != nil {
			t.Fatal(err)
		}
		s.asks()
	})
}
