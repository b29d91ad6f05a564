package handlers_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/handlers/handlerstest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

func TestOfficeBooking_ShowsEverythingAboutIt(t *testing.T) {
	office(t, func(t *testing.T, w *handlerstest.World, b *handlerstest.Browser) {
		session := schedulingtest.OpenAccess(t, w.DB)
		sale := sell(t, w, session, "priya@irwell.example")
		ref := sale.booking.Reference()
		page := b.Get("/office/bookings/" + ref).Must(http.StatusOK)
		for _, words := range []string{
			"Booking " + ref, "Face to face, Salford", "Thursday 14 January 2027", "£820.80 with VAT", "3 places at £228.00", "By invoice",
			"Priya Nair", "Irwell Wellbeing Network", "IWN-20417", "Tom Ashworth", "No name yet", sale.invoice, "The customer owes £820.80.",
			"grace.priya@irwell.example",
		} {
			page.Shows("main", words)
		}
		for _, words := range []string{
			"3 places held until 9:", "People named, 1 place left open", "Billing details given, for an organisation", "3 places booked, by invoice",
			"Invoice " + sale.invoice + " issued for £820.80", "Somebody not signed in", "Priya Nair",
		} {
			page.Shows(".ssph-history", words)
		}
		pay(b, sale.invoice, map[string]string{"amount": "820.80"}).Must(http.StatusSeeOther)
		page = b.Get("/office/bookings/" + ref)
		page.Shows("main", "All is paid.")
		page.Shows(".ssph-history", "Bank payment of £820.80 recorded, it came on 23 November 2026")
		for _, wrong := range []string{"BK-99999", "bk-1", "BK-", "1", "BK-0000x"} {
			b.Get("/office/bookings/" + wrong).Must(http.StatusNotFound)
		}
	})
}

func TestOfficeBookings_ListHoldsAndBookingsWithTheirState(t *testing.T) {
	office(t, func(t *testing.T, w *handlerstest.World, b *handlerstest.Browser) {
		b.Get("/office/bookings").Shows("main", "No bookings yet.")
		session := schedulingtest.OpenAccess(t, w.DB)
		sale := sell(t, w, session, "priya@irwell.example")
		w.InTx(func(tx models.DB) error {
			_, err := booking.Hold(t.Context(), tx, access.Visitor("claim"), booking.HoldRequest{
				SessionID: session.ID, Places: 2, RequestKey: "hold", ClaimHash: "claim",
			})
			return err
		})
		page := b.Get("/office/bookings").Must(http.StatusOK)
		page.Shows("main [role=status]", "2 bookings")
		first := strings.Join(strings.Fields(page.Doc.Find("main tbody tr").First().Text()), " ")
		for _, words := range []string{"Not known yet", "2 places", "On hold", "Until 9:"} {
			if !strings.Contains(first, words) {
				t.Errorf("the hold's row is %q, without %q", first, words)
			}
		}
		for _, wanted := range []string{"tom+ash", "PRIYA", sale.booking.Reference(), "irwell", "iwn-20417"} {
			b.Get("/office/bookings?q="+wanted).Shows("main [role=status]", "1 booking with")
		}
		b.Get("/office/bookings?q=nobody").Shows("main", "No booking has that")
		w.Clock.Advance(3 * time.Hour)
		b.Get("/office/bookings").Shows("main table", "Hold ended")
	})
}

func TestOfficePeople_AreFoundWithWhatTheyAre(t *testing.T) {
	office(t, func(t *testing.T, w *handlerstest.World, b *handlerstest.Browser) {
		sell(t, w, schedulingtest.OpenAccess(t, w.DB), "priya@irwell.example")
		page := b.Get("/office/people").Must(http.StatusOK)
		page.Shows("main [role=status]", "4 people")
		page.Shows("main table", "Hub office")
		page.Shows("main table", "Manages Irwell Wellbeing Network")
		b.Get("/office/people?q=tom").Shows("main [role=status]", "1 person with “tom”")
		b.Get("/office/people?q=nobody").Shows("main", "Nobody has that in their name or address.")
	})
}
