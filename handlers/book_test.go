package handlers_test

import (
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/handlers/handlerstest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// One place at £228.00 with VAT at 20 % is £273.60.
func TestBook_OnePlaceByCardFromTheDatesToThePaidInvoice(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := openShop(t, db, clock)
		b := newBuyer(t, w, schedulingtest.OpenAccess(t, db))
		check, ref := b.toCheck("1", individual())
		check.Shows(".ssph-sum", "£273.60")
		check.Shows("main h1", "Check your booking")
		check.Shows(".ssph-ladder", "Up to 17 December 2026 Nothing £273.60")
		check.Shows(mainForm+" button", "Book 1 place for £273.60")
		if check.Has("input[value=invoice]") {
			t.Error("an individual is offered an invoice")
		}
		checkout := b.toPayment(check)
		if err := w.Double.Pay(checkout); err != nil {
			t.Fatal(err)
		}
		for range 2 { // and a reload
			done := b.Follow(b.back(ref, checkout)).Must(http.StatusOK)
			done.Shows("main h1", "Your place is booked")
			done.Shows("main", "Your booking number is "+ref)
			done.Shows("main", "Tom Ashworth")
			done.Shows("main", "INV-000001")
			done.Shows(".ssph-tag--ok", "Paid")
		}
		must(t, w, 1, "payments", "gross_pence = 27360")
		must(t, w, 1, "documents", "gross_pence = 27360")
		if n := len(letters(w, "booking-confirmed")); n != 1 {
			t.Errorf("%d confirmations", n)
		}
		if n := len(letters(w, "place-invitation")); n != 1 {
			t.Errorf("%d invitations", n)
		}
		sound(t, w)
	})
}

// Three places at £228.00 are £684.00, VAT £136.80, together £820.80.
func TestBook_ThreePlacesByInvoiceWithTheLinkThatProvesTheAddress(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := openShop(t, db, clock)
		b := newBuyer(t, w, schedulingtest.OpenAccess(t, db))
		check, ref := b.toCheck("3", organised())
		check.Shows("main", "2 people to name by 7 January 2027")
		check.Shows("main", "By invoice, within 30 days")
		for range 2 { // a button pressed twice is one mail
			b.Submit(check, mainForm, map[string]string{"pay": "invoice"}).Must(http.StatusSeeOther)
		}
		sent := b.Get("/bookings/" + ref + "/sent").Must(http.StatusOK)
		sent.Shows("main", "priya@network.example")
		sent.Shows("main", "3 places for £820.80")
		sent.Shows("main", "until 9:30am")
		mails := letters(w, "sign-in-link")
		if len(mails) != 1 || mails[0].Subject != "Confirm your email and book 3 places" || !strings.Contains(mails[0].Text, "£820.80") {
			t.Fatalf("%d mails: %+v", len(mails), mails)
		}
		must(t, w, 0, "documents", "")

		other := w.Browser() // the mail is read on another machine
		look := other.Get(linkIn(t, mails[0])).Must(http.StatusOK)
		look.Shows("main button", "Book 3 places")
		must(t, w, 0, "documents", "")
		done := other.Follow(other.Submit(look, "main form", nil)).Must(http.StatusOK)
		done.Shows("main h1", "Your 3 places are booked")
		done.Shows("main", "Pay £820.80 by 23 December 2026")
		done.Shows("main", "Name 2 people by Thursday 7 January 2027")
		must(t, w, 1, "documents", "gross_pence = 82080 AND net_pence = 68400 AND vat_pence = 13680")

		account := other.Get("/account").Must(http.StatusOK)
		account.Shows("main", ref)
		account.Shows("main", "2 people to name")
		org := other.Get("/organisation").Must(http.StatusOK)
		org.Shows("main h1", "Irwell Wellbeing Network")
		org.Shows(".ssph-funnel", "Bought 3 In 1 booking Named 1 2 to name")
		org.Shows(".ssph-todo", "Name 2 people for 14 January")
		org.Shows(".ssph-todo", "£820.80, due on 23 December 2026")
		other.Get("/organisation/invoices").Must(http.StatusOK).Shows("main", "INV-000001")
		b.Get("/bookings/" + ref + "/check").Must(http.StatusSeeOther) // the first browser is led to the booking
		sound(t, w)
	})
}

