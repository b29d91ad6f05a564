package handlers

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"
)

// Route is one line of the route table: an address, who may call it, and what answers.
type Route struct {
	Method string
	Path   string
	Rule   Rule
	Handle echo.HandlerFunc
	Pays   bool // the form on this page leads on to the payment page
}

// routes is the whole table of pages. Nothing answers that does not stand here or in machineRoutes.
func (s *Site) routes() []Route {
	table := [][]Route{s.signInRoutes(), s.contactRoutes(), s.plainRoutes(), s.invoiceRoutes(), s.officeRoutes(), s.trainerRoutes()}
	table = append(table, s.publicRoutes(), s.bookRoutes(), s.bookingRoutes(), s.quoteRoutes(), s.accountRoutes(), s.organisationRoutes())
	table = append(table, s.checkRoutes(), s.certificateRoutes(), s.licenceRoutes(), s.toolRoutes(), s.contactsRoutes())
	table = append(table, s.officePricesRoutes(), s.officeMoneyRoutes())
	if s.demonstration() {
		table = append(table, s.mailboxRoutes())
	}
	var all []Route
	for _, family := range table {
		all = append(all, family...)
	}
	return all
}

// machineRoutes answer programs and browsers, not people: no browser session, no form token. All of them are public.
func (s *Site) machineRoutes() []Route {
	return []Route{
		{Method: http.MethodGet, Path: "/static/*", Rule: Public, Handle: static()},
		{Method: http.MethodGet, Path: "/healthz", Rule: Public, Handle: s.alive},
		{Method: http.MethodGet, Path: "/readyz", Rule: Public, Handle: s.ready},
		{Method: http.MethodPost, Path: "/webhooks/stripe", Rule: Public, Handle: s.webhook.Stripe},
	}
}

// addRoutes fills Echo from the table, and from nothing else. A page answers HEAD as it answers GET.
func (s *Site) addRoutes() {
	for _, r := range s.machineRoutes() {
		s.add(r, s.machineMiddleware(r)...)
	}
	for _, r := range s.routes() {
		s.add(r, s.pageMiddleware(r)...)
	}
	s.echo.RouteNotFound("/*", s.lost, s.pageMiddleware(Route{Rule: Public})...)
}

// lost answers an address that nothing answers, or not in this way.
func (s *Site) lost(c echo.Context) error {
	path := c.Request().URL.Path
	var allowed []string
	for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPost} {
		probe := s.echo.NewContext(nil, nil)
		s.echo.Router().Find(method, path, probe)
		if probe.Path() != "/*" {
			allowed = append(allowed, method)
		}
	}
	if len(allowed) == 0 {
		return echo.ErrNotFound
	}
	c.Response().Header().Set(echo.HeaderAllow, strings.Join(allowed, ", "))
	return echo.ErrMethodNotAllowed
}

func (s *Site) add(r Route, around ...echo.MiddlewareFunc) {
	s.echo.Add(r.Method, r.Path, r.Handle, around...)
	if r.Method == http.MethodGet {
		s.echo.Add(http.MethodHead, r.Path, r.Handle, around...)
	}
}
