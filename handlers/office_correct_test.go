package handlers_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"

	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/handlers/handlerstest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

const correcting = "main form[action$='/correct']"

// correctIt issues an invoice anew through the three pages and returns the answer to the last.
func correctIt(b *handlerstest.Browser, code string, typed map[string]string) *handlerstest.Page {
	ask := b.Get("/office/invoices/" + code + "/correct").Must(http.StatusOK)
	check := b.Submit(ask, correcting, with(typed, map[string]string{"reason": "Corrected", "do": "check"})).Must(http.StatusOK)
	return b.Submit(check, correcting, map[string]string{"do": "issue"})
}

// cancelOne cancels a place of a booking on its terms.
func cancelOne(b *handlerstest.Browser, sale sold, place string) {
	form := b.Get("/office/bookings/" + sale.booking.Reference() + "/places/" + place + "/cancel").Must(http.StatusOK)
	check := b.Submit(form, cancelling, map[string]string{"ground": "terms", "do": "check"}).Must(http.StatusOK)
	b.Submit(check, cancelling, map[string]string{"do": "cancel"}).Must(http.StatusSeeOther)
}

// £820.80, of which £273.60 was credited for a place and £100.00 is paid: £547.20 is credited and issued anew, £447.20 is to pay. Money
// for the old invoice goes on the new one, also when it was replaced while the page stood open.
func TestOfficeCorrect_WhatIsLeftOfAnInvoiceCreditedInPart(t *testing.T) {
	office(t, func(t *testing.T, w *handlerstest.World, b *handlerstest.Browser) {
		sale := sell(t, w, schedulingtest.OpenAccess(t, w.DB), "priya@irwell.example")
		url := "/office/invoices/" + sale.invoice
		pay(b, sale.invoice, map[string]string{"amount": "100", "reference": "IWN"}).Must(http.StatusSeeOther)
		cancelOne(b, sale, "2")
		open := b.Submit(b.Get(url), bankPayment, map[string]string{"amount": "47.20", "do": "check"}).Must(http.StatusOK)

		ask := b.Get(url + "/correct").Must(http.StatusOK)
		wellFormed(t, ask)
		for _, words := range []string{
			"We credit what is left of INV-000001, £547.20, and issue a new invoice for it", "Credited before £273.60", "£547.20 is left of INV-000001",
			"Paid £100.00", "£447.20 to pay by 23 December 2026",
		} {
			ask.Shows("main", words)
		}
		check := b.Submit(ask, correcting, map[string]string{"purchase-order": "IWN-20418", "reason": "Corrected", "do": "check"}).Must(http.StatusOK)
		wellFormed(t, check)
		for _, words := range []string{
			"Credited now £547.20", "What is left of INV-000001: £273.60 was credited before", "Issued anew £547.20", "£100.00 that was paid on INV-000001 counts towards the new invoice",
			"What was left of invoice INV-000001 after credit note CN-000001 (£273.60)", "What is left of invoice INV-000001 after credit note CN-000001 (£273.60)", "To pay £447.20",
		} {
			check.Shows("main", words)
		}
		done := b.Follow(b.Submit(check, correcting, map[string]string{"do": "issue"}).Must(http.StatusSeeOther))
		done.Shows(".ssph-flash", "INV-000002 stands in the place of INV-000001, which is credited in full now, the rest of it by CN-000002.")
		done.Shows(".ssph-sheet__bar", "£447.20 left")

		late := b.Follow(b.Submit(open, bankPayment, map[string]string{"do": "record"}).Must(http.StatusSeeOther))
		late.Shows(".ssph-flash", "£47.20 is recorded. INV-000001 was replaced by INV-000002. £400.00 is left to pay.")
		paying := b.Submit(b.Get(url), bankPayment, map[string]string{"amount": "400", "do": "check"}).Must(http.StatusOK)
		paying.Shows("main", "INV-000001 was replaced by INV-000002. This pays INV-000002 in full.")
		b.Follow(b.Submit(paying, bankPayment, map[string]string{"do": "record"}).Must(http.StatusSeeOther)).
			Shows(".ssph-flash", "£400.00 is recorded. INV-000002 is paid in full.")

		mine := w.SignedIn(sale.booker).Get("/bookings/" + sale.booking.Reference()).Must(http.StatusOK)
		mine.Shows(".ssph-sum", "−£273.60")
		mine.Shows("main", "What is left of invoice INV-000001 after credit note CN-000001 (£273.60)")
		cancelOne(b, sale, "1")
		note, err := billing.FindDocument(t.Context(), w.DB, accesstest.Office(t, w.DB).Scope(), "CN-000003")
		if err != nil || note.Credits.Code != "INV-000002" || note.Gross != 27360 {
			t.Errorf("%+v %v", note, err)
		}
		sound(t, w)
	})
}

