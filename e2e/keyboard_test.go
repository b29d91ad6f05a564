package e2e_test

import (
	"context"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// stop is where the tab key has come to.
type stop struct {
	Words   string // its label, or what stands on it
	ID      string
	Name    string
	Value   string
	Path    string // where it leads
	Checked bool
	Seen    bool // it looks different from how it looks without the focus
	Clear   bool // it is on the screen, and nothing lies over all of it
}

// is says whether it is the one meant: by how its words begin, by its id, by the name of its field or by where it leads.
func (s stop) is(wanted string) bool {
	return wanted != "" && (strings.HasPrefix(s.Words, wanted) || s.ID == wanted || s.Name == wanted || s.Path == wanted)
}

// focusScript looks at what has the focus: with it, and for a moment without. A line that is transparent is no line. Where a link
// leads to within the page has the focus too, but is nothing to press.
const focusScript = `(() => {
	const e = document.activeElement;
	if (!e || e === document.body || e.tabIndex < 0) return {Words: '', Seen: true, Clear: true};
	const labels = [...(e.labels || [])], parts = [e, ...labels];
	const look = () => parts.flatMap(p => [null, '::before', '::after'].map(at => {
		const s = getComputedStyle(p, at), line = s.outlineStyle === 'none' || s.outlineColor === 'rgba(0, 0, 0, 0)' ? '' : s.outlineWidth + s.outlineColor;
		return [line, s.boxShadow, s.backgroundColor, s.borderColor, s.borderWidth].join();
	})).join('|');
	const has = look();
	e.blur();
	const hasNot = look();
	e.focus({preventScroll: true});
	const r = e.getClientRects()[0] || {x: -1, y: -1, width: 0, height: 0};
	const clear = [0.5, 0.1, 0.9].some(f => {
		const at = document.elementFromPoint(r.x + r.width * f, r.y + r.height * f);
		return at && (e.contains(at) || at.contains(e) || labels.some(l => l.contains(at)));
	});
	return {
		Words: ((labels.length ? labels[0] : e).innerText || '').replace(/\s+/g, ' ').trim(), ID: e.id || '', Name: e.name || '', Value: String(e.value ?? ''),
		Path: e.pathname || '', Checked: !!e.checked, Seen: has !== hasNot, Clear: clear,
	};
})()`

// focus is what has the focus. That it has it must be seen, and it must not be hidden.
func (b *tab) focus() stop {
	b.Helper()
	at := see[stop](b, focusScript)
	if !at.Seen {
		b.Errorf("on %s nobody sees that %q (%s) has the focus", b.path(), at.Words, at.ID)
	}
	if !at.Clear {
		b.Errorf("on %s the focus is on %q (%s), which is hidden", b.path(), at.Words, at.ID)
	}
	return at
}

// focused checks what has the focus.
func (b *tab) focused(wanted string) *tab {
	b.Helper()
	if at := b.focus(); !at.is(wanted) {
		b.Errorf("the focus is on %q (%s), want %q", at.Words, at.ID, wanted)
	}
	return b
}

// mostStops is how often the tab key is pressed on the longest page.
const mostStops = 150

// tabTo presses the tab key until something has the focus: see stop.is.
func (b *tab) tabTo(wanted string) *tab {
	b.Helper()
	return b.hopTo(wanted, chromedp.KeyEvent(kb.Tab))
}

// backTo goes the other way.
func (b *tab) backTo(wanted string) *tab {
	b.Helper()
	return b.hopTo(wanted, chromedp.KeyEvent(kb.Tab, chromedp.KeyModifiers(chromedp.ModifierShift)))
}

func (b *tab) hopTo(wanted string, hop chromedp.Action[chromedp.Void]) *tab {
	b.Helper()
	for range mostStops {
		if b.focus().is(wanted) {
			return b
		}
		b.do("press the tab key", hop)
	}
	b.Fatalf("the tab key never comes to %q on %s:\n%s", wanted, b.path(), b.text("main"))
	return b
}

// types goes to fields and types into them: field, text, field, text.
func (b *tab) types(pairs ...string) *tab {
	b.Helper()
	for i := 0; i < len(pairs); i += 2 {
		b.tabTo(pairs[i]).keys(pairs[i+1])
	}
	return b
}

// arrows goes to a list or a row of radio buttons and presses the arrow key until a value is chosen.
func (b *tab) arrows(name, value string) *tab {
	b.Helper()
	at := b.tabTo(name).focus()
	for range 20 {
		switch {
		case at.Value != value:
			b.keys(kb.ArrowDown)
		case at.Checked || !see[bool](b, "document.activeElement.type === 'radio'"):
			return b
		default: // the first button of a row has the focus before it is chosen
			b.keys(" ")
		}
		at = b.focus()
	}
	b.Fatalf("the arrow keys never choose %q of %s on %s", value, name, b.path())
	return b
}

// ticks goes to boxes and presses the space bar.
func (b *tab) ticks(boxes ...string) *tab {
	b.Helper()
	for _, box := range boxes {
		if b.tabTo(box).keys(" "); !b.focus().Checked {
			b.Errorf("the space bar does not tick %s", box)
		}
	}
	return b
}

// entering presses enter, which leads to another page.
func (b *tab) entering() *tab {
	b.Helper()
	return b.loading("enter on "+b.focus().Words, keyPress(kb.Enter))
}

// enters goes to a button or link and presses enter on it.
func (b *tab) enters(wanted string) *tab { b.Helper(); return b.tabTo(wanted).entering() }

// skips jumps over what stands at the top of every page.
func (b *tab) skips() *tab {
	b.Helper()
	b.keys(kb.Tab).focused("Skip to main content").keys(kb.Enter)
	return b
}

// A booking from the session's page to the end with the keyboard alone: tab, words, space and enter.
func TestKeyboard_BooksWithoutAMouse(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		schedulingtest.OpenAccess(t, p.DB())
		b := p.tab().visit("/sessions/1").skips()
		b.enters("Book places").types("Places you need", "1").entering().on("/bookings/BK-00001/people")
		b.types("Full name, as on the certificate", "Lena Osei", "Work email", lena).entering().on("/bookings/BK-00001/billing")
		b.types("Your full name", "Lena Osei", "Your email", lena).keys(kb.Tab).keys(" ")
		b.types("Address line 1", "2 Mill Lane", "Town or city", "Bury", "Postcode", "BL9 0AA")
		b.entering().on("/bookings/BK-00001/check").enters("Book 1 place for £273.60").enters("Pay £273.60")
		b.on("/bookings/BK-00001").reads("Your place is booked")
	})
}

