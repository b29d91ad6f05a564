package tool

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Pack is one version of the tool's content. A case keeps the digest of the pack it was made with and is shown with it for ever.
type Pack struct {
	ID               string       `json:"id"`
	Version          string       `json:"version"`
	Title            string       `json:"title"`
	Status           string       `json:"status"`   // draft, in_review, approved or retired
	Official         bool         `json:"official"` // the Hub's own tool, not starter content
	Owner            string       `json:"owner"`
	Banner           string       `json:"banner"` // stands on every page and every print made with this pack
	Changelog        []string     `json:"changelog"`
	Sections         []Section    `json:"sections"`
	FactorScale      []string     `json:"factor_scale"` // words for 0 to 4
	Factors          []Factor     `json:"factors"`
	AnswerScale      []string     `json:"answer_scale"` // words for 0 to 4
	FitItems         []FitItem    `json:"fit_items"`
	Bands            []Band       `json:"bands"` // the highest first
	Flags            []FlagKind   `json:"flags"`
	Decisions        []Labelled   `json:"decisions"`
	DecisionOutcomes []Labelled   `json:"decision_outcomes"`
	CloseOutcomes    []Labelled   `json:"close_outcomes"`
	Steps            []string     `json:"steps"` // the flow strip, from the left
	States           []StateKind  `json:"states"`
	Transitions      []Transition `json:"transitions"`
	Crisis           []Contact    `json:"crisis"`
	PlanFields       []PlanField  `json:"plan_fields"`
	Limits           Limits       `json:"limits"`

	Digest string `json:"-"` // SHA-256 of the document, in hex
	body   []byte
}

// Format names the pack instead of writing all of it out, whatever the verb.
func (p Pack) Format(s fmt.State, _ rune) { _, _ = fmt.Fprintf(s, "[pack %s %s]", p.ID, p.Version) }

// Labelled is a code with its words.
type Labelled struct {
	Code     string `json:"code"`
	Label    string `json:"label"`
	EasyRead string `json:"easy_read"`
}

// Section is one page of the conversation.
type Section struct {
	Code       string      `json:"code"`
	Label      string      `json:"label"`
	Purpose    string      `json:"purpose"`
	Minutes    int         `json:"minutes"`
	Domain     Domain      `json:"domain"`     // which of the three it asks about; empty for none
	AnyTime    bool        `json:"any_time"`   // may come at any moment
	Statements []Statement `json:"statements"` // said and ticked
	Prompts    []Prompt    `json:"prompts"`
	EasyRead   string      `json:"easy_read"`
}

// Statement is something the practitioner says at the beginning, and ticks.
type Statement struct {
	Code    string `json:"code"`
	Text    string `json:"text"`
	Consent bool   `json:"consent"` // ticked when the person has agreed to go on
}

// Prompt is one question of the conversation. Every prompt may be left out.
type Prompt struct {
	Code     string   `json:"code"`
	Text     string   `json:"text"`
	Help     string   `json:"help"`
	Informs  []string `json:"informs"` // factors it tells about
	Listen   []string `json:"listen"`  // "strength", "in-the-way"
	Flags    []string `json:"flags"`   // flags to think of
	EasyRead string   `json:"easy_read"`
}

// Domain is one of the three circles.
type Domain string

// The three circles, in the order in which they are drawn.
const (
	Person      Domain = "person"
	Environment Domain = "environment"
	Occupation  Domain = "occupation"
)

// Factor is one of the eighteen things that help or stand in the way.
type Factor struct {
	Code     string `json:"code"`
	Label    string `json:"label"`
	Low      string `json:"low"`  // what 0 looks like
	High     string `json:"high"` // what 4 looks like
	Domain   Domain `json:"domain"`
	EasyRead string `json:"easy_read"`
}

// FitItem is one of the twelve questions about a candidate activity.
type FitItem struct {
	Code        string       `json:"code"`
	Pair        Pair         `json:"pair"`
	Label       string       `json:"label"`
	Question    string       `json:"question"`
	Word        string       `json:"word"` // meaningful, important, valuable, accessible
	Adjustments []Adjustment `json:"adjustments"`
	EasyRead    string       `json:"easy_read"`
}

// Adjustment is something that can make an answer better.
type Adjustment struct {
	Code string `json:"code"`
	Text string `json:"text"`
}

