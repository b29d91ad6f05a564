package e2e_test

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"

	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// Three places on account, £820.80: one is named later, one swapped, all paid by bank. 17 days before the session the office cancels
// one: half of £273.60 is kept, £136.80, and £136.80 comes back, £114.00 and £22.80 VAT.
func TestMoney_OneOfThreeIsCancelledAndPaidBackByBank(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		schedulingtest.OpenAccess(t, p.DB())
		b := p.tab()
		p.onAccount(b)
		b.press("Name this person").fills("Full name, as on the certificate", "Amara Diallo", "Work email", amara).press("Name this person").reads("Amara Diallo has the place now")
		p.swapTom(b)
		p.bankTransfer()

		p.clock.Set(schedulingtest.Day.AddDays(-17).At(10, 0))
		o := p.office().visit("/office/bookings/BK-00001").reads("All is paid")
		o.press("Cancel, place 2").reads("Cancel Grace Okafor’s place?", "It is 17 days before the session, so 50% is kept: £136.80 comes back").lacks("changed their mind")
		o.choose("On the booking’s terms").press("Check what it comes to")
		o.reads("50% of £273.60 is kept, £136.80", "£114.00 + £22.80 VAT", "We are sending £136.80 back by bank transfer.", "not issued yet", "INV-000001", "Total credit £136.80")
		if n := p.count("cancellations") + p.count("documents WHERE kind = 'credit-note'") + p.count("refunds"); n != 0 {
			t.Errorf("looking has written %d rows", n)
		}
		o.press("Cancel Grace Okafor’s place").reads("Grace Okafor’s place is cancelled", "£136.80", "CN-000001")
		o.press("CN-000001").reads("Credit note CN-000001", "£114.00", "£22.80", "£136.80", "INV-000001", "IWN-20417")
		o.printed("Download as PDF", "Credit note", "CN-000001", "Original invoice", "INV-000001", "IWN-20417", "£114.00", "£22.80", "£136.80",
			"We are sending £136.80 back by bank transfer.")
		p.refundByBank(o, "£136.80", "SSPH BACK 1")
		o.visit("/office/bookings/BK-00001").reads("All is paid", "Sent back by bank transfer").visit("/office/sessions/1").reads("2 of 15 places taken")
		p.settled(82080, 13680)

		letter := p.mail(priya, "1 place cancelled, booking BK-00001", 1)
		if len(letter.Files) != 1 || letter.Files[0].Name != "CN-000001.pdf" {
			t.Errorf("the booker's letter has %d files", len(letter.Files))
		}
		if entry := p.invitation(p.mail(grace, "is cancelled", 1)); !strings.Contains(entry, "METHOD:CANCEL") || uid(entry) != uid(p.invitation(p.mail(grace, "Your place on", 1))) {
			t.Errorf("Grace's calendar keeps her place:\n%s", entry)
		}
		p.signIn(b, priya).visit("/bookings/BK-00001").reads("2 places", "Cancelled", "CN-000001", "−£136.80").press("What came back, place 2")
		b.reads("£114.00 + £22.80 VAT", "£136.80", "Settled").visit("/invoices/CN-000001").reads("£136.80").pdf("Download as PDF")
		b.visit("/invoices/INV-000001").reads("£136.80 was credited with CN-000001")
	})
}

// The same by card: the refund goes back to the card at once. Weeks later the card's bank sends it back to us, which leaves
// the office a decision, and the money goes by bank transfer. The credit note stays as it was.
func TestMoney_PaidBackToTheCardAndWhenThatFailsByBank(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		schedulingtest.OpenAccess(t, p.DB())
		b := p.tab().held("3")
		b.fills("person-1-name", "Tom Ashworth", "person-1-email", tom, "person-2-name", "Grace Okafor", "person-2-email", grace).choose("person-3-later")
		b.press("Continue to billing").forIrwell().press("Continue to check").choose("By card, now").press("Book 3 places for £820.80").press("Pay £820.80").reads("Your 3 places are booked")

		p.clock.Set(schedulingtest.Day.AddDays(-17).At(10, 0))
		o := p.office().visit("/office/bookings/BK-00001/places/2/cancel").choose("On the booking’s terms").press("Check what it comes to")
		o.reads("We are sending £136.80 back to your card.").press("Cancel Grace Okafor’s place").reads("Grace Okafor’s place is cancelled")
		back := p.atTheDouble("succeeded")
		p.books("refunds WHERE status = 'succeeded' AND gross_pence = 13680")
		o.visit("/invoices/CN-000001").reads("£114.00", "£22.80", "£136.80")
		o.visit("/office/bookings/BK-00001").reads("All is paid", "Sent back to the card")
		p.settled(82080, 13680)

		p.clock.Advance(15 * time.Hour * 24)
		if err := p.Double().SettleRefund(back, false); err != nil {
			t.Fatal(err)
		}
		p.books("refunds WHERE status = 'failed' AND gross_pence = 13680")
		o = p.office().visit("/office").reads("refund", "bank").visit("/office/money").reads("Failed refunds", "1 failed refund", "Pay it by bank instead")
		o.press("Pay it by bank instead").reads("Refund of £136.80", "This refund stays in the records as one that did not arrive").press("Pay it by bank instead")
		o.reads("Pay £136.80 by bank transfer, then enter the day and reference here.")
		p.refundByBank(o, "£136.80", "SSPH BACK 1")
		o.lacks("1 failed refund").visit("/office/bookings/BK-00001").reads("All is paid", "Did not reach the card", "Sent back by bank transfer")
		p.settled(82080, 13680)
		if n := p.count("documents WHERE kind = 'credit-note'"); n != 1 {
			t.Errorf("%d credit notes", n)
		}
	})
}

