package access_test

import (
	"net/mail"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

func TestEmail_IsKeptTrimmedAndLowerCase(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"  Tom.Ashworth@Example.ORG \n":             "tom.ashworth@example.org",
		"o'brien+training@pcn-salford.nhs.uk":       "o'brien+training@pcn-salford.nhs.uk",
		"liz@jazz.buzz":                             "liz@jazz.buzz",
		"0@9.az":                                    "0@9.az",
		"a@b.uk":                                    "a@b.uk",
		strings.Repeat("a", 64) + "@example.org":    strings.Repeat("a", 64) + "@example.org",
		"x@" + strings.Repeat("d", 63) + ".example": "x@" + strings.Repeat("d", 63) + ".example",
		"x@xn--bcher-kva.example":                   "x@xn--bcher-kva.example",
		"\u00a0grace.okafor@irwell.example\u2003":   "grace.okafor@irwell.example",
	} {
		got, err := access.NormaliseEmail("", typed)
		if err != nil || got != want {
			t.Errorf("%q: got %q, %v; want %q", typed, got, err, want)
		}
	}
}

func TestEmail_SaysWhatIsWrongInWords(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ who, typed, want string }{
		{"Tom Ashworth", "tom.example.org", "Tom Ashworth’s email is missing the @"},
		{"", "tom.example.org", "Your email is missing the @"},
		{"", " ", "Enter your email address"},
		{"Tom Ashworth", "", "Enter Tom Ashworth’s email address"},
		{"", "tom@", "Your email is missing the part after the @"},
		{"", "@example.org", "Your email is missing the part before the @"},
		{"", "tom@here@example.org", "Your email has more than one @"},
		{"", "tom ashworth@example.org", "Your email has a space in it"},
		{"", "tom@example", "Your email is missing its ending, like .org.uk"},
		{"", "zoë@example.org", "Your email has a letter or sign that we cannot send to. Use an address with plain letters"},
		{"", "tom@example.org\x00", "Your email has a letter or sign that we cannot send to. Use an address with plain letters"},
		{"", "tom@ехample.org", "Your email has a letter or sign that we cannot send to. Use an address with plain letters"}, // Cyrillic е, х
		{"", strings.Repeat("a", 250) + "@x.uk", "Your email is too long. Check that it is one address"},
	} {
		_, err := access.NormaliseEmail(c.who, c.typed)
		e, ok := err.(*models.Error)
		if !ok || e.Kind != models.KindInvalid || e.Field != "email" || e.Msg != c.want {
			t.Errorf("%q: got %v, want %q", c.typed, err, c.want)
		}
	}
}

func TestEmail_RefusesWhatMailCannotCarry(t *testing.T) {
	t.Parallel()
	for _, typed := range []string{
		".tom@example.org", "tom.@example.org", "to..m@example.org", `"tom"@example.org`, "tom@-example.org", "tom@example-.org",
		"tom@example..org", "tom@.org", "tom@example.org.", "tom@192.168.0.1", "tom@[10.0.0.1]", "tom@example.o", "tom,ann@example.org",
		"tom@example.org;ann@example.org", "Tom <tom@example.org>", "tom@exa_mple.org", "mailto:tom@example.org",
		strings.Repeat("a", 65) + "@example.org", "x@" + strings.Repeat("d", 64) + ".example",
		"tom@example.org\r\nBcc: all@example.org", "\xff@example.org",
	} {
		if got, err := access.NormaliseEmail("", typed); err == nil {
			t.Errorf("%q is taken as %q", typed, got)
		}
	}
}

// keepsItsWord holds whatever was typed: a refusal is a whole sentence, and an address is one that mail can carry.
func keepsItsWord(t interface{ Errorf(string, ...any) }, typed string) {
	got, err := access.NormaliseEmail("", typed)
	if err != nil {
		if models.KindOf(err) != models.KindInvalid || got != "" {
			t.Errorf("%q: %q and %v", typed, got, err)
		}
		return
	}
	if again, err := access.NormaliseEmail("", got); err != nil || again != got {
		t.Errorf("%q becomes %q, and then %q (%v)", typed, got, again, err)
	}
	if got != strings.ToLower(got) || len(got) < 3 || len(got) > 254 {
		t.Errorf("%q becomes %q, which the database refuses", typed, got)
	}
	if parsed, err := mail.ParseAddress(got); err != nil || parsed.Address != got {
		t.Errorf("%q becomes %q, which mail reads as %v (%v)", typed, got, parsed, err)
	}
}

func TestEmail_WhatIsTakenStaysAndCanBeMailed(t *testing.T) {
	t.Parallel()
	near := rapid.StringMatching(`[ ]?[A-Za-z0-9.!#$%&'*+/=?^_{|}~"(),:;<>-]{0,20}@?[A-Za-z0-9.-]{0,20}(\.[a-z]{1,4})?[ ]?`)
	rapid.Check(t, func(t *rapid.T) {
		keepsItsWord(t, rapid.OneOf(near, rapid.String()).Draw(t, "typed"))
	})
}

func FuzzNormaliseEmail(f *testing.F) {
	for _, seed := range []string{"tom@example.org", "Tom@Example.ORG ", "a@b.c", `"x"@y.zz`, "\u212a@example.org", "a@\x00.uk", "İ@example.org"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) { keepsItsWord(t, typed) })
}