// Band names a range of fit, from a percentage upwards.
type Band struct {
	Code  string `json:"code"`
	Label string `json:"label"`
	Short string `json:"short"` // for a pair; empty when the label is short enough
	From  int    `json:"from"`  // per cent
}

// Called is the band's short word.
func (b Band) Called() string {
	if b.Short == "" {
		return b.Label
	}
	return b.Short
}

// Contact is a number of the crisis panel. A local one is empty until the organisation enters it.
type Contact struct {
	Code       string        `json:"code"`
	Label      string        `json:"label"`
	Number     string        `json:"number"`
	Text       string        `json:"text"` // the word to text to the number
	What       string        `json:"what"`
	Hours      string        `json:"hours"`
	Region     string        `json:"region"`
	VerifiedOn string        `json:"verified_on"` // 2026-01-18
	Print      *ContactPrint `json:"print"`       // how it stands on a print; nil leaves it out there
}

// ContactPrint is a contact in few words. The number of a local one is that which the organisation entered.
type ContactPrint struct {
	Number string `json:"number"`
	For    string `json:"for"`
}

// PlanField is one field of the action plan.
type PlanField struct {
	Code     string `json:"code"`
	Label    string `json:"label"`
	Part     string `json:"part"` // about, goal, action, if_hard, contingency, fit, agreement, review
	Help     string `json:"help"`
	EasyRead string `json:"easy_read"`
}

// Limits are the figures of the pack.
type Limits struct {
	Candidates    int `json:"candidates"`     // activities compared at one time
	Goals         int `json:"goals"`          // in one plan
	Stars         int `json:"stars"`          // factors that matter most
	Tries         int `json:"tries"`          // to make first contact
	ConfidenceAsk int `json:"confidence_ask"` // below it: what would make it one higher?
	ReopenMonths  int `json:"reopen_months"`  // how long a closed case may be opened again
}

// Section returns a section of the conversation.
func (p Pack) Section(code string) (Section, bool) {
	return find(p.Sections, func(s Section) bool { return s.Code == code })
}

// Prompt returns a prompt and the section it is in.
func (p Pack) Prompt(code string) (Section, Prompt, bool) {
	for _, s := range p.Sections {
		if prompt, ok := find(s.Prompts, func(p Prompt) bool { return p.Code == code }); ok {
			return s, prompt, true
		}
	}
	return Section{}, Prompt{}, false
}

// Statement returns a statement of the beginning.
func (p Pack) Statement(code string) (Statement, bool) {
	for _, s := range p.Sections {
		if found, ok := find(s.Statements, func(st Statement) bool { return st.Code == code }); ok {
			return found, true
		}
	}
	return Statement{}, false
}

// Factor returns one of the eighteen.
func (p Pack) Factor(code string) (Factor, bool) {
	return find(p.Factors, func(f Factor) bool { return f.Code == code })
}

// Item returns one of the twelve.
func (p Pack) Item(code string) (FitItem, bool) {
	return find(p.FitItems, func(i FitItem) bool { return i.Code == code })
}

// Flag returns a flag with its card.
func (p Pack) Flag(code string) (FlagKind, bool) {
	return find(p.Flags, func(f FlagKind) bool { return f.Code == code })
}

// Contact returns a number of the crisis panel.
func (p Pack) Contact(code string) (Contact, bool) {
	return find(p.Crisis, func(c Contact) bool { return c.Code == code })
}

// Panel is the crisis panel: every number that is there to be called.
func (p Pack) Panel() []Contact {
	return slices.DeleteFunc(slices.Clone(p.Crisis), func(c Contact) bool { return c.Number == "" })
}

// Informing lists the prompts that tell about a factor, in pack order.
func (p Pack) Informing(factor string) []Prompt {
	var found []Prompt
	for _, s := range p.Sections {
		for _, prompt := range s.Prompts {
			if slices.Contains(prompt.Informs, factor) {
				found = append(found, prompt)
			}
		}
	}
	return found
}

// isListed says that a code is in a list.
func isListed(list []Labelled, code string) bool {
	return slices.ContainsFunc(list, func(l Labelled) bool { return l.Code == code })
}

func find[T any](list []T, is func(T) bool) (T, bool) {
	if at := slices.IndexFunc(list, is); at >= 0 {
		return list[at], true
	}
	var none T
	return none, false
}

// lower writes a label inside a sentence.
func lower(label string) string {
	_, first := utf8.DecodeRuneInString(label)
	return strings.ToLower(label[:first]) + label[first:]
}
