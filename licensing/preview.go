package licensing

import (
	"context"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// Change is what a decision of the office about a licence would do, were it taken now.
type Change struct {
	Licence Licence // as it is until then
	Holder  access.Person
	Now     Decision // how it stands
	Then    Decision // how it would stand
	Misuse  Decision // how it would stand on grounds of misuse; as Then for a licence that is live again
}

// PreviewStanding says what Suspend, Reinstate or Revoke would do to a licence, and changes nothing; the office may. Errors:
// forbidden; not found; conflict when the licence cannot become so, in the words of the use case itself.
func PreviewStanding(ctx context.Context, db models.DB, actor access.Actor, licenceID int64, to Standing) (Change, error) {
	if err := actor.Require(access.RoleOffice); err != nil {
		return Change{}, err
	}
	l, err := licenceByID(ctx, db, actor.Scope(), licenceID)
	if err != nil {
		return Change{}, err
	}
	if !l.Standing.CanBecome(to) {
		return Change{}, models.Fail(models.KindConflict, "%s", l.Standing.stays())
	}
	holder, err := access.FindPerson(ctx, db, l.PersonID)
	now := db.Now()
	return Change{
		Licence: l, Holder: holder, Now: Decide(l, now),
		Then: Decide(l.as(to, GroundsOther, now), now), Misuse: Decide(l.as(to, GroundsMisuse, now), now),
	}, err
}

// as is the licence as it would stand had people decided so at an instant.
func (l Licence) as(to Standing, grounds Grounds, at time.Time) Licence {
	if to == StandingLive {
		grounds = ""
	}
	l.Standing, l.StandingSince, l.Grounds = to, at, grounds
	return l
}
