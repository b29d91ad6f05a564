package handlers

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/templates"
)

func (s *Site) organisationRoutes() []Route {
	return []Route{
		{Method: http.MethodGet, Path: "/organisation", Rule: Manager, Handle: s.organisation},
		{Method: http.MethodGet, Path: "/organisation/invoices", Rule: Manager, Handle: s.organisationInvoices},
		{Method: http.MethodGet, Path: "/organisation/statement", Rule: Manager, Handle: s.organisationStatements},
		{Method: http.MethodGet, Path: "/organisation/:organisation/statement", Rule: Manager, Handle: s.organisationStatement},
		{Method: http.MethodGet, Path: "/organisation/:organisation", Rule: Manager, Handle: s.organisationOne},
		{Method: http.MethodPost, Path: "/organisation/:organisation/door/:place", Rule: Manager, Handle: s.organisationDoor},
	}
}

func organisationURL(id int64) string { return "/organisation/" + strconv.FormatInt(id, 10) }

// organisation is the manager's first page: their organisation, or a choice when there are several.
func (s *Site) organisation(c echo.Context) error {
	actor := actorOf(c)
	if len(actor.Organisations) == 1 {
		return s.organisationShow(c, actor.Organisations[0].OrganisationID)
	}
	page := templates.OrganisationsPage{Page: s.page(c, "Your organisations", "bookings")}
	for _, m := range actor.Organisations {
		page.Organisations = append(page.Organisations, templates.Action{Label: m.Name, URL: organisationURL(m.OrganisationID)})
	}
	return s.render(c, http.StatusOK, "organisations", page)
}

func (s *Site) organisationOne(c echo.Context) error {
	id, err := number(c, "organisation")
	if err != nil {
		return err
	}
	return s.organisationShow(c, id)
}

// organisationShow is one organisation's page. Only its managers find it.
func (s *Site) organisationShow(c echo.Context, id int64) error {
	ctx, actor := c.Request().Context(), actorOf(c)
	if !actor.Manages(id) {
		return echo.ErrNotFound
	}
	org, err := access.FindOrganisation(ctx, s.db, actor.Scope(), id)
	if err != nil {
		return err
	}
	view, err := s.organisationView(ctx, actor, org)
	if err != nil {
		return err
	}
	page := templates.OrganisationPage{
		Page: s.page(c, org.Name, "bookings"), Name: org.Name, Funnel: view.funnel(), ToDo: view.toDo(), People: view.people(),
		Documents: view.documentRows(), AllDocuments: int(view.count),
	}
	page.SafetyURL = organisationURL(id) + "/safety"
	if page.Door, err = s.atTheDoor(ctx, actor, id); err != nil {
		return err
	}
	page.Background, page.AllURL = templates.Mist, c.Request().URL.Path+"?all=yes"
	if c.QueryParam("all") != "yes" {
		page.Cut(mostPeopleShown)
	}
	return s.render(c, http.StatusOK, "organisation", page)
}

// mostPeopleShown is how many people the page lists before "Show all".
const mostPeopleShown = 20

// organisationInvoices lists the invoices of every organisation the person manages.
func (s *Site) organisationInvoices(c echo.Context) error {
	ctx, actor := c.Request().Context(), actorOf(c)
	asked, _ := strconv.Atoi(c.QueryParam("page")) // anything else is the first page
	now := max(asked, 1)
	scope := access.Scope{OrganisationIDs: actor.Scope().OrganisationIDs}
	docs, count, err := billing.Documents(ctx, s.db, scope, billing.DocumentFilter{Page: now, PerPage: datesPerPage})
	if err != nil {
		return err
	}
	page := templates.OrganisationInvoicesPage{Page: s.page(c, "Invoices", "invoices")}
	page.Background = templates.Mist
	for _, m := range actor.Organisations {
		page.Statements = append(page.Statements, templates.Action{Label: "Statement for " + m.Name, URL: statementURL(m.OrganisationID)})
	}
	for _, d := range docs {
		page.Documents = append(page.Documents, customerDocument(d, s.db.Today()))
	}
	pages := max((int(count)+datesPerPage-1)/datesPerPage, 1)
	page.Pages = neighbours("/organisation/invoices", c.QueryParams(), min(now, pages), pages)
	return s.render(c, http.StatusOK, "organisation-invoices", page)
}
