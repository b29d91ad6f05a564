package handlers_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/handlers/handlerstest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// enquiry is a message that is in order.
func enquiry() map[string]string {
	return map[string]string{
		"topic": "group", "name": "Priya Nair", "email": "Priya@Network.example", "organisation": "Irwell Wellbeing Network",
		"people": "12", "format": "online", "message": "We would like a day in March.\n\nMondays are best.",
	}
}

func TestContact_ReachesTheHubAndAnswersReachThePerson(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		b := w.Browser()
		sent := b.Submit(b.Get("/contact"), "main form", enquiry()).Must(http.StatusSeeOther)
		b.Follow(sent).Must(http.StatusOK).Shows("main h1", "Your message is on its way")
		mails := w.Mails()
		if len(mails) != 1 {
			t.Fatalf("%d mails", len(mails))
		}
		m := mails[0]
		if m.ToEmail != "hub@ssph.example" || m.ReplyTo != "priya@network.example" || m.Subject != "Own group: Priya Nair, Irwell Wellbeing Network" {
			t.Errorf("to %s, answers to %s, subject %q", m.ToEmail, m.ReplyTo, m.Subject)
		}
		for _, words := range []string{"People: 12", "Format: Online", "Mondays are best."} {
			if !strings.Contains(m.Text, words) {
				t.Errorf("the mail lacks %q: %s", words, m.Text)
			}
		}
	})
}

func TestContact_SentTwiceItIsOneMail(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		b := w.Browser()
		page := b.Get("/contact")
		for range 2 {
			b.Submit(page, "main form", enquiry()).Must(http.StatusSeeOther)
		}
		if n := len(w.Mails()); n != 1 {
			t.Errorf("%d mails, want 1", n)
		}
	})
}

func TestContact_IsFilledInFromThePricePage(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		page := handlerstest.Open(t, db, clock).Browser().Get("/contact?people=12&format=face-to-face").Must(http.StatusOK)
		for _, chosen := range []string{`[name="topic"][value="group"][checked]`, `[name="format"][value="face-to-face"][checked]`, `#people[value="12"]`} {
			if !page.Has(chosen) {
				t.Errorf("not filled in: %s", chosen)
			}
		}
	})
}

func TestContact_EachFaultIsSaidBesideItsFieldAndAllIsKept(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		b := w.Browser()
		page := b.Submit(b.Get("/contact"), "main form", map[string]string{
			"name": strings.Repeat("n", 101), "email": "priya", "people": "a dozen", "message": strings.Repeat("long ", 1000),
		}).Must(http.StatusUnprocessableEntity)
		for field, want := range map[string]string{
			"topic":   "Choose what your message is about",
			"name":    "Your name must be 100 characters or fewer",
			"email":   "Your email is missing the @",
			"people":  "Enter how many people as a number, like 12",
			"message": "Your message must be 4000 characters or fewer",
		} {
			if got := page.Problem(field); got != want {
				t.Errorf("beside %s: %q, want %q", field, got, want)
			}
			if !page.Has(`.nhsuk-error-summary a[href="#`+field+`"]`) || !page.Has("#"+field) {
				t.Errorf("the summary does not lead to %s", field)
			}
		}
		if !page.Has(`#people[value="a dozen"]`) || !strings.Contains(page.Doc.Find("textarea").Text(), "long long") {
			t.Error("what was typed is not kept")
		}
		page.Shows("title", "Error:")
		if n := len(w.Mails()); n != 0 {
			t.Errorf("%d mails were written", n)
		}
	})
}

func TestContact_TypedTextIsNeverMarkup(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		b := w.Browser()
		typed := enquiry()
		typed["name"], typed["message"], typed["topic"] = `"><script>alert(1)</script>`, `</textarea><script>alert(2)</script>`, "none of these"
		page := b.Submit(b.Get("/contact"), "main form", typed).Must(http.StatusUnprocessableEntity)
		if page.Doc.Find("main script").Length() != 0 {
			t.Error("what was typed became a script")
		}
		typed["topic"] = "other"
		b.Submit(page, "main form", typed).Must(http.StatusSeeOther)
		letter := w.Browser().Get("/dev/mailbox/1").Must(http.StatusOK)
		html := w.Browser().Get("/dev/mailbox/1/html").Must(http.StatusOK)
		if letter.Doc.Find("main script").Length()+html.Doc.Find("script").Length() != 0 {
			t.Error("what was typed became a script in the mail")
		}
	})
}

func TestContact_LineBreaksMakeNoHeaders(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		b := w.Browser()
		typed := enquiry()
		typed["name"] = "Priya\r\nBcc: everybody@network.example"
		b.Submit(b.Get("/contact"), "main form", typed).Must(http.StatusSeeOther)
		if subject := w.Mails()[0].Subject; strings.ContainsAny(subject, "\r\n") {
			t.Errorf("subject %q", subject)
		}
	})
}

func TestContact_OneBrowserMaySendFiveAndWhatIsTypedIsKept(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		b := w.Browser()
		for i := range 6 {
			typed := enquiry()
			typed["message"] = strings.Repeat("again ", i+1)
			sent := b.Submit(b.Get("/contact"), "main form", typed)
			if i < 5 {
				sent.Must(http.StatusSeeOther)
				continue
			}
			sent.Must(http.StatusTooManyRequests).Shows(".nhsuk-error-summary", "Try again in an hour")
			if !sent.Has(`#name[value="Priya Nair"]`) {
				t.Error("what was typed is not kept")
			}
		}
	})
}

func TestContact_TenAnHourFromOneNetworkAndAnEndForAll(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		send := func(n int, b *handlerstest.Browser) *handlerstest.Page {
			typed := enquiry()
			typed["message"] = strings.Repeat("x", n+1)
			return b.Submit(b.Get("/contact"), "main form", typed)
		}
		first := w.Browser()
		for i := range 120 {
			if i == 10 { // browsers without cookies, one after the other
				send(1000, first.Neighbour()).Must(http.StatusTooManyRequests)
			}
			b := w.Browser()
			if i < 10 {
				b = first.Neighbour()
			}
			send(i, b).Must(http.StatusSeeOther)
		}
		send(120, w.Browser()).Must(http.StatusTooManyRequests)
		clock.Advance(time.Hour)
		send(121, first.Neighbour()).Must(http.StatusSeeOther)
	})
}
