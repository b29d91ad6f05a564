package handlers

import (
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/models"
)

// How many messages may be sent to the Hub: by one browser in its session, and by everybody in an hour.
const (
	contactsPerSession = 5
	contactsPerHour    = 60
	sessionContacts    = "contacts" // int: how many this browser has sent
)

// contactLimit counts the messages of the hour, whoever sent them: a program without cookies must not fill the Hub's mailbox. It
// is counted in memory, so a restart begins anew.
type contactLimit struct {
	mu    sync.Mutex
	since time.Time
	sent  int
}

func newContactLimit() *contactLimit { return &contactLimit{} }

// take counts one message and says whether it is within the hour's number.
func (l *contactLimit) take(now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if now.Sub(l.since) >= time.Hour {
		l.since, l.sent = now, 0
	}
	if l.sent >= contactsPerHour {
		return false
	}
	l.sent++
	return true
}

// mayContact counts a message of this browser and says whether it may be sent.
func (s *Site) mayContact(c echo.Context) bool {
	ctx := c.Request().Context()
	sent := s.sessions.GetInt(ctx, sessionContacts)
	if sent >= contactsPerSession || !s.contacts.take(s.db.Now()) {
		return false
	}
	s.sessions.Put(ctx, sessionContacts, sent+1)
	return true
}

func tooManyMessages() models.Problems {
	return models.Problems{models.Invalid("", "We have many messages at the moment and could not take this one. Try again in an hour")}
}
