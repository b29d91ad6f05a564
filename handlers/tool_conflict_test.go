package handlers_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/tool"
)

// Two pages of the eighteen factors are open. The second to save sees what the first saved beside what was chosen there, and nothing is
// blanked; saved again, it stands.
func TestUnderstanding_AStalePageOverwritesNobody(t *testing.T) {
	eachClinic(t, func(t *testing.T, c *clinic) {
		at, b := c.begin("IWN-0147"), c.visit
		stale := b.Get(at + "/understanding").Must(http.StatusOK)
		b.Submit(b.Get(at+"/understanding"), "main form", map[string]string{"P-d-person": "1", "P-d-evidence": "Knee, on stairs", "P-f-person": "4"}).Must(http.StatusSeeOther)
		again := b.Submit(stale, "main form", map[string]string{"P-d-person": "3", "P-a-person": "2"}).Must(http.StatusUnprocessableEntity)
		again.Shows(".nhsuk-error-summary", "Somebody else saved answers meanwhile")
		again.Shows("#P-d", "Saved meanwhile: They see it:")
		again.Shows("#P-d", "“Knee, on stairs”")
		for field, want := range map[string]string{"P-d-person": "3", "P-a-person": "2", "P-f-person": "4"} {
			if got := again.Doc.Find("#"+field+" option[selected]").AttrOr("value", ""); got != want {
				t.Errorf("%s is %q on the page, want %q", field, got, want)
			}
		}
		if got := c.factors(at); got["P-d"].Person != 1 || got["P-f"].Person != 4 {
			t.Errorf("a stale page wrote over what was saved: %+v", got)
		}
		b.Submit(again, "main form", nil).Must(http.StatusSeeOther)
		if got := c.factors(at); got["P-d"].Person != 3 || got["P-d"].Evidence != "Knee, on stairs" || got["P-f"].Person != 4 || got["P-a"].Person != 2 {
			t.Errorf("brought together: %+v", got)
		}
		// A stale page on which nothing differs changes nothing and says no conflict.
		b.Post(at+"/understanding", url.Values{"P-d-person": {"3"}, "P-d-evidence": {"Knee, on stairs"}, "version": {"0"}}).Must(http.StatusSeeOther)
	})
}

func (c *clinic) factors(at string) (found tool.FactorAnswers) {
	c.t.Helper()
	c.do(at, func(tx models.DB, id int64) error {
		opened, err := c.Tool.Open(c.t.Context(), tx, c.hannah, id)
		found = opened.Factors
		return err
	})
	return found
}

func TestAnswers_AStalePageOverwritesNobody(t *testing.T) {
	eachClinic(t, func(t *testing.T, c *clinic) {
		at, b := c.begin("IWN-0147"), c.visit
		c.toMatching(at)
		idea := c.workshop(at)
		rated := func(code string) (found tool.Rating) {
			c.do(at, func(tx models.DB, id int64) error {
				opened, err := c.Tool.Open(t.Context(), tx, c.hannah, id)
				found = opened.Candidates[0].Ratings[code]
				return err
			})
			return found
		}
		stale := b.Get(idea + "/answers").Must(http.StatusOK)
		b.Submit(b.Get(idea+"/answers"), "main form", map[string]string{"PE2": "3"}).Must(http.StatusSeeOther)
		again := b.Submit(stale, "main form", map[string]string{"PE3": "4"}).Must(http.StatusUnprocessableEntity)
		again.Shows(".nhsuk-error-summary", "Somebody else saved answers meanwhile")
		again.Shows("#question-PE2", "Saved meanwhile:")
		if again.Doc.Find("input[name=PE3][checked]").AttrOr("value", "") != "4" {
			t.Error("what was chosen is not kept")
		}
		if got := rated("PE2"); got.Answer != 3 {
			t.Errorf("a stale page wrote over what was saved: %+v", got)
		}
		b.Submit(again, "main form", map[string]string{"PE2": "3"}).Must(http.StatusSeeOther)
		if got := rated("PE3"); got.Answer != 4 {
			t.Errorf("brought together: %+v", got)
		}
		c.visit.Post(idea+"/answers", url.Values{"PE1": {"-1"}, "version": {"9"}}).Must(http.StatusUnprocessableEntity)
	})
}

// An answer of -1 is none that a form offers; what nobody has spoken of is sent as nothing.
func TestUnderstanding_TakesOnlyTheAnswersThereAre(t *testing.T) {
	eachClinic(t, func(t *testing.T, c *clinic) {
		at := c.begin("IWN-0147")
		for _, answer := range []string{"-1", "5", "two"} {
			page := c.visit.Post(at+"/understanding", url.Values{"P-d-person": {answer}}).Must(http.StatusUnprocessableEntity)
			if page.Problem("P-d-person") == "" {
				t.Errorf("%s: nothing beside the answer: %s", answer, page.Text(".nhsuk-error-summary"))
			}
		}
	})
}

// After the licence nothing is saved, and no page says that it was: not even of a form that changes nothing.
func TestUnderstanding_SaysNothingIsSavedAfterTheLicence(t *testing.T) {
	eachClinic(t, func(t *testing.T, c *clinic) {
		at := c.begin("IWN-0147")
		b := c.on(20)
		for name, typed := range map[string]url.Values{"empty": {}, "unchanged": {"P-d-person": {""}, "P-d-evidence": {""}}} {
			page := b.Post(at+"/understanding", typed).Must(http.StatusForbidden)
			if strings.Contains(page.Text("body"), "are saved") {
				t.Errorf("%s: the page says that something is saved", name)
			}
		}
	})
}

// A form about a flag that is sent twice makes one flag; gone back to and sent with other words, it makes another.
func TestSafety_AFormSentTwiceMakesOneFlag(t *testing.T) {
	eachClinic(t, func(t *testing.T, c *clinic) {
		at, b := c.begin("IWN-0147"), c.visit
		flags := func() int { return b.Get(at + "/safety").Doc.Find(".ssph-card").Length() }
		form := b.Get(at + "/safety").Must(http.StatusOK)
		for range 5 {
			b.Submit(form, "main form:has(#seen)", map[string]string{"flag": "A-FALL", "seen": "Slipped twice"}).Must(http.StatusSeeOther)
		}
		if n := flags(); n != 1 {
			t.Errorf("sent five times, the form made %d flags", n)
		}
		b.Submit(form, "main form:has(#seen)", map[string]string{"flag": "A-FALL", "seen": "Slipped again, on the ice"}).Must(http.StatusSeeOther)
		if n := flags(); n != 2 {
			t.Errorf("with other words there are %d flags, want 2", n)
		}
		fresh := b.Get(at + "/safety").Must(http.StatusOK)
		b.Submit(fresh, "main form:has(#seen)", map[string]string{"flag": "A-FALL", "seen": "Slipped twice"}).Must(http.StatusSeeOther)
		if n := flags(); n != 3 {
			t.Errorf("a new form makes a new flag: %d, want 3", n)
		}
	})
}
