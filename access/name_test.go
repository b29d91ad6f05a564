package access_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

func TestName_IsKeptWithSingleSpaces(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"  Grace \t Okafor\n":             "Grace Okafor",
		"":                                "",
		" \u00a0 ":                        "",
		"Zoe\u0308 O’Brien-Łukasz":        "Zoë O’Brien-Łukasz",
		"李小龍":                             "李小龍",
		"St. Mary's / J.R.R. Tolkien c/o": "St. Mary's / J.R.R. Tolkien c/o",
		"Dr.Smith 1/2 a.b/c":              "Dr.Smith 1/2 a.b/c",
		strings.Repeat("ż", 200):          strings.Repeat("ż", 200),
		"\u0646\u06cc\u200c\u0645\u0627":  "\u0646\u06cc\u200c\u0645\u0627", // Persian needs the mark between
	} {
		if got, err := access.NormaliseName(typed); err != nil || got != want {
			t.Errorf("%q: got %q, %v; want %q", typed, got, err, want)
		}
	}
}

func TestName_RefusesWhatCannotBePrinted(t *testing.T) {
	t.Parallel()
	for _, typed := range []string{
		"Grace\x00Okafor", "Grace\x1b[31m", "Grace\u202eOkafor", "Grace\u2066", "\xff\xfe", strings.Repeat("a", 201), "Grace\u0085\u009b",
		"Claim your prize at https://evil.example", "WWW.evil.example", "Prize: evil.example/x", "evil.CO.uk/", "Prize ｗｗｗ．evil", "evil．example／x", "ssh://evil",
	} {
		got, err := access.NormaliseName(typed)
		if models.KindOf(err) != models.KindInvalid {
			t.Errorf("%q is taken as %q (%v)", typed, got, err)
		}
	}
}

func TestNameKey_SpellingsOfOneNameMeet(t *testing.T) {
	t.Parallel()
	for _, same := range [][]string{
		{"St. Mary's Primary Care Network", "ST MARYS PRIMARY CARE NETWORK", "  st mary’s  primary-care network"},
		{"Health & Care Salford", "Health and Care Salford", "health&care salford"},
		{"Café Łódź", "cafe\u0301 łódz"},
		{"Weiß", "WEIß"},
		{"ΟΔΟΣ", "οδος", "οδοσ"},
		{"Ｆｕｌｌ Width 12", "full width 12"},
	} {
		for _, name := range same[1:] {
			if a, b := access.NameKey(same[0]), access.NameKey(name); a != b || a == "" {
				t.Errorf("%q is %q, %q is %q", same[0], a, name, b)
			}
		}
	}
	if access.NameKey("Irwell Wellbeing") == access.NameKey("Irwell Wellbeing 2") {
		t.Error("two names have one key")
	}
	if key := access.NameKey("… — !"); key != "" {
		t.Errorf("signs alone have the key %q", key)
	}
}

func TestNameKey_OfAKeyIsTheKey(t *testing.T) {
	t.Parallel()
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if !utf8.ValidRune(r) {
			continue
		}
		if key := access.NameKey(string(r)); access.NameKey(key) != key {
			t.Errorf("%U: key %q, whose key is %q", r, key, access.NameKey(key))
		}
	}
}

func TestNameKey_SpacesSignsAndCaseDoNotCount(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringMatching(`[A-Za-z0-9 .,'-]{0,60}`).Draw(t, "name")
		key := access.NameKey(name)
		for _, other := range []string{strings.ToUpper(name), strings.ReplaceAll(name, " ", " - "), "(" + name + ")."} {
			if access.NameKey(other) != key {
				t.Fatalf("%q: %q, %q: %q", name, key, other, access.NameKey(other))
			}
		}
	})
}

func FuzzNormaliseName(f *testing.F) {
	for _, seed := range []string{"Grace Okafor", "Zoe\u0308", "\u202e", "\xff", "a\u0344b"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		name, err := access.NormaliseName(typed)
		if err != nil {
			return
		}
		if again, err := access.NormaliseName(name); err != nil || again != name {
			t.Errorf("%q becomes %q, and then %q (%v)", typed, name, again, err)
		}
		if !utf8.ValidString(name) || utf8.RuneCountInString(name) > 200 || strings.ContainsRune(name, 0) {
			t.Errorf("%q becomes %q, which the database refuses", typed, name)
		}
		if key := access.NameKey(name); access.NameKey(key) != key {
			t.Errorf("%q: key %q, whose key is %q", name, key, access.NameKey(key))
		}
	})
}
