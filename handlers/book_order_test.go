package handlers_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// follows is what the third step is told when the purchase order number comes later.
func follows() map[string]string {
	return with(organised(), map[string]string{"purchase-order": "", "purchase-order-follows": "yes"})
}

// Booked on 23 November for 14 January: the number is due on 7 December.
func TestBook_APurchaseOrderMayFollow(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := openShop(t, db, clock)
		b := newBuyer(t, w, schedulingtest.OpenAccess(t, db))
		check, ref := b.toCheck("3", follows())
		check.Shows("main", "Follows by 7 December 2026")
		check.Shows("main", "Your purchase order number follows by 7 December 2026. Then we email the VAT invoice")
		check.Shows("main", "VAT is that of the day on which we invoice.")
		b.Follow(b.Submit(check, mainForm, map[string]string{"pay": "invoice"}).Must(http.StatusSeeOther)).Must(http.StatusOK)
		link := b.Get(linkIn(t, letters(w, "sign-in-link")[0])).Must(http.StatusOK)
		page := b.Follow(b.Submit(link, "main form", nil).Must(http.StatusSeeOther)).Must(http.StatusOK)
		page.Shows("main", "Send your purchase order number by 7 December 2026")
		page.Shows("main", "The VAT invoice follows when we have your purchase order number.")
		must(t, w, 0, "documents", "")
		if got := letters(w, "booking-acknowledged"); len(got) != 1 || !strings.Contains(got[0].Text, "by 7 December 2026") || !strings.Contains(got[0].Text, "£820.80") {
			t.Fatalf("acknowledged by %+v", got)
		}
		form := b.Get("/bookings/" + ref + "/purchase-order").Must(http.StatusOK)
		if got := b.Submit(form, ".ssph-form", map[string]string{"purchase-order": " "}).Must(http.StatusUnprocessableEntity).Problem("purchase-order"); got != "Enter your purchase order number" {
			t.Errorf("nothing typed: %q", got)
		}
		w.Browser().Get("/bookings/" + ref + "/purchase-order").Must(http.StatusNotFound)
		done := b.Submit(form, ".ssph-form", map[string]string{"purchase-order": " IWN\u201320417 "}).Must(http.StatusSeeOther)
		b.Submit(form, ".ssph-form", map[string]string{"purchase-order": "IWN-20417"}).Must(http.StatusSeeOther) // a second press
		page = b.Follow(done)
		page.Shows(".ssph-flash", "We have emailed the VAT invoice INV-000001")
		page.Shows("main", "Purchase order IWN-20417")
		must(t, w, 1, "documents", "purchase_order = 'IWN-20417' AND gross_pence = 82080")
		must(t, w, 1, "mails", "kind = 'booking-confirmed'")
		sound(t, w)
	})
}

// Seven days before the first part is the last day on which a number may follow.
func TestBook_APurchaseOrderDoesNotFollowToANearSession(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := openShop(t, db, clock)
		session := schedulingtest.OpenAccess(t, db)
		clock.Set(time.Date(2027, time.January, 8, 9, 0, 0, 0, time.UTC))
		b := newBuyer(t, w, session)
		page, _ := b.toPeople("1")
		page = b.Follow(b.Submit(page, mainForm, map[string]string{"do": "continue", "person-1-later": "yes"}).Must(http.StatusSeeOther)).Must(http.StatusOK)
		if page.Has("#purchase-order-follows") {
			t.Error("it is offered")
		}
		typed := organised()
		typed["purchase-order"] = ""
		answer := b.Submit(page, mainForm, with(typed, map[string]string{"purchase-order-follows": "yes"}))
		if got := answer.Must(http.StatusUnprocessableEntity).Problem("purchase-order"); !strings.Contains(got, "too near for a purchase order to follow") {
			t.Errorf("forced: %q", got)
		}
	})
}

// agreed gives an organisation a discount from today for a year.
func agreed(t *testing.T, w interface{ InTx(func(models.DB) error) }, office access.Actor, organisation int64, percent models.Percent) {
	t.Helper()
	w.InTx(func(tx models.DB) error {
		_, err := billing.Agree(t.Context(), tx, office, billing.Agreement{
			OrganisationID: organisation, Discount: percent, Reason: "Founding partner", From: tx.Today(), To: tx.Today().AddDays(365),
		})
		return err
	})
}

// 12.5 % off 3 × £228.00 = £684.00 is £85.50; £598.50 and VAT £119.70 are £718.20.
func TestTrap26_AnAgreedDiscountIsSeenOnlyByWhoManagesTheOrganisation(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := openShop(t, db, clock)
		session := schedulingtest.OpenAccess(t, db)
		priya := accesstest.Manager(t, db, "Priya Nair", "priya@network.example", "Irwell Wellbeing Network")
		agreed(t, w, accesstest.Office(t, db), priya.Organisations[0].OrganisationID, 12500)
		visitor := newBuyer(t, w, session)
		check, _ := visitor.toCheck("3", organised())
		check.Shows("main", "To pay £820.80")
		check.Shows("main", "Has your organisation agreed a discount with us?")
		visitor.toPayment(check)
		if pages := w.Double.Pages(); pages[len(pages)-1].Total != 82080 {
			t.Errorf("a visitor is asked %d", pages[len(pages)-1].Total)
		}
		manager := newBuyer(t, w, session)
		manager.Browser = w.SignedIn(priya)
		check, _ = manager.toCheckUnnamed("3", organised())
		check.Shows(".ssph-sum", "Less 12.5% discount: Founding partner −£85.50")
		check.Shows("main", "To pay £718.20")
		manager.toPayment(check)
		if pages := w.Double.Pages(); pages[len(pages)-1].Total != 71820 {
			t.Errorf("the manager is asked %d", pages[len(pages)-1].Total)
		}
	})
}

func TestTrap25_AtHundredPercentOffNoPaymentPageIsOpened(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := openShop(t, db, clock)
		priya := accesstest.Manager(t, db, "Priya Nair", "priya@network.example", "Irwell Wellbeing Network")
		agreed(t, w, accesstest.Office(t, db), priya.Organisations[0].OrganisationID, models.HundredPercent)
		b := newBuyer(t, w, schedulingtest.OpenAccess(t, db))
		b.Browser = w.SignedIn(priya)
		check, ref := b.toCheckUnnamed("3", with(organised(), map[string]string{"purchase-order": ""}))
		check.Shows("main", "There is nothing to pay.")
		page := b.Follow(b.Submit(check, mainForm, map[string]string{"pay": "card"}).Must(http.StatusSeeOther)).Must(http.StatusOK)
		if page.Path != "/bookings/"+ref || len(w.Double.Pages()) != 0 {
			t.Errorf("it leads to %s, with %d payment pages", page.Path, len(w.Double.Pages()))
		}
		page.Shows("h1", "Your 3 places are booked")
		must(t, w, 1, "documents", "gross_pence = 0")
		must(t, w, 0, "payment_attempts", "")
		sound(t, w)
	})
}
