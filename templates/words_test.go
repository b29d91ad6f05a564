package templates

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/PuerkitoBio/goquery"

	"hub.salford.ac.uk/ssph/models"
)

const nasty = `<script>alert("x")</script> O'Brien & Söhne`

// Whatever a person types comes back as text: in a value, in a sentence, in the header, in the sum.
func TestTypedText_IsEscapedEverywhere(t *testing.T) {
	r := renderer(t)
	people := sampleBookPeople()
	people.People[0].Name = nasty
	people.Who = &Who{Name: nasty, Line: nasty}
	people.Flash = nasty
	people.Problems.Add("person-1-name", "%s is no name", nasty)
	booking := sampleBooking()
	booking.Places[0].Name, booking.Documents[0].PO, booking.Documents[0].URL = nasty, nasty, "javascript:alert(1)"
	for page, data := range map[string]any{"book-people": people, "booking": booking} {
		doc, text := draw(t, r, page, data)
		if strings.Contains(text, "<script>alert") || doc.Find("script:not([src])").Length() != 0 {
			t.Errorf("%s: typed text became markup", page)
		}
		if strings.Contains(text, `href="javascript:`) {
			t.Errorf("%s: an address became a script", page)
		}
	}
	doc, _ := draw(t, r, "book-people", people)
	if got := doc.Find("#person-1-name").AttrOr("value", ""); got != nasty {
		t.Errorf("the value came back as %q", got)
	}
	if got := doc.Find(".ssph-who__name strong").Text(); got != nasty {
		t.Errorf("the name came back as %q", got)
	}
}

func TestFailedForm_ShowsTheSummaryTheSentenceBesideTheFieldAndWhatWasTyped(t *testing.T) {
	doc, _ := draw(t, renderer(t), "book-people", sampleBookPeopleWrong())
	if got := doc.Find(".nhsuk-error-summary a[href='#person-1-email']").Text(); got != "Tom Ashworth’s email is missing the @" {
		t.Errorf("the summary says %q", got)
	}
	if got := doc.Find("#person-1-email-error").Text(); !strings.Contains(got, "Tom Ashworth’s email is missing the @") {
		t.Errorf("beside the field stands %q", got)
	}
	if got := doc.Find("#person-1-email").AttrOr("aria-describedby", ""); got != "person-1-email-error" {
		t.Errorf("the field is described by %q", got)
	}
	if got := doc.Find("#person-1-email").AttrOr("value", ""); got != "tom.ashworth.irwellwellbeing.example" {
		t.Errorf("typed text came back as %q", got)
	}
	if got := doc.Find("title").Text(); !strings.HasPrefix(got, "Error: Who is coming?") {
		t.Errorf("the title is %q", got)
	}
	if got := doc.Find("#places").AttrOr("value", ""); got != "11" {
		t.Errorf("places came back as %q", got)
	}
}

func TestSum_ShowsTheFiguresToThePenny(t *testing.T) {
	doc, _ := draw(t, renderer(t), "book-check", sampleBookCheck())
	var lines []string
	doc.Find("#sum .ssph-sum__lines > div").Each(func(_ int, s *goquery.Selection) {
		lines = append(lines, s.Find("dt").Text()+": "+s.Find("dd").Text())
	})
	want := []string{"3 places at £228.00: £684.00", "VAT at 20%: £136.80", "To pay: £820.80"}
	if !slices.Equal(lines, want) {
		t.Errorf("the sum is %q, want %q", lines, want)
	}
	if got := doc.Find("main form:not(.ssph-give-up) button[type=submit]").Last().Text(); got != "Book 3 places for £820.80" {
		t.Errorf("the button says %q", got)
	}
	if !strings.Contains(doc.Find("#sum").Text(), "until 10:42am") {
		t.Error("the sum does not say until when the places are held")
	}
}

