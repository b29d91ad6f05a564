package handlers_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/handlers/handlerstest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// £900.00 comes for an invoice of £820.80. Joanne puts the other £79.20 on a second one while Sana has the same money open in three
// tabs: each of hers leads to where it went, says who was first, and does nothing.
func TestOfficeMoney_ASettledPaymentSaysWhereItWentAndWhoWasFirst(t *testing.T) {
	office(t, func(t *testing.T, w *handlerstest.World, b *handlerstest.Browser) {
		session := schedulingtest.OpenAccess(t, w.DB)
		first, second := sell(t, w, session, "priya@irwell.example"), sell(t, w, session, "sana@kersal.example")
		pay(b, first.invoice, map[string]string{"amount": "900", "reference": "IWN NOV"}).Must(http.StatusSeeOther)
		page := b.Get(linkTo(b.Get("/office/money"), "section[aria-labelledby=unmatched] a")).Must(http.StatusOK)
		put, back := map[string]string{"invoices": second.invoice, "do": "check"}, map[string]string{"do": "check"}
		sana := w.SignedIn(secondOffice(t, w))
		open := sana.Get(page.Path).Must(http.StatusOK)
		toPut, toSend := sana.Submit(open, "form[action$='/invoices']", put), sana.Submit(open, "form[action$='/back']", back)
		mine := b.Submit(page, "form[action$='/invoices']", put).Must(http.StatusOK)
		b.Submit(mine, "main form", map[string]string{"do": "record"}).Must(http.StatusSeeOther)

		late := []*handlerstest.Page{
			sana.Submit(open, "form[action$='/invoices']", put), sana.Submit(open, "form[action$='/back']", back),
			sana.Submit(toPut, "main form", map[string]string{"do": "record"}), sana.Submit(toSend, "main form", map[string]string{"do": "record"}),
			b.Submit(mine, "main form", map[string]string{"do": "record"}), // the button pressed twice
		}
		for i, answer := range late {
			if answer.Must(http.StatusSeeOther); answer.Location != page.Path {
				t.Errorf("tab %d leads to %s", i, answer.Location)
			}
		}
		there := sana.Follow(late[2]).Must(http.StatusOK)
		wellFormed(t, there)
		there.Shows(".ssph-flash", "Nothing more was done: this money had already gone where this page says.")
		there.Shows("main h1", "Payment of £900.00")
		for _, words := range []string{
			"Nothing is left to decide about this payment.", "By bank transfer on 23 November 2026", "IWN NOV",
			first.invoice + ", Irwell Wellbeing NetworkPut there by Joanne Fearn on 23 November 2026 at 9am £820.80",
			second.invoice + ", Irwell Wellbeing NetworkPut there by Joanne Fearn on 23 November 2026 at 9am £79.20",
		} {
			there.Shows("main", words)
		}
		if there.Has("main form") {
			t.Error("money that is settled can be decided about")
		}
		must(t, w, 2, "allocations", "")
		must(t, w, 0, "refunds", "")
		pay(sana, second.invoice, map[string]string{"amount": "100"}).Must(http.StatusSeeOther) // another payment: not hers
		if text := b.Get(page.Path).Text("main"); strings.Contains(text, "Sana") {
			t.Errorf("somebody else’s work is hers: %s", text)
		}
		for _, from := range []string{"/office/invoices/" + second.invoice, "/office/bookings/" + first.booking.Reference()} {
			if b.Get(from).Doc.Find("main table a[href='"+page.Path+"']").Length() != 1 {
				t.Errorf("%s does not lead to the payment", from)
			}
		}
		sound(t, w)
	})
}

