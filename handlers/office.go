package handlers

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

// officeRoutes are the office's pages: what is to do today, sessions, bookings, invoices, people, mail and jobs.
func (s *Site) officeRoutes() []Route {
	var all []Route
	get := func(path string, handle echo.HandlerFunc) {
		all = append(all, Route{Method: http.MethodGet, Path: "/office" + path, Rule: Office, Handle: handle})
	}
	post := func(path string, handle echo.HandlerFunc) {
		all = append(all, Route{Method: http.MethodPost, Path: "/office" + path, Rule: Office, Handle: handle})
	}
	get("", s.officeToday)
	get("/tasks/:task", s.officeTask)
	post("/tasks/:task", s.officeTaskEnd)
	get("/sessions", s.officeSessions)
	get("/sessions/new", s.officeSessionNew)
	post("/sessions/new", s.officeSessionOpen)
	get("/sessions/:session", s.officeSession)
	post("/sessions/:session/capacity", s.officeSessionCapacity)
	post("/sessions/:session/link", s.officeSessionLink)
	post("/sessions/:session/publish", s.officeSessionPublish)
	get("/sessions/:session/cancel", s.officeSessionGiveUp)
	post("/sessions/:session/cancel", s.officeSessionCancel)
	get("/venues", s.officeVenues)
	post("/venues", s.officeVenueAdd)
	get("/bookings", s.officeBookings)
	get("/bookings/:ref", s.officeBooking)
	get("/bookings/:ref/cancel", s.officeCancel)
	post("/bookings/:ref/cancel", s.officeCancelSend)
	get("/bookings/:ref/places/:place/cancel", s.officeCancel)
	post("/bookings/:ref/places/:place/cancel", s.officeCancelSend)
	get("/bookings/:ref/invoice", s.officeWalkIn)
	post("/bookings/:ref/invoice", s.officeWalkInSend)
	get("/bookings/:ref/purchase-order", s.onOrder(s.officeOrder))
	post("/bookings/:ref/purchase-order", s.onOrder(s.officeOrderSend))
	get("/quotes", s.officeQuotes)
	get("/quotes/new", s.officeQuoteNew)
	post("/quotes/new", s.officeQuoteSend)
	get("/quotes/:quote", s.officeQuote)
	get("/quotes/:quote/pdf", s.officeQuoteFile)
	post("/quotes/:quote/withdraw", s.officeQuoteWithdraw)
	get("/organisations", s.officeOrganisations)
	get("/organisations/:organisation", s.officeOrganisation)
	post("/organisations/:organisation/purchase-orders", s.officeRuleSave)
	post("/organisations/:organisation/agreements", s.officeAgree)
	get("/organisations/:organisation/agreements/:agreement/end", s.officeAgreementEnd)
	post("/organisations/:organisation/agreements/:agreement/end", s.officeAgreementStop)
	get("/invoices", s.officeInvoices)
	get("/invoices/:code", s.officeInvoice)
	post("/invoices/:code/payments", s.officePayment)
	get("/invoices/:code/correct", s.officeCorrect)
	post("/invoices/:code/correct", s.officeCorrectSend)
	get("/people", s.officePeople)
	get("/people/:person", s.officePerson)
	for _, d := range licenceDecisions() {
		get("/licences/:licence/"+d.verb, s.officeDecision(d))
		post("/licences/:licence/"+d.verb, s.officeDecide(d))
	}
	get("/certificates/:code/withdraw", s.officeCertificate)
	post("/certificates/:code/withdraw", s.officeCertificateWithdraw)
	get("/certificates/:code/name", s.officeCertificateName)
	post("/certificates/:code/name", s.officeCertificateCorrect)
	get("/mail", s.officeMail)
	get("/mail/:mail", s.officeLetter)
	get("/mail/:mail/html", s.officeLetterHTML)
	get("/mail/:mail/parts/:part", s.letterPart)
	post("/mail/:mail/retry", s.officeLetterRetry)
	get("/jobs", s.officeJobs)
	post("/jobs/:job/retry", s.officeJobRetry)
	return all
}

// officePage is the frame of an office page: panels on mist.
func (s *Site) officePage(c echo.Context, title, section string) templates.Page {
	p := s.page(c, title, section)
	p.Background = templates.Mist
	return p
}

// mostAsked bounds the page number an address may ask for, so that no offset runs over.
const mostAsked = 100_000

// pageAsked is the page of a list that the address asks for; the first when it asks for none or for nonsense.
func pageAsked(asked url.Values) int {
	n, err := strconv.Atoi(asked.Get("page"))
	if err != nil || n < 1 {
		return 1
	}
	return min(n, mostAsked)
}

// listPages is where the office is in a list of so many rows.
func listPages(path string, asked url.Values, total int64, size int) templates.Pages {
	pages := max(1, int((total+int64(size)-1)/int64(size)))
	return neighbours(path, asked, min(pageAsked(asked), pages), pages)
}

// lastPage is the address of a list's last page, for a reader who asked for one beyond it.
func lastPage(path string, asked url.Values, p templates.Pages) string {
	query := url.Values{}
	for name, values := range asked {
		query[name] = values
	}
	query.Set("page", strconv.Itoa(p.Of))
	return path + "?" + query.Encode()
}

// searchFor is the search above a list; what else the address says is sent along, but for the page.
func searchFor(path, label string, asked url.Values, keep ...string) templates.OfficeSearch {
	search := templates.OfficeSearch{URL: path, Label: label, Typed: wanted(asked), Button: "Search"}
	for _, name := range keep {
		if value := asked.Get(name); value != "" {
			search.Keep = append(search.Keep, templates.Choice{Value: name, Label: value})
		}
	}
	return search
}

// mostWanted bounds what is searched for.
const mostWanted = 200

// wanted is what is searched for: text that both databases take.
func wanted(asked url.Values) string {
	letters := []rune(strings.ToValidUTF8(line(asked, "q"), ""))
	return string(letters[:min(len(letters), mostWanted)])
}

// tab is one of the ways to narrow a list: a query, and whether it is the one asked for.
func tab(label, path, query string, now bool) templates.OfficeTab {
	if query != "" {
		path += "?" + query
	}
	return templates.OfficeTab{Label: label, URL: path, Now: now}
}

// counted writes a number with its noun: "3 invoices".
func counted(n int, noun string) string { return models.Count(n, noun) }
