package tool

import (
	"testing"

	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// Twelve actions and twelve ways to cope, and not one more; each says all of what it is about.
func TestPlan_HowMuchItMayHold(t *testing.T) {
	action, hard := PlanAction{What: "Ring", Who: "Sam"}, IfThen{If: "it rains", Then: "takes the bus"}
	times := func(n int) (text PlanText) {
		for range n {
			text.Actions, text.IfHard = append(text.Actions, action), append(text.IfHard, hard)
		}
		return text
	}
	p := starter(t)
	full := times(12)
	if err := full.check(p, Case{Pack: p}); err != nil {
		t.Errorf("twelve: %v", err)
	}
	more := times(13)
	more.IfHard[1], more.IfHard[2] = IfThen{Then: "rings"}, IfThen{If: "the lift is broken"}
	problems := models.ProblemsOf(more.check(p, Case{Pack: p}))
	for _, field := range []string{"actions", "if_hard", "if_hard-2-if", "if_hard-3-then"} {
		if problems.For(field) == "" {
			t.Errorf("nothing beside %s: %v", field, problems.Err())
		}
	}
}

// The plan that is agreed is the one on the page: neither the one before it, nor another text of it. Who agrees for the person is kept,
// and an action without an activity has no fit, whatever was sent.
func TestAgree_ThePlanOnThePage(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		r, ctx := newRoom(t, db, clock), t.Context()
		id := r.begin(t, r.hannah, "IWN-1")
		made := 0
		save := func(no, version int) (p Plan) {
			t.Helper()
			made++
			r.must(t, func(tx models.DB) (err error) {
				p, err = r.desk.SavePlan(ctx, tx, r.hannah, id, PlanSave{
					No: no, Version: version, ReviewOn: models.Date{Year: 2026, Month: 12, Day: 8 + made}, PlanText: PlanText{
						Goals: []Goal{{Hope: "Sing"}}, Actions: []PlanAction{{What: "Ring", Who: "Sam", Fit: &FitSnapshot{Said: "90, strong", Low: 90}}},
					},
				})
				return err
			})
			return p
		}
		agree := func(no, version int) error {
			return r.try(t, func(tx models.DB) error {
				return r.desk.Agree(ctx, tx, r.hannah, id, Agreement{No: no, Version: version, With: WithRepresentative, Basis: "Lasting power of attorney", Copy: CopyPaper})
			})
		}
		first := save(0, 0)
		if err := agree(first.No, first.Version); err != nil {
			t.Fatal(err)
		}
		c := r.open(t, r.hannah, id)
		if c.Plan.AgreedBasis != "Lasting power of attorney" || c.Plan.Actions[0].Fit != nil {
			t.Errorf("%+v", c.Plan)
		}
		second := save(c.Plan.No, c.Plan.Version)
		for name, err := range map[string]error{
			"the plan before it": agree(first.No, second.Version), "one that is to come": agree(second.No+1, second.Version), "an older text": agree(second.No, second.Version-1),
			"a text that is to come": agree(second.No, second.Version+1),
		} {
			if models.KindOf(err) != models.KindConflict {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := agree(second.No, second.Version); err != nil {
			t.Error(err)
		}
		if err := agree(second.No, second.Version); models.KindOf(err) != models.KindConflict {
			t.Errorf("agreed twice: %v", err)
		}
	})
}
