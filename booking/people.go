package booking

import (
	"context"
	"fmt"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
)

// PersonNamed is what was typed for one place: a name and an address, or neither to name the person later.
type PersonNamed struct {
	Name  string
	Email string
}

// empty says that nobody is named.
func (p PersonNamed) empty() bool { return p.Name == "" && p.Email == "" }

// NamePeople says who takes the places of a booking that is still held, one entry a place, in order. Errors: one sentence for each
// field at fault, named person-1-name, person-1-email and so on.
func NamePeople(ctx context.Context, tx models.DB, actor access.Actor, id int64, people []PersonNamed) (Booking, error) {
	b, session, err := claimBooking(ctx, tx, actor.Scope(), id)
	if err != nil {
		return Booking{}, err
	}
	if err := stillHeld(b, tx); err != nil {
		return Booking{}, err
	}
	if len(people) != len(b.Places) {
		return Booking{}, models.Fail(models.KindConflict, "The number of places changed meanwhile. Look at the booking again")
	}
	people, problems := tidyPeople(people)
	if err := addClashes(ctx, tx, b, people, &problems); err != nil {
		return Booking{}, err
	}
	if err := problems.Err(); err != nil {
		return Booking{}, err
	}
	if err := writeNames(ctx, tx, b, people); err != nil {
		return Booking{}, err
	}
	err = access.Record(ctx, tx, actor, access.Entry{
		Action: "people named", SubjectKind: "booking", SubjectID: b.ID, OrganisationID: b.OrganisationID,
		Detail: map[string]any{"session": session.ID, "unnamed": countEmpty(people)},
	})
	if err != nil {
		return Booking{}, err
	}
	return Find(ctx, tx, actor.Scope(), id)
}

// claimBooking takes the lock of a booking's session and reads both again under it.
func claimBooking(ctx context.Context, tx models.DB, scope access.Scope, id int64) (Booking, scheduling.Session, error) {
	sessionID, err := sessionOf(ctx, tx, id)
	if err != nil {
		return Booking{}, scheduling.Session{}, err
	}
	session, err := scheduling.Claim(ctx, tx, sessionID)
	if err != nil {
		return Booking{}, scheduling.Session{}, err
	}
	b, err := claimedBooking(ctx, tx, scope, id, sessionID)
	return b, session, err
}

// stillHeld refuses a booking that cannot be filled in any more.
func stillHeld(b Booking, tx models.DB) error {
	switch {
	case b.Status == Confirmed:
		return models.Fail(models.KindConflict, "This booking is already confirmed")
	case b.Status != Held || !tx.Now().Before(b.HoldUntil):
		return models.Fail(models.KindGone, "We could hold your places only until %s. What you typed is kept. See if they are still free",
			models.ClockTime(b.HoldUntil))
	}
	return nil
}

// PeopleProblems says what is wrong with the people of a form in itself, before anything is looked up: for a page that has more
// to say about the same form. NamePeople finds the same again.
func PeopleProblems(people []PersonNamed) models.Problems {
	_, problems := tidyPeople(people)
	return problems
}

func field(n int, which string) string { return fmt.Sprintf("person-%d-%s", n, which) }

// tidyPeople brings names and addresses to the form in which they are kept and finds what needs mending within the form itself.
func tidyPeople(people []PersonNamed) ([]PersonNamed, models.Problems) {
	var problems models.Problems
	out := make([]PersonNamed, len(people))
	first := map[string]int{}
	for i, p := range people {
		n := i + 1
		if p.empty() {
			continue
		}
		p.Name = oneName(&problems, field(n, "name"), p.Name, fmt.Sprintf("Enter the name of person %d, or name them later", n))
		email, err := access.NormaliseEmail(p.Name, p.Email)
		if err != nil {
			problems.Add(field(n, "email"), "%s", sentence(err))
			continue
		}
		p.Email = email
		if before, twice := first[email]; twice {
			problems.Add(field(n, "email"), "Person %d has the same email. Each person needs their own", before)
		}
		first[email] = n
		out[i] = p
	}
	return out, problems
}

// addClashes finds people who already have a place on the session through another booking.
func addClashes(ctx context.Context, tx models.DB, b Booking, people []PersonNamed, problems *models.Problems) error {
	var emails []string
	for _, p := range people {
		if p.Email != "" {
			emails = append(emails, p.Email)
		}
	}
	there, err := namedElsewhere(ctx, tx, b.SessionID, b.ID, emails)
	for i, p := range people {
		if there[p.Email] {
			problems.Add(field(i+1, "email"), "%s already has a place on this session", p.Name)
		}
	}
	return err
}

func countEmpty(people []PersonNamed) int {
	n := 0
	for _, p := range people {
		if p.empty() {
			n++
		}
	}
	return n
}
