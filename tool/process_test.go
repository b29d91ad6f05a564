package tool

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

func (r *room) notice(t testing.TB, actor access.Actor, id int64, code string) int64 {
	t.Helper()
	var flag int64
	r.must(t, func(tx models.DB) (err error) {
		flag, err = r.desk.Notice(t.Context(), tx, actor, id, Noticing{Code: code, Seen: "what was said"})
		return err
	})
	return flag
}

func (r *room) add(t testing.TB, actor access.Actor, id int64, c Candidate) int64 {
	t.Helper()
	var candidate int64
	r.must(t, func(tx models.DB) (err error) {
		candidate, err = r.desk.AddCandidate(t.Context(), tx, actor, id, c)
		return err
	})
	return candidate
}

// From the referral to the plan, as a practitioner and Sam go through it.
func TestCase_FromReferralToAgreedPlan(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		r := newRoom(t, db, clock)
		id := r.begin(t, r.hannah, "IWN-0147")
		r.toMatching(t, r.hannah, id)
		if c := r.open(t, r.hannah, id); c.State != Matching || c.Step != 5 || len(c.Decisions) != 1 || len(c.Events) != 6 {
			t.Fatalf("%s, step %d, %d events", c.State, c.Step, len(c.Events))
		}
		r.must(t, func(tx models.DB) error {
			for _, f := range r.desk.Pack.Factors {
				if err := r.desk.Answer(t.Context(), tx, r.hannah, id, f.Code, FactorAnswer{Person: 3, Practitioner: DontKnow}); err != nil {
					return err
				}
			}
			return nil
		})
		workshopID := r.add(t, r.hannah, id, Candidate{Name: "Repair workshop, Thursdays", Kind: Activity, Physical: 1})
		r.must(t, func(tx models.DB) error { return r.desk.Rate(t.Context(), tx, r.hannah, id, workshopID, workshop()) })
		r.must(t, func(tx models.DB) error {
			return r.desk.Rate(t.Context(), tx, r.hannah, id, workshopID, Ratings{"PE2": {Answer: 1, Planned: 3, Adjustment: "pe2-meet"}})
		})
		r.must(t, func(tx models.DB) error {
			return r.desk.Choose(t.Context(), tx, r.hannah, id, Choosing{CandidateID: workshopID, Accept: true})
		})
		r.move(t, r.hannah, id, Move{To: Planning, Agreed: true})
		eight := 8
		var plan Plan
		r.must(t, func(tx models.DB) (err error) {
			plan, err = r.desk.SavePlan(t.Context(), tx, r.hannah, id, PlanSave{ReviewOn: models.Date{Year: 2026, Month: 12, Day: 8}, PlanText: PlanText{
				WhatMatters: "I want to feel useful again.", Goals: []Goal{{Hope: "Be at the workshop most Thursdays"}, {}},
				Actions: []PlanAction{{What: "Ring Maureen", Who: "Hannah", Confidence: &eight, Candidate: workshopID}, {}},
			}})
			return err
		})
		r.must(t, func(tx models.DB) error {
			return r.desk.Agree(t.Context(), tx, r.hannah, id, Agreement{No: plan.No, Version: plan.Version, With: WithPerson, Copy: CopyPaper})
		})
		c := r.open(t, r.priya, id)
		if c.Plan == nil || c.Plan.Status != PlanAgreed || len(c.Plan.Goals) != 1 || len(c.Plan.Actions) != 1 || c.Plan.AgreedAt.IsZero() {
			t.Fatalf("%+v", c.Plan)
		}
		if fit := c.Plan.Actions[0].Fit; fit == nil || fit.Low != 62 || fit.Digest != c.Pack.Digest || !strings.HasPrefix(fit.Said, "65, good fit") {
			t.Errorf("%+v", c.Plan.Actions[0].Fit)
		}
		if len(c.Choices) != 1 || c.Choices[0].Rule != "R5" || !c.Choices[0].Accepted || c.Choices[0].Low != 62 || !strings.Contains(c.Choices[0].Suggested, "Repair workshop") {
			t.Errorf("%+v", c.Choices)
		}
		fit, err := c.Pack.FitAsPlanned(c.Candidates[0].Ratings)
		if err != nil || fit.Low.Percent() != 73 {
			t.Errorf("%+v, %v", fit, err)
		}
		r.move(t, r.hannah, id, Move{To: Introduced})
		r.move(t, r.hannah, id, Move{To: Started})
		r.move(t, r.hannah, id, Move{To: Reviewing})
		r.move(t, r.hannah, id, Move{To: Closed, Closing: Closing{Outcome: "goals_met", Message: MessageSummary, WhatNext: "Goes on alone", Rating: &eight}})
		c = r.open(t, r.hannah, id)
		if c.State != Closed || c.Closing == nil || c.Closing.WhatNext != "Goes on alone" || *c.Closing.Rating != 8 {
			t.Errorf("%v, %+v", c, c.Closing)
		}
		err = r.try(t, func(tx models.DB) error {
			_, err := r.desk.SaveNote(t.Context(), tx, r.hannah, id, Save{Code: "P1", Text: "x"})
			return err
		})
		if models.KindOf(err) != models.KindConflict {
			t.Errorf("a note in a closed case: %v", err)
		}
		r.move(t, r.hannah, id, Move{To: Conversing})
	})
}

