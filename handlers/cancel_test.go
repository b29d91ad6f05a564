package handlers_test

import (
	"net/http"
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/handlers/handlerstest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

const cancelling = "main form[action$='/cancel']"

// The office cancels one of three places 20 days before: 50 % of £273.60 is kept, £136.80 comes off the invoice.
func TestOfficeCancel_ShowsTheCreditNoteFirstAndThenDoesItOnce(t *testing.T) {
	office(t, func(t *testing.T, w *handlerstest.World, b *handlerstest.Browser) {
		sale := sell(t, w, schedulingtest.OpenAccess(t, w.DB), "priya@irwell.example")
		w.Clock.Set(schedulingtest.Day.AddDays(-20).At(10, 0))
		b = w.SignedIn(accesstest.Office(t, w.DB))
		there := "/office/bookings/" + sale.booking.Reference()
		url := there + "/places/2/cancel"
		if b.Get(there).Must(http.StatusOK).Doc.Find("main a[href='"+url+"']").Length() != 1 {
			t.Error("the booking does not lead to the page")
		}
		form := b.Get(url).Must(http.StatusOK)
		form.Shows("main h1", "Cancel Grace Okafor’s place?")
		form.Shows("main", "It is 20 days before the session, so 50% is kept: £136.80 comes off the invoice")
		if form.Has("input[value='cooling-off']") {
			t.Error("an organisation may change its mind")
		}
		check := b.Submit(form, cancelling, map[string]string{"ground": "terms", "do": "check"}).Must(http.StatusOK)
		for _, words := range []string{"£114.00 + £22.80 VAT", "Comes off the invoice £136.80", "Credit note not issued yet", "This takes £136.80 off invoice " + sale.invoice + ".", "50% of £273.60 is kept, £136.80"} {
			check.Shows("main", words)
		}
		must(t, w, 0, "documents", "kind = 'credit-note'")
		for range 2 { // pressed twice
			b.Submit(check, cancelling, map[string]string{"do": "cancel"}).Must(http.StatusSeeOther)
		}
		must(t, w, 1, "documents", "kind = 'credit-note'")
		must(t, w, 1, "cancellations", "")
		done := b.Get(url).Must(http.StatusOK)
		done.Shows("main h1", "Grace Okafor’s place is cancelled")
		done.Shows("main", "£136.80 was taken off invoice "+sale.invoice+".")
		done.Shows("main .ssph-tag", "Settled")
		note := b.Get("/office/invoices/CN-000001").Must(http.StatusOK)
		note.Shows("main h1", "Credit note CN-000001")
		note.Shows("main", "This credit note is for invoice "+sale.invoice)
		b.Get("/office/invoices/"+sale.invoice).Must(http.StatusOK).Shows("main", "£136.80 was credited with CN-000001")
		page := b.Get(there).Must(http.StatusOK)
		page.Shows("main", "The customer owes £684.00.") // £820.80 less £136.80
		page.Shows("main", "A place was cancelled, 20 days before: £136.80 kept, £136.80 credited")
		mine := w.SignedIn(sale.booker).Get("/bookings/" + sale.booking.Reference()).Must(http.StatusOK)
		mine.Shows("main h1", "2 places")
		mine.Shows(".ssph-sum", "−£136.80")
		sound(t, w)
	})
}

func TestOfficeCancel_MistakesStandBesideTheirFieldsAndCancelNothing(t *testing.T) {
	office(t, func(t *testing.T, w *handlerstest.World, b *handlerstest.Browser) {
		sale := sell(t, w, schedulingtest.OpenAccess(t, w.DB), "priya@irwell.example")
		url := "/office/bookings/" + sale.booking.Reference() + "/places/1/cancel"
		form := b.Get(url).Must(http.StatusOK)
		for name, c := range map[string]struct {
			typed       map[string]string
			field, says string
		}{
			"no ground":      {map[string]string{}, "ground", "Choose why it is cancelled"},
			"no fee":         {map[string]string{"ground": "goodwill", "reason": "ill"}, "fee", "Enter a fee from 0 to 100 percent with at most three decimals, like 25"},
			"no reason":      {map[string]string{"ground": "goodwill", "fee": "25"}, "reason", "Enter why: it is kept with the record"},
			"fee on terms":   {map[string]string{"ground": "terms", "fee": "25"}, "fee", "Only goodwill has a fee of its own. Choose goodwill, or leave the fee empty"},
			"no such day":    {map[string]string{"ground": "terms", "noticed": "31 November 2026"}, "noticed", "Enter a real day, like 14 January 2027"},
			"tomorrow":       {map[string]string{"ground": "terms", "noticed": "24 November 2026"}, "noticed", "The day we were told must be from 23 November 2026, when it was booked, to today"},
			"not individual": {map[string]string{"ground": "cooling-off"}, "ground", "Only an individual can change their mind, and only for 14 days after booking"},
		} {
			for _, do := range []string{"check", "cancel"} {
				answer := b.Submit(form, cancelling, with(c.typed, map[string]string{"do": do})).Must(http.StatusUnprocessableEntity)
				if got := answer.Problem(c.field); got != c.says {
					t.Errorf("%s, %s: %q, want %q", name, do, got, c.says)
				}
			}
		}
		check := b.Submit(form, cancelling, map[string]string{"ground": "terms", "do": "check"}).Must(http.StatusOK)
		again := b.Submit(check, cancelling, map[string]string{"do": "cancel", "shown": "1"}).Must(http.StatusUnprocessableEntity)
		again.Shows("main", "What comes back has changed since you looked")
		again.Shows("main button", "Cancel Tom Ashworth’s place") // the check page, not the choice of a ground
		must(t, w, 0, "cancellations", "")
		must(t, w, 0, "documents", "kind = 'credit-note'")
	})
}

func TestOfficeCancel_TheWholeBookingIsOneCreditNote(t *testing.T) {
	office(t, func(t *testing.T, w *handlerstest.World, b *handlerstest.Browser) {
		sale := sell(t, w, schedulingtest.OpenAccess(t, w.DB), "priya@irwell.example")
		url := "/office/bookings/" + sale.booking.Reference()
		check := b.Submit(b.Get(url+"/cancel").Must(http.StatusOK), cancelling, map[string]string{"ground": "by-the-hub", "reason": "The trainer is ill", "do": "check"})
		check.Must(http.StatusOK).Shows("main", "This takes £820.80 off invoice "+sale.invoice+".")
		colleague := w.SignedIn(secondOffice(t, w))
		theirs := colleague.Submit(colleague.Get(url+"/cancel"), cancelling, map[string]string{"ground": "by-the-hub", "reason": "The trainer is ill", "do": "check"})
		for range 2 {
			b.Follow(b.Submit(check, cancelling, map[string]string{"do": "cancel"}).Must(http.StatusSeeOther)).Shows(".ssph-flash", "The booking is cancelled.")
		}
		colleague.Follow(colleague.Submit(theirs, cancelling, map[string]string{"do": "cancel"}).Must(http.StatusSeeOther)).
			Shows(".ssph-flash", "Joanne Fearn cancelled this booking on 23 November 2026")
		must(t, w, 1, "documents", "kind = 'credit-note' AND gross_pence = 82080")
		must(t, w, 3, "cancellations", "credit_id IS NOT NULL")
		page := b.Get(url).Must(http.StatusOK)
		page.Shows("main .ssph-tag", "Cancelled")
		page.Shows("main", "All is paid.")
		page.Shows("main", "£820.80 with VAT 3 places at £228.00, £684.00 + £136.80 VAT All of it is cancelled, since 23 November 2026")
		b.Get("/office/bookings").Shows("main tbody", "3 places Cancelled")
		b.Get(url + "/cancel").Must(http.StatusSeeOther)
		w.SignedIn(sale.booker).Get("/bookings/"+sale.booking.Reference()).Must(http.StatusOK).Shows("main h1", "Cancelled: Thursday 14 January 2027")
		sound(t, w)
	})
}

// A booker cancels a place that is paid: the money goes back by the way it came, and the page says so before and after.
func TestCancelPlace_ItsBookerSeesTheCostFirst(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := openShop(t, db, clock)
		sale := sell(t, w, schedulingtest.OpenAccess(t, db), "priya@network.example")
		office := accesstest.Office(t, db)
		w.InTx(func(tx models.DB) error {
			_, err := billing.RecordBankPayment(t.Context(), tx, office, billing.BankReceipt{Code: sale.invoice, Gross: 82080, On: tx.Today(), RequestKey: "all"})
			return err
		})
		b, url := w.SignedIn(sale.booker), "/bookings/"+sale.booking.Reference()+"/places/3/cancel"
		page := b.Get(url).Must(http.StatusOK)
		page.Shows("main h1", "Cancel place 3?")
		page.Shows("main", "It is 52 days before the session, so nothing is kept.")
		page.Shows("main", "We are sending £273.60 back by bank transfer.")
		must(t, w, 0, "cancellations", "")
		for range 2 {
			b.Submit(page, cancelling, nil).Must(http.StatusSeeOther)
		}
		done := b.Get(url).Must(http.StatusOK)
		done.Shows("main h1", "Place 3 is cancelled")
		done.Shows("main", "£273.60 is on its way back by bank transfer.")
		must(t, w, 1, "refunds", "")
		toPay := w.SignedIn(office)
		cancelled := toPay.Get("/office" + url).Must(http.StatusOK)
		cancelled.Shows("main", "£273.60 is to be sent back by bank transfer: pay it from Money.")
		toPay.Get(linkTo(cancelled, "main a[href*='/money/refunds/']")).Must(http.StatusOK).Shows("main", "pay the money from the Hub’s account")
		toPay.Get("/office/invoices/CN-000001").Shows("main", "£273.60 is to be sent back by bank transfer: pay it from Money.")
		account := toPay.Get(officeStatement(sale)).Must(http.StatusOK)
		account.Shows(".ssph-numbers", "£0.00On 23 November 2026Nothing to pay")
		account.Shows("main", "£273.60 goes back to you by bank transfer separately.")
		account.Shows("main table", "−£273.60")
		note := b.Get("/invoices/CN-000001").Must(http.StatusOK)
		note.Shows("main", "We are sending £273.60 back by bank transfer.")
		if b.Get("/bookings/"+sale.booking.Reference()).Doc.Find("a[href$='/places/3']").Length() != 0 {
			t.Error("a cancelled place can still be named")
		}
		b.Get("/bookings/" + sale.booking.Reference() + "/places/3").Must(http.StatusSeeOther)
		clock.Set(schedulingtest.Day.At(9, 30))
		b = w.SignedIn(sale.booker)
		b.FetchSite = "same-origin"
		ask(b, http.MethodPost, "/bookings/"+sale.booking.Reference()+"/places/1/cancel").Must(http.StatusSeeOther)
		b.Get("/bookings/" + sale.booking.Reference() + "/places/1/cancel").Must(http.StatusSeeOther)
		must(t, w, 1, "cancellations", "")
		sound(t, w)
	})
}

