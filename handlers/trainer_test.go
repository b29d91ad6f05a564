package handlers_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/booking/bookingtest"
	"hub.salford.ac.uk/ssph/handlers/handlerstest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// taught is a session of Rowan's, who is signed in.
type taught struct {
	*handlerstest.World
	t       *testing.T
	rowan   access.Actor
	browser *handlerstest.Browser
	session scheduling.Session
	booking booking.Booking
	url     string
}

// rowan signs Rowan in, who is a trainer of the diary.
func rowan(t *testing.T, db models.DB, clock *modelstest.Clock) *taught {
	t.Helper()
	d := &taught{World: handlerstest.Open(t, db, clock), t: t, rowan: accesstest.Trainer(t, db)}
	d.InTx(func(tx models.DB) error {
		return scheduling.SignsInAs(t.Context(), tx, access.System(), schedulingtest.TrainerIDs(t, tx, "Rowan")[0], d.rowan.PersonID)
	})
	d.browser = d.SignedIn(d.rowan)
	d.browser.FetchSite = "same-origin"
	return d
}

// teaches opens a session of Rowan's with these people on it.
func teaches(t *testing.T, db models.DB, clock *modelstest.Clock, people []string, options ...schedulingtest.Option) *taught {
	t.Helper()
	d := rowan(t, db, clock)
	d.session = schedulingtest.OpenAccess(t, db, append(options, schedulingtest.With("Rowan"))...)
	if len(people) > 0 {
		d.booking = bookingtest.OnAccount(t, db, d.session.ID, "Irwell Wellbeing Network", bookingtest.Named(people...))
	}
	d.url = "/trainer/sessions/" + idOf(d.session.ID)
	return d
}

// comes makes it the start of a part; Rowan signs in anew, for browsers are signed out after half a day.
func (d *taught) comes(part int) {
	d.t.Helper()
	d.Clock.Set(d.session.Parts[part-1].StartsAt)
	d.browser = d.SignedIn(d.rowan)
	d.browser.FetchSite = "same-origin"
}

// nearlyOver goes to the first instant at which the session can be completed, an hour before its last part ends.
func (d *taught) nearlyOver() { d.Clock.Set(d.session.LastEnd().Add(-time.Hour)) }

// twoMornings are Tuesday 26 and Wednesday 27 January 2027.
func twoMornings() schedulingtest.Option {
	tuesday := models.Date{Year: 2027, Month: time.January, Day: 26}
	return schedulingtest.InParts(schedulingtest.Part(tuesday, "9:30am", "1pm"), schedulingtest.Part(tuesday.AddDays(1), "9:30am", "1pm"))
}

func TestTrainer_TheDiaryShowsEachPartOnItsDayAndNoMoney(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		w.SignedIn(accesstest.Trainer(t, db)).Get("/trainer").Must(http.StatusOK).Shows("main", "not tied to a trainer in the diary yet")
		d := rowan(t, db, clock)
		d.browser.Get("/trainer").Shows("main", "No sessions are planned for you")
		schedulingtest.OpenAccess(t, db) // Alan's
		schedulingtest.OpenAccess(t, db, schedulingtest.With("Rowan"), schedulingtest.Online(""), twoMornings())
		face := schedulingtest.OpenAccess(t, db, schedulingtest.With("Rowan"), schedulingtest.OnDay(models.Date{Year: 2027, Month: time.February, Day: 4}))
		sell(t, d.World, face, "priya@irwell.example")
		page := d.browser.Get("/trainer").Must(http.StatusOK)
		var days []string
		for _, day := range page.Doc.Find(".ssph-diary__day:not([aria-hidden])").EachIter() {
			days = append(days, strings.Join(strings.Fields(day.Text()), " "))
		}
		want := []string{
			"26 Tue Tuesday 26 January 2027 Online, part 1 of 2 9:30am to 1pm, 0 of 15 places taken",
			"27 Wed Wednesday 27 January 2027 Online, part 2 of 2 9:30am to 1pm, 0 of 15 places taken",
			"4 Thu Thursday 4 February 2027 Salford, face to face 9:30am to 4:30pm, 3 of 15 places taken",
		}
		if strings.Join(days, "\n") != strings.Join(want, "\n") {
			t.Errorf("the diary:\n%s\nwant\n%s", strings.Join(days, "\n"), strings.Join(want, "\n"))
		}
		// 1 January 2027 is a Friday, 1 February a Monday; 31 and 28 days.
		for selector, count := range map[string]int{".ssph-diary__days--from-5 > li": 31, ".ssph-diary__days--from-1 > li": 28} {
			if n := page.Doc.Find(selector).Length(); n != count {
				t.Errorf("%d of %s, want %d", n, selector, count)
			}
		}
		for _, never := range []string{"£", "INV-", "BK-", "@irwell"} {
			if strings.Contains(page.Text("main"), never) {
				t.Errorf("the diary shows %q", never)
			}
		}
		d.browser.Get("/office").Must(http.StatusForbidden)
	})
}