func TestBook_AManagerSignedInFindsTheOrganisationFilledInAndBooksAtOnce(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := openShop(t, db, clock)
		priya := accesstest.Manager(t, db, "Priya Nair", "priya@network.example", "Irwell Wellbeing Network")
		b := newBuyer(t, w, schedulingtest.OpenAccess(t, db))
		b.Browser = w.SignedIn(priya)
		people, ref := b.toPeople("2")
		later := map[string]string{"do": "continue", "person-1-later": "yes", "person-2-later": "yes"}
		form := b.Follow(b.Submit(people, mainForm, later)).Must(http.StatusOK)
		for field, want := range map[string]string{
			"name": "Priya Nair", "email": "priya@network.example", "organisation": "Irwell Wellbeing Network", "line1": "1 Chapel Street",
			"town": "Salford", "postcode": "M3 5DZ",
		} {
			if got := form.Doc.Find("#"+field).AttrOr("value", ""); got != want {
				t.Errorf("%s is %q, want %q", field, got, want)
			}
		}
		check := b.Follow(b.Submit(form, mainForm, map[string]string{"purchase-order": "IWN-1"})).Must(http.StatusOK)
		done := b.Follow(b.Submit(check, mainForm, map[string]string{"pay": "invoice"})).Must(http.StatusOK)
		done.Shows("main h1", "Your 2 places are booked")
		done.Shows("main", ref)
		if n := len(letters(w, "sign-in-link")); n != 0 {
			t.Errorf("%d sign-in mails to somebody who is signed in", n)
		}
		b.Get("/organisation").Must(http.StatusOK).Shows("main", "Place 1 of 2")
		sound(t, w)
	})
}

func TestBook_TheSameFormSentTwiceIsOneHoldAndTheBackButtonResizesIt(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := openShop(t, db, clock)
		b := newBuyer(t, w, schedulingtest.OpenAccess(t, db))
		form := b.Get(b.bookURL()).Must(http.StatusOK)
		first := b.Submit(form, mainForm, map[string]string{"places": "2"}).Must(http.StatusSeeOther)
		second := b.Submit(form, mainForm, map[string]string{"places": "2"}).Must(http.StatusSeeOther)
		if first.Location != second.Location {
			t.Errorf("sent twice it leads to %s and %s", first.Location, second.Location)
		}
		b.Submit(form, mainForm, map[string]string{"places": "4"}).Must(http.StatusSeeOther)
		must(t, w, 1, "bookings", "status = 'held' AND place_count = 4")
		must(t, w, 1, "bookings", "")
		clock.Advance(31 * time.Minute)
		again := b.Submit(form, mainForm, map[string]string{"places": "1"}).Must(http.StatusSeeOther) // long after the hold ended
		if again.Location == first.Location {
			t.Error("a form whose hold has ended leads back to it")
		}
		must(t, w, 1, "bookings", "status = 'held'")
		must(t, w, 1, "places", "status = 'held'")
	})
}

func TestBook_ADoubleSubmitAtTheSameMomentIsOneHoldForEitherAnswer(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := openShop(t, db, clock)
		b := newBuyer(t, w, schedulingtest.OpenAccess(t, db))
		secret := b.Get(b.bookURL()).Doc.Find("[name=request]").AttrOr("value", "")
		const presses = 4
		browsers := make([]*handlerstest.Browser, presses)
		var all sync.WaitGroup
		for i := range browsers { // each answer reaches a browser that has no session yet
			browsers[i] = w.Browser()
			browsers[i].FetchSite = "same-origin"
			all.Go(func() {
				browsers[i].Post(b.bookURL(), url.Values{"places": {"2"}, "request": {secret}})
			})
		}
		all.Wait()
		must(t, w, 1, "bookings", "")
		must(t, w, 2, "places", "")
		for _, one := range browsers {
			one.Get("/bookings/BK-00001/people").Must(http.StatusOK)
		}
		w.Browser().Get("/bookings/BK-00001/people").Must(http.StatusNotFound)
	})
}

func TestBook_GivingUpFreesThePlacesAndSaysSo(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := openShop(t, db, clock)
		b := newBuyer(t, w, schedulingtest.OpenAccess(t, db, schedulingtest.Capacity(2)))
		people, ref := b.toPeople("2")
		w.Browser().Get(sessionPath(b.session)).Shows("main", "Full")
		back := b.Follow(b.Submit(people, ".ssph-give-up", nil)).Must(http.StatusOK)
		back.Shows(".ssph-flash", "You gave up 2 places")
		back.Shows("main", "2 places left")
		ended := b.Get("/bookings/" + ref + "/people").Must(http.StatusGone)
		ended.Shows("main h1", "You gave these places up")
		b.Submit(people, ".ssph-give-up", nil).Must(http.StatusGone) // pressed again
		must(t, w, 2, "places", "status = 'released'")
	})
}
