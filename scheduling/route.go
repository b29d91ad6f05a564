package scheduling

import "hub.salford.ac.uk/ssph/models"

// Route is the way a session is sold.
type Route string

// The three routes.
const (
	OpenAccess Route = "open-access" // single places on a shared date
	Bespoke    Route = "bespoke"     // one organisation's own group
	OneToOne   Route = "one-to-one"  // one person, arranged on request
)

// ParseRoute reads a route as it stands in addresses. It refuses anything else with field "route".
func ParseRoute(s string) (Route, error) {
	switch r := Route(s); r {
	case OpenAccess, Bespoke, OneToOne:
		return r, nil
	}
	return "", models.Invalid("route", "Choose open access, an organisation's own group or one to one")
}

// Title is the route at the beginning of a line: Open access, Own group, One to one.
func (r Route) Title() string {
	switch r {
	case Bespoke:
		return "Own group"
	case OneToOne:
		return "One to one"
	case OpenAccess:
	}
	return "Open access"
}
