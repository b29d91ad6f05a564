package tool

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/licensing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

func TestNewCase_BelongsToTheOrganisationOrThePerson(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		r := newRoom(t, db, clock)
		id := r.begin(t, r.hannah, "iwn-0147")
		c := r.open(t, r.priya, id)
		if c.Reference != "iwn-0147" || c.Name != "Sam" || c.State != Received || c.Step != 1 || c.OrganisationID == nil || !c.MayWrite || len(c.Events) != 1 {
			t.Errorf("%+v", c)
		}
		if own := r.open(t, r.solo, r.begin(t, r.solo, "IWN-0147")); own.OrganisationID != nil {
			t.Errorf("%+v", own)
		}
		r.begin(t, r.tom, "IWN-0147") // another organisation may use the same reference
		err := r.try(t, func(tx models.DB) error {
			_, err := r.desk.NewCase(t.Context(), tx, r.priya, NewCase{Reference: " IWN-0147 "})
			return err
		})
		if models.ProblemsOf(err).For("reference") == "" {
			t.Errorf("the same reference twice: %v", err)
		}
	})
}

func TestNormaliseReference_KeepsNamesOut(t *testing.T) {
	for _, typed := range []string{"", "  ", "Sam", "Sam Smith 1", "A1234567890123456789x", "IWN_1", "№1", "1\n2"} {
		if got, err := NormaliseReference(typed); models.ProblemsOf(err).For("reference") == "" {
			t.Errorf("%q was taken as %q", typed, got)
		}
	}
	for _, typed := range []string{"IWN-0147", "1", "a/b.7", " X9 "} {
		if got, err := NormaliseReference(typed); err != nil || got != strings.TrimSpace(typed) {
			t.Errorf("%q: %q, %v", typed, got, err)
		}
	}
}

