package handlers_test

import (
	"net/http"
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/handlers/handlerstest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// paidByCard books one place by card, £273.60, and returns the booking's reference and its payment page.
func paidByCard(t *testing.T, w *handlerstest.World) (ref, checkout string) {
	t.Helper()
	b := newBuyer(t, w, schedulingtest.OpenAccess(t, w.DB))
	check, ref := b.toCheck("1", individual())
	checkout = b.toPayment(check)
	if err := w.Double.Pay(checkout); err != nil {
		t.Fatal(err)
	}
	b.Follow(b.back(ref, checkout)).Must(http.StatusOK)
	return ref, checkout
}

// £136.80 of £273.60 went back at Stripe, before the office cancels the place. What it reads before, what the customer is written and
// what the credit note says is the same: that much went before, and the other £136.80 is sent now.
func TestOfficeCancel_SaysWhatWentBackBeforeAndSendsTheRest(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := openShop(t, db, clock)
		ref, checkout := paidByCard(t, w)
		if err := w.Double.RefundDirectly(checkout, 13680); err != nil {
			t.Fatal(err)
		}
		if err := w.Till.CatchUp(t.Context(), db); err != nil {
			t.Fatal(err)
		}
		b := w.SignedIn(accesstest.Office(t, db))
		b.Get("/office").Shows(".ssph-todo a", "Booking "+ref)
		payment := linkTo(b.Get("/office/bookings/"+ref), "main a[href*='/money/payments/']")
		ahead := b.Get(payment).Must(http.StatusOK)
		ahead.Shows("main", "£136.80 of this payment has left us and still counts as paid on its invoice")
		ahead.Shows("main table", "INV-000001, Tom Ashworth £273.60 Sent back to the cardBegun at Stripe itself £136.80")
		page := "/office/bookings/" + ref + "/places/1/cancel"
		form := b.Get(page).Must(http.StatusOK)
		form.Shows("main", "£273.60 is credited")
		check := b.Submit(form, cancelling, map[string]string{"ground": "by-the-hub", "reason": "The trainer is ill", "do": "check"}).Must(http.StatusOK)
		check.Shows("main", "£136.80 went back to the customer’s card on 23 November 2026. We are sending £136.80 back to the customer’s card.")
		check.Shows("main", "Is credited £273.60")
		for range 2 { // pressed twice
			b.Submit(check, cancelling, map[string]string{"do": "cancel"}).Must(http.StatusSeeOther)
		}
		const said = "£136.80 went back to your card on 23 November 2026. We are sending £136.80 back to your card."
		b.Get("/office/invoices/CN-000001").Must(http.StatusOK).Shows("main", said)
		told := letters(w, "booking-cancelled")
		if len(told) != 1 || !strings.Contains(told[0].Text, said) {
			t.Errorf("the customer reads %+v", told)
		}
		b.Get(page).Shows("main", "Cancelled by Joanne Fearn")
		w.Work()
		if back := w.Double.Refunds(); len(back) != 2 || back[1].Amount != 13680 {
			t.Errorf("%+v", back)
		}
		b.Get("/office").Shows("main", "Nothing to do")
		b.Get(payment).Shows("main", "Nothing is left to decide about this payment.")
		sound(t, w)
	})
}

// £200.00 goes back at Stripe between the page that says "£273.60 goes back" and its button. Nothing is cancelled: the same page says how
// it is now, with £73.60 to go, and its button does that.
func TestOfficeCancel_ShownIsNotDoneWhenMoneyWentBackInBetween(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := openShop(t, db, clock)
		ref, checkout := paidByCard(t, w)
		b, page := w.SignedIn(accesstest.Office(t, db)), "/office/bookings/"+ref+"/places/1/cancel"
		check := b.Submit(b.Get(page), cancelling, map[string]string{"ground": "by-the-hub", "reason": "The trainer is ill", "do": "check"})
		again := refundedInBetween(t, w, b, check, checkout, "the customer’s", map[string]string{"do": "cancel"})
		wellFormed(t, again)
		again.Shows("main", "Credit note not issued yet")
		if got := again.Doc.Find("main input[name=reason]").AttrOr("value", ""); got != "The trainer is ill" {
			t.Errorf("the reason typed became %q", got)
		}
	})
}

// The same of the page on which the booker cancels.
func TestCancelPlace_ShownIsNotDoneWhenMoneyWentBackInBetween(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := openShop(t, db, clock)
		ref, checkout := paidByCard(t, w)
		b := w.SignedIn(accesstest.Person(t, db, "Tom Ashworth", "tom.ashworth@practice.example"))
		refundedInBetween(t, w, b, b.Get("/bookings/"+ref+"/places/1/cancel"), checkout, "your", nil)
	})
}