// TestTrap33_DocumentsAndCancellingOfOthersAreNotFound: an invoice, a credit note, their files and the pages to cancel a place, tried
// by a visitor, by the manager of another organisation, and by a person who only has a place.
func TestTrap33_DocumentsAndCancellingOfOthersAreNotFound(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := openShop(t, db, clock)
		sale := sell(t, w, schedulingtest.OpenAccess(t, db), "priya@network.example")
		own := w.SignedIn(sale.booker)
		ref := "/bookings/" + sale.booking.Reference()
		own.Submit(own.Get(ref+"/places/3/cancel"), cancelling, nil).Must(http.StatusSeeOther)
		others := map[string]*handlerstest.Browser{
			"visitor": w.Browser(), "another manager": w.SignedIn(accesstest.Manager(t, db, "Other", "other@elsewhere.example", "Elsewhere Care")),
			"a delegate": w.SignedIn(accesstest.Person(t, db, "Tom Ashworth", "tom.priya@network.example")),
		}
		for _, path := range []string{
			"/invoices/" + sale.invoice, "/invoices/" + sale.invoice + ".pdf", "/invoices/CN-000001", "/invoices/CN-000001.pdf",
			ref + "/places/1/cancel", ref + "/places/3/cancel",
		} {
			own.Get(path).Must(http.StatusOK)
			for name, b := range others {
				if got := b.Get(path); got.Status != http.StatusNotFound || strings.Contains(got.Body, "Irwell") {
					t.Errorf("%s as %s: status %d", path, name, got.Status)
				}
			}
		}
		for name, b := range others {
			b.FetchSite = "same-origin"
			if got := ask(b, http.MethodPost, ref+"/places/1/cancel"); got.Status != http.StatusNotFound {
				t.Errorf("cancelling as %s: status %d", name, got.Status)
			}
		}
		must(t, w, 1, "cancellations", "")
	})
}

