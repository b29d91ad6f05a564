package handlers_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/handlers/handlerstest"
	"hub.salford.ac.uk/ssph/licensing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/tool"
)

// The whole way by forms alone, as a browser without JavaScript goes it: from a new case to an agreed plan.
func TestTool_FromANewCaseToAnAgreedPlan(t *testing.T) {
	eachClinic(t, func(t *testing.T, c *clinic) {
		b, at := c.visit, c.begin("IWN-0147")
		send := func(page, form string, typed map[string]string) *handlerstest.Page {
			t.Helper()
			return b.Follow(b.Submit(b.Get(page).Must(http.StatusOK), form, typed).Must(http.StatusSeeOther)).Must(http.StatusOK)
		}
		goOn := func(to string) *handlerstest.Page {
			t.Helper()
			return b.Follow(b.Post(at+"/moves", url.Values{"to": {to}}).Must(http.StatusSeeOther))
		}
		send(at+"/process", "form:has(input[value=CONTACTING])", nil).Shows(".ssph-flow", "Step 2 of 8: First contact. Next: Conversation.")
		b.Get(at+"/process").Shows(".ssph-ways", "First tick that the person has agreed to talk")
		b.Follow(b.Post(at+"/conversation/S0", url.Values{"said": {"C1", "C5"}}).Must(http.StatusSeeOther)).Shows(".ssph-talk__sections", "Starting well 2 of 5")
		goOn("CONVERSATION")
		said := send(at+"/conversation/S2", "#P1 form.ssph-note", map[string]string{"text-P1": "I can fix most things. Ask the lads.", "mark-P1": "strength"})
		said.Shows("#P1 blockquote", "I can fix most things. Ask the lads.")
		said.Shows(".ssph-side", "I can fix most things")
		said.Shows("[data-ssph-saved]", "Saved at 9am")
		goOn("ANALYSIS")
		send(at+"/understanding", "main form", map[string]string{"P-d-person": "1", "P-d-evidence": "Knee, on stairs", "P-f-person": "4", "P-f-star": "yes"}).Shows("main", "Skills and communication (matters most)")
		c.explore(at)
		goOn("DECISION").Shows("h1", "Is other support needed?")
		send(at+"/decision", "main form", map[string]string{"decision": "D1", "outcome": "none", "known": "no", "worse": "no", "agrees": "not-said", "reason": "Nothing clinical"}).
			Shows("h1", "Ideas to look at together")
		asked := send(at+"/ideas", "main form:has(#name)", map[string]string{"name": "Repair workshop, Thursdays", "kind": "activity", "physical": "1"})
		answers := map[string]string{}
		for pair, typed := range map[string]string{"PO": "4333", "PE": "3123", "EO": "4342"} {
			for n, a := range typed {
				answers[pair+string(rune('1'+n))] = string(a)
			}
		}
		fit := b.Follow(b.Submit(asked, "main form", answers).Must(http.StatusSeeOther)).Must(http.StatusOK)
		fit.Shows(".ssph-fit__overall", "65 Good fit")
		b.Follow(b.Submit(fit, ".ssph-suggest__do form", nil).Must(http.StatusSeeOther)).Shows(".ssph-flow", "Step 6 of 8: Plan")
		draft := send(at+"/plan", "form.ssph-planform", map[string]string{
			"what_matters": "I want to feel useful again", "goal-1-hope": "Be at the workshop most Thursdays", "goal-1-start": "3",
			"action-2-what": "Ring Maureen", "action-2-who": "Hannah", "action-2-confidence": "6", "action-2-candidate": "1", "review_on": "8 December 2026",
		})
		draft.Shows("main", "What would make it one higher?")
		agreed := b.Follow(b.Submit(draft, "form.ssph-panel--right", map[string]string{"with": "person", "copy": "paper"}).Must(http.StatusSeeOther))
		agreed.Shows(".ssph-tag", "Agreed")
		printed := b.Get(at + "/plan/print").Must(http.StatusOK)
		for _, words := range []string{"Sam’s plan", "“I want to feel useful again”", "Ring Maureen", "Tuesday 8 December 2026", "Good, 65", "999, life at risk.", "Starter content for demonstration"} {
			printed.Shows(".ssph-plansheet", words)
		}
		if pdf := b.Get(at + "/plan.pdf").Must(http.StatusOK); !strings.HasPrefix(pdf.Body, "%PDF-1.7") {
			t.Error("the plan's file is no PDF")
		}
		var file map[string]any
		if err := json.Unmarshal([]byte(b.Get(at+"/export").Must(http.StatusOK).Body), &file); err != nil || file["reference"] != "IWN-0147" {
			t.Errorf("the export: %v, %v", file["reference"], err)
		}
	})
}

