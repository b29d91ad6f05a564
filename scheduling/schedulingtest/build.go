// Package schedulingtest makes sessions for the tests of other packages, through the same use case as the office.
package schedulingtest

import (
	"context"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
)

// Day is the day of a session that is given none: Thursday 14 January 2027.
var Day = models.Date{Year: 2027, Month: time.January, Day: 14}

// plan is the session to be, with its trainers by name.
type plan struct {
	scheduling.NewSession
	trainers []string
}

// Option changes the session before it is opened.
type Option func(*plan)

// OnDay moves the session to another day, 9:30am to 4:30pm. Two sessions of one trainer need two days.
func OnDay(day models.Date) Option {
	return func(p *plan) { p.Parts = []scheduling.NewPart{Part(day, "9:30am", "4:30pm")} }
}

// InParts gives the session these parts.
func InParts(parts ...scheduling.NewPart) Option { return func(p *plan) { p.Parts = parts } }

// Capacity gives the session so many places.
func Capacity(n int) Option { return func(p *plan) { p.NewSession.Capacity = n } }

// Online makes the session a video call with this join link, which may be empty until a week before.
func Online(joinLink string) Option {
	return func(p *plan) { p.Format, p.JoinLink = scheduling.Online, joinLink }
}

// With gives the session these trainers, by name: Alan, Rowan.
func With(names ...string) Option { return func(p *plan) { p.trainers = names } }

// AsDraft leaves the session unpublished.
func AsDraft() Option { return func(p *plan) { p.Publish = false } }

// OwnGroup makes the session an organisation's own group.
func OwnGroup(organisationID int64) Option {
	return func(p *plan) { p.Route, p.OrganisationID = scheduling.Bespoke, organisationID }
}

// Part is a sitting on a day between two London clock times written like 9:30am. It panics on anything else.
func Part(day models.Date, start, until string) scheduling.NewPart {
	from, err := scheduling.ParseTimeOfDay(start)
	if err != nil {
		panic(err)
	}
	to, err := scheduling.ParseTimeOfDay(until)
	if err != nil {
		panic(err)
	}
	return scheduling.NewPart{Day: day, Start: from, Until: to}
}

// OpenAccess opens a session: published, open access, face to face on the Frederick Road campus on Day from 9:30am to 4:30pm with
// Alan, 15 places, unless the options say otherwise. The test ends when that fails.
func OpenAccess(t testing.TB, db models.DB, options ...Option) scheduling.Session {
	t.Helper()
	p := plan{trainers: []string{"Alan"}}
	p.Route, p.Format, p.NewSession.Capacity, p.Publish = scheduling.OpenAccess, scheduling.FaceToFace, 15, true
	p.Demonstration = true
	OnDay(Day)(&p)
	for _, option := range options {
		option(&p)
	}
	ctx := context.Background()
	course, err := scheduling.TheCourse(ctx, db)
	if err != nil {
		t.Fatalf("the course: %v", err)
	}
	p.CourseID, p.TrainerIDs = course.ID, TrainerIDs(t, db, p.trainers...)
	if p.Format == scheduling.FaceToFace {
		p.VenueID = Campus(t, db).ID
	}
	var session scheduling.Session
	err = db.InTx(ctx, func(tx models.DB) error {
		session, err = scheduling.OpenSession(ctx, tx, access.System(), p.NewSession)
		return err
	})
	if err != nil {
		t.Fatalf("open a session: %v", err)
	}
	return session
}

// Campus is the Frederick Road campus in Salford, step-free, made when it is not there yet.
func Campus(t testing.TB, db models.DB) scheduling.Venue {
	t.Helper()
	return Venue(t, db, scheduling.Venue{
		Name: "Frederick Road campus", Address: "Frederick Road", Town: "Salford", Postcode: "M6 6PU", StepFree: true, Demonstration: true,
	})
}

// Venue finds the venue of this name, or adds it.
func Venue(t testing.TB, db models.DB, wanted scheduling.Venue) scheduling.Venue {
	t.Helper()
	ctx := context.Background()
	venues, err := scheduling.Venues(ctx, db)
	if err != nil {
		t.Fatalf("venues: %v", err)
	}
	for _, v := range venues {
		if v.Name == wanted.Name {
			return v
		}
	}
	var added scheduling.Venue
	err = db.InTx(ctx, func(tx models.DB) error {
		added, err = scheduling.AddVenue(ctx, tx, access.System(), wanted)
		return err
	})
	if err != nil {
		t.Fatalf("add a venue: %v", err)
	}
	return added
}

// TrainerIDs finds active trainers by name.
func TrainerIDs(t testing.TB, db models.DB, names ...string) []int64 {
	t.Helper()
	trainers, err := scheduling.Trainers(context.Background(), db)
	if err != nil {
		t.Fatalf("trainers: %v", err)
	}
	byName := map[string]int64{}
	for _, trainer := range trainers {
		byName[trainer.Name] = trainer.ID
	}
	ids := make([]int64, 0, len(names))
	for _, name := range names {
		id, there := byName[name]
		if !there {
			t.Fatalf("there is no trainer called %s", name)
		}
		ids = append(ids, id)
	}
	return ids
}
