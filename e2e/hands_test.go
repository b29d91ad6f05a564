package e2e_test

import (
	"context"
	"slices"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// spot is where something is on the screen.
type spot struct {
	X, Y  float64
	Found int
}

// find scrolls to the one visible element that a script lists and says where it is.
func (b *tab) find(what, script string) spot {
	b.Helper()
	at := see[spot](b, `(() => {
		const words = e => (e.getAttribute('aria-label') || e.innerText || e.value || '').replace(/\s+/g, ' ').replace(/ ,/g, ',').trim();
		const seen = e => { const r = e.getBoundingClientRect(); return r.width > 0 && r.height > 0 && !e.closest('[aria-hidden=true]'); };
		let all = (`+script+`).filter(seen);
		const inMain = all.filter(e => e.closest('main'));
		if (inMain.length) all = inMain;
		if (!all.length) return {X: 0, Y: 0, Found: 0};
		all[0].scrollIntoView({block: 'center', behavior: 'instant'});
		const r = all[0].getClientRects()[0];
		return {X: r.x + r.width / 2, Y: r.y + r.height / 2, Found: all.length};
	})()`)
	if at.Found == 0 {
		b.Fatalf("there is no %s on %s:\n%s", what, b.path(), b.text("body"))
	}
	return at
}

// button finds a button, link or fold by its words, or by how they begin: many go on for those who cannot see the page.
func (b *tab) button(words string) spot {
	b.Helper()
	return b.find("button or link "+words, `(() => {
		const all = [...document.querySelectorAll('button, a[href], summary')], exact = all.filter(e => words(e) === `+js(words)+`);
		return exact.length ? exact : all.filter(e => words(e).startsWith(`+js(words)+`));
	})()`)
}

// press presses a button or follows a link, which leads to another page.
func (b *tab) press(words string) *tab {
	b.Helper()
	at := b.button(words)
	return b.loading("press "+words, chromedp.MouseClickXY(at.X, at.Y))
}

// click presses something that does not lead to another page.
func (b *tab) click(words string) *tab {
	b.Helper()
	at := b.button(words)
	b.do("click "+words, chromedp.MouseClickXY(at.X, at.Y))
	return b
}

// unfold opens the menu or the filter where it is folded: on a phone.
func (b *tab) unfold(words string) *tab {
	b.Helper()
	if see[bool](b, `[...document.querySelectorAll('summary')].some(e => e.innerText.trim().startsWith(`+js(words)+`) && e.offsetHeight > 0 && !e.parentElement.open)`) {
		b.click(words)
	}
	return b
}

// script runs a script as a step of the browser's.
func (b *tab) script(text string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Run(ctx, chromedp.Evaluate[any](text))
		return err
	})
}

// choose ticks a box or a radio button by its label, or by its id where several have the same label.
func (b *tab) choose(label string) *tab {
	b.Helper()
	at := b.find("choice "+label, `[...document.querySelectorAll('label')].filter(e => words(e) === `+js(label)+` || e.htmlFor === `+js(label)+`)`)
	b.do("choose "+label, chromedp.MouseClickXY(at.X, at.Y))
	return b
}

// fieldScript finds a field by its label, in the n-th group of fields that has it, or by its id.
func fieldScript(label string) string {
	return `(() => { const label = [...document.querySelectorAll('label')].find(e => e.innerText.replace(/\s+/g, ' ').trim() === ` + js(label) + `);
		return document.getElementById(label ? label.htmlFor : ` + js(label) + `); })()`
}

// fill types into a field in place of what is there.
func (b *tab) fill(label, text string) *tab {
	b.Helper()
	if !see[bool](b, `(() => { const e = `+fieldScript(label)+`; if (!e) return false; e.focus(); e.select(); return document.activeElement === e; })()`) {
		b.Fatalf("there is no field %q on %s:\n%s", label, b.path(), b.text("body"))
	}
	if text == "" {
		b.do("empty "+label, chromedp.KeyEvent("\b"))
		return b
	}
	b.do("fill "+label, chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := chromedp.Call(ctx, input.InsertText, input.InsertTextParams{Text: text})
		return err
	}))
	return b
}

// fills types into several fields: label, text, label, text.
func (b *tab) fills(pairs ...string) *tab {
	b.Helper()
	for pair := range slices.Chunk(pairs, 2) {
		b.fill(pair[0], pair[1])
	}
	return b
}

// attach puts a file into a field for files, as if it were chosen from a folder.
func (b *tab) attach(label, name, content string) *tab {
	b.Helper()
	if !see[bool](b, `(() => { const e = `+fieldScript(label)+`; if (!e || e.type !== 'file') return false;
		const chosen = new DataTransfer(); chosen.items.add(new File([`+js(content)+`], `+js(name)+`, {type: 'text/csv'}));
		e.files = chosen.files; return true; })()`) {
		b.Fatalf("there is no field for files %q on %s:\n%s", label, b.path(), b.text("body"))
	}
	return b
}

// value is what stands in a field.
func (b *tab) value(label string) string {
	b.Helper()
	return see[string](b, fieldScript(label)+`.value`)
}

// keys presses keys one after the other, as on a keyboard.
func (b *tab) keys(keys string) *tab {
	b.Helper()
	b.do("keys", chromedp.KeyEvent(keys))
	return b
}

// quiet waits until the browser has drawn the page, so that what it complains about has been heard.
func (b *tab) quiet() {
	b.Helper()
	if !b.mute {
		see[bool](b, "new Promise(done => requestAnimationFrame(() => setTimeout(() => done(true), 0)))")
	}
}

// keyPress is a key as a step of the browser's.
func keyPress(key string) chromedp.Action[chromedp.Void] { return chromedp.KeyEvent(key) }
