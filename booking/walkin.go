package booking

import (
	"context"
	"errors"
	"fmt"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/documents"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
)

// Came is somebody who came to a session without a place.
type Came struct {
	Person       PersonNamed
	Organisation string // who they say they came for; empty when they came for themselves
	RequestKey   string // one for each form shown: sent twice, it adds one person
}

// WalkedIn is where somebody who came without a place was put.
type WalkedIn struct {
	PlaceID   int64
	BookingID int64
	Joined    bool // on a place their organisation had bought for somebody to be named; otherwise the office has to invoice it
}

// WalkIn gives a person who came without a place one on a claimed session: the first unnamed place that the organisation they
// came for has bought, or else a place that is free. A free place is confirmed at once, at today's price; it is to be invoiced, and
// a task says so to the office. The session's own trainers and the office may. The caller has checked that it is the session's
// day. Errors: invalid with field "name", "email" or "organisation"; full when no place is free; conflict for a free place on a
// session that is not open access.
func WalkIn(ctx context.Context, tx models.DB, actor access.Actor, s scheduling.Session, came Came) (WalkedIn, error) {
	if err := s.RequireTrainer(actor); err != nil {
		return WalkedIn{}, err
	}
	if came.RequestKey == "" {
		return WalkedIn{}, errors.New("walk-in: the form has no request key")
	}
	made, known, err := byRequest(ctx, tx, came.RequestKey)
	if err != nil {
		return WalkedIn{}, err
	}
	if known {
		return walkedBefore(made, s)
	}
	if came, err = tidyCame(ctx, tx, s, came); err != nil {
		return WalkedIn{}, err
	}
	bought, found, err := boughtFor(ctx, tx, s, came.Organisation)
	if err != nil {
		return WalkedIn{}, err
	}
	if found {
		return WalkedIn{PlaceID: bought.ID, BookingID: bought.BookingID, Joined: true}, nameOn(ctx, tx, actor, bought.ID, came.Person)
	}
	return freePlace(ctx, tx, actor, s, came)
}

// walkedBefore is the answer to a form sent twice.
func walkedBefore(made Booking, s scheduling.Session) (WalkedIn, error) {
	if made.SessionID != s.ID || len(made.Places) != 1 {
		return WalkedIn{}, fmt.Errorf("booking %d was made by another form", made.ID)
	}
	return WalkedIn{PlaceID: made.Places[0].ID, BookingID: made.ID}, nil
}

// tidyCame brings what was typed to the form in which it is kept.
func tidyCame(ctx context.Context, tx models.DB, s scheduling.Session, came Came) (Came, error) {
	var problems models.Problems
	organisation, err := access.NormaliseName(came.Organisation)
	if err != nil {
		problems.Add("organisation", "%s", sentence(err))
	} else if !documents.PrintedWhole(organisation) {
		problems.Add("organisation", "%s", unprintable)
	}
	came.Organisation = organisation
	came.Person = tidyNewcomer(&problems, came.Person)
	if err := problems.Err(); err != nil {
		return came, err
	}
	return came, notThereYet(ctx, tx, s, came.Person)
}

func tidyNewcomer(problems *models.Problems, typed PersonNamed) PersonNamed {
	person := PersonNamed{Name: oneName(problems, "name", typed.Name, "Enter the person’s full name")}
	person.Email = oneEmail(problems, "email", person.Name, typed.Email)
	return person
}

// notThereYet refuses somebody who already has a place on the session.
func notThereYet(ctx context.Context, tx models.DB, s scheduling.Session, p PersonNamed) error {
	there, err := namedElsewhere(ctx, tx, s.ID, 0, []string{p.Email})
	if err == nil && there[p.Email] {
		return models.Invalid("email", "%s already has a place on this session", p.Name)
	}
	return err
}