// Every use case that names a case, called with a stranger's: the answer is that there is none.
func TestCases_StrangersNeverSeeThem(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		r := newRoom(t, db, clock)
		ctx := t.Context()
		ours, own := r.begin(t, r.hannah, "IWN-1"), r.begin(t, r.solo, "SOLO-1")
		uses := map[string]func(tx models.DB, a access.Actor, id int64) error{
			"open":  func(tx models.DB, a access.Actor, id int64) error { _, err := r.desk.Open(ctx, tx, a, id); return err },
			"print": func(tx models.DB, a access.Actor, id int64) error { _, err := r.desk.Print(ctx, tx, a, id); return err },
			"export": func(tx models.DB, a access.Actor, id int64) error {
				_, err := r.desk.Export(ctx, tx, a, id)
				return err
			},
			"note": func(tx models.DB, a access.Actor, id int64) error {
				_, err := r.desk.SaveNote(ctx, tx, a, id, Save{Code: "P1", Text: "x"})
				return err
			},
			"hold": func(tx models.DB, a access.Actor, id int64) error {
				_, err := r.desk.Hold(ctx, tx, a, id, Save{Code: "P1", Text: "x"})
				return err
			},
			"settle": func(tx models.DB, a access.Actor, id int64) error {
				return r.desk.SettleNote(ctx, tx, a, id, Settled{Code: "P1"})
			},
			"tick": func(tx models.DB, a access.Actor, id int64) error { return r.desk.Tick(ctx, tx, a, id, "C1", true) },
			"answer": func(tx models.DB, a access.Actor, id int64) error {
				return r.desk.Answer(ctx, tx, a, id, "P-a", FactorAnswer{Person: 1})
			},
			"rename": func(tx models.DB, a access.Actor, id int64) error { return r.desk.Rename(ctx, tx, a, id, "X") },
			"add": func(tx models.DB, a access.Actor, id int64) error {
				_, err := r.desk.AddCandidate(ctx, tx, a, id, Candidate{Name: "x", Kind: Activity})
				return err
			},
			"rate": func(tx models.DB, a access.Actor, id int64) error {
				return r.desk.Rate(ctx, tx, a, id, 1, Ratings{"PE1": Known(1)})
			},
			"set aside": func(tx models.DB, a access.Actor, id int64) error { return r.desk.SetAside(ctx, tx, a, id, 1, true) },
			"choose": func(tx models.DB, a access.Actor, id int64) error {
				return r.desk.Choose(ctx, tx, a, id, Choosing{Accept: true})
			},
			"notice": func(tx models.DB, a access.Actor, id int64) error {
				_, err := r.desk.Notice(ctx, tx, a, id, Noticing{Code: "R-SUI", Seen: "x"})
				return err
			},
			"action": func(tx models.DB, a access.Actor, id int64) error {
				return r.desk.RecordAction(ctx, tx, a, id, 1, FlagAction{Done: "x"})
			},
			"decide": func(tx models.DB, a access.Actor, id int64) error {
				return r.desk.Decide(ctx, tx, a, id, Decision{Code: "D1"})
			},
			"move": func(tx models.DB, a access.Actor, id int64) error {
				return r.desk.Move(ctx, tx, a, id, Move{To: Contacting})
			},
			"plan": func(tx models.DB, a access.Actor, id int64) error {
				_, err := r.desk.SavePlan(ctx, tx, a, id, PlanSave{})
				return err
			},
			"hand over": func(tx models.DB, a access.Actor, id int64) error { return r.desk.HandOver(ctx, tx, a, id, 1, "x") },
			"colleagues": func(tx models.DB, a access.Actor, id int64) error {
				_, err := r.desk.Colleagues(ctx, tx, a, id)
				return err
			},
			"agree": func(tx models.DB, a access.Actor, id int64) error { return r.desk.Agree(ctx, tx, a, id, Agreement{}) },
		}
		strangers := map[string]struct {
			actor access.Actor
			cases []int64
		}{"another organisation": {r.tom, []int64{ours, own, 9999}}, "a colleague of nobody": {r.solo, []int64{ours}}, "an organisation's people": {r.hannah, []int64{own}}, "the manager without a licence": {r.manager, []int64{ours}}}
		for who, s := range strangers {
			for what, use := range uses {
				for _, id := range s.cases {
					err := r.try(t, func(tx models.DB) error { return use(tx, s.actor, id) })
					if models.KindOf(err) != models.KindNotFound {
						t.Errorf("%s, %s case %d: %v", who, what, id, err)
					}
				}
			}
		}
		for who, want := range map[*access.Actor]int64{&r.hannah: 1, &r.priya: 1, &r.tom: 0, &r.solo: 1, &r.manager: 0} {
			r.must(t, func(tx models.DB) error {
				lines, total, err := r.desk.Cases(ctx, tx, *who, CaseFilter{})
				if total != want || int64(len(lines)) != want {
					t.Errorf("%s sees %d cases, want %d", who.Name, total, want)
				}
				return err
			})
		}
		for _, office := range []access.Actor{{}, {PersonID: r.manager.PersonID, Roles: []access.Role{access.RoleOffice}}, access.System()} {
			if err := r.try(t, func(tx models.DB) error { return uses["open"](tx, office, ours) }); err == nil {
				t.Errorf("%+v opened a case", office)
			}
		}
	})
}

func TestCase_EveryReadAndChangeLeavesAnAuditRow(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		r := newRoom(t, db, clock)
		id := r.begin(t, r.hannah, "IWN-1")
		r.open(t, r.hannah, id)
		r.open(t, r.priya, id)
		r.must(t, func(tx models.DB) error { _, err := r.desk.Export(t.Context(), tx, r.hannah, id); return err })
		r.must(t, func(tx models.DB) error { _, err := r.desk.Print(t.Context(), tx, r.hannah, id); return err })
		r.save(t, r.hannah, id, Save{Code: "P1", Text: "fixes things", Tab: "a"})
		for action, want := range map[string]int{"case begun": 1, "case read": 2, "case exported": 1, "case printed": 1, "note saved": 1} {
			if got := r.audits(t, action, id); got != want {
				t.Errorf("%s: %d rows, want %d", action, got, want)
			}
		}
		// A read that fails afterwards leaves none: the row stands or falls with the read.
		stop := errors.New("stop")
		err := r.try(t, func(tx models.DB) error {
			if _, err := r.desk.Open(t.Context(), tx, r.hannah, id); err != nil {
				return err
			}
			return stop
		})
		if !errors.Is(err, stop) || r.audits(t, "case read", id) != 2 {
			t.Errorf("%v, %d rows", err, r.audits(t, "case read", id))
		}
		if _, err := r.desk.Open(t.Context(), r.db, r.hannah, id); err == nil {
			t.Error("a case was read outside a transaction")
		}
	})
}

