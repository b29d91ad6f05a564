package templates

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

func renderer(t *testing.T) *Renderer {
	t.Helper()
	r, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// pageOf is the page a sample is drawn by: the longest page name it begins with.
func pageOf(r *Renderer, sample string) string {
	best := ""
	for _, page := range r.Pages() {
		if len(page) > len(best) && (sample == page || strings.HasPrefix(sample, page+"-")) {
			best = page
		}
	}
	return best
}

func draw(t *testing.T, r *Renderer, page string, data any) (*goquery.Document, string) {
	t.Helper()
	var b bytes.Buffer
	if err := r.Render(&b, page, data); err != nil {
		t.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	return doc, b.String()
}

// The gallery is every sample as a file, to be looked at: SSPH_GALLERY names a folder to keep it in.
func TestEveryPage_IsDrawnWholeFromItsSample(t *testing.T) {
	r := renderer(t)
	dir := os.Getenv("SSPH_GALLERY")
	if dir == "" {
		dir = t.TempDir()
	}
	drawn := map[string]bool{}
	for name, data := range samples() {
		page := pageOf(r, name)
		drawn[page] = true
		doc, text := draw(t, r, page, data)
		checkPage(t, name, doc, text)
		if err := os.WriteFile(filepath.Join(dir, name+".html"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, page := range ownPages {
		if !drawn[page] {
			t.Errorf("page %s has no sample", page)
		}
	}
}

// ownPages are the pages whose structs live in this package; others have their samples beside their handlers.
var ownPages = []string{"home", "sessions", "session", "prices", "course", "tool", "error", "book-places", "book-people", "book-billing", "book-check", "booking", "place", "check", "check-answer", "certificate", "certificates", "licence", "office-person", "book-ended", "book-sent", "book-waiting", "account", "organisations", "organisation", "organisation-invoices",
	"gate", "office-contacts", "tool-answers", "tool-cases", "tool-choose", "tool-contacts", "tool-conversation", "tool-decision", "tool-fit", "tool-handover", "tool-ideas", "tool-new", "tool-plan", "tool-process", "tool-review", "tool-safety", "tool-sheet", "tool-understanding", "tool-urgent"}

func checkPage(t *testing.T, name string, doc *goquery.Document, text string) {
	t.Helper()
	for selector, want := range map[string]int{"h1": 1, "main#main": 1, "title": 1, "header nav a": -1, "footer": 1, "a[href='#main']": 1} {
		if got := doc.Find(selector).Length(); got != want && (want >= 0 || got == 0) {
			t.Errorf("%s: %d of %s", name, got, selector)
		}
	}
	for _, bad := range []string{"ZgotmplZ", "<no value>", "%!", " style=", "<style", "onclick", "javascript:", " fill=\"", "://"} {
		if i := strings.Index(text, bad); i >= 0 {
			t.Errorf("%s holds %q: …%s…", name, bad, text[max(0, i-60):min(len(text), i+60)])
		}
	}
	if got := strings.Join(strings.Fields(doc.Find(".ssph-footer__hub p").Text()), " "); got != "Part of the University of Salford. Our training programme is accredited by the Personalised Care Institute until 31 August 2027." {
		t.Errorf("%s: the footer says %q", name, got)
	}
	ids := map[string]bool{}
	doc.Find("[id]").Each(func(_ int, s *goquery.Selection) {
		id := s.AttrOr("id", "")
		if ids[id] {
			t.Errorf("%s: two elements have the id %s", name, id)
		}
		ids[id] = true
	})
	checkReferences(t, name, doc, ids)
}

func checkReferences(t *testing.T, name string, doc *goquery.Document, ids map[string]bool) {
	t.Helper()
	for _, attribute := range []string{"for", "aria-describedby", "aria-labelledby"} {
		doc.Find("[" + attribute + "]").Each(func(_ int, s *goquery.Selection) {
			for _, id := range strings.Fields(s.AttrOr(attribute, "")) {
				if !ids[id] {
					t.Errorf("%s: %s names %s, which is not there", name, attribute, id)
				}
			}
		})
	}
	doc.Find("a[href^='#']").Each(func(_ int, s *goquery.Selection) {
		if id := strings.TrimPrefix(s.AttrOr("href", ""), "#"); !ids[id] {
			t.Errorf("%s: a link leads to #%s, which is not there", name, id)
		}
	})
	doc.Find("form[method=post]").Each(func(_ int, s *goquery.Selection) {
		if s.Find("input[name=_csrf][value='csrf-token']").Length() != 1 {
			t.Errorf("%s: a form posts without the token", name)
		}
	})
	doc.Find("input:not([type=hidden]), select, textarea").Each(func(_ int, s *goquery.Selection) {
		if id := s.AttrOr("id", ""); doc.Find("label[for='"+id+"']").Length() != 1 {
			t.Errorf("%s: the field %s has no label", name, id)
		}
	})
}

func TestRender_RefusesUnknownPagesAndDataWithoutPage(t *testing.T) {
	r := renderer(t)
	if err := r.Render(&bytes.Buffer{}, "nowhere", ErrorPage{}); err == nil {
		t.Error("an unknown page was drawn")
	}
	if err := r.Render(&bytes.Buffer{}, "error", struct{ Title string }{"x"}); err == nil {
		t.Error("data without Page was drawn")
	}
}

func TestTemplates_WriteNoColourAndNoStyle(t *testing.T) {
	err := fs.WalkDir(sources, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".html" {
			return err
		}
		content, err := fs.ReadFile(sources, path)
		for _, bad := range []string{"style=", "fill=", "stroke=", "rgb(", "<script>", "{{/*!"} {
			if strings.Contains(string(content), bad) {
				t.Errorf("%s holds %s", path, bad)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// The fields of the billing step stand in this order on the page: name, email, payer, line1. What has no field stands first.
func TestRender_SummaryHasTheOrderOfTheFields(t *testing.T) {
	page := sampleBookBilling()
	for _, field := range []string{"line1", "payer", "email", "", "name"} {
		page.Problems.Add(field, "%s", "Mend "+field)
	}
	doc, _ := draw(t, renderer(t), "book-billing", page)
	var got []string
	doc.Find(".nhsuk-error-summary li").Each(func(_ int, s *goquery.Selection) { got = append(got, strings.TrimSpace(s.Text())) })
	if want := "Mend|Mend name|Mend email|Mend payer|Mend line1"; strings.Join(got, "|") != want {
		t.Errorf("the summary says %q, want %q", got, want)
	}
}

// People read ’ and no typewriter's apostrophe. What stands between braces or in a tag is not read.
func TestTemplates_HaveNoStraightApostropheInAWord(t *testing.T) {
	unread, straight := regexp.MustCompile(`(?s){{.*?}}|<[^>]*>`), regexp.MustCompile(`\pL'\pL`)
	err := fs.WalkDir(sources, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := fs.ReadFile(sources, path)
		if found := straight.FindString(unread.ReplaceAllString(string(content), " ")); found != "" {
			t.Errorf("%s holds %s", path, found)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
