package access

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"hub.salford.ac.uk/ssph/models"
)

// The longest address, and the longest part before the @, that mail can carry.
const (
	longestEmail = 254
	longestLocal = 64
	longestLabel = 63
)

// NormaliseEmail brings an address to the one form in which it is kept: trimmed, lower case, plain ASCII. who is whose address it
// is, for the sentence when it cannot be right: "Tom Ashworth" or "the contact", or empty for the reader's own. The error is of kind invalid with
// the field "email". Quoted and international addresses are refused: too many mail servers lose them.
func NormaliseEmail(who, typed string) (string, error) {
	email := strings.ToLower(strings.TrimSpace(typed))
	if email == "" {
		return "", models.Invalid("email", "Enter %s email address", whose(who, "your"))
	}
	if fault := emailFault(email); fault != "" {
		return "", models.Invalid("email", "%s email %s", capital(whose(who, "Your")), fault)
	}
	return email, nil
}

// whose is the owner of the address: "Tom Ashworth's", or the given word for the reader.
func whose(who, reader string) string {
	if who = strings.TrimSpace(who); who == "" {
		return reader
	}
	return who + "’s"
}

// capital begins a sentence.
func capital(words string) string {
	first, size := utf8.DecodeRuneInString(words)
	return string(unicode.ToUpper(first)) + words[size:]
}

// emailFault says what is wrong with a trimmed address, to follow "Tom Ashworth's email"; nothing when it can be right.
func emailFault(email string) string {
	if len(email) > longestEmail {
		return "is too long. Check that it is one address"
	}
	for _, r := range email {
		if unicode.IsSpace(r) {
			return "has a space in it"
		}
		if r > unicode.MaxASCII || unicode.IsControl(r) {
			return "has a letter or sign that we cannot send to. Use an address with plain letters"
		}
	}
	local, domain, found := strings.Cut(email, "@")
	switch {
	case !found:
		return "is missing the @"
	case strings.Contains(domain, "@"):
		return "has more than one @"
	case local == "":
		return "is missing the part before the @"
	case domain == "":
		return "is missing the part after the @"
	case !strings.Contains(domain, "."):
		return "is missing its ending, like .org.uk"
	case !localFits(local) || !domainFits(domain):
		return "is not written as an address can be. Check it, for example name@organisation.org.uk"
	}
	return ""
}

// localFits checks the part before the @: letters, digits and the signs mail allows unquoted, with dots between.
func localFits(local string) bool {
	if len(local) > longestLocal {
		return false
	}
	for _, atom := range strings.Split(local, ".") {
		if atom == "" || strings.ContainsFunc(atom, func(r rune) bool {
			return !isPlain(r) && !strings.ContainsRune("!#$%&'*+/=?^_`{|}~-", r)
		}) {
			return false
		}
	}
	return true
}

// domainFits checks the part after the @: labels of letters, digits and inner hyphens; the last is not a number.
func domainFits(domain string) bool {
	labels := strings.Split(domain, ".")
	for _, label := range labels {
		if label == "" || len(label) > longestLabel || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
		if strings.ContainsFunc(label, func(r rune) bool { return !isPlain(r) && r != '-' }) {
			return false
		}
	}
	last := labels[len(labels)-1]
	return len(last) >= 2 && last[0] >= 'a' && last[0] <= 'z'
}

func isPlain(r rune) bool { return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' }
