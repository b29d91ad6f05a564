package handlers

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

func officeOrganisationURL(id int64) string {
	return "/office/organisations/" + strconv.FormatInt(id, 10)
}

// officeOrganisations lists the organisations by name, with a search.
func (s *Site) officeOrganisations(c echo.Context) error {
	ctx, asked := c.Request().Context(), c.QueryParams()
	const path = "/office/organisations"
	page := templates.OfficeOrganisationsPage{
		Page: s.officePage(c, "Organisations", "organisations"), Search: searchFor(path, "Search by name or postcode", asked),
	}
	found, total, err := access.Organisations(ctx, s.db, actorOf(c), access.OrganisationFilter{Search: page.Search.Typed, Page: pageAsked(asked)})
	if err != nil {
		return err
	}
	if page.Rows, err = s.organisationRows(ctx, actorOf(c), found); err != nil {
		return err
	}
	page.Count, page.Pages = total, listPages(path, asked, total, access.OrganisationsPerPage)
	if len(found) == 0 && total > 0 {
		return s.redirect(c, lastPage(path, asked, page.Pages))
	}
	return s.render(c, http.StatusOK, "office-organisations", page)
}

// organisationRows are organisations of a list, with their managers, balances and what is agreed today.
func (s *Site) organisationRows(ctx context.Context, actor access.Actor, found []access.Organisation) ([]templates.OrganisationRow, error) {
	ids := make([]int64, len(found))
	for i, o := range found {
		ids[i] = o.ID
	}
	managers, err := access.ManagersOf(ctx, s.db, actor, ids)
	if err != nil {
		return nil, err
	}
	balances, err := billing.OrganisationBalances(ctx, s.db, actor, ids)
	if err != nil {
		return nil, err
	}
	agreements, err := billing.Agreements(ctx, s.db, actor, ids)
	if err != nil {
		return nil, err
	}
	agreed := map[int64]string{}
	for _, a := range agreements { // the newest first, and that is the one that counts
		if a.HoldsOn(s.db.Today()) && agreed[a.OrganisationID] == "" {
			agreed[a.OrganisationID] = a.Discount.String() + " until " + a.LastDay().String()
		}
	}
	rows := make([]templates.OrganisationRow, len(found))
	for i, o := range found {
		rows[i] = templates.OrganisationRow{
			URL: officeOrganisationURL(o.ID), Name: o.Name, Where: whereIs(o), Owed: owedShort(balances[o.ID]), Discount: agreed[o.ID],
		}
		for _, m := range managers[o.ID] {
			rows[i].Managers = append(rows[i].Managers, m.Called())
		}
	}
	return rows, nil
}

func whereIs(o access.Organisation) string {
	_, _, town := addressFields(o.Address)
	return strings.TrimSpace(town + " " + o.Postcode)
}

func owedShort(balance models.Pence) string {
	switch {
	case balance > 0:
		return "Owes " + balance.String()
	case balance < 0:
		return "We owe " + (-balance).String()
	}
	return "Nothing owed"
}
