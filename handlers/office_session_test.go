package handlers_test

import (
	"net/http"
	"strconv"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/handlers/handlerstest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// office runs a test with somebody of the office signed in, on both databases.
func office(t *testing.T, fn func(t *testing.T, w *handlerstest.World, b *handlerstest.Browser)) {
	t.Helper()
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		fn(t, w, w.SignedIn(accesstest.Office(t, db)))
	})
}

func idOf(n int64) string { return strconv.FormatInt(n, 10) }

// faceToFace is what the office types for Thursday 14 January 2027 with Alan on the campus.
func faceToFace(t *testing.T, w *handlerstest.World) map[string]string {
	t.Helper()
	return map[string]string{
		"part-1-day": "Thursday 14 January 2027", "part-1-start": "9.30am", "part-1-until": "16:30", "format": "face-to-face",
		"venue": idOf(schedulingtest.Campus(t, w.DB).ID), "trainers": idOf(schedulingtest.TrainerIDs(t, w.DB, "Alan")[0]), "do": "publish",
	}
}

func with(typed map[string]string, more map[string]string) map[string]string {
	all := map[string]string{}
	for _, values := range []map[string]string{typed, more} {
		for name, value := range values {
			all[name] = value
		}
	}
	return all
}

const newSession = "form[action='/office/sessions/new']"

func TestOfficeSession_OpenedAndPublishedStandsOnThePublicList(t *testing.T) {
	office(t, func(t *testing.T, w *handlerstest.World, b *handlerstest.Browser) {
		typed := faceToFace(t, w)
		opened := b.Submit(b.Get("/office/sessions/new").Must(http.StatusOK), newSession, typed).Must(http.StatusSeeOther)
		page := b.Follow(opened).Must(http.StatusOK)
		page.Shows("h1", "Thursday 14 January 2027")
		page.Shows(".ssph-flash", "The session is open: it can be booked now.")
		page.Shows("main", "0 of 15 places taken")
		page.Shows(".ssph-history", "Session opened and published")
		page.Shows(".ssph-history", "Joanne Fearn")
		found, err := scheduling.Upcoming(t.Context(), w.DB, scheduling.Filter{})
		if err != nil || len(found) != 1 {
			t.Fatalf("%d sessions on sale, %v", len(found), err)
		}
		// 9:30am to 4:30pm in winter is the same in UTC.
		if want := time.Date(2027, time.January, 14, 16, 30, 0, 0, time.UTC); !found[0].LastEnd().Equal(want) || found[0].Capacity != 15 {
			t.Errorf("ends %s with %d places, want %s and 15", found[0].LastEnd(), found[0].Capacity, want)
		}
		b.Get("/office/sessions").Shows("main table", "Thursday 14 January 2027")
	})
}

func TestOfficeSession_EveryMistakeStandsBesideItsFieldAndNothingIsOpened(t *testing.T) {
	office(t, func(t *testing.T, w *handlerstest.World, b *handlerstest.Browser) {
		right := faceToFace(t, w)
		for name, mistake := range map[string]struct {
			typed map[string]string
			field string
			says  string
		}{
			"no day":             {map[string]string{"part-1-day": ""}, "part-1-day", "Enter a real day, like 14 January 2027"},
			"no such day":        {map[string]string{"part-1-day": "30 February 2027"}, "part-1-day", "Enter a real day, like 14 January 2027"},
			"wrong weekday":      {map[string]string{"part-1-day": "Friday 14 January 2027"}, "part-1-day", "Enter a real day, like 14 January 2027"},
			"past":               {map[string]string{"part-1-day": "20 November 2026"}, "part-1-day", "Choose a day in the future"},
			"no time":            {map[string]string{"part-1-start": "morning"}, "part-1-start", "Enter the start, like 9:30am"},
			"end before start":   {map[string]string{"part-1-until": "9am"}, "part-1-until", "The end must be later than the start, 9:30am"},
			"no venue":           {map[string]string{"venue": ""}, "venue", "Choose a venue"},
			"venue made up":      {map[string]string{"venue": "99999"}, "venue", "Choose a venue"},
			"format made up":     {map[string]string{"format": "by post"}, "format", "Choose face to face or online"},
			"no trainer":         {map[string]string{"trainers": "0"}, "trainers", "Choose trainers from the list"},
			"places in words":    {map[string]string{"capacity": "ten"}, "capacity", "Enter how many places as a number, like 15"},
			"201 places":         {map[string]string{"capacity": "201"}, "capacity", "Enter a number of places from 1 to 200"},
			"link over http":     {map[string]string{"format": "online", "join-link": "http://video.example/x"}, "join-link", "Enter the whole link, beginning with https://"},
			"hour that is not":   {map[string]string{"part-1-day": "28 March 2027", "part-1-start": "1:30am", "part-1-until": "5am"}, "part-1-start", "The clocks change around 1:30am on 28 March 2027. Choose another time"},
			"four years ahead":   {map[string]string{"part-1-day": "14 January 2031"}, "part-1-day", "Choose a day in the next 3 years"},
			"link a week before": {map[string]string{"part-1-day": "26 November 2026", "format": "online"}, "join-link", "Enter the link: the session is less than a week away"},
		} {
			answer := b.Submit(b.Get("/office/sessions/new"), newSession, with(right, mistake.typed))
			if answer.Status != http.StatusUnprocessableEntity || answer.Problem(mistake.field) != mistake.says {
				t.Errorf("%s: status %d, %q beside %s, want %q", name, answer.Status, answer.Problem(mistake.field), mistake.field, mistake.says)
			}
			if kept := answer.Doc.Find("#part-1-until").AttrOr("value", ""); kept != with(right, mistake.typed)["part-1-until"] {
				t.Errorf("%s: the end typed became %q", name, kept)
			}
		}
		if _, n, err := scheduling.All(t.Context(), w.DB, scheduling.OfficeFilter{}, scheduling.Page{}); err != nil || n != 0 {
			t.Errorf("%d sessions after mistakes alone, %v", n, err)
		}
	})
}

