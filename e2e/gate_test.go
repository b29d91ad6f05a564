package e2e_test

import (
	"net/http"
	"testing"

	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// A licence from 14 January 2027 is followed day by day on its holder's page: a full year, 30 days' notice, 14 days' grace, the end.
func TestLicence_SaysWhatTheDayMakesOfIt(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		session := schedulingtest.OpenAccess(t, p.DB())
		p.tab().toCheck().press("Book 1 place for £273.60").press("Pay £273.60").reads("Your place is booked")
		b := p.signIn(p.tab(), lena).visit("/account/licence").reads("You have no licence", "See training dates")
		p.attended(session)
		for _, on := range []struct {
			day  models.Date
			says []string
		}{
			{models.Date{Year: 2027, Month: 1, Day: 15}, []string{"Active", "364 days left", "up to the end of Friday 14 January 2028"}},
			{models.Date{Year: 2027, Month: 12, Day: 14}, []string{"Active", "31 days left"}},
			{models.Date{Year: 2027, Month: 12, Day: 15}, []string{"Ends soon", "30 days left", "Ask the Hub to renew"}},
			{models.Date{Year: 2028, Month: 1, Day: 14}, []string{"Ends soon", "Last day today"}},
			{models.Date{Year: 2028, Month: 1, Day: 15}, []string{"In grace", "Your licence ended on 14 January 2028", "up to the end of 28 January 2028"}},
			{models.Date{Year: 2028, Month: 1, Day: 28}, []string{"In grace", "Open the tool"}},
			{models.Date{Year: 2028, Month: 1, Day: 29}, []string{"Ended", "Your licence ended on 14 January 2028", "Your cases are safe", "Ask the Hub to renew", "Go to my cases"}},
		} {
			p.clock.Set(on.day.At(12, 0))
			b = p.signInAgain(p.tab(), lena).visit("/account/licence").reads(on.says...)
		}
		if status := b.press("Ask the Hub to renew").reads("Contact").status(); status != http.StatusOK {
			t.Errorf("the way to a new licence is answered %d", status)
		}
	})
}
