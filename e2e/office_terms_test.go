package e2e_test

import (
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// A wrong purchase order: INV-000001 over £820.80, of which £100.00 is paid, is credited in full and issued anew with the right one.
// What was paid counts towards the new invoice, so £720.80 is left.
func TestOfficeCorrect_AWrongPurchaseOrderIsCreditedAndIssuedAnew(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		schedulingtest.OpenAccess(t, p.DB())
		b := p.onAccount(p.tab())
		o := p.office().visit("/office/invoices/INV-000001").fills("Amount in pounds", "100", "Day it came", "23 November 2026").press("Check this payment")
		o.reads("This pays a part of INV-000001: £720.80 is left to pay.").press("Record £100.00").press("Correct this invoice").reads("Correct invoice INV-000001", "is never changed")
		o.fill("What is corrected?", "Purchase order number corrected").press("Check both documents").reads("There is a problem", "Change the purchase order number, the name or the address")
		o.keeps("What is corrected?", "Purchase order number corrected", "Purchase order number", "IWN-20417")
		o.fill("Purchase order number", "IWN-20418").press("Check both documents").reads("Check both documents", "Credit note not issued yet", "VAT invoice not issued yet",
			"IWN-20417", "IWN-20418", "Replaces invoice", "£100.00 that was paid on INV-000001 counts towards the new invoice. Nothing is refunded.")
		if n := p.count("documents"); n != 1 {
			t.Errorf("looking has issued %d documents", n-1)
		}
		o.press("Credit INV-000001 and issue the new invoice").on("/office/invoices/INV-000002").reads("INV-000002 stands in the place of INV-000001, which CN-000001 credits in full.",
			"IWN-20418", "£820.80", "£720.80").lacks("IWN-20417")
		o.printed("Download as PDF", "INV-000002", "Replaces invoice", "INV-000001", "IWN-20418", "£684.00", "£136.80", "£820.80", "£720.80")
		o.press("INV-000001").on("/office/invoices/INV-000001").reads("Credited", "IWN-20417", "INV-000002", "£820.80 was credited with CN-000001")
		o.press("CN-000001").on("/office/invoices/CN-000001").reads("Purchase order number corrected", "£820.80", "INV-000001").press("INV-000001").press("INV-000002").on("/office/invoices/INV-000002")
		o.visit("/office/invoices/INV-000001/correct").on("/office/invoices/INV-000002").reads("INV-000002 stands in the place of INV-000001")

		letter := p.mail(paying, "Invoice INV-000002 in place of INV-000001", 1)
		if len(letter.Files) != 2 || !strings.Contains(letter.Text, "Pay £720.80") {
			t.Errorf("%d files with\n%s", len(letter.Files), letter.Text)
		}
		b.visit("/bookings/BK-00001").reads("INV-000001", "INV-000002", "CN-000001", "Pay £720.80").press("INV-000002").reads("IWN-20418", "This invoice replaces INV-000001")
		if owed := p.ledger(""); owed != 72080 {
			t.Errorf("%s is owed", owed)
		}
	})
}

// The price for open access face to face becomes £240.00 on 1 December: £48.00 VAT, £288.00. A booking of 23 November keeps its
// £273.60, also when its place is cancelled afterwards.
func TestOfficePrices_ANewPriceCountsFromItsDay(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		schedulingtest.OpenAccess(t, p.DB())
		b := p.tab().toCheck().press("Book 1 place for £273.60").press("Pay £273.60").reads("Your place is booked")
		o := p.office().visit("/office/prices").reads("£228.00", "£273.60").press("Change the price of open access, face to face")
		o.fills("New price in pounds, before VAT", "two hundred", "First day on which it counts", "1 December 2026").press("See what changes").reads("There is a problem", "like 228 or 2,440.50")
		o.keeps("New price in pounds, before VAT", "two hundred").fill("New price in pounds, before VAT", "£240").press("See what changes")
		o.reads("£228.00", "£273.60 to pay", "From 1 December 2026", "£240.00", "£48.00 VAT", "£288.00 to pay")
		if n := p.count("prices WHERE net_pence = 24000"); n != 0 {
			t.Errorf("looking has entered %d prices", n)
		}
		o.press("Enter it from 1 December 2026").reads(": £240.00 before VAT, from 1 December 2026. Bookings and invoices made before are not changed.", "£240.00")
		p.tab().visit("/prices?people=1&format=face-to-face").reads("£228").lacks("£240")

		p.clock.Set(models.Date{Year: 2026, Month: 11, Day: 30}.At(23, 59))
		p.tab().visit("/sessions/1").reads("£228 + VAT a person")
		p.clock.Set(models.Date{Year: 2026, Month: 12, Day: 1}.At(0, 1))
		p.tab().visit("/sessions/1").reads("£240 + VAT a person").visit("/prices?people=1&format=face-to-face").reads("£240", "£288")
		other := p.tab().held("1").choose("person-1-later").press("Continue to billing").forIrwell().press("Continue to check").reads("£240.00", "£48.00", "£288.00")
		other.choose("By card, now").press("Book 1 place for £288.00").press("Pay £288.00").press("INV-000002").reads("£240.00", "£48.00", "£288.00")
		p.signIn(b, lena).visit("/invoices/INV-000001").reads("£228.00", "£273.60").visit("/bookings/BK-00001").reads("£273.60").lacks("£288.00")
		b.press("Cancel, place 1").reads("Cancel Lena Osei’s place?", "£228.00 + £45.60 VAT", "We are sending £273.60 back to your card.").press("Cancel Lena Osei’s place").reads("£273.60", "CN-000001")
		p.atTheDouble("succeeded")
		p.books("refunds WHERE status = 'succeeded' AND gross_pence = 27360")
		p.settled(27360+28800, 27360)
	})
}