func TestOfficeSession_SeveralMistakesAreShownAtOnceInThePagesOrder(t *testing.T) {
	office(t, func(t *testing.T, w *handlerstest.World, b *handlerstest.Browser) {
		answer := b.Submit(b.Get("/office/sessions/new"), newSession, map[string]string{"do": "publish", "capacity": "none"}).Must(http.StatusUnprocessableEntity)
		var fields []string
		for _, link := range answer.Doc.Find(".nhsuk-error-summary a").EachIter() {
			fields = append(fields, link.AttrOr("href", ""))
		}
		want := []string{"#part-1-day", "#part-1-start", "#part-1-until", "#venue", "#trainers", "#capacity"}
		if len(fields) != len(want) {
			t.Fatalf("problems %v, want %v", fields, want)
		}
		for i := range want {
			if fields[i] != want[i] {
				t.Errorf("problem %d is %s, want %s", i+1, fields[i], want[i])
			}
			if !answer.Has(fields[i]) {
				t.Errorf("the summary leads to %s, which is not there", fields[i])
			}
		}
	})
}

func TestOfficeSession_ATrainerWhoIsElsewhereIsSaidBesideTheTrainers(t *testing.T) {
	office(t, func(t *testing.T, w *handlerstest.World, b *handlerstest.Browser) {
		schedulingtest.OpenAccess(t, w.DB)
		answer := b.Submit(b.Get("/office/sessions/new"), newSession, faceToFace(t, w)).Must(http.StatusUnprocessableEntity)
		if says := answer.Problem("trainers"); says != "Alan is in Salford from 9:30am to 4:30pm. Choose another time or trainer" {
			t.Errorf("beside the trainers: %q", says)
		}
		if !answer.Has("#trainers[checked]") {
			t.Error("the trainer chosen is not ticked any more")
		}
	})
}

func TestOfficeSession_PartsAreAddedAndTakenAwayWithEverythingTypedKept(t *testing.T) {
	office(t, func(t *testing.T, w *handlerstest.World, b *handlerstest.Browser) {
		typed := faceToFace(t, w)
		page := b.Get("/office/sessions/new")
		for n := 2; n <= 4; n++ {
			page = b.Submit(page, newSession, with(typed, map[string]string{"do": "add"})).Must(http.StatusOK)
			if !page.Has("#part-" + strconv.Itoa(n) + "-day") {
				t.Fatalf("there is no part %d", n)
			}
		}
		if page.Has("button[value=add]") {
			t.Error("a fifth part is offered")
		}
		for _, field := range []string{"part-1-day", "part-1-start", "part-1-until"} {
			if kept := page.Doc.Find("#"+field).AttrOr("value", ""); kept != typed[field] {
				t.Errorf("%s became %q", field, kept)
			}
		}
		if !page.Has("#trainers[checked]") || page.Doc.Find("#venue option[selected]").AttrOr("value", "") != typed["venue"] {
			t.Error("trainer or venue were lost")
		}
		page = b.Submit(page, newSession, map[string]string{"do": "fewer"}).Must(http.StatusOK)
		page = b.Submit(page, newSession, map[string]string{"do": "fewer"}).Must(http.StatusOK)
		opened := b.Submit(page, newSession, map[string]string{
			"part-2-day": "15/1/2027", "part-2-start": "9:30am", "part-2-until": "1pm", "do": "draft",
		}).Must(http.StatusSeeOther)
		b.Follow(opened).Shows("h1", "Thursday 14 January 2027 and Friday 15 January 2027")
	})
}

