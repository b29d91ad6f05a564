package tool

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/licensing"
	"hub.salford.ac.uk/ssph/models"
)

// exported is a case as a file: everything in it, under the words of the four questions a plan answers.
type exported struct {
	Format     string               `json:"format"`
	ExportedAt time.Time            `json:"exported_at"`
	Notice     string               `json:"notice"`
	Pack       exportedPack         `json:"pack"`
	Reference  string               `json:"reference"`
	Name       string               `json:"name"`
	State      State                `json:"state"`
	Begun      time.Time            `json:"begun"`
	Notes      map[string][]Note    `json:"notes"`
	Held       map[string][]Note    `json:"held"`
	Statements map[string]time.Time `json:"statements"`
	Factors    FactorAnswers        `json:"factors"`
	Candidates []Candidate          `json:"candidates"`
	SetAside   []Candidate          `json:"set_aside"`
	Choices    []Choice             `json:"choices"`
	Flags      []Flag               `json:"flags"`
	Decisions  []exportedDecision   `json:"decisions"`
	Plan       *exportedPlan        `json:"plan"`
	Events     []Event              `json:"events"`
	Closing    *Closing             `json:"closing"`
	Handovers  []Handover           `json:"handovers"`
	People     map[int64]string     `json:"people"` // the names behind the numbers
	Crisis     []exportedContact    `json:"if_someone_needs_urgent_help"`
}

// exportedContact is a line of the crisis panel, which stands on every print and file.
type exportedContact struct {
	Label  string `json:"label"`
	Number string `json:"number"`
	What   string `json:"what"`
}

type exportedPack struct {
	ID      string `json:"id"`
	Version string `json:"version"`
	Title   string `json:"title"`
	Digest  string `json:"digest"`
}

// exportedDecision is a decision with its day as 2026-12-08.
type exportedDecision struct {
	Decision
	AdviceOn string `json:"advice_on,omitempty"`
}

// exportedPlan is a plan with its day as 2026-12-08.
type exportedPlan struct {
	Plan
	ReviewOn string `json:"review_on,omitempty"`
}

// Export writes a case as a JSON file, and leaves an audit row. It is allowed as long as reading is, also after the licence ended.
// Errors: as Open.
func (d Desk) Export(ctx context.Context, tx models.DB, actor access.Actor, caseID int64) ([]byte, error) {
	c, err := d.openFor(ctx, tx, actor, caseID, licensing.UseExport, "case exported")
	if err != nil {
		return nil, err
	}
	file := exported{
		Format: "ssph-case/1", ExportedAt: tx.Now(), Notice: c.Pack.Banner,
		Pack:      exportedPack{c.Pack.ID, c.Pack.Version, c.Pack.Title, c.Pack.Digest},
		Reference: c.Reference, Name: c.Name, State: c.State, Begun: c.CreatedAt,
		Notes: c.Notes, Held: c.Held, Statements: c.Ticks, Factors: c.Factors, Candidates: c.Candidates, SetAside: c.SetAside,
		Choices: c.Choices, Flags: c.Flags, Events: c.Events, Closing: c.Closing,
		Handovers: c.Handovers, People: c.Names,
	}
	for _, contact := range c.Crisis.Contacts {
		file.Crisis = append(file.Crisis, exportedContact{contact.Label, contact.Number, contact.What})
	}
	for _, made := range c.Decisions {
		file.Decisions = append(file.Decisions, exportedDecision{made, day(made.AdviceOn)})
	}
	if c.Plan != nil {
		file.Plan = &exportedPlan{*c.Plan, day(c.Plan.ReviewOn)}
	}
	body, err := json.MarshalIndent(file, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("tool: export: %w", err)
	}
	return append(body, '\n'), nil
}

// day is a day as a file has it; nothing for no day.
func day(d models.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.ISO()
}