func TestNotice_ARedFlagLocksUntilWhatWasDoneIsRecorded(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		r := newRoom(t, db, clock)
		id := r.begin(t, r.hannah, "IWN-1")
		r.toMatching(t, r.hannah, id)
		candidate := r.add(t, r.hannah, id, Candidate{Name: "Workshop", Kind: Activity, Physical: DontKnow})
		flag := r.notice(t, r.hannah, id, "R-SUI")
		c := r.open(t, r.hannah, id)
		if c.State != Safety || c.Step != 5 || !c.MatchingLocked() || !c.Flags[0].DueAt.Equal(r.clock.Now().Add(time.Hour)) {
			t.Errorf("%v: step %d, %+v", c, c.Step, c.Flags)
		}
		for what, use := range map[string]func(tx models.DB) error{
			"rate": func(tx models.DB) error { return r.desk.Rate(t.Context(), tx, r.hannah, id, candidate, workshop()) },
			"add": func(tx models.DB) error {
				_, err := r.desk.AddCandidate(t.Context(), tx, r.hannah, id, Candidate{Name: "x", Kind: Activity})
				return err
			},
			"choose":  func(tx models.DB) error { return r.desk.Choose(t.Context(), tx, r.hannah, id, Choosing{Accept: true}) },
			"go back": func(tx models.DB) error { return r.desk.Move(t.Context(), tx, r.hannah, id, Move{To: Matching}) },
			"close":   func(tx models.DB) error { return r.desk.Move(t.Context(), tx, r.hannah, id, willing(Closed)) },
		} {
			if err := r.try(t, use); models.KindOf(err) != models.KindConflict || !strings.Contains(err.Error(), "red flag") {
				t.Errorf("%s: %v", what, err)
			}
		}
		r.save(t, r.hannah, id, Save{Code: "H4", Text: "noted all the same"})
		err := r.try(t, func(tx models.DB) error {
			_, err := r.desk.Notice(t.Context(), tx, r.hannah, id, Noticing{Code: "R-SUI", Seen: " \n"})
			return err
		})
		if models.ProblemsOf(err).For("seen") == "" {
			t.Errorf("nothing was seen: %v", err)
		}
		err = r.try(t, func(tx models.DB) error {
			return r.desk.RecordAction(t.Context(), tx, r.hannah, id, flag, FlagAction{Done: "  "})
		})
		if models.ProblemsOf(err).For("done") == "" {
			t.Errorf("%v", err)
		}
		r.must(t, func(tx models.DB) error {
			return r.desk.RecordAction(t.Context(), tx, r.hannah, id, flag, FlagAction{Done: "Called 111, option 2", Spoke: "Duty lead", ToldPerson: true})
		})
		r.move(t, r.hannah, id, Move{To: Matching})
		c = r.open(t, r.hannah, id)
		if c.State != Matching || c.MatchingLocked() || !c.Flags[0].Open() || c.Flags[0].Actions[0].Spoke != "Duty lead" {
			t.Errorf("%v, %+v", c, c.Flags)
		}
		if err := r.try(t, func(tx models.DB) error {
			return r.desk.RecordAction(t.Context(), tx, r.hannah, id, 999, FlagAction{Done: "x"})
		}); models.KindOf(err) != models.KindNotFound {
			t.Errorf("%v", err)
		}
	})
}

