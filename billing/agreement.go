package billing

import (
	"context"
	"strings"
	"unicode/utf8"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/documents"
	"hub.salford.ac.uk/ssph/models"
)

// Agreement is a discount that the office has given an organisation. It holds from its first to its last day, both counted, for
// open-access places that the organisation books on those days. Discounts never add up: of two agreements that hold on one day the
// one entered last counts.
type Agreement struct {
	ID             int64
	OrganisationID int64
	Discount       models.Percent
	Reason         string      // stands on invoices
	From           models.Date // its first day
	To             models.Date // its last day, as agreed
	EndedOn        models.Date // its last day, when it was ended before To; else no day
	EndReason      string
}

// LastDay is the last day on which it holds.
func (a Agreement) LastDay() models.Date {
	if !a.EndedOn.IsZero() && a.EndedOn.Before(a.To) {
		return a.EndedOn
	}
	return a.To
}

// HoldsOn says that it holds on a day.
func (a Agreement) HoldsOn(day models.Date) bool {
	return !day.Before(a.From) && !a.LastDay().Before(day)
}

// agreementOn picks the one that counts on a day; the zero Agreement when none does.
func agreementOn(all []Agreement, day models.Date) Agreement {
	var best Agreement
	for _, a := range all {
		if a.HoldsOn(day) && a.ID > best.ID {
			best = a
		}
	}
	return best
}

// AgreementOn is the agreement that counts for what an organisation books on a day; the zero Agreement, with no discount, when it has
// none. What it says about a day that is over never changes: agreements begin and end today or later.
func AgreementOn(ctx context.Context, db models.DB, organisation int64, day models.Date) (Agreement, error) {
	all, err := agreementsOf(ctx, db, []int64{organisation})
	return agreementOn(all, day), err
}

// Agree gives an organisation a discount. Only the office may. Errors: invalid with field "percent", "reason", "from" or "to"; an
// agreement that holds on one of the days already is named beside "from".
func Agree(ctx context.Context, tx models.DB, actor access.Actor, a Agreement) (Agreement, error) {
	a, err := CheckAgreement(ctx, tx, actor, a)
	if err != nil {
		return Agreement{}, err
	}
	if a, err = insertAgreement(ctx, tx, actor, a); err != nil {
		return Agreement{}, err
	}
	return a, access.Record(ctx, tx, actor, access.Entry{
		Action: "discount agreed", SubjectKind: "organisation", SubjectID: a.OrganisationID, OrganisationID: &a.OrganisationID,
		Detail: map[string]any{"agreement": a.ID, "thousandths": a.Discount, "from": a.From.ISO(), "to": a.To.ISO()},
	})
}

// CheckAgreement looks at what Agree would make, and writes nothing: for the page that shows it first. Errors as for Agree.
func CheckAgreement(ctx context.Context, db models.DB, actor access.Actor, a Agreement) (Agreement, error) {
	if err := actor.Require(access.RoleOffice); err != nil {
		return Agreement{}, err
	}
	a.Reason = strings.Join(strings.Fields(a.Reason), " ")
	if err := a.check(db.Today()).Err(); err != nil {
		return Agreement{}, err
	}
	all, err := agreementsOf(ctx, db, []int64{a.OrganisationID})
	if err != nil {
		return Agreement{}, err
	}
	for _, other := range all {
		if !other.LastDay().Before(a.From) && !a.To.Before(other.From) && !other.LastDay().Before(other.From) {
			return Agreement{}, models.Invalid("from", "%s is agreed already up to %s. End that first, or begin after it", other.Discount, other.LastDay())
		}
	}
	return a, nil
}

func (a Agreement) check(today models.Date) models.Problems {
	var p models.Problems
	if a.Discount < 1 || a.Discount > models.HundredPercent {
		p.Add("percent", "Enter a discount above 0 and up to 100, like 12.5")
	}
	CheckDiscountReason(&p, a.Reason)
	switch {
	case a.From.IsZero():
		p.Add("from", "Enter the first day, like 14 January 2027")
	case a.From.Before(today):
		p.Add("from", "The first day must be today or later: what was booked before keeps its price")
	}
	switch {
	case a.To.IsZero():
		p.Add("to", "Enter the last day, like 13 January 2028")
	case !a.From.IsZero() && a.To.Before(a.From):
		p.Add("to", "The last day must be the first day or later")
	}
	return p
}

// CheckDiscountReason adds what is wrong with the reason of a discount, which stands on quotes and invoices, with field "reason".
func CheckDiscountReason(p *models.Problems, reason string) {
	const most = 200
	switch {
	case reason == "":
		p.Add("reason", "Enter the reason: it stands on the invoice")
	case !utf8.ValidString(reason) || !documents.Printable(reason):
		p.Add("reason", "Our invoices cannot print some of these letters. Type the reason in Latin letters")
	case utf8.RuneCountInString(reason) > most:
		p.Add("reason", "The reason must be %d characters or fewer", most)
	}
}

// EndAgreement ends an agreement before its day, with today or a later day as its last. Only the office may. Errors: invalid with
// field "last-day" or "end-reason"; conflict when it has ended or was ended before.
func EndAgreement(ctx context.Context, tx models.DB, actor access.Actor, id int64, last models.Date, reason string) error {
	if err := actor.Require(access.RoleOffice); err != nil {
		return err
	}
	a, err := agreementByID(ctx, tx, id)
	if err != nil {
		return err
	}
	if !a.EndedOn.IsZero() || a.To.Before(tx.Today()) {
		return models.Fail(models.KindConflict, "This agreement has ended already")
	}
	var p models.Problems
	switch {
	case last.IsZero():
		p.Add("last-day", "Enter the last day, like 14 January 2027")
	case last.Before(tx.Today()):
		p.Add("last-day", "The last day must be today or later: what was booked before keeps its price")
	case !last.Before(a.To):
		p.Add("last-day", "It ends on %s anyway", a.To)
	}
	if reason = strings.Join(strings.Fields(reason), " "); reason == "" || utf8.RuneCountInString(reason) > 500 {
		p.Add("end-reason", "Enter why it ends, in 500 characters or fewer")
	}
	if err := p.Err(); err != nil {
		return err
	}
	if err := insertEnding(ctx, tx, actor, id, last, reason); err != nil {
		return err
	}
	return access.Record(ctx, tx, actor, access.Entry{
		Action: "discount ended", SubjectKind: "organisation", SubjectID: a.OrganisationID, OrganisationID: &a.OrganisationID,
		Detail: map[string]any{"agreement": id, "last_day": last.ISO()},
	})
}
