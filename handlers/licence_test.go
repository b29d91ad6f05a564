package handlers_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/handlers/handlerstest"
	"hub.salford.ac.uk/ssph/licensing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

func jan(year, day int) models.Date { return models.Date{Year: year, Month: 1, Day: day} }

// Trained on 14 January 2027: one year on is 14 January 2028, grace is 14 days more, "ends soon" is from 30 days before.
func TestLicence_EveryStateSaysHowItStandsAndWhyItExists(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		g := train(t, w, []string{"Hannah Whitworth"})
		for _, stage := range []struct {
			on                    models.Date
			heading, tag, says    string
			button, longer, leads string
		}{
			{jan(2027, 20), "359 days left", "Active", "up to the end of Friday 14 January 2028", "Open the tool", "starts on 15 January 2028, however early you renew. It then runs up to the end of 14 January 2029", "/tool"},
			{jan(2028, 1), "13 days left", "Ends soon", "up to the end of Friday 14 January 2028", "Ask the Hub to renew", "starts on 15 January 2028", "/contact?"},
			{jan(2028, 14), "Last day today", "Ends soon", "Friday 14 January 2028", "Ask the Hub to renew", "starts on 15 January 2028", "/contact?"},
			{jan(2028, 15), "In grace up to the end of 28 January 2028", "In grace", "ended on 14 January 2028", "Ask the Hub to renew", "starts on 15 January 2028, right after your last day", "/contact?"},
			{jan(2028, 29), "Your licence ended on 14 January 2028", "Ended", "Your cases are safe", "Ask the Hub to renew", "starts on the day you renew", "/contact?"},
		} {
			clock.Set(stage.on.At(10, 0))
			page := g.person(t, w, 0).Get("/account/licence").Must(http.StatusOK)
			page.Shows(".ssph-licence h2", stage.heading)
			page.Shows(".ssph-licence .ssph-tag", stage.tag)
			page.Shows(".ssph-licence", stage.says)
			page.Shows(".ssph-licence", "because you attended the face-to-face session on 14 January 2027")
			page.Shows(".ssph-panel--pale", stage.longer)
			page.Shows(".ssph-panel--pale", "No price is set here for renewing a licence. Ask the Hub: we answer by email. Ask the Hub to renew")
			page.Shows(".ssph-licence .nhsuk-button", stage.button)
			if to := page.Doc.Find(".ssph-licence .nhsuk-button").AttrOr("href", ""); !strings.HasPrefix(to, stage.leads) {
				t.Errorf("%s: the button leads to %q", stage.on, to)
			}
			page.Shows(".ssph-story", "14 January 2027 Licence L-00001 began, with certificate "+g.code(0)+" You attended the face-to-face session on 14 January 2027")
			page.Shows(".ssph-story", "14 January 2028 Last day The same date, one year on")
			page.Shows(".ssph-story", "28 January 2028 Grace ends. The tool becomes read-only 14 days after the last day")
			if n := page.Doc.Find("svg.ssph-year__plot[role=img][aria-label*='from 14 January 2027 to the end of 14 January 2028']").Length(); n != 2 {
				t.Errorf("%s: %d pictures tell the year, want one for each width", stage.on, n)
			}
		}
	})
}

func TestLicence_AskingToRenewSaysWhichLicence(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		g := train(t, w, []string{"Hannah Whitworth"})
		clock.Set(jan(2028, 1).At(10, 0))
		b := g.person(t, w, 0)
		page := b.Get("/account/licence").Must(http.StatusOK)
		ask := page.Doc.Find(".ssph-licence .nhsuk-button").AttrOr("href", "")
		form := b.Get(ask).Must(http.StatusOK)
		if !form.Has("[name=topic][value=licence][checked]") || form.Doc.Find("#email").AttrOr("value", "") == "" {
			t.Error("the subject, or who asks, is not filled in")
		}
		if page.Doc.Find(".ssph-panel--pale a").AttrOr("href", "") != ask {
			t.Error("the panel on renewing does not lead to the letter")
		}
		b.Submit(form, "main form", nil).Must(http.StatusSeeOther)
		if got := form.Doc.Find("textarea").Text(); got != "I would like to renew licence L-00001. Its last day is 14 January 2028." {
			t.Errorf("the letter begins %q", got)
		}
	})
}

func TestLicence_WithoutOneThePageSaysHowToGetIt(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		page := w.SignedIn(accesstest.Person(t, db, "Sam Lowe", "sam@practice.example")).Get("/account/licence").Must(http.StatusOK)
		page.Shows(".ssph-licence h2", "You have no licence")
		page.Shows(".ssph-licence .nhsuk-button", "See training dates")
		if page.Has("svg.ssph-year__plot") || page.Has(".ssph-story") {
			t.Error("a year is drawn where there is none")
		}
	})
}

func TestLicence_OneThatTheOfficeSuspendedOpensNothing(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		g := train(t, w, []string{"Hannah Whitworth"})
		b := g.person(t, w, 0)
		w.InTx(func(tx models.DB) error {
			_, err := licensing.Desk{BaseURL: handlerstest.BaseURL}.Suspend(
				t.Context(), tx, access.System(), g.outcome.Granted[0].Licence.ID, licensing.GroundsOther, "the person asked us to look into it")
			return err
		})
		page := b.Get("/account/licence").Must(http.StatusOK)
		page.Shows(".ssph-licence h2", "Your licence is suspended")
		page.Shows(".ssph-licence", "Your cases are safe")
		if page.Has(".ssph-licence a[href='/tool']") || page.Has(".ssph-panel--pale") {
			t.Error("the page leads into the tool, or speaks of renewing")
		}
	})
}

