package handlers_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/handlers/handlerstest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

const bankPayment = "form[action$='/payments']"

// pay records a bank payment through the two pages and returns the answer to the second.
func pay(b *handlerstest.Browser, code string, typed map[string]string) *handlerstest.Page {
	page := b.Submit(b.Get("/office/invoices/"+code), bankPayment, with(typed, map[string]string{"do": "check"})).Must(http.StatusOK)
	return b.Submit(page, bankPayment, map[string]string{"do": "record"})
}

// An invoice of £820.80 is paid in two parts, and then once too often.
func TestOfficePayment_PartThenWholeThenTooMuch(t *testing.T) {
	office(t, func(t *testing.T, w *handlerstest.World, b *handlerstest.Browser) {
		sale := sell(t, w, schedulingtest.OpenAccess(t, w.DB), "priya@irwell.example")
		url := "/office/invoices/" + sale.invoice
		page := b.Get(url).Must(http.StatusOK)
		page.Shows("main .ssph-tag", "Sent")
		if amount := page.Doc.Find("#amount").AttrOr("value", ""); amount != "820.80" {
			t.Errorf("the amount is filled in with %q", amount)
		}
		check := b.Submit(page, bankPayment, map[string]string{"amount": "£320.80", "date": "20 November 2026", "reference": "IWN 20417", "do": "check"})
		check.Must(http.StatusOK).Shows("main", "This pays a part of "+sale.invoice+": £500.00 is left to pay.")
		check.Shows("main", "Friday 20 November 2026")
		if receipts := receiptsOf(t, w, sale); len(receipts) != 0 {
			t.Fatalf("checking alone recorded %v", receipts)
		}
		for range 2 { // a second press of the button is the same payment
			b.Submit(check, bankPayment, map[string]string{"do": "record"}).Must(http.StatusSeeOther)
		}
		page = b.Get(url)
		page.Shows("main .ssph-tag", "Part paid")
		page.Shows(".ssph-sheet__bar", "£500.00 left. Due 23 December 2026")
		page.Shows("main", "By bank transfer20 November 2026IWN 20417 £320.80")
		if receipts := receiptsOf(t, w, sale); len(receipts) != 1 || receipts[0].Gross != 32080 {
			t.Fatalf("receipts after two presses: %+v", receipts)
		}

		check = b.Submit(page, bankPayment, map[string]string{"do": "check"})
		check.Shows("main", "This pays "+sale.invoice+" in full.")
		done := b.Follow(b.Submit(check, bankPayment, map[string]string{"do": "record"}).Must(http.StatusSeeOther))
		done.Shows(".ssph-flash", "£500.00 is recorded. "+sale.invoice+" is paid in full.")
		done.Shows(".ssph-sheet__bar .ssph-tag", "Paid")
		b.Get("/office").Shows("main", "Nothing to do")

		check = b.Submit(done, bankPayment, map[string]string{"amount": "10", "do": "check"})
		check.Shows("main", "has nothing left to pay, so all of £10.00 is paid too much")
		for range 2 { // pressed twice
			b.Follow(b.Submit(check, bankPayment, map[string]string{"do": "record"}).Must(http.StatusSeeOther)).Shows(".ssph-flash",
				"£10.00 is recorded. "+sale.invoice+" is paid in full, and £10.00 is paid too much. Decide on Today what becomes of it.")
		}
		today := b.Get("/office")
		today.Shows(".ssph-todo", "£10.00 more than was due came for "+sale.invoice)
		today.Shows(".ssph-todo a", "Decide about the payment")
		task := b.Get(linkTo(today, ".ssph-todo a[href^='/office/tasks/']")).Must(http.StatusOK)
		wellFormed(t, task)
		task.Shows("main a", "Decide about the payment")
		unsaid := b.Submit(task, "main form", nil).Must(http.StatusUnprocessableEntity)
		if got := unsaid.Problem("reason"); got != "Enter why nothing more is to do: it is kept with the record" {
			t.Errorf("without a reason: %q", got)
		}
		colleague := w.SignedIn(secondOffice(t, w))
		theirs := colleague.Get(task.Path).Must(http.StatusOK)
		for range 2 { // pressed twice
			after := b.Follow(b.Submit(task, "main form", map[string]string{"reason": "They want it kept"}).Must(http.StatusSeeOther))
			after.Shows(".ssph-flash", "The task is done.")
			after.Shows("main", "Nothing to do")
		}
		colleague.Submit(theirs, "main form", map[string]string{"reason": "also"}).Must(http.StatusConflict).
			Shows("main", "Joanne Fearn has already ended this task")
		colleague.Get(task.Path).Shows("main", "Ended by Joanne Fearn on 23 November 2026")
	})
}

