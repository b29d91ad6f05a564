package handlers

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/delivery"
	"hub.salford.ac.uk/ssph/licensing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/templates"
)

// sessionBookings is how many bookings a session's page shows; a session has fewer places than that.
const sessionBookings = 200

// sessionTyped is what was typed on a session's page, beside what stands in the database; nil where nothing was.
type sessionTyped struct {
	capacity *string
	joinLink *string
	problems models.Problems
}

// officeSession shows a session with its people and bookings.
func (s *Site) officeSession(c echo.Context) error {
	return s.officeSessionPage(c, http.StatusOK, sessionTyped{})
}

func (s *Site) officeSessionPage(c echo.Context, status int, typed sessionTyped) error {
	id, err := number(c, "session")
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	found, err := scheduling.FindAny(ctx, s.db, id)
	if err != nil {
		return err
	}
	rows, err := s.officeSessionRows(ctx, []scheduling.Session{found})
	if err != nil {
		return err
	}
	page := templates.OfficeSessionPage{
		Page: s.officePage(c, rows[0].Days, "sessions"), Session: rows[0], Block: templates.NewDateBlock(found.Days(), true),
		Facts: officeSessionFacts(found), Draft: found.Status == scheduling.Draft, Online: found.Format == scheduling.Online,
		Open:     found.Status != scheduling.Cancelled && !found.IsOver(s.db.Now()),
		Capacity: typedOr(typed.capacity, strconv.Itoa(found.Capacity)), JoinLink: typedOr(typed.joinLink, found.JoinLink),
	}
	page.Problems = typed.problems
	if found.Status == scheduling.Published {
		page.RegisterURL = trainerSessionURL(id)
	}
	if found.Status != scheduling.Draft && found.Route == scheduling.OpenAccess {
		page.PublicURL = sessionURL(id)
	}
	if err := s.fillOfficeSession(ctx, actorOf(c), id, &page); err != nil {
		return err
	}
	return s.render(c, status, "office-session", page)
}

// fillOfficeSession adds who comes, who booked and what happened.
func (s *Site) fillOfficeSession(ctx context.Context, actor access.Actor, id int64, page *templates.OfficeSessionPage) error {
	if err := s.fillOfficeDay(ctx, actor, id, page); err != nil {
		return err
	}
	bookings, _, err := booking.List(ctx, s.db, actor.Scope(), booking.Filter{SessionID: id, PerPage: sessionBookings})
	if err != nil {
		return err
	}
	for _, b := range bookings {
		page.Bookings = append(page.Bookings, officeBookingRow(b, s.db.Now()))
	}
	page.History, err = s.history(ctx, actor, access.Subject{Kind: "session", ID: id})
	return err
}

// fillOfficeDay adds who comes, and, once the session is completed, what became of each.
func (s *Site) fillOfficeDay(ctx context.Context, actor access.Actor, id int64, page *templates.OfficeSessionPage) error {
	people, err := booking.Delegates(ctx, s.db, id)
	if err != nil {
		return err
	}
	completed, err := delivery.CompletedAt(ctx, s.db, []int64{id})
	if err != nil {
		return err
	}
	at, done := completed[id]
	if !done {
		page.People = delegateRows(people, nil)
		return nil
	}
	certificates, err := licensing.CertificatesOfSession(ctx, s.db, actor, id)
	page.Completed = "It was completed on " + models.When(at) + ". " + certificatesWords(len(certificates)) + "."
	page.Session.State = completeTag()
	page.People = delegateRows(people, func(person int64, row *templates.DelegateRow) {
		certificate, trained := certificates[person]
		if row.State = trainedTag(trained); trained {
			row.Certificate = &templates.Action{Label: certificate.Code.String(), URL: certificateURL(certificate.Code)}
		}
	})
	return err
}

// typedOr is what was typed, or what stands when nothing was.
func typedOr(typed *string, stands string) string {
	if typed != nil {
		return *typed
	}
	return stands
}

// delegateRows are the people one by one, and for each booking with places not named yet one row. add says what became of a person;
// nil while that is open.
func delegateRows(people []booking.Delegate, add func(person int64, row *templates.DelegateRow)) []templates.DelegateRow {
	var rows []templates.DelegateRow
	unnamed := map[int64]int{} // by booking, the row that counts its places
	for _, d := range people {
		if at, ok := unnamed[d.BookingID]; ok && d.Name == "" {
			rows[at].Unnamed++
			continue
		}
		ref := booking.Booking{ID: d.BookingID}.Reference()
		row := templates.DelegateRow{Name: d.Name, Email: d.Email, Organisation: d.Organisation, Booking: ref, BookingURL: officeBookingURL(ref)}
		if d.PersonID != nil {
			row.URL = officePersonURL(*d.PersonID)
			if add != nil {
				add(*d.PersonID, &row)
			}
		}
		if d.Name == "" {
			row.Unnamed, unnamed[d.BookingID] = 1, len(rows)
		}
		rows = append(rows, row)
	}
	return rows
}

// sentenceCase begins a phrase with a capital, to stand alone.
func sentenceCase(words string) string {
	if words == "" {
		return ""
	}
	return strings.ToUpper(words[:1]) + words[1:]
}

// officeSessionFacts are the particulars of a session, line by line.
func officeSessionFacts(f scheduling.Session) []templates.SummaryRow {
	when := templates.SummaryRow{Key: "When", Lines: []string{f.DaysLine(), f.TimesLine()}}
	if note := f.ClockChangeNote(); note != "" {
		when.Notes = []string{note}
	}
	rows := []templates.SummaryRow{{Key: "Course", Lines: []string{f.CourseTitle}, Notes: []string{f.Route.Title()}}, when}
	if f.Venue != nil {
		where := templates.SummaryRow{Key: "Where", Lines: f.Venue.Lines()}
		if words := sentenceCase(accessWords(*f.Venue)); words != "" {
			where.Notes = []string{words}
		}
		rows = append(rows, where)
	} else {
		where := templates.SummaryRow{Key: "Where", Lines: []string{"Online"}}
		if f.Captions {
			where.Notes = []string{"With captions"}
		}
		rows = append(rows, where)
	}
	return append(rows, templates.SummaryRow{Key: "Trainers", Lines: []string{f.TrainerNames()}})
}
