package handlers_test

import (
	"net/http"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// A refund goes to the card and comes back to us; then the cardholder's bank asks for the same money. While it decides the refund's page
// sends nothing; when the dispute is lost the refund leaves the list, and the credit note says where its money is.
func TestOfficeMoney_AFailedRefundWhoseMoneyADisputeTakes(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := openShop(t, db, clock)
		ref, checkout := paidByCard(t, w)
		b := w.SignedIn(accesstest.Office(t, db))
		hear := func(err error) {
			t.Helper()
			if err == nil {
				err = w.Till.CatchUp(t.Context(), db)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		check := b.Submit(b.Get("/office/bookings/"+ref+"/places/1/cancel"), cancelling, map[string]string{"ground": "by-the-hub", "reason": "ill", "do": "check"})
		b.Submit(check, cancelling, map[string]string{"do": "cancel"}).Must(http.StatusSeeOther)
		w.Work()
		clock.Advance(time.Hour)
		hear(w.Double.SettleRefund(w.Double.Refunds()[0].ID, false))
		refund := b.Get(linkTo(b.Get("/office/money"), "main a[href*='/money/refunds/']")).Must(http.StatusOK)
		dispute, err := w.Double.OpenDispute(checkout, 27360, "fraudulent", false)
		hear(err)
		held := b.Get(refund.Path)
		wellFormed(t, held)
		held.Shows("main", "The cardholder’s bank asks for this payment back itself. Send nothing until that dispute has ended.")
		if held.Has("main form") {
			t.Error("it can be sent while the bank decides")
		}
		failed := b.Get("/office/money")
		failed.Shows("section[aria-labelledby=failed]", "The cardholder’s bank asks for this payment back itself. Send nothing until that dispute has ended. Open the refund")
		b.Submit(refund, "form[action$='/instead']", nil).Must(http.StatusUnprocessableEntity).
			Shows(".nhsuk-error-summary", "The cardholder’s bank has this money until the dispute about it has ended, so £273.60 cannot be sent now")
		hear(w.Double.CloseDispute(dispute, false))
		b.Get("/office/money").Shows("main", "No refund has failed.")
		b.Get("/office").Shows("main", "Nothing to do")
		b.Get(refund.Path).Shows("main", "There is nothing to do about this refund: it did not arrive, and its money has gone another way.")
		b.Get("/office/invoices/CN-000001").Shows("main", "£273.60 went back through the customer’s bank (dispute) on 23 November 2026.")
		b.Submit(refund, "form[action$='/instead']", nil).Must(http.StatusConflict)
		must(t, w, 1, "refunds", "")
		sound(t, w)
	})
}

// The cardholder's bank takes £273.60 on 23 November and keeps it. The office reads where the money went beside what is owed, and the
// customer why the invoice is to pay again; while the bank decides there is nothing to pay.
func TestBooking_ALostDisputeIsToldToTheOfficeAndToTheCustomer(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := openShop(t, db, clock)
		customer := newBuyer(t, w, schedulingtest.OpenAccess(t, db))
		check, ref := customer.toCheck("1", individual())
		checkout := customer.toPayment(check)
		hear := func(err error) {
			t.Helper()
			if err == nil {
				err = w.Till.CatchUp(t.Context(), db)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		hear(w.Double.Pay(checkout))
		customer.Follow(customer.back(ref, checkout)).Must(http.StatusOK)
		dispute, err := w.Double.OpenDispute(checkout, 27360, "fraudulent", false)
		hear(err)
		const reason = "Your bank took back your card payment of £273.60 on 23 November 2026."
		if customer.Get("/bookings/" + ref).Must(http.StatusOK).Has("#pay-title") {
			t.Error("the customer is asked to pay while the bank decides")
		}
		clock.Advance(time.Hour)
		hear(w.Double.CloseDispute(dispute, false))
		b := w.SignedIn(accesstest.Office(t, db))
		for _, path := range []string{"/office/bookings/" + ref, "/office/invoices/INV-000001"} {
			page := b.Get(path).Must(http.StatusOK)
			wellFormed(t, page)
			page.Shows("main table", "Taken by the cardholder’s bank in a dispute23 November 2026")
			page.Shows("main table", "−£273.60")
		}
		b.Get("/office/bookings/"+ref).Shows("main", "The customer owes £273.60.")
		page := customer.Get("/bookings/" + ref).Must(http.StatusOK)
		wellFormed(t, page)
		page.Shows("section[aria-labelledby=pay-title]", reason)
		sound(t, w)
	})
}
