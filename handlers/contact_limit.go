package handlers

import (
	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/models"
)

// How many messages one browser may send to the Hub in its session.
const (
	contactsPerSession = 5
	sessionContacts    = "contacts" // int: how many this browser has sent
)

// mayContact counts a message of this browser and its network, and says whether it may be sent.
func (s *Site) mayContact(c echo.Context) bool {
	ctx := c.Request().Context()
	sent := s.sessions.GetInt(ctx, sessionContacts)
	if sent >= contactsPerSession || !s.limits.contacts.take(caller(c), s.db.Now()) {
		return false
	}
	s.sessions.Put(ctx, sessionContacts, sent+1)
	return true
}

func tooManyMessages() models.Problems {
	return models.Problems{models.Invalid("", "We have many messages at the moment and could not take this one. Try again in an hour")}
}
