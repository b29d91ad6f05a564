package app

import (
	"context"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
)

// show is one invented session: how far ahead it lies, and what it is like.
type show struct {
	name    string
	days    []models.Date
	from    scheduling.TimeOfDay
	until   scheduling.TimeOfDay
	venue   string // empty: online
	trainer string
}

var (
	halfPastNine = scheduling.TimeOfDay{Hour: 9, Minute: 30}
	one          = scheduling.TimeOfDay{Hour: 13}
	halfPastFour = scheduling.TimeOfDay{Hour: 16, Minute: 30}
)

// The invented sessions by the names under which the invented bookings find them.
const (
	soonOnline   = "soon, online"
	campusDay    = "campus day"
	twoMornings  = "two mornings"
	fullDay      = "full campus day"
	quayDay      = "day at the quays"
	onlineDay    = "online day"
	overTheClock = "mornings either side of the clock change"
)

// theShows lays the sessions out from today on, so that the demonstration always has dates to come.
func theShows(today models.Date) []show {
	change := nextSpringChange(today.AddDays(100))
	return []show{
		{soonOnline, days(next(today.AddDays(18), time.Thursday)), halfPastNine, halfPastFour, "", "Rowan"},
		{campusDay, days(next(today.AddDays(50), time.Thursday)), halfPastNine, halfPastFour, campus, "Alan"},
		{twoMornings, pair(next(today.AddDays(62), time.Tuesday), 1), halfPastNine, one, "", "Rowan"},
		{fullDay, days(next(today.AddDays(78), time.Thursday)), halfPastNine, halfPastFour, campus, "Alan"},
		{onlineDay, days(next(today.AddDays(92), time.Wednesday)), halfPastNine, halfPastFour, "", "Rowan"},
		{quayDay, days(next(today.AddDays(99), time.Thursday)), halfPastNine, halfPastFour, quays, "Rowan"},
		{overTheClock, pair(change.AddDays(-5), 7), halfPastNine, one, "", "Alan"},
	}
}

func days(d models.Date) []models.Date            { return []models.Date{d} }
func pair(d models.Date, later int) []models.Date { return []models.Date{d, d.AddDays(later)} }

// next is the first such weekday on or after the day.
func next(d models.Date, weekday time.Weekday) models.Date {
	for d.Weekday() != weekday {
		d = d.AddDays(1)
	}
	return d
}

// nextSpringChange is the last Sunday of the first March that ends after the day: the clocks go forward.
func nextSpringChange(after models.Date) models.Date {
	for year := after.Year; ; year++ {
		d := models.Date{Year: year, Month: time.March, Day: 31}
		for d.Weekday() != time.Sunday {
			d = d.AddDays(-1)
		}
		if after.Before(d) {
			return d
		}
	}
}

// The invented venues.
const (
	campus = "Frederick Road campus"
	quays  = "Quayside meeting rooms"
)

func theVenues() []scheduling.Venue {
	return []scheduling.Venue{
		{Name: campus, Address: "Frederick Road", Town: "Salford", Postcode: "M6 6PU", StepFree: true, HearingLoop: true, Demonstration: true},
		{Name: quays, Address: "7 The Quays", Town: "Manchester", Postcode: "M50 3AZ", StepFree: true, Demonstration: true},
	}
}

// seedVenues adds the invented venues.
func seedVenues(ctx context.Context, tx models.DB) error {
	for _, v := range theVenues() {
		if _, err := scheduling.AddVenue(ctx, tx, access.System(), v); err != nil {
			return err
		}
	}
	return nil
}

// seedSessions opens the invented sessions through the office's own use case and returns them by name.
func seedSessions(ctx context.Context, tx models.DB) (map[string]scheduling.Session, error) {
	course, err := scheduling.TheCourse(ctx, tx)
	if err != nil {
		return nil, err
	}
	venues := map[string]int64{}
	there, err := scheduling.Venues(ctx, tx)
	if err != nil {
		return nil, err
	}
	for _, v := range there {
		venues[v.Name] = v.ID
	}
	trainers := map[string]int64{}
	all, err := scheduling.Trainers(ctx, tx)
	if err != nil {
		return nil, err
	}
	for _, t := range all {
		trainers[t.Name] = t.ID
	}
	opened := map[string]scheduling.Session{}
	for _, s := range theShows(tx.Today()) {
		if opened[s.name], err = scheduling.OpenSession(ctx, tx, access.System(), s.plan(course.ID, venues, trainers)); err != nil {
			return nil, err
		}
	}
	return opened, nil
}

func (s show) plan(course int64, venues, trainers map[string]int64) scheduling.NewSession {
	plan := scheduling.NewSession{
		CourseID: course, Route: models.OpenAccess, Format: models.FaceToFace, VenueID: venues[s.venue],
		TrainerIDs: []int64{trainers[s.trainer]}, Publish: true, Demonstration: true,
	}
	if s.venue == "" {
		plan.Format, plan.JoinLink, plan.Captions = models.Online, "https://video.example/ssph", true
	}
	for _, d := range s.days {
		plan.Parts = append(plan.Parts, scheduling.NewPart{Day: d, Start: s.from, Until: s.until})
	}
	return plan
}