// The golden example: PO 81.25, PE 56.25, EO 81.25; the mean 72.92, the whole 64.58. Each of the three changes makes it 68.75.
func TestFit_ShowsTheGoldenExample(t *testing.T) {
	eachClinic(t, func(t *testing.T, c *clinic) {
		at := c.begin("IWN-0147")
		c.toMatching(at)
		c.explore(at)
		page := c.visit.Get(c.workshop(at)).Must(http.StatusOK)
		page.Shows(".ssph-fit__overall", "65 Good fit")
		page.Shows(".ssph-pairfit--weakest", "Person and environment 56 Workable, the weakest pair")
		page.Shows(".ssph-suggest__rule", "Rule 5")
		if got := page.Text(".ssph-helps__row:first-child"); got != "Safe, welcome and at easeMeet the leader first, at a quiet time 65 →to 69Poor →to Workable" {
			t.Errorf("what helps most: %q", got)
		}
		for _, svg := range page.Doc.Find(".ssph-fit__svg").EachIter() {
			label := svg.AttrOr("aria-label", "")
			for _, said := range []string{"65, good fit", "Person and environment: 56", "Person and occupation: 81", "Environment and occupation: 81", "weakest part is person and environment"} {
				if !strings.Contains(label, said) {
					t.Errorf("the picture does not say %q: %s", said, label)
				}
			}
		}
		// Raising welcome from 1 to 3 makes the pair 68.75, the mean 77.08 and the whole 72.92.
		c.do(at, func(tx models.DB, id int64) error {
			return c.Tool.Rate(t.Context(), tx, c.hannah, id, 1, tool.Ratings{"PE2": {Answer: 1, Planned: 3}})
		})
		c.visit.Get(at+"/ideas/1").Shows(".ssph-helps__both", "goes from Poor to Good, and the fit from 65 to 73")
		// Equipment that is not there blocks it: no figure, no band, and only what takes the block away is shown.
		c.do(at, func(tx models.DB, id int64) error {
			return c.Tool.Rate(t.Context(), tx, c.hannah, id, 1, tool.Ratings{"EO3": tool.Known(0)})
		})
		blocked := c.visit.Get(at + "/ideas/1")
		if got := blocked.Text(".ssph-fit__overall"); got != "Blocked by: cost met, equipment there" {
			t.Errorf("blocked: %q", got)
		}
		if n := blocked.Doc.Find(".ssph-helps__row").Length(); n != 1 {
			t.Errorf("%d changes are shown while one thing blocks it", n)
		}
	})
}