func receiptsOf(t *testing.T, w *handlerstest.World, sale sold) []billing.Receipt {
	t.Helper()
	receipts, err := billing.Receipts(t.Context(), w.DB, access.System(), sale.booking.Order())
	if err != nil {
		t.Fatal(err)
	}
	return receipts
}

func TestOfficePayment_MistakesStandBesideTheirFieldsAndRecordNothing(t *testing.T) {
	office(t, func(t *testing.T, w *handlerstest.World, b *handlerstest.Browser) {
		sale := sell(t, w, schedulingtest.OpenAccess(t, w.DB), "priya@irwell.example")
		page := b.Get("/office/invoices/" + sale.invoice)
		for name, mistake := range map[string]struct{ field, typed, says string }{
			"no amount":      {"amount", "", "Enter the amount in pounds and pence, like 820.80"},
			"words":          {"amount", "all of it", "Enter the amount in pounds and pence, like 820.80"},
			"negative":       {"amount", "-5", "Enter the amount in pounds and pence, like 820.80"},
			"nothing":        {"amount", "0.00", "Enter the amount that was paid, more than £0.00"},
			"tomorrow":       {"date", "24 November 2026", "The day the money came must be today or earlier"},
			"no such day":    {"date", "31 November 2026", "Enter a real day, like 14 January 2027"},
			"long reference": {"reference", strings.Repeat("x", 141), "The reference must be 140 characters or fewer"},
			"long note":      {"note", strings.Repeat("y", 501), "The note must be 500 characters or fewer"},
		} {
			for _, do := range []string{"check", "record"} {
				answer := b.Submit(page, bankPayment, map[string]string{mistake.field: mistake.typed, "do": do})
				if answer.Status != http.StatusUnprocessableEntity || answer.Problem(mistake.field) != mistake.says {
					t.Errorf("%s, %s: status %d, %q, want %q", name, do, answer.Status, answer.Problem(mistake.field), mistake.says)
				}
				if mistake.field != "note" && answer.Doc.Find("#"+mistake.field).AttrOr("value", "") != mistake.typed {
					t.Errorf("%s, %s: what was typed is lost", name, do)
				}
			}
		}
		if receipts := receiptsOf(t, w, sale); len(receipts) != 0 {
			t.Errorf("mistakes recorded %v", receipts)
		}
		changed := b.Submit(page, bankPayment, map[string]string{"amount": "12.34", "note": "by phone", "do": "change"}).Must(http.StatusOK)
		if changed.Doc.Find("#amount").AttrOr("value", "") != "12.34" || changed.Text("#note") != "by phone" {
			t.Error("going back to change something lost what was typed")
		}
		b.Get("/office/invoices/INV-999999").Must(http.StatusNotFound)
	})
}

// Two invoices of £820.80, one of them paid, at 31 days after: one is overdue by a day.
func TestOfficeToday_CountsWhatIsOverdueAndWhatIsSold(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		joanne := accesstest.Office(t, db)
		first := schedulingtest.OpenAccess(t, db)
		late, paid := sell(t, w, first, "priya@irwell.example"), sell(t, w, first, "sana@kersal.example")
		b := w.SignedIn(joanne)
		page := b.Get("/office")
		page.Shows("h1", "Today, Monday 23 November 2026")
		page.Shows(".ssph-numbers", "£0.00Overdue")
		page.Shows(".ssph-numbers", "£1,641.60Due in the next 30 days2 invoices")
		page.Shows("main table", "Thursday 14 January 2027")
		page.Shows("main table", "6 of 15")
		if got := page.Text(".ssph-figures__table"); !strings.Contains(got, "November, so far 6") || !strings.Contains(got, "6 months 6") {
			t.Errorf("places sold: %s", got)
		}
		pay(b, paid.invoice, nil).Must(http.StatusSeeOther)

		clock.Set(time.Date(2026, time.December, 24, 9, 0, 0, 0, time.UTC)) // due on 23 December
		b = w.SignedIn(joanne)
		page = b.Get("/office")
		page.Shows(".ssph-numbers", "£820.80Overdue1 invoice, oldest 1 day")
		page.Shows(".ssph-todo", late.invoice+", Irwell Wellbeing NetworkDue 23 December 2026, 1 day ago")
		if strings.Contains(page.Text(".ssph-todo"), paid.invoice) {
			t.Error("a paid invoice is still to do")
		}
		if got := page.Text(".ssph-figures__table"); !strings.Contains(got, "November 6") || !strings.Contains(got, "December, so far 0") {
			t.Errorf("places sold: %s", got)
		}
		unpaid := b.Get("/office/invoices?unpaid=yes")
		unpaid.Shows("main table", "Overdue")
		if strings.Contains(unpaid.Text("main table"), paid.invoice) {
			t.Error("a paid invoice is listed as unpaid")
		}
	})
}

