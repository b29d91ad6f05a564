package scheduling

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode"

	"hub.salford.ac.uk/ssph/models"
)

// Accredited is one dated record that a body accredits a course's programme. The body's words, marks and components may be shown
// only for days inside the record. It is the programme that is accredited, never the Hub or a trainer.
type Accredited struct {
	ID            int64
	CourseID      int64
	Body          string // Personalised Care Institute
	Programme     string // the programme's name in the body's list
	Reference     string
	ValidFrom     models.Date // the first London day
	ValidTo       models.Date // the last London day
	Components    []string    // the body's components that the programme covers
	Demonstration bool        // reference and dates are examples until the Hub enters its own
}

// Accreditation returns the record in force for the course on that London day; false when there is none. Where two overlap, the
// one that lasts longer is returned.
func Accreditation(ctx context.Context, db models.DB, courseID int64, day models.Date) (Accredited, bool, error) {
	row, err := accreditationOn(ctx, db, courseID, day)
	if errors.Is(err, models.ErrNoRow) {
		return Accredited{}, false, nil
	}
	if err != nil {
		return Accredited{}, false, err
	}
	a := Accredited{
		ID: row.ID, CourseID: row.CourseID, Body: row.Body, Programme: row.Programme, Reference: row.Reference,
		ValidFrom: row.ValidFrom, ValidTo: row.ValidTo, Demonstration: row.Demonstration,
	}
	if err := json.Unmarshal([]byte(row.Components), &a.Components); err != nil {
		return Accredited{}, false, fmt.Errorf("components of accreditation %d: %w", row.ID, err)
	}
	return a, true, nil
}

// Covers says that the day lies inside the record; both ends count.
func (a Accredited) Covers(day models.Date) bool {
	return !day.Before(a.ValidFrom) && !a.ValidTo.Before(day)
}

// Statement is the sentence for pages that sell: "This training programme is accredited by the Personalised Care Institute (PCI)."
func (a Accredited) Statement() string {
	return "This training programme is accredited by the " + a.Body + initials(a.Body) + "."
}

// DatesLine says how long the record lasts: "From 1 September 2025 to 31 August 2027, reference PCI-EXAMPLE".
func (a Accredited) DatesLine() string {
	line := "From " + a.ValidFrom.String() + " to " + a.ValidTo.String()
	if a.Reference != "" {
		line += ", reference " + a.Reference
	}
	if a.Demonstration {
		line += " (demonstration)"
	}
	return line
}

// FooterLine is the shorter sentence at the foot of every page.
func (a Accredited) FooterLine() string {
	return "Our training programme is accredited by the " + a.Body + " until " + a.ValidTo.String() + "."
}

// initials writes the first letters of a name of several words in brackets, with a space before: " (PCI)".
func initials(name string) string {
	var letters strings.Builder
	for _, word := range strings.Fields(name) {
		if first := []rune(word)[0]; unicode.IsUpper(first) {
			letters.WriteRune(first)
		}
	}
	if len([]rune(letters.String())) < 2 {
		return ""
	}
	return " (" + letters.String() + ")"
}
