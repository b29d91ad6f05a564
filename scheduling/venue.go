package scheduling

import (
	"context"
	"errors"
	"strings"
	"unicode"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// Venue is where face-to-face sessions happen.
type Venue struct {
	ID            int64
	Name          string
	Address       string // lines without town and postcode
	Town          string
	Postcode      string
	StepFree      bool
	HearingLoop   bool
	Demonstration bool
}

// Lines is the whole address, line by line, beginning with the name.
func (v Venue) Lines() []string {
	lines := []string{v.Name}
	for _, line := range strings.Split(v.Address, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return append(lines, v.Town, v.Postcode)
}

// Venues lists every venue by town and name.
func Venues(ctx context.Context, db models.DB) ([]Venue, error) {
	rows, err := allVenues(ctx, db)
	if err != nil {
		return nil, err
	}
	venues := make([]Venue, 0, len(rows))
	for _, r := range rows {
		venues = append(venues, Venue(r))
	}
	return venues, nil
}

// AddVenue adds a venue; the office may. The ID given is ignored. What is wrong comes back as Refused, with the fields "name",
// "address", "town" and "postcode".
func AddVenue(ctx context.Context, tx models.DB, actor access.Actor, v Venue) (Venue, error) {
	if err := actor.Require(access.RoleOffice); err != nil {
		return Venue{}, err
	}
	v.ID, v.Name = 0, strings.TrimSpace(v.Name)
	v.Address = strings.TrimSpace(strings.ReplaceAll(v.Address, "\r\n", "\n")) // browsers send both characters
	v.Town, v.Postcode = strings.TrimSpace(v.Town), strings.ToUpper(strings.TrimSpace(v.Postcode))
	if problems := v.problems(); len(problems) > 0 {
		return Venue{}, problems.Err()
	}
	row, err := insertVenue(ctx, tx, venueRow(v))
	if errors.Is(err, models.ErrDuplicate) {
		return Venue{}, models.Invalid("name", "There is already a venue called %s", v.Name).Because(err)
	}
	if err != nil {
		return Venue{}, err
	}
	return Venue(row), access.Record(ctx, tx, actor, access.Entry{Action: "venue-added", SubjectKind: "venue", SubjectID: row.ID})
}

// The longest texts a venue may have, in characters.
const (
	venueNameMost    = 120
	venueAddressMost = 400
	postcodeMost     = 12
)

func (v Venue) problems() models.Problems {
	var p models.Problems
	for _, field := range []struct {
		name, value, empty string
		most               int
	}{
		{"name", v.Name, "Enter the venue’s name", venueNameMost},
		{"address", v.Address, "Enter the venue’s address", venueAddressMost},
		{"town", v.Town, "Enter the town", venueNameMost},
		{"postcode", v.Postcode, "Enter the postcode", postcodeMost},
	} {
		switch {
		case field.value == "":
			p.Add(field.name, "%s", field.empty)
		case len([]rune(field.value)) > field.most:
			p.Add(field.name, "Use %d characters or fewer", field.most)
		case strings.ContainsFunc(field.value, forbiddenRune(field.name == "address")):
			p.Add(field.name, "Use letters, numbers and ordinary punctuation only")
		}
	}
	return p
}

// forbiddenRune refuses characters that do not print: they break calendar files and documents. Several lines may be allowed.
func forbiddenRune(lines bool) func(rune) bool {
	return func(r rune) bool {
		if lines && r == '\n' {
			return false
		}
		return !unicode.IsPrint(r)
	}
}
