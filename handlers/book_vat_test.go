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

// vatTomorrow enters VAT at 25 % from 24 November 2026: a place at £228.00 is £273.60 until then, and £285.00 afterwards.
func vatTomorrow(t *testing.T, w *handlerstest.World) {
	t.Helper()
	joanne := accesstest.Office(t, w.DB)
	w.InTx(func(tx models.DB) error {
		return billing.ScheduleVAT(t.Context(), tx, joanne, billing.NewVAT{
			Category: billing.StandardRated, Rate: 25000, From: models.Date{Year: 2026, Month: time.November, Day: 24},
		})
	})
}

func night(hour, minute int) time.Time {
	return time.Date(2026, time.November, 23, hour, minute, 0, 0, time.UTC)
}

const changedTo285 = "The sum changed since you opened this page: it is £285.00 now (VAT at 25%). Look at it again. Nothing is booked yet"

func TestPay_NothingIsBookedForAnotherSumThanThePageShowed(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := openShop(t, db, clock)
		vatTomorrow(t, w)
		clock.Set(night(23, 50))
		b := newBuyer(t, w, schedulingtest.OpenAccess(t, db))
		check, ref := b.toCheck("1", organised())
		card := b.Submit(check, mainForm, map[string]string{"pay": "card"}).Must(http.StatusUnprocessableEntity)
		if got := card.Problem("pay"); got != "VAT changes at midnight. You can pay by card from then on, or choose to pay by invoice now. Your places are held until 12:35am" {
			t.Errorf("by card: %q", got)
		}
		b.Submit(check, mainForm, map[string]string{"pay": "invoice"}).Must(http.StatusSeeOther)
		sent := b.Get("/bookings/" + ref + "/sent").Must(http.StatusOK)
		link := b.Get(linkIn(t, letters(w, "sign-in-link")[0])).Must(http.StatusOK)
		clock.Set(night(24, 1))
		for _, pay := range []string{"card", "invoice"} {
			again := b.Submit(check, mainForm, map[string]string{"pay": pay}).Must(http.StatusUnprocessableEntity)
			if got := again.Problem("pay"); got != changedTo285 {
				t.Errorf("%s: %q", pay, got)
			}
			again.Shows("main button", "Book 1 place for £285.00")
		}
		b.Submit(sent, "main form", nil).Must(http.StatusUnprocessableEntity)
		looked := b.Submit(link, "main form", nil).Must(http.StatusUnprocessableEntity)
		looked.Shows(".nhsuk-error-summary", changedTo285)
		if b.Get("/contact").Has(".ssph-who__name") || len(letters(w, "sign-in-link")) != 1 {
			t.Error("signed in, or written to, although nothing was agreed")
		}
		must(t, w, 0, "documents", "")
		must(t, w, 0, "payment_attempts", "")
		b.Follow(b.Submit(looked, "main form", nil).Must(http.StatusSeeOther)).Shows("main h1", "Your place is booked")
		must(t, w, 1, "documents", "gross_pence = 28500")
		sound(t, w)
	})
}

// 10 % off 3 × £228.00 leaves £615.60: with 20 % VAT £738.72, with 25 % £615.60 + £153.90 = £769.50.
func TestQuote_ThePageShowsTheSumThatIsInvoiced(t *testing.T) {
	office(t, func(t *testing.T, w *handlerstest.World, b *handlerstest.Browser) {
		session := schedulingtest.OpenAccess(t, w.DB)
		check := b.Submit(b.Get("/office/quotes/new"), ".ssph-form", quoted(strconv.FormatInt(session.ID, 10))).Must(http.StatusOK)
		b.Submit(check, "main form", map[string]string{"do": "confirm"}).Must(http.StatusSeeOther)
		link, visitor := privateLink(t, w), w.Browser()
		page := visitor.Get(link).Must(http.StatusOK)
		page.Shows("main button", "Accept and book 3 places for £738.72")
		joanne := accesstest.Office(t, w.DB)
		w.InTx(func(tx models.DB) error { // from today: the page is open already
			return billing.ScheduleVAT(t.Context(), tx, joanne, billing.NewVAT{Category: billing.StandardRated, Rate: 25000, From: tx.Today()})
		})
		number := map[string]string{"purchase-order": "IWN-20417"}
		again := visitor.Submit(page, ".ssph-form", number).Must(http.StatusUnprocessableEntity)
		again.Shows(".nhsuk-error-summary", strings.Replace(changedTo285, "£285.00", "£769.50", 1))
		again.Shows("main", "£769.50 with VAT")
		again.Shows("main", "VAT has changed since the quote was made: it says £738.72.")
		if got := again.Doc.Find("#purchase-order").AttrOr("value", ""); got != "IWN-20417" {
			t.Errorf("the number typed came back as %q", got)
		}
		must(t, w, 0, "bookings", "")
		visitor.Submit(again, ".ssph-form", nil).Must(http.StatusSeeOther)
		must(t, w, 1, "documents", "gross_pence = 76950")
		visitor.Get(link).Shows("main", "£769.50 with VAT")
		sound(t, w)
	})
}
