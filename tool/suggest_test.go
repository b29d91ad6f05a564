package tool

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// explored answers every factor alike.
func explored(p Pack, a Answer) FactorAnswers {
	answers := FactorAnswers{}
	for _, f := range p.Factors {
		answers[f.Code] = FactorAnswer{Person: a, Practitioner: a}
	}
	return answers
}

func option(name string, r Ratings) Candidate {
	return Candidate{ID: int64(len(name)), Name: name, Kind: Activity, Physical: DontKnow, Ratings: r}
}

func TestSuggest_TheFirstRuleThatAppliesSpeaks(t *testing.T) {
	p := starter(t)
	at := time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)
	four := [4]Answer{4, 4, 4, 4}
	red := Flag{Code: "R-SUI", Level: Red, NoticedAt: at}
	amber := Flag{Code: "A-MOOD", Level: Amber, NoticedAt: at}
	basic := Flag{Code: "B-HOME", Level: Basic, NoticedAt: at}
	acted := red
	acted.Actions = []FlagAction{{Done: "Called 111", At: at}}
	housed := basic
	housed.Actions = []FlagAction{{Done: "Council", Closes: true}}
	good, workable := option("workshop", workshop()), option("yoga", rated([4]Answer{2, 2, 2, 2}, [4]Answer{2, 2, 2, 2}, [4]Answer{2, 2, 2, 2}))
	poor := func(r Ratings) Candidate { return option("poor", r) }
	one := [4]Answer{1, 1, 1, 1}
	noHome := explored(p, 3)
	noHome["E-a"] = FactorAnswer{Person: 2, Practitioner: 0}
	few := explored(p, 3)
	for _, code := range []string{"P-a", "P-b", "P-c", "P-d"} {
		delete(few, code)
	}
	for name, c := range map[string]struct {
		s    Standing
		rule string
	}{
		"red before everything":      {Standing{Flags: []Flag{amber, red}, Factors: explored(p, 3), Options: []Candidate{good}}, "R1"},
		"red with action":            {Standing{Flags: []Flag{acted}, Factors: explored(p, 3), Options: []Candidate{good}}, "R5"},
		"amber":                      {Standing{Flags: []Flag{basic, amber}, Factors: explored(p, 3), Options: []Candidate{good}}, "R2"},
		"amber decided":              {Standing{Flags: []Flag{amber}, Decisions: []Decision{{Code: "D2", At: at}}, Factors: explored(p, 3), Options: []Candidate{good}}, "R5"},
		"decided before it was seen": {Standing{Flags: []Flag{amber}, Decisions: []Decision{{Code: "D1", At: at.Add(-time.Hour)}}, Factors: explored(p, 3)}, "R2"},
		"basic":                      {Standing{Flags: []Flag{basic}, Factors: explored(p, 3), Options: []Candidate{good}}, "R3"},
		"basic closed":               {Standing{Flags: []Flag{housed}, Factors: explored(p, 3), Options: []Candidate{good}}, "R5"},
		"no home":                    {Standing{Factors: noHome, Options: []Candidate{good}}, "R3"},
		"nothing explored":           {Standing{Options: []Candidate{good}}, "R4"},
		"one circle hardly explored": {Standing{Factors: few, Options: []Candidate{good}}, "R4"},
		"good":                       {Standing{Factors: explored(p, 3), Options: []Candidate{workable, good}}, "R5"},
		"workable":                   {Standing{Factors: explored(p, 3), Options: []Candidate{workable}}, "R6"},
		"no meaning":                 {Standing{Factors: explored(p, 3), Options: []Candidate{poor(rated(one, [4]Answer{2, 1, 1, 1}, [4]Answer{2, 1, 1, 1}))}}, "R7a"},
		"place":                      {Standing{Factors: explored(p, 3), Options: []Candidate{poor(rated([4]Answer{2, 1, 1, 1}, one, [4]Answer{2, 1, 1, 1}))}}, "R7b"},
		"setting":                    {Standing{Factors: explored(p, 3), Options: []Candidate{poor(rated([4]Answer{2, 1, 1, 1}, [4]Answer{2, 1, 1, 1}, one))}}, "R7c"},
		"all blocked":                {Standing{Factors: explored(p, 3), Options: []Candidate{poor(rated(four, four, [4]Answer{4, 4, 0, 4}))}}, "R7c"},
		"person's choice":            {Standing{Factors: explored(p, 3), Options: []Candidate{good}, Otherwise: true}, "R8"},
		"safety before choice":       {Standing{Flags: []Flag{red}, Factors: explored(p, 3), Otherwise: true}, "R1"},
		"no ideas":                   {Standing{Factors: explored(p, 3)}, ""},
		"nothing known of them":      {Standing{Factors: explored(p, 3), Options: []Candidate{option("idea", nil)}}, ""},
	} {
		got, err := p.Suggest(c.s)
		if err != nil || got.Rule != c.rule || got.Text == "" {
			t.Errorf("%s: rule %q, %q, %v; want %q", name, got.Rule, got.Words(), err, c.rule)
		}
	}
}