func TestPrices_CompareBothRoutesAndSayWhatToDo(t *testing.T) {
	r := renderer(t)
	doc, _ := draw(t, r, "prices", samplePrices(12, samplePrices12()))
	fits := doc.Find(".ssph-panel--right")
	if got := fits.Find(".nhsuk-button").AttrOr("href", ""); got != "/contact?people=12&format=face-to-face" {
		t.Errorf("the right route leads to %q", got)
	}
	for _, want := range []string{"£2,440", "£488.00", "£2,928.00", "£203.33", "bespoke", "Right for 12 people"} {
		if !strings.Contains(fits.Text(), want) {
			t.Errorf("the own group does not say %s", want)
		}
	}
	if other := doc.Find(".ssph-panel--pale").Text(); !strings.Contains(other, "£355.20 more") || !strings.Contains(other, "Would cost") {
		t.Errorf("open access says %q", other)
	}
	if got := doc.Find(".ssph-chart__wide svg").AttrOr("aria-label", ""); got != "Up to 9 people cost £228 each before VAT. From 10 people one group costs £2,440, whatever the number." {
		t.Errorf("the picture's sentence is %q", got)
	}
	doc, _ = draw(t, r, "prices", samplePrices(16, nil))
	if got := doc.Find(".ssph-panel--right a").AttrOr("href", ""); got != "/contact?people=16&format=face-to-face" {
		t.Errorf("16 people are sent to %q", got)
	}
}

func TestHeader_ShowsTheAreaTheSectionAndTheWayOut(t *testing.T) {
	r, err := New(Options{Nav: map[Area][]NavItem{AreaTrainer: {{Key: "diary", Label: "Diary", URL: "/trainer/diary"}}}})
	if err != nil {
		t.Fatal(err)
	}
	page := ErrorPage{Page: Page{Area: AreaTrainer, Section: "diary", CSRF: "token", Who: &Who{Name: "Rowan", Line: "Trainer"}}}
	doc, _ := draw(t, r, "error", page)
	if got := doc.Find(".ssph-nav a[aria-current=page]").Text(); got != "Diary" {
		t.Errorf("the current item is %q", got)
	}
	if got := doc.Find("form[action='/sign-out'] input[name=_csrf]").AttrOr("value", ""); got != "token" {
		t.Errorf("signing out carries %q", got)
	}
	doc, _ = draw(t, r, "error", ErrorPage{})
	if doc.Find("a[href='/sign-in']").Length() != 1 || doc.Find("form[action='/sign-out']").Length() != 0 {
		t.Error("somebody signed out is not offered to sign in")
	}
	if got := doc.Find(".ssph-nav a").Length(); got != 5 {
		t.Errorf("the public header has %d items", got)
	}
}

// The office has six items, and whatever it lists is one of them or stands in the line below: two clicks away.
func TestHeader_TheOfficesItemsAndTheirParts(t *testing.T) {
	r := renderer(t)
	doc, _ := draw(t, r, "error", ErrorPage{Page: Page{Area: AreaOffice, Section: "invoices"}})
	wantText(t, doc, ".ssph-nav__list", "Today Sessions Bookings Money People Settings")
	wantText(t, doc, ".ssph-nav a[aria-current=true]", "Money")
	wantText(t, doc, ".ssph-subnav[aria-label=Money] ul", "To do Invoices Bank import Income Books")
	wantText(t, doc, ".ssph-subnav a[aria-current=page]", "Invoices")
	if n := doc.Find(".ssph-header [aria-current]").Length(); n != 2 {
		t.Errorf("%d items are marked", n)
	}
	doc, _ = draw(t, r, "error", ErrorPage{Page: Page{Area: AreaOffice, Section: "today"}})
	wantText(t, doc, ".ssph-nav a[aria-current=page]", "Today")
	if doc.Find(".ssph-subnav").Length() != 0 {
		t.Error("an item of one page has a line of parts")
	}
	for area, items := range DefaultNav() {
		keys := map[string]bool{}
		for _, one := range items {
			if len(items) > 6 || keys[one.Key] || one.URL == "" {
				t.Errorf("%s: %d items, %q", area, len(items), one.Key)
			}
			keys[one.Key] = true
			for _, part := range one.Parts {
				if part.Current(part.Key) != "page" || one.Current(part.Key) == "" || len(part.Parts) != 0 {
					t.Errorf("%s: the part %q does not mark %q", area, part.Key, one.Key)
				}
			}
		}
	}
}

