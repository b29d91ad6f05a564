package e2e_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// A licence from 14 January 2027 is followed day by day on its holder's page: a full year, 30 days' notice, 14 days' grace, the end.
func TestLicence_SaysWhatTheDayMakesOfIt(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		session := schedulingtest.OpenAccess(t, p.DB())
		p.tab().toCheck().press("Book 1 place for £273.60").press("Pay £273.60").reads("Your place is booked")
		b := p.signIn(p.tab(), lena).visit("/account/licence").reads("You have no licence", "See training dates")
		p.attended(session)
		for _, on := range []struct {
			day  models.Date
			says []string
		}{
			{models.Date{Year: 2027, Month: 1, Day: 15}, []string{"Active", "364 days left", "up to the end of Friday 14 January 2028"}},
			{models.Date{Year: 2027, Month: 12, Day: 14}, []string{"Active", "31 days left"}},
			{models.Date{Year: 2027, Month: 12, Day: 15}, []string{"Ends soon", "30 days left", "Ask the Hub to renew"}},
			{models.Date{Year: 2028, Month: 1, Day: 14}, []string{"Ends soon", "Last day today"}},
			{models.Date{Year: 2028, Month: 1, Day: 15}, []string{"In grace", "Your licence ended on 14 January 2028", "up to the end of 28 January 2028"}},
			{models.Date{Year: 2028, Month: 1, Day: 28}, []string{"In grace", "Open the tool"}},
			{models.Date{Year: 2028, Month: 1, Day: 29}, []string{"Ended", "Your licence ended on 14 January 2028", "Your cases are safe", "Ask the Hub to renew", "Go to my cases"}},
		} {
			p.clock.Set(on.day.At(12, 0))
			b = p.signIn(p.tab(), lena).visit("/account/licence").reads(on.says...)
		}
		if status := b.press("Ask the Hub to renew").reads("Contact").status(); status != http.StatusOK {
			t.Errorf("the way to a new licence is answered %d", status)
		}
	})
}

// The tool follows the licence of 14 January 2027: notice, grace up to 28 January 2028, 24 hours to finish what was open, the gate.
func TestGate_FromTheFirstDayToTheEnd(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		b := p.trained()
		at := b.begun("IWN-0147")
		b.notes(at, "The shed on Mondays").plans(at)
		said := "Your licence ended on 14 January 2028"
		on := func(day, hour, minute int) *tab {
			p.clock.Set(models.Date{Year: 2028, Month: 1, Day: day}.At(hour, minute))
			return p.signIn(p.tab(), lena).visit(at+"/conversation/S1").reads("The shed", "999")
		}
		on(14, 23, 50).reads("Change the note").lacks(said)
		on(15, 0, 10).reads("Change the note", said, "You can go on using the tool up to the end of 28 January 2028", "Ask the Hub to renew")

		late := on(28, 23, 50).visit("/tool/cases/new").fills("Your own reference for this person", "IWN-0148", "What they like to be called (optional)", "Samira of the allotment")
		p.clock.Set(models.Date{Year: 2028, Month: 1, Day: 29}.At(0, 10))
		late.press("Begin the case").reads(said, "What you were writing", "Your cases are safe", "999", "Ask the Hub to renew").keeps("Name", "Samira of the allotment").gated()
		late.visit("/tool/cases").reads("Finish a case that was open before, until the end of 29 January 2028").visit(at+"/conversation/S1").reads("You can finish this case until the end of 29 January 2028").notes(at, "The shed, and the lads")

		last := on(29, 23, 50)
		last.click("Change the note").fill("text-W1", "The shed, the lads and Maureen")
		p.clock.Set(models.Date{Year: 2028, Month: 1, Day: 30}.At(0, 10))
		last.keys("\t").waits("#W1 [role=status]", "Your licence no longer allows changes. What you typed is kept")
		last.visit(see[string](last, "document.querySelector('#W1 [role=status] a').pathname + document.querySelector('#W1 [role=status] a').search")).reads(said, "What you were writing is kept", "IWN-0147", "999").lacks("Finish a case").gated()
		last.press("Read it").reads("The shed, the lads and Maureen", "Kept while your licence had ended").lacks("Change the note", "Add a note")
		last.readsOnly(at)
	})
}

// notes writes a note, which saves itself.
func (b *tab) notes(at, text string) *tab {
	b.Helper()
	b.visit(at + "/conversation/S1")
	words := map[bool]string{true: "Change the note", false: "Add a note for What would you like"}[strings.Contains(b.text("#W1"), "Change the note")]
	return b.click(words).fill("text-W1", text).keys("\t").waits("#W1 [role=status]", "Saved at")
}

// plans makes a plan of one goal and one action, and agrees it.
func (b *tab) plans(at string) *tab {
	b.Helper()
	b.visit(at+"/plan").fills("goal-1-hope", "Be at the workshop most Thursdays", "action-1-what", "Ring Maureen", "action-1-who", "Lena", "review_on", "8 December 2027")
	return b.press("Save the plan").choose("The person").choose("On paper").press("This plan is agreed").reads("Agreed together on")
}

// gated checks that the page was refused.
func (b *tab) gated() *tab {
	b.Helper()
	if status := b.status(); status != http.StatusForbidden {
		b.Errorf("the gate is answered %d", status)
	}
	return b
}

// readsOnly checks what is left after the licence: own cases are found, read, printed and exported, and no form is offered.
func (b *tab) readsOnly(at string) {
	b.Helper()
	b.visit("/tool/cases").gated().press("Go to my cases").lacks("Begin a new case").press("IWN-0147").on(at + "/*")
	for _, part := range []string{"/conversation/S1", "/understanding", "/ideas", "/plan", "/review", "/process", "/safety"} {
		b.visit(at+part).reads("You can read, print and export", "999")
		if forms := see[int](b, "document.querySelectorAll('main form[method=post]').length"); forms != 0 {
			b.Errorf("%s has %d forms for whoever may only read", part, forms)
		}
	}
	b.visit(at+"/plan").press("Print").reads("Sam’s plan", "Ring Maureen", "999, life at risk.").onOnePage()
	b.press("Back to the plan").pdf("PDF")
	var exported map[string]any
	if f := b.fetch(at + "/export"); f.Status != http.StatusOK || json.Unmarshal(f.Content, &exported) != nil || !strings.Contains(string(f.Content), "The shed, and the lads") {
		b.Errorf("the export is answered %d:\n%s", f.Status, f.Content)
	}
	b.visit("/tool/cases/new").gated()
}