// A wrong purchase order: INV-000001 is credited in full and INV-000002 stands in its place, with links both ways.
func TestOfficeCorrect_BothDocumentsAreShownFirstAndIssuedOnce(t *testing.T) {
	office(t, func(t *testing.T, w *handlerstest.World, b *handlerstest.Browser) {
		sale := sell(t, w, schedulingtest.OpenAccess(t, w.DB), "priya@irwell.example")
		url := "/office/invoices/" + sale.invoice
		page := b.Get(url).Must(http.StatusOK)
		if page.Doc.Find("main a[href='"+url+"/correct']").Length() != 1 {
			t.Error("the invoice does not lead to the page")
		}
		const form = "main form[action$='/correct']"
		ask := b.Get(url + "/correct").Must(http.StatusOK)
		same := b.Submit(ask, form, map[string]string{"reason": "Nothing", "do": "check"}).Must(http.StatusUnprocessableEntity)
		if got := same.Problem("purchase-order"); !strings.HasPrefix(got, "Change the purchase order number, the name or the address") {
			t.Errorf("%q", got)
		}
		wrong := b.Submit(ask, form, map[string]string{"customer": "", "address": " ", "email": "accounts", "do": "check"}).Must(http.StatusUnprocessableEntity)
		for _, field := range []string{"customer", "address", "email", "reason"} {
			if wrong.Problem(field) == "" {
				t.Errorf("nothing is said of %s", field)
			}
		}
		check := b.Submit(ask, form, map[string]string{"purchase-order": "IWN-20418", "reason": "Purchase order number corrected", "do": "check"}).Must(http.StatusOK)
		check.Shows("main", "Replaces invoice "+sale.invoice)
		check.Shows("main", "IWN-20418")
		must(t, w, 1, "documents", "")
		for range 2 {
			b.Submit(check, form, map[string]string{"do": "issue"}).Must(http.StatusSeeOther)
		}
		must(t, w, 3, "documents", "")
		fresh := b.Get("/office/invoices/INV-000002").Must(http.StatusOK)
		fresh.Shows("main", "This invoice replaces "+sale.invoice)
		fresh.Shows("main .ssph-tag", "Sent")
		old := b.Get(url).Must(http.StatusOK)
		old.Shows("main", "It was replaced by invoice INV-000002")
		old.Shows("main", "£820.80 was credited with CN-000001")
		old.Shows("main .ssph-tag", "Credited")
		b.Get("/office/invoices/CN-000001").Must(http.StatusOK).Shows("main", "Purchase order number corrected")
		if told := letters(w, "invoice-corrected"); len(told) != 1 || told[0].Subject != "Invoice INV-000002 in place of "+sale.invoice {
			t.Errorf("%+v", told)
		}
		// A place cancelled later is credited on the invoice that stands.
		done := b.Submit(b.Get("/office/bookings/"+sale.booking.Reference()+"/places/1/cancel"), cancelling, map[string]string{"ground": "terms", "do": "check"})
		b.Submit(done, cancelling, map[string]string{"do": "cancel"}).Must(http.StatusSeeOther)
		note, err := billing.FindDocument(t.Context(), w.DB, access.System().Scope(), "CN-000002")
		if err != nil || note.Credits.Code != "INV-000002" || note.Gross != 27360 {
			t.Errorf("%+v %v", note, err)
		}
		sound(t, w)
	})
}
