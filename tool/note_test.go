package tool

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

func TestSaveNote_EachSaveGoesOnFromTheLast(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		r := newRoom(t, db, clock)
		id := r.begin(t, r.hannah, "IWN-1")
		first := r.save(t, r.hannah, id, Save{Code: "P1", Text: "I can fix", Tab: "a", Count: 1})
		second := r.save(t, r.hannah, id, Save{Code: "P1", Text: "I can fix most things.", Mark: Strength, Version: first.Version, Copy: first.Copy, Tab: "a", Count: 2})
		notes := r.open(t, r.hannah, id).Notes["P1"]
		if first.Version != 1 || second.Version != 2 || second.Beside || len(notes) != 1 || notes[0].Text != "I can fix most things." || notes[0].Mark != Strength {
			t.Errorf("%+v, %+v, %+v", first, second, notes)
		}
	})
}

func TestSaveNote_TwoTabsLoseNothing(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		r := newRoom(t, db, clock)
		id := r.begin(t, r.hannah, "IWN-1")
		start := r.save(t, r.hannah, id, Save{Code: "P1", Text: "start", Tab: "a", Count: 1})
		a := r.save(t, r.hannah, id, Save{Code: "P1", Text: "start, and from a", Version: start.Version, Tab: "a", Count: 2})
		b := r.save(t, r.priya, id, Save{Code: "P1", Text: "start, and from b", Version: start.Version, Tab: "b", Count: 1})
		if a.Beside || !b.Beside || b.Copy != 2 || b.Version != 1 {
			t.Fatalf("%+v, %+v", a, b)
		}
		// The answer to b was lost on the way: it sends again what it now has, as if nothing had come back.
		again := r.save(t, r.priya, id, Save{Code: "P1", Text: "start, and from b, more", Version: start.Version, Tab: "b", Count: 2})
		onward := r.save(t, r.priya, id, Save{Code: "P1", Text: "start, and from b, most", Copy: again.Copy, Version: again.Version, Tab: "b", Count: 3})
		if again.Copy != 2 || onward.Copy != 2 || onward.Version != 3 {
			t.Errorf("%+v, %+v", again, onward)
		}
		notes := r.open(t, r.hannah, id).Notes["P1"]
		if len(notes) != 2 || notes[0].Text != "start, and from a" || notes[1].Text != "start, and from b, most" || notes[1].WrittenBy != r.priya.PersonID {
			t.Fatalf("%+v", notes)
		}
		for _, seen := range []map[int]int{{1: 2, 2: 1}, {1: 1, 2: 3}, {1: 2}, {1: 2, 2: 3, 3: 1}, nil} {
			stale := Settled{Code: "P1", Text: "one", Seen: seen}
			if err := r.try(t, func(tx models.DB) error { return r.desk.SettleNote(t.Context(), tx, r.hannah, id, stale) }); models.KindOf(err) != models.KindConflict {
				t.Errorf("settled over a text not seen, %v: %v", seen, err)
			}
		}
		r.save(t, r.hannah, id, Save{Code: "P2", Text: "another note, from a", Tab: "a", Count: 1})
		r.save(t, r.priya, id, Save{Code: "P2", Text: "another note, from b", Tab: "b", Count: 1})
		r.must(t, func(tx models.DB) error {
			return r.desk.SettleNote(t.Context(), tx, r.hannah, id, Settled{Code: "P1", Text: "from a and b", Mark: Matters, Seen: map[int]int{1: 2, 2: 3}})
		})
		late := r.save(t, r.priya, id, Save{Code: "P1", Text: "b goes on typing", Copy: 2, Version: 3, Tab: "b", Count: 4})
		notes = r.open(t, r.hannah, id).Notes["P1"]
		if len(notes) != 2 || notes[0].Text != "from a and b" || notes[0].Mark != Matters || notes[1].Text != "b goes on typing" || !late.Beside {
			t.Errorf("%+v, %+v", notes, late)
		}
		if other := r.open(t, r.hannah, id).Notes["P2"]; len(other) != 2 {
			t.Errorf("settling one note left %+v of another", other)
		}
	})
}

