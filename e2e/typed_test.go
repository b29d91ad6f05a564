package e2e_test

import (
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// TestTrap22_WhatIsTypedIsTextEverywhere: an organisation and a purchase order with letters that mean something to a page, a mail or a
// file stand on the invoice, in its PDF, in the mail and on the office's pages as they were typed, and nowhere as anything else.
func TestTrap22_WhatIsTypedIsTextEverywhere(t *testing.T) {
	const organisation, order = `Ashworth & Sons <script>alert("1")</script> O’Brien)`, `IWN & <b>20417</b> (2)`
	each(t, func(t *testing.T, p *program) {
		schedulingtest.OpenAccess(t, p.DB())
		b := p.tab().held("1").choose("person-1-later").press("Continue to billing").forIrwell().fills("Organisation", organisation, "Purchase order number", order)
		b.press("Continue to check").reads(organisation, order).choose("By card, now").press("Book 1 place for £273.60").press("Pay £273.60").reads("Your place is booked")
		b.press("INV-000001").reads(organisation, order).printed("Download as PDF", organisation, order)
		o := p.office().visit("/office/invoices").reads(organisation, order)
		o.press("INV-000001").reads(organisation, order).visit("/office/bookings/BK-00001").reads(organisation, order)
		letter := p.mail(paying, "INV-000001", 1)
		if strings.Contains(letter.HTML, "<script>") || strings.Contains(letter.HTML, "<b>20417") {
			t.Errorf("the mail takes what was typed for its own:\n%s", letter.HTML)
		}
		o.visit("/office/invoices").fill("Search by number, customer, booking or purchase order", order).press("Search").reads("1 invoice with", "INV-000001")
	})
}