func TestAssets_MissingFilesNameTheCommand(t *testing.T) {
	err := assetsBuilt(fstest.MapFS{"ssph.css": {}})
	if err == nil || !strings.Contains(err.Error(), "make assets") || strings.Contains(err.Error(), "ssph.css") {
		t.Errorf("the error is %v", err)
	}
}

func TestAssetAddress_ChangesWithTheContent(t *testing.T) {
	one, err := assetURLs(fstest.MapFS{"a.css": {Data: []byte("a")}})
	if err != nil {
		t.Fatal(err)
	}
	two, err := assetURLs(fstest.MapFS{"a.css": {Data: []byte("b")}})
	if err != nil {
		t.Fatal(err)
	}
	if one["a.css"] == two["a.css"] || !strings.HasPrefix(one["a.css"], "/static/a.css?v=") {
		t.Errorf("addresses %q and %q", one["a.css"], two["a.css"])
	}
	if got := assetFunc(nil)("not-built.css"); got != "/static/not-built.css" {
		t.Errorf("a file that is not built has the address %q", got)
	}
}

// A page that calls a part which does not exist must stop the start, not the first visitor.
func TestNew_RefusesABrokenPage(t *testing.T) {
	layout := &fstest.MapFile{Data: []byte(`{{define "layout"}}{{template "main" .}}{{end}}`)}
	parts := &fstest.MapFile{Data: []byte(`{{define "part"}}{{end}}`)}
	for name, body := range map[string]string{
		"calls what is not there": `{{define "main"}}{{template "nowhere" .}}{{end}}`,
		"defines nothing":         `hello`,
		"does not parse":          `{{define "main"}}{{if}}{{end}}`,
		"ends inside a tag":       `{{define "main"}}<a href="{{end}}`,
	} {
		source := fstest.MapFS{"layouts/layout.html": layout, "partials/parts.html": parts, "pages/broken.html": {Data: []byte(body)}}
		if _, err := newRenderer(source, fstest.MapFS{}, Options{}); err == nil || !strings.Contains(err.Error(), "broken") {
			t.Errorf("a page that %s: %v", name, err)
		}
	}
}

func TestField_HelpersRefuseWhatIsNoField(t *testing.T) {
	if _, err := withHint("x", "text"); err == nil {
		t.Error("a hint was given to a word")
	}
	if _, err := newChoices("n", "l", 3, nil); err == nil {
		t.Error("a number was taken as a choice")
	}
}

func TestChoices_KeepWhatWasChosenAndGiveTheFirstTheName(t *testing.T) {
	c, err := newChoices("pay", "How?", "card", models.Problems{})
	if err != nil {
		t.Fatal(err)
	}
	c = withOption("card", "By card", "", withOption("invoice", "By invoice", "", c))
	if c.Options[0].ID != "pay" || c.Options[1].ID != "pay-2" || c.Options[0].Checked || !c.Options[1].Checked {
		t.Errorf("options %+v", c.Options)
	}
}

func TestWords_JoinAndCount(t *testing.T) {
	for want, got := range map[string]string{
		"": joinWords(nil), "Alan": joinWords([]string{"Alan"}), "Alan and Rowan": joinWords([]string{"Alan", "Rowan"}),
		"a, b and c": joinWords([]string{"a", "b", "c"}), "1 place": plural(1, "place", "places"), "0 places": plural(0, "place", "places"),
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestRender_IsSafeForManyAtOnce(t *testing.T) {
	r := renderer(t)
	done := make(chan error)
	for range 8 {
		go func() { done <- r.Render(&bytes.Buffer{}, "home", sampleHome()) }()
	}
	for range 8 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}
