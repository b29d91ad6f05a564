package tool

import (
	"context"
	"strings"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// parts are the rows of one case.
type parts struct {
	texts      []textRow
	events     []eventRow
	handovers  []handoverRow
	ticks      []tickRow
	factors    []factorRow
	candidates []candidateRow
	ratings    []ratingRow
	choices    []choiceRow
	flags      []flagRow
	actions    []flagActionRow
	decisions  []decisionRow
	plan       planRow
	closing    closingRow
	closed     bool
}

func (w work) readParts(ctx context.Context, tx models.DB) (parts, error) {
	var p parts
	var err error
	if p.texts, err = textsOf(ctx, tx, w.row.ID); err != nil {
		return parts{}, err
	}
	if p.events, err = eventsOf(ctx, tx, w.row.ID); err != nil {
		return parts{}, err
	}
	for _, list := range []struct {
		into  any
		order string
	}{
		{&p.handovers, "ordinal"},
		{&p.ticks, "code"},
		{&p.factors, "code"},
		{&p.candidates, "id"},
		{&p.choices, "id"},
		{&p.flags, "id"},
		{&p.actions, "id"},
		{&p.decisions, "id"},
	} {
		if err := tx.SQL(ctx).Where("case_id = ?", w.row.ID).Order(list.order).Find(list.into).Error; err != nil {
			return parts{}, models.Translate(err)
		}
	}
	err = tx.SQL(ctx).Where("candidate_id IN (SELECT id FROM case_candidates WHERE case_id = ?)", w.row.ID).
		Order("candidate_id, code").Find(&p.ratings).Error
	if err != nil {
		return parts{}, models.Translate(err)
	}
	if p.plan, err = lastPlan(ctx, tx, w.row.ID); err != nil {
		return parts{}, err
	}
	p.closing, p.closed, err = lastClosing(ctx, tx, w.row.ID)
	return p, err
}

func (e eventRow) event(reason string) Event {
	return Event{From: e.FromState, To: e.ToState, At: e.MovedAt, By: e.MovedBy, Reason: reason, PackDigest: e.PackDigest}
}

func eventTexts(ordinal int) string { return numbered(eventPlace, int64(ordinal)) }

func (p parts) tickTimes() map[string]time.Time {
	ticks := map[string]time.Time{}
	for _, t := range p.ticks {
		ticks[t.Code] = t.TickedAt
	}
	return ticks
}

func (p parts) factorAnswers(said texts) FactorAnswers {
	answers := FactorAnswers{}
	for _, f := range p.factors {
		answers[f.Code] = FactorAnswer{
			Person: f.Person, Practitioner: f.Practitioner, Starred: f.Starred, Evidence: said[factorPlace+f.Code],
		}
	}
	return answers
}

func (p parts) candidatesKept(said texts) (kept, aside []Candidate) {
	ratings := map[int64]Ratings{}
	for _, r := range p.ratings {
		if ratings[r.CandidateID] == nil {
			ratings[r.CandidateID] = Ratings{}
		}
		ratings[r.CandidateID][r.Code] = Rating{Answer: r.Answer, Planned: r.Planned, Adjustment: r.Adjustment}
	}
	for _, row := range p.candidates {
		c := Candidate{
			ID: row.ID, Name: said[numbered(candidatePlace, row.ID)], Kind: row.Kind, Physical: row.Physical, Ratings: ratings[row.ID], Version: row.RatingsVersion,
		}
		if row.SetAside {
			aside = append(aside, c)
		} else {
			kept = append(kept, c)
		}
	}
	return kept, aside
}

func (p parts) choicesMade(said texts) []Choice {
	var choices []Choice
	for _, row := range p.choices {
		at := numbered(choicePlace, row.ID)
		choices = append(choices, Choice{
			ID: row.ID, CandidateID: row.CandidateID, Rule: row.Rule, Accepted: row.Accepted, Low: row.Low, High: row.High,
			Suggested: said[at+"/suggested"], Reason: said[at+"/reason"], At: row.MadeAt, By: row.MadeBy,
		})
	}
	return choices
}

func (p parts) flagsNoticed(said texts) []Flag {
	var flags []Flag
	for _, row := range p.flags {
		f := Flag{
			ID: row.ID, Code: row.Code, Level: row.Level, NoticedAt: row.NoticedAt, NoticedBy: row.NoticedBy,
			Seen: said[numbered(flagPlace, row.ID)],
		}
		if row.DueAt != nil {
			f.DueAt = *row.DueAt
		}
		for _, a := range p.actions {
			if a.FlagID == row.ID {
				f.Actions = append(f.Actions, a.action(said))
			}
		}
		flags = append(flags, f)
	}
	return flags
}

func (a flagActionRow) action(said texts) FlagAction {
	at := numbered(actionPlace, a.ID)
	return FlagAction{
		At: a.DoneAt, By: a.DoneBy, ToldPerson: a.ToldPerson, PersonConsent: a.PersonConsent, Closes: a.Closes,
		Done: said[at+"/done"], Spoke: said[at+"/spoke"], Reference: said[at+"/reference"], Outcome: said[at+"/outcome"],
	}
}

func (p parts) decisionsMade(said texts) []Decision {
	var decisions []Decision
	for _, row := range p.decisions {
		at := numbered(decisionPlace, row.ID)
		decisions = append(decisions, Decision{
			ID: row.ID, Code: row.Code, Outcome: row.Outcome, Known: row.Known, Worse: row.Worse, Agrees: row.Agrees,
			AdviceOn: row.AdviceOn, At: row.MadeAt, By: row.MadeBy,
			Noticed: said[at+"/noticed"], Reason: said[at+"/reason"], Adviser: said[at+"/adviser"], Advised: said[at+"/advised"],
		})
	}
	return decisions
}

func (r closingRow) closing(said texts) *Closing {
	at := eventTexts(r.Ordinal)
	return &Closing{Outcome: r.Outcome, Message: r.Message, Rating: r.Rating, WhatNext: said[at+"/what_next"], NoMeasures: said[at+"/no_measures"]}
}

// under are the notes whose place begins so, by the rest of their place.
func under(notes map[string][]Note, place string) map[string][]Note {
	found := map[string][]Note{}
	for field, list := range notes {
		if code, ok := strings.CutPrefix(field, place); ok {
			found[code] = list
		}
	}
	return found
}
