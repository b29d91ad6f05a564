package handlers_test

import (
	"fmt"
	"net/http"
	"testing"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/handlers/handlerstest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// Everything of the tariff changes after a booking of three places at £228.00: its price, terms, invoice and PDF stay; a new booking
// has what counts now.
func TestTrap18_ALaterTariffDoesNotTouchABookingOrItsInvoice(t *testing.T) {
	office(t, func(t *testing.T, w *handlerstest.World, b *handlerstest.Browser) {
		session := schedulingtest.OpenAccess(t, w.DB)
		old := sell(t, w, session, "priya@irwell.example")
		pdf := b.Get("/invoices/" + old.invoice + ".pdf").Must(http.StatusOK).Body
		row := bookingRow(t, w.DB, old.booking.ID)
		for name, c := range tariffForms {
			if name == "vat" { // from today on everything but VAT counts, so that the price can be told apart
				continue
			}
			typed := with(c.typed, map[string]string{"from": "23 November 2026"})
			check := b.Submit(b.Get("/office/prices/"+name), tariffForm, with(typed, map[string]string{"do": "check"})).Must(http.StatusOK)
			b.Submit(check, tariffForm, map[string]string{"do": "enter"}).Must(http.StatusSeeOther)
		}
		if after := b.Get("/invoices/" + old.invoice + ".pdf").Must(http.StatusOK).Body; after != pdf || len(pdf) == 0 {
			t.Error("the PDF of the invoice is another")
		}
		if after := bookingRow(t, w.DB, old.booking.ID); after != row {
			t.Errorf("the booking changed:\n%s\n%s", row, after)
		}
		page := b.Get("/invoices/" + old.invoice)
		page.Shows("main", "£820.80")
		page.Shows("main", "University of Salford")
		fresh := heldNow(t, w, session)
		terms, err := billing.LadderByID(t.Context(), w.DB, fresh.LadderID)
		if err != nil || fresh.Unit != 24000 || terms.At(10) != 75000 || fresh.LadderID == old.booking.LadderID {
			t.Errorf("a new booking has %s and %s, %v", fresh.Unit, terms.Words(), err)
		}
	})
}

// heldNow is a booking of one place begun now.
func heldNow(t *testing.T, w *handlerstest.World, session scheduling.Session) (b booking.Booking) {
	t.Helper()
	claim := w.Keys.Claim(access.NewSecret())
	w.InTx(func(tx models.DB) (err error) {
		b, err = booking.Hold(t.Context(), tx, access.Visitor(claim), booking.HoldRequest{SessionID: session.ID, Places: 1, RequestKey: "now", ClaimHash: claim})
		return err
	})
	return b
}

func bookingRow(t *testing.T, db models.DB, id int64) string {
	t.Helper()
	var rows []map[string]any
	if err := db.SQL(t.Context()).Raw("SELECT * FROM bookings WHERE id = ?", id).Scan(&rows).Error; err != nil || len(rows) != 1 {
		t.Fatalf("%d bookings, %v", len(rows), err)
	}
	return fmt.Sprint(rows)
}

// A price goes up between the hold and the payment, and VAT too: what is begun at £228.00 is invoiced at £228.00. Its VAT is that of
// the day of the invoice.
func TestTrap26_APriceChangedBetweenHoldAndInvoiceIsNotTheBookers(t *testing.T) {
	office(t, func(t *testing.T, w *handlerstest.World, b *handlerstest.Browser) {
		session := schedulingtest.OpenAccess(t, w.DB)
		held := heldNow(t, w, session)
		check := b.Submit(b.Get("/office/prices/price"), tariffForm, with(tariffForms["price"].typed, map[string]string{"from": "23 November 2026", "do": "check"}))
		b.Submit(check, tariffForm, map[string]string{"do": "enter"}).Must(http.StatusSeeOther)
		sum, err := booking.Sum(t.Context(), w.DB, held, w.DB.Today())
		if err != nil || sum.Net != 22800 || sum.VAT != 4560 {
			t.Errorf("%d + %d, %v", sum.Net, sum.VAT, err)
		}
		b.Get("/prices?people=1&format=face-to-face").Shows("main", "£288.00")
	})
}
