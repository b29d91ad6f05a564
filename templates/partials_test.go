package templates

import (
	"bytes"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"hub.salford.ac.uk/ssph/models"
)

// drawPart draws one partial by itself.
func drawPart(t *testing.T, name string, data any) *goquery.Document {
	t.Helper()
	var b bytes.Buffer
	if err := renderer(t).pages["error"].ExecuteTemplate(&b, name, data); err != nil {
		t.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func wantText(t *testing.T, doc *goquery.Document, selector, want string) {
	t.Helper()
	if got := strings.Join(strings.Fields(doc.Find(selector).Text()), " "); got != want {
		t.Errorf("%s says %q, want %q", selector, got, want)
	}
}

func TestPart_TextAreaKeepsItsTextHintAndError(t *testing.T) {
	var problems models.Problems
	problems.Add("message", "Tell us what you need")
	f := withRows(8, newInput("message", "Your message", "typed\ntext", problems))
	f.Hint = "A few lines are enough"
	doc := drawPart(t, "textarea", f)
	if got := doc.Find("textarea#message[name=message][rows='8']").AttrOr("aria-describedby", ""); got != "message-hint message-error" {
		t.Errorf("described by %q", got)
	}
	if got := doc.Find("textarea").Text(); got != "typed\ntext" {
		t.Errorf("the text came back as %q", got)
	}
	wantText(t, doc, "#message-error", "Error: Tell us what you need")
}

func TestPart_SelectMarksWhatWasChosen(t *testing.T) {
	c, err := newChoices("month", "Month", "2027-02", nil)
	if err != nil {
		t.Fatal(err)
	}
	doc := drawPart(t, "select", withOption("2027-02", "February 2027", "", withOption("", "Any month", "", c)))
	wantText(t, doc, "option[selected]", "February 2027")
	wantText(t, doc, "label[for=month]", "Month")
}

func TestPart_ToDoHasOneLinkOrOneAmount(t *testing.T) {
	doc := drawPart(t, "to-do", []ToDo{{What: "Name 1 person for 14 January", By: "By 7 January 2027", Link: &Action{"Name", "/bookings/1"}}, {What: "INV-000398, Kersal Community Trust", Amount: "£2,928.00"}})
	wantText(t, doc, "li:first-child a[href='/bookings/1']", "Name")
	wantText(t, doc, "li:last-child .ssph-todo__amount", "£2,928.00")
}

func TestPart_TagsHaveAShapeAndAWord(t *testing.T) {
	for _, look := range []TagLook{TagOK, TagWait, TagStop, TagInfo, TagQuiet} {
		doc := drawPart(t, "tag", Tag{look, "Word"})
		wantText(t, doc, ".ssph-tag--"+string(look), "Word")
		if doc.Find(".ssph-tag__shape[aria-hidden=true]").Length() != 1 {
			t.Errorf("%s has no shape", look)
		}
	}
}

func TestPart_ButtonsLinksFactsDetailsAndEmptyStates(t *testing.T) {
	wantText(t, drawPart(t, "button", Button{Label: "See dates", URL: "/sessions", Outlined: true, Small: true}), "a.nhsuk-button--secondary.nhsuk-button--small[href='/sessions']", "See dates")
	wantText(t, drawPart(t, "submit", "Book 1 place for £273.60"), "button[type=submit][data-prevent-double-click=true]", "Book 1 place for £273.60")
	wantText(t, drawPart(t, "link", Action{"Prices", "/prices"}), "a[href='/prices']", "Prices")
	wantText(t, drawPart(t, "facts", []Fact{{"Account", "University of Salford"}}), "dl dd", "University of Salford")
	wantText(t, drawPart(t, "details", Details{"How was this worked out?", []string{"3 × £228.00"}}), "details p", "3 × £228.00")
	wantText(t, drawPart(t, "empty", Empty{"No invoices yet. They appear here when you book by invoice.", &Action{"See dates", "/sessions"}}), ".ssph-empty a", "See dates")
}

func TestPart_PagesOfferOnlyWhatIsThere(t *testing.T) {
	doc := drawPart(t, "pages", Pages{Previous: "/a?page=1", Now: 2, Of: 2})
	wantText(t, doc, "nav", "Previous page Page 2 of 2")
	if drawPart(t, "pages", Pages{Now: 1, Of: 1}).Find("nav").Length() != 0 {
		t.Error("one page has page links")
	}
}

func TestPart_StepsSayWhatIsDoneAndWhatIsNow(t *testing.T) {
	doc := drawPart(t, "steps", BookingSteps(StepBilling, "/places", "/people"))
	wantText(t, doc, "[aria-current=step]", "Billing")
	wantText(t, doc, "a[href='/people']", "People")
	if got := doc.Find(".ssph-steps__step--done").Length(); got != 2 {
		t.Errorf("%d steps are done", got)
	}
}

func TestPart_ChartDrawsKeysAndBothWidths(t *testing.T) {
	doc := drawPart(t, "chart", BarChart{
		Finding: "Most places were sold in September.", Axis: "Month", Ticks: []Tick{{0, "0"}, {60, "60"}},
		Keys: []ChartKey{{SeriesFirst, "Open access"}, {SeriesSecond, "Own groups"}},
		Bars: []Bar{{Label: "Sep", Parts: []BarPart{{27, SeriesFirst}, {24, SeriesSecond}}, Value: "51"}},
	})
	wantText(t, doc, ".ssph-chart__keys", "Open accessOwn groups")
	if got := doc.Find("svg[role=img][aria-label='Most places were sold in September.']").Length(); got != 2 {
		t.Errorf("%d drawings", got)
	}
	wantText(t, doc, ".ssph-chart__wide .ssph-chart__value", "51")
}
