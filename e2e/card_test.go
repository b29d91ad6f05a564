package e2e_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// From the first page to a paid place: 1 × £228.00 is £228.00, VAT £45.60, together £273.60.
func TestCard_OnePlaceFromHomeToAccount(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		schedulingtest.OpenAccess(t, p.DB())
		b := p.tab()
		b.visit("/").press("See dates and book")
		b.on("/sessions").press("Face to face, Salford")
		b.on("/sessions/1").reads("£228 + VAT a person", "Frederick Road campus").press("Book places")
		b.fill("Places you need", "1").press("Hold these places")
		b.on("/bookings/BK-00001/people").fills("Full name, as on the certificate", "Lena Osei", "Work email", lena).press("Continue to billing")
		b.forMyself().press("Continue to check")
		b.on("/bookings/BK-00001/check").reads("£228.00", "£45.60", "£273.60", "9:30am").press("Book 1 place for £273.60")
		b.reads("Pay £273.60", "No money moves").press("Pay £273.60")
		b.on("/bookings/BK-00001").reads("Your place is booked", "BK-00001", "INV-000001", "Paid")
		b.press("INV-000001").on("/invoices/INV-000001").reads("VAT invoice", "INV-000001", "£228.00", "£45.60", "£273.60", "Lena Osei", "BL9 0AA",
			"Paid by card on 23 November 2026")
		shown := b.pdf("Download as PDF")

		confirmed := p.mail(lena, "Booked: 1 place, booking BK-00001", 1)
		if len(confirmed.Files) != 1 || string(confirmed.Files[0].Content) != string(shown.Content) {
			t.Errorf("the confirmation has %d files; the invoice of the site should be among them, byte for byte", len(confirmed.Files))
		}
		entry := p.invitation(p.mail(lena, "Your place on Social Prescribing Tool training", 1))
		for _, want := range []string{"METHOD:REQUEST", "DTSTART;TZID=Europe/London:20270114T093000", "DTEND;TZID=Europe/London:20270114T163000", "SEQUENCE:0"} {
			if !strings.Contains(entry, want) {
				t.Errorf("the calendar entry has no %s:\n%s", want, entry)
			}
		}
		// Another window knows nothing of it, until its person signs in with the address that was booked with.
		another := p.tab().visit("/bookings/BK-00001")
		if another.lacks("INV-000001", "£273.60").status() != 404 {
			t.Errorf("a stranger is answered %d", another.status())
		}
		p.signIn(another, lena).on("/account").reads("Lena Osei", "BK-00001", "Thursday 14 January 2027").press("BK-00001").reads("INV-000001", "Paid").unfold("Menu").press("Sign out")
		another.visit("/bookings/BK-00001").lacks("INV-000001")
	})
}

func TestCard_DeclinedThenPaid(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		schedulingtest.OpenAccess(t, p.DB())
		b := p.tab().toCheck().press("Book 1 place for £273.60").press("Let the bank decline the card")
		b.reads("The bank did not accept the card", "Nothing was charged").press("Leave without paying")
		b.on("/bookings/BK-00001/check").reads("£273.60").press("Book 1 place for £273.60").press("Pay £273.60")
		b.on("/bookings/BK-00001").reads("Your place is booked")
		if n := len(p.Double().Pages()); n != 1 {
			t.Errorf("%d payment pages were opened for one booking", n)
		}
	})
}

// Somebody leaves the payment page and comes back after the hold: what they typed is still there, and so is the place.
func TestCard_AbandonedThenHeldAgain(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		schedulingtest.OpenAccess(t, p.DB())
		b := p.tab().toCheck().press("Book 1 place for £273.60").press("Leave without paying").on("/bookings/BK-00001/check")
		p.clock.Advance(2 * time.Hour)
		b.visit("/bookings/BK-00001/check")
		if b.reads("Your places are no longer held", "until 9:45am", "What you typed is kept").status() != 410 {
			t.Errorf("status %d", b.status())
		}
		b.press("Hold 1 place again").on("/bookings/BK-*/check").reads("Lena Osei", "BL9 0AA", "£273.60")
		b.press("Book 1 place for £273.60").press("Pay £273.60").reads("Your place is booked")
		if n := p.count("documents"); n != 1 {
			t.Errorf("%d invoices", n)
		}
	})
}

// The hold has ended and others have taken the room.
func TestCard_HoldEndedAndSoldOut(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		schedulingtest.OpenAccess(t, p.DB(), schedulingtest.Capacity(2))
		schedulingtest.OpenAccess(t, p.DB(), schedulingtest.OnDay(schedulingtest.Day.AddDays(7)))
		b := p.tab().toCheck()
		p.clock.Advance(time.Hour)
		quicker := p.tab().held("2")
		b.press("Book 1 place for £273.60").reads("no longer held", "full", "See other dates", "Thursday 21 January 2027").lacks("Hold 1 place again")
		quicker.press("Give up these 2 places").reads("You gave up 2 places", "2 places left")
		b.visit("/sessions/1/book").reads("Places you need")
	})
}

func TestSoldOut_SaysSoAndOffersOtherDates(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		schedulingtest.OpenAccess(t, p.DB(), schedulingtest.Capacity(1))
		schedulingtest.OpenAccess(t, p.DB(), schedulingtest.OnDay(schedulingtest.Day.AddDays(7)))
		late := p.tab().visit("/sessions/1/book")
		p.tab().held("1")
		late.fill("Places you need", "1").press("Hold these places").reads("There is a problem", "full")
		late.visit("/sessions/1").reads("Full", "Every place on this session is taken", "Thursday 21 January 2027")
		late.visit("/sessions").reads("Full", "15 places left")
	})
}

// Two presses of a button, a page sent again and the back button make no second booking and no second payment.
func TestCard_TwiceAndBackMakeOneBooking(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		schedulingtest.OpenAccess(t, p.DB())
		b := p.tab().visit("/sessions/1/book").fill("Places you need", "1")
		twice := `(() => { const f = document.querySelector('main form'); f.submit(); f.submit(); })()`
		b.loading("send the form twice", b.script(twice)).on("/bookings/BK-00001/people")
		if n := p.count("bookings"); n != 1 {
			t.Errorf("%d bookings", n)
		}
		// Whoever goes back and asks again lets their first hold go.
		b.back().on("/sessions/1/book").fill("Places you need", "2").press("Hold these places").on("/bookings/BK-00002/people").reads("2 places at", "13 more free")
		for n := range 2 {
			b.choose(fmt.Sprintf("person-%d-later", n+1))
		}
		b.press("Continue to billing").forMyself().press("Continue to check").press("Book 2 places for £547.20").press("Pay £547.20").reads("Your 2 places are booked")
		b.back().reads("Paid: £547.20").press("Go to your booking").on("/bookings/BK-00002")
		b.visit("/bookings/BK-00002/check").on("/bookings/BK-00002").visit("/bookings/BK-00002/people").on("/bookings/BK-00002")
		if n, m := p.count("payments"), p.count("documents"); n != 1 || m != 1 {
			t.Errorf("%d payments, %d invoices", n, m)
		}
	})
}
