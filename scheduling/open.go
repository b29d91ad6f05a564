package scheduling

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// OpenSession opens a session; the office may, and a trainer for themselves alone, see forSelf. The trainers are taken for its
// parts, with travel around those that are face to face (setting travel_minutes). Nothing is written when something is wrong: what the form says wrongly comes back as errors with
// fields, see ProblemsOf; a trainer who is elsewhere is a conflict with field "trainers" whose cause is models.ErrOverlap. A
// session outside the dates of an accreditation may be opened: see Warnings.
func OpenSession(ctx context.Context, tx models.DB, actor access.Actor, n NewSession) (Session, error) {
	if err := tx.MustBeTx(); err != nil {
		return Session{}, err
	}
	n, err := n.forSelf(ctx, tx, actor)
	if err != nil {
		return Session{}, err
	}
	settings, err := access.LoadSettings(ctx, tx)
	if err != nil {
		return Session{}, err
	}
	n = n.tidy(settings.SessionCapacity)
	parts, problems := n.problems(tx.Now())
	if err := n.checkRows(ctx, tx, &problems); err != nil {
		return Session{}, err
	}
	if len(problems) > 0 {
		return Session{}, problems.Err()
	}
	busy := busySpans(parts, n.Format, time.Duration(settings.TravelMinutes)*time.Minute)
	if err := n.takeTrainers(ctx, tx, 0, parts, busy); err != nil {
		return Session{}, err
	}
	id, err := insertSession(ctx, tx, n, parts, busy)
	if err != nil {
		return Session{}, n.refusal(err)
	}
	if err := recordSession(ctx, tx, actor, "session-opened", id, n.OrganisationID, n.facts()); err != nil {
		return Session{}, err
	}
	return FindAny(ctx, tx, id)
}

// tidy brings what was typed to one form: the setting's capacity where none is given, and trainers once each, in the order of
// their ids, which is the order of their locks.
func (n NewSession) tidy(usualCapacity int) NewSession {
	n.JoinLink = strings.TrimSpace(n.JoinLink)
	if n.Capacity == 0 {
		n.Capacity = usualCapacity
		if n.Route == OneToOne {
			n.Capacity = 1
		}
	}
	n.TrainerIDs = slices.Compact(slices.Sorted(slices.Values(n.TrainerIDs)))
	return n
}

// checkRows says which of the things chosen are not there.
func (n NewSession) checkRows(ctx context.Context, tx models.DB, p *models.Problems) error {
	there, err := courseExists(ctx, tx, n.CourseID)
	if err != nil {
		return err
	}
	if !there {
		p.Add(FieldCourse, "Choose a course")
	}
	if n.Format == FaceToFace {
		_, err := venueByID(ctx, tx, n.VenueID)
		if errors.Is(err, models.ErrNoRow) {
			p.Add(FieldVenue, "Choose a venue")
			return nil
		}
		return err
	}
	return nil
}

// takeTrainers locks the trainers' diaries, in ascending order of ids, and refuses a trainer who is away or elsewhere. The times
// of the session that is moved, if one is, do not count.
func (n NewSession) takeTrainers(ctx context.Context, tx models.DB, moved int64, parts []Part, busy []span) error {
	for _, id := range n.TrainerIDs {
		active, err := lockTrainer(ctx, tx, id)
		if err != nil {
			return err
		}
		if !active {
			return models.Invalid(FieldTrainers, "Choose trainers from the list")
		}
		several := parts[0].Day() != parts[len(parts)-1].Day()
		for i, part := range parts {
			taken, found, err := engagementOf(ctx, tx, id, moved, busy[i])
			if err != nil {
				return err
			}
			if found {
				return clash(taken, part, busy[i], several)
			}
		}
	}
	return nil
}

// refusal says what the database's refusal of a new session means.
func (n NewSession) refusal(err error) error {
	switch {
	case errors.Is(err, models.ErrOverlap):
		return elsewhere(err)
	case errors.Is(err, models.ErrForeignKey) && n.OrganisationID != 0:
		return models.Invalid(FieldOrganisation, "Choose an organisation from the list").Because(err)
	}
	return err
}

// facts is what the audit keeps about a new session.
func (n NewSession) facts() map[string]any {
	return map[string]any{
		"route": n.Route, "format": n.Format, "capacity": n.Capacity, "trainers": n.TrainerIDs,
		"first_day": n.Parts[0].Day.ISO(), "parts": len(n.Parts), "published": n.Publish,
	}
}

// recordSession writes the audit row of a change to a session.
func recordSession(ctx context.Context, tx models.DB, actor access.Actor, action string, id, organisationID int64, detail any) error {
	entry := access.Entry{Action: action, SubjectKind: "session", SubjectID: id, Detail: detail}
	if organisationID != 0 {
		entry.OrganisationID = &organisationID
	}
	return access.Record(ctx, tx, actor, entry)
}
