package handlers

import (
	"context"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/licensing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

func officePersonURL(id int64) string { return "/office/people/" + strconv.FormatInt(id, 10) }

// officePerson shows one person from booking to licence: licences, certificates, and every step with its cause.
func (s *Site) officePerson(c echo.Context) error {
	id, err := number(c, "person")
	if err != nil {
		return err
	}
	ctx, actor := c.Request().Context(), actorOf(c)
	person, err := access.FindPerson(ctx, s.db, id)
	if err != nil {
		return err
	}
	ties, err := access.Ties(ctx, s.db, actor, []int64{id})
	if err != nil {
		return err
	}
	page := templates.OfficePersonPage{
		Page: s.officePage(c, person.Called(), "people"), Name: person.Called(), Email: person.Email, Ties: tieWords(ties[id]),
		Confirmed: person.EmailConfirmedAt != nil, Since: models.DateOf(person.CreatedAt),
	}
	if err := s.fillOfficePerson(ctx, actor, person, &page); err != nil {
		return err
	}
	return s.render(c, http.StatusOK, "office-person", page)
}

func (s *Site) fillOfficePerson(ctx context.Context, actor access.Actor, person access.Person, page *templates.OfficePersonPage) error {
	licences, err := licensing.OfPerson(ctx, s.db, actor.Scope(), person.ID)
	if err != nil {
		return err
	}
	var subjects []access.Subject
	for _, l := range licences {
		subjects = append(subjects, access.Subject{Kind: "licence", ID: l.ID})
		page.Licences = append(page.Licences, licenceRow(l, licensing.Decide(l, s.db.Now()), person.Called()))
	}
	certificates, err := licensing.CertificatesOf(ctx, s.db, actor.Scope(), person.ID)
	if err != nil {
		return err
	}
	page.Certificates = certificateRows(certificates)
	for i, c := range certificates {
		page.Certificates[i].Actions = certificateActions(c)
		subjects = append(subjects, access.Subject{Kind: "certificate", ID: c.ID})
	}
	if page.History, err = s.history(ctx, actor, subjects...); err != nil {
		return err
	}
	steps, err := licensing.Timeline(ctx, s.db, actor, person.ID)
	for _, step := range steps {
		page.Steps = append(page.Steps, chainStep(step))
	}
	return err
}

// licenceRow is a licence as the office sees it: how it stands, and why each of its periods exists.
func licenceRow(l licensing.Licence, d licensing.Decision, name string) templates.LicenceRow {
	row := templates.LicenceRow{Reference: l.Reference(), State: licenceTag(d), Note: lastDayNote(d), Actions: decisionActions(l)}
	for _, p := range l.Periods {
		row.Why = append(row.Why, p.StartsOn.String()+" to the end of "+p.LastDay.String()+": "+p.Cause.Facts.Why(name))
	}
	return row
}

// chainStep is one step of the timeline, with the way to what it tells of.
func chainStep(step licensing.Step) templates.ChainStep {
	out := templates.ChainStep{At: step.At, Kind: string(step.Kind), What: step.What, Why: step.Why}
	link := func(label, url string) { out.Links = append(out.Links, templates.Action{Label: label, URL: url}) }
	if step.BookingID != 0 {
		ref := booking.Booking{ID: step.BookingID}.Reference()
		link("Booking "+ref, officeBookingURL(ref))
	}
	if step.SessionID != 0 {
		link("The session", "/office/sessions/"+strconv.FormatInt(step.SessionID, 10))
	}
	if step.Code != "" {
		link("Certificate "+step.Code.String(), certificateURL(step.Code))
	}
	if step.LicenceID != 0 {
		reference := licensing.Licence{ID: step.LicenceID}.Reference()
		link("Licence "+reference, "#"+reference)
	}
	return out
}
