package tool

import (
	"strings"
	"unicode/utf8"

	"hub.salford.ac.uk/ssph/models"
)

// longestReference is the most characters a local reference may have, as the database also says.
const longestReference = 20

// NormaliseReference brings a case's local reference to the form in which it is kept. It has letters, digits and - / . only, and at
// least one digit, so that nobody's name ends up where it is not sealed. Error: invalid with field "reference".
func NormaliseReference(typed string) (string, error) {
	ref := strings.TrimSpace(typed)
	switch {
	case ref == "":
		return "", models.Invalid("reference", "Enter your own reference for this person, like IWN-0147")
	case utf8.RuneCountInString(ref) > longestReference:
		return "", models.Invalid("reference", "A reference can have %d characters at most", longestReference)
	case strings.ContainsFunc(ref, func(r rune) bool { return !letter(r) && !digit(r) && !strings.ContainsRune("-/.", r) }):
		return "", models.Invalid("reference", "Use letters, digits, - / and . only, and no name: IWN-0147")
	case !strings.ContainsFunc(ref, digit):
		return "", models.Invalid("reference", "A reference has a digit in it, so that it is not somebody’s name: IWN-0147")
	}
	return ref, nil
}

func letter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

func digit(r rune) bool { return r >= '0' && r <= '9' }

// referenceKey is what two spellings of one reference have in common.
func referenceKey(ref string) string { return strings.ToUpper(ref) }