func TestChoose_PhysicalActivityWaitsForADecision(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		r := newRoom(t, db, clock)
		id := r.begin(t, r.hannah, "IWN-1")
		r.toMatching(t, r.hannah, id)
		walk := r.add(t, r.hannah, id, Candidate{Name: "Hill walking", Kind: Activity, Physical: 3})
		knit := r.add(t, r.hannah, id, Candidate{Name: "Knitting", Kind: Activity, Physical: 0})
		r.clock.Advance(time.Minute)
		r.notice(t, r.hannah, id, "A-FALL")
		choose := func(candidate int64) error {
			return r.try(t, func(tx models.DB) error {
				return r.desk.Choose(t.Context(), tx, r.hannah, id, Choosing{CandidateID: candidate, Accept: true})
			})
		}
		if err := choose(walk); models.KindOf(err) != models.KindConflict {
			t.Errorf("walking: %v", err)
		}
		if err := choose(knit); err != nil {
			t.Errorf("knitting: %v", err)
		}
		r.must(t, func(tx models.DB) error {
			return r.desk.Decide(t.Context(), tx, r.hannah, id, Decision{Code: "D2", Outcome: "advice", Known: Yes, Worse: No, Agrees: Yes, Reason: "The GP says it is fine"})
		})
		if err := choose(walk); err != nil {
			t.Errorf("after advice: %v", err)
		}
		if c := r.open(t, r.hannah, id); c.State != Matching {
			t.Errorf("a decision outside its place moved the case to %s", c.State)
		}
	})
}

func TestCandidates_FiveAtATime(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		r := newRoom(t, db, clock)
		id := r.begin(t, r.hannah, "IWN-1")
		var ids []int64
		for n := range 5 {
			ids = append(ids, r.add(t, r.hannah, id, Candidate{Name: fmt.Sprintf("Idea %d", n), Kind: OwnIdea, Physical: DontKnow}))
		}
		sixth := func(tx models.DB) error {
			_, err := r.desk.AddCandidate(t.Context(), tx, r.hannah, id, Candidate{Name: "Sixth", Kind: Already, Physical: DontKnow})
			return err
		}
		if err := r.try(t, sixth); models.KindOf(err) != models.KindFull {
			t.Errorf("a sixth: %v", err)
		}
		r.must(t, func(tx models.DB) error { return r.desk.SetAside(t.Context(), tx, r.hannah, id, ids[0], true) })
		r.must(t, sixth)
		if err := r.try(t, func(tx models.DB) error { return r.desk.SetAside(t.Context(), tx, r.hannah, id, ids[0], false) }); models.KindOf(err) != models.KindFull {
			t.Errorf("back again: %v", err)
		}
		if c := r.open(t, r.hannah, id); len(c.Candidates) != 5 || len(c.SetAside) != 1 || c.SetAside[0].Name != "Idea 0" {
			t.Errorf("%+v, %+v", c.Candidates, c.SetAside)
		}
		for field, c := range map[string]Candidate{"name": {Kind: Activity}, "kind": {Name: "x"}, "physical": {Name: "x", Kind: Activity, Physical: 4}} {
			err := r.try(t, func(tx models.DB) error { _, err := r.desk.AddCandidate(t.Context(), tx, r.hannah, id, c); return err })
			if models.ProblemsOf(err).For(field) == "" {
				t.Errorf("%+v: %v", c, err)
			}
		}
		for _, bad := range []Ratings{
			{"PE1": Known(5)},
			{"ZZ9": Known(1)},
			{"PE1": {Answer: DontKnow, Planned: 3}},
			{"PE1": {Answer: 3, Planned: 3}},
			{"PE1": {Answer: 1, Planned: 3, Adjustment: "po1-role"}},
			{"PE1": {Answer: 1, Planned: DontKnow, Adjustment: "pe1-taxi"}},
		} {
			err := r.try(t, func(tx models.DB) error { return r.desk.Rate(t.Context(), tx, r.hannah, id, ids[1], bad) })
			if len(models.ProblemsOf(err)) != 1 {
				t.Errorf("%+v: %v", bad, err)
			}
		}
		if err := r.try(t, func(tx models.DB) error { return r.desk.Rate(t.Context(), tx, r.hannah, id, 999, workshop()) }); models.KindOf(err) != models.KindNotFound {
			t.Errorf("%v", err)
		}
	})
}

