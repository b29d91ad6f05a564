package e2e_test

import (
	"crypto/sha256"
	"fmt"
	"os"
	"strings"
	"sync"

	"github.com/chromedp/chromedp"
)

// axeSource is the accessibility checker, as npm installed it.
var axeSource = sync.OnceValues(func() (string, error) {
	text, err := os.ReadFile("../node_modules/axe-core/axe.min.js")
	return string(text), err
})

// inspected are the pages that were found good. A page of the same bytes, but for tokens and the port, is not looked at again.
var inspected sync.Map

// sameness is what two visits to the same page have in common.
const sameness = `document.documentElement.outerHTML
	.replace(/name="(_csrf|request|request-key)" value="[^"]*"/g, '').replace(/localhost:\d+/g, '').replace(/cs_test_\w+/g, '').replace(/link\/[\w-]+/g, '')`

// inspect looks at the page the browser is on, in every width.
func (b *tab) inspect() {
	b.Helper()
	b.quiet()
	b.mu.Lock()
	complaints := b.complaints
	b.complaints = nil
	b.mu.Unlock()
	for _, c := range complaints {
		b.Errorf("%s: the browser complains: %s", b.path(), c)
	}
	key := sha256.Sum256([]byte(see[string](b, sameness)))
	if _, before := inspected.LoadOrStore(key, true); before {
		return
	}
	if b.mute { // the page came without its scripts; the checker needs some of its own
		b.scripts(true)
		defer b.scripts(false)
	}
	good := b.accessible(desk)
	good = b.fonts() && good
	for _, width := range []int64{phone, narrow} {
		b.do("another width", chromedp.EmulateViewport(width, tallness))
		good = b.fits(width) && good
		if width == phone {
			good = b.accessible(width) && good
		}
	}
	b.do("another width", chromedp.EmulateViewport(desk, tallness))
	if !good {
		inspected.Delete(key)
	}
}

// violation is one rule of accessibility that a page breaks.
type violation struct {
	ID    string
	Help  string
	Nodes []string
}

// accessible runs every rule of WCAG 2.2 AA and the checker's own good practice.
func (b *tab) accessible(width int64) bool {
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
		b.Errorf("%s at %d px: %s: %s\n  %s", b.path(), width, v.ID, v.Help, strings.Join(v.Nodes, "\n  "))
	}
	return len(found) == 0
}

// fits says whether the page can be read without scrolling sideways.
func (b *tab) fits(width int64) bool {
	b.Helper()
	wide := see[string](b, fmt.Sprintf(`(() => {
		if (document.documentElement.scrollWidth <= %d) return '';
		const out = [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > %d + 1)
			.map(e => e.tagName.toLowerCase() + '.' + e.className).slice(0, 5);
		return document.documentElement.scrollWidth + ' px: ' + out.join(', ');
	})()`, width, width))
	if wide != "" {
		b.Errorf("%s is wider than %d px: %s", b.path(), width, wide)
	}
	return wide == ""
}

// fonts checks that every word is in Arial, or what the machine has in its place. Mails are drawn without our style sheet.
func (b *tab) fonts() bool {
	b.Helper()
	others := see[[]string](b, `[...new Set([...document.body.querySelectorAll('*')].filter(e => e.innerText && e.innerText.trim())
		.map(e => getComputedStyle(e).fontFamily).filter(f => !/^"?Arial/i.test(f)))]`)
	if len(others) > 0 {
		b.Errorf("%s has words in %v", b.path(), others)
	}
	return len(others) == 0
}
