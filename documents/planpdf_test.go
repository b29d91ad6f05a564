package documents_test

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/documents"
	"hub.salford.ac.uk/ssph/models"
)

// longPlan has more of everything than a page holds, each part with an end of its own.
func longPlan() documents.Plan {
	p := agreedPlan()
	long := func(mark string) string { return strings.Repeat("I was a fitter for thirty years. ", 40) + mark }
	p.WhatMatters, p.AboutMe, p.Strengths, p.BearInMind = long("Z1"), long("Z2"), []string{long("Z3")}, []string{long("Z4")}
	p.AboutMe, p.WhatMatters = strings.Repeat(p.AboutMe+" ", 3), strings.Repeat(p.WhatMatters+" ", 3)
	p.Goals = append(p.Goals, documents.Goal{Hope: long("Z5"), Why: long("Z6")})
	for n := range 40 {
		p.Actions = append(p.Actions, documents.Action{What: fmt.Sprintf("Action %d.", n), Who: "Sam", When: "Soon", Where: "Home"})
	}
	p.Actions = append(p.Actions, documents.Action{What: long("Z7"), Who: "Sam"})
	p.IfHard = append(p.IfHard, documents.IfThen{If: long("Z8"), Then: long("Z9")})
	p.Contacts = []string{long("Z10")}
	p.Fit.Why = long("Z11")
	return p
}

func TestPlanPDF_ReadsInOrderWithHeadingsAndATable(t *testing.T) {
	t.Parallel()
	golden(t, "plan.txt", look(t, mustPlan(t, agreedPlan())).outline(t))
	golden(t, "plan-easy-read.txt", look(t, mustEasyPlan(t, agreedPlan())).outline(t))
}

func TestPlanPDF_DesignsPlanIsOnePage(t *testing.T) {
	t.Parallel()
	r := look(t, mustPlan(t, agreedPlan()))
	if len(r.marked) != 1 {
		t.Errorf("%d pages", len(r.marked))
	}
	if strings.Contains(r.unread[0], "Page 1") {
		t.Error("a single page has a number")
	}
	if r.ctx.Title != "Sam’s plan, case IWN-0147" || r.stray != "" {
		t.Errorf("title %q, stray %q", r.ctx.Title, r.stray)
	}
}

// all is everything on a page, whether a screen reader speaks it there or not.
func (r *reading) all(page int) string {
	return r.unread[page] + strings.Join(mapValues(r.marked[page]), "\n")
}

func TestPlanPDF_LongPlanGoesOnLosesNothingAndHasItsFootOnEveryPage(t *testing.T) {
	t.Parallel()
	for name, pdf := range map[string][]byte{"plan": mustPlan(t, longPlan()), "easy read": mustEasyPlan(t, longPlan())} {
		r := look(t, pdf)
		text := r.text(t)
		for n := 1; n <= 11; n++ {
			if !regexp.MustCompile(fmt.Sprintf(`Z%d\b`, n)).MatchString(text) {
				t.Errorf("%s: text %d is lost", name, n)
			}
		}
		for n := range 40 {
			if !strings.Contains(text, fmt.Sprintf("Action %d.", n)) {
				t.Errorf("%s: action %d is lost", name, n)
			}
		}
		for page := range r.marked {
			for _, want := range []string{"NHS 111 option 2", "Not clinically signed off.", fmt.Sprintf("Page %d of %d", page+1, len(r.marked))} {
				if !strings.Contains(r.all(page), want) {
					t.Errorf("%s: page %d does not say %q", name, page+1, want)
				}
			}
		}
		if n := strings.Count(text, "NHS 111 option 2"); n != 1 {
			t.Errorf("%s: the crisis numbers are read %d times", name, n)
		}
		if r.stray != "" {
			t.Errorf("%s: text without a tag: %q", name, r.stray)
		}
	}
}

var (
	fontSize  = regexp.MustCompile(`/F\S+ ([\d.]+) Tf`)
	textPlace = regexp.MustCompile(`BT ([-\d.]+) ([-\d.]+) Td`)
)

func TestPlanPDF_NothingIsSmallerThanTenPointsOrOffThePaper(t *testing.T) {
	t.Parallel()
	for _, pdf := range [][]byte{mustPlan(t, longPlan()), mustEasyPlan(t, agreedPlan())} {
		r := look(t, pdf)
		for page := range r.marked {
			content := r.content(t, page+1)
			for _, m := range fontSize.FindAllSubmatch(content, -1) {
				if size, err := strconv.ParseFloat(string(m[1]), 64); err != nil || size < 10 {
					t.Fatalf("page %d: text of %s points", page+1, m[1])
				}
			}
			for _, m := range textPlace.FindAllSubmatch(content, -1) {
				x, _ := strconv.ParseFloat(string(m[1]), 64)
				y, _ := strconv.ParseFloat(string(m[2]), 64)
				if x < 42.5 || x > 595-42.5 || y < 42.5 || y > 842-42.5 {
					t.Fatalf("page %d: text at %g, %g", page+1, x, y)
				}
			}
		}
	}
}