func TestAccount_ShowsTrainingCertificateAndLicence(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		g := train(t, w, []string{"Hannah Whitworth"})
		page := g.person(t, w, 0).Get("/account").Must(http.StatusOK)
		page.Shows(".ssph-licence", "Your licence works up to the end of Friday 14 January 2028")
		page.Shows(".ssph-licence", "because you attended the face-to-face session on 14 January 2027")
		page.Shows("[aria-labelledby=certificates-title]", g.code(0))
		page.Shows("[aria-labelledby=places-title] tbody", "Trained")
		for _, to := range []string{"/tool/cases", "/account/licence", "/certificates/" + g.code(0), "/certificates/" + g.code(0) + ".pdf"} {
			if !page.Has("main a[href='" + to + "']") {
				t.Errorf("there is no way to %s", to)
			}
		}
		booker := w.SignedIn(accesstest.Actor(t, db, g.manager.PersonID)).Get("/account").Must(http.StatusOK)
		if booker.Has(".ssph-licence") {
			t.Error("somebody who only booked is shown a licence panel")
		}
	})
}

func TestOrganisation_TheFunnelEndsAtLicencesAndSaysWhyItNarrows(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		g := train(t, w, []string{"Hannah Whitworth", "Daniel Mensah"})
		later := schedulingtest.OpenAccess(t, db, schedulingtest.OnDay(schedulingtest.Day.AddDays(60)))
		bookFor(t, w, later.ID, "Tom Ashworth", "")
		manager := accesstest.Actor(t, db, g.manager.PersonID)
		page := w.SignedIn(manager).Get("/organisation").Must(http.StatusOK)
		for row, words := range []string{"Bought 4 In 2 bookings", "Named 3 1 to name", "Trained 2 1 booked", "Licensed 2 2 end on 14 January 2028"} {
			page.Shows(".ssph-funnel__row:nth-child("+idOf(int64(row+1))+")", words)
		}
		hannah := "tr:contains('Hannah Whitworth')"
		page.Shows(hannah, "Trained")
		page.Shows(hannah, "ActiveLast day 14 January 2028Attended 14 January 2027, face to face, Salford")
		if !page.Has(hannah + " a[href='/certificates/" + g.code(1) + "']") {
			t.Error("there is no way to the certificate")
		}
		page.Shows("tr:contains('Tom Ashworth')", "Booked Licence: After training")
		page.Shows("tr:contains('No name yet')", "To name Licence: After training")

		clock.Set(jan(2028, 2).At(10, 0)) // the later session is over, and nobody recorded it
		page = w.SignedIn(manager).Get("/organisation").Must(http.StatusOK)
		page.Shows(".ssph-funnel", "Trained 2 1 waiting for the trainer’s record")
		page.Shows(".ssph-todo", "Renew 2 licencesAll end on 14 January 2028")
		letter, err := url.Parse(page.Doc.Find(".ssph-todo a:contains('Ask the Hub')").AttrOr("href", ""))
		if err != nil || !strings.Contains(letter.Query().Get("message"), "L-00002, last day 14 January 2028\nL-00001, last day 14 January 2028") {
			t.Errorf("the letter says %q, %v", letter.Query().Get("message"), err)
		}
		page.Shows(hannah, "Ends soon")

		clock.Set(jan(2028, 29).At(10, 0))
		page = w.SignedIn(manager).Get("/organisation").Must(http.StatusOK)
		page.Shows(".ssph-funnel", "Licensed 0 2 ended")
		page.Shows(hannah, "EndedLast day was 14 January 2028")
	})
}

func TestOfficePerson_IsTheWholeChainFromBookingToLicence(t *testing.T) {
	office(t, func(t *testing.T, w *handlerstest.World, _ *handlerstest.Browser) {
		g := train(t, w, []string{"Hannah Whitworth"})
		b := w.SignedIn(accesstest.Office(t, w.DB)) // the day has gone by
		people := b.Get("/office/people?q=hannah").Must(http.StatusOK)
		path := people.Doc.Find("tbody a").AttrOr("href", "")
		page := b.Get(path).Must(http.StatusOK)
		page.Shows("main h1", "Hannah Whitworth")
		page.Shows("[aria-labelledby=licences-title]", "L-00001 ActiveLast day 14 January 2028 14 January 2027 to the end of 14 January 2028: Hannah Whitworth attended the face-to-face session on 14 January 2027")
		page.Shows("[aria-labelledby=certificates-title]", g.code(0))
		var order []string
		for _, step := range []string{"Booked by invoice, " + g.booking.Reference(), "Named for a place", "Marked present in part 1", "Training completed", "Certificate issued", "Licence L-00001: 14 January 2027 to the end of 14 January 2028"} {
			page.Shows(".ssph-chain", step)
			order = append(order, step)
		}
		text, from := page.Text(".ssph-chain"), 0
		for _, step := range order {
			at := strings.Index(text, step)
			if at < from {
				t.Errorf("%q stands before what caused it", step)
			}
			from = at
		}
		session := "/office/sessions/" + idOf(g.session.ID)
		for _, to := range []string{"/office/bookings/" + g.booking.Reference(), session, "/certificates/" + g.code(0)} {
			if !page.Has(".ssph-chain a[href='" + to + "']") {
				t.Errorf("the chain does not lead to %s", to)
			}
		}
		if !b.Get(session).Must(http.StatusOK).Has("main a[href='" + path + "']") {
			t.Error("the session does not lead to its people")
		}
		b.Get("/office/people/999999").Must(http.StatusNotFound)
	})
}