// Who holds what stood there before writes nothing, whichever way they came by it: the text, the copies beside it, the state.
func TestWork_RefusesWhatChangedMeanwhile(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		r, ctx := newRoom(t, db, clock), t.Context()
		id := r.begin(t, r.hannah, "IWN-1")
		r.save(t, r.hannah, id, Save{Code: "P1", Text: "one", Tab: "a"})
		for what, does := range map[string]func(tx models.DB, w work) error{
			"a text": func(tx models.DB, w work) error {
				rows, err := w.copiesOf(ctx, tx, notePlace+"P1")
				if err != nil {
					return err
				}
				if _, err := w.replaceText(ctx, tx, rows[0], Unmarked, "a", 2, "two"); err != nil {
					return fmt.Errorf("the first: %w", err)
				}
				_, err = w.replaceText(ctx, tx, rows[0], Unmarked, "b", 1, "over it")
				return err
			},
			"copies that are there no more": func(tx models.DB, w work) error { return w.deleteCopies(ctx, tx, notePlace+"P1", 1) },
			"a state": func(tx models.DB, w work) error {
				if err := setState(ctx, tx, w.row, Contacting); err != nil {
					return fmt.Errorf("the first: %w", err)
				}
				return setState(ctx, tx, w.row, Closed)
			},
		} {
			err := r.try(t, func(tx models.DB) error {
				w, err := r.desk.write(ctx, tx, r.hannah, id)
				if err != nil {
					return err
				}
				return does(tx, w)
			})
			if models.KindOf(err) != models.KindConflict || strings.Contains(err.Error(), "the first") {
				t.Errorf("%s: %v", what, err)
			}
		}
	})
}

func TestSaveNote_ALostConnectionChangesNothing(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		r := newRoom(t, db, clock)
		id := r.begin(t, r.hannah, "IWN-1")
		r.save(t, r.hannah, id, Save{Code: "P1", Text: "one", Tab: "a", Count: 1})
		// The answer was lost, and the page sends a longer text with the version it still has.
		two := r.save(t, r.hannah, id, Save{Code: "P1", Text: "one two", Version: 0, Tab: "a", Count: 2})
		same := r.save(t, r.hannah, id, Save{Code: "P1", Text: "one two", Version: 0, Tab: "a", Count: 2})
		// The first request arrives after the second.
		overtaken := r.save(t, r.hannah, id, Save{Code: "P1", Text: "one", Version: 0, Tab: "a", Count: 1})
		notes := r.open(t, r.hannah, id).Notes["P1"]
		if two.Beside || same != (Saved{Copy: 1, Version: 2, At: two.At}) || overtaken.Version != 2 || len(notes) != 1 || notes[0].Text != "one two" {
			t.Errorf("%+v, %+v, %+v, %+v", two, same, overtaken, notes)
		}
		// Two pages that typed the same have one text.
		if equal := r.save(t, r.priya, id, Save{Code: "P1", Text: "one two", Tab: "b"}); equal.Beside || equal.Version != 2 {
			t.Errorf("%+v", equal)
		}
		if r.audits(t, "note saved", id) != 2 {
			t.Errorf("%d saves", r.audits(t, "note saved", id))
		}
	})
}

// A mark alone is a change; only marks that the page offers are taken. What is held after the licence belongs to a note of the pack.
func TestSaveNote_Marks(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		r := newRoom(t, db, clock)
		id := r.begin(t, r.hannah, "IWN-1")
		version := 0
		for _, mark := range []Mark{Unmarked, Strength, InTheWay, Matters, MattersMost} {
			version = r.save(t, r.hannah, id, Save{Code: "P1", Text: "fixes things", Mark: mark, Copy: 1, Version: version, Tab: "a", Count: version}).Version
			if note := r.open(t, r.hannah, id).Notes["P1"][0]; note.Mark != mark {
				t.Errorf("marked %q, and it is %q", mark, note.Mark)
			}
		}
		for name, does := range map[string]func(tx models.DB) error{
			"another mark": func(tx models.DB) error {
				_, err := r.desk.SaveNote(t.Context(), tx, r.hannah, id, Save{Code: "P1", Text: "x", Mark: "starred"})
				return err
			},
			"another mark of a held text": func(tx models.DB) error {
				_, err := r.desk.Hold(t.Context(), tx, r.hannah, id, Save{Code: "P1", Text: "x", Mark: "starred"})
				return err
			},
		} {
			if err := r.try(t, does); models.ProblemsOf(err).For("mark") == "" {
				t.Errorf("%s: %v", name, err)
			}
		}
		err := r.try(t, func(tx models.DB) error {
			_, err := r.desk.Hold(t.Context(), tx, r.hannah, id, Save{Code: "ZZ", Text: "x"})
			return err
		})
		if models.KindOf(err) != models.KindNotFound {
			t.Errorf("held for a note that is not in the pack: %v", err)
		}
	})
}

