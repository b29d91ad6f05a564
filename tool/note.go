package tool

import (
	"context"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/licensing"
	"hub.salford.ac.uk/ssph/models"
)

// Mark says what a note is about for the person.
type Mark string

// The marks.
const (
	Unmarked    Mark = ""
	Strength    Mark = "strength"
	InTheWay    Mark = "in-the-way"
	Matters     Mark = "matters"
	MattersMost Mark = "matters-most"
)

func (m Mark) valid() bool {
	return m == Unmarked || m == Strength || m == InTheWay || m == Matters || m == MattersMost
}

// Words is the mark as it stands under a note.
func (m Mark) Words() string {
	switch m {
	case Strength:
		return "Strength"
	case InTheWay:
		return "In the way"
	case Matters:
		return "What matters"
	case MattersMost:
		return "What matters most"
	case Unmarked:
	}
	return ""
}

// Note is a text under a prompt, a statement or a whole section.
type Note struct {
	Copy      int       `json:"copy"`    // 1 for the text; more for one that another page wrote over it
	Version   int       `json:"version"` // goes up with each save
	Text      string    `json:"text"`
	Mark      Mark      `json:"mark"`
	WrittenBy int64     `json:"written_by"`
	WrittenAt time.Time `json:"written_at"`
}

// Save is one save of a note, as a page sends it, by itself or at the press of a button.
type Save struct {
	Code    string // of the prompt, statement or section
	Text    string
	Mark    Mark
	Copy    int    // which text the page shows; 0 counts as 1
	Version int    // the version it began from; 0 when there was none
	Tab     string // of the open page: any text that no other open page has
	Count   int    // goes up with each save of the page
}

// Saved says what became of a save.
type Saved struct {
	Copy, Version int // what the page shows from now on
	At            time.Time
	Beside        bool // another page had saved meanwhile: both texts are kept, and this one is the second
}

// SaveNote keeps a note. Nothing is lost: a save that began from a version which somebody else has since replaced is kept as a
// second text beside the first; a save sent again, or one that overtook another from the same page, changes nothing. Errors:
// forbidden from the gate; conflict for a closed case; invalid with field "text" beyond 20,000 characters; not found.
func (d Desk) SaveNote(ctx context.Context, tx models.DB, actor access.Actor, caseID int64, s Save) (Saved, error) {
	w, err := d.write(ctx, tx, actor, caseID)
	if err != nil {
		return Saved{}, err
	}
	field, err := w.noteField(s.Code)
	if err != nil {
		return Saved{}, err
	}
	if err := s.check(); err != nil {
		return Saved{}, err
	}
	saved, changed, err := w.saveText(ctx, tx, field, s)
	if err != nil || !changed {
		return saved, err
	}
	return saved, w.record(ctx, tx, "note saved", map[string]any{"code": s.Code, "copy": saved.Copy, "version": saved.Version})
}

// check tidies a save and says what in it needs mending.
func (s *Save) check() (err error) {
	s.Copy = max(s.Copy, 1)
	if !s.Mark.valid() {
		return models.Invalid("mark", "Choose one of the marks")
	}
	if !utf8.ValidString(s.Tab) || strings.ContainsFunc(s.Tab, unicode.IsControl) {
		return models.Invalid("tab", "This page cannot be told from others. Copy what you typed and load the page again")
	}
	for len(s.Tab) > longestTab { // letters are never cut in two
		_, last := utf8.DecodeLastRuneInString(s.Tab)
		s.Tab = s.Tab[:len(s.Tab)-last]
	}
	s.Text, err = tidy("text", s.Text, longestNote)
	return err
}

// noteField is the place of a note, for a code that the case's pack has.
func (w work) noteField(code string) (string, error) {
	_, isSection := w.pack.Section(code)
	_, isStatement := w.pack.Statement(code)
	if _, _, isPrompt := w.pack.Prompt(code); !isSection && !isStatement && !isPrompt {
		return "", models.NotFound("This question is not in the pack of this case")
	}
	return notePlace + code, nil
}

// Settled is a note that somebody has made one text of again.
type Settled struct {
	Code string
	Text string
	Mark Mark
	Seen map[int]int // version of each copy that the page showed
}

// SettleNote makes one text of a note that has several. Error: conflict when one of them changed since it was shown.
func (d Desk) SettleNote(ctx context.Context, tx models.DB, actor access.Actor, caseID int64, s Settled) error {
	w, err := d.write(ctx, tx, actor, caseID)
	if err != nil {
		return err
	}
	field, err := w.noteField(s.Code)
	if err != nil {
		return err
	}
	if s.Text, err = tidy("text", s.Text, longestNote); err != nil {
		return err
	}
	if !s.Mark.valid() {
		return models.Invalid("mark", "Choose one of the marks")
	}
	if err := w.settleText(ctx, tx, field, s); err != nil {
		return err
	}
	return w.record(ctx, tx, "note settled", map[string]any{"code": s.Code, "copies": len(s.Seen)})
}

// Hold keeps a text that could not be saved because the licence no longer allows writing, so that nothing typed is lost: the person
// reads and exports it with the case. Errors: forbidden when not even reading is allowed; invalid; not found.
func (d Desk) Hold(ctx context.Context, tx models.DB, actor access.Actor, caseID int64, s Save) (Saved, error) {
	w, err := d.reach(ctx, tx, actor, caseID, licensing.UseRead)
	if err != nil {
		return Saved{}, err
	}
	if _, err := w.noteField(s.Code); err != nil {
		return Saved{}, err
	}
	if err := s.check(); err != nil {
		return Saved{}, err
	}
	saved, changed, err := w.saveText(ctx, tx, heldPlace+s.Code, s)
	if err != nil || !changed {
		return saved, err
	}
	return saved, w.record(ctx, tx, "text held", map[string]any{"code": s.Code})
}

// Tick notes that a statement was said, or takes the tick away. Errors: as SaveNote.
func (d Desk) Tick(ctx context.Context, tx models.DB, actor access.Actor, caseID int64, code string, said bool) error {
	w, err := d.write(ctx, tx, actor, caseID)
	if err != nil {
		return err
	}
	if _, ok := w.pack.Statement(code); !ok {
		return models.NotFound("This statement is not in the pack of this case")
	}
	changed, err := w.setTick(ctx, tx, code, said)
	if err != nil || !changed {
		return err
	}
	return w.record(ctx, tx, "statement ticked", map[string]any{"code": code, "said": said})
}
