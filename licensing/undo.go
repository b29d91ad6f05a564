package licensing

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/delivery"
	"hub.salford.ac.uk/ssph/models"
)

// Undone is what undoing one completion takes from a person.
type Undone struct {
	Completion  delivery.Completion
	Certificate Certificate
	Before      Licence // as it is until then
	After       Licence // as it is left
}

// Lines say what is withdrawn, for the person who is about to do it.
func (u Undone) Lines() []string {
	var lines []string
	if u.Certificate.Valid() {
		lines = append(lines, "Certificate "+u.Certificate.Code.String()+" is withdrawn")
	}
	if line := u.licenceLine(); line != "" {
		lines = append(lines, line)
	}
	return lines
}

// licenceLine says what becomes of the licence; empty when nothing of it stood on the completion any more.
func (u Undone) licenceLine() string {
	switch left := len(u.After.Periods); left {
	case len(u.Before.Periods):
		return ""
	case 0:
		return "Licence " + u.Before.Reference() + " ends at once"
	default:
		return "Licence " + u.Before.Reference() + " then runs up to the end of " + u.After.Periods[left-1].LastDay.String()
	}
}

// PreviewUndo says what UndoSession would withdraw, by name, and changes nothing. Errors as for delivery.PreviewUndo.
func PreviewUndo(ctx context.Context, db models.DB, actor access.Actor, sessionID int64) ([]Undone, error) {
	completions, err := delivery.PreviewUndo(ctx, db, actor, sessionID)
	if err != nil {
		return nil, err
	}
	all := make([]Undone, 0, len(completions))
	for _, c := range completions {
		id, err := licenceOfCause(ctx, db, CauseCompletion, c.ID)
		if err != nil {
			return nil, err
		}
		licence, err := licenceByID(ctx, db, access.System().Scope(), id)
		if err != nil {
			return nil, err
		}
		one, _, err := plan(ctx, db, licence, c)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}

// UndoSession undoes the completion of a session until the end of the London day on which it was completed: completions and
// certificates are withdrawn, the periods they made are taken back, later periods of the same licences move up, and everybody
// concerned is told. The register is open again. Errors as for delivery.Undo.
func (d Desk) UndoSession(ctx context.Context, tx models.DB, actor access.Actor, sessionID int64, reason string) ([]Undone, error) {
	completions, err := delivery.Undo(ctx, tx, actor, sessionID, reason)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(completions, func(a, b delivery.Completion) int { return cmp.Compare(a.PersonID, b.PersonID) })
	all := make([]Undone, 0, len(completions))
	for _, c := range completions {
		one, err := d.undo(ctx, tx, actor, c)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	slices.SortStableFunc(all, func(a, b Undone) int { return cmp.Compare(a.Completion.PersonName, b.Completion.PersonName) })
	return all, nil
}

func (d Desk) undo(ctx context.Context, tx models.DB, actor access.Actor, c delivery.Completion) (Undone, error) {
	id, err := licenceOfCause(ctx, tx, CauseCompletion, c.ID)
	if err != nil {
		return Undone{}, err
	}
	licence, err := lockLicence(ctx, tx, id)
	if err != nil {
		return Undone{}, err
	}
	one, changed, err := plan(ctx, tx, licence, c)
	if err != nil {
		return Undone{}, err
	}
	if one.Certificate.Valid() { // the office may have withdrawn it before
		if err := insertWithdrawal(ctx, tx, actor, one.Certificate.ID, c.Reason); err != nil {
			return Undone{}, err
		}
	}
	if err := replacePeriods(ctx, tx, actor, one, changed, c.Reason); err != nil {
		return Undone{}, err
	}
	if one.After, err = licenceByID(ctx, tx, access.System().Scope(), id); err != nil {
		return Undone{}, err
	}
	if err := recordUndo(ctx, tx, actor, one); err != nil {
		return Undone{}, err
	}
	return one, d.tellWithdrawn(ctx, tx, one)
}

// plan works out what undoing a completion does to its person's licence. changed are the periods that are taken back, in order.
func plan(ctx context.Context, db models.DB, l Licence, c delivery.Completion) (one Undone, changed []Period, err error) {
	certificates, err := certificatesOfCompletions(ctx, db, []int64{c.ID})
	if err != nil {
		return Undone{}, nil, err
	}
	certificate, there := certificates[c.ID]
	if !there {
		return Undone{}, nil, fmt.Errorf("completion %d has no certificate", c.ID)
	}
	one = Undone{Completion: c, Certificate: certificate, Before: l, After: l}
	book, err := loadTerms(ctx, db)
	if err != nil {
		return Undone{}, nil, err
	}
	one.After.Periods, changed = l.without(c.ID)
	for i := range one.After.Periods {
		p := &one.After.Periods[i]
		if p.Terms, err = book.on(p.LastDay); err != nil {
			return Undone{}, nil, err
		}
	}
	return one, changed, nil
}

// without is the chain as it would be had the completion never been, and the periods that this changes: the completion's own, and
// those after it whose dates or numbers move. A period that moves keeps its cause and its length.
func (l Licence) without(completionID int64) (left, changed []Period) {
	var rebuilt Licence
	for i, p := range l.Periods {
		if p.Cause.Kind == CauseCompletion && p.Cause.ID == completionID {
			changed = append(changed, p)
			continue
		}
		terms := p.Terms
		if terms.Years = p.Years; i > 0 && p.goesOn() {
			terms.Years -= l.Periods[i-1].Years
		}
		next := rebuilt.Next(p.Cause.On, terms)
		if next.No == p.No && next.AnchorOn == p.AnchorOn && next.StartsOn == p.StartsOn && next.LastDay == p.LastDay {
			rebuilt.Periods = append(rebuilt.Periods, p)
			continue
		}
		next.OrganisationID, next.Cause, next.Terms = p.OrganisationID, p.Cause, p.Terms
		rebuilt.Periods = append(rebuilt.Periods, next)
		changed = append(changed, p)
	}
	return rebuilt.Periods, changed
}

// replacePeriods takes the changed periods back and writes those that take their place.
func replacePeriods(ctx context.Context, tx models.DB, actor access.Actor, u Undone, changed []Period, reason string) error {
	was := map[causeKey]int64{}
	for _, p := range changed {
		if err := insertVoid(ctx, tx, actor, p.ID, reason); err != nil {
			return err
		}
		was[p.Cause.key()] = p.ID
	}
	for _, p := range u.After.Periods {
		if p.ID != 0 {
			continue
		}
		old := was[p.Cause.key()]
		if _, err := insertPeriod(ctx, tx, actor, u.After, p, &old); err != nil {
			return err
		}
	}
	return nil
}

func recordUndo(ctx context.Context, tx models.DB, actor access.Actor, u Undone) error {
	if u.Certificate.Valid() {
		if err := recordWithdrawal(ctx, tx, actor, u); err != nil {
			return err
		}
	}
	if len(u.Before.Periods) == len(u.After.Periods) {
		return nil
	}
	return access.Record(ctx, tx, actor, access.Entry{
		Action: "licence-period-voided", SubjectKind: "licence", SubjectID: u.Before.ID, OrganisationID: u.Completion.OrganisationID,
		Detail: map[string]int64{"completion": u.Completion.ID, "periods_left": int64(len(u.After.Periods))},
	})
}

func recordWithdrawal(ctx context.Context, tx models.DB, actor access.Actor, u Undone) error {
	return access.Record(ctx, tx, actor, access.Entry{
		Action: "certificate-withdrawn", SubjectKind: "certificate", SubjectID: u.Certificate.ID, OrganisationID: u.Completion.OrganisationID,
		Detail: map[string]int64{"completion": u.Completion.ID, "person": u.Completion.PersonID},
	})
}