// refundedInBetween presses the button of a page that has become untrue, twice, and then that of the page which answers. It returns
// the answer.
func refundedInBetween(
	t *testing.T, w *handlerstest.World, b *handlerstest.Browser, check *handlerstest.Page, checkout, whose string, press map[string]string,
) *handlerstest.Page {
	t.Helper()
	check.Must(http.StatusOK).Shows("main", "We are sending £273.60 back to "+whose+" card.")
	if err := w.Double.RefundDirectly(checkout, 20000); err != nil {
		t.Fatal(err)
	}
	if err := w.Till.CatchUp(t.Context(), w.DB); err != nil {
		t.Fatal(err)
	}
	var again *handlerstest.Page
	for range 2 { // what it shows stays old, however often it is pressed
		again = b.Submit(check, cancelling, press).Must(http.StatusUnprocessableEntity)
		again.Shows(".nhsuk-error-summary", "What comes back has changed since you looked. Nothing is cancelled yet: look at it again below")
		again.Shows("main", "£200.00 went back to "+whose+" card on 23 November 2026. We are sending £73.60 back to "+whose+" card.")
		again.Shows("main button", "Cancel Tom Ashworth’s place")
		must(t, w, 0, "cancellations", "")
		must(t, w, 0, "documents", "kind = 'credit-note'")
	}
	b.Submit(again, cancelling, press).Must(http.StatusSeeOther)
	must(t, w, 1, "cancellations", "")
	w.Work()
	if back := w.Double.Refunds(); len(back) != 2 || back[1].Amount != 7360 {
		t.Errorf("%+v", back)
	}
	sound(t, w)
	return again
}

// A dispute has the money when the place is cancelled. The office's task leads to the credit note, which cannot be sent yet, and says
// so; when the dispute is won it can, once, and the task ends.
func TestOfficeMoney_ACreditWhoseMoneyIsNotHere(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := openShop(t, db, clock)
		ref, checkout := paidByCard(t, w)
		dispute, err := w.Double.OpenDispute(checkout, 27360, "fraudulent", false)
		if err != nil {
			t.Fatal(err)
		}
		hear := func() {
			if err := w.Till.CatchUp(t.Context(), db); err != nil {
				t.Fatal(err)
			}
		}
		hear()
		b := w.SignedIn(accesstest.Office(t, db))
		payment := b.Get(linkTo(b.Get("/office/bookings/"+ref), "main a[href*='/money/payments/']")).Must(http.StatusOK)
		payment.Shows("main", "£273.60 of this payment has left us and still counts as paid on its invoice")
		payment.Shows("main table", "Taken by the cardholder’s bank in a dispute £273.60")
		check := b.Submit(b.Get("/office/bookings/"+ref+"/places/1/cancel"), cancelling, map[string]string{"ground": "by-the-hub", "reason": "ill", "do": "check"})
		check.Shows("main", "£273.60 is not with us now, so it becomes a task for the office.")
		b.Submit(check, cancelling, map[string]string{"do": "cancel"}).Must(http.StatusSeeOther)
		credit := b.Get(linkTo(b.Get("/office"), ".ssph-todo a[href$='CN-000001']")).Must(http.StatusOK)
		wellFormed(t, credit)
		credit.Shows("main", "£273.60 is not with us, so it cannot be sent")
		if credit.Has("main form") {
			t.Error("money that is not here can be sent")
		}
		if err := w.Double.CloseDispute(dispute, true); err != nil {
			t.Fatal(err)
		}
		hear()
		credit = b.Get(credit.Path).Must(http.StatusOK)
		credit.Shows("main form button", "Send £273.60 back")
		colleague := w.SignedIn(secondOffice(t, w))
		theirs := colleague.Get(credit.Path).Must(http.StatusOK)
		for range 2 { // pressed twice
			b.Follow(b.Submit(credit, "main form", map[string]string{"do": "record"}).Must(http.StatusSeeOther)).
				Shows(".ssph-flash", "The refund of CN-000001 is on its way.")
		}
		colleague.Submit(theirs, "main form", map[string]string{"do": "record"}).Must(http.StatusConflict).Shows("main", "Joanne Fearn sent £273.60 back on 23 November 2026")
		b.Get("/office").Shows("main", "Nothing to do")
		w.Work()
		sound(t, w)
	})
}