// Whatever is changed in a case leaves a row of its own, as often as it was done.
func TestCase_EveryKindOfChangeLeavesItsAuditRow(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		r, ctx := newRoom(t, db, clock), t.Context()
		counts := func(id int64, want map[string]int) {
			t.Helper()
			for action, times := range want {
				if got := r.audits(t, action, id); got != times {
					t.Errorf("%s: %d rows, want %d", action, got, times)
				}
			}
		}
		counts(r.fill(t), map[string]int{
			"case begun": 1, "statement ticked": 1, "note saved": 5, "text held": 1, "factor answered": 1, "candidate added": 1, "candidate rated": 1,
			"suggestion answered": 1, "decision made": 2, "plan saved": 1, "case handed over": 2, "flag noticed": 1, "flag action recorded": 1,
			"case moved": 7, // four steps, a decision that leads on, safety, the end
		})
		id := r.begin(t, r.hannah, "IWN-2")
		r.save(t, r.hannah, id, Save{Code: "P1", Text: "one", Tab: "a"})
		r.save(t, r.priya, id, Save{Code: "P1", Text: "two", Tab: "b"})
		candidate := r.add(t, r.hannah, id, Candidate{Name: "Choir", Kind: Activity, Physical: DontKnow})
		r.must(t, func(tx models.DB) error {
			return errors.Join(
				r.desk.SettleNote(ctx, tx, r.hannah, id, Settled{Code: "P1", Text: "both", Seen: map[int]int{1: 1, 2: 1}}),
				r.desk.SetAside(ctx, tx, r.hannah, id, candidate, true), r.desk.SetAside(ctx, tx, r.hannah, id, candidate, false),
				r.desk.Rename(ctx, tx, r.hannah, id, "Samira"),
			)
		})
		r.must(t, func(tx models.DB) error {
			plan, err := r.desk.SavePlan(ctx, tx, r.hannah, id, PlanSave{
				ReviewOn: models.Date{Year: 2026, Month: 12, Day: 8}, PlanText: PlanText{Goals: []Goal{{Hope: "Sing"}}, Actions: []PlanAction{{What: "Ring", Who: "Sam"}}},
			})
			if err != nil {
				return err
			}
			return r.desk.Agree(ctx, tx, r.hannah, id, Agreement{No: plan.No, Version: plan.Version, With: WithPerson, Copy: CopyPaper})
		})
		counts(id, map[string]int{"note settled": 1, "candidate set aside": 2, "name saved": 1, "plan saved": 1, "plan agreed": 1})
	})
}

// All that is in a case is its own: one that is filled beside it changes nothing in it, and each knows who did what in it.
func TestCase_HoldsNothingOfAnother(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		r := newRoom(t, db, clock)
		empty := r.begin(t, r.solo, "SOL-1")
		before := r.open(t, r.solo, empty)
		full := r.open(t, r.priya, r.fill(t))
		if after := r.open(t, r.solo, empty); !reflect.DeepEqual(before, after) {
			t.Errorf("before another case was filled:\n%+v\nafter:\n%+v", before, after)
		}
		for _, actor := range []access.Actor{r.hannah, r.priya} {
			if full.Names[actor.PersonID] != actor.Name {
				t.Errorf("%d is called %q", actor.PersonID, full.Names[actor.PersonID])
			}
		}
		if len(full.Names) != 2 {
			t.Errorf("who did something in it: %v", full.Names)
		}
	})
}

