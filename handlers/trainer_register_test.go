package handlers_test

import (
	"net/http"
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/booking/bookingtest"
	"hub.salford.ac.uk/ssph/handlers/handlerstest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

const registerForm = ".ssph-register form"

// field is the switch of the nth place of the booking, from 1.
func (d *taught) field(place int) string { return "place-" + idOf(d.booking.Places[place-1].ID) }

// marked says which button of a place's switch is pressed on a page.
func (d *taught) marked(page *handlerstest.Page, place int) string {
	return page.Doc.Find("input[name="+d.field(place)+"][checked]").AttrOr("value", "")
}

// save posts the register with these marks typed over what stands.
func (d *taught) save(page *handlerstest.Page, typed map[string]string) *handlerstest.Page {
	d.t.Helper()
	return d.browser.Follow(d.browser.Submit(page, registerForm, typed).Must(http.StatusSeeOther))
}

func TestTrainerRegister_OpensOnItsDay(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		d := teaches(t, db, clock, []string{"Amira Haddad"})
		page := d.browser.Get(d.url + "/register/1").Must(http.StatusOK)
		page.Shows("main", "This register opens on Thursday 14 January 2027")
		if page.Has("main form") || page.Has("main input") {
			t.Error("it can be marked before its day")
		}
		early := d.browser.Post(d.url+"/register/1", map[string][]string{d.field(1): {"present"}}).Must(http.StatusConflict)
		if !early.Has("main a[href='" + d.url + "/register/1']") {
			t.Error("the refusal does not lead back to the register")
		}
		early.Shows("main", "This register opens on Thursday 14 January 2027")
		d.browser.Post(d.url+"/register/1/rest", nil).Must(http.StatusConflict)
		d.browser.Post(d.url+"/register/1/walk-in", map[string][]string{"name": {"Gus Hall"}, "email": {"gus@hall.example"}}).Must(http.StatusConflict)
		d.browser.Get(d.url + "/register/2").Must(http.StatusNotFound)
		clock.Set(schedulingtest.Day.At(0, 0))
		d.browser = d.SignedIn(d.rowan)
		if !d.browser.Get(d.url + "/register/1").Must(http.StatusOK).Has(registerForm) {
			t.Error("it is still closed on its day")
		}
	})
}

func TestTrainerRegister_MarksAreSavedCountedAndCorrected(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		d := teaches(t, db, clock, []string{"Amira Haddad", "Ben Rowley", "Ceri Vaughan", "Dev Patel"})
		d.comes(1)
		d.browser.Get("/trainer").Shows(".ssph-waiting", "Mark the register for Thursday 14 January")
		page := d.browser.Get(d.url + "/register/1").Must(http.StatusOK)
		page.Shows("h1", "Register, Thursday 14 January")
		page.Shows("main", "0 of 4 marked. 0 here, 0 absent.")
		page.Shows(".ssph-bar", "4 people still to mark")
		saved := d.save(page, map[string]string{d.field(1): "present", d.field(2): "late", d.field(4): "absent", "do": "save"})
		saved.Shows(".ssph-flash", "The register is saved. 3 of 4 marked.")
		saved.Shows("main", "3 of 4 marked. 2 here (1 late), 1 absent.")
		saved.Shows("main", "Amira Haddad Here from 9:30am")
		saved.Shows("main", "Dev Patel Absent")
		saved.Shows("main", "Ceri Vaughan Not marked yet")
		if saved.Doc.Find("progress").AttrOr("value", "") != "3" || saved.Has("button[value=complete]") {
			t.Error("the count is wrong, or an unmarked session can be completed")
		}
		corrected := d.save(saved, map[string]string{d.field(4): "late"})
		if d.marked(corrected, 4) != "late" || d.marked(corrected, 1) != "present" || d.marked(corrected, 3) != "" {
			t.Errorf("after correcting: %s", corrected.Text("main"))
		}
		d.browser.Submit(corrected, registerForm, map[string]string{d.field(3): "asleep"}).Must(http.StatusUnprocessableEntity)
		all := d.save(corrected, map[string]string{d.field(3): "absent"})
		all.Shows(".ssph-bar", "Everybody is marked")
		all.Shows("main form", "You can complete this session from 3:30pm on Thursday 14 January 2027.")
		if all.Has("button[value=complete]") || strings.Contains(d.browser.Get("/trainer").Text("main"), "Complete the session") {
			t.Error("a day that has just begun can be completed")
		}
		d.nearlyOver()
		if !d.browser.Get(d.url + "/register/1").Has("button[value=complete]") {
			t.Error("everybody is marked and it cannot be completed")
		}
		d.browser.Get("/trainer").Shows(".ssph-waiting", "Complete the session of Thursday 14 January")
	})
}

