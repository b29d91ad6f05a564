package access

import (
	"net/url"
	"strings"
)

// longestPath keeps a link in a mail within what every program carries.
const longestPath = 500

// LocalPath returns where to go next after signing in, when that is a page of this site, and otherwise nothing: a sign-in page
// that sends people elsewhere helps whoever wants their password.
func LocalPath(typed string) string {
	if len(typed) > longestPath || !strings.HasPrefix(typed, "/") || strings.HasPrefix(typed, "//") {
		return ""
	}
	// Browsers read a backslash as a slash, and skip control characters.
	if strings.ContainsFunc(typed, func(r rune) bool { return r == '\\' || r <= ' ' || r >= 0x7F }) {
		return ""
	}
	u, err := url.Parse(typed)
	if err != nil || u.IsAbs() || u.Host != "" || u.User != nil || strings.HasPrefix(u.Path, "//") || strings.Contains(u.Path, `\`) {
		return ""
	}
	return typed
}
