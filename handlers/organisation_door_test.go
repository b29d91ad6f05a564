package handlers_test

import (
	"net/http"
	"net/url"
	"testing"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// The manager sees who took a place by saying the organisation's name, and says whether they work there.
func TestOrganisationDoor_TheManagerSaysWhoWorksThere(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := openShop(t, db, clock)
		session := schedulingtest.OpenAccess(t, db)
		sale := sell(t, w, session, "priya@irwell.example")
		other := accesstest.Manager(t, db, "Lee Leader", "lee@other.example", "Irwell Wellbeing Network")
		clock.Set(session.FirstStart())
		var in booking.WalkedIn
		w.InTx(func(tx models.DB) error {
			claimed, err := scheduling.Claim(t.Context(), tx, session.ID)
			if err != nil {
				return err
			}
			in, err = booking.WalkIn(t.Context(), tx, access.System(), claimed, booking.Came{
				Person: booking.PersonNamed{Name: "Lena Osei", Email: "lena@irwell.example"}, Organisation: "Irwell Wellbeing Network", RequestKey: "door",
			})
			return err
		})
		b, stranger := w.SignedIn(sale.booker), w.SignedIn(other)
		b.FetchSite, stranger.FetchSite = "same-origin", "same-origin"
		page := b.Get("/organisation").Must(http.StatusOK)
		page.Shows("#door", "Lena Osei")
		if n := page.Doc.Find("#door form").Length(); n != 1 {
			t.Errorf("%d people are asked about, want 1: the manager named the others", n)
		}
		no := b.Follow(b.Submit(page, "#door form", map[string]string{"works": "no"}).Must(http.StatusSeeOther)).Must(http.StatusOK)
		no.Shows(".ssph-flash", "Lena Osei sees none of your cases")
		no.Shows("#door", "You said on")
		address := organisationDoor(*sale.booking.OrganisationID, in.PlaceID)
		stranger.Post(address, url.Values{"works": {"yes"}}).Must(http.StatusNotFound)
		b.Post(address, url.Values{}).Must(http.StatusUnprocessableEntity)
		yes := b.Follow(b.Submit(no, "#door form", map[string]string{"works": "yes"}).Must(http.StatusSeeOther)).Must(http.StatusOK)
		yes.Shows(".ssph-flash", "Lena Osei works with you")
		if yes.Has("#door") {
			t.Error("the manager is still asked")
		}
	})
}

func organisationDoor(organisation, place int64) string {
	return "/organisation/" + idOf(organisation) + "/door/" + idOf(place)
}

// Who got a place at the door is told why they see none of the organisation's cases.
func TestToolCases_SayWhyTheOrganisationsAreNotThere(t *testing.T) {
	eachClinic(t, func(t *testing.T, c *clinic) {
		c.begin("IWN-0147")
		if page := c.visit.Get("/tool/cases").Must(http.StatusOK); page.Has(".ssph-tool__licence") {
			t.Errorf("somebody whom the organisation knows is told: %s", page.Text(".ssph-tool__licence"))
		}
		irwell := c.mo.Organisations[0].OrganisationID
		unknown := yearFrom(&irwell)
		unknown.Periods[0].Unknown = true
		c.held[c.mo.PersonID] = unknown
		page := c.browser(c.mo).Get("/tool/cases").Must(http.StatusOK)
		page.Shows(".ssph-tool__licence", "your organisation has not said yet that you work with them")
		if page.Has("a[href='/tool/cases/1']") {
			t.Error("they see a case of the organisation")
		}
	})
}
