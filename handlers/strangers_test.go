package handlers_test

import (
	"strconv"
	"testing"

	"hub.salford.ac.uk/ssph/handlers"
	"hub.salford.ac.uk/ssph/handlers/handlerstest"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// stranger owns one of everything that an address can name. A new name in a path needs a line in ids; a route on which another
// thing goes by the same name needs one in own.
type stranger struct {
	ids map[string]string            // by the name in the path, without its colon
	own map[string]map[string]string // by the whole path, where it differs
}

// newStranger makes the things and their owner, who signs in nowhere.
func newStranger(t *testing.T, w *handlerstest.World) stranger {
	t.Helper()
	session := schedulingtest.OpenAccess(t, w.DB)
	sale := sell(t, w, session, "stranger@elsewhere.example")
	certificate := train(t, w, []string{"Agnes Stranger"}, anHourToday(w)).code(0)
	return stranger{
		own: map[string]map[string]string{
			"/certificates/:code": {"code": certificate}, "/check/:code": {"code": certificate},
			"/office/certificates/:code/withdraw": {"code": certificate}, "/office/certificates/:code/name": {"code": certificate},
		},
		ids: map[string]string{
			"token":        "no-such-token",
			"mail":         "1",
			"part":         "1",
			"session":      strconv.FormatInt(session.ID, 10),
			"organisation": strconv.FormatInt(*sale.booking.OrganisationID, 10),
			"place":        "1",
			"ref":          sale.booking.Reference(),
			"code":         sale.invoice,
			"person":       "1",
			"licence":      "L-00001",
			"task":         "1",
			"quote":        "Q-00001",
			"agreement":    "1",
			"payment":      "1",
			"refund":       "1",
			"job":          "1",
			"entry":        "1",
			"case":         "1", // refused by the gate before it is looked for; tool_test.go has the strangers with a licence
			"section":      "S2",
			"idea":         "1",
			"flag":         "1",
		},
	}
}

// address fills a route's path with what is the stranger's.
func (s stranger) address(t *testing.T, r handlers.Route) string {
	t.Helper()
	return filled(r.Path, func(name string) string {
		if id, ok := s.own[r.Path][name]; ok {
			return id
		}
		id, ok := s.ids[name]
		if !ok {
			t.Fatalf("%s %s: say in strangers_test.go what a stranger's %q is", r.Method, r.Path, name)
		}
		return id
	})
}
