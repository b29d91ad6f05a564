package handlers

import (
	"errors"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"hub.salford.ac.uk/ssph/models"
)

func TestLine_IsOneLineWithoutControlCharacters(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"  Priya   Nair ":       "Priya Nair",
		"Priya\r\nBcc: x":       "Priya Bcc: x",
		"tab\tand\x00nothing":   "tab and nothing",
		"\u00a0no-break\u00a0":  "no-break",
		"Łukasz Żółć":           "Łukasz Żółć",
		"\u2028line separator ": "line separator",
	} {
		if got := line(url.Values{"a": {typed}}, "a"); got != want {
			t.Errorf("line(%q) = %q, want %q", typed, got, want)
		}
	}
}

func FuzzLine_NeverHoldsALineBreak(f *testing.F) {
	f.Add("Priya\r\nNair")
	f.Fuzz(func(t *testing.T, typed string) {
		if got := line(url.Values{"a": {typed}}, "a"); strings.ContainsAny(got, "\r\n\x00\u0085\u2028") || strings.TrimSpace(got) != got {
			t.Errorf("line(%q) = %q", typed, got)
		}
		got := lines(url.Values{"a": {typed}}, "a")
		if strings.ContainsAny(got, "\r\x00") || utf8.ValidString(typed) && !utf8.ValidString(got) {
			t.Errorf("lines(%q) = %q", typed, got)
		}
	})
}

func TestRefused_TakesOnlyWhatAPersonCanMend(t *testing.T) {
	t.Parallel()
	var several models.Problems
	several.Add("name", "Enter your name")
	several.Add("email", "Enter your email address")
	for name, c := range map[string]struct {
		err      error
		problems int
		passed   bool
	}{
		"nothing":                {nil, 0, false},
		"a field":                {models.Invalid("people", "Choose at least 1 place"), 1, false},
		"no field":               {models.Invalid("", "Choose something"), 1, false},
		"several":                {several.Err(), 2, false},
		"another kind, a field":  {&models.Error{Kind: models.KindFull, Field: "places", Msg: "Only 2 places are left"}, 1, false},
		"another kind, no field": {models.Fail(models.KindGone, "The hold has ended"), 0, true},
		"a fault":                {errors.New("disk on fire"), 0, true},
	} {
		problems, err := refused(c.err)
		if len(problems) != c.problems || (err != nil) != c.passed {
			t.Errorf("%s: %d problems and %v", name, len(problems), err)
		}
	}
}
