package e2e_test

import (
	"crypto/sha256"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"

	"hub.salford.ac.uk/ssph/handlers"
	"hub.salford.ac.uk/ssph/models"
)

// axeSource is the accessibility checker, as npm installed it.
var axeSource = sync.OnceValues(func() (string, error) {
	text, err := os.ReadFile("../node_modules/axe-core/axe.min.js")
	return string(text), err
})

// inspected are the pages, and the shapes of pages, that were found good. The same page is not looked at again; a page of the same shape
// is not searched for barriers again, which takes longer than the rest of a journey.
var inspected sync.Map

// sameness is what two visits to the same page have in common: all but tokens and digits.
const sameness = `document.documentElement.outerHTML.replace(/name="(_csrf|request|key)" value="[^"]*"/g, '')
	.replace(/localhost:\d+/g, '').replace(/cs_test_\w+/g, '').replace(/link\/[\w-]+/g, '').replace(/\d/g, '0')`

// shape is what the checker's findings depend on: the elements with their attributes, and whether there are words in them. Digits are
// all alike, and so are addresses, values typed in, and one element after another of the same shape.
const shape = `(function shape(e) {
	const attributes = [...e.attributes].filter(a => !/^(value|content|src|d|points|transform|viewBox|[xyrc][xy]?[12]?|width|height)$/.test(a.name))
		.map(a => a.name + '=' + (/^(href|action|style|title|alt|placeholder|aria-label|data-.*)$/.test(a.name) ? !!a.value.trim() : a.value.replace(/[\d-]+/g, '0'))).sort();
	const said = [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) ? 'words' : '';
	const inside = [...e.children].map(shape).filter((one, i, all) => one !== all[i - 1]);
	return '<' + e.localName + ' ' + attributes.join(' ') + '>' + said + inside.join('');
})(document.documentElement)`

// inspect looks at the page the browser is on, in every width, and fails the test with what is wrong with it.
func (b *tab) inspect() {
	b.Helper()
	b.quiet()
	looks := see[[]string](b, `[`+sameness+`, `+shape+`]`)
	page, form := sha256.Sum256([]byte(looks[0])), sha256.Sum256([]byte(looks[1]))
	faults := b.complained()
	if _, before := inspected.LoadOrStore(page, true); !before {
		_, before = inspected.LoadOrStore(form, true)
		faults = append(faults, b.faults(!before)...)
	}
	for _, fault := range faults {
		b.Errorf("%s: %s", b.path(), fault)
		inspected.Delete(page)
		inspected.Delete(form)
	}
}

// complained is what the browser has reported since it was last asked.
func (b *tab) complained() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	faults := b.complaints
	b.complaints = nil
	return faults
}

// faults are what is wrong with how the page is built: on small screens, in its letters, and for people who cannot see when barriers
// are searched for.
func (b *tab) faults(barriers bool) []string {
	b.Helper()
	if b.mute { // the page came without its scripts; the checker needs some of its own
		b.scripts(true)
		defer b.scripts(false)
	}
	defer b.resize(b.wide)
	faults := b.strangeFonts()
	for _, width := range []int64{desk, phone, narrow} {
		b.resize(width)
		faults = append(faults, b.tooWide(width)...)
		if barriers && width != narrow {
			faults = append(faults, b.barriers(width)...)
		}
	}
	return faults
}

// violation is one rule of accessibility that a page breaks.
type violation struct {
	ID    string
	Help  string
	Nodes []string
}

// barriers checks every rule of WCAG 2.2 AA and the checker's own good practice.
func (b *tab) barriers(width int64) (faults []string) {
	b.Helper()
	axe, err := axeSource()
	if err != nil {
		b.Fatalf("the accessibility checker is missing, run `make test`: %v", err)
	}
	found := see[[]violation](b, `(() => { if (!window.axe) { `+axe+` }
		return window.axe.run(document, {
			runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'], iframes: false,
		}).then(r => r.violations.map(v => ({ID: v.id, Help: v.help, Nodes: v.nodes.map(n => n.html.slice(0, 160) + ' ' + (n.failureSummary || '').slice(0, 200))})));
	})()`)
	for _, v := range found {
		faults = append(faults, fmt.Sprintf("at %d px %s: %s\n  %s", width, v.ID, v.Help, strings.Join(v.Nodes, "\n  ")))
	}
	return faults
}

// tooWide says what makes the page scroll sideways.
func (b *tab) tooWide(width int64) []string {
	b.Helper()
	wide := see[string](b, fmt.Sprintf(`(() => {
		if (document.documentElement.scrollWidth <= %d) return '';
		const out = [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > %d + 1)
			.map(e => e.tagName.toLowerCase() + '.' + e.className).slice(0, 5);
		return document.documentElement.scrollWidth + ' px: ' + out.join(', ');
	})()`, width, width))
	if wide == "" {
		return nil
	}
	return []string{fmt.Sprintf("wider than %d px: %s", width, wide)}
}

// strangeFonts are the letters that are not Arial, or what the machine has in its place.
func (b *tab) strangeFonts() []string {
	b.Helper()
	others := see[[]string](b, `[...new Set([...document.body.querySelectorAll('*')].filter(e => e.innerText && e.innerText.trim())
		.map(e => getComputedStyle(e).fontFamily).filter(f => !/^"?Arial/i.test(f)))]`)
	if len(others) == 0 {
		return nil
	}
	return []string{fmt.Sprintf("words in %v", others)}
}

// The control: a page with one fault of each kind. An inspection that finds nothing here would find nothing anywhere.
func TestInspection_FindsEachKindOfFault(t *testing.T) {
	t.Parallel()
	bad := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = fmt.Fprint(w, `<!doctype html><html lang="en-GB"><title>Bad</title><body style="font-family: Arial"><main><h1>Bad</h1>
			<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" width="9" height="9"><p style="font-family: Times">Times</p>
			<div style="width: 700px">wide</div></main><script>console.error("oh")</script>`)
	}))
	t.Cleanup(bad.Close)
	b := start(t, models.SQLite, handlers.Development).tab()
	b.do("visit", chromedp.Navigate(bad.URL))
	b.quiet()
	all := strings.Join(append(b.complained(), b.faults(true)...), "\n")
	for _, fault := range []string{"at 1280 px image-alt", "at 390 px image-alt", "wider than 390 px", "wider than 320 px", "words in [Times]", "console: "} {
		if !strings.Contains(all, fault) {
			t.Errorf("not found: %s, among\n%s", fault, all)
		}
	}
}