// £79.20 put on an invoice in six tabs at once: it is put there once, and the five others are led to where it went.
func TestOfficeMoney_PutOnAnInvoiceInManyTabsAtOnce(t *testing.T) {
	office(t, func(t *testing.T, w *handlerstest.World, b *handlerstest.Browser) {
		session := schedulingtest.OpenAccess(t, w.DB)
		first, second := sell(t, w, session, "priya@irwell.example"), sell(t, w, session, "sana@kersal.example")
		pay(b, first.invoice, map[string]string{"amount": "900"}).Must(http.StatusSeeOther)
		page := b.Get(linkTo(b.Get("/office/money"), "section[aria-labelledby=unmatched] a")).Must(http.StatusOK)
		sana, led := secondOffice(t, w), make([]string, 6)
		presses := make([]func() *handlerstest.Page, len(led))
		for i := range presses {
			tab := w.SignedIn(sana)
			check := tab.Submit(tab.Get(page.Path), "form[action$='/invoices']", map[string]string{"invoices": second.invoice, "do": "check"}).Must(http.StatusOK)
			presses[i] = func() *handlerstest.Page { return tab.Submit(check, "main form", map[string]string{"do": "record"}) }
		}
		var wait sync.WaitGroup
		for i, press := range presses {
			wait.Go(func() { led[i] = press().Location })
		}
		wait.Wait()
		slices.Sort(led)
		if want := append([]string{"/office/money"}, slices.Repeat([]string{page.Path}, 5)...); !slices.Equal(led, want) {
			t.Errorf("the tabs lead to %v", led)
		}
		must(t, w, 2, "allocations", "")
		sound(t, w)
	})
}

// Money that a refund sent back stands there with it; a number that no payment has is not found, by whatever way it is asked for.
func TestOfficeMoney_ARefundedPaymentIsSettledAndAnUnknownOneIsNotFound(t *testing.T) {
	office(t, func(t *testing.T, w *handlerstest.World, b *handlerstest.Browser) {
		sale := sell(t, w, schedulingtest.OpenAccess(t, w.DB), "priya@irwell.example")
		pay(b, sale.invoice, map[string]string{"amount": "840"}).Must(http.StatusSeeOther)
		page := b.Get(linkTo(b.Get("/office/money"), "section[aria-labelledby=unmatched] a")).Must(http.StatusOK)
		check := b.Submit(page, "form[action$='/back']", map[string]string{"do": "check"}).Must(http.StatusOK)
		b.Submit(check, "main form", map[string]string{"do": "record"}).Must(http.StatusSeeOther)
		there := b.Get(page.Path).Must(http.StatusOK)
		there.Shows("main", "To be sent back by bank transferMore came than was due. Asked for by Joanne Fearn on 23 November 2026 at 9am £19.20")
		if b.Get(linkTo(there, "main table a[href*='/refunds/']")).Must(http.StatusOK).Text("main h1") != "Refund of £19.20" {
			t.Error("it does not lead to its refund")
		}
		b.FetchSite = "same-origin"
		for _, unknown := range []string{"999", "0", "-1", "x"} {
			b.Get("/office/money/payments/" + unknown).Must(http.StatusNotFound)
			b.Post("/office/money/payments/"+unknown+"/invoices", url.Values{"do": {"check"}}).Must(http.StatusNotFound)
			b.Post("/office/money/payments/"+unknown+"/back", url.Values{"do": {"check"}}).Must(http.StatusNotFound)
		}
	})
}

// A card payment of £273.60 came to its invoice by itself. The place is cancelled by the Hub and the refund fails: the money is no
// decision, for it waits to go another way, in one list and in plain words.
func TestOfficeMoney_AFailedRefundStandsInOneListInPlainWords(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := openShop(t, db, clock)
		ref, _ := paidByCard(t, w)
		b := w.SignedIn(accesstest.Office(t, db))
		payment := linkTo(b.Get("/office/bookings/"+ref), "main a[href*='/money/payments/']")
		there := b.Get(payment).Must(http.StatusOK)
		there.Shows("main", "By card on 23 November 2026")
		there.Shows("main table", "INV-000001, Tom Ashworth £273.60")

		w.Double.HoldRefunds(true)
		check := b.Submit(b.Get("/office/bookings/"+ref+"/places/1/cancel"), cancelling, map[string]string{"ground": "by-the-hub", "reason": "ill", "do": "check"})
		b.Submit(check, cancelling, map[string]string{"do": "cancel"}).Must(http.StatusSeeOther)
		w.Work()
		b.Get(payment).Shows("main table", "On its way back to the cardFor a credit note. Asked for by Joanne Fearn on 23 November 2026 at 9am £273.60")
		if err := w.Double.SettleRefund(w.Double.Refunds()[0].ID, false); err != nil {
			t.Fatal(err)
		}
		if err := w.Till.CatchUp(t.Context(), db); err != nil {
			t.Fatal(err)
		}
		for _, page := range []*handlerstest.Page{
			b.Get("/office/invoices/CN-000001"), b.Get("/office/invoices"),
		} {
			page.Must(http.StatusOK).Shows("main .ssph-tag", "Refund failed")
		}
		money := b.Get("/office/money").Must(http.StatusOK)
		money.Shows("section[aria-labelledby=failed]", "CN-000001, Tom AshworthFor a credit note, asked for on 23 November 2026")
		money.Shows("section[aria-labelledby=failed]", "1 failed refund, £273.60")
		money.Shows("section[aria-labelledby=unmatched]", "All money that came is on an invoice.")
		money.Shows("section[aria-labelledby=credits]", "No credit note waits for a decision.")
		there = b.Get(payment).Must(http.StatusOK)
		there.Shows("main", "Nothing is left to decide about this payment.")
		there.Shows("main table", "£273.60 did not reach the cardFor a credit note. Asked for by Joanne Fearn on 23 November 2026 at 9am Still to be sent back")
		there.Shows("main table", "it is on Money £273.60")

		failed := b.Get(linkTo(money, "section[aria-labelledby=failed] a")).Must(http.StatusOK)
		failed.Shows("main", "Why it failed The card has expired or was cancelled")
		if strings.Contains(failed.Body, "expired_or_canceled_card") || strings.Contains(failed.Text("main"), "Reference") {
			t.Error("the office reads what only Stripe understands")
		}
		instead := b.Follow(b.Submit(failed, "main form", nil).Must(http.StatusSeeOther)).Must(http.StatusOK)
		b.Get("/office/money").Shows("section[aria-labelledby=failed]", "No refund has failed.")
		b.Submit(instead, "main form", map[string]string{"reference": "SSPH 1", "do": "check"}).Must(http.StatusOK).
			Shows("main", "CN-000001 counts for VAT on this day.")
		sound(t, w)
	})
}

