package booking

import (
	"context"
	"fmt"
	"strings"
	"time"

	"gorm.io/gorm"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// Filter narrows a list of bookings.
type Filter struct {
	SessionID      int64
	OrganisationID int64
	Status         Status
	Bought         bool   // only confirmed and cancelled ones: no holds
	Search         string // part of a name, address, organisation, reference or purchase order
	Page           int    // from 1
	PerPage        int    // 20 when 0
}

// List reads the bookings that the scope may see, newest first, and says how many there are altogether.
func List(ctx context.Context, db models.DB, scope access.Scope, f Filter) ([]Booking, int64, error) {
	query := f.narrow(scope.Bookings(db.SQL(ctx))).Session(&gorm.Session{})
	var count int64
	if err := query.Model(&bookingRow{}).Count(&count).Error; err != nil {
		return nil, 0, fmt.Errorf("count bookings: %w", err)
	}
	size := f.PerPage
	if size <= 0 {
		size = 20
	}
	var rows []bookingRow
	err := query.Order("bookings.id DESC").Limit(size).Offset(max(f.Page-1, 0) * size).Find(&rows).Error
	if err != nil {
		return nil, 0, fmt.Errorf("bookings: %w", err)
	}
	all := make([]Booking, len(rows))
	for i, r := range rows {
		all[i] = r.booking()
	}
	return all, count, addPlaces(ctx, db, all)
}

func (f Filter) narrow(q *gorm.DB) *gorm.DB {
	if f.SessionID != 0 {
		q = q.Where("bookings.session_id = ?", f.SessionID)
	}
	if f.OrganisationID != 0 {
		q = q.Where("bookings.organisation_id = ?", f.OrganisationID)
	}
	if f.Status != "" {
		q = q.Where("bookings.status = ?", f.Status)
	}
	if f.Bought {
		q = q.Where("bookings.status IN ('confirmed', 'cancelled')")
	}
	text := strings.ToLower(strings.TrimSpace(f.Search))
	if text == "" {
		return q
	}
	like := "%" + likeText.Replace(text) + "%"
	where := `LOWER(bookings.booker_name) LIKE ? ESCAPE '!' OR bookings.booker_email LIKE ? ESCAPE '!'
		OR LOWER(bookings.organisation_name) LIKE ? ESCAPE '!' OR LOWER(bookings.purchase_order) LIKE ? ESCAPE '!'
		OR EXISTS (SELECT 1 FROM places p WHERE p.booking_id = bookings.id AND (LOWER(p.name) LIKE ? ESCAPE '!' OR p.email LIKE ? ESCAPE '!'))`
	args := []any{like, like, like, like, like, like}
	if id, err := ParseReference(text); err == nil {
		where, args = where+" OR bookings.id = ?", append(args, id)
	}
	return q.Where("("+where+")", args...)
}

// likeText takes the meaning from the signs that LIKE gives one.
var likeText = strings.NewReplacer("!", "!!", "%", "!%", "_", "!_")

// MyPlace is a confirmed place as its person sees it: nothing of the booking it came from.
type MyPlace struct {
	SessionID int64
	NamedAt   time.Time
}

// PlacesOf lists the confirmed places that a person has, newest first, at most 100.
func PlacesOf(ctx context.Context, db models.DB, person int64) ([]MyPlace, error) {
	var rows []placeRow
	err := db.SQL(ctx).Where("person_id = ? AND status = ?", person, PlaceConfirmed).Order("id DESC").Limit(100).Find(&rows).Error
	places := make([]MyPlace, len(rows))
	for i, r := range rows {
		places[i] = MyPlace{SessionID: r.SessionID}
		if r.NamedAt != nil {
			places[i].NamedAt = *r.NamedAt
		}
	}
	return places, models.Translate(err)
}

// Delegate is a person on a session, for its trainer and the office.
type Delegate struct {
	BookingID    int64
	Ordinal      int
	Name         string // empty while nobody is named
	Email        string
	PersonID     *int64 // nil while nobody is named
	Organisation string // who booked: the organisation, or the booker
}

// Delegates lists the confirmed places of a session by name, unnamed ones last. Only its trainers and the office may ask.
func Delegates(ctx context.Context, db models.DB, session int64) ([]Delegate, error) {
	var all []Delegate
	err := db.SQL(ctx).Raw(`SELECT p.booking_id, p.ordinal, p.name, p.email, p.person_id,
		CASE WHEN b.organisation_name <> '' THEN b.organisation_name ELSE b.booker_name END AS organisation
		FROM places p JOIN bookings b ON b.id = p.booking_id WHERE p.session_id = ? AND p.status = 'confirmed'
		ORDER BY CASE WHEN p.name = '' THEN 1 ELSE 0 END, p.name, p.booking_id, p.ordinal`, session).Scan(&all).Error
	return all, models.Translate(err)
}