func TestTool_BadInputIsSaidBesideTheFieldAndKept(t *testing.T) {
	eachClinic(t, func(t *testing.T, c *clinic) {
		at, b := c.begin("IWN-0147"), c.visit
		same := b.Submit(b.Get("/tool/cases/new"), "main form", map[string]string{"reference": "iwn-0147"}).Must(http.StatusUnprocessableEntity)
		if same.Problem("reference") == "" || same.Doc.Find("#reference").AttrOr("value", "") != "iwn-0147" {
			t.Errorf("the same reference twice: %s", same.Text("main"))
		}
		name := b.Post("/tool/cases", url.Values{"reference": {"Sam Smith"}}).Must(http.StatusUnprocessableEntity)
		if name.Problem("reference") == "" {
			t.Error("a name was taken for a reference")
		}
		huge := strings.Repeat("long words ", 2000)
		long := b.Post(at+"/notes", url.Values{"code": {"P1"}, "text-P1": {huge}}).Must(http.StatusUnprocessableEntity)
		if long.Problem("text-P1") == "" || strings.TrimSpace(long.Text("#text-P1")) != strings.TrimSpace(huge) || !long.Has("#P1 details[open]") {
			t.Errorf("a huge note: %q", long.Problem("text-P1"))
		}
		odd := "<script>alert(1)</script>\u202e \u0000 \U0001F600 O’Brien"
		b.Follow(b.Post(at+"/notes", url.Values{"code": {"P1"}, "text-P1": {odd}}).Must(http.StatusSeeOther)).Shows("#P1 blockquote", "<script>alert(1)</script>")
		b.Post(at+"/notes", url.Values{"code": {"NOPE"}, "text-NOPE": {"x"}}).Must(http.StatusNotFound)
		b.Get(at + "/conversation/S99").Must(http.StatusNotFound)
		b.Get(at + "/ideas/99").Must(http.StatusNotFound)
		b.Get(at + "/plan/print").Must(http.StatusNotFound)
		plan := b.Post(at+"/plan", url.Values{"goal-1-why": {"Because"}, "action-3-what": {"Ring"}, "action-3-confidence": {"eleven"}, "review_on": {"soon"}}).Must(http.StatusUnprocessableEntity)
		if plan.Problem("review_on") == "" || plan.Doc.Find("#action-1-what").AttrOr("value", "") != "Ring" {
			t.Errorf("a plan with a day that is none: %s", plan.Text(".nhsuk-error-summary"))
		}
		plan = b.Post(at+"/plan", url.Values{"goal-1-why": {"Because"}, "action-3-what": {"Ring"}, "action-3-confidence": {"eleven"}}).Must(http.StatusUnprocessableEntity)
		for _, field := range []string{"goal-1-hope", "action-1-who", "action-1-confidence"} {
			if plan.Problem(field) == "" {
				t.Errorf("nothing beside %s: %s", field, plan.Text(".nhsuk-error-summary"))
			}
		}
		flag := b.Post(at+"/flags", url.Values{"seen": {"Something"}}).Must(http.StatusUnprocessableEntity)
		flag.Shows(".nhsuk-error-summary", "Choose what was seen or said")
		b.Post(at+"/moves", url.Values{"to": {"PLAN"}}).Must(http.StatusUnprocessableEntity).Shows(".nhsuk-error-summary", "cannot go to")
	})
}

func TestSafety_ARedFlagShowsItsCardAndLocksTheFitUntilSomethingIsRecorded(t *testing.T) {
	eachClinic(t, func(t *testing.T, c *clinic) {
		at, b := c.begin("IWN-0147"), c.visit
		card := b.Follow(b.Submit(b.Get(at+"/safety").Must(http.StatusOK), "main form:has(#seen)", map[string]string{"flag": "R-SUI", "seen": "Cannot keep safe tonight"}).Must(http.StatusSeeOther))
		card.Shows(".ssph-card", "Do not leave them alone")
		card.Shows(".ssph-card", "NHS 111, option 2")
		b.Get(at + "/fit").Must(http.StatusSeeOther)
		b.Get(at+"/ideas").Shows("main", "Finding a fit is locked until then")
		if b.Get(at + "/ideas").Has("#name") {
			t.Error("an idea can be written down while a red flag waits")
		}
		empty := b.Submit(card, ".ssph-card form", nil).Must(http.StatusUnprocessableEntity)
		if empty.Problem("done-1") == "" {
			t.Errorf("nothing beside what was done: %s", empty.Text(".nhsuk-error-summary"))
		}
		b.Follow(b.Submit(card, ".ssph-card form", map[string]string{"done-1": "Rang 111 together", "told-1": "yes"}).Must(http.StatusSeeOther)).
			Shows(".ssph-card__done", "Rang 111 together The person was told.")
		if page := b.Get(at + "/ideas"); !page.Has("#name") {
			t.Errorf("the fit is still locked: %s", page.Text("main"))
		}
	})
}