// The invoice is of 23 November, the credit note of the 25th: on the 24th a refund for it cannot have been sent. Money that came on the
// 20th cannot have gone back on the 19th.
func TestOfficeMoney_ARefundIsSentOnNoDayBeforeItsMoneyCameOrWasCredited(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		joanne := accesstest.Office(t, db)
		b, sale := w.SignedIn(joanne), sell(t, w, schedulingtest.OpenAccess(t, db), "priya@irwell.example")
		pay(b, sale.invoice, map[string]string{"amount": "830.80", "date": "20 November 2026"}).Must(http.StatusSeeOther)
		over := b.Get(linkTo(b.Get("/office/money"), "section[aria-labelledby=unmatched] a")).Must(http.StatusOK)
		b.Submit(b.Submit(over, "form[action$='/back']", map[string]string{"do": "check"}), "main form", map[string]string{"do": "record"}).Must(http.StatusSeeOther)
		clock.Set(models.Date{Year: 2026, Month: 11, Day: 25}.At(9, 0))
		b = w.SignedIn(joanne)
		check := b.Submit(b.Get("/office/bookings/"+sale.booking.Reference()+"/places/3/cancel"), cancelling, map[string]string{"ground": "terms", "do": "check"})
		b.Submit(check, cancelling, map[string]string{"do": "cancel"}).Must(http.StatusSeeOther)
		waiting := b.Get("/office/money").Doc.Find("section[aria-labelledby=refunds] tbody a")
		if waiting.Length() != 2 {
			t.Fatalf("%d refunds wait", waiting.Length())
		}
		for i, c := range []struct{ before, first, good string }{
			{"19 November 2026", "20 November 2026", "20 November 2026"}, {"24 November 2026", "25 November 2026", "25 November 2026"},
		} {
			form := b.Get(waiting.Eq(i).AttrOr("href", "")).Must(http.StatusOK)
			for _, do := range []string{"check", "record"} {
				wrong := b.Submit(form, "main form", map[string]string{"date": c.before, "reference": "SSPH", "do": do}).Must(http.StatusUnprocessableEntity)
				want := "The day the money was sent must be " + c.first + " or later: it cannot go back before it came or was credited"
				if got := wrong.Problem("date"); got != want {
					t.Errorf("%s: %q", c.before, got)
				}
				if wrong.Doc.Find("#reference").AttrOr("value", "") != "SSPH" {
					t.Error("what was typed is lost")
				}
			}
			good := b.Submit(form, "main form", map[string]string{"date": c.good, "reference": "SSPH", "do": "check"}).Must(http.StatusOK)
			b.Submit(good, "main form", map[string]string{"do": "record"}).Must(http.StatusSeeOther)
		}
		sound(t, w)
	})
}
