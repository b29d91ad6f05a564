package handlers_test

import (
	"net/http"
	"strconv"
	"testing"

	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/handlers/handlerstest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

const changedSince = "This has changed since you looked. Check the new sums below. Nothing is done yet"

// comesAgain is a check page that comes again because what it showed is true no more.
func comesAgain(t *testing.T, p *handlerstest.Page) *handlerstest.Page {
	t.Helper()
	p.Must(http.StatusUnprocessableEntity).Shows(".nhsuk-error-summary", changedSince)
	wellFormed(t, p)
	return p
}

// £820.80 for three places is checked. Another window cancels one (£273.60), then records £100.00: each time the page comes again with
// what it comes to by then, and nothing is issued until that was seen.
func TestOfficeCorrect_WhatWasCheckedIsWhatIsIssued(t *testing.T) {
	office(t, func(t *testing.T, w *handlerstest.World, b *handlerstest.Browser) {
		sale := sell(t, w, schedulingtest.OpenAccess(t, w.DB), "priya@irwell.example")
		ask := b.Get("/office/invoices/" + sale.invoice + "/correct").Must(http.StatusOK)
		check := b.Submit(ask, correcting, map[string]string{"purchase-order": "IWN-20418", "reason": "Corrected", "do": "check"}).Must(http.StatusOK)
		check.Shows("main", "Issued anew £820.80")
		comesAgain(t, b.Submit(check, correcting, map[string]string{"shown": "", "do": "issue"})) // it agrees to nothing

		cancelOne(b, sale, "2")
		check = comesAgain(t, b.Submit(check, correcting, map[string]string{"do": "issue"}))
		check.Shows("main", "Credited now £547.20")
		check.Shows("main", "Issued anew £547.20")
		must(t, w, 2, "documents", "") // the invoice, and the credit note of the place

		pay(b, sale.invoice, map[string]string{"amount": "100", "reference": "IWN"}).Must(http.StatusSeeOther)
		check = comesAgain(t, b.Submit(check, correcting, map[string]string{"do": "issue"}))
		check.Shows("main", "£100.00 that was paid on INV-000001 counts towards the new invoice")
		must(t, w, 2, "documents", "")
		if n := len(letters(w, "invoice-corrected")); n != 0 {
			t.Errorf("%d letters", n)
		}

		b.Submit(check, correcting, map[string]string{"do": "issue"}).Must(http.StatusSeeOther)
		must(t, w, 1, "documents", "kind = 'invoice' AND gross_pence = 54720 AND purchase_order = 'IWN-20418'")
		sound(t, w)
	})
}

// Three places at £228.00 less 10 % are £738.72 with VAT. At £250.00, entered in another window: £750.00 less £75.00, £675.00 + £135.00.
func TestOfficeQuote_WhatWasCheckedIsWhatIsSent(t *testing.T) {
	office(t, func(t *testing.T, w *handlerstest.World, b *handlerstest.Browser) {
		session := schedulingtest.OpenAccess(t, w.DB)
		check := b.Submit(b.Get("/office/quotes/new"), ".ssph-form", quoted(strconv.FormatInt(session.ID, 10))).Must(http.StatusOK)
		check.Shows("main", "Send this quote for £738.72")
		joanne := accesstest.Office(t, w.DB)
		w.InTx(func(tx models.DB) error {
			return billing.SchedulePrice(t.Context(), tx, joanne, billing.NewPrice{
				Route: billing.OpenAccess, Format: billing.FaceToFace, Net: 25000, From: tx.Today(),
			})
		})
		fresh := comesAgain(t, b.Submit(check, "main form", map[string]string{"do": "confirm"}))
		fresh.Shows("main", "Send this quote for £810.00")
		must(t, w, 0, "quotes", "")
		if n := len(letters(w, "quote")); n != 0 {
			t.Errorf("%d letters", n)
		}
		b.Submit(fresh, "main form", map[string]string{"do": "confirm"}).Must(http.StatusSeeOther)
		b.Submit(check, "main form", map[string]string{"do": "confirm"}).Must(http.StatusSeeOther) // the old window: the quote is made
		must(t, w, 1, "quotes", "net_pence = 67500 AND vat_pence = 13500")
		must(t, w, 1, "quotes", "")
	})
}
