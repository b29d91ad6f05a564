package access_test

import (
	"net/url"
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/access"
)

func TestLocalPath_KeepsOurPagesOnly(t *testing.T) {
	t.Parallel()
	for _, ours := range []string{"/", "/account", "/bookings/17?step=people&n=3", "/sessions#january", "/a/%2e%2e/b", "/" + strings.Repeat("a", 499)} {
		if got := access.LocalPath(ours); got != ours {
			t.Errorf("%q becomes %q", ours, got)
		}
	}
	for _, theirs := range []string{
		"", "account", "//evil.example", "///evil.example", `/\evil.example`, `\\evil.example`, "/\t/evil.example", "/\n/evil.example",
		"https://evil.example", "javascript:alert(1)", " /account", "/a b", "/account ", "/~\x7f", "/account\r\nSet-Cookie: x=1", "/%2f/evil", "/é", "/" + strings.Repeat("a", 500),
		"/%zz", "/%5cevil.example",
	} {
		if got := access.LocalPath(theirs); got != "" {
			t.Errorf("%q is kept", theirs)
		}
	}
}

func FuzzLocalPath(f *testing.F) {
	for _, seed := range []string{"/account", "//evil.example", `/\evil.example`, "/%2f%2fevil", "/;@evil.example", "/?//evil"} {
		f.Add(seed)
	}
	site, err := url.Parse("https://ssph.example/sign-in/token")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		kept := access.LocalPath(typed)
		if kept == "" {
			return
		}
		// Browsers drop tabs and newlines and read \ as /, so a kept path has neither.
		there, err := site.Parse(kept)
		if err != nil || there.Host != "ssph.example" || there.Scheme != "https" || strings.ContainsAny(kept, "\t\r\n\\") {
			t.Errorf("%q leads to %v (%v)", typed, there, err)
		}
	})
}
