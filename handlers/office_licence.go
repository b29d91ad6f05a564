package handlers

import (
	"errors"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/licensing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

// decisionForm is what was typed about a decision on a licence.
type decisionForm templates.DecisionFields

func decisionFrom(typed url.Values) decisionForm {
	return decisionForm{Grounds: line(typed, "grounds"), Reason: lines(typed, "reason")}
}

func licenceDecisionURL(l licensing.Licence, verb string) string {
	return "/office/licences/" + l.Reference() + "/" + verb
}

// officeDecision asks before a licence is suspended, reinstated or revoked: it says what will happen first.
func (s *Site) officeDecision(d licenceDecision) echo.HandlerFunc {
	return func(c echo.Context) error {
		return s.officeDecisionPage(c, http.StatusOK, d, decisionForm{}, nil)
	}
}

func (s *Site) officeDecisionPage(c echo.Context, status int, d licenceDecision, form decisionForm, problems models.Problems) error {
	id, err := licensing.ParseReference(c.Param("licence"))
	if err != nil {
		return err
	}
	ahead, err := licensing.PreviewStanding(c.Request().Context(), s.db, actorOf(c), id, d.to)
	if err != nil {
		return s.decided(c, id, err)
	}
	name := ahead.Holder.Called()
	page := templates.OfficeDecisionPage{
		Page: s.officePage(c, d.title+" licence "+ahead.Licence.Reference(), "people"), Back: toOfficePerson(ahead.Holder.ID, name),
		URL: licenceDecisionURL(ahead.Licence, d.verb), Heading: d.title + " licence " + ahead.Licence.Reference() + "?", Rows: changeRows(ahead), Happens: d.happens(ahead),
		Sees: holderSees(ahead.Then), Form: templates.DecisionFields(form), AskGrounds: d.to != licensing.StandingLive, Button: d.title + " this licence",
	}
	if ahead.Misuse.Sentence != ahead.Then.Sentence {
		page.SeesMisuse = holderSees(ahead.Misuse)
	}
	page.Background, page.Problems = templates.White, problems
	return s.render(c, status, "office-decision", page)
}

// officeDecide takes the decision. It holds from the holder's next request; a second press of the button changes nothing.
func (s *Site) officeDecide(d licenceDecision) echo.HandlerFunc {
	return func(c echo.Context) error {
		id, err := licensing.ParseReference(c.Param("licence"))
		if err != nil {
			return err
		}
		typed, err := posted(c)
		if err != nil {
			return err
		}
		ctx, form := c.Request().Context(), decisionFrom(typed)
		var l licensing.Licence
		problems, err := refused(s.db.InTx(ctx, func(tx models.DB) (err error) {
			l, err = d.take(ctx, tx, s.licences(), actorOf(c), id, form)
			return err
		}))
		if err != nil {
			return s.decided(c, id, err)
		}
		if problems != nil {
			return s.officeDecisionPage(c, http.StatusUnprocessableEntity, d, form, problems)
		}
		return s.done(c, officePersonURL(l.PersonID), "Licence "+l.Reference()+" "+d.done+". Its holder is told by email.")
	}
}

// decided leads back to the holder when the licence cannot be changed as asked, because it has been already or ended: the page says
// how it stands. Every other error is returned.
func (s *Site) decided(c echo.Context, id int64, err error) error {
	var e *models.Error
	if !errors.As(err, &e) || e.Kind != models.KindConflict {
		return err
	}
	l, found := licensing.Find(c.Request().Context(), s.db, actorOf(c).Scope(), id)
	if found != nil {
		return found
	}
	return s.done(c, officePersonURL(l.PersonID), e.Msg+".")
}

// holderSees is what the holder's own pages and e-mail say.
func holderSees(d licensing.Decision) string {
	if d.NextStep == "" {
		return d.Sentence + "."
	}
	return d.Sentence + ". " + d.NextStep + "."
}

// toOfficePerson leads back to a person of the office.
func toOfficePerson(id int64, name string) templates.Action {
	return templates.Action{Label: name, URL: officePersonURL(id)}
}

// decisionActions are the decisions that can be taken about a licence now. One whose periods were all taken back lets nobody in.
func decisionActions(l licensing.Licence) []templates.Action {
	var all []templates.Action
	for _, d := range licenceDecisions() {
		if len(l.Periods) > 0 && l.Standing.CanBecome(d.to) {
			all = append(all, templates.Action{Label: d.title, URL: licenceDecisionURL(l, d.verb)})
		}
	}
	return all
}
