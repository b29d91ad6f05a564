package handlers_test

import (
	"net/http"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// £273.60 wait for a bank transfer in the place of a card refund that came back, when somebody sends them at Stripe itself. Money and the
// refund's page say so; it is recorded only with the tick, or it is dropped with a reason.
func TestOfficeMoney_ARefundByBankWhoseMoneyHasGone(t *testing.T) {
	const stop = "Send nothing: £273.60 of this payment went back at Stripe on 23 November 2026"
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
		failed := b.Get(linkTo(b.Get("/office/money"), "main a[href*='/money/refunds/']")).Must(http.StatusOK)
		page := b.Follow(b.Submit(failed, "form[action$='/instead']", nil).Must(http.StatusSeeOther)).Must(http.StatusOK)
		page.Shows("main", "pay the money from the Hub’s account")
		typed := map[string]string{"date": "23 November 2026", "reference": "BACS 78", "do": "check"}
		before := b.Submit(page, "main form", typed).Must(http.StatusOK)
		hear(w.Double.RefundDirectly(checkout, 27360))

		b.Get("/office/money").Shows("section[aria-labelledby=refunds]", stop+". Open the refund")
		b.Submit(before, "main form", map[string]string{"do": "record"}).Must(http.StatusUnprocessableEntity).Shows(".nhsuk-error-summary", stop)
		stopped := b.Get(page.Path).Must(http.StatusOK)
		wellFormed(t, stopped)
		stopped.Shows("main", stop+".")
		b.Submit(stopped, "form[action$='/drop']", nil).Must(http.StatusUnprocessableEntity).Shows(".nhsuk-error-summary", "Enter why the refund is not to be sent")
		const sending = "main form:not([action$='/drop'])"
		kept := b.Submit(stopped, sending, typed).Must(http.StatusUnprocessableEntity)
		wellFormed(t, kept)
		kept.Shows(".nhsuk-error-summary", "Tick this only if the Hub’s bank statement shows that it has been sent")
		typed["sent"] = "yes"
		sure := b.Submit(stopped, sending, typed).Must(http.StatusOK)
		must(t, w, 0, "refunds", "method = 'bank' AND status <> 'requested'")

		b.Submit(stopped, "form[action$='/drop']", map[string]string{"reason": "it went back at Stripe"}).Must(http.StatusSeeOther)
		b.Get(page.Path).Shows("main", "There is nothing to do about this refund: the office has said that it is not to be sent.")
		b.Get("/office/money").Shows("main", "No refund waits for a bank transfer.")
		b.Submit(sure, "main form", map[string]string{"do": "record"}).Must(http.StatusConflict)
		must(t, w, 1, "refunds", "method = 'bank' AND status = 'failed'")
		sound(t, w)
	})
}
