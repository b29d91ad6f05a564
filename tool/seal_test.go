package tool

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// planted is a word that stands in no text of ours.
const planted = "quokkabarometer"

// fill writes the planted word wherever a person can write.
func (r *room) fill(t *testing.T) int64 {
	t.Helper()
	ctx, word := t.Context(), func(where string) string { return planted + " " + where }
	var id int64
	r.must(t, func(tx models.DB) (err error) {
		id, err = r.desk.NewCase(ctx, tx, r.hannah, NewCase{Reference: "IWN-0147", Name: word("name")})
		return err
	})
	r.toMatching(t, r.hannah, id)
	for _, code := range []string{"S2", "P1", "C5", "H4"} {
		r.save(t, r.hannah, id, Save{Code: code, Text: word(code), Tab: "a"})
	}
	r.save(t, r.priya, id, Save{Code: "P1", Text: word("second"), Tab: "b"})
	r.must(t, func(tx models.DB) error {
		if _, err := r.desk.Hold(ctx, tx, r.hannah, id, Save{Code: "P1", Text: word("held")}); err != nil {
			return err
		}
		if err := r.desk.Answer(ctx, tx, r.hannah, id, "P-d", FactorAnswer{Person: 1, Practitioner: 1, Evidence: word("evidence")}); err != nil {
			return err
		}
		candidate, err := r.desk.AddCandidate(ctx, tx, r.hannah, id, Candidate{Name: word("candidate"), Kind: OwnIdea, Physical: DontKnow})
		if err != nil {
			return err
		}
		if err := r.desk.Rate(ctx, tx, r.hannah, id, candidate, workshop()); err != nil {
			return err
		}
		if err := r.desk.Choose(ctx, tx, r.hannah, id, Choosing{CandidateID: candidate, Reason: word("choice")}); err != nil {
			return err
		}
		if err := r.desk.Decide(ctx, tx, r.hannah, id, Decision{
			Code: "D2", Outcome: "advice", Known: Yes, Worse: No, Agrees: Yes, Noticed: word("noticed"), Reason: word("why"), Adviser: word("who"), Advised: word("what"),
		}); err != nil {
			return err
		}
		one := 7
		_, err = r.desk.SavePlan(ctx, tx, r.hannah, id, PlanSave{PlanText: PlanText{
			AboutMe: word("about"), WhatMatters: word("matters"), Goals: []Goal{{Hope: word("goal"), Why: word("why"), Start: &one}},
			Actions: []PlanAction{{What: word("action"), Who: word("who"), Confidence: &one, Candidate: candidate}}, Trigger: word("trigger"),
		}})
		return err
	})
	r.must(t, func(tx models.DB) error {
		return r.desk.HandOver(ctx, tx, r.hannah, id, r.priya.PersonID, word("handover"))
	})
	r.must(t, func(tx models.DB) error {
		return r.desk.HandOver(ctx, tx, r.priya, id, r.hannah.PersonID, word("back"))
	})
	r.must(t, func(tx models.DB) error {
		flag, err := r.desk.Notice(ctx, tx, r.hannah, id, Noticing{Code: "R-SUI", Seen: word("seen")})
		if err != nil {
			return err
		}
		return r.desk.RecordAction(ctx, tx, r.hannah, id, flag, FlagAction{Done: word("done"), Spoke: word("spoke"), Reference: word("ref"), Outcome: word("outcome")})
	})
	r.move(t, r.hannah, id, Move{To: Closed, Reason: word("reason"), Closing: Closing{Outcome: "other", Message: MessageNone, WhatNext: word("next"), NoMeasures: word("none")}})
	return id
}

// everyText reads every column of every table of the database as text.
func everyText(t *testing.T, db models.DB) []string {
	t.Helper()
	tables, err := db.SQL(t.Context()).Migrator().GetTables()
	if err != nil || len(tables) < 30 {
		t.Fatalf("%d tables, %v", len(tables), err)
	}
	var all []string
	for _, table := range tables {
		var rows []map[string]any
		if err := db.SQL(t.Context()).Table(table).Find(&rows).Error; err != nil {
			t.Fatalf("%s: %v", table, err)
		}
		for _, row := range rows {
			for column, value := range row {
				text := fmt.Sprint(value)
				if b, ok := value.([]byte); ok {
					text = string(b)
				}
				all = append(all, table+"."+column+": "+text)
			}
		}
	}
	return all
}

// The planted word is written everywhere a person can write, and stands nowhere in the database; with the key all of it is there.
func TestSealer_NothingWrittenStandsInTheDatabase(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		r := newRoom(t, db, clock)
		id := r.fill(t)
		var body []byte
		r.must(t, func(tx models.DB) (err error) { body, err = r.desk.Export(t.Context(), tx, r.hannah, id); return err })
		const written = 31 // counted in fill: 6 before the case is analysed, 1 held, 3 of the analysis, 4 of the decision, 7 of the plan, 2 of handing over, 5 of the flag, 3 at the end
		if n := strings.Count(string(body), planted); n != written {
			t.Errorf("the export has the word %d times, want %d", n, written)
		}
		for _, text := range everyText(t, r.db) {
			if strings.Contains(strings.ToLower(text), planted) {
				t.Errorf("found in %.120q", text)
			}
		}
	})
}

