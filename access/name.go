package access

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"hub.salford.ac.uk/ssph/models"
)

// longestName is the most letters a person's or an organisation's name may have, as the database also says.
const longestName = 200

// webAddress finds what mail programs make a link of: "https://…", "www.…", and a domain with a path, like "evil.example/prize".
var webAddress = regexp.MustCompile(`(?i)//|www\.|\.\pL{2,}/`)

// NormaliseName brings a person's or an organisation's name to the form in which it is kept: one space between words, composed
// letters. An empty name stays empty. The error is of kind invalid with the field "name": for more than 200 letters, for a web
// address, and for signs that cannot be printed or that would turn the text around it.
func NormaliseName(typed string) (string, error) {
	name := norm.NFC.String(strings.Join(strings.Fields(typed), " "))
	if utf8.RuneCountInString(name) > longestName {
		return "", models.Invalid("name", "A name can have %d letters at most", longestName)
	}
	if !utf8.ValidString(name) || strings.ContainsFunc(name, unprintable) {
		return "", models.Invalid("name", "The name has a sign in it that we cannot print. Type it again")
	}
	if webAddress.MatchString(norm.NFKC.String(name)) {
		// Mails greet people by name: nobody may send their own words and address to others through ours.
		return "", models.Invalid("name", "A name cannot have a web address in it")
	}
	return name, nil
}

// unprintable finds control characters, line separators, and the marks that reverse the direction of what follows.
func unprintable(r rune) bool {
	return unicode.IsControl(r) || unicode.In(r, unicode.Zl, unicode.Zp, unicode.Co) || r == utf8.RuneError ||
		r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 || r == 0x200E || r == 0x200F
}

// NameKey is what two spellings of one organisation's name have in common: its letters and digits, in lower case, without
// accents; "&" counts as "and". The limit of open-access places counts an organisation's bookings by it.
func NameKey(name string) string {
	var key strings.Builder
	for _, r := range norm.NFKD.String(strings.ReplaceAll(name, "&", " and ")) {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			continue
		}
		// Through upper case, because some letters have two lower-case forms.
		key.WriteRune(unicode.ToLower(unicode.ToUpper(r)))
	}
	return key.String()
}
