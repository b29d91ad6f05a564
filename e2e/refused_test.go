package e2e_test

import (
	"net/http"
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// What cannot be done is said beside the field, in words that tell what to do, and what was typed stays.
func TestBadInput_IsExplainedAndKept(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		schedulingtest.OpenAccess(t, p.DB())
		b := p.tab()
		for typed, says := range map[string]string{"10": "9", "0": "1", "many": "number", "": "number", "-3": "1", "9999999999999999999999": "number"} {
			b.visit("/sessions/1/book").fill("Places you need", typed).press("Hold these places").reads("There is a problem", says)
			if got := b.value("Places you need"); got != typed {
				t.Errorf("%q became %q", typed, got)
			}
			if b.status() != http.StatusUnprocessableEntity {
				t.Errorf("%q is answered %d", typed, b.status())
			}
		}
		if n := p.count("bookings"); n != 0 {
			t.Errorf("nonsense made %d bookings", n)
		}
		b.held("2").fills("person-1-name", "Tom Ashworth", "person-1-email", "tom at irwell", "person-2-name", "Grace <b>Okafor</b>", "person-2-email", grace)
		b.press("Continue to billing").on("/bookings/BK-00001/people").reads("There is a problem", "has a space in it")
		b.keeps("person-1-email", "tom at irwell", "person-2-name", "Grace <b>Okafor</b>", "person-2-email", grace)
		b.fill("person-1-email", strings.ToUpper(grace)).press("Continue to billing").reads("There is a problem", "Each person needs their own")
		b.fill("person-1-email", tom).press("Continue to billing").forIrwell()
		b.fills("Postcode", "M5", "Email for invoices", "accounts", "Your full name", "").press("Continue to check")
		b.reads("There is a problem", "Enter your full name", "full UK postcode")
		b.keeps("Postcode", "M5", "Email for invoices", "accounts", "Organisation", "Irwell Wellbeing Network", "Purchase order number", "IWN-20417")
		b.fills("Postcode", "M50 0AA", "Email for invoices", paying, "Your full name", "Priya Nair").choose("Outside the UK").press("Continue to check").reads("quote")
		b.choose("In the UK").press("Continue to check").reads("Grace <b>Okafor</b>").press("Book 2 places for £547.20").reads("There is a problem", "Choose how you want to pay")
		b.visit("/prices?people=none&format=face-to-face").reads("There is a problem").keeps("people", "none")
		b.visit("/prices?people=12&format=face-to-face").reads("£2,440", "£2,928").visit("/prices?people=40&format=online").reads("group")
	})
}

// keeps checks that fields still hold what was typed: label, text, label, text.
func (b *tab) keeps(pairs ...string) *tab {
	b.Helper()
	for i := 0; i < len(pairs); i += 2 {
		if got := b.value(pairs[i]); got != pairs[i+1] {
			b.Errorf("%s: %q was typed and %q is there", pairs[i], pairs[i+1], got)
		}
	}
	return b
}

// Addresses that lead nowhere, to strangers' bookings or to the office's pages say so and show nothing.
func TestStrangers_AreToldNothing(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		schedulingtest.OpenAccess(t, p.DB())
		p.tab().toCheck().press("Book 1 place for £273.60").press("Pay £273.60").reads("Your place is booked")
		b := p.tab()
		for _, path := range []string{
			"/bookings/BK-00001", "/bookings/BK-00001/check", "/bookings/BK-00001/places/1", "/bookings/BK-99999", "/bookings/1", "/bookings/BK-00001'--",
			"/invoices/INV-000001", "/invoices/INV-000001/pdf", "/invoices/nonsense", "/sessions/0", "/sessions/99", "/sessions/one", "/sessions/1/nothing", "/nothing",
			"/sign-in/link/nonsense", "/dev/mailbox/99999", "/office/invoices/INV-000001",
		} {
			b.visit(path).lacks("Lena Osei", lena, "£273.60", "BL9 0AA")
			if status := b.status(); status != http.StatusNotFound && status != http.StatusGone && !strings.HasPrefix(b.path(), "/sign-in") {
				t.Errorf("%s is answered %d", path, status)
			}
		}
		for _, path := range []string{"/office", "/trainer", "/organisation", "/account"} {
			b.visit(path).on("/sign-in?next=*")
		}
		p.signIn(b, lena)
		for _, path := range []string{"/office", "/office/bookings", "/trainer"} {
			if status := b.visit(path).status(); status != http.StatusForbidden {
				t.Errorf("a customer at %s is answered %d", path, status)
			}
		}
	})
}

// Everything works without JavaScript: a whole booking, with a mistake in it, and the office's page.
func TestNoJavaScript_BooksAllTheSame(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		schedulingtest.OpenAccess(t, p.DB())
		b := p.tab().withoutScripts()
		b.visit("/").press("See dates and book").unfold("Filter").press("Show dates").press("Face to face, Salford").press("Book places")
		b.fill("Places you need", "10").press("Hold these places").reads("There is a problem").fill("Places you need", "1").press("Hold these places")
		b.press("One place more").reads("2 places at").press("One place fewer").reads("1 place at")
		b.press("Continue to billing").reads("There is a problem").fills("person-1-name", "Lena Osei", "person-1-email", lena).press("Continue to billing")
		b.forMyself().press("Continue to check").press("Book 1 place for £273.60").press("Pay £273.60").on("/bookings/BK-00001").reads("Your place is booked")
		b.visit("/prices").fill("people", "12").press("Update").reads("£2,440")
		p.signIn(b, lena).on("/account").reads("BK-00001")
	})
}
