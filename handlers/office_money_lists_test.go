package handlers_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/handlers/handlerstest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// Seven invoices of £820.80, due on 23 December. £320.80 comes for the first: £500.00 is left on it, and on all £5,424.80. On the 24th
// all are overdue: five stand on the page, the rest behind a link.
func TestOfficeMoney_ListsWhatIsOwedWithItsSums(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		joanne := accesstest.Office(t, db)
		b := w.SignedIn(joanne)
		var first sold
		for i := range 7 {
			session := schedulingtest.OpenAccess(t, db, schedulingtest.OnDay(models.Date{Year: 2027, Month: time.January, Day: 11 + i}))
			sale := sell(t, w, session, string(rune('a'+i))+"@irwell.example")
			if i == 0 {
				first = sale
			}
		}
		pay(b, first.invoice, map[string]string{"amount": "320.80"}).Must(http.StatusSeeOther)
		money := b.Get("/office/money").Must(http.StatusOK)
		wellFormed(t, money)
		for _, figure := range []string{"£5,424.80Unpaid7 invoices", "£0.00OverdueNo invoices", "£500.00Left on part paid1 invoice", "£0.00Failed refundsNone", "0Other decisions"} {
			money.Shows(".ssph-numbers", figure)
		}
		money.Shows("section[aria-labelledby=part-paid]", first.invoice+", Irwell Wellbeing NetworkPurchase order IWN-20417 Part paidDue 23 December 2026, in 30 days £500.00")
		money.Shows("section[aria-labelledby=due]", "7 invoices, £5,424.80")
		money.Shows("section[aria-labelledby=overdue]", "No invoice is overdue.")
		if n := money.Doc.Find("section[aria-labelledby=due] tbody tr").Length(); n != 5 {
			t.Errorf("%d rows stand on the page", n)
		}

		clock.Set(time.Date(2026, time.December, 24, 9, 0, 0, 0, time.UTC))
		b = w.SignedIn(joanne)
		money = b.Get("/office/money").Must(http.StatusOK)
		money.Shows("section[aria-labelledby=overdue]", "7 invoices, £5,424.80")
		money.Shows("section[aria-labelledby=overdue]", "Due 23 December 2026, 1 day ago")
		money.Shows("section[aria-labelledby=due]", "No other invoice is unpaid.")
		all := b.Get(linkTo(money, "section[aria-labelledby=overdue] p a")).Must(http.StatusOK)
		all.Shows("main", "7 overdue invoices")
	})
}

// What a card payment is called at Stripe helps only whoever looks it up there: the office finds it folded away, the customer never.
func TestOfficeInvoice_ACardPaymentIsNamedInOurWords(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := openShop(t, db, clock)
		b := newBuyer(t, w, schedulingtest.OpenAccess(t, db))
		check, ref := b.toCheck("1", individual())
		checkout := b.toPayment(check)
		if err := w.Double.Pay(checkout); err != nil {
			t.Fatal(err)
		}
		b.back(ref, checkout).Must(http.StatusSeeOther)
		office := w.SignedIn(accesstest.Office(t, db))
		for _, path := range []string{"/office/invoices/INV-000001", "/office/bookings/" + ref} {
			page := office.Get(path).Must(http.StatusOK)
			page.Shows("main", "Card payment")
			page.Shows("main details", checkout)
			if n := strings.Count(page.Text("main"), checkout); n != 1 {
				t.Errorf("%s: Stripe’s number stands there %d times", path, n)
			}
			wellFormed(t, page)
		}
		if mine := b.Get("/bookings/" + ref).Must(http.StatusOK); strings.Contains(mine.Body, checkout) {
			t.Error("the customer sees Stripe’s number")
		}
	})
}