func TestSealer_NothingWrittenStandsInTheFile(t *testing.T) {
	t.Parallel()
	config := modelstest.Fresh(t, models.SQLite)
	clock := modelstest.NewClock()
	config.Clock = clock
	db, err := models.Connect(config)
	if err != nil {
		t.Fatal(err)
	}
	r := newRoom(t, db, clock)
	r.fill(t)
	inFile := func() (found, control bool) {
		files, err := filepath.Glob(filepath.Join(config.Dir, "*"))
		if err != nil || len(files) == 0 {
			t.Fatalf("%v, %v", files, err)
		}
		for _, name := range files {
			content, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			found = found || bytes.Contains(bytes.ToLower(content), []byte(planted))
			control = control || bytes.Contains(content, []byte("IWN-0147"))
		}
		return found, control
	}
	if found, control := inFile(); found || !control {
		t.Errorf("while open: the word is there %v, the reference is there %v", found, control)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if found, control := inFile(); found || !control {
		t.Errorf("when closed: the word is there %v, the reference is there %v", found, control)
	}
}

func TestSealer_ATextOpensOnlyInItsPlace(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		r := newRoom(t, db, clock)
		id, other := r.begin(t, r.hannah, "IWN-1"), r.begin(t, r.hannah, "IWN-2")
		r.save(t, r.hannah, id, Save{Code: "P1", Text: "mine", Tab: "a"})
		r.save(t, r.hannah, other, Save{Code: "P1", Text: "theirs", Tab: "a"})
		r.must(t, func(tx models.DB) error {
			return tx.SQL(t.Context()).Exec(`UPDATE case_texts SET sealed = (SELECT sealed FROM case_texts WHERE case_id = ? AND field = 'note/P1')
				WHERE case_id = ? AND field = 'note/P1'`, other, id).Error
		})
		err := r.try(t, func(tx models.DB) error { _, err := r.desk.Open(t.Context(), tx, r.hannah, id); return err })
		if models.KindOf(err) != models.KindInternal || !strings.Contains(err.Error(), "does not open") {
			t.Errorf("a text from another case was shown: %v", err)
		}
	})
}

func TestSealer_FormerKeysStillOpen(t *testing.T) {
	t.Parallel()
	old, current := access.NewKeys(), access.NewKeys()
	before, err := NewSealer(old)
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := before.seal("text", "place")
	if err != nil {
		t.Fatal(err)
	}
	after, err := NewSealer(current, old)
	if err != nil {
		t.Fatal(err)
	}
	if text, err := after.open(sealed, "place"); err != nil || text != "text" {
		t.Errorf("%q, %v", text, err)
	}
	fresh, err := after.seal("text", "place")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := before.open(fresh, "place"); err == nil {
		t.Error("a new text was sealed with the former key")
	}
	if _, err := after.open(sealed, "elsewhere"); err == nil {
		t.Error("a text opened in another place")
	}
}

func TestCheckKey_AnotherKeyRefusesToStart(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		right, wrong := access.NewKeys(), access.NewKeys()
		check := func(key access.Keys, former ...access.Keys) error {
			return CheckKey(context.Background(), db, key, former...)
		}
		for range 2 {
			if err := check(right); err != nil {
				t.Fatal(err)
			}
		}
		err := check(wrong)
		if said := models.ProblemsOf(err).For("keys"); !strings.Contains(said, "not the key") || strings.Contains(err.Error(), right.Text()) {
			t.Errorf("another key: %v", err)
		}
		if err := check(wrong, right); err != nil {
			t.Errorf("a new key beside the former: %v", err)
		}
		if err := check(access.Keys{}); models.ProblemsOf(err).For("keys") == "" {
			t.Errorf("no key: %v", err)
		}
	})
}

// The key is changed while there are cases: what was sealed before opens, what is written after opens with the new key alone, and the
// former key is asked for from then on.
func TestRotation_OldTextsOpenAndNewOnesAreSealedWithTheNewKey(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		r := newRoom(t, db, clock)
		old, fresh := r.key, access.NewKeys()
		both, err := access.ParseKeys(fresh.Text() + old.Text())
		if err != nil {
			t.Fatal(err)
		}
		sealWith := func(keys access.Keys) {
			t.Helper()
			if err := CheckKey(t.Context(), db, keys); err != nil {
				t.Fatal(err)
			}
			if r.desk.Sealer, err = NewSealer(keys); err != nil {
				t.Fatal(err)
			}
		}
		sealWith(old)
		id := r.begin(t, r.hannah, "IWN-0147")
		r.save(t, r.hannah, id, Save{Code: "P1", Text: "before", Tab: "a"})
		sealWith(both)
		if got := r.open(t, r.hannah, id).Notes["P1"][0].Text; got != "before" {
			t.Errorf("sealed with the former key it opens as %q", got)
		}
		r.save(t, r.hannah, id, Save{Code: "P2", Text: "after", Tab: "a"})
		alone, err := NewSealer(fresh)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := textsOf(t.Context(), db, id)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			if _, err := alone.open(row.Sealed, row.place()); (err == nil) != (row.Field == notePlace+"P2") {
				t.Errorf("%s, with the new key alone: %v", row.Field, err)
			}
		}
		for name, keys := range map[string]access.Keys{"the former alone": old, "the new alone": fresh, "another": access.NewKeys()} {
			if err := CheckKey(t.Context(), db, keys); models.ProblemsOf(err).For("keys") == "" {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := CheckKey(t.Context(), db, both); err != nil {
			t.Errorf("both, again: %v", err)
		}
	})
}
