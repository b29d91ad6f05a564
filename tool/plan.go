package tool

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// PlanStatus is how far a plan has come.
type PlanStatus string

// A draft may be changed; an agreed plan never: a change begins the next one.
const (
	PlanDraft  PlanStatus = "draft"
	PlanAgreed PlanStatus = "agreed"
)

// AgreedWith says who agreed to a plan.
type AgreedWith string

// Who may agree.
const (
	WithPerson         AgreedWith = "person"
	WithRepresentative AgreedWith = "representative"
)

// CopyGiven says how the person got the plan.
type CopyGiven string

// The ways a copy is given.
const (
	CopyPaper    CopyGiven = "paper"
	CopyEmail    CopyGiven = "email"
	CopyLink     CopyGiven = "link"
	CopyDeclined CopyGiven = "declined"
)

// Plan is the action plan, in the person's words.
type Plan struct {
	No         int         `json:"no"`      // from 1; a new one after an agreed one
	Version    int         `json:"version"` // goes up with each save
	Status     PlanStatus  `json:"status"`
	ReviewOn   models.Date `json:"review_on"`
	AgreedWith AgreedWith  `json:"agreed_with"`
	CopyGiven  CopyGiven   `json:"copy_given"`
	WrittenBy  int64       `json:"written_by"`
	WrittenAt  time.Time   `json:"written_at"`
	AgreedAt   time.Time   `json:"agreed_at,omitzero"` // zero for a draft
	PlanText
}

// PlanText is what is written in a plan. All of it is sealed.
type PlanText struct {
	AboutMe     string       `json:"about_me"`
	WhatMatters string       `json:"what_matters"`
	Strengths   string       `json:"strengths"`
	Needs       string       `json:"needs_concerns"`
	Access      string       `json:"access_needs"`
	Goals       []Goal       `json:"goals"`
	Actions     []PlanAction `json:"actions"`
	IfHard      []IfThen     `json:"if_hard"`
	FitWhy      string       `json:"fit_why"` // why we think it fits
	Trigger     string       `json:"trigger"` // if things get worse
	Should      string       `json:"what_should_happen"`
	Contact     string       `json:"who_to_contact"`
	ReviewHow   string       `json:"review_how"`   // 11am, by phone
	Responsible string       `json:"responsible"`  // who arranges the review
	AgreedBasis string       `json:"agreed_basis"` // on what basis somebody agreed for the person
}

// Goal is one thing the person hopes for.
type Goal struct {
	Hope   string `json:"goal_hope"`
	Why    string `json:"why_it_matters"`
	Start  *int   `json:"start_rating"` // 0 to 10
	Target string `json:"target_words"`
	Sure   *int   `json:"sure"`       // 0 to 10
	Higher string `json:"one_higher"` // what would make it one higher
}

// IfThen is what the person will do when something gets in the way. Neither part holds the words if and then.
type IfThen struct {
	If   string `json:"if"`
	Then string `json:"then"`
}

// PlanAction is one thing that will be done.
type PlanAction struct {
	What       string       `json:"what"`
	Who        string       `json:"who"`
	When       string       `json:"when"`
	Where      string       `json:"where"`
	Confidence *int         `json:"confidence"` // 0 to 10
	OneHigher  string       `json:"one_higher"` // what would make it one higher
	Candidate  int64        `json:"candidate"`  // the activity it is about; 0 for none
	Fit        *FitSnapshot `json:"fit"`
}

// FitSnapshot is the fit of an activity when the plan was saved.
type FitSnapshot struct {
	Ratings Ratings `json:"ratings"`
	Said    string  `json:"said"` // in one sentence, with its band
	Low     Score   `json:"low"`
	High    Score   `json:"high"`
	Digest  string  `json:"digest"` // of the pack
}

// AskOneHigher says that somebody is so unsure that one asks what would make it one higher.
func (p Pack) AskOneHigher(sure *int) bool { return sure != nil && *sure < p.Limits.ConfidenceAsk }

// longestActions is how many actions a plan may have.
const longestActions = 12

