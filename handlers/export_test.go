package handlers

import "github.com/labstack/echo/v4"

// Table is the whole route table, for tests.
func (s *Site) Table() []Route { return append(s.machineRoutes(), s.routes()...) }

// Pages is the route table without what answers programs, for tests.
func (s *Site) Pages() []Route { return s.routes() }

// Registered is what Echo answers, for tests.
func (s *Site) Registered() []*echo.Route { return s.echo.Routes() }

// Add adds a page that only a test has.
func (s *Site) Add(r Route) { s.add(r, s.pageMiddleware(r)...) }

// Remember makes the browser behind the request hold on to a booking.
func (s *Site) Remember(c echo.Context, booking int64, secret string) error {
	return s.remember(c, booking, secret)
}

// ActorOf is who asks.
var ActorOf = actorOf