// Whoever did one thing only in a case is still named beside it.
func TestCase_NamesWhoeverDidSomething(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		r, ctx := newRoom(t, db, clock), t.Context()
		n := 0
		for what, does := range map[string]func(tx models.DB, id, flag int64) error{
			"moved the case": func(tx models.DB, id, _ int64) error {
				return r.desk.Move(ctx, tx, r.priya, id, Move{To: Contacting})
			},
			"noticed a flag": func(tx models.DB, id, _ int64) error {
				_, err := r.desk.Notice(ctx, tx, r.priya, id, Noticing{Code: "A-MOOD", Seen: "low"})
				return err
			},
			"acted on a flag": func(tx models.DB, id, flag int64) error {
				return r.desk.RecordAction(ctx, tx, r.priya, id, flag, FlagAction{Done: "Called the surgery"})
			},
			"decided": func(tx models.DB, id, _ int64) error {
				return r.desk.Decide(ctx, tx, r.priya, id, Decision{Code: "D1", Outcome: "none", Known: No, Worse: No, Agrees: NotSaid, Reason: "Nothing came up"})
			},
		} {
			n++
			id := r.begin(t, r.hannah, "IWN-"+strconv.Itoa(n))
			flag := r.notice(t, r.hannah, id, "A-FALL")
			r.must(t, func(tx models.DB) error { return does(tx, id, flag) })
			if got := r.open(t, r.hannah, id).Names[r.priya.PersonID]; got != "Priya Nair" {
				t.Errorf("%s: who is called %q", what, got)
			}
		}
	})
}

// The licence ends on 2 November 2027, grace on 16 November; writing to a case that was open goes on for 24 hours.
func TestGate_AfterTheLicence(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		r := newRoom(t, db, clock)
		id, colleague := r.begin(t, r.hannah, "IWN-1"), r.begin(t, r.priya, "IWN-2")
		note := func() error {
			return r.try(t, func(tx models.DB) error {
				_, err := r.desk.SaveNote(t.Context(), tx, r.hannah, id, Save{Code: "P1", Text: "later " + r.clock.Now().String(), Tab: "a"})
				return err
			})
		}
		begin := func(ref string) error {
			return r.try(t, func(tx models.DB) error {
				_, err := r.desk.NewCase(t.Context(), tx, r.hannah, NewCase{Reference: ref})
				return err
			})
		}
		r.clock.Set(time.Date(2027, 11, 16, 23, 59, 0, 0, time.UTC)) // the last minute of grace
		if err := errors.Join(note(), begin("IWN-3")); err != nil {
			t.Errorf("in grace: %v", err)
		}
		r.clock.Set(time.Date(2027, 11, 17, 0, 0, 0, 0, time.UTC))
		if err := note(); err != nil {
			t.Errorf("within 24 hours: %v", err)
		}
		err := begin("IWN-4")
		if models.KindOf(err) != models.KindForbidden || !strings.HasPrefix(err.Error(), "Your licence ended on 2 November 2027. Your cases are safe. You can read, print and export them. ") {
			t.Errorf("a new case after grace: %v", err)
		}
		r.clock.Set(time.Date(2027, 11, 18, 0, 0, 0, 0, time.UTC))
		if err := note(); models.KindOf(err) != models.KindForbidden {
			t.Errorf("after 24 hours: %v", err)
		}
		r.must(t, func(tx models.DB) error {
			_, err := r.desk.Hold(t.Context(), tx, r.hannah, id, Save{Code: "P1", Text: "what was being typed", Tab: "a"})
			return err
		})
		c := r.open(t, r.hannah, id)
		if c.MayWrite || c.Held["P1"][0].Text != "what was being typed" || !strings.HasPrefix(c.Notes["P1"][0].Text, "later 2027-11-17") {
			t.Errorf("may write %v, held %+v, notes %+v", c.MayWrite, c.Held, c.Notes)
		}
		if err := r.try(t, func(tx models.DB) error { _, err := r.desk.Open(t.Context(), tx, r.hannah, colleague); return err }); models.KindOf(err) != models.KindNotFound {
			t.Errorf("a colleague's case after the licence: %v", err)
		}
		var body []byte
		r.must(t, func(tx models.DB) (err error) { body, err = r.desk.Export(t.Context(), tx, r.hannah, id); return err })
		var file map[string]any
		if err := json.Unmarshal(body, &file); err != nil || file["reference"] != "IWN-1" || !bytes.Contains(body, []byte("what was being typed")) || !bytes.Contains(body, []byte("Starter content")) {
			t.Errorf("%v: %s", err, body)
		}
	})
}

