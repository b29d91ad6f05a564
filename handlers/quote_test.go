package handlers_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/handlers/handlerstest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// sendQuote quotes three places for £738.72 as the office does and returns the private link.
func sendQuote(t *testing.T, w *handlerstest.World, office *handlerstest.Browser, session int64) string {
	t.Helper()
	check := office.Submit(office.Get("/office/quotes/new"), ".ssph-form", quoted(strconv.FormatInt(session, 10))).Must(http.StatusOK)
	office.Submit(check, "main form", map[string]string{"do": "confirm"}).Must(http.StatusSeeOther)
	return privateLink(t, w)
}

// vatFrom enters VAT at 25 % from a day on: £615.60 net is £738.72 with 20 %, and £769.50 with 25 %.
func vatFrom(t *testing.T, w *handlerstest.World, from models.Date) {
	t.Helper()
	joanne := accesstest.Office(t, w.DB)
	w.InTx(func(tx models.DB) error {
		return billing.ScheduleVAT(t.Context(), tx, joanne, billing.NewVAT{Category: billing.StandardRated, Rate: 25000, From: from})
	})
}

// Two browsers have the quote's page open. The second press books nothing, and leads to the quote's page: the link is to the quote and not
// to the booking. The contact sees the booking once signed in; somebody else does not.
func TestQuote_AcceptedInAnotherBrowserItLeadsToItsOwnPage(t *testing.T) {
	office(t, func(t *testing.T, w *handlerstest.World, b *handlerstest.Browser) {
		link := sendQuote(t, w, b, schedulingtest.OpenAccess(t, w.DB).ID)
		first, second := w.Browser(), w.Browser()
		page, late := first.Get(link).Must(http.StatusOK), second.Get(link).Must(http.StatusOK)
		number := map[string]string{"purchase-order": "IWN-20417"}
		booked := first.Follow(first.Submit(page, ".ssph-form", number).Must(http.StatusSeeOther)).Must(http.StatusOK)
		booked.Shows("h1", "Your 3 places are booked")
		again := second.Follow(second.Submit(late, ".ssph-form", map[string]string{"purchase-order": "IWN-9"}).Must(http.StatusSeeOther)).Must(http.StatusOK)
		if again.Path != link {
			t.Errorf("led to %s", again.Path)
		}
		again.Shows(".ssph-flash", "This quote was accepted before you pressed the button. Nothing is booked twice.")
		again.Shows("main", "It was accepted on 23 November 2026. We have emailed the confirmation to priya@network.example.")
		if strings.Contains(again.Text("main"), "IWN-20417") {
			t.Error("whoever has the quote's link reads what was typed by who accepted it")
		}
		if got := again.Doc.Find("main a[href^='/sign-in']").AttrOr("href", ""); got != "/sign-in?next=%2Fbookings%2F"+reference.FindString(booked.Path) {
			t.Errorf("the way to the booking is %q", got)
		}
		second.Get(booked.Path).Must(http.StatusNotFound)
		first.Get(link).Shows("main", "See booking BK-")
		must(t, w, 1, "bookings", "")
		w.SignedIn(accesstest.Person(t, w.DB, "Priya Nair", "priya@network.example")).Get(link).Shows("main", "See booking BK-")
		if w.SignedIn(accesstest.Person(t, w.DB, "Sam Vale", "sam@elsewhere.example")).Get(link).Has("main a[href*='bookings']") {
			t.Error("somebody who may not see the booking is led there")
		}
		sound(t, w)
	})
}

// A number that follows moves the invoice past a change of VAT: page, letter and invoice agree about what it comes to.
func TestQuote_ANumberThatFollowsSaysByWhichVAT(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := openShop(t, db, clock)
		link := sendQuote(t, w, w.SignedIn(accesstest.Office(t, db)), schedulingtest.OpenAccess(t, db).ID)
		b := w.Browser()
		b.Get(link).Shows("main", "If it follows, we send the invoice as soon as we have it. VAT is that of the day on which we invoice.")
		vatFrom(t, w, models.Date{Year: 2026, Month: time.December, Day: 1})
		const changes = "VAT changes on 1 December 2026: if we invoice from then on, it comes to £769.50 (VAT at 25%)."
		page := b.Get(link)
		page.Shows("main", changes)
		booked := b.Follow(b.Submit(page, ".ssph-form", map[string]string{"purchase-order-follows": "yes"}).Must(http.StatusSeeOther)).Must(http.StatusOK)
		booked.Shows("main", changes)
		booked.Shows(".ssph-sum", "£738.72")
		if got := letters(w, "booking-acknowledged"); len(got) != 1 || !strings.Contains(got[0].Text, "for £738.72") || !strings.Contains(got[0].Text, changes) {
			t.Errorf("acknowledged by %+v", got)
		}
		clock.Set(time.Date(2026, time.December, 1, 9, 0, 0, 0, time.UTC))
		b = w.SignedIn(accesstest.Person(t, db, "Priya Nair", "priya@network.example"))
		form := b.Get(booked.Path + "/purchase-order").Must(http.StatusOK)
		form.Shows(".ssph-sum", "£769.50")
		form.Shows("main", "VAT is that of the day on which we invoice.")
		b.Submit(form, ".ssph-form", map[string]string{"purchase-order": "IWN-20417"}).Must(http.StatusSeeOther)
		must(t, w, 1, "documents", "gross_pence = 76950")
		b.Get(booked.Path).Shows("main", "£769.50")
		sound(t, w)
	})
}

// The office's list shows what a quote comes to with the VAT of the day while nobody has answered, what was agreed once it is accepted,
// and what was written when it is over.
func TestOfficeQuotes_ListsWhatIsDueAndWhatWasAgreed(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := openShop(t, db, clock)
		b := w.SignedIn(accesstest.Office(t, db))
		session := schedulingtest.OpenAccess(t, db)
		link := sendQuote(t, w, b, session.ID)
		check := b.Submit(b.Get("/office/quotes/new"), ".ssph-form", with(quoted(strconv.FormatInt(session.ID, 10)), map[string]string{"people": "2"})).Must(http.StatusOK)
		b.Submit(check, "main form", map[string]string{"do": "confirm"}).Must(http.StatusSeeOther) // £410.40 + £82.08 VAT
		totals := func(open, accepted string) {
			t.Helper()
			b := w.SignedIn(accesstest.Office(t, db))
			for code, total := range map[string]string{"Q-00002": open, "Q-00001": accepted} {
				b.Get("/office/quotes?q="+code).Shows("main tbody tr", total)
			}
		}
		totals("£492.48", "£738.72")
		page := w.Browser()
		page.Submit(page.Get(link), ".ssph-form", map[string]string{"purchase-order": "IWN-20417"}).Must(http.StatusSeeOther)
		vatFrom(t, w, models.Date{Year: 2026, Month: time.November, Day: 24})
		clock.Set(night(24, 9))
		totals("£513.00", "£738.72") // £410.40 + £102.60
		clock.Set(time.Date(2026, time.December, 24, 9, 0, 0, 0, time.UTC))
		totals("£492.48", "£738.72")
	})
}
