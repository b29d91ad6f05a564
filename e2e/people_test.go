package e2e_test

import (
	"slices"
	"strings"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
)

// The people of the journeys.
const (
	lena   = "lena@osei.example"
	priya  = "priya.nair@irwellwellbeing.example"
	tom    = "tom.ashworth@irwellwellbeing.example"
	grace  = "grace.okafor@irwellwellbeing.example"
	amara  = "amara.diallo@irwellwellbeing.example"
	paying = "accounts@irwellwellbeing.example"
)

// held goes from the session's page to the people of a new booking.
func (b *tab) held(places string) *tab {
	b.Helper()
	return b.visit("/sessions/1").press("Book places").fill("Places you need", places).press("Hold these places").on("/bookings/BK-*/people")
}

// forMyself fills the page "Who pays?" for Lena Osei.
func (b *tab) forMyself() *tab {
	b.Helper()
	return b.on("/bookings/BK-*/billing").fills("Your full name", "Lena Osei", "Your email", lena).choose("Me").
		fills("Address line 1", "2 Mill Lane", "Town or city", "Bury", "Postcode", "bl9 0aa").choose("In the UK")
}

// forIrwell fills it for Priya Nair of the Irwell Wellbeing Network.
func (b *tab) forIrwell() *tab {
	b.Helper()
	return b.on("/bookings/BK-*/billing").fills("Your full name", "Priya Nair", "Your email", priya).choose("My organisation").
		fills("Organisation", "Irwell Wellbeing Network", "Address line 1", "14 Quay Street", "Town or city", "Salford", "Postcode", "M50 0AA").
		choose("In the UK").fills("Email for invoices", paying, "Purchase order number", "IWN-20417")
}

// toCheck goes from a session to the last step of a booking of one place for Lena, who comes herself.
func (b *tab) toCheck() *tab {
	b.Helper()
	b.held("1").fills("person-1-name", "Lena Osei", "person-1-email", lena).press("Continue to billing")
	return b.forMyself().press("Continue to check").on("/bookings/BK-*/check")
}

// signIn asks for a link, reads the mail, follows the link and presses the button. Of several such mails the newest is followed.
func (p *program) signIn(b *tab, email string) *tab {
	p.t.Helper()
	const subject = "Your link to sign in"
	before := 0
	for _, m := range p.post.Received() {
		if slices.Contains(m.To, email) && strings.Contains(m.Subject, subject) {
			before++
		}
	}
	b.visit("/sign-in").fill("Your email address", email).press("Email me a link").reads("Check your email", email)
	return b.visit(p.link(p.mail(email, subject, before+1), "/sign-in/link/")).reads(email).press("Sign in")
}

// office is a window in which a member of the office has signed in.
func (p *program) office() *tab {
	p.t.Helper()
	return p.signIn(p.tab(), p.known(accesstest.Office(p.t, p.DB())))
}

// known is the address of somebody who may do something.
func (p *program) known(actor access.Actor) string { return actor.Email }