// onAccount books three places for Irwell on account, the third person unnamed, and ends on the booking.
func (p *program) onAccount(b *tab) *tab {
	p.t.Helper()
	b.held("3").fills("person-1-name", "Tom Ashworth", "person-1-email", tom, "person-2-name", "Grace Okafor", "person-2-email", grace).choose("person-3-later")
	b.press("Continue to billing").forIrwell().press("Continue to check").choose("By invoice, within 30 days").press("Book 3 places for £820.80")
	b.visit(p.link(p.mail(priya, "Confirm your email and book 3 places", 1), "/sign-in/link/")).press("Book 3 places for £820.80")
	return b.on("/bookings/BK-00001").reads("Your 3 places are booked", "INV-000001")
}

// refundByBank finds a refund among those to pay by bank and records that the office has paid it. A day to come is refused.
func (p *program) refundByBank(o *tab, sum, reference string) {
	p.t.Helper()
	today := p.DB().Today()
	o.visit("/office/money").reads("Refunds to pay by bank", sum).press("Enter that it is paid").reads("Refund of "+sum, "Ask the customer for their bank details")
	o.fills("Day you sent it", today.AddDays(1).String(), "Reference of the transfer", reference).press("Check this refund").reads("There is a problem", "today or earlier")
	o.fill("Day you sent it", today.String()).press("Check this refund").reads(sum, reference, today.Long())
	if n := p.count("refunds WHERE status = 'succeeded' AND method = 'bank'"); n != 0 {
		p.t.Errorf("looking has recorded %d refunds", n)
	}
	o.press("Record that "+sum+" was sent").on("/office/money").reads("The refund of "+sum+" is recorded as paid.", "No refund waits for a bank transfer.")
}

// atTheDouble waits until the stand-in for Stripe has one refund in this state, and names it.
func (p *program) atTheDouble(state string) (id string) {
	p.t.Helper()
	err := eventually(p.t.Context(), func() bool {
		all := p.Double().Refunds()
		if len(all) == 1 && all[0].Status == state {
			id = all[0].ID
		}
		return id != ""
	})
	if err != nil {
		p.t.Fatalf("refunds at Stripe: %+v", p.Double().Refunds())
	}
	return id
}

// books waits until there is exactly one such row.
func (p *program) books(what string) {
	p.t.Helper()
	if err := eventually(p.t.Context(), func() bool { return p.count(what) == 1 }); err != nil {
		p.t.Fatalf("%d %s", p.count(what), what)
	}
}

// settled checks that nobody owes anything: what came in is what was invoiced, what went back is what was credited.
func (p *program) settled(came, back models.Pence) {
	p.t.Helper()
	for what, want := range map[string]models.Pence{"": 0, "WHERE kind = 'payment'": -came, "WHERE kind = 'invoice'": came, "WHERE kind = 'credit-note'": -back} {
		if got := p.ledger(what); got != want {
			p.t.Errorf("the ledger %s is %s, want %s", what, got, want)
		}
	}
}

func (p *program) ledger(where string) (sum models.Pence) {
	p.t.Helper()
	if err := p.DB().SQL(p.t.Context()).Raw("SELECT CAST(COALESCE(SUM(pence), 0) AS BIGINT) FROM ledger_entries " + where).Scan(&sum).Error; err != nil {
		p.t.Fatal(err)
	}
	return sum
}

// printed downloads a PDF and checks that these words stand in it.
func (b *tab) printed(link string, words ...string) *tab {
	b.Helper()
	text := pdfText(b, b.pdf(link).Content)
	for _, w := range words {
		if !strings.Contains(text, w) {
			b.Errorf("the PDF of %s does not say %q. It says:\n%s", b.path(), w, text)
		}
	}
	return b
}

// pdfText is what stands on the pages of one of our PDFs, in the order in which it is drawn: its strings are UTF-16.
func pdfText(b *tab, content []byte) string {
	b.Helper()
	api.DisableConfigDir() // pdfcpu would write its configuration into the home folder
	file, err := api.ReadAndValidate(bytes.NewReader(content), model.NewDefaultConfiguration())
	if err != nil {
		b.Fatal(err)
	}
	var out strings.Builder
	for n := 1; n <= file.PageCount; n++ {
		page, _, _, err := file.PageDict(n, false)
		if err != nil {
			b.Fatal(err)
		}
		drawn, err := file.PageContent(page, n)
		if err != nil {
			b.Fatal(err)
		}
		for _, piece := range bytes.Split(drawn, []byte(") Tj"))[:bytes.Count(drawn, []byte(") Tj"))] {
			out.WriteString(literal(piece[bytes.LastIndex(piece, []byte(" ("))+2:]) + " ")
		}
	}
	return strings.Join(strings.Fields(out.String()), " ")
}

// literal reads the inside of a PDF string.
func literal(escaped []byte) string {
	var units []uint16
	raw := bytes.NewBuffer(nil)
	for i := 0; i < len(escaped); i++ {
		if escaped[i] == '\\' {
			if i++; escaped[i] == 'r' {
				escaped[i] = '\r'
			}
		}
		raw.WriteByte(escaped[i])
	}
	for pair := raw.Next(2); len(pair) == 2; pair = raw.Next(2) {
		units = append(units, uint16(pair[0])<<8|uint16(pair[1]))
	}
	return string(utf16.Decode(units))
}
