package documents

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// missing stands for a letter that the embedded font cannot draw.
const missing = '□'

// oneLine makes text safe to stand on one line of any file: valid UTF-8, composed letters, no control, formatting or
// direction characters, and single spaces between words. It is idempotent.
func oneLine(s string) string {
	s = norm.NFC.String(strings.ToValidUTF8(s, " "))
	kept := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), unicode.IsControl(r):
			return ' '
		case unicode.In(r, unicode.Cf, unicode.Co, unicode.Variation_Selector), r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, s)
	return norm.NFC.String(strings.Join(strings.Fields(kept), " "))
}

// manyLines cleans each line of a text and keeps the line breaks; blank lines at either end go.
func manyLines(s string) string {
	lines := strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s), "\n")
	for i, l := range lines {
		lines[i] = oneLine(l)
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}

// drawable is oneLine for a font: a letter the font lacks becomes □, and a symbol it lacks, such as an emoji, is left out.
func (c coverage) drawable(s string) string {
	drawn := strings.Map(func(r rune) rune {
		switch {
		case c.has(r):
			return r
		case r == '\u2010' || r == '\u2011':
			return '-'
		case unicode.IsLetter(r) || unicode.IsNumber(r):
			return missing
		}
		return -1
	}, oneLine(s))
	return strings.Join(strings.Fields(drawn), " ")
}

// Printable says whether every letter of s can be drawn in our PDFs: Latin, Greek and Cyrillic writing. Forms that take a
// name for a document can ask for a Latin spelling when it is false.
func Printable(s string) bool {
	c, err := newCoverage(regularFont)
	return err == nil && !strings.ContainsRune(c.drawable(s), missing)
}

// PrintedWhole says whether our PDFs draw all of s as it stands: no letter without a shape, and no sign that is left out, such as an
// emoji or one that cannot be seen. It is asked of names.
func PrintedWhole(s string) bool {
	c, err := newCoverage(regularFont)
	return err == nil && !strings.ContainsFunc(norm.NFC.String(s), func(r rune) bool {
		return r != ' ' && r != '\u2010' && r != '\u2011' && (!c.has(r) || unicode.In(r, unicode.Cf, unicode.Cc))
	})
}

// PlainWords says whether s is words in any writing, without signs that our PDFs leave out, such as emoji, or that turn or hide the text
// around them. It is asked of names that may be in a writing we have no letters for.
func PlainWords(s string) bool {
	c, err := newCoverage(regularFont)
	return err == nil && !strings.ContainsFunc(norm.NFC.String(s), func(r rune) bool {
		switch {
		case unicode.In(r, unicode.L, unicode.M, unicode.N) && !unicode.Is(unicode.Variation_Selector, r), r == ' ', r == '\u200c', r == '\u200d', r == '\u2010', r == '\u2011':
			return false
		}
		return !c.has(r) || unicode.In(r, unicode.Cf, unicode.Cc)
	})
}