func TestPlanPDF_EveryActionNotDoneHasABoxAndItsHeadIsRepeated(t *testing.T) {
	t.Parallel()
	p := agreedPlan()
	p.Actions[0].Done = true
	for range 5 {
		p.Actions = append(p.Actions, p.Actions[1:4]...)
	}
	r := look(t, mustPlan(t, p))
	boxes := 0
	for page := range r.marked {
		boxes += bytes.Count(r.content(t, page+1), []byte("1.20 w\n"))
		if page > 0 && strings.Contains(r.all(page), "brew") && !strings.Contains(r.unread[page], "Done") {
			t.Errorf("page %d has actions and no head", page+1)
		}
	}
	if want := len(p.Actions) - 1; boxes != want || len(r.marked) < 2 {
		t.Errorf("%d boxes on %d pages for %d actions to do", boxes, len(r.marked), want)
	}
	if !strings.Contains(r.text(t), "TD Yes\n") {
		t.Error("the action that is done does not say so")
	}
}

func TestPlanPDF_PictureOfTheFitIsSaidInWords(t *testing.T) {
	t.Parallel()
	p := agreedPlan()
	if got := look(t, mustPlan(t, p)).pictures(t); len(got) != 1 || got[0] != p.Fit.Picture {
		t.Errorf("got %q", got)
	}
	p.Fit = nil
	r := look(t, mustPlan(t, p))
	if got := r.pictures(t); len(got) != 0 || strings.Contains(r.text(t), "fits") {
		t.Errorf("a picture of nothing: %q", got)
	}
}

func TestPlanPDF_SamePlanSameBytes(t *testing.T) {
	t.Parallel()
	plan, easy := mustPlan(t, agreedPlan()), mustEasyPlan(t, agreedPlan())
	for range 4 {
		if !bytes.Equal(plan, mustPlan(t, agreedPlan())) || !bytes.Equal(easy, mustEasyPlan(t, agreedPlan())) {
			t.Fatal("the same plan gave other bytes")
		}
	}
	if !bytes.Equal(mustPlan(t, longPlan()), mustPlan(t, longPlan())) {
		t.Fatal("the same long plan gave other bytes")
	}
}

func TestPlanPDF_StrangeTextNeverBreaksTheFile(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"王小明", "Bob\x00\r\n(Tj) ET\\ EMC", "/P BMC << >> endobj", "broken \xff", "\u202eevil", strings.Repeat("W", 400), " \n\t "} {
		p := agreedPlan()
		p.Name, p.WhatMatters, p.AboutMe, p.Strengths, p.Contacts = text, text, text, []string{text}, []string{text, text}
		p.Goals[0].Hope, p.Actions[0].What, p.Actions[0].Who, p.IfHard[0].If = text, text, text, text
		p.Fit.Why, p.Notice = text, text[:min(len(text), 200)]
		for _, pdf := range [][]byte{mustPlan(t, p), mustEasyPlan(t, p)} {
			if r := look(t, pdf); r.stray != "" {
				t.Errorf("%q: text without a tag: %q", text, r.stray)
			}
		}
	}
}

func TestPlanPDF_RefusesAPlanWithoutHelpOrThatCannotBeDrawn(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*documents.Plan){
		"no crisis numbers":      func(p *documents.Plan) { p.Crisis = nil },
		"crisis without number":  func(p *documents.Plan) { p.Crisis[0].Number = " " },
		"no case":                func(p *documents.Plan) { p.Case = "" },
		"no day":                 func(p *documents.Plan) { p.WrittenOn = models.Date{} },
		"four goals":             func(p *documents.Plan) { p.Goals = make([]documents.Goal, 4) },
		"11 out of 10":           func(p *documents.Plan) { p.Goals[0].Sure = outOfTen(11) },
		"less than nothing":      func(p *documents.Plan) { p.Actions[0].Sure = outOfTen(-1) },
		"circles far apart":      func(p *documents.Plan) { p.Fit.Apart[1] = 2.01 },
		"circles on each other":  func(p *documents.Plan) { p.Fit.Apart[2] = 0.99 },
		"a pair of none":         func(p *documents.Plan) { p.Fit.Weakest = 4 },
		"picture without words":  func(p *documents.Plan) { p.Fit.Picture = "" },
		"a foot beyond the half": func(p *documents.Plan) { p.Notice = strings.Repeat("Starter content. ", 300) },
	} {
		p := agreedPlan()
		spoil(&p)
		if _, err := documents.PlanPDF(p); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}
