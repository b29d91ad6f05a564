package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

// officePeople lists everybody with an address, by name, with a search.
func (s *Site) officePeople(c echo.Context) error {
	ctx, asked, actor := c.Request().Context(), c.QueryParams(), actorOf(c)
	const path = "/office/people"
	page := templates.OfficePeoplePage{Page: s.officePage(c, "People", "people"), Search: searchFor(path, "Search by name or address", asked)}
	found, total, err := access.People(ctx, s.db, actor, access.PeopleFilter{Search: page.Search.Typed, Page: pageAsked(asked)})
	if err != nil {
		return err
	}
	ids := make([]int64, len(found))
	for i, p := range found {
		ids[i] = p.ID
	}
	ties, err := access.Ties(ctx, s.db, actor, ids)
	if err != nil {
		return err
	}
	for _, p := range found {
		page.Rows = append(page.Rows, templates.PersonRow{
			URL: officePersonURL(p.ID), Name: p.Name, Email: p.Email, Ties: tieWords(ties[p.ID]), Confirmed: p.EmailConfirmedAt != nil, Since: models.DateOf(p.CreatedAt),
		})
	}
	page.Count, page.Pages = total, listPages(path, asked, total, access.PeoplePerPage)
	if len(found) == 0 && total > 0 {
		return s.redirect(c, lastPage(path, asked, page.Pages))
	}
	return s.render(c, http.StatusOK, "office-people", page)
}

func tieWords(t access.Tie) []string {
	var words []string
	for _, role := range t.Roles {
		switch role {
		case access.RoleOffice:
			words = append(words, "Hub office")
		case access.RoleTrainer:
			words = append(words, "Trainer")
		}
	}
	for _, name := range t.Organisations {
		words = append(words, "Manages "+name)
	}
	return words
}