// Three people online with 12.5 % off: 3 × £215.00 is £645.00, less 12.5 % is £564.375, half-up £564.38; VAT £112.876, £112.88;
// together £677.26. The quote, its file, its page, the booking and the invoice all say so.
func TestOfficeQuote_IsAcceptedByItsLinkAtExactlyItsFigures(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		schedulingtest.OpenAccess(t, p.DB(), schedulingtest.Online("https://meet.example/ssph"))
		o := p.office().visit("/office/quotes").press("Make a quote").choose("Open-access places").choose("Online").fill("How many people?", "3")
		o.pick("Date, for open-access places (optional)", "14 January 2027")
		o.fills("Organisation", "Irwell Wellbeing Network", "Contact’s full name", "Priya Nair", "Contact’s email", priya,
			"Address line 1", "14 Quay Street", "Town or city", "Salford", "Postcode", "M50 0AA", "Discount in per cent (optional)", "12.5")
		o.press("Check this quote").reads("There is a problem").keeps("Discount in per cent (optional)", "12.5", "How many people?", "3")
		o.fill("Reason for the discount", "Founding partner").press("Check this quote")
		o.reads("Less 12.5% discount, £80.62: Founding partner", "£564.38", "£112.88", "£677.26", "It stands until 23 December 2026.")
		if n := p.count("quotes"); n != 0 {
			t.Errorf("looking has made %d quotes", n)
		}
		o.press("Send this quote for £677.26").reads("Quote Q-00001 is sent to " + priya)

		letter := p.mail(priya, "Quote Q-00001", 1)
		b := p.tab().visit(p.link(letter, "/quotes/")).reads("Waiting for you", "£677.26 with VAT", "£564.38 + £112.88 VAT", "12.5%", "Founding partner")
		b.printed("Download the quote as PDF", "Q-00001", "£564.38", "£112.88", "£677.26")
		b.press("Accept and book 3 places for £677.26").reads("There is a problem", "Enter your purchase order number")
		b.fill("Purchase order number", "IWN-20417").press("Accept and book 3 places for £677.26").reads("Your 3 places are booked", "£677.26")
		b.press("INV-000001").reads("£564.38", "£112.88", "£677.26", "IWN-20417", "Founding partner")
		b.printed("Download as PDF", "INV-000001", "£564.38", "£112.88", "£677.26", "IWN-20417")
		b.visit(p.link(letter, "/quotes/")).reads("It was accepted on 23 November 2026.").lacks("Accept and book")
		o.visit("/office/quotes/Q-00001").reads("Accepted").press("Booking BK-").reads("£677.26", "INV-000001", "The customer owes £677.26.")
		if owed := p.ledger(""); owed != 67726 {
			t.Errorf("%s is owed", owed)
		}
	})
}

// pick chooses, in a list that folds out, the option whose words have these in them.
func (b *tab) pick(label, words string) *tab {
	b.Helper()
	if !see[bool](b, `(() => { const list = `+fieldScript(label)+`, found = list && [...list.options].find(o => o.innerText.includes(`+js(words)+`));
		if (!found) return false; list.value = found.value; return true; })()`) {
		b.Fatalf("there is no %q in %q on %s:\n%s", words, label, b.path(), b.text("body"))
	}
	return b
}
