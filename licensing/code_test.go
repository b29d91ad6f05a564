package licensing

import (
	"regexp"
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/models"
)

func TestCode_IsReadAsPeopleTypeIt(t *testing.T) {
	const want = Code("7K3MQ9TX2HVB4WN8")
	for _, typed := range []string{
		"7K3M-Q9TX-2HVB-4WN8", "7k3m-q9tx-2hvb-4wn8", " 7K3MQ9TX2HVB4WN8 ", "7K3M Q9TX 2HVB 4WN8", "7K3M–Q9TX–2HVB–4WN8", "7K3M-Q9TX\n2HVB-4WN8",
	} {
		if got, err := ParseCode(typed); err != nil || got != want {
			t.Errorf("%q: %q, %v", typed, got, err)
		}
	}
	if got, err := ParseCode("oOiI-lL00-1111-ABCD"); err != nil || got != "001111001111ABCD" {
		t.Errorf("the letters that look like figures: %q, %v", got, err)
	}
	if want.String() != "7K3M-Q9TX-2HVB-4WN8" {
		t.Errorf("it is written %s", want)
	}
}

func TestCode_WhateverIsMistypedGetsTheSameAnswer(t *testing.T) {
	for _, typed := range []string{
		"", "-", "7K3M-Q9TX-2HVB-4WN", "7K3M-Q9TX-2HVB-4WN88", "7K3M-Q9TX-2HVB-4WNU", "7K3M-Q9TX-2HVB-4WN!", "7K3M-Q9TX-2HVB-4WN8'--",
		strings.Repeat("7K3M-", 100), "７K3M-Q9TX-2HVB-4WN8", "\xff\xfe", "7K3M-Q9TX-2HVB-4WN\x00",
	} {
		code, err := ParseCode(typed)
		if code != "" || models.KindOf(err) != models.KindNotFound || err.Error() != noSuchCertificate().Error() {
			t.Errorf("%q: %q, %v", typed, code, err)
		}
	}
}

func TestNewCode_IsSixteenOfThe32Letters(t *testing.T) {
	form := regexp.MustCompile(`^[0-9A-HJKMNP-TV-Z]{16}$`)
	seen := map[Code]bool{}
	for range 1000 {
		c := newCode()
		if !form.MatchString(string(c)) || seen[c] {
			t.Fatalf("the code %q", c)
		}
		seen[c] = true
		if back, err := ParseCode(strings.ToLower(c.String())); err != nil || back != c {
			t.Fatalf("%s was read as %s: %v", c, back, err)
		}
	}
}

func FuzzParseCode(f *testing.F) {
	for _, seed := range []string{"7K3M-Q9TX-2HVB-4WN8", "oOiIlL0011112222", "", "ſſſſſſſſſſſſſſſſ"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		code, err := ParseCode(typed)
		if err != nil {
			if code != "" || models.KindOf(err) != models.KindNotFound {
				t.Errorf("%q: %q, %v", typed, code, err)
			}
			return
		}
		if again, err := ParseCode(code.String()); err != nil || again != code || len(code) != codeLength {
			t.Errorf("%q became %q, then %q: %v", typed, code, again, err)
		}
	})
}
