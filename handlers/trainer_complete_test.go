package handlers_test

import (
	"net/http"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/licensing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// licensed counts the licences that stand with at least one period.
func (d *taught) licensed() int {
	d.t.Helper()
	n := 0
	for _, p := range d.booking.Places {
		if p.PersonID == nil {
			continue
		}
		found, err := licensing.OfPerson(d.t.Context(), d.DB, access.System().Scope(), *p.PersonID)
		if err != nil {
			d.t.Fatal(err)
		}
		for _, l := range found {
			if len(l.Periods) > 0 {
				n++
			}
		}
	}
	return n
}

func TestTrainerComplete_ShowsWhoGetsWhatThenGivesItOnceAndCanBeUndoneThatDay(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		d := teaches(t, db, clock, []string{"Amira Haddad", "Ben Rowley", "Ceri Vaughan", ""}, twoMornings())
		d.comes(1)
		d.browser.Post(d.url+"/register/1/rest", nil).Must(http.StatusSeeOther)
		d.browser.Get(d.url+"/complete").Must(http.StatusConflict).Shows("main", "You can complete this session from 12pm on Wednesday 27 January 2027")
		d.browser.Get(d.url).Shows("[aria-labelledby=complete-title]", "You can complete this session from 12pm on Wednesday 27 January 2027.")
		d.comes(2)
		second := d.save(d.browser.Get(d.url+"/register/2"), map[string]string{d.field(1): "late", d.field(2): "absent"})
		second.Shows("main form", "You can complete this session from 12pm on Wednesday 27 January 2027.")
		d.browser.Get(d.url+"/complete").Must(http.StatusConflict).Shows("main", "from 12pm on Wednesday 27 January 2027")
		d.browser.Post(d.url+"/complete", nil).Must(http.StatusConflict)
		d.nearlyOver()
		d.browser.Get(d.url+"/complete").Must(http.StatusConflict).Shows("main", "1 person is not marked yet in part 2")
		d.browser.Post(d.url+"/complete", nil).Must(http.StatusConflict)
		asked := d.save(second, map[string]string{d.field(3): "present", "do": "complete"})
		asked.Shows("main", "2 people get a certificate and a licence")
		asked.Shows("main", "Ben Rowley: absent from part 2")
		asked.Shows("main", "1 place without a name")
		asked.Shows("main", "from Wednesday 27 January 2027")
		for range 2 { // the button pressed twice
			done := d.browser.Follow(d.browser.Submit(asked, "main form", nil).Must(http.StatusSeeOther))
			done.Shows(".ssph-flash", "The session is complete. 2 people have their certificate and licence.")
			done.Shows("main table", "Amira Haddad Irwell Wellbeing Network Trained")
			done.Shows("main table", "Ben Rowley Irwell Wellbeing Network Absent")
		}
		if n := d.licensed(); n != 2 {
			t.Errorf("%d licences, want 2", n)
		}
		d.browser.Get(d.url+"/register/2").Shows("main", "Its register can no longer change")
		d.browser.Submit(second, registerForm, map[string]string{d.field(2): "present"}).Must(http.StatusConflict)
		d.browser.Get("/trainer?show=past").Must(http.StatusOK)

		undo := d.browser.Get(d.url + "/undo").Must(http.StatusOK)
		undo.Shows(".ssph-undo", "Amira Haddad Certificate")
		undo.Shows(".ssph-undo", "ends at once")
		if says := d.browser.Submit(undo, "main form", nil).Must(http.StatusUnprocessableEntity).Problem("reason"); says != "Say why this is undone" {
			t.Errorf("without a reason: %q", says)
		}
		undone := d.browser.Follow(d.browser.Submit(undo, "main form", map[string]string{"reason": "Ben was there after all"}).Must(http.StatusSeeOther))
		undone.Shows(".ssph-flash", "The completion is undone")
		if n := d.licensed(); n != 0 {
			t.Errorf("%d licences are left", n)
		}
		d.save(d.browser.Get(d.url+"/register/2"), map[string]string{d.field(2): "late"})
		again := d.browser.Submit(d.browser.Get(d.url+"/complete").Must(http.StatusOK), "main form", nil).Must(http.StatusSeeOther)
		d.browser.Follow(again).Shows(".ssph-flash", "3 people have their certificate")
	})
}

func TestTrainerComplete_CanNotBeUndoneTheNextDay(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		d := teaches(t, db, clock, []string{"Amira Haddad"})
		d.comes(1)
		d.browser.Post(d.url+"/register/1", map[string][]string{d.field(1): {"absent"}}).Must(http.StatusSeeOther)
		d.nearlyOver()
		asked := d.browser.Get(d.url + "/complete").Must(http.StatusOK)
		asked.Shows("main", "Nobody gets a certificate or a licence")
		d.browser.Follow(d.browser.Submit(asked, "main form", nil)).Shows("main", "nobody has a certificate")
		if !d.browser.Get(d.url).Has("a[href$='/undo']") {
			t.Error("it cannot be undone on its day")
		}
		clock.Set(d.session.FirstStart().Add(24 * time.Hour))
		d.browser = d.SignedIn(d.rowan)
		d.browser.FetchSite = "same-origin"
		if d.browser.Get(d.url).Has("a[href$='/undo']") {
			t.Error("it is still offered to be undone the next day")
		}
		d.browser.Get(d.url + "/undo").Must(http.StatusConflict)
		d.browser.Post(d.url+"/undo", map[string][]string{"reason": {"late"}}).Must(http.StatusConflict)
		d.browser.Get("/trainer?show=past").Shows("main table", "Complete")
	})
}
