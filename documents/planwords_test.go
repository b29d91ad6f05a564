package documents_test

import (
	"slices"
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/documents"
	"hub.salford.ac.uk/ssph/models"
)

func TestPlanWords_TitleNamesThePersonOrNobody(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{"Sam": "Sam’s plan", "James": "James’s plan", "": "My plan", " ": "My plan"} {
		p := agreedPlan()
		p.Name = name
		if got := p.Words().Title; got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

func TestPlanWords_SaysWhoAgreedAndWhen(t *testing.T) {
	t.Parallel()
	p := agreedPlan()
	for want, set := range map[string]func(){
		"Agreed together on 24 November 2026. Case IWN-0147.":                  func() {},
		"Agreed on 24 November 2026 with Pat Lee, my daughter. Case IWN-0147.": func() { p.AgreedWith = "Pat Lee, my daughter" },
		"Not agreed yet. Written on 24 November 2026. Case IWN-0147.":          func() { p.AgreedOn = models.Date{} },
	} {
		p = agreedPlan()
		set()
		if got := p.Words().Subtitle; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestPlanWords_PersonsOwnWordsHaveOnePairOfQuotationMarks(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string][]string{
		"I want to feel useful.":     {"“I want to feel useful.”"},
		`"I want to feel useful."`:   {"“I want to feel useful.”"},
		"“I want to feel useful.”":   {"“I want to feel useful.”"},
		"One thing.\r\n\r\nAnother.": {"“One thing.", "Another.”"},
		"":                           nil,
		" \n ":                       nil,
	} {
		p := agreedPlan()
		p.WhatMatters = typed
		if got := p.Words().Matters.Lines; !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
}

func TestPlanWords_SentencesEndOnceAndEmptyOnesGo(t *testing.T) {
	t.Parallel()
	p := agreedPlan()
	p.Strengths = []string{"Punctual", "Enjoy company.", "", "Who does not?", "  "}
	if got, want := p.Words().BuildingOn.Lines, []string{"Punctual.", "Enjoy company.", "Who does not?"}; !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	p.IfHard = []documents.IfThen{{If: "I miss a week,", Then: "Pete rings me."}}
	var text strings.Builder
	for _, run := range p.Words().Hard[0] {
		text.WriteString(run.Text)
	}
	if text.String() != "If I miss a week, then Pete rings me." {
		t.Errorf("got %q", text.String())
	}
}

func TestPlanWords_RatingsSayOutOfTenAndNoughtIsARating(t *testing.T) {
	t.Parallel()
	p := agreedPlan()
	p.Goals[0].Now, p.Goals[0].Sure = outOfTen(0), outOfTen(10)
	if got := p.Words().Goals[0].Ratings; got != "Where I am now: 0 out of 10. How sure I am: 10 out of 10." {
		t.Errorf("got %q", got)
	}
	p.Goals[0].Now, p.Goals[0].Sure = nil, nil
	if got := p.Words().Goals[0].Ratings; got != "" {
		t.Errorf("a rating nobody gave: %q", got)
	}
}

// 8 December 2026 is a Tuesday.
func TestPlanWords_ReviewSaysTheWeekdayHowAndWhatFollows(t *testing.T) {
	t.Parallel()
	p := agreedPlan()
	p.LaterReviews = append(p.LaterReviews, date(2027, 3, 4))
	want := []string{"Tuesday 8 December 2026, 11am, by phone.", "Then 5 January 2027, 16 February 2027 and 4 March 2027."}
	if got := p.Words().Review.Lines; !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	p.ReviewOn, p.LaterReviews = models.Date{}, nil
	if got := p.Words().Review.Lines; len(got) > 0 {
		t.Errorf("a review nobody planned: %q", got)
	}
}

func TestPlanWords_FootSaysWhoWroteItAndKeepsTheNotice(t *testing.T) {
	t.Parallel()
	p := agreedPlan()
	for _, c := range []struct{ by, given, want string }{
		{"Hannah Whitworth", "on paper", "Written by Hannah Whitworth. Copy given on paper."},
		{"Hannah Whitworth", "", "Written by Hannah Whitworth."},
		{"", "on paper", "Copy given on paper."},
		{"", "", ""},
	} {
		p.WrittenBy, p.Copy = c.by, c.given
		if w := p.Words(); w.Written != c.want || w.Notice != p.Notice {
			t.Errorf("got %q and %q", w.Written, w.Notice)
		}
	}
}