func TestTrainer_TheSessionsPageShowsPeopleToItsTrainerAndTheOfficeOnly(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		d := teaches(t, db, clock, []string{"Amira Haddad", "Ben Rowley", ""}, schedulingtest.Online("https://video.example/rowan"))
		page := d.browser.Get(d.url).Must(http.StatusOK)
		page.Shows("main", "3 of 15 places taken")
		page.Shows("main table", "Amira Haddad Irwell Wellbeing Network")
		page.Shows("main", "1 place has no name yet")
		page.Shows("main", "https://video.example/rowan")
		page.Shows(".ssph-todo", "Opens on Thursday 14 January 2027")
		for _, never := range []string{"£", "INV-", "BK-", "@delegate"} {
			if strings.Contains(page.Text("main"), never) {
				t.Errorf("the trainer's page shows %q", never)
			}
		}
		office := d.SignedIn(accesstest.Office(t, db)).Get(d.url).Must(http.StatusOK)
		office.Shows("header nav", "People")
		if back := office.Doc.Find(".nhsuk-back-link").AttrOr("href", ""); back != "/office/sessions/"+idOf(d.session.ID) {
			t.Errorf("the office is led back to %q", back)
		}
		alans := schedulingtest.OpenAccess(t, db)
		for _, path := range []string{"", "/move", "/register/1", "/register/1/rest", "/register/1/walk-in", "/complete", "/undo"} {
			d.browser.Get("/trainer/sessions/" + idOf(alans.ID) + path).Must(http.StatusNotFound)
		}
	})
}

func TestTrainer_OpensASessionForThemselves(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		d := rowan(t, db, clock)
		form := d.browser.Get("/trainer/sessions/new").Must(http.StatusOK)
		if form.Has("#trainers input") || !strings.Contains(form.Text("#trainers"), "Rowan") {
			t.Errorf("the form offers trainers: %s", form.Text("#trainers"))
		}
		typed := map[string]string{
			"format": "online", "part-1-day": "26/1/2027", "part-1-start": "9:30am", "part-1-until": "1pm", "capacity": "12", "do": "publish",
		}
		opened := d.browser.Follow(d.browser.Submit(form, "main form", typed).Must(http.StatusSeeOther))
		opened.Shows("h1", "Tuesday 26 January 2027")
		opened.Shows("main", "0 of 12 places taken")
		mine, err := scheduling.Mine(t.Context(), db, d.rowan.PersonID)
		if err != nil || len(mine) != 1 || mine[0].TrainerNames() != "Rowan" || mine[0].Status != scheduling.Published {
			t.Fatalf("%+v, %v", mine, err)
		}
		again := d.browser.Submit(d.browser.Get("/trainer/sessions/new"), "main form", typed).Must(http.StatusUnprocessableEntity)
		if says := again.Problem("trainers"); says != "Rowan is online from 9:30am to 1pm. Choose another time or trainer" {
			t.Errorf("a clash: %q", says)
		}
		if again.Doc.Find("#part-1-day").AttrOr("value", "") != "26/1/2027" || !again.Has(".nhsuk-error-summary a[href='#trainers']") {
			t.Error("what was typed is lost, or the summary does not lead to the clash")
		}
		forged := with(typed, map[string]string{"part-1-day": "28/1/2027", "trainers": idOf(schedulingtest.TrainerIDs(t, db, "Alan")[0])})
		d.browser.Submit(form, "main form", forged).Must(http.StatusSeeOther)
		if mine, err = scheduling.Mine(t.Context(), db, d.rowan.PersonID); err != nil || len(mine) != 2 || mine[1].TrainerNames() != "Rowan" {
			t.Errorf("another trainer was put on the session: %+v, %v", mine, err)
		}
		if two := d.browser.Submit(form, "main form", map[string]string{"do": "add"}).Must(http.StatusOK); !two.Has("#part-2-day") {
			t.Error("there is no second part")
		}
	})
}

func TestTrainer_MovesASessionAndEverybodyGetsAnUpdatedInvitation(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		d := teaches(t, db, clock, []string{"Amira Haddad", "Ben Rowley", ""})
		before := len(d.Mails())
		form := d.browser.Get(d.url + "/move").Must(http.StatusOK)
		form.Shows("main", "2 people get an updated invitation by email")
		d.browser.Follow(d.browser.Submit(form, "main form", nil).Must(http.StatusSeeOther)).Shows(".ssph-flash", "Nothing was different")
		if n := len(d.Mails()); n != before {
			t.Errorf("%d mails about nothing", n-before)
		}
		bad := d.browser.Submit(form, "main form", map[string]string{"part-1-day": "soon", "part-1-until": "9am"}).Must(http.StatusUnprocessableEntity)
		if bad.Problem("part-1-day") != "Enter a real day, like 14 January 2027" || bad.Doc.Find("#part-1-until").AttrOr("value", "") != "9am" {
			t.Errorf("bad input: %s", bad.Text("main"))
		}
		moved := d.browser.Submit(form, "main form", map[string]string{"part-1-day": "19 January 2027"}).Must(http.StatusSeeOther)
		d.browser.Follow(moved).Shows("h1", "Tuesday 19 January 2027")
		invited := 0
		for _, m := range d.Mails() {
			if m.Kind == "place-moved" {
				invited++
			}
		}
		if invited != 2 {
			t.Errorf("%d updated invitations, want 2", invited)
		}
		schedulingtest.OpenAccess(t, db, schedulingtest.With("Rowan"), schedulingtest.OnDay(models.Date{Year: 2027, Month: time.January, Day: 21}))
		clash := d.browser.Submit(d.browser.Get(d.url+"/move"), "main form", map[string]string{"part-1-day": "21 January 2027"}).Must(http.StatusUnprocessableEntity)
		if says := clash.Problem("trainers"); says != "Rowan is in Salford from 9:30am to 4:30pm. Choose another time or trainer" {
			t.Errorf("a clash: %q", says)
		}
		clock.Set(time.Date(2027, time.January, 19, 9, 30, 0, 0, time.UTC))
		late := d.SignedIn(d.rowan)
		late.Follow(late.Get(d.url+"/move").Must(http.StatusSeeOther)).Shows(".ssph-flash", "It cannot be moved")
	})
}
