package scheduling

import (
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// Session is one delivery of a course. It has at least one part, and its parts are in order of time.
type Session struct {
	ID             int64
	CourseID       int64
	CourseTitle    string
	Route          Route
	Format         Format
	Venue          *Venue // set exactly when it is face to face
	JoinLink       string // online only, often empty until a week before; never shown to anybody without a place
	Captions       bool
	OrganisationID *int64 // the organisation whose own group it is
	Capacity       int    // places altogether
	Status         Status
	Demonstration  bool
	CreatedAt      time.Time
	Parts          []Part
	Trainers       []Trainer // by name
}

// Part is one sitting of a session. Its times are UTC instants; on a screen they are London times.
type Part struct {
	ID       int64
	Ordinal  int // from 1
	StartsAt time.Time
	EndsAt   time.Time
}

// Day is the London day on which the part starts.
func (p Part) Day() models.Date { return models.DateOf(p.StartsAt) }

// Times is the part's London clock times: 9:30am to 4:30pm.
func (p Part) Times() string {
	return models.ClockTime(p.StartsAt) + " to " + models.ClockTime(p.EndsAt)
}

// FirstStart is when the first part starts, in UTC: the instant that ends swapping of names and sale of places.
func (s Session) FirstStart() time.Time {
	if len(s.Parts) == 0 {
		return time.Time{}
	}
	return s.Parts[0].StartsAt
}

// LastEnd is when the last part ends, in UTC.
func (s Session) LastEnd() time.Time {
	if len(s.Parts) == 0 {
		return time.Time{}
	}
	return s.Parts[len(s.Parts)-1].EndsAt
}

// FirstDay is the London day of the first part: the day from which the cancellation ladder counts back.
func (s Session) FirstDay() models.Date {
	if len(s.Parts) == 0 {
		return models.Date{}
	}
	return s.Parts[0].Day()
}

// LastDay is the London day on which the last part starts.
func (s Session) LastDay() models.Date {
	if len(s.Parts) == 0 {
		return models.Date{}
	}
	return s.Parts[len(s.Parts)-1].Day()
}

// Days are the London days with a part, each once, in order.
func (s Session) Days() []models.Date {
	var days []models.Date
	for _, p := range s.Parts {
		if day := p.Day(); len(days) == 0 || days[len(days)-1] != day {
			days = append(days, day)
		}
	}
	return days
}

// HasStarted says that the first part has begun; at the very instant of the start it has.
func (s Session) HasStarted(now time.Time) bool { return !now.Before(s.FirstStart()) }

// IsOver says that the last part has ended.
func (s Session) IsOver(now time.Time) bool { return !now.Before(s.LastEnd()) }

// BookableAt says why places on this session cannot be booked by anybody at this instant, or nil: it is not published
// (not found), cancelled or already started (gone), or belongs to one organisation (conflict). It does not count places.
func (s Session) BookableAt(now time.Time) error {
	switch {
	case s.Status == Cancelled:
		return models.Fail(models.KindGone, "This session has been cancelled. Choose another date")
	case s.Status != Published:
		return noSuchSession()
	case s.Route != OpenAccess:
		return models.Fail(models.KindConflict, "This session is for one organisation’s own group. Choose another date")
	case s.HasStarted(now):
		return models.Fail(models.KindGone, "This session has already started. Choose another date")
	}
	return nil
}

func noSuchSession() *models.Error {
	return models.NotFound("We have no session at this address. See all training dates")
}
