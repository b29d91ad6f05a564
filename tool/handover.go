package tool

import (
	"context"
	"strings"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/licensing"
	"hub.salford.ac.uk/ssph/models"
)

// Holders lists the people whose licence an organisation bought. LicensedBy answers it.
type Holders func(ctx context.Context, db models.DB, organisationID int64) ([]licensing.Holder, error)

// LicensedBy lists the people whose licence an organisation bought, to whoever works on its cases.
func LicensedBy(ctx context.Context, db models.DB, organisationID int64) ([]licensing.Holder, error) {
	return licensing.OfOrganisation(ctx, db, access.System().Scope(), organisationID)
}

// Handover is a case passed on to a colleague. Handovers are never changed or deleted.
type Handover struct {
	From   int64     `json:"from"`
	To     int64     `json:"to"`
	At     time.Time `json:"at"`
	By     int64     `json:"by"` // any colleague may, because people are ill and move on
	Reason string    `json:"reason"`
}

// Colleague is somebody to whom a case can be handed.
type Colleague struct {
	PersonID int64
	Name     string
}

// Colleagues lists to whom a case can be handed: everybody of its organisation whose licence allows the tool now, but the one who
// has it. Nobody for a case that is a person's own. Errors: as Open.
func (d Desk) Colleagues(ctx context.Context, tx models.DB, actor access.Actor, caseID int64) ([]Colleague, error) {
	w, err := d.reach(ctx, tx, actor, caseID, licensing.UseRead)
	if err != nil {
		return nil, err
	}
	return d.colleagues(ctx, tx, w.row)
}

func (d Desk) colleagues(ctx context.Context, tx models.DB, row caseRow) ([]Colleague, error) {
	if row.OrganisationID == nil {
		return nil, nil
	}
	holders, err := d.Holders(ctx, tx, *row.OrganisationID)
	if err != nil {
		return nil, err
	}
	var all []Colleague
	for _, h := range holders {
		works := h.Licence.WorksForAt(tx.Today())
		if h.PersonID != row.holder() && works != nil && *works == *row.OrganisationID && licensing.Decide(h.Licence, tx.Now()).Allowed {
			all = append(all, Colleague{h.PersonID, calledOr(h.Name, h.Email)})
		}
	}
	return all, nil
}

// HandOver passes a case on to a colleague; to whoever has it already it changes nothing. The one who had it still reaches it as a colleague, while their own licence allows the
// tool; once it does not, the case is no longer among those they can read. Errors: as SaveNote; invalid with fields "colleague" and
// "reason".
func (d Desk) HandOver(ctx context.Context, tx models.DB, actor access.Actor, caseID, to int64, reason string) error {
	w, err := d.write(ctx, tx, actor, caseID)
	if err != nil {
		return err
	}
	if to == w.row.holder() {
		return nil // the button was pressed twice
	}
	colleagues, err := d.colleagues(ctx, tx, w.row)
	if err != nil {
		return err
	}
	var wrong models.Problems
	if _, ok := find(colleagues, func(c Colleague) bool { return c.PersonID == to }); !ok {
		wrong.Add("colleague", "Choose a colleague whose licence allows the tool")
	}
	tidyAll(&wrong, map[string]*string{"reason": &reason})
	if strings.TrimSpace(reason) == "" {
		wrong.Add("reason", "Write why the case is handed over")
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	ordinal, err := w.passOn(ctx, tx, to)
	if err != nil {
		return err
	}
	if err := w.putText(ctx, tx, handoverText(ordinal), reason); err != nil {
		return err
	}
	return w.record(ctx, tx, "case handed over", map[string]int64{"from": w.row.holder(), "to": to})
}

func handoverText(ordinal int) string { return numbered(handoverPlace, int64(ordinal)) }

// calledOr is a person's name, or the address by which they are known without one.
func calledOr(name, email string) string {
	if name == "" {
		return email
	}
	return name
}