func TestTool_EveryReadOfACaseLeavesAnAuditRow(t *testing.T) {
	eachClinic(t, func(t *testing.T, c *clinic) {
		at := c.begin("IWN-0147")
		count := func() (n int64) {
			if err := c.DB.SQL(t.Context()).Raw("SELECT COUNT(*) FROM audit_rows WHERE subject_kind = 'case'").Scan(&n).Error; err != nil {
				t.Fatal(err)
			}
			return n
		}
		for _, path := range []string{"/conversation/S2", "/safety", "/understanding", "/ideas", "/plan", "/review", "/process", "/decision", "/export"} {
			before := count()
			c.visit.Get(at + path).Must(http.StatusOK)
			if count() != before+1 {
				t.Errorf("%s left %d audit rows", path, count()-before)
			}
		}
	})
}

// saved is the answer to a page that saves by itself.
type saved struct {
	Copy, Version  int
	At, Error, URL string
	Beside, Kept   bool
}

func (c *clinic) autosave(b *handlerstest.Browser, at string, body any) (int, saved) {
	c.t.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		c.t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(c.t.Context(), http.MethodPost, handlerstest.BaseURL+at+"/autosave", bytes.NewReader(text))
	if err != nil {
		c.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	page := b.Do(r)
	var s saved
	if err := json.Unmarshal([]byte(page.Body), &s); err != nil {
		c.t.Fatalf("%d %s: %v", page.Status, page.Body, err)
	}
	return page.Status, s
}

func TestAutosave_TwoTabsKeepBothTextsUntilOneIsMadeOfThem(t *testing.T) {
	eachClinic(t, func(t *testing.T, c *clinic) {
		at := c.begin("IWN-0147")
		note := func(text, tab string, version, count int) map[string]any {
			return map[string]any{"code": "P1", "text": text, "mark": "strength", "copy": 1, "version": version, "tab": tab, "count": count}
		}
		if status, s := c.autosave(c.visit, at, note("First", "a", 0, 1)); status != http.StatusOK || s.Version != 1 || s.At != "9am" || s.Beside {
			t.Errorf("%d %+v", status, s)
		}
		if _, s := c.autosave(c.visit, at, note("First, and more", "a", 1, 2)); s.Version != 2 || s.Beside {
			t.Errorf("the same tab again: %+v", s)
		}
		if _, s := c.autosave(c.visit, at, note("Second", "b", 0, 1)); !s.Beside || s.Copy != 2 {
			t.Errorf("another tab: %+v", s)
		}
		page := c.visit.Get(at + "/conversation/S2").Must(http.StatusOK)
		page.Shows("#P1", "First, and more")
		page.Shows("#P1 .ssph-prompt__beside", "Second")
		one := c.visit.Follow(c.visit.Submit(page, "#P1 .ssph-prompt__beside form", map[string]string{"text": "First and second"}).Must(http.StatusSeeOther))
		one.Shows("#P1 blockquote", "First and second")
		if one.Has("#P1 .ssph-prompt__beside") {
			t.Error("there are still two texts")
		}
		stale := c.visit.Submit(page, "#P1 .ssph-prompt__beside form", map[string]string{"text": "Late"}).Must(http.StatusUnprocessableEntity)
		if !strings.Contains(stale.Text("#P1 textarea"), "Late") {
			t.Error("a text that came too late is lost")
		}
	})
}

func TestAutosave_SaysWhyItCannot(t *testing.T) {
	eachClinic(t, func(t *testing.T, c *clinic) {
		at := c.begin("IWN-0147")
		if status, s := c.autosave(c.visit, at, map[string]any{"code": "P1", "text": strings.Repeat("é", 20001)}); status != http.StatusUnprocessableEntity || s.Error == "" {
			t.Errorf("a huge note: %d %+v", status, s)
		}
		if status, s := c.autosave(c.visit, at, map[string]any{"code": "P1", "text": "Fixing", "tab": "a\x00b"}); status != http.StatusUnprocessableEntity || s.Error == "" {
			t.Errorf("a page without a name: %d %+v", status, s)
		}
		if status, s := c.autosave(c.visit, at, map[string]any{"code": "P1", "text": "Whose?", "person": c.tom.PersonID}); status != http.StatusConflict || s.Error == "" {
			t.Errorf("a page of somebody else: %d %+v", status, s)
		}
		page := c.visit.Get(at + "/conversation/S2")
		if page.Doc.Find("body").AttrOr("data-ssph-person", "") != strconv.FormatInt(c.hannah.PersonID, 10) || page.Doc.Find("[data-ssph-case]").AttrOr("data-ssph-case", "") != at {
			t.Error("the page does not say whose drafts it may take up")
		}
		if status, _ := c.autosave(c.visit, at, "nonsense"); status != http.StatusNotFound {
			t.Errorf("nonsense is answered %d", status)
		}
		c.visit.Post(at+"/autosave", url.Values{"text": {strings.Repeat("a", 9<<20)}}).Must(http.StatusRequestEntityTooLarge)
		b := c.on(20)
		status, s := c.autosave(b, at, map[string]any{"code": "P1", "text": "Typed too late", "version": 0})
		if status != http.StatusForbidden || !s.Kept || s.URL == "" {
			t.Errorf("after the licence ended: %d %+v", status, s)
		}
		b.Get(s.URL).Must(http.StatusForbidden).Shows(".ssph-gate__kept", "IWN-0147")
		b.Get(at+"/conversation/S2").Shows("#P1", "Typed too late")
	})
}

// Whoever has no licence, or none any more and no case either, is told so by the page that saves by itself, in words that it can show,
// and not with a page. A case of somebody else is not there, whoever asks.
func TestAutosave_IsRefusedAtTheGate(t *testing.T) {
	eachClinic(t, func(t *testing.T, c *clinic) {
		at := c.begin("IWN-0147")
		note := map[string]any{"code": "P1", "text": "Fixing", "tab": "a"}
		want := saved{Error: "Your licence does not allow this. Copy what you typed", URL: "/tool/cases"}
		whole := c.held[c.hannah.PersonID]
		for name, licence := range map[string]licensing.Licence{
			"none":       {},
			"passed on":  {ID: 1, Standing: licensing.StandingTransferred, StandingSince: c.Clock.Now(), Periods: whole.Periods},
			"for misuse": {ID: 1, Standing: licensing.StandingRevoked, StandingSince: c.Clock.Now(), Grounds: licensing.GroundsMisuse, Periods: whole.Periods},
		} {
			c.held[c.hannah.PersonID] = licence
			if status, s := c.autosave(c.visit, at, note); status != http.StatusForbidden || s != want {
				t.Errorf("%s: %d %+v", name, status, s)
			}
		}
		if status, s := c.autosave(c.browser(c.mo), at, note); status != http.StatusForbidden || s != want {
			t.Errorf("the manager, who has none: %d %+v", status, s)
		}
		if status, s := c.autosave(c.browser(c.tom), at, note); status != http.StatusNotFound || s.Error == "" || s.Kept {
			t.Errorf("another organisation's: %d %+v", status, s)
		}
		c.held[c.hannah.PersonID] = whole
		if page := c.visit.Get(at + "/conversation/S2").Must(http.StatusOK); strings.Contains(page.Text("#P1"), "Fixing") {
			t.Error("what was refused is on the page")
		}
	})
}
