package handlers

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

func officeQuoteURL(q booking.Quote) string { return "/office/quotes/" + q.Reference() }

// officeQuotes lists the quotes, newest first, with a search.
func (s *Site) officeQuotes(c echo.Context) error {
	ctx, asked := c.Request().Context(), c.QueryParams()
	const path = "/office/quotes"
	page := templates.OfficeQuotesPage{
		Page:   s.officePage(c, "Quotes", "quotes"),
		Search: searchFor(path, "Search by number, name, address or organisation", asked),
	}
	found, total, err := booking.Quotes(ctx, s.db, actorOf(c), booking.QuoteFilter{Search: page.Search.Typed, Page: pageAsked(asked)})
	if err != nil {
		return err
	}
	sums, err := booking.QuoteSums(ctx, s.db, found)
	if err != nil {
		return err
	}
	for i, q := range found {
		row := quoteRow(q, s.db.Today())
		row.Total = sums[i].Gross()
		page.Rows = append(page.Rows, row)
	}
	page.Count, page.Pages = total, listPages(path, asked, total, booking.QuotesPerPage)
	if len(found) == 0 && total > 0 {
		return s.redirect(c, lastPage(path, asked, page.Pages))
	}
	return s.render(c, http.StatusOK, "office-quotes", page)
}

// quoteRow is a quote as a row of the list, all but what it comes to.
func quoteRow(q booking.Quote, today models.Date) templates.QuoteRow {
	row := templates.QuoteRow{
		Reference: q.Reference(), URL: officeQuoteURL(q), Date: models.DateOf(q.CreatedAt), Customer: q.Details.Organisation,
		Contact: q.Details.Name + ", " + q.Details.Email, What: quoteWords(q),
	}
	row.State, row.Note = quoteTag(q, today)
	return row
}

// quoteWords says what a quote is for: "12 people, their own group, online".
func quoteWords(q booking.Quote) string {
	return strings.Join([]string{countPeople(q.People), quotedRoute(q.Route), q.Format.Words()}, ", ")
}

func quotedRoute(route billing.Route) string {
	switch route {
	case billing.Bespoke:
		return "their own group"
	case billing.OneToOne:
		return "one to one"
	case billing.OpenAccess:
	}
	return "open-access places"
}

// quoteTag is how a quote stands on a day, and a line to stand under it.
func quoteTag(q booking.Quote, today models.Date) (templates.Tag, string) {
	switch {
	case q.Answer == booking.Accepted:
		return templates.Tag{Look: templates.TagOK, Word: "Accepted"}, "On " + dayOf(q.AnsweredAt).String()
	case q.Answer == booking.Withdrawn:
		return templates.Tag{Look: templates.TagQuiet, Word: "Withdrawn"}, "On " + dayOf(q.AnsweredAt).String()
	case q.Over(today):
		return templates.Tag{Look: templates.TagQuiet, Word: "Over"}, "Since " + q.ValidUntil.AddDays(1).String()
	}
	return templates.Tag{Look: templates.TagInfo, Word: "Sent"}, "Until " + q.ValidUntil.String()
}