// check tidies a plan's text and says what needs mending; the fields of the second goal are goal-2-hope and so on.
func (t *PlanText) check(p Pack, c Case) error {
	var wrong models.Problems
	t.Goals, t.Actions, t.IfHard = written(t.Goals, Goal.empty), written(t.Actions, PlanAction.empty), written(t.IfHard, IfThen.empty)
	tidyAll(&wrong, map[string]*string{
		"about_me": &t.AboutMe, "what_matters": &t.WhatMatters, "strengths": &t.Strengths, "needs_concerns": &t.Needs, "access_needs": &t.Access,
		"trigger": &t.Trigger, "what_should_happen": &t.Should, "who_to_contact": &t.Contact, "responsible": &t.Responsible, "agreed_basis": &t.AgreedBasis,
		"fit_why": &t.FitWhy, "review_how": &t.ReviewHow,
	})
	if len(t.Goals) > p.Limits.Goals {
		wrong.Add("goals", "A plan has %d goals at most. Keep the others for later", p.Limits.Goals)
	}
	if len(t.Actions) > longestActions {
		wrong.Add("actions", "A plan has %d actions at most", longestActions)
	}
	for n := range t.Goals {
		t.Goals[n].check(&wrong, fmt.Sprintf("goal-%d-", n+1))
	}
	if len(t.IfHard) > longestActions {
		wrong.Add("if_hard", "A plan has %d of these at most", longestActions)
	}
	for n := range t.IfHard {
		t.IfHard[n].check(&wrong, fmt.Sprintf("if_hard-%d-", n+1))
	}
	for n := range t.Actions {
		t.Actions[n].check(&wrong, fmt.Sprintf("action-%d-", n+1), c)
	}
	return wrong.Err()
}

func (g *Goal) check(wrong *models.Problems, at string) {
	tidyAll(wrong, map[string]*string{at + "hope": &g.Hope, at + "why": &g.Why, at + "target": &g.Target, at + "one_higher": &g.Higher})
	if g.Hope == "" {
		wrong.Add(at+"hope", "Write the goal, in the person’s words")
	}
	outOfTen(wrong, at+"start", g.Start)
	outOfTen(wrong, at+"sure", g.Sure)
}

func (i *IfThen) check(wrong *models.Problems, at string) {
	tidyAll(wrong, map[string]*string{at + "if": &i.If, at + "then": &i.Then})
	if i.If == "" {
		wrong.Add(at+"if", "Write what might get in the way")
	}
	if i.Then == "" {
		wrong.Add(at+"then", "Write what they will do then")
	}
}

func (i IfThen) empty() bool { return strings.TrimSpace(i.If+i.Then) == "" }

func (a *PlanAction) check(wrong *models.Problems, at string, c Case) {
	tidyAll(wrong, map[string]*string{
		at + "what": &a.What, at + "who": &a.Who, at + "when": &a.When, at + "where": &a.Where, at + "one_higher": &a.OneHigher,
	})
	if a.What == "" {
		wrong.Add(at+"what", "Write what will be done")
	}
	if a.Who == "" {
		wrong.Add(at+"who", "Write who does it")
	}
	outOfTen(wrong, at+"confidence", a.Confidence)
	if _, ok := c.Candidate(a.Candidate); a.Candidate != 0 && !ok {
		wrong.Add(at+"candidate", "Choose one of the ideas in this case")
	}
}

func outOfTen(wrong *models.Problems, field string, n *int) {
	if n != nil && (*n < 0 || *n > 10) {
		wrong.Add(field, "Enter a number from 0 to 10")
	}
}

func (g Goal) empty() bool {
	return strings.TrimSpace(g.Hope+g.Why+g.Target+g.Higher) == "" && g.Start == nil && g.Sure == nil
}

func (a PlanAction) empty() bool {
	return strings.TrimSpace(a.What+a.Who+a.When+a.Where+a.OneHigher) == "" && a.Confidence == nil
}

// written leaves out the rows of a form in which nothing was typed.
func written[T any](list []T, empty func(T) bool) []T {
	var kept []T
	for _, one := range list {
		if !empty(one) {
			kept = append(kept, one)
		}
	}
	return kept
}

// plan puts a plan's row and its text together.
func (r planRow) plan(said texts) (*Plan, error) {
	p := Plan{
		No: r.PlanNo, Version: r.Version, Status: r.Status, ReviewOn: r.ReviewOn, AgreedWith: r.AgreedWith, CopyGiven: r.CopyGiven,
		WrittenBy: r.WrittenBy, WrittenAt: r.WrittenAt,
	}
	if r.AgreedAt != nil {
		p.AgreedAt = *r.AgreedAt
	}
	if err := json.Unmarshal([]byte(said[r.place()]), &p.PlanText); err != nil {
		return nil, fmt.Errorf("tool: plan %d of case %d: %w", r.PlanNo, r.CaseID, err)
	}
	return &p, nil
}

func (r planRow) place() string { return numbered(planPlace, int64(r.PlanNo)) }
