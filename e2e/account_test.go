package e2e_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// Three places on account: 3 × £228.00 is £684.00, VAT £136.80, together £820.80. One person is named later, one is swapped, and the
// office records the bank transfer.
func TestOnAccount_ThreePlacesFromBookingToPaid(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		schedulingtest.OpenAccess(t, p.DB())
		b := p.tab().held("3")
		b.fills("person-1-name", "Tom Ashworth", "person-1-email", tom, "person-2-name", "Grace Okafor", "person-2-email", grace).
			choose("person-3-later").press("Continue to billing")
		b.forIrwell().press("Continue to check").reads("Tom Ashworth", "Grace Okafor", "1 person to name", "IWN-20417", "£684.00", "£136.80", "£820.80")
		b.choose("By invoice, within 30 days").press("Book 3 places for £820.80").on("/bookings/BK-00001/sent").reads("Check your email", priya, "until 9:30am")
		if n := p.count("documents"); n != 0 {
			t.Errorf("%d invoices before the address is proven", n)
		}
		letter := p.mail(priya, "Confirm your email and book 3 places", 1)
		b.visit(p.link(letter, "/sign-in/link/")).reads(priya, "This also confirms your booking").press("Book 3 places for £820.80")
		b.on("/bookings/BK-00001").unfold("Menu").reads("Your 3 places are booked", "INV-000001", "£820.80", "23 December 2026", "To name", "Priya Nair")

		p.mailsOfThreePlaces()
		b.press("Name this person").fills("Full name, as on the certificate", "Amara Diallo", "Work email", amara).press("Name this person").reads("Amara Diallo has the place now")
		p.swapTom(b)
		b.visit("/organisation").reads("Irwell Wellbeing Network", "Amara Diallo", "Grace Okafor", "INV-000001", "£820.80").lacks("Tom Ashworth")
		p.bankTransfer()
		b.visit("/organisation").on("/sign-in?next=%2Forganisation") // two days on, the browser is no longer signed in
		p.signIn(b, priya).on("/organisation").reads("Paid").visit("/invoices/INV-000001").reads("Paid", "IWN-20417", "£820.80").pdf("Download as PDF")
	})
}

// mailsOfThreePlaces checks who is told what: the booker and the payer get the invoice, each person named gets their own entry.
func (p *program) mailsOfThreePlaces() {
	p.t.Helper()
	for _, m := range []struct{ to, about string }{{priya, "Booked: 3 places, booking BK-00001"}, {paying, "VAT invoice INV-000001 for £820.80"}} {
		files := p.mail(m.to, m.about, 1).Files
		if len(files) != 1 || files[0].Name != "INV-000001.pdf" || !strings.HasPrefix(string(files[0].Content), "%PDF-1.7") {
			p.t.Errorf("the mail %q has %d files", m.about, len(files))
		}
	}
	for _, person := range []string{tom, grace} {
		entry := p.invitation(p.mail(person, "Your place on", 1))
		if !strings.Contains(entry, "METHOD:REQUEST") || strings.Count(entry, "ATTENDEE") != 1 || !strings.Contains(entry, person) {
			p.t.Errorf("the entry of %s:\n%s", person, entry)
		}
	}
}

// swapTom gives Tom's place to another person: the entry in his calendar is cancelled, under the identity it was sent with.
func (p *program) swapTom(b *tab) {
	p.t.Helper()
	const other = "yusuf.malik@irwellwellbeing.example"
	b.visit("/bookings/BK-00001/places/1").reads("Who takes Tom Ashworth’s place?").
		fills("Full name, as on the certificate", "Grace Okafor", "Work email", grace).press("Swap the name").reads("There is a problem", "Grace Okafor already has place 2")
	b.fills("Full name, as on the certificate", "Yusuf Malik", "Work email", other).press("Swap the name").reads("Yusuf Malik has Tom Ashworth’s place now")
	given, gone := p.invitation(p.mail(tom, "Your place on", 1)), p.invitation(p.mail(tom, "was given to somebody else", 1))
	if uid(given) == "" || uid(given) != uid(gone) || !strings.Contains(gone, "METHOD:CANCEL") {
		p.t.Errorf("Tom's entry %s is taken back as %s:\n%s", uid(given), uid(gone), gone)
	}
	if taken := p.invitation(p.mail(other, "Your place on", 1)); uid(taken) == uid(given) {
		p.t.Error("two people have the same calendar entry")
	}
}

// uid is the identity of a calendar entry.
func uid(calendar string) string {
	_, after, _ := strings.Cut(calendar, "\r\nUID:")
	id, _, _ := strings.Cut(after, "\r\n")
	return id
}

// bankTransfer lets the office look the booking up and record the money that came.
func (p *program) bankTransfer() {
	p.t.Helper()
	p.clock.Advance(48 * time.Hour)
	o := p.office()
	o.visit("/office").reads("INV-000001", "Irwell Wellbeing Network", "£820.80")
	o.visit("/office/sessions/1").reads("3 of 15 places taken", "Amara Diallo", "Yusuf Malik")
	o.visit("/office/bookings/BK-00001").reads("Irwell Wellbeing Network", "INV-000001")
	o.visit("/office/invoices/INV-000001").fills("Amount in pounds", "800", "Day it came", "25 November 2027").press("Check this payment").
		reads("There is a problem", "today or earlier")
	if got := o.value("Amount in pounds"); got != "800" {
		p.t.Errorf("the amount was lost: %q", got)
	}
	o.fills("Amount in pounds", "820.80", "Day it came", "25 November 2026", "Reference on the statement (optional)", "IWN-20417").press("Check this payment")
	o.reads("£820.80", "This pays INV-000001 in full").press("Record £820.80").reads("Paid").visit("/office/invoices").reads("INV-000001", "Paid")
	o.visit("/office/mail").reads("Booked: 3 places", "VAT invoice INV-000001")
	if n := p.count("payments WHERE method = 'bank' AND gross_pence = 82080"); n != 1 {
		p.t.Errorf("%d payments", n)
	}
}

// The mailed link opens as often as a mail scanner likes, and books once. A second press, and a second person with the link, find
// that it was used.
func TestOnAccount_TheLinkBooksOnce(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		schedulingtest.OpenAccess(t, p.DB())
		b := p.tab().held("1")
		b.choose("person-1-later").press("Continue to billing").forIrwell().press("Continue to check").choose("By invoice, within 30 days").press("Book 1 place for £273.60")
		link := p.link(p.mail(priya, "Confirm your email and book 1 place", 1), "/sign-in/link/")
		for range 3 {
			if f := p.tab().fetch(link); f.Status != http.StatusOK {
				t.Errorf("a scanner is answered %d", f.Status)
			}
		}
		b.visit(link).press("Book 1 place for £273.60").on("/bookings/BK-00001").reads("Your place is booked")
		b.back().reads("used")
		p.tab().visit(link).reads("used").lacks("£273.60")
		if n := p.count("documents"); n != 1 {
			t.Errorf("%d invoices", n)
		}
	})
}