func TestOfficeInvoices_AreFoundByNumberCustomerBookingAndOrder(t *testing.T) {
	office(t, func(t *testing.T, w *handlerstest.World, b *handlerstest.Browser) {
		sale := sell(t, w, schedulingtest.OpenAccess(t, w.DB), "priya@irwell.example")
		for _, wanted := range []string{sale.invoice, "irwell+well", sale.booking.Reference(), "iwn-20417"} {
			b.Get("/office/invoices?q="+wanted).Shows("main table", sale.invoice)
		}
		none := b.Get("/office/invoices?q=%25&page=7").Must(http.StatusOK)
		none.Shows("main", "No invoice has that in its number")
		if typed := none.Doc.Find("#q").AttrOr("value", ""); typed != "%" {
			t.Errorf("the search typed became %q", typed)
		}
		for _, list := range []string{"/office/invoices", "/office/bookings", "/office/people", "/office/mail", "/office/sessions"} {
			if got := b.Get(list + "?page=9999999"); got.Location != list+"?page=1" {
				t.Errorf("%s: a page that is not there leads to %q", list, got.Location)
			}
			b.Get(list+"?page=nonsense").Must(http.StatusOK).Shows("main table", "")
		}
		for _, odd := range []string{"%ff", "%00", strings.Repeat("x", 3000), "'+OR+1=1"} {
			b.Get("/office/invoices?q=" + odd).Must(http.StatusOK)
			b.Get("/office/bookings?q=" + odd).Must(http.StatusOK)
			b.Get("/office/people?q=" + odd).Must(http.StatusOK)
			b.Get("/office/mail?q=" + odd).Must(http.StatusOK)
		}
	})
}

// The page says what the file says: the same figures, to the penny.
func TestInvoice_ItsCustomerSeesPageAndFileAndNobodyElseDoes(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		sale := sell(t, w, schedulingtest.OpenAccess(t, db), "priya@irwell.example")
		priya := w.SignedIn(sale.booker)
		page := priya.Get("/invoices/" + sale.invoice).Must(http.StatusOK)
		page.Shows("h1", "VAT invoice "+sale.invoice)
		for _, words := range []string{"Irwell Wellbeing Network", "M50 0AA", "IWN-20417", "£228.00", "£684.00", "£136.80", "20%", "Pay by 23 December 2026"} {
			page.Shows(".ssph-invoice", words)
		}
		page.Shows(".ssph-invoice__figure", "To pay £820.80")
		file := priya.Get("/invoices/" + sale.invoice + ".pdf").Must(http.StatusOK)
		if file.Header.Get("Content-Type") != "application/pdf" || !strings.HasPrefix(file.Body, "%PDF-") {
			t.Errorf("the file is %s", file.Header.Get("Content-Type"))
		}
		if got := file.Header.Get("Content-Disposition"); got != "inline; filename="+sale.invoice+".pdf" {
			t.Errorf("the file is sent as %q", got)
		}
		others := map[string]*handlerstest.Browser{
			"visitor": w.Browser(), "another": w.SignedIn(accesstest.Person(t, db, "Hannah Whitworth", "hannah@practice.example")),
			"trainer": w.SignedIn(accesstest.Trainer(t, db)),
		}
		for who, b := range others {
			for _, path := range []string{"/invoices/" + sale.invoice, "/invoices/" + sale.invoice + ".pdf"} {
				if got := b.Get(path); got.Status != http.StatusNotFound || strings.Contains(got.Body, "Irwell") {
					t.Errorf("%s gets %s: status %d", who, path, got.Status)
				}
			}
		}
		others["visitor"].Get("/invoices/"+sale.invoice).Shows("main", "If it is yours, sign in first.")
		w.SignedIn(accesstest.Office(t, db)).Get("/invoices/" + sale.invoice).Must(http.StatusOK)
	})
}
