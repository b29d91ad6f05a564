package e2e_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// tab is one person's browser. What it does, it does as a person: by the words on the screen, with mouse and keys.
type tab struct {
	*testing.T
	ctx  context.Context
	home string // the program's address
	wide int64  // the width of the screen in CSS pixels
	mute bool   // JavaScript is off

	mu         sync.Mutex
	complaints []string // errors the browser has reported on this page
}

// Widths of the screens that pages are looked at on: a desk, a phone, and the narrowest that must work.
const (
	desk     = 1280
	phone    = 390
	narrow   = 320
	tallness = 900
)

// tab opens a new private window, as wide as the program's people have it.
func (p *program) tab() *tab {
	p.t.Helper()
	whole, err := browser.open()
	if err != nil {
		p.t.Fatal(err)
	}
	b := &tab{T: p.t, home: p.URL()}
	ctx, closeTab := chromedp.NewContext(whole, chromedp.WithNewBrowserContext())
	b.ctx = ctx
	p.t.Cleanup(closeTab)
	// Listen opens the window: under this context, for one with a time limit would take the window with it when it ends.
	if err := chromedp.Listen(ctx, b.hear); err != nil {
		p.t.Fatal(err)
	}
	return b.screen(p.screen)
}

// screen holds the window at another width from now on, as somebody who takes up a phone.
func (b *tab) screen(width int64) *tab {
	b.Helper()
	b.wide = width
	b.resize(width)
	return b
}

// resize sets the width of the window and waits until the page has it: what is measured before would be pressed in the wrong place.
func (b *tab) resize(width int64) {
	b.Helper()
	b.do("set the width", chromedp.EmulateViewport(width, tallness))
	if err := eventually(b.ctx, func() bool { return see[int64](b, "innerWidth") == width }); err != nil {
		b.Fatalf("the window is not %d px wide: %v", width, err)
	}
	b.quiet()
}

// withoutScripts switches JavaScript off in this window.
func (b *tab) withoutScripts() *tab {
	b.mute = true
	b.scripts(false)
	return b
}

// scripts switches JavaScript on or off for the page that is there and those that follow.
func (b *tab) scripts(on bool) {
	b.Helper()
	b.do("switch scripts", chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on})
		return err
	}))
}

// hear keeps what the browser complains about. That a page was refused with a status is no fault: journeys do wrong things.
func (b *tab) hear(event any) {
	var what string
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeWarning {
			what = "console: " + js(e.Args)
		}
	case *runtime.EventExceptionThrown:
		what = "exception: " + e.ExceptionDetails.Text
	case *log.EventEntryAdded:
		refused := e.Entry.Source == log.EntrySourceNetwork && strings.Contains(e.Entry.Text, "status of 4") && !strings.Contains(e.Entry.URL, "/static/")
		if (e.Entry.Level == log.EntryLevelError || e.Entry.Level == log.EntryLevelWarning) && !refused {
			what = fmt.Sprintf("%s: %s %s", e.Entry.Source, e.Entry.Text, e.Entry.URL)
		}
	}
	if what != "" {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.complaints = append(b.complaints, what)
	}
}

// do runs steps in the browser, within patience.
func (b *tab) do(what string, steps ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.Fatalf("%s: %v", what, err)
	}
}

// see evaluates a script on the page.
func see[T any](b *tab, script string) T {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	out, err := chromedp.Run(ctx, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
	if err != nil {
		b.Fatalf("look at the page: %v\n%.300s", err, script)
	}
	return out
}

// js writes a value as a script has it.
func js(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		return "null"
	}
	return string(text)
}

// loading does something that leads to another page, waits until that is there, and inspects it.
func (b *tab) loading(what string, step chromedp.Action[chromedp.Void]) *tab {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if _, err := chromedp.Run(ctx, chromedp.WaitEvent(page.LoadEventFired, nil, step)); err != nil {
		b.Fatalf("%s led nowhere: %v\non %s:\n%s", what, err, b.path(), b.text("body"))
	}
	b.inspect()
	return b
}

// visit types an address: of the program, or a whole one.
func (b *tab) visit(address string) *tab {
	b.Helper()
	if strings.HasPrefix(address, "/") {
		address = b.home + address
	}
	b.do("visit "+address, chromedp.Navigate(address))
	b.inspect()
	return b
}

// back presses the browser's back button.
func (b *tab) back() *tab {
	b.Helper()
	return b.loading("back", chromedp.NavigateBack())
}

// path is the address of the page, without the host.
func (b *tab) path() string {
	b.Helper()
	return see[string](b, "location.pathname + location.search")
}

// status is the HTTP status the page came with.
func (b *tab) status() int {
	b.Helper()
	return see[int](b, "performance.getEntriesByType('navigation')[0].responseStatus")
}

// text is the visible words of all elements that a CSS selector finds.
func (b *tab) text(selector string) string {
	b.Helper()
	return see[string](b, "[...document.querySelectorAll("+js(selector)+")].map(e => e.innerText).join('\\n')")
}

// reads checks that the page has these words on it.
func (b *tab) reads(words ...string) *tab {
	b.Helper()
	text := strings.Join(strings.Fields(b.text("body")), " ")
	for _, w := range words {
		if !strings.Contains(text, strings.Join(strings.Fields(w), " ")) {
			b.Errorf("%s does not say %q. It says:\n%s", b.path(), w, text)
		}
	}
	return b
}

// lacks checks that the page does not have these words.
func (b *tab) lacks(words ...string) *tab {
	b.Helper()
	text := strings.Join(strings.Fields(b.text("body")), " ")
	for _, w := range words {
		if strings.Contains(text, w) {
			b.Errorf("%s says %q:\n%s", b.path(), w, text)
		}
	}
	return b
}

// on checks the address of the page; a * stands for anything.
func (b *tab) on(pattern string) *tab {
	b.Helper()
	got := b.path()
	before, after, open := strings.Cut(pattern, "*")
	if got != pattern && !(open && strings.HasPrefix(got, before) && strings.HasSuffix(got, after) && len(got) >= len(before)+len(after)) {
		b.Fatalf("on %s, want %s. It says:\n%s", got, pattern, b.text("main, body > p, body > h1"))
	}
	return b
}
