package e2e_test

import (
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/handlers"
	"hub.salford.ac.uk/ssph/models"
)

// Every page that a link leads to, for everybody, in the demonstration: each is inspected on the way.
func TestPages_EveryLinkLeadsToAGoodPage(t *testing.T) {
	t.Parallel()
	p := start(t, models.SQLite, handlers.Demo)
	seen := map[string]int{}
	p.tab().follow(seen, "/", "/contact?people=12&format=online", "/prices?people=3&format=face-to-face", "/sessions?format=online&people=9")
	p.signIn(p.tab(), "priya.nair@irwellwellbeing.example").follow(seen, "/organisation", "/account")
	p.signIn(p.tab(), "hannah.whitworth@quaysprimarycare.example").follow(seen, "/account")
	p.signIn(p.tab(), "rowan@ssph.example").follow(seen, "/trainer")
	p.signIn(p.tab(), "joanne.fearn@ssph.example").follow(seen, "/office", "/dev/mailbox") // the office may follow every link of every mail
	kinds := slices.Sorted(maps.Keys(seen))
	t.Logf("%d kinds of page: %s", len(kinds), strings.Join(kinds, " "))
	for _, must := range []string{"/course", "/tool", "/check", "/privacy", "/accessibility", "/cancelling", "/office/sessions/new", "/office/mail", "/office/jobs", "/office/people", "/bookings/N",
		"/office/money", "/office/money/import", "/office/money/export", "/office/money/income", "/organisation/N/statement", "/office/prices", "/office/quotes", "/office/organisations"} {
		if seen[must] == 0 {
			t.Errorf("no link led to %s", must)
		}
	}
	p.sound()
	p.discreet()
}

// mostOfAKind is how many pages of one kind are looked at: /sessions/1 and /sessions/2 are of one kind.
const mostOfAKind = 2

var oneOfMany = regexp.MustCompile(`(BK|INV|CN)-\d+|\b[A-Z0-9]{4}(-[A-Z0-9]{4}){3}\b|\d+`)

func kindOf(path string) string {
	path, query, _ := strings.Cut(path, "?")
	kind := oneOfMany.ReplaceAllString(path, "N")
	if strings.Contains(query, "page=") {
		kind += "?page"
	}
	return kind
}

// follow visits pages and all that they link to, until some of each kind were seen by anybody. The tool answers whoever has no
// licence with the gate, the page that says why: that is a good answer too.
func (b *tab) follow(seen map[string]int, todo ...string) {
	b.Helper()
	mine := map[string]bool{}
	for ; len(todo) > 0; todo = todo[1:] {
		path, kind := todo[0], kindOf(todo[0])
		if mine[path] || seen[kind] >= mostOfAKind {
			continue
		}
		mine[path] = true
		seen[kind]++
		status := b.visit(path).status()
		if gate := strings.HasPrefix(path, "/tool/cases") && status == http.StatusForbidden; status != http.StatusOK && !gate {
			b.Errorf("a link leads to %s, which is answered %d", path, status)
		}
		todo = append(todo, b.links()...)
	}
}

var notPage = regexp.MustCompile(`^/static/|^/sign-in/link/|/parts/|/pdf$|\.pdf$|/html$|\.csv(\?|$)|[?&]as=csv|^/tool/cases/\d+/export$`)

// links are the pages of this site that the page links to. Files, the frames of mails and links that work once are left out.
func (b *tab) links() []string {
	b.Helper()
	found := see[[]string](b, `[...new Set([...document.querySelectorAll('a[href]')].filter(a => a.origin === location.origin && !a.hasAttribute('download'))
		.map(a => a.pathname + a.search))]`)
	return slices.DeleteFunc(found, func(path string) bool {
		return notPage.MatchString(path)
	})
}