func TestSuggest_SaysWhatItUsed(t *testing.T) {
	p := starter(t)
	got, err := p.Suggest(Standing{Factors: explored(p, 3), Options: []Candidate{option("Repair workshop", workshop())}})
	if err != nil || got.Words() != "Plan it. The fit is good and nothing blocks it (Repair workshop: 65, good fit. The weakest part is person and environment)" {
		t.Errorf("%s, %v", got.Words(), err)
	}
	talk, err := p.Suggest(Standing{})
	if err != nil || len(talk.Inputs) == 0 || !strings.HasPrefix(talk.Inputs[0], "W3 ") || len(talk.Inputs) != len(slices.Compact(slices.Sorted(slices.Values(talk.Inputs)))) {
		t.Errorf("%v, %v", talk.Inputs, err)
	}
	// What is not known is named for each idea that may still work; a blocked one is not asked about.
	some := [4]Answer{2, 3, DontKnow, DontKnow}
	find, err := p.Suggest(Standing{Factors: explored(p, 3), Options: []Candidate{
		option("choir", rated([4]Answer{4, 4, 4, 4}, some, [4]Answer{4, 4, 4, 4})),
		option("swimming", rated([4]Answer{4, 4, 4, 4}, some, [4]Answer{0, 4, 4, 4})),
		option("a club", rated([4]Answer{0, 0, 4, 4}, [4]Answer{4, 4, 4, 4}, [4]Answer{4, 4, 4, 4})),
	}})
	if err != nil || find.Rule != "" || len(find.Inputs) != 1 || find.Inputs[0] != "choir: "+p.named([]string{"PE3", "PE4"}) {
		t.Errorf("%+v, %v", find, err)
	}
	six, err := p.Suggest(Standing{Factors: explored(p, 3), Options: []Candidate{option("yoga", rated([4]Answer{2, 2, 2, 2}, [4]Answer{2, 2, 2, 2}, [4]Answer{2, 2, 2, 2}))}})
	if err != nil || len(six.Helps) != 3 {
		t.Errorf("%+v, %v", six, err)
	}
}

func TestFactors_BuildOnInTheWayFindOut(t *testing.T) {
	p := starter(t)
	pic := p.Picture(FactorAnswers{
		"P-f": {Person: 4, Practitioner: DontKnow}, "P-a": {Person: 3, Practitioner: 3}, "P-c": {Person: 3, Practitioner: 1, Starred: true},
		"P-d": {Person: 1, Practitioner: 1}, "E-b": {Person: DontKnow, Practitioner: 1}, "O-f": {Person: 1, Practitioner: 2, Starred: true}, "O-a": {Person: 2, Practitioner: 2},
	})
	codes := func(lines []FactorLine) []string {
		var found []string
		for _, l := range lines {
			found = append(found, l.Factor.Code)
		}
		return found
	}
	if got := codes(pic.BuildOn); !slices.Equal(got, []string{"P-c", "P-a", "P-f"}) {
		t.Errorf("build on %v", got)
	}
	if got := codes(pic.InTheWay); !slices.Equal(got, []string{"O-f", "P-d", "E-b"}) {
		t.Errorf("in the way %v", got)
	}
	if got := codes(pic.TalkAbout); !slices.Equal(got, []string{"P-c"}) || len(pic.FindOut) != 11 {
		t.Errorf("talk about %v, find out %d", got, len(pic.FindOut))
	}
	if pic.Domains[0] != (DomainCount{Domain: Person, Strengths: 3, InTheWay: 1, NotSpoken: 2}) || pic.Domains[2].Mixed != 1 {
		t.Errorf("%+v", pic.Domains)
	}
}
