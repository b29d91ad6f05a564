package handlers_test

import (
	"net/http"
	"testing"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/handlers/handlerstest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// sessionToken is the token of the browser's session; empty when it has none.
func sessionToken(b *handlerstest.Browser) string {
	for _, cookie := range b.Cookies() {
		if cookie.Name == "ssph_session" {
			return cookie.Value
		}
	}
	return ""
}

// withToken looks at a page with a session token and nothing else.
func withToken(t *testing.T, w *handlerstest.World, token string) *handlerstest.Page {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, handlerstest.BaseURL+"/contact", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	r.AddCookie(&http.Cookie{Name: "ssph_session", Value: token})
	return w.Browser().Do(r)
}

// heldBooking is a visitor's hold of three places on a session of its own.
func heldBooking(t *testing.T, w *handlerstest.World) int64 {
	t.Helper()
	session := schedulingtest.OpenAccess(t, w.DB)
	var id int64
	w.InTx(func(tx models.DB) error {
		b, err := booking.Hold(t.Context(), tx, access.Visitor(), booking.HoldRequest{
			SessionID: session.ID, Places: 3, RequestKey: access.NewSecret(), ClaimHash: w.Keys.Claim("a stranger's browser"),
		})
		id = b.ID
		return err
	})
	return id
}
