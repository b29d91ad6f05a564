package billing

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// By hand, for GB 123 4567 xx: 1·8+2·7+3·6+4·5+5·4+6·3+7·2 = 112, and 112+82 = 194 = 2·97. By the newer sum 112+55+27 = 194 too.
func TestParseVATNumber_ChecksItsDigits(t *testing.T) {
	for typed, want := range map[string]string{
		"GB 123 4567 82": "GB 123 4567 82", "gb123456782": "GB 123 4567 82", "GB-123-4567-27": "GB 123 4567 27",
		"GB 123 4567 82 001": "GB 123 4567 82 001",
	} {
		if got, err := ParseVATNumber(typed); err != nil || got != want {
			t.Errorf("%q: %q, %v", typed, got, err)
		}
	}
	for _, typed := range []string{
		"", "GB", "123 4567 82", "GB 123 4567 83", "GB 123 4567 8", "GB 123 4567 821", "GB 000 0000 00", "GB 12E 4567 82", "IE 123 4567 82",
		"GB 213 4567 82", "GB １23 4567 82",
	} {
		if got, err := ParseVATNumber(typed); err == nil {
			t.Errorf("%q was taken for %q", typed, got)
		}
	}
}

// Of the hundred endings of a number two fit, and one digit that is wrong is found.
func TestParseVATNumber_FindsOneWrongDigit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seven := rapid.IntRange(1, 9_999_999).Draw(t, "number")
		var right []string
		for ending := range 100 {
			if number, err := ParseVATNumber(fmt.Sprintf("GB%07d%02d", seven, ending)); err == nil {
				right = append(right, number)
			}
		}
		if len(right) < 2 || len(right) > 4 { // an ending and the one 97 above it both fit
			t.Fatalf("%d: %v", seven, right)
		}
		again, err := ParseVATNumber(right[0])
		if err != nil || again != right[0] {
			t.Fatalf("%q became %q, %v", right[0], again, err)
		}
	})
}

func TestParseBankDetails(t *testing.T) {
	for typed, want := range map[string]string{"12-34-56": "12-34-56", "123456": "12-34-56", "12 34 56": "12-34-56", "": "", "00-00-00": "", "1234567": "", "12-34-5x": ""} {
		if got, err := ParseSortCode(typed); got != want || (err == nil) != (want != "") {
			t.Errorf("sort code %q: %q, %v", typed, got, err)
		}
	}
	for typed, want := range map[string]string{"12345678": "12345678", "1234567": "01234567", "123456": "00123456", "1234 5678": "12345678", "12345": "", "123456789": "", "00000000": "", "": ""} {
		if got, err := ParseAccountNumber(typed); got != want || (err == nil) != (want != "") {
			t.Errorf("account %q: %q, %v", typed, got, err)
		}
	}
	for typed, want := range map[string]string{"INV": "INV-", "spd-": "SPD-", " cn ": "CN-", "": "", "-": "", "IN V": "", "INV1": "", "LONGERTHAN": ""} {
		if got, err := ParsePrefix("invoice-prefix", typed); got != want || (err == nil) != (want != "") {
			t.Errorf("letters %q: %q, %v", typed, got, err)
		}
	}
}

func FuzzParseVATNumber(f *testing.F) {
	for _, typed := range []string{"GB 123 4567 82", "gb123456727001", "GB", "123 4567 82", "GB\u00a0123–4567–82"} {
		f.Add(typed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		got, err := ParseVATNumber(typed)
		if err != nil {
			return
		}
		if again, err := ParseVATNumber(got); err != nil || again != got || !strings.HasPrefix(got, "GB ") {
			t.Fatalf("%q was read as %q, that as %q, %v", typed, got, again, err)
		}
	})
}
