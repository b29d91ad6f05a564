package licensing

import (
	"crypto/rand"
	"encoding/base32"
	"strings"
	"unicode/utf8"

	"hub.salford.ac.uk/ssph/models"
)

// Code is a certificate's code: 16 letters and digits, 80 random bits, as they are kept. The letters I, L, O and U are not among
// them, so that a code can be read out and typed.
type Code string

const (
	codeLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ" // Crockford's base 32
	codeLength  = 16
	codeGroup   = 4
	codeTyped   = 64 // letters that are looked at: no code with all its hyphens and spaces is longer
)

// newCode makes a code that nobody can guess.
func newCode() Code {
	b := make([]byte, codeLength*5/8)
	rand.Read(b) // never fails: the program stops without randomness
	return Code(base32.NewEncoding(codeLetters).WithPadding(base32.NoPadding).EncodeToString(b))
}

// ParseCode reads a code as people type it: in any case, with or without hyphens and spaces, I and L for 1, O for 0. It returns
// the error of an unknown code, so that a mistyped one gets the same answer.
func ParseCode(typed string) (Code, error) {
	var b strings.Builder
	for i, r := range typed {
		if i >= codeTyped {
			return "", noSuchCertificate()
		}
		switch {
		case strings.ContainsRune(" -\t\r\n\u00a0\u2010\u2011\u2012\u2013\u2014", r):
			continue
		case r == 'i' || r == 'I' || r == 'l' || r == 'L':
			r = '1'
		case r == 'o' || r == 'O':
			r = '0'
		case 'a' <= r && r <= 'z':
			r -= 'a' - 'A'
		}
		if r == utf8.RuneError || !strings.ContainsRune(codeLetters, r) {
			return "", noSuchCertificate()
		}
		b.WriteRune(r)
	}
	if b.Len() != codeLength {
		return "", noSuchCertificate()
	}
	return Code(b.String()), nil
}

// String writes the code in groups of four: 7K3M-Q9TX-2HVB-4WN8.
func (c Code) String() string {
	var groups []string
	for s := string(c); s != ""; {
		n := min(codeGroup, len(s))
		groups, s = append(groups, s[:n]), s[n:]
	}
	return strings.Join(groups, "-")
}

func noSuchCertificate() *models.Error {
	return models.NotFound("We have no certificate with that code. Check the letters: it looks like 7K3M-Q9TX-2HVB-4WN8")
}