// The tool from the list of cases to the printed plan, with the keyboard alone. The figures are the golden example's: 65, good fit.
func TestKeyboard_ACaseToThePrintedPlan(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		b := p.trained().visit("/account").skips().enters("Open the tool").on("/tool/cases").reads("No cases yet")
		b.skips().enters("Begin a new case").skips().types("Your own reference for this person", "IWN-0147", "What they like to be called (optional)", "Sam").entering()
		b.on("/tool/cases/*/conversation/S0").skips().ticks("said-C1", "said-C5").enters("Save the ticks").reads("The ticks are saved", "2 of 5")
		at := strings.TrimSuffix(b.path(), "/conversation/S0")
		b.enters("Flowchart and next steps").on(at + "/process").enters("Accept the referral")
		b.enters("Flowchart and next steps").enters("Consent recorded: begin the conversation").reads("Conversation")
		b.skips().enters(at+"/conversation/S2").skips().tabTo("Add a note for What are you good at").keys(kb.Enter).types("text-P1", "I can fix most things").keys(kb.Tab)
		b.waits("#P1 [role=status]", "Saved at").backTo("Flowchart and next steps").entering().enters("Enough explored").on(at + "/understanding")
		b.skips().ticks("P-a-star")
		for _, factor := range []string{"P-b", "P-c", "P-d", "P-e", "E-b", "E-c", "E-d", "E-e", "O-b", "O-c", "O-d", "O-e"} {
			b.arrows(factor+"-person", "3")
		}
		b.enters("Save the answers").reads("The answers are saved", "6 things not spoken of yet")
		b.enters("Flowchart and next steps").enters("The picture is agreed with the person").on(at + "/decision")
		b.skips().arrows("decision", "D1").arrows("known", "no").arrows("worse", "no").arrows("agrees", "not-said").types("reason", "Nothing clinical came up").arrows("outcome", "none").enters("Record this decision")
		b.on(at+"/ideas").skips().types("What is it?", "Repair workshop, Thursdays").arrows("kind", "activity").enters("Add this idea").on(at + "/ideas/1/answers")
		b.skips().arrows("PO1", "4").arrows("PO2", "3").arrows("PO3", "3").arrows("PO4", "3").arrows("PE1", "3").arrows("PE2", "1").arrows("PE3", "2").arrows("PE4", "3")
		b.arrows("EO1", "4").arrows("EO2", "3").arrows("EO3", "4").arrows("EO4", "2").enters("Save and see the fit").reads("65 Good fit", "Workable, the weakest pair")
		b.seesToARedFlag(at)
		b.enters(at + "/fit").on(at + "/ideas/1").enters("Agree, and plan it").on(at + "/plan")
		b.skips().types("goal-1-hope", "Be at the workshop most Thursdays", "action-1-what", "Ring Maureen", "action-1-who", "Lena", "review_on", "8 December 2027")
		b.enters("Save the plan").reads("The plan is saved").arrows("with", "person").arrows("copy", "paper").enters("This plan is agreed").reads("Agreed together on")
		b.enters("Print").on(at+"/plan/print").reads("Sam’s plan", "Ring Maureen", "999, life at risk.", "Not the official Salford tool")
		b.onOnePage()
		b.enters("Back to the plan").on(at + "/plan").tabTo("PDF")
	})
}

// seesToARedFlag notices one, reads its card, and records what was done: until then no fit is looked for.
func (b *tab) seesToARedFlag(at string) {
	b.Helper()
	b.enters("Record it and see what to do").on(at+"/safety").skips().ticks("flag-R-SUI").types("seen", "Cannot keep safe tonight").enters("Record it and see what to do")
	b.reads("A red flag waits", "Do not leave them alone", "NHS 111, option 2").enters(at + "/fit").reads("Finding a fit is locked until then")
	b.enters("See what to do").on(at+"/safety").types("done-1", "Rang 111 together").enters("Record what was done").reads("What was done is recorded").lacks("A red flag waits")
}

// onOnePage prints the page as the browser does, on A4, and counts the sheets.
func (b *tab) onOnePage() {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	paper, err := chromedp.Run(ctx, chromedp.PrintToPDF(chromedp.PDFPaper(chromedp.PaperA4)))
	if err != nil {
		b.Fatalf("print %s: %v", b.path(), err)
	}
	if sheets := len(sheetOfPaper.FindAll(paper, -1)); sheets != 1 {
		b.Errorf("%s is printed on %d sheets", b.path(), sheets)
	}
}

var sheetOfPaper = regexp.MustCompile(`/Type /Page\b`)
