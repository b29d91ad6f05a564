package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/templates"
)

const sessionsPerPage = 20

// officeSessions lists the sessions to come, or those that are over; by state when the address names one.
func (s *Site) officeSessions(c echo.Context) error {
	asked := c.QueryParams()
	past, status := asked.Get("show") == "past", officeStatus(asked.Get("show"))
	filter := scheduling.OfficeFilter{Past: past, Status: status}
	found, total, err := scheduling.All(c.Request().Context(), s.db, filter, scheduling.Page{Number: pageAsked(asked), Size: sessionsPerPage})
	if err != nil {
		return err
	}
	const path = "/office/sessions"
	page := templates.OfficeSessionsPage{
		Page: s.officePage(c, "Sessions", "sessions"), Count: total, Past: past, Pages: listPages(path, asked, int64(total), sessionsPerPage),
		Tabs: []templates.OfficeTab{
			tab("To come", path, "", !past && status == ""),
			tab("Drafts", path, "show=draft", status == scheduling.Draft),
			tab("Cancelled", path, "show=cancelled", status == scheduling.Cancelled),
			tab("Past", path, "show=past", past),
		},
	}
	if len(found) == 0 && total > 0 {
		return s.redirect(c, lastPage(path, asked, page.Pages))
	}
	if page.Rows, err = s.officeSessionRows(c.Request().Context(), found); err != nil {
		return err
	}
	return s.render(c, http.StatusOK, "office-sessions", page)
}

// officeStatus is the state that a tab shows; none for the tabs that show every state.
func officeStatus(show string) scheduling.Status {
	switch status := scheduling.Status(show); status {
	case scheduling.Draft, scheduling.Cancelled:
		return status
	case scheduling.Published: // no tab shows these alone
	}
	return ""
}