func TestGate_WithoutALicence(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		r := newRoom(t, db, clock)
		err := r.try(t, func(tx models.DB) error {
			_, err := r.desk.NewCase(t.Context(), tx, r.manager, NewCase{Reference: "IWN-1"})
			return err
		})
		if models.KindOf(err) != models.KindForbidden || !strings.Contains(err.Error(), "You have no licence for the tool") {
			t.Errorf("%v", err)
		}
		pass, err := r.desk.Pass(t.Context(), r.db, r.hannah)
		if err != nil || pass.State != licensing.StateActive {
			t.Errorf("%+v, %v", pass, err)
		}
		if _, err := r.desk.Pass(t.Context(), r.db, access.Visitor()); models.KindOf(err) != models.KindForbidden {
			t.Errorf("a visitor: %v", err)
		}
	})
}

func TestCases_ListIsInOrderAndSearched(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		r := newRoom(t, db, clock)
		first, second := r.begin(t, r.hannah, "IWN-1"), r.begin(t, r.priya, "X-7")
		r.clock.Advance(time.Hour)
		r.must(t, func(tx models.DB) error {
			_, err := r.desk.Notice(t.Context(), tx, r.hannah, first, Noticing{Code: "R-SUI", Seen: "said so"})
			return err
		})
		acted := r.notice(t, r.hannah, first, "R-SUI")
		r.must(t, func(tx models.DB) error {
			return r.desk.RecordAction(t.Context(), tx, r.hannah, first, acted, FlagAction{Done: "Called 111"})
		})
		r.clock.Advance(2 * time.Hour)
		list := func(f CaseFilter) []CaseLine {
			var lines []CaseLine
			r.must(t, func(tx models.DB) (err error) { lines, _, err = r.desk.Cases(t.Context(), tx, r.hannah, f); return err })
			return lines
		}
		all := list(CaseFilter{})
		if len(all) != 2 || all[0].ID != first || all[0].RedWaits != 1 || all[0].Overdue != 1 || all[0].State != Safety || all[0].Step != 1 || all[1].ID != second {
			t.Errorf("%+v", all)
		}
		if all[1].HeldByName != "Priya Nair" || all[1].DueOn.ISO() != "2026-11-25" {
			t.Errorf("%+v", all[1])
		}
		if got := list(CaseFilter{Search: "_"}); len(got) != 0 {
			t.Errorf("%+v", got)
		}
		if got := list(CaseFilter{Search: "x-"}); len(got) != 1 || got[0].ID != second {
			t.Errorf("%+v", got)
		}
		if got := list(CaseFilter{Mine: true, Search: "iwn"}); len(got) != 1 || got[0].ID != first {
			t.Errorf("%+v", got)
		}
		if got := list(CaseFilter{Closed: true}); len(got) != 0 {
			t.Errorf("%+v", got)
		}
		if got := list(CaseFilter{Page: 2}); len(got) != 0 {
			t.Errorf("%+v", got)
		}
	})
}

func TestCase_AnOldPackStaysReadable(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		r := newRoom(t, db, clock)
		id := r.begin(t, r.hannah, "IWN-1")
		newer, err := ParsePack(bytes.Replace(starterBody, []byte("What are you good at"), []byte("What can you do well"), 1))
		if err != nil {
			t.Fatal(err)
		}
		old := r.desk.Pack
		r.desk.Pack = newer
		c := r.open(t, r.hannah, id)
		if _, prompt, ok := c.Pack.Prompt("P1"); !ok || !strings.HasPrefix(prompt.Text, "What are you good at") || c.Pack.Digest != old.Digest {
			t.Errorf("%+v", prompt)
		}
		other := r.open(t, r.hannah, r.begin(t, r.hannah, "IWN-2"))
		if other.Pack.Digest != newer.Digest {
			t.Error("a new case has the old pack")
		}
		if !slices.ContainsFunc(c.Events, func(e Event) bool { return e.PackDigest == old.Digest }) {
			t.Errorf("%+v", c.Events)
		}
	})
}