func TestAnswer_ThreeThingsCanMatterMost(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		r := newRoom(t, db, clock)
		id := r.begin(t, r.hannah, "IWN-1")
		answer := func(code string, a FactorAnswer) error {
			return r.try(t, func(tx models.DB) error { return r.desk.Answer(t.Context(), tx, r.hannah, id, code, a) })
		}
		star := FactorAnswer{Person: 3, Practitioner: DontKnow, Starred: true, Evidence: "Thirty years a fitter"}
		if err := errors.Join(answer("P-a", star), answer("P-c", star), answer("O-e", star), answer("O-e", star)); err != nil {
			t.Fatal(err)
		}
		if err := answer("O-f", star); models.ProblemsOf(err).For("starred") == "" {
			t.Errorf("a fourth star: %v", err)
		}
		star.Starred = false
		if err := errors.Join(answer("P-a", star), answer("O-f", FactorAnswer{Person: 1, Practitioner: 1, Starred: true})); err != nil {
			t.Error(err)
		}
		if got := r.open(t, r.hannah, id).Factors; len(got) != 4 || got["P-a"] != star || !got["O-f"].Starred {
			t.Errorf("%+v", got)
		}
		for _, none := range []FactorAnswer{{Person: 9}, {Person: 5}, {Person: -2}, {Practitioner: 5}, {Practitioner: -2}} {
			if err := answer("P-a", none); models.ProblemsOf(err).For("answer") == "" {
				t.Errorf("%+v: %v", none, err)
			}
		}
		if err := errors.Join(answer("P-b", FactorAnswer{Person: DontKnow, Practitioner: 4}), answer("P-b", FactorAnswer{Person: 4, Practitioner: 0})); err != nil {
			t.Error(err)
		}
		if err := answer("X-x", star); models.KindOf(err) != models.KindNotFound {
			t.Errorf("%v", err)
		}
	})
}

func TestPlan_AgreedNeverChanges(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		r := newRoom(t, db, clock)
		id := r.begin(t, r.hannah, "IWN-1")
		text := PlanText{Goals: []Goal{{Hope: "First"}}, Actions: []PlanAction{{What: "Ring", Who: "Sam"}}}
		save := func(no, version int, review models.Date) (Plan, error) {
			var p Plan
			err := r.try(t, func(tx models.DB) (err error) {
				p, err = r.desk.SavePlan(t.Context(), tx, r.hannah, id, PlanSave{No: no, Version: version, ReviewOn: review, PlanText: text})
				return err
			})
			return p, err
		}
		agree := func(a Agreement) error {
			return r.try(t, func(tx models.DB) error { return r.desk.Agree(t.Context(), tx, r.hannah, id, a) })
		}
		first, err := save(0, 0, models.Date{})
		if err != nil || first.No != 1 || first.Version != 1 {
			t.Fatalf("%+v, %v", first, err)
		}
		if _, err := save(0, 0, models.Date{}); models.KindOf(err) != models.KindConflict {
			t.Errorf("from another page: %v", err)
		}
		if problems := models.ProblemsOf(agree(Agreement{No: 1, Version: 1, With: WithRepresentative})); problems.For("agreed_basis") == "" || problems.For("copy") == "" || problems.For("review_on") == "" {
			t.Errorf("%v", problems.Err())
		}
		second, err := save(1, 1, models.Date{Year: 2026, Month: 12, Day: 8})
		if err != nil || second.Version != 2 {
			t.Fatalf("%+v, %v", second, err)
		}
		if err := agree(Agreement{No: 1, Version: 1, With: WithPerson, Copy: CopyPaper}); models.KindOf(err) != models.KindConflict {
			t.Errorf("agreed to an older text: %v", err)
		}
		if err := agree(Agreement{No: 1, Version: 2, With: WithPerson, Copy: CopyPaper}); err != nil {
			t.Fatal(err)
		}
		err = r.try(t, func(tx models.DB) error {
			return tx.SQL(t.Context()).Exec("UPDATE case_plans SET copy_given = 'email' WHERE case_id = ?", id).Error
		})
		if !errors.Is(err, models.ErrRefused) {
			t.Errorf("an agreed plan was changed: %v", err)
		}
		c := r.open(t, r.hannah, id)
		next, err := save(1, c.Plan.Version, models.Date{})
		if err != nil || next.No != 2 || next.Status != PlanDraft {
			t.Errorf("%+v, %v", next, err)
		}
		if c := r.open(t, r.hannah, id); c.Plans != 2 || c.Plan.Status != PlanDraft {
			t.Errorf("%d plans, %+v", c.Plans, c.Plan)
		}
	})
}

