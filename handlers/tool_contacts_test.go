package handlers_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/handlers/handlerstest"
	"hub.salford.ac.uk/ssph/licensing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/tool"
)

func TestContacts_TheManagerEntersThemAndTheyStandOnEveryPagePrintAndRefusal(t *testing.T) {
	eachClinic(t, func(t *testing.T, c *clinic) {
		at := c.begin("IWN-0147")
		c.visit.Get(at+"/conversation/S2").Shows("#urgent-help", "Not entered yet: duty lead, adult safeguarding, children’s safeguarding. Whoever books for your organisation can enter the numbers.")
		mo, page := c.browser(c.mo), "/organisation/"+strconv.FormatInt(c.mo.Organisations[0].OrganisationID, 10)+"/safety"
		form := mo.Get(page).Must(http.StatusOK)
		wrong := mo.Submit(form, "main form", map[string]string{"name-safeguarding-adults": "Mary Holt", "number-safeguarding-adults": "ask Jo", "name-duty-lead": "Jo Fox"}).Must(http.StatusUnprocessableEntity)
		if wrong.Problem("number-safeguarding-adults") == "" || wrong.Problem("number-duty-lead") == "" || wrong.Doc.Find("#number-safeguarding-adults").AttrOr("value", "") != "ask Jo" {
			t.Errorf("bad numbers: %s", wrong.Text("main"))
		}
		mo.Submit(wrong, "main form", map[string]string{"number-safeguarding-adults": "0161 496 0123", "name-duty-lead": "Jo Fox", "number-duty-lead": "0161 496 0100"}).Must(http.StatusSeeOther)
		c.plan(at)
		for _, path := range []string{at + "/conversation/S2", at + "/safety", at + "/plan", at + "/handover", "/tool/cases", "/tool/urgent-help", at + "/plan/print"} {
			shown := c.visit.Get(path).Must(http.StatusOK)
			shown.Shows("main", "0161 496 0123")
			shown.Shows("main", "999")
		}
		if file := c.visit.Get(at + "/export").Must(http.StatusOK).Body; !strings.Contains(file, "0161 496 0123") || !strings.Contains(file, "116 123") {
			t.Error("the export lacks the numbers")
		}
		for path, status := range map[string]int{"/tool/cases/9999/plan": 404, "/tool/nowhere": 404, at + "/ideas/77": 404, at + "/notes": 405} {
			refused := c.visit.Get(path).Must(status)
			refused.Shows("#urgent-help", "0161 496 0123")
			refused.Shows("#urgent-help", "116 123")
		}
		c.visit.Post(at+"/notes", url.Values{"code": {"P1"}, "text-P1": {strings.Repeat("x", 20001)}}).Must(http.StatusUnprocessableEntity).Shows("#urgent-help", "Mary Holt")
		c.held[c.hannah.PersonID] = licensing.Licence{}
		c.visit.Get("/tool/cases").Must(http.StatusForbidden).Shows("#urgent-help", "116 123")
		if theirs := c.browser(c.tom).Get("/tool/cases").Must(http.StatusOK); strings.Contains(theirs.Body, "0161 496 0123") {
			t.Error("another organisation sees the numbers")
		}
	})
}

func TestContacts_SomebodyOnTheirOwnEntersTheirs(t *testing.T) {
	eachClinic(t, func(t *testing.T, c *clinic) {
		c.held[c.hannah.PersonID] = yearFrom(nil)
		way := c.visit.Get("/tool/cases").Must(http.StatusOK).Doc.Find("#urgent-help .ssph-crisis__more a").AttrOr("href", "")
		form := c.visit.Get(way).Must(http.StatusOK)
		typed := map[string]string{"name-safeguarding-adults": "Salford council", "number-safeguarding-adults": "0161 496 0199"}
		c.visit.Follow(c.visit.Submit(form, "main form", typed).Must(http.StatusSeeOther)).Shows("#urgent-help", "Salford council")
		c.visit.Get(way).Shows("main", "Changed on 23 November 2026")
	})
}

func TestContacts_TheOfficeSeesWhoHasNoneAndMayEnterThem(t *testing.T) {
	eachClinic(t, func(t *testing.T, c *clinic) {
		b := c.browser(accesstest.Office(t, c.DB))
		list := b.Get("/office/organisations/safety").Must(http.StatusOK)
		list.Shows("main", "Irwell Wellbeing Network To enter")
		form := b.Get(list.Doc.Find("main th a").First().AttrOr("href", "")).Must(http.StatusOK)
		typed := map[string]string{}
		for _, code := range []string{"duty-lead", "safeguarding-adults", "safeguarding-children"} {
			typed["name-"+code], typed["number-"+code] = "Mary Holt", "0161 496 0123"
		}
		b.Follow(b.Submit(form, "main form", typed).Must(http.StatusSeeOther)).Shows("main", "Irwell Wellbeing Network Entered")
	})
}

