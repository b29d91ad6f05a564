package tool

import (
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

func TestAnswerFrom_OneOfTwoPagesSavesAndAllOrNothing(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		r := newRoom(t, db, clock)
		id := r.begin(t, r.hannah, "IWN-0147")
		from := func(version int, answers FactorAnswers) error {
			return r.try(t, func(tx models.DB) error { return r.desk.AnswerFrom(t.Context(), tx, r.priya, id, version, answers) })
		}
		blocks := FactorAnswer{Person: 0, Practitioner: DontKnow}
		if err := from(0, FactorAnswers{"P-a": blocks, "P-b": {Person: 2, Practitioner: 3}}); err != nil {
			t.Fatal(err)
		}
		if err := from(0, FactorAnswers{"P-a": {Person: 4, Practitioner: DontKnow}}); models.KindOf(err) != models.KindConflict {
			t.Errorf("a stale page: %v", err)
		}
		if err := from(0, FactorAnswers{"P-a": blocks}); err != nil {
			t.Errorf("a stale page that changes nothing: %v", err)
		}
		err := from(1, FactorAnswers{"P-c": {Person: 2, Practitioner: DontKnow}, "P-d": {Person: 9, Practitioner: DontKnow}})
		if models.ProblemsOf(err).For("P-d-answer") == "" {
			t.Errorf("an answer that is none: %v", err)
		}
		err = from(1, FactorAnswers{"P-c": {Person: 2, Practitioner: DontKnow}, "X-x": {Person: 2, Practitioner: DontKnow}})
		if models.KindOf(err) != models.KindNotFound {
			t.Errorf("a factor that the pack does not have: %v", err)
		}
		if c := r.open(t, r.hannah, id); c.FactorsVersion != 1 || len(c.Factors) != 2 || c.Factors["P-a"] != blocks {
			t.Errorf("version %d, %+v", c.FactorsVersion, c.Factors)
		}
		var detail string
		if err := db.SQL(t.Context()).Raw("SELECT detail FROM audit_rows WHERE action = 'factor answered' AND detail LIKE '%P-a%'").Scan(&detail).Error; err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(detail, `"changed"`) || !strings.Contains(detail, `"person"`) || strings.ContainsAny(detail, "0123456789") {
			t.Errorf("the audit row says %s, and should say which parts changed and no value", detail)
		}
	})
}

// A page that sends again what stands changes nothing, however old it is; one that changes an answer must know the latest.
func TestRateFrom_TheSameAnswersAreNoChange(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		r := newRoom(t, db, clock)
		id := r.begin(t, r.hannah, "IWN-0147")
		candidate := r.add(t, r.hannah, id, Candidate{Name: "Choir", Kind: Activity, Physical: DontKnow})
		from := func(version int, ratings Ratings) error {
			return r.try(t, func(tx models.DB) error {
				return r.desk.RateFrom(t.Context(), tx, r.hannah, id, candidate, version, ratings)
			})
		}
		if err := from(0, Ratings{"PE1": Known(3), "PE2": Known(2)}); err != nil {
			t.Fatal(err)
		}
		if err := from(0, Ratings{"PE1": Known(3), "PE3": Known(DontKnow)}); err != nil {
			t.Errorf("what stands already: %v", err)
		}
		if err := from(0, Ratings{"PE1": Known(4)}); models.KindOf(err) != models.KindConflict {
			t.Errorf("a stale page: %v", err)
		}
		if c := r.open(t, r.hannah, id); c.Candidates[0].Version != 1 || c.Candidates[0].Ratings["PE1"] != Known(3) || r.audits(t, "candidate rated", id) != 1 {
			t.Errorf("%+v", c.Candidates)
		}
	})
}

// A tick that is taken away takes no other with it.
func TestTick_EachByItself(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		r := newRoom(t, db, clock)
		id, other := r.begin(t, r.hannah, "IWN-1"), r.begin(t, r.hannah, "IWN-2")
		tick := func(id int64, code string, said bool) {
			t.Helper()
			r.must(t, func(tx models.DB) error { return r.desk.Tick(t.Context(), tx, r.hannah, id, code, said) })
		}
		for _, one := range []int64{id, other} {
			tick(one, "C4", true)
			tick(one, "C5", true)
		}
		for range 2 {
			tick(id, "C4", false)
		}
		for one, want := range map[int64]int{id: 1, other: 2} {
			if ticks := r.open(t, r.hannah, one).Ticks; len(ticks) != want || ticks["C5"].IsZero() {
				t.Errorf("case %d: %v", one, ticks)
			}
		}
		if n := r.audits(t, "statement ticked", id); n != 3 {
			t.Errorf("%d audit rows, want 3", n)
		}
	})
}

// What is printed as a name has no signs in it that a plan would leave out or that turn the text around them.
func TestNames_WithoutSignsThatCannotBePrinted(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		r := newRoom(t, db, clock)
		id := r.begin(t, r.hannah, "IWN-0147")
		for _, name := range []string{"Choir 🎶", "riohC \u202e", "Choir\u2066", "❤\ufe0f"} {
			err := r.try(t, func(tx models.DB) error {
				_, err := r.desk.AddCandidate(t.Context(), tx, r.hannah, id, Candidate{Name: name, Kind: Activity})
				return err
			})
			if models.ProblemsOf(err).For("name") == "" {
				t.Errorf("an idea called %q: %v", name, err)
			}
			err = r.try(t, func(tx models.DB) error { return r.desk.Rename(t.Context(), tx, r.hannah, id, name) })
			if models.ProblemsOf(err).For("name") == "" {
				t.Errorf("a person called %q: %v", name, err)
			}
		}
		r.must(t, func(tx models.DB) error { return r.desk.Rename(t.Context(), tx, r.hannah, id, "王小明") })
	})
}

// The name of an open page is text: one with a control character is refused, and one that is too long is cut between letters.
func TestSaveNote_TheNameOfAPage(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		r := newRoom(t, db, clock)
		id := r.begin(t, r.hannah, "IWN-0147")
		for _, tab := range []string{"a\x00b", "\x00", "a\xffb"} {
			err := r.try(t, func(tx models.DB) error {
				_, err := r.desk.SaveNote(t.Context(), tx, r.hannah, id, Save{Code: "P1", Text: "Fixing", Tab: tab})
				return err
			})
			if models.KindOf(err) != models.KindInvalid {
				t.Errorf("%q: %v", tab, err)
			}
		}
		saved := r.save(t, r.hannah, id, Save{Code: "P1", Text: "Fixing", Tab: strings.Repeat("é", 40)})
		if again := r.save(t, r.hannah, id, Save{Code: "P1", Text: "Fixing things", Tab: strings.Repeat("é", 40), Count: 1}); again.Beside || again.Version != saved.Version+1 {
			t.Errorf("the same page again: %+v", again)
		}
	})
}
