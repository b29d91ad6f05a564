package tool

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/models"
)

func starter(t testing.TB) Pack {
	t.Helper()
	p, err := Starter()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestStarter_HasEverySectionPromptFactorAndFlag(t *testing.T) {
	p := starter(t)
	if p.Banner != "Starter content for demonstration and training. Not the official Salford tool. Not clinically signed off." || p.Official {
		t.Errorf("%q, official %v", p.Banner, p.Official)
	}
	want := map[string]int{"S0": 0, "S1": 4, "S2": 11, "S3": 11, "S4": 12, "S5": 5, "S6": 6}
	core := 0
	for _, s := range p.Sections {
		if n, ok := want[s.Code]; !ok || len(s.Prompts) != n {
			t.Errorf("%s has %d prompts, want %d", s.Code, len(s.Prompts), n)
		}
		if s.Code >= "S1" && s.Code <= "S4" {
			core += len(s.Prompts)
		}
	}
	levels := map[Level]int{}
	for _, f := range p.Flags {
		levels[f.Level]++
	}
	if core != 38 || len(p.Sections) != 7 || len(p.Sections[0].Statements) != 5 || len(p.Factors) != 18 || len(p.FitItems) != 12 {
		t.Errorf("%d core prompts, %d sections, %d factors, %d questions", core, len(p.Sections), len(p.Factors), len(p.FitItems))
	}
	if levels[Red] != 6 || levels[Amber] != 11 || levels[Basic] != 5 || len(p.States) != 16 {
		t.Errorf("%v, %d states", levels, len(p.States))
	}
	if panel := p.Panel(); panel[0].Number != "999" || panel[1].Label != "NHS 111, option 2" || len(panel) != 7 {
		t.Errorf("%+v", panel)
	}
	if len(p.Digest) != 64 {
		t.Errorf("digest %q", p.Digest)
	}
}

// The tool helps to notice and says who to talk to; it claims nothing else.
func TestStarter_ClaimsNothingClinical(t *testing.T) {
	text := strings.ToLower(string(starterBody))
	for _, word := range []string{"diagnos", "detect", "screening", "identifies"} {
		if strings.Contains(text, word) {
			t.Errorf("the pack says %q", word)
		}
	}
}

func TestParsePack_RefusesWhatBreaksTheSchemaWithASentence(t *testing.T) {
	for name, c := range map[string]struct {
		change func(map[string]any)
		says   string
	}{
		"no banner":   {func(p map[string]any) { delete(p, "banner") }, "at the top"},
		"unknown":     {func(p map[string]any) { p["colour"] = "red" }, "colour"},
		"weaker flag": {func(p map[string]any) { one(p, "flags", 0)["level"] = "amber" }, "lock finding a fit"},
		"level":       {func(p map[string]any) { one(p, "flags", 0)["level"] = "green" }, "flags/0/level"},
		"number":      {func(p map[string]any) { one(p, "crisis", 0)["number"] = "call us" }, "crisis/0/number"},
		"contact":     {func(p map[string]any) { one(p, "crisis", 0)["code"] = "99" }, "names contact 999"},
		"bands":       {func(p map[string]any) { one(p, "bands", 3)["from"] = 1 }, "does not begin at 0"},
		"order":       {func(p map[string]any) { one(p, "bands", 1)["from"] = 80 }, "does not begin lower"},
		"twice":       {func(p map[string]any) { one(p, "flags", 1)["code"] = "R-LIFE" }, "R-LIFE is there twice"},
		"state":       {func(p map[string]any) { one(p, "states", 0)["code"] = "CLOSED" }, "RECEIVED is missing"},
		"factor":      {func(p map[string]any) { one(p, "factors", 0)["code"] = "P-z" }, "factor P-a, which is not there"},
		"pair":        {func(p map[string]any) { one(p, "fit_items", 0)["pair"] = "PO" }, "has 3 questions and needs 4"},
		"domain":      {func(p map[string]any) { one(p, "factors", 0)["domain"] = "environment" }, "person has 5 factors"},
		"arrow":       {func(p map[string]any) { one(p, "transitions", 0)["decision"] = "D1" }, "decisions belong to"},
		"reminder":    {func(p map[string]any) { one(one(p, "sections", 5), "prompts", 0)["flags"] = []string{"R-NONE"} }, "reminds of flag R-NONE"},
		"no consent":  {func(p map[string]any) { one(one(p, "sections", 0), "statements", 4)["consent"] = false }, "one statement records consent, and 0 do"},
		"two consent": {func(p map[string]any) { one(one(p, "sections", 0), "statements", 0)["consent"] = true }, "one statement records consent, and 2 do"},
		"print":       {func(p map[string]any) { one(p, "crisis", 0)["print"].(map[string]any)["number"] = "" }, "and not on both"},
		"safety":      {func(p map[string]any) { one(p, "transitions", 0)["to"] = "SAFETY" }, "needs no arrow"},
	} {
		var document map[string]any
		if err := json.Unmarshal(starterBody, &document); err != nil {
			t.Fatal(err)
		}
		c.change(document)
		body, err := json.Marshal(document)
		if err != nil {
			t.Fatal(err)
		}
		_, err = ParsePack(body)
		if models.KindOf(err) != models.KindInvalid || !strings.Contains(models.ProblemsOf(err).For("pack"), c.says) {
			t.Errorf("%s: %v, want it to say %q", name, err, c.says)
		}
	}
	for _, body := range []string{"", "{", "[]", "null", strings.Repeat(" ", longestPack+1)} {
		if _, err := ParsePack([]byte(body)); models.KindOf(err) != models.KindInvalid {
			t.Errorf("%.20q: %v", body, err)
		}
	}
}

func one(p map[string]any, list string, n int) map[string]any {
	return p[list].([]any)[n].(map[string]any)
}

func TestPack_TheDigestIsOfTheDocument(t *testing.T) {
	a := starter(t)
	b, err := ParsePack(bytes.Replace(starterBody, []byte(`"version": "0.2.0"`), []byte(`"version": "0.2.1"`), 1))
	if err != nil || a.Digest == b.Digest || b.Version != "0.2.1" {
		t.Errorf("%s, %s, %v", a.Digest, b.Digest, err)
	}
}

func FuzzParsePack(f *testing.F) {
	f.Add(starterBody)
	f.Add([]byte(`{"id":"x"}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		p, err := ParsePack(body)
		if err == nil && (p.Digest == "" || p.contradiction() != "") {
			t.Errorf("taken: %.80q", fmt.Sprint(p))
		}
	})
}
