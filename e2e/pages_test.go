package e2e_test

import (
	"maps"
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
	p.tab().follow(seen, "/", "/dev/mailbox", "/contact?people=12&format=online", "/prices?people=3&format=face-to-face", "/sessions?format=online&people=9")
	for _, person := range []struct{ email, start string }{
		{"priya.nair@irwellwellbeing.example", "/organisation"}, {"hannah.whitworth@quaysprimarycare.example", "/account"},
		{"rowan@ssph.example", "/trainer"}, {"joanne.fearn@ssph.example", "/office"},
	} {
		p.signIn(p.tab(), person.email).follow(seen, person.start)
	}
	kinds := slices.Sorted(maps.Keys(seen))
	t.Logf("%d kinds of page: %s", len(kinds), strings.Join(kinds, " "))
	for _, must := range []string{"/course", "/tool", "/check", "/privacy", "/accessibility", "/cancelling", "/office/sessions/new", "/office/mail", "/office/jobs", "/office/people", "/bookings/N"} {
		if seen[must] == 0 {
			t.Errorf("no link led to %s", must)
		}
	}
	p.sound()
	p.discreet()
}

// mostOfAKind is how many pages of one kind are looked at: /sessions/1 and /sessions/2 are of one kind.
const mostOfAKind = 2

var oneOfMany = regexp.MustCompile(`(BK|INV|CN)-\d+|\d+`)

func kindOf(path string) string {
	path, query, _ := strings.Cut(path, "?")
	kind := oneOfMany.ReplaceAllString(path, "N")
	if strings.Contains(query, "page=") {
		kind += "?page"
	}
	return kind
}

// follow visits pages and all that they link to, some of each kind.
func (b *tab) follow(seen map[string]int, todo ...string) {
	b.Helper()
	mine := map[string]bool{}
	for len(todo) > 0 {
		path := todo[0]
		todo = todo[1:]
		kind := kindOf(path)
		if mine[path] || seen[kind] >= mostOfAKind && !mine["first "+kind] && strings.Contains(kind, "N") {
			continue
		}
		mine[path], mine["first "+kind] = true, true
		seen[kind]++
		if seen[kind] > 3*mostOfAKind {
			continue
		}
		if status := b.visit(path).status(); status != 200 {
			b.Errorf("a link leads to %s, which is answered %d", path, status)
		}
		todo = append(todo, b.links()...)
	}
}

// links are the pages of this site that the page links to. Files and the frames of mails are no pages.
func (b *tab) links() []string {
	b.Helper()
	found := see[[]string](b, `[...new Set([...document.querySelectorAll('a[href]')].filter(a => a.origin === location.origin && !a.hasAttribute('download'))
		.map(a => a.pathname + a.search))]`)
	return slices.DeleteFunc(found, func(path string) bool {
		return strings.HasSuffix(path, ".pdf") || strings.HasSuffix(path, "/pdf") || strings.HasSuffix(path, ".ics") || strings.Contains(path, "/parts/") || strings.HasSuffix(path, "/html") || strings.HasPrefix(path, "/static/")
	})
}