// freePlace makes a booking of one place for the newcomer, under the session's lock as any other.
func freePlace(ctx context.Context, tx models.DB, actor access.Actor, s scheduling.Session, came Came) (WalkedIn, error) {
	if s.Route != scheduling.OpenAccess {
		return WalkedIn{}, models.Fail(models.KindConflict, "No place of this organisation’s own group is without a name. Ask the Hub office to add one")
	}
	if err := expireLapsed(ctx, tx, s.ID); err != nil {
		return WalkedIn{}, err
	}
	taken, err := takenByOthers(ctx, tx, s.ID, 0)
	if err != nil {
		return WalkedIn{}, err
	}
	if taken >= s.Capacity {
		return WalkedIn{}, models.Fail(models.KindFull, "This session is full: all %s are taken", models.Count(s.Capacity, "place"))
	}
	var problems models.Problems
	one := Booking{SessionID: s.ID, Places: make([]Place, 1)}
	if err := addOverLimit(ctx, tx, one, Details{Organisation: came.Organisation}, &problems); err != nil {
		return WalkedIn{}, err
	}
	if err := problems.Err(); err != nil {
		return WalkedIn{}, err
	}
	b, err := insertWalkIn(ctx, tx, actor, s, came)
	if err != nil {
		return WalkedIn{}, err
	}
	return WalkedIn{PlaceID: b.Places[0].ID, BookingID: b.ID}, tellOffice(ctx, tx, actor, b, came)
}

// tellOffice writes the audit row and the task: the price is still to be invoiced.
func tellOffice(ctx context.Context, tx models.DB, actor access.Actor, b Booking, came Came) error {
	err := access.Record(ctx, tx, actor, access.Entry{
		Action: "walk-in added", SubjectKind: "booking", SubjectID: b.ID, Detail: map[string]int64{"session": b.SessionID, "place": b.Places[0].ID},
	})
	if err != nil {
		return err
	}
	payer := "for themselves"
	if came.Organisation != "" {
		payer = "for " + came.Organisation
	}
	return billing.Raise(ctx, tx, TaskWalkIn, "booking", b.ID, fmt.Sprintf(
		"%s came without a place, %s, and got a free one (%s). Ask for the billing details and invoice it", came.Person.Name, payer, b.Reference()))
}

// NameOnTheDay names the person who came on a confirmed place of a claimed session that nobody is named for, also after the start.
// The session's own trainers and the office may. It sends no mail: the person is there. Errors: invalid with field "name" or
// "email"; not found for a place that the session does not have; conflict for one that has a name.
func NameOnTheDay(ctx context.Context, tx models.DB, actor access.Actor, s scheduling.Session, placeID int64, typed PersonNamed) error {
	if err := s.RequireTrainer(actor); err != nil {
		return err
	}
	all, err := attendeesOf(ctx, tx, s.ID)
	if err != nil {
		return err
	}
	for _, a := range all {
		if a.PlaceID != placeID {
			continue
		}
		if a.Named() {
			return models.Fail(models.KindConflict, "This place has been named for %s already", a.Name)
		}
		var problems models.Problems
		person := tidyNewcomer(&problems, typed)
		if err := problems.Err(); err != nil {
			return err
		}
		if err := notThereYet(ctx, tx, s, person); err != nil {
			return err
		}
		return nameOn(ctx, tx, actor, placeID, person)
	}
	return models.NotFound("This session has no such place")
}

// nameOn puts a person on an unnamed confirmed place, and writes the audit row. Those who bought the place are asked whether they know
// them: a name said at the door, or an address, proves nothing.
func nameOn(ctx context.Context, tx models.DB, actor access.Actor, placeID int64, p PersonNamed) error {
	place, err := placeByID(ctx, tx, placeID)
	if err != nil {
		return err
	}
	if err := writeName(ctx, tx, place, p); err != nil {
		return err
	}
	if place, err = placeByID(ctx, tx, placeID); err != nil {
		return err
	}
	if err := insertDoor(ctx, tx, actor, place); err != nil {
		return err
	}
	return access.Record(ctx, tx, actor, access.Entry{
		Action: "place named", SubjectKind: "place", SubjectID: placeID, Detail: map[string]any{"on_the_day": true},
	})
}