func TestOfficeSession_ADraftIsPublishedOrGivenUp(t *testing.T) {
	office(t, func(t *testing.T, w *handlerstest.World, b *handlerstest.Browser) {
		first := schedulingtest.OpenAccess(t, w.DB, schedulingtest.AsDraft())
		url := "/office/sessions/" + idOf(first.ID)
		b.Get("/sessions/" + idOf(first.ID)).Must(http.StatusNotFound)
		b.Follow(b.Submit(b.Get(url), "form[action$='/publish']", nil).Must(http.StatusSeeOther)).Shows(".ssph-tag", "15 places left")
		b.Get("/sessions/" + idOf(first.ID)).Must(http.StatusOK)
		if page := b.Get(url); page.Has("form[action$='/publish']") || page.Has("a[href$='/cancel']") {
			t.Error("a published session is still offered as a draft")
		}
		b.FetchSite = "same-origin"
		b.Post(url+"/cancel", nil).Must(http.StatusConflict)

		second := schedulingtest.OpenAccess(t, w.DB, schedulingtest.AsDraft(), schedulingtest.OnDay(schedulingtest.Day.AddDays(1)))
		url = "/office/sessions/" + idOf(second.ID)
		asked := b.Get(url + "/cancel").Must(http.StatusOK)
		asked.Shows("h1", "Give up the draft for Friday 15 January 2027?")
		b.Follow(b.Submit(asked, "main form", nil).Must(http.StatusSeeOther)).Shows("main .ssph-tag", "Cancelled")
		b.Get("/office/sessions?show=cancelled").Shows("main table", "Friday 15 January 2027")
	})
}

func TestOfficeSession_PlacesNeverFallBelowThoseTaken(t *testing.T) {
	office(t, func(t *testing.T, w *handlerstest.World, b *handlerstest.Browser) {
		session := schedulingtest.OpenAccess(t, w.DB)
		sell(t, w, session, "priya@irwell.example")
		url := "/office/sessions/" + idOf(session.ID)
		page := b.Get(url)
		page.Shows("main", "3 of 15 places taken")
		page.Shows("main table", "Tom Ashworth")
		page.Shows("main table", "1 place with no name yet")
		answer := b.Submit(page, "form[action$='/capacity']", map[string]string{"capacity": "2"}).Must(http.StatusUnprocessableEntity)
		if says := answer.Problem("capacity"); says != "3 places are taken already. Enter 3 or more" {
			t.Errorf("beside the places: %q", says)
		}
		if kept := answer.Doc.Find("#capacity").AttrOr("value", ""); kept != "2" {
			t.Errorf("what was typed became %q", kept)
		}
		if says := b.Submit(page, "form[action$='/capacity']", map[string]string{"capacity": "many"}).Problem("capacity"); says == "" {
			t.Error("nonsense was taken as a number")
		}
		b.Follow(b.Submit(page, "form[action$='/capacity']", map[string]string{"capacity": "3"}).Must(http.StatusSeeOther)).Shows("main .ssph-tag", "Full")
		b.Get(url).Shows(".ssph-history", "Places changed from 15 places to 3 places")
	})
}

func TestOfficeSession_TheLinkIsForOnlineSessionsAndHTTPS(t *testing.T) {
	office(t, func(t *testing.T, w *handlerstest.World, b *handlerstest.Browser) {
		session := schedulingtest.OpenAccess(t, w.DB, schedulingtest.Online(""))
		url := "/office/sessions/" + idOf(session.ID)
		page := b.Get(url)
		page.Shows(".ssph-panel--wait", "The link is still to come. Enter it by Thursday 7 January 2027")
		answer := b.Submit(page, "form[action$='/link']", map[string]string{"join-link": "video.example/x"}).Must(http.StatusUnprocessableEntity)
		if answer.Problem("join-link") == "" || answer.Doc.Find("#join-link").AttrOr("value", "") != "video.example/x" {
			t.Errorf("a link without https: %s", answer.Text("main"))
		}
		after := b.Follow(b.Submit(page, "form[action$='/link']", map[string]string{"join-link": "https://video.example/x"}).Must(http.StatusSeeOther))
		if after.Has(".ssph-panel--wait") {
			t.Error("the link is still missed")
		}
	})
}

func TestOfficeVenues_AreAddedOnce(t *testing.T) {
	office(t, func(t *testing.T, w *handlerstest.World, b *handlerstest.Browser) {
		typed := map[string]string{"name": "Old Fire Station", "address": "The Crescent", "town": "Salford", "postcode": "m5 4nz", "step-free": "yes"}
		empty := b.Submit(b.Get("/office/venues"), "main form", nil).Must(http.StatusUnprocessableEntity)
		for _, field := range []string{"name", "address", "town", "postcode"} {
			if empty.Problem(field) == "" {
				t.Errorf("an empty %s was taken", field)
			}
		}
		b.Follow(b.Submit(empty, "main form", typed).Must(http.StatusSeeOther)).Shows("main table", "The Crescent, Salford, M5 4NZ")
		again := b.Submit(b.Get("/office/venues"), "main form", typed).Must(http.StatusUnprocessableEntity)
		if says := again.Problem("name"); says != "There is already a venue called Old Fire Station" {
			t.Errorf("the same venue again: %q", says)
		}
		b.Get("/office/sessions/new").Shows("#venue", "Salford, Old Fire Station")
	})
}