func TestPlan_WhatNeedsMending(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		r := newRoom(t, db, clock)
		id := r.begin(t, r.hannah, "IWN-1")
		eleven := 11
		goal := Goal{Hope: "x"}
		text := PlanText{
			Goals:   []Goal{goal, goal, goal, {Why: "no hope", Start: &eleven}},
			Actions: []PlanAction{{When: "Thursday", Confidence: &eleven, Candidate: 999}},
		}
		err := r.try(t, func(tx models.DB) error {
			_, err := r.desk.SavePlan(t.Context(), tx, r.hannah, id, PlanSave{PlanText: text})
			return err
		})
		problems := models.ProblemsOf(err)
		for _, field := range []string{"goals", "goal-4-hope", "goal-4-start", "action-1-what", "action-1-who", "action-1-confidence", "action-1-candidate"} {
			if problems.For(field) == "" {
				t.Errorf("nothing beside %s: %v", field, err)
			}
		}
	})
}

func TestDecide_SaysWhy(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		r := newRoom(t, db, clock)
		id := r.begin(t, r.hannah, "IWN-1")
		err := r.try(t, func(tx models.DB) error {
			return r.desk.Decide(t.Context(), tx, r.hannah, id, Decision{Code: "D9", AdviceOn: models.Date{Year: 2027, Month: 1, Day: 1}})
		})
		problems := models.ProblemsOf(err)
		for _, field := range []string{"decision", "outcome", "known", "worse", "agrees", "reason", "advice_on"} {
			if problems.For(field) == "" {
				t.Errorf("nothing beside %s: %v", field, err)
			}
		}
	})
}

// What happened in a case stays as it was written down.
func TestCase_HistoryIsNeverChanged(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		r := newRoom(t, db, clock)
		id := r.fill(t)
		for _, table := range []string{"tool_packs", "case_events", "case_choices", "case_flags", "case_flag_actions", "case_decisions", "case_closings"} {
			column := map[string]string{"tool_packs": "title", "case_closings": "outcome"}[table]
			if column == "" {
				column = "case_id"
			}
			for _, sql := range []string{"UPDATE " + table + " SET " + column + " = " + column, "DELETE FROM " + table} {
				err := r.try(t, func(tx models.DB) error { return tx.SQL(t.Context()).Exec(sql).Error })
				if !errors.Is(err, models.ErrRefused) && !errors.Is(err, models.ErrForeignKey) {
					t.Errorf("%s: %v", sql, err)
				}
			}
		}
		if c := r.open(t, r.hannah, id); len(c.Events) == 0 {
			t.Error("the history is gone")
		}
	})
}

// Twenty pages save the same note at once, from the same version: one stands, the others beside it, none is lost.
func TestSaveNote_TwentyAtOnce(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		r := newRoom(t, db, clock)
		id := r.begin(t, r.hannah, "IWN-1")
		var all sync.WaitGroup
		for n := range 20 {
			all.Go(func() {
				err := r.db.InTx(t.Context(), func(tx models.DB) error {
					_, err := r.desk.SaveNote(t.Context(), tx, r.hannah, id, Save{Code: "P1", Text: fmt.Sprintf("page %d", n), Tab: fmt.Sprintf("tab %d", n)})
					return err
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		kept := map[string]bool{}
		for _, note := range r.open(t, r.hannah, id).Notes["P1"] {
			kept[note.Text] = true
		}
		if len(kept) != 20 {
			t.Errorf("%d of 20 texts are kept", len(kept))
		}
	})
}

// Ten who take a case along the same arrow at once: one does, the others are told that it changed.
func TestMove_OneOfManyAtOnce(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		r := newRoom(t, db, clock)
		id := r.begin(t, r.hannah, "IWN-1")
		var all sync.WaitGroup
		var count sync.Mutex
		moved := 0
		for range 10 {
			all.Go(func() {
				err := r.db.InTx(t.Context(), func(tx models.DB) error {
					return r.desk.Move(t.Context(), tx, r.hannah, id, Move{To: Closed, Closing: willing(Closed).Closing})
				})
				count.Lock()
				defer count.Unlock()
				if err == nil {
					moved++
				} else if models.KindOf(err) != models.KindConflict {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if c := r.open(t, r.hannah, id); moved != 1 || len(c.Events) != 2 {
			t.Errorf("%d moved it, %d events", moved, len(c.Events))
		}
	})
}
