package handlers

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/templates"
)

// mostParts is how many parts the form offers.
const mostParts = 4

// newSessionForm is what was typed about a session to be opened.
type newSessionForm templates.NewSessionFields

func newSessionFrom(typed url.Values) newSessionForm {
	f := newSessionForm{
		Format: line(typed, "format"), Venue: line(typed, "venue"), JoinLink: line(typed, "join-link"), Captions: ticked(typed, "captions"),
		Trainers: typed["trainers"], Capacity: line(typed, "capacity"),
	}
	shown, err := strconv.Atoi(typed.Get("parts"))
	if err != nil {
		shown = 1
	}
	f.Parts = partsTyped(typed, min(max(shown, 1), mostParts))
	return f
}

// partsTyped reads what was typed about so many parts.
func partsTyped(typed url.Values, shown int) []templates.PartFields {
	parts := make([]templates.PartFields, shown)
	for i := range parts {
		n := i + 1
		parts[i] = templates.PartFields{
			N: n, Day: line(typed, scheduling.PartField(n, "day")),
			Start: line(typed, scheduling.PartField(n, "start")), Until: line(typed, scheduling.PartField(n, "until")),
		}
	}
	return parts
}

// show makes the form have so many parts, from one to four.
func (f *newSessionForm) show(parts int) {
	parts = min(max(parts, 1), mostParts)
	for len(f.Parts) < parts {
		f.Parts = append(f.Parts, templates.PartFields{N: len(f.Parts) + 1})
	}
	f.Parts = f.Parts[:parts]
}

// session reads the form into what scheduling opens. What cannot be read is a problem; what can is scheduling's to judge.
func (f newSessionForm) session(course int64) (scheduling.NewSession, models.Problems) {
	var p models.Problems
	n := scheduling.NewSession{CourseID: course, Route: scheduling.OpenAccess, Format: scheduling.Format(f.Format)}
	if n.Format == scheduling.Online { // the fields of the other format are hidden, and may still hold something
		n.JoinLink, n.Captions = f.JoinLink, f.Captions
	} else if f.Venue != "" {
		var err error
		if n.VenueID, err = strconv.ParseInt(f.Venue, 10, 64); err != nil {
			p.Add(scheduling.FieldVenue, "Choose a venue")
		}
	}
	for _, trainer := range f.Trainers {
		id, err := strconv.ParseInt(trainer, 10, 64)
		if err != nil {
			p.Add(scheduling.FieldTrainers, "Choose trainers from the list")
		}
		n.TrainerIDs = append(n.TrainerIDs, id)
	}
	if f.Capacity != "" {
		var err error
		if n.Capacity, err = strconv.Atoi(f.Capacity); err != nil || n.Capacity < 1 {
			p.Add(scheduling.FieldCapacity, "Enter how many places as a number, like 15")
		}
	}
	for _, part := range f.Parts {
		n.Parts = append(n.Parts, readPart(&p, part))
	}
	return n, p
}

// readPart reads one part; a day or time left empty is for scheduling to ask for.
func readPart(p *models.Problems, typed templates.PartFields) scheduling.NewPart {
	var part scheduling.NewPart
	day, ok := typedDate(typed.Day)
	if !ok {
		p.Add(scheduling.PartField(typed.N, "day"), "Enter a real day, like 14 January 2027")
	}
	part.Day = day
	var err error
	if part.Start, err = scheduling.ParseTimeOfDay(typed.Start); err != nil {
		p.Add(scheduling.PartField(typed.N, "start"), "Enter the start, like 9:30am")
	}
	if part.Until, err = scheduling.ParseTimeOfDay(typed.Until); err != nil {
		p.Add(scheduling.PartField(typed.N, "until"), "Enter the end, like 4:30pm")
	}
	return part
}

// officeSessionNew shows the empty form.
func (s *Site) officeSessionNew(c echo.Context) error { return s.emptySession(c, s.officeOpens()) }

// opening is who opens a session, and where: the office for any trainers, or a trainer for themselves.
type opening struct {
	trainer *scheduling.Trainer // nil in the office
	url     string              // of the form
	back    templates.Action
	frame   func(c echo.Context, title, section string) templates.Page
	opened  func(id int64) string // the session's page
}

func (s *Site) officeOpens() opening {
	return opening{
		url: "/office/sessions/new", back: templates.Action{Label: "All sessions", URL: "/office/sessions"}, frame: s.officePage, opened: officeSessionURL,
	}
}

func (s *Site) emptySession(c echo.Context, by opening) error {
	form := newSessionForm{Format: string(scheduling.FaceToFace)}
	form.show(1)
	return s.newSessionPage(c, http.StatusOK, by, form, nil)
}

func (s *Site) newSessionPage(c echo.Context, status int, by opening, form newSessionForm, problems models.Problems) error {
	ctx := c.Request().Context()
	settings, err := access.LoadSettings(ctx, s.db)
	if err != nil {
		return err
	}
	page := templates.NewSessionPage{
		Page: by.frame(c, "Open a session", "sessions"), URL: by.url, Back: by.back, Form: templates.NewSessionFields(form),
		Usual: settings.SessionCapacity, MostParts: mostParts,
	}
	page.Problems = problems
	if page.Venues, err = s.venueChoices(ctx); err != nil {
		return err
	}
	if by.trainer != nil {
		page.Trainer = by.trainer.Name
	} else if page.Trainers, err = s.trainerChoices(ctx); err != nil {
		return err
	}
	return s.render(c, status, "office-session-new", page)
}

func (s *Site) venueChoices(ctx context.Context) ([]templates.Choice, error) {
	venues, err := scheduling.Venues(ctx, s.db)
	choices := make([]templates.Choice, len(venues))
	for i, v := range venues {
		choices[i] = templates.Choice{Value: strconv.FormatInt(v.ID, 10), Label: v.Town + ", " + v.Name}
	}
	return choices, err
}

func (s *Site) trainerChoices(ctx context.Context) ([]templates.Choice, error) {
	trainers, err := scheduling.Trainers(ctx, s.db)
	choices := make([]templates.Choice, len(trainers))
	for i, t := range trainers {
		choices[i] = templates.Choice{Value: strconv.FormatInt(t.ID, 10), Label: t.Name}
	}
	return choices, err
}
