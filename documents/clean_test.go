package documents

import (
	"bytes"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func letters(t testing.TB) coverage {
	t.Helper()
	c, err := newCoverage(regularFont)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestCoverage_FontsDrawEuropeanWritingAndOurSigns(t *testing.T) {
	t.Parallel()
	bold, err := newCoverage(boldFont)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []coverage{letters(t), bold} {
		for _, r := range "AZaz09£€−–—’“”…□ àçéñöøßæþ ăąćčďęğħıłńřşșťțůžŵŷ ΑΩάώ АЯёїґћџ ếộữ" {
			if !c.has(r) {
				t.Errorf("no %q (%U)", r, r)
			}
		}
		for _, r := range "\x00\n\u00a0王हि😀אعﷺ\uffff" {
			if r != '\u00a0' && c.has(r) {
				t.Errorf("%q (%U) is said to be drawn", r, r)
			}
		}
	}
}

func TestCoverage_BrokenFontIsRefusedNotRead(t *testing.T) {
	t.Parallel()
	at := bytes.Index(regularFont, []byte("cmap")) // its place in the list of tables
	for size := 0; size < len(regularFont); size += 997 {
		c, err := newCoverage(regularFont[:size]) // must not read past the end
		if size <= at+16 && (err == nil || c.has('A')) {
			t.Errorf("the first %d bytes of a font pass as a font", size)
		}
	}
}

func TestPrintable_AsksForLatinSpellingOnlyWhenLettersAreMissing(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"Zoë Łukasiewicz": true, "Наталія": true, "Ada 🎉": true, "": true, "王小明": false, "יעל": false, "मीरा": false,
	} {
		if got := Printable(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestManyLines_KeepsLineBreaksAndNothingElse(t *testing.T) {
	t.Parallel()
	got := manyLines("\r\nBring\ta laptop \r\n\r\nJoin:\rhttps://example.org\x00\n\n")
	if want := "Bring a laptop\n\nJoin:\nhttps://example.org"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Whatever comes in, what is drawn is one line of characters that the font has, and cleaning it again changes nothing.
func FuzzDrawable(f *testing.F) {
	for _, s := range []string{"Zoë", "Ada 🎉", "a\r\nb", "\xff\xfe", "e\u0301\u0301", "\u202eabc", "(x) Tj \\", "\ufdfa\u1100\u1161"} {
		f.Add(s)
	}
	c := letters(f)
	f.Fuzz(func(t *testing.T, s string) {
		line, drawn := oneLine(s), c.drawable(s)
		if !utf8.ValidString(line) || strings.ContainsFunc(line, unicode.IsControl) || strings.TrimSpace(line) != line {
			t.Errorf("%q → %q is not one clean line", s, line)
		}
		if oneLine(line) != line || c.drawable(drawn) != drawn {
			t.Errorf("%q: cleaning twice differs from cleaning once", s)
		}
		for _, r := range drawn {
			if !c.has(r) {
				t.Errorf("%q → %q holds %U, which the font lacks", s, drawn, r)
			}
		}
	})
}

func TestPrintedWhole_NothingOfANameIsLeftOut(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"Priya Nair": true, "Siân O’Brien-Ó Súilleabháin": true, "Anne\u2011Marie": true, "Zo\u0065\u0308": true, "Ελένη": true, "": true,
		"Lena 😀 Osei": false, "Lena ❤\ufe0f": false, "Lena\u200b Osei": false, "Lena \u202eiesO": false, "Lena \u2066Osei\u2069": false, "索尔福德": false,
		"Lena\u00ad": false, "Lena\tOsei": false,
	} {
		if got := PrintedWhole(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestPlainWords_AnyWritingAndNoSigns(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"Sam": true, "Repair workshop, Thursdays (10–12)": true, "王小明": true, "मीरा": true, "می\u200cخواهم": true,
		"Choir 🎶": false, "Sam ❤\ufe0f": false, "\u202emaS": false, "Sam\u2067": false, "Sa\u200bm": false,
	} {
		if got := PlainWords(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}