// Any order of saves from three pages that know more or less of each other: the last text of each page is still there.
func TestSaveNote_TheLastTextOfEveryPageStands(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		r := newRoom(t, db, clock)
		round := 0
		rapid.Check(t, func(rt *rapid.T) {
			round++
			id := r.begin(t, r.hannah, fmt.Sprintf("R-%d", round))
			last, shown := map[string]string{}, map[string]Saved{}
			for n := range rapid.IntRange(1, 7).Draw(rt, "saves") {
				tab := rapid.SampledFrom([]string{"a", "b", "c"}).Draw(rt, "tab")
				text := fmt.Sprintf("%s %d", tab, n)
				knows := shown[tab]
				saved := r.save(t, r.hannah, id, Save{Code: "P1", Text: text, Copy: knows.Copy, Version: knows.Version, Tab: tab, Count: n})
				if rapid.Bool().Draw(rt, "the answer arrives") {
					shown[tab] = saved
				}
				last[tab] = text
			}
			kept := map[string]bool{}
			for _, note := range r.open(t, r.hannah, id).Notes["P1"] {
				kept[note.Text] = true
			}
			for tab, text := range last {
				if !kept[text] {
					rt.Fatalf("%s: %q is lost, kept %v", tab, text, kept)
				}
			}
		})
	})
}

func TestSaveNote_OddAndHugeTexts(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		r := newRoom(t, db, clock)
		id := r.begin(t, r.hannah, "IWN-1")
		odd := "“Zoë’s” \U0001F9F6 <b>&amp;\tnaïve\r\nline\x00two \u202Eabc \u202E '; DROP TABLE cases; --"
		r.save(t, r.hannah, id, Save{Code: "S2", Text: odd, Tab: "a"})
		want := norm.NFC.String("“Zoë’s” \U0001F9F6 <b>&amp;\tnaïve\nlinetwo \u202Eabc \u202E '; DROP TABLE cases; --")
		if got := r.open(t, r.hannah, id).Notes["S2"][0].Text; got != want {
			t.Errorf("%q, want %q", got, want)
		}
		r.save(t, r.hannah, id, Save{Code: "P2", Text: strings.Repeat("é", longestNote)})
		err := r.try(t, func(tx models.DB) error {
			_, err := r.desk.SaveNote(t.Context(), tx, r.hannah, id, Save{Code: "P3", Text: strings.Repeat("é", longestNote+1)})
			return err
		})
		if said := models.ProblemsOf(err).For("text"); !strings.HasPrefix(said, "This has 20001 characters and can have 20000. What you typed is still here") {
			t.Errorf("%v", err)
		}
		for _, s := range []Save{{Code: "P99", Text: "x"}, {Code: "", Text: "x"}} {
			err := r.try(t, func(tx models.DB) error { _, err := r.desk.SaveNote(t.Context(), tx, r.hannah, id, s); return err })
			if models.KindOf(err) != models.KindNotFound {
				t.Errorf("%q: %v", s.Code, err)
			}
		}
		if err := r.try(t, func(tx models.DB) error {
			_, err := r.desk.SaveNote(t.Context(), tx, r.hannah, id, Save{Code: "P4", Text: "x", Mark: "best"})
			return err
		}); models.KindOf(err) != models.KindInvalid {
			t.Errorf("%v", err)
		}
		if empty := r.save(t, r.hannah, id, Save{Code: "P5"}); empty.Version != 0 || len(r.open(t, r.hannah, id).Notes["P5"]) != 0 {
			t.Errorf("%+v", empty)
		}
	})
}

func FuzzTidy(f *testing.F) {
	f.Add("a\r\nb\x00\u0301")
	f.Add("\xff\xfe")
	f.Fuzz(func(t *testing.T, typed string) {
		got, err := tidy("text", typed, longestNote)
		if err != nil {
			return
		}
		again, err := tidy("text", got, longestNote)
		if err != nil || again != got || !utf8.ValidString(got) || strings.ContainsAny(got, "\r\x00\x1b") {
			t.Errorf("%q became %q, then %q, %v", typed, got, again, err)
		}
	})
}
