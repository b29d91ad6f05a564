package handlers

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strings"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/delivery"
	"hub.salford.ac.uk/ssph/licensing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

// orgTraining is what became of an organisation's places: who completed the training, and the licences that came from it.
type orgTraining struct {
	organisation int64
	today        models.Date
	completions  map[int64]delivery.Completion // that stand, by place
	outcomes     map[int64]booking.Outcome     // by place, where the session is over and there is no completion
	licences     map[int64]orgLicence          // by completion
	holders      []licensing.Holder
}

// orgLicence is the licence that a completion made or extended, with that period.
type orgLicence struct {
	licensing.Holder
	period licensing.Period
}

func (s *Site) orgTraining(ctx context.Context, scope access.Scope, organisation int64, v organisationView) (orgTraining, error) {
	t := orgTraining{
		organisation: organisation, today: models.DateOf(v.now), completions: map[int64]delivery.Completion{}, outcomes: map[int64]booking.Outcome{},
		licences: map[int64]orgLicence{},
	}
	completed, err := delivery.Completions(ctx, s.db, scope, delivery.Filter{OrganisationID: organisation, Live: true})
	if err != nil {
		return t, err
	}
	for _, c := range completed {
		t.completions[c.PlaceID] = c
	}
	if t.holders, err = licensing.OfOrganisation(ctx, s.db, scope, organisation); err != nil {
		return t, err
	}
	for _, h := range t.holders {
		for _, p := range h.Licence.Periods {
			if p.Cause.Kind == licensing.CauseCompletion {
				t.licences[p.Cause.ID] = orgLicence{h, p}
			}
		}
	}
	return t, s.addOutcomes(ctx, v, t)
}

// addOutcomes reads what the registers say of the places without a completion.
func (s *Site) addOutcomes(ctx context.Context, v organisationView, t orgTraining) error {
	sessions := map[int64]bool{}
	v.places(func(b booking.Booking, p booking.Place) {
		if _, done := t.completions[p.ID]; !done && v.sessions[b.SessionID].HasStarted(v.now) {
			sessions[b.SessionID] = true
		}
	})
	for id := range sessions {
		found, err := booking.Outcomes(ctx, s.db, id)
		if err != nil {
			return err
		}
		for place, outcome := range found {
			t.outcomes[place] = outcome
		}
	}
	return nil
}

// licenceOf is the licence that the training on this place made or extended.
func (t orgTraining) licenceOf(p booking.Place) (orgLicence, bool) {
	c, done := t.completions[p.ID]
	if !done {
		return orgLicence{}, false
	}
	l, there := t.licences[c.ID]
	return l, there
}

// renewals are the licences that end soon or are in grace and that the organisation bought, one line for each last day.
func (t orgTraining) renewals() []due {
	byDay := map[models.Date][]licensing.Holder{}
	for _, h := range t.holders {
		soon := h.Decision.State == licensing.StateExpiring || h.Decision.State == licensing.StateGrace
		if buyer := h.Licence.OrganisationAt(t.today); soon && buyer != nil && *buyer == t.organisation {
			byDay[h.Decision.LastDay] = append(byDay[h.Decision.LastDay], h)
		}
	}
	var all []due
	for day, holders := range byDay {
		ends := "All end on "
		if len(holders) == 1 {
			ends = "It ends on "
		}
		by := ends + day.String()
		if day.Before(t.today) {
			by = "Ended on " + day.String() + ", grace up to " + holders[0].Decision.GraceEnds.String()
		}
		what := "Renew " + models.Count(len(holders), "licence")
		all = append(all, due{day, templates.ToDo{What: what, By: by, Link: &templates.Action{Label: "Ask the Hub", URL: renewAllURL(holders)}}})
	}
	slices.SortFunc(all, func(a, b due) int { return cmp.Compare(a.on.ISO(), b.on.ISO()) })
	return all
}

// renewAllURL is a letter to the Hub that names the licences.
func renewAllURL(holders []licensing.Holder) string {
	words := []string{"We would like to renew these licences:"}
	for _, h := range holders {
		words = append(words, h.Licence.Reference()+", last day "+h.Decision.LastDay.String())
	}
	return "/contact?" + url.Values{"topic": {"licence"}, "message": {strings.Join(words, "\n")}}.Encode()
}