func TestHandOver_ByFormsAlone(t *testing.T) {
	eachClinic(t, func(t *testing.T, c *clinic) {
		at := c.begin("IWN-0147")
		ben := accesstest.Person(t, c.DB, "Ben Adeyemi", "ben@irwell.example")
		c.held[ben.PersonID] = yearFrom(c.held[c.hannah.PersonID].Periods[0].OrganisationID)
		process := c.visit.Get(at + "/process").Must(http.StatusOK)
		process.Shows("main", "Hannah Whitworth has it since 23 November 2026.")
		form := c.visit.Get(process.Doc.Find("#held-title ~ p a").AttrOr("href", "")).Must(http.StatusOK)
		wrong := c.visit.Submit(form, "main form", map[string]string{"reason": "On leave"}).Must(http.StatusUnprocessableEntity)
		if wrong.Problem("colleague") == "" || wrong.Text("#reason") != "On leave" {
			t.Errorf("without a colleague: %s", wrong.Text("main"))
		}
		if n := form.Doc.Find("input[name=colleague]").Length(); n != 1 {
			t.Errorf("%d colleagues are offered, want only Ben", n)
		}
		c.visit.Submit(wrong, "main form", map[string]string{"colleague": strconv.FormatInt(ben.PersonID, 10)}).Must(http.StatusSeeOther)
		for name, b := range map[string]*handlerstest.Browser{"Hannah": c.visit, "Ben": c.browser(ben)} {
			seen := b.Get(at + "/process").Must(http.StatusOK)
			for _, words := range []string{"Ben Adeyemi has it since 23 November 2026.", "Handed over from Hannah Whitworth to Ben Adeyemi", "23 November 2026 at 9am, Hannah Whitworth", "On leave"} {
				if !strings.Contains(seen.Text("main"), words) {
					t.Errorf("%s does not see %q", name, words)
				}
			}
		}
		c.browser(ben).Get("/tool/cases").Shows("main", "Ben Adeyemi")
	})
}

// Two things can be noticed at one moment: ticked at the question itself, each with its card, the most urgent first.
func TestSafety_TheQuestionsRemindOfWhatToLookOutFor(t *testing.T) {
	eachClinic(t, func(t *testing.T, c *clinic) {
		at := c.begin("IWN-0147")
		page := c.visit.Get(at + "/safety").Must(http.StatusOK)
		for code, flag := range map[string]string{"H1": "A-BODY", "H2": "R-MH", "H3": "R-ADULT", "H4": "R-SUI", "H5": "B-FOOD"} {
			if !page.Has("#"+code+" input[value="+flag+"]") || !page.Has("#"+code+" textarea[name=text-"+code+"]") {
				t.Errorf("%s has no box for what was said, or does not remind of %s", code, flag)
			}
		}
		b := c.visit
		none := b.Post(at+"/flags", url.Values{"flag": {"A-SUI", "NOPE"}, "seen": {"Feels low"}}).Must(http.StatusUnprocessableEntity)
		if !none.Has("#flag-A-SUI[checked]") || none.Text("#seen") != "Feels low" {
			t.Error("what was ticked and typed is lost")
		}
		b.Follow(b.Post(at+"/flags", url.Values{"flag": {"B-FOOD", "A-SUI"}, "seen": {"Nothing in the cupboard, what is the point"}}).Must(http.StatusSeeOther)).Shows("main", "Now do what the cards say")
		shown := b.Get(at + "/safety")
		if n := shown.Doc.Find(".ssph-card").Length(); n != 2 {
			t.Errorf("%d cards", n)
		}
		first := shown.Text(".ssph-card:first-of-type")
		for _, words := range []string{"Says life is not worth living", "by Hannah Whitworth", "Do this, by tomorrow", "NHS 111, option 2", "116 123", "Tell your duty lead"} {
			if !strings.Contains(first, words) {
				t.Errorf("the card does not say %q: %s", words, first)
			}
		}
		b.Get(at+"/conversation/S2").Shows("#P8", "Does it worry you?")
		b.Get(at+"/conversation/S3").Shows("#E2", "Listen for strengths and what gets in the way.")
	})
}

// plan takes a case to a plan that can be printed.
func (c *clinic) plan(at string) {
	c.t.Helper()
	c.toMatching(at)
	c.do(at, func(tx models.DB, id int64) error {
		_, err := c.Tool.SavePlan(c.t.Context(), tx, c.hannah, id, tool.PlanSave{PlanText: tool.PlanText{WhatMatters: "Feel useful again"}})
		return err
	})
}
