package e2e_test

import (
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// trained signs Lena in after her training day, with a licence.
func (p *program) trained() *tab {
	p.t.Helper()
	session := schedulingtest.OpenAccess(p.t, p.DB())
	p.tab().toCheck().press("Book 1 place for £273.60").press("Pay £273.60").reads("Your place is booked")
	p.attended(session)
	return p.signIn(p.tab(), lena)
}

// begun begins a case and returns its address.
func (b *tab) begun(reference string) string {
	b.Helper()
	b.visit("/account").press("Open the tool").on("/tool/cases").reads("No cases yet").press("Begin a new case")
	b.fills("Your own reference for this person", reference, "What they like to be called (optional)", "Sam").press("Begin the case").on("/tool/cases/*/conversation/S0")
	return strings.TrimSuffix(b.path(), "/conversation/S0")
}

// waits until an element has these words.
func (b *tab) waits(selector, words string) *tab {
	b.Helper()
	if !see[bool](b, `new Promise(done => { const until = performance.now() + 8000, look = () => {
		const there = [...document.querySelectorAll(`+js(selector)+`)].some(e => e.innerText.includes(`+js(words)+`));
		if (there || performance.now() > until) done(there); else requestAnimationFrame(look); }; look(); })`) {
		b.Fatalf("%s never says %q on %s:\n%s", selector, words, b.path(), b.text("main"))
	}
	return b
}

// From the first conversation to the printed plan, with the figures of the golden example: 65, good fit.
func TestTool_FromTheFirstConversationToThePrintedPlan(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		b := p.trained()
		at := b.begun("IWN-0147")
		b.choose("said-C1").choose("said-C5").press("Save the ticks").reads("The ticks are saved", "2 of 5")
		b.press("Flowchart and next steps").reads("Referral received").press("Accept the referral").on(at + "/conversation/S0")
		b.press("Flowchart and next steps").press("Consent recorded: begin the conversation").reads("Conversation")
		b.talks(at)
		b.visit(at + "/process").press("Enough explored").on(at + "/understanding")
		b.explores()
		b.visit(at+"/process").press("The picture is agreed with the person").on(at+"/decision").press("Record this decision").reads("There is a problem", "Choose what other support is needed")
		b.choose("No clinical support needed").choose("known-2").choose("worse-2").choose("agrees-3").fill("Why this decision?", "Nothing clinical came up")
		b.picks("outcome", "none").press("Record this decision").on(at + "/ideas").reads("No ideas yet")
		b.fill("What is it?", "Repair workshop, Thursdays").choose("Something offered somewhere").press("Add this idea").on(at + "/ideas/1/answers")
		b.answers("PO4333", "PE3123", "EO4342").press("Save and see the fit").on(at+"/ideas/1").reads("65 Good fit", "Workable, the weakest pair", "Rule 5")
		b.press("Agree, and plan it").on(at+"/plan").fills("goal-1-hope", "Be at the workshop most Thursdays", "action-1-what", "Ring Maureen", "action-1-who", "Lena", "review_on", "8 December 2027")
		b.press("Save the plan").reads("The plan is saved", "Draft").choose("The person").choose("On paper").press("This plan is agreed").reads("Agreed together on", "Be at the workshop most Thursdays")
		b.press("Print").on(at+"/plan/print").reads("Sam’s plan", "Ring Maureen", "999, life at risk.", "Not the official Salford tool")
		b.press("Back to the plan").pdf("PDF")
		b.visit(at+"/process").press("Introduced to the activity").on(at+"/review").reads("Introduced", "Be at the workshop most Thursdays")
	})
}

// talks writes notes that save themselves: when a field is left, after the connection comes back, and beside another tab's text.
func (b *tab) talks(at string) {
	b.Helper()
	b.visit(at+"/conversation/S2").click("Add a note for What are you good at").fill("text-P1", "I can fix most things").keys("\t").waits("#P1 [role=status]", "Saved at")
	b.visit(at+"/conversation/S2").reads("I can fix most things", "1 of 11")
	b.click("Add a note for What have you got through").do("cut the connection", b.script("window.whole = window.fetch; window.fetch = () => Promise.reject(new TypeError('gone'))"))
	b.fill("text-P2", "Losing the job").keys("\t").waits("#P2 [role=status]", "No connection. What you typed stays on this page")
	b.do("mend it", b.script("window.fetch = window.whole; window.dispatchEvent(new Event('online'))"))
	b.waits("#P2 [role=status]", "Saved at")
	b.visit(at + "/conversation/S2").reads("Losing the job")
}

// explores answers every factor.
func (b *tab) explores() {
	b.Helper()
	b.do("answer everything", b.script("for (const e of document.querySelectorAll('fieldset select')) e.value = '3'"))
	b.press("Save the answers").reads("The answers are saved", "Everything was spoken of")
}

// picks chooses a line of a list by its value.
func (b *tab) picks(id, value string) *tab {
	b.Helper()
	b.do("pick "+value, b.script("document.getElementById("+js(id)+").value = "+js(value)))
	return b
}

// answers chooses the answers of pairs: PO4333 is 4, 3, 3 and 3 for person and occupation.
func (b *tab) answers(pairs ...string) *tab {
	b.Helper()
	for _, pair := range pairs {
		for n, answer := range pair[2:] {
			b.do("answer", b.script("document.querySelector('input[name="+pair[:2]+string(rune('1'+n))+"][value=\""+string(answer)+"\"]').click()"))
		}
	}
	return b
}

// Two tabs write the same note. Both texts are kept and shown, and one is made of them.
func TestTool_TwoTabsLoseNothing(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		b := p.trained()
		at := b.begun("IWN-0147")
		other := p.signIn(p.tab(), lena).visit(at + "/conversation/S1")
		b.visit(at+"/conversation/S1").click("Add a note for What would you like").fill("text-W1", "The shed").keys("\t").waits("#W1 [role=status]", "Saved at")
		other.click("Add a note for What would you like").fill("text-W1", "The lads").keys("\t").waits("#W1 [role=status]", "Both texts are kept")
		b.visit(at+"/conversation/S1").reads("The shed", "The lads", "Both texts are kept").fill("settle-W1", "The shed and the lads").press("Keep this one text")
		b.reads("It is one text again", "The shed and the lads").lacks("Both texts are kept")
	})
}

// A red flag by keyboard alone: noticed, its card read, what was done recorded. Until then no fit is looked for.
func TestTool_ARedFlagComesFirst(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		b := p.trained()
		at := b.begun("IWN-0147")
		b.visit(at+"/safety").choose("flag-R-SUI").fill("seen", "Cannot keep safe tonight").press("Record it and see what to do")
		b.reads("A red flag waits", "Do not leave them alone", "NHS 111, option 2").visit(at + "/ideas").reads("locked until then").lacks("Add this idea")
		b.visit(at+"/safety").fill("done-1", "Rang 111 together").press("Record what was done").reads("What was done is recorded", "Rang 111 together").lacks("A red flag waits")
	})
}