func TestTrainerRegister_APageThatLayOpenTakesNothingBack(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		d := teaches(t, db, clock, []string{"Amira Haddad", "Ben Rowley"})
		d.Clock.Set(schedulingtest.Day.At(8, 0)) // before the start: names can still be swapped
		d.browser = d.SignedIn(d.rowan)
		first := d.save(d.browser.Get(d.url+"/register/1"), map[string]string{d.field(1): "present"})
		d.save(first, map[string]string{d.field(1): "absent"}) // the second phone
		after := d.save(first, map[string]string{d.field(2): "present"})
		if d.marked(after, 1) != "absent" || d.marked(after, 2) != "present" {
			t.Errorf("the old page took a mark back: %s", after.Text("main"))
		}
		booker := accesstest.Actor(t, db, bookingtest.Manager(t, db, "Irwell Wellbeing Network").PersonID)
		d.InTx(func(tx models.DB) error {
			_, err := d.Desk.NamePlace(t.Context(), tx, booker, d.booking.ID, 2, bookingtest.Named("Faith Adeyemi")[0])
			return err
		})
		meant := d.browser.Submit(after, registerForm, map[string]string{d.field(2): "late"}).Must(http.StatusConflict)
		meant.Shows("main", "A place was given to somebody else meanwhile")
		d.browser.Get(d.url+"/register/1").Shows("main", "Faith Adeyemi Not marked yet")
	})
}

func TestTrainerRegister_TheRestIsMarkedAfterAsking(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		d := teaches(t, db, clock, []string{"Amira Haddad", "Ben Rowley", "Ceri Vaughan"}, twoMornings())
		d.comes(1)
		page := d.browser.Get(d.url + "/register/1").Must(http.StatusOK)
		page.Shows("main nav", "Part 1 Part 2")
		asked := d.save(page, map[string]string{d.field(2): "absent", "do": "rest"})
		asked.Shows("h1", "Mark 2 people as here?")
		if strings.Contains(asked.Text("main"), "Ben Rowley") {
			t.Error("somebody who is marked is marked again")
		}
		done := d.browser.Follow(d.browser.Submit(asked, "main form", nil).Must(http.StatusSeeOther))
		done.Shows("main", "3 of 3 marked. 2 here, 1 absent.")
		if d.marked(done, 2) != "absent" || done.Has("button[value=complete]") {
			t.Error("a mark was changed, or a session with a part to come can be completed")
		}
		if twice := d.browser.Follow(d.browser.Get(d.url + "/register/1/rest").Must(http.StatusSeeOther)); twice.Path != d.url+"/register/1" {
			t.Errorf("nobody is left, and it leads to %s", twice.Path)
		}
		d.browser.Get(d.url+"/register/2").Shows("main", "This register opens on Wednesday 27 January 2027")
		if d.browser.Get("/trainer").Has(".ssph-waiting") {
			t.Error("there is something to do before the second morning")
		}
	})
}

func TestTrainerRegister_WhoCameOnAnUnnamedPlaceIsNamedAndMarksAreNotLost(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		d := teaches(t, db, clock, []string{"Amira Haddad", ""})
		d.comes(1)
		page := d.browser.Get(d.url + "/register/1").Must(http.StatusOK)
		page.Shows("main", "Place without a name Irwell Wellbeing Network")
		form := d.save(page, map[string]string{d.field(1): "present", "do": "name-" + idOf(d.booking.Places[1].ID)})
		form.Shows("h1", "Who came on this place?")
		empty := d.browser.Submit(form, "main form", map[string]string{"email": "not an address"}).Must(http.StatusUnprocessableEntity)
		if empty.Problem("name") == "" || empty.Problem("email") == "" || empty.Doc.Find("#email").AttrOr("value", "") != "not an address" {
			t.Errorf("bad input: %s", empty.Text("main"))
		}
		typed := map[string]string{"name": "Esther Lowe", "email": "esther@lowe.example"}
		named := d.browser.Follow(d.browser.Submit(form, "main form", typed).Must(http.StatusSeeOther))
		named.Shows(".ssph-flash", "Esther Lowe is on the register. Mark them now.")
		named.Shows("main", "1 of 2 marked. 1 here")
		d.browser.Submit(form, "main form", typed).Must(http.StatusConflict)
		d.browser.Follow(d.browser.Get(form.Path).Must(http.StatusSeeOther)).Shows(".ssph-flash", "named for Esther Lowe already")
		d.browser.Get(d.url + "/register/1/places/99999").Must(http.StatusNotFound)
	})
}

func TestTrainerRegister_AWalkInGetsAFreePlaceOnceAndNoneOnAFullSession(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		d := teaches(t, db, clock, []string{"Amira Haddad"}, schedulingtest.Capacity(2))
		d.comes(1)
		form := d.save(d.browser.Get(d.url+"/register/1"), map[string]string{d.field(1): "present", "do": "walk-in"})
		other := d.browser.Get(d.url + "/register/1/walk-in")
		typed := map[string]string{"name": "Gus Hall", "email": "gus@hall.example"}
		twice := d.browser.Submit(form, "main form", map[string]string{"name": "Amira Haddad", "email": "amira.haddad@delegate.example"}).Must(http.StatusUnprocessableEntity)
		if says := twice.Problem("email"); says != "Amira Haddad already has a place on this session" {
			t.Errorf("somebody who is there: %q", says)
		}
		for range 2 { // the button pressed twice
			added := d.browser.Follow(d.browser.Submit(form, "main form", typed).Must(http.StatusSeeOther))
			added.Shows("main", "1 of 2 marked.")
			added.Shows("main", "Gus Hall Not marked yet")
			added.Shows(".ssph-register__more", "All 2 places are taken: nobody can be added.")
		}
		full := d.browser.Submit(other, "main form", map[string]string{"name": "Ida Moss", "email": "ida@moss.example"}).Must(http.StatusConflict)
		full.Shows(".nhsuk-error-summary", "This session is full: all 2 places are taken")
		if full.Doc.Find("#name").AttrOr("value", "") != "Ida Moss" {
			t.Error("what was typed is lost")
		}
	})
}
