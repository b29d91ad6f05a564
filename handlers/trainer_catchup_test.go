package handlers_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/booking/bookingtest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// next is Rowan's session on 9 and 10 February 2027, with Faith Adeyemi on it.
func (d *taught) next(options ...schedulingtest.Option) *taught {
	d.t.Helper()
	feb := models.Date{Year: 2027, Month: time.February, Day: 9}
	options = append(options, schedulingtest.With("Rowan"), schedulingtest.InParts(
		schedulingtest.Part(feb, "9:30am", "1pm"), schedulingtest.Part(feb.AddDays(1), "9:30am", "1pm"),
	))
	other := *d
	other.session = schedulingtest.OpenAccess(d.t, d.DB, options...)
	other.booking = bookingtest.OnAccount(d.t, d.DB, other.session.ID, "Quays Care", bookingtest.Named("Faith Adeyemi"))
	other.url = "/trainer/sessions/" + idOf(other.session.ID)
	return &other
}

// Ben misses 27 January, catches it up on 10 February, and has his certificate and licence from then.
func TestTrainerCatchUp_FromTheMissedPartToTheCertificate(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		d := teaches(t, db, clock, []string{"Amira Haddad", "Ben Rowley"}, twoMornings())
		d.comes(1)
		d.browser.Post(d.url+"/register/1/rest", nil).Must(http.StatusSeeOther)
		d.comes(2)
		d.save(d.browser.Get(d.url+"/register/2"), map[string]string{d.field(1): "present", d.field(2): "absent"})
		d.nearlyOver()
		asked := d.browser.Get(d.url + "/complete").Must(http.StatusOK)
		asked.Shows("main", "Ben Rowley: absent from part 2")
		asked.Shows("main", "can catch it up in another session")
		d.browser.Follow(d.browser.Submit(asked, "main form", nil)).Shows("main table .ssph-line", "Missed part 2")

		next := d.next()
		next.comes(1)
		next.browser.Follow(next.browser.Get(next.url+"/register/2/catch-up").Must(http.StatusSeeOther)).Shows(".ssph-flash", "This register opens on Wednesday 10 February 2027")
		nobody := next.save(next.browser.Get(next.url+"/register/1"), map[string]string{next.field(1): "present", "do": "catch-up"})
		nobody.Shows("main", "Nobody has missed part 1 of another session like this one")
		next.comes(2)
		page := next.browser.Get(next.url + "/register/2").Must(http.StatusOK)
		list := next.save(page, map[string]string{next.field(1): "present", "do": "catch-up"})
		list.Shows("h1", "Who is catching up part 2?")
		list.Shows("main form", "Ben Rowley Irwell Wellbeing Network, missed Wednesday 27 January")
		ben := idOf(d.booking.Places[1].ID)
		for range 2 { // the button pressed twice
			added := next.browser.Follow(next.browser.Submit(list, "main form", map[string]string{"here": ben}).Must(http.StatusSeeOther))
			added.Shows(".ssph-register", "Catching up Ben Rowley Here for this part. Missed Wednesday 27 January")
			added.Shows("main", "1 of 1 marked.")
		}
		next.browser.Get(next.url).Shows("main", "Catching up here: Ben Rowley, part 2.")

		off := next.browser.Get(next.url + "/register/2/catch-up").Must(http.StatusOK)
		none := next.browser.Post(off.Path, map[string][]string{"was": {ben}}).Must(http.StatusSeeOther)
		if next.browser.Follow(none).Has(".ssph-register__catching") {
			t.Error("he is still on the register")
		}
		next.browser.Submit(list, "main form", map[string]string{"here": ben}).Must(http.StatusSeeOther)

		next.nearlyOver()
		ask := next.browser.Get(next.url + "/complete").Must(http.StatusOK)
		ask.Shows("main", "2 people get a certificate and a licence")
		ask.Shows("main", "Ben Rowley, who caught up here what they missed of another session")
		done := next.browser.Follow(next.browser.Submit(ask, "main form", nil))
		done.Shows(".ssph-flash", "2 people have their certificate and licence")
		done.Shows(".ssph-panel--soft", "2 people have their certificate and licence")
		if n := d.licensed(); n != 2 {
			t.Errorf("%d licences, want 2", n)
		}
		d.browser = next.browser
		d.browser.Get(d.url).Shows("main table .ssph-line", "Caught up part 2")
		d.browser.Get(d.url).Shows(".ssph-panel--soft", "1 person has their certificate and licence")
		var told string
		for _, m := range d.Mails() {
			if m.Kind == "certificate" && strings.Contains(m.ToEmail, "ben.rowley") {
				told = m.Text
			}
		}
		if !strings.Contains(told, "26 January and 10 February 2027, both parts, face to face, Salford") {
			t.Errorf("his certificate says: %s", told)
		}
		undo := next.browser.Get(next.url + "/undo").Must(http.StatusOK)
		undo.Shows(".ssph-undo", "Ben Rowley Certificate")
	})
}

func TestTrainerCatchUp_AFullSessionAndForgedPlacesAreRefused(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		d := teaches(t, db, clock, []string{"Amira Haddad", "Ben Rowley"}, twoMornings())
		d.comes(1)
		d.browser.Post(d.url+"/register/1/rest", nil).Must(http.StatusSeeOther)
		d.comes(2)
		d.save(d.browser.Get(d.url+"/register/2"), map[string]string{d.field(1): "present", d.field(2): "absent"})
		next := d.next(schedulingtest.Capacity(1))
		next.comes(2)
		url, ben := next.url+"/register/2/catch-up", idOf(d.booking.Places[1].ID)
		full := next.browser.Submit(next.browser.Get(url), "main form", map[string]string{"here": ben}).Must(http.StatusConflict)
		full.Shows(".nhsuk-error-summary", "This session is full: all 1 place")
		if !full.Has("input[name=here][checked]") {
			t.Error("the tick is lost")
		}
		for place, status := range map[string]int{
			"x": http.StatusNotFound, "999999": http.StatusConflict, idOf(d.booking.Places[0].ID): http.StatusConflict,
		} {
			next.browser.Post(url, map[string][]string{"here": {place}}).Must(status)
		}
	})
}