// Four windows press the button at once: the invoice is issued anew once, and all four are led to it. A fifth that wanted something else
// is told that it was not done.
func TestOfficeCorrect_APressThatLosesFindsWhatTheOtherHasDone(t *testing.T) {
	office(t, func(t *testing.T, w *handlerstest.World, b *handlerstest.Browser) {
		sale := sell(t, w, schedulingtest.OpenAccess(t, w.DB), "priya@irwell.example")
		type window struct {
			browser *handlerstest.Browser
			check   *handlerstest.Page
		}
		windows := make([]window, 5)
		for i := range windows {
			to := "IWN-20418"
			if i == 4 {
				to = "IWN-20499"
			}
			browser := w.SignedIn(accesstest.Office(t, w.DB))
			ask := browser.Get("/office/invoices/" + sale.invoice + "/correct").Must(http.StatusOK)
			windows[i] = window{browser, browser.Submit(ask, correcting, map[string]string{"purchase-order": to, "reason": "Corrected", "do": "check"}).Must(http.StatusOK)}
		}
		answers := make([]*handlerstest.Page, 4)
		var all sync.WaitGroup
		for i := range answers {
			all.Go(func() {
				answers[i] = windows[i].browser.Submit(windows[i].check, correcting, map[string]string{"do": "issue"})
			})
		}
		all.Wait()
		for i, answer := range answers {
			windows[i].browser.Follow(answer.Must(http.StatusSeeOther)).Shows(".ssph-flash", "INV-000002 stands in the place of INV-000001")
		}
		other := windows[4]
		told := other.browser.Follow(other.browser.Submit(other.check, correcting, map[string]string{"do": "issue"}).Must(http.StatusSeeOther))
		told.Shows(".ssph-flash", "INV-000002 was issued in the place of INV-000001 meanwhile, and does not say what you typed.")
		must(t, w, 3, "documents", "")
		if n := len(letters(w, "invoice-corrected")); n != 1 {
			t.Errorf("%d letters", n)
		}
		sound(t, w)
	})
}

// Money for an invoice that is credited in full was not due: nothing says that it is paid.
func TestOfficePayment_ACreditedInvoiceIsNotPaid(t *testing.T) {
	office(t, func(t *testing.T, w *handlerstest.World, b *handlerstest.Browser) {
		sale := sell(t, w, schedulingtest.OpenAccess(t, w.DB), "priya@irwell.example")
		joanne := accesstest.Office(t, w.DB)
		w.InTx(func(tx models.DB) error {
			doc, err := billing.FindDocument(t.Context(), tx, joanne.Scope(), sale.invoice)
			if err != nil {
				return err
			}
			_, err = billing.CreditWhole(t.Context(), tx, joanne, doc.ID, "Agreed")
			return err
		})
		done := b.Follow(pay(b, sale.invoice, map[string]string{"amount": "10"}).Must(http.StatusSeeOther))
		done.Shows(".ssph-flash", "£10.00 is recorded. INV-000001 is credited in full, so nothing was due.")
		if flash := done.Text(".ssph-flash"); strings.Contains(flash, "paid in full") {
			t.Error(flash)
		}
		b.Get("/office/invoices/"+sale.invoice).Shows("main .ssph-tag", "Credited")
		b.Follow(b.Get("/office/invoices/"+sale.invoice+"/correct").Must(http.StatusSeeOther)).
			Shows(".ssph-flash", "INV-000001 is credited in full, so nothing of it is left to correct.")
		b.Follow(b.Get("/office/invoices/CN-000001/correct").Must(http.StatusSeeOther)).Shows(".ssph-flash", "CN-000001 is a credit note.")
	})
}

// INV-000002 became INV-000003, for another customer. A line that names it is for that one; a line that names two customers' invoices
// is not sure; what is typed for a line may name it too.
func TestMoneyImport_ReplacedInvoicesAndTwoCustomers(t *testing.T) {
	office(t, func(t *testing.T, w *handlerstest.World, b *handlerstest.Browser) {
		session := schedulingtest.OpenAccess(t, w.DB)
		first, second := sell(t, w, session, "priya@irwell.example"), sell(t, w, session, "sana@kersal.example")
		correctIt(b, second.invoice, map[string]string{"customer": "Kersal Community Trust"}).Must(http.StatusSeeOther)
		check := upload(b, "Date,Name,Reference,Amount\n20/11/2026,A,INV-000002,20.80\n20/11/2026,B,INV-000001 INV-000003,1620.80\n21/11/2026,C,thanks,1.00\n").Must(http.StatusOK)
		check.Shows("section[aria-labelledby=line-2]", "Sure: it names the invoice. INV-000002 was replaced by INV-000003")
		check.Shows("section[aria-labelledby=line-2] table", "INV-000003")
		check.Shows("section[aria-labelledby=line-3]", "Not sure: it names invoices of more than one customer. Tick it if you agree")
		if check.Has("section[aria-labelledby=line-3] table") || check.Doc.Find("#put-3").AttrOr("value", "") != "" {
			t.Error("two customers' invoices are chosen by themselves")
		}
		again := b.Submit(check, "main form", map[string]string{"take-3": "yes", "put-4": "INV-000002", "do": "check"}).Must(http.StatusUnprocessableEntity)
		if got := again.Problem("put-4"); got != "INV-000002 was replaced by INV-000003, which has nothing left to pay" {
			t.Errorf("%q", got) // £20.80 and £800.00 of it are taken by the lines before
		}
		some := b.Submit(again, "main form", map[string]string{"put-3": "INV-000001 820.80", "put-4": "INV-000002", "do": "check"}).Must(http.StatusOK)
		some.Shows("section[aria-labelledby=line-4] table", "INV-000003INV-000002 was replaced by INV-000003")
		done := b.Follow(b.Submit(some, "main form", map[string]string{"do": "record"}).Must(http.StatusSeeOther))
		done.Shows(".ssph-flash", "3 payments recorded: £842.60 on invoices, £800.00 unmatched.")
		if doc, err := billing.FindDocument(t.Context(), w.DB, accesstest.Office(t, w.DB).Scope(), "INV-000003"); err != nil || doc.Paid != 2180 || first.invoice != "INV-000001" {
			t.Errorf("%+v %v", doc, err)
		}
		more := upload(b, "Date,Name,Reference,Amount\n22/11/2026,A,INV-000001,5.00\n").Must(http.StatusOK)
		more.Shows("section[aria-labelledby=line-2]", "It names INV-000001, which has nothing to pay")
		sound(t, w)
	})
}
