package licensing

import (
	"context"
	"strings"
	"unicode/utf8"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// longestReason is the most letters a reason may have.
const longestReason = 500

// Suspend stops a licence for the time being; the office may. Its dates run on. The next request of its holder is refused. Errors:
// forbidden; not found; invalid with field "reason" or "grounds"; conflict when it is suspended already or has ended for good.
func (d Desk) Suspend(ctx context.Context, tx models.DB, actor access.Actor, licenceID int64, grounds Grounds, reason string) (Licence, error) {
	return d.changeStanding(ctx, tx, actor, licenceID, StandingSuspended, grounds, reason)
}

// Reinstate lifts a suspension. Errors as for Suspend.
func (d Desk) Reinstate(ctx context.Context, tx models.DB, actor access.Actor, licenceID int64, reason string) (Licence, error) {
	return d.changeStanding(ctx, tx, actor, licenceID, StandingLive, GroundsOther, reason)
}

// Revoke ends a licence for good. Nothing is deleted, the certificate stays, and another training begins another licence. Errors as
// for Suspend.
func (d Desk) Revoke(ctx context.Context, tx models.DB, actor access.Actor, licenceID int64, grounds Grounds, reason string) (Licence, error) {
	return d.changeStanding(ctx, tx, actor, licenceID, StandingRevoked, grounds, reason)
}

func (d Desk) changeStanding(ctx context.Context, tx models.DB, actor access.Actor, id int64, to Standing, grounds Grounds, typed string) (Licence, error) {
	if err := tx.MustBeTx(); err != nil {
		return Licence{}, err
	}
	if err := actor.Require(access.RoleOffice); err != nil {
		return Licence{}, err
	}
	reason, err := tidyReason(grounds, typed)
	if err != nil {
		return Licence{}, err
	}
	l, err := lockLicence(ctx, tx, id)
	if err != nil {
		return Licence{}, err
	}
	if !l.Standing.CanBecome(to) {
		return Licence{}, models.Fail(models.KindConflict, "%s", l.Standing.stays())
	}
	event, err := setStanding(ctx, tx, actor, l, to, grounds, reason)
	if err != nil {
		return Licence{}, err
	}
	err = access.Record(ctx, tx, actor, access.Entry{
		Action: "licence-" + to.verb(), SubjectKind: "licence", SubjectID: l.ID, OrganisationID: l.OrganisationAt(tx.Today()),
		Detail: map[string]any{"event": event, "grounds": grounds},
	})
	if err != nil {
		return Licence{}, err
	}
	if l, err = licenceByID(ctx, tx, access.System().Scope(), id); err != nil {
		return Licence{}, err
	}
	holder, err := access.FindPerson(ctx, tx, l.PersonID)
	if err != nil {
		return Licence{}, err
	}
	return l, d.tellStanding(ctx, tx, l, event, holder)
}

// tidyReason brings a reason to the form in which it is kept, and refuses grounds that nobody knows.
func tidyReason(grounds Grounds, typed string) (string, error) {
	var problems models.Problems
	switch grounds {
	case GroundsMisuse, GroundsRequest, GroundsOther:
	default:
		problems.Add("grounds", "Choose misuse, at their request or another reason")
	}
	reason := strings.Join(strings.Fields(typed), " ")
	if reason == "" {
		problems.Add("reason", "Say why")
	}
	if utf8.RuneCountInString(reason) > longestReason || !utf8.ValidString(reason) {
		problems.Add("reason", "Use %d characters or fewer", longestReason)
	}
	return reason, problems.Err()
}

// stays says why a licence cannot change as asked.
func (s Standing) stays() string {
	switch s {
	case StandingLive:
		return "This licence is not suspended"
	case StandingSuspended:
		return "This licence is suspended already"
	case StandingRevoked:
		return "This licence was withdrawn for good. Another training begins a new one"
	case StandingTransferred:
	}
	return "This licence was passed on to somebody else"
}

// verb is what the audit calls the change to a standing.
func (s Standing) verb() string {
	if s == StandingLive {
		return "reinstated"
	}
	return string(s)
}
