package handlers_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/billing/stripedouble"
	"hub.salford.ac.uk/ssph/handlers/handlerstest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

func TestPay_OnlyThePagesThatLeadToPayingAllowThePaymentPagesOrigin(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := openShop(t, db, clock)
		b := newBuyer(t, w, schedulingtest.OpenAccess(t, db))
		check, ref := b.toCheck("1", individual())
		if csp := check.Header.Get("Content-Security-Policy"); !strings.Contains(csp, "form-action 'self' http://127.0.0.1:") {
			t.Errorf("the last step: %s", csp)
		}
		if csp := b.Get("/bookings/" + ref + "/people").Header.Get("Content-Security-Policy"); !strings.HasSuffix(csp, "form-action 'self'") {
			t.Errorf("the second step: %s", csp)
		}
	})
}

func TestPay_ComingBackWithoutHavingPaidSaysWhatComesNext(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := openShop(t, db, clock)
		b := newBuyer(t, w, schedulingtest.OpenAccess(t, db))
		check, ref := b.toCheck("1", individual())
		checkout := b.toPayment(check)
		if err := w.Double.Decline(checkout); err != nil {
			t.Fatal(err)
		}
		wait := b.back(ref, checkout).Must(http.StatusOK)
		wait.Shows("main h1", "We are confirming your payment")
		wait.Shows("main", "If the payment does not go through, you are not charged.")
		b.back(ref, "").Must(http.StatusOK)
		b.back(ref, "cs_test_no_such_page").Must(http.StatusOK)
		b.Get("/bookings/" + ref + "/check").Must(http.StatusOK)
		if again := b.toPayment(check); again != checkout {
			t.Errorf("pressing the button again opens another page: %s, %s", checkout, again)
		}
		must(t, w, 0, "payments", "")
		// Another number of places closes the page that asks for the old sum.
		people := b.Get("/bookings/" + ref + "/people").Must(http.StatusOK)
		b.Submit(people, mainForm, map[string]string{"do": "more"}).Must(http.StatusOK).Shows(".ssph-sum", "£547.20")
		if err := w.Double.Pay(checkout); err == nil {
			t.Error("the old sum can still be paid")
		}
	})
}

func TestPay_APaymentPageThatCannotBeReachedIsSaidAndChangesNothing(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := openShop(t, db, clock)
		b := newBuyer(t, w, schedulingtest.OpenAccess(t, db))
		check, _ := b.toCheck("1", individual())
		w.Double.Inject(stripedouble.Fault{Kind: stripedouble.Unavailable, Path: "/v1/checkout", Times: 3})
		down := b.Submit(check, mainForm, map[string]string{"pay": "card"}).Must(http.StatusUnprocessableEntity)
		if got := down.Problem("pay"); !strings.Contains(got, "You have not been charged and your places are held") {
			t.Errorf("%q", got)
		}
		b.toPayment(check)
		must(t, w, 1, "payment_attempts", "")
	})
}

func TestTrap33_TheReturnAddressTellsStrangersNothingAndPaysNobodyElsesBooking(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := openShop(t, db, clock)
		session := schedulingtest.OpenAccess(t, db)
		payer := newBuyer(t, w, session)
		check, ref := payer.toCheck("1", individual())
		checkout := payer.toPayment(check)
		if err := w.Double.Pay(checkout); err != nil {
			t.Fatal(err)
		}
		stranger := newBuyer(t, w, session)
		other, theirs := stranger.toCheckUnnamed("1", individual())
		stranger.toPayment(other)
		stranger.back(theirs, checkout).Must(http.StatusOK).Shows("main h1", "We are confirming your payment")
		refused := stranger.back(ref, checkout).Must(http.StatusNotFound)
		refused.Shows("main h1", "Sign in to see this booking")
		if next := refused.Doc.Find("main a").First().AttrOr("href", ""); !strings.HasPrefix(next, "/sign-in?next=%2Fbookings%2F"+ref) {
			t.Errorf("the way to sign in leads to %q", next)
		}
		must(t, w, 1, "payments", "")
		must(t, w, 1, "bookings", "status = 'confirmed'")
		sound(t, w)
	})
}

func TestPay_MoneyThatComesWhenTheRoomIsGoneGoesBackAndThePageSaysSo(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := openShop(t, db, clock)
		b := newBuyer(t, w, schedulingtest.OpenAccess(t, db, schedulingtest.Capacity(1)))
		check, ref := b.toCheck("1", individual())
		checkout := b.toPayment(check)
		if err := w.Double.Pay(checkout); err != nil {
			t.Fatal(err)
		}
		// As if the office had let the places go by hand while the money was on its way.
		w.InTx(func(tx models.DB) error {
			sql := tx.SQL(t.Context())
			if err := sql.Exec("UPDATE payment_attempts SET status = 'expired', ended_at = ?", tx.Now()).Error; err != nil {
				return err
			}
			if err := sql.Exec("UPDATE places SET status = 'released'").Error; err != nil {
				return err
			}
			return sql.Exec("UPDATE bookings SET status = 'expired', ended_at = ?", tx.Now()).Error
		})
		clock.Advance(time.Hour)
		newBuyer(t, w, b.session).toPeople("1")
		late := b.back(ref, checkout).Must(http.StatusGone)
		late.Shows("main h1", "Your payment goes back to you")
		late.Shows("main", "We are sending £273.60 back to your card.")
		if late.Has("main form") {
			t.Error("the places are offered again before the money is back")
		}
		w.Work()
		b.Get("/bookings/"+ref).Must(http.StatusGone).Shows("main", "We sent £273.60 back to your card on 23 November 2026.")
		sound(t, w)
	})
}

func TestPay_WebhooksForgedRepeatedOrOutOfOrderPayOnce(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := openShop(t, db, clock)
		events := httptest.NewServer(w.Site)
		t.Cleanup(events.Close)
		w.Double.HoldWebhooks(true)
		w.Double.SetWebhook(events.URL+"/webhooks/stripe", handlerstest.WebhookSecret)
		b := newBuyer(t, w, schedulingtest.OpenAccess(t, db))
		check, ref := b.toCheck("1", individual())
		if err := w.Double.Pay(b.toPayment(check)); err != nil {
			t.Fatal(err)
		}
		told := w.Double.Events()
		deliver := func(twist stripedouble.Twist, want int) {
			t.Helper()
			for i := len(told) - 1; i >= 0; i-- { // the last first
				if status, err := w.Double.Deliver(t.Context(), told[i].ID, twist); err != nil || status != want {
					t.Errorf("%s: %d, %v, want %d", told[i].Type, status, err, want)
				}
			}
		}
		deliver(stripedouble.Twist{Secret: "whsec_somebody_else_0123456789abc"}, http.StatusBadRequest)
		deliver(stripedouble.Twist{SignedAt: clock.Now().Add(-time.Hour)}, http.StatusBadRequest)
		deliver(stripedouble.Twist{Live: true}, http.StatusBadRequest)
		must(t, w, 0, "payments", "")
		for range 3 {
			deliver(stripedouble.Twist{}, http.StatusOK)
		}
		must(t, w, 1, "payments", "")
		must(t, w, 1, "documents", "")
		b.Get("/bookings/"+ref).Must(http.StatusOK).Shows("main h1", "Your place is booked")
		sound(t, w)
	})
}
