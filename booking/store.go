package booking

import (
	"context"
	"errors"
	"fmt"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

type bookingRow struct {
	ID                  int64
	SessionID           int64
	RequestKey          string
	ClaimHash           string
	Status              Status
	PlaceCount          int
	PriceID             int64
	UnitNetPence        models.Pence
	DiscountThousandths models.Percent
	DiscountReason      string
	LadderID            int64
	Buyer               Buyer
	BookerID            *int64
	BookerName          string
	BookerEmail         string
	OrganisationID      *int64
	OrganisationName    string
	OrganisationNameKey string
	Address             string // line 1, line 2 and town, a line each
	Postcode            string
	Country             string
	InvoiceEmail        string
	PurchaseOrder       string
	PurchaseOrderDue    models.Date
	Payment             Payment
	HoldUntil           time.Time
	CreatedAt           time.Time
	ConfirmedAt         *time.Time
	EndedAt             *time.Time
	Demonstration       bool
}

func (bookingRow) TableName() string { return "bookings" }

type placeRow struct {
	ID        int64
	BookingID int64
	SessionID int64
	Ordinal   int
	Status    PlaceStatus
	Name      string
	Email     string
	PersonID  *int64
	NamedAt   *time.Time
	Invites   int
	CreatedAt time.Time
}

func (placeRow) TableName() string { return "places" }

func (r bookingRow) booking() Booking {
	b := Booking{
		ID: r.ID, SessionID: r.SessionID, Status: r.Status, Unit: r.UnitNetPence, Discount: r.DiscountThousandths,
		DiscountReason: r.DiscountReason, PurchaseOrderDue: r.PurchaseOrderDue, LadderID: r.LadderID,
		Buyer: r.Buyer, BookerID: r.BookerID, OrganisationID: r.OrganisationID, Payment: r.Payment, HoldUntil: r.HoldUntil,
		CreatedAt: r.CreatedAt, ConfirmedAt: r.ConfirmedAt, EndedAt: r.EndedAt, Demonstration: r.Demonstration,
		Details: Details{
			Name: r.BookerName, Email: r.BookerEmail, Organisation: r.OrganisationName, Postcode: r.Postcode, Country: r.Country,
			InvoiceEmail: r.InvoiceEmail, PurchaseOrder: r.PurchaseOrder, ToFollow: !r.PurchaseOrderDue.IsZero(),
		},
	}
	b.Details.Line1, b.Details.Line2, b.Details.Town = splitAddress(r.Address)
	return b
}

func (r placeRow) place() Place {
	return Place{
		ID: r.ID, Ordinal: r.Ordinal, Status: r.Status, Name: r.Name, Email: r.Email, PersonID: r.PersonID,
		NamedAt: r.NamedAt, Invites: r.Invites,
	}
}

// Find reads one booking that the scope may see. A stranger's is not found.
func Find(ctx context.Context, db models.DB, scope access.Scope, id int64) (Booking, error) {
	var row bookingRow
	err := models.Translate(scope.Bookings(db.SQL(ctx)).Where("bookings.id = ?", id).Take(&row).Error)
	if errors.Is(err, models.ErrNoRow) {
		return Booking{}, noSuchBooking()
	}
	if err != nil {
		return Booking{}, fmt.Errorf("booking %d: %w", id, err)
	}
	return withPlaces(ctx, db, row)
}

func withPlaces(ctx context.Context, db models.DB, row bookingRow) (Booking, error) {
	all := []Booking{row.booking()}
	err := addPlaces(ctx, db, all)
	return all[0], err
}

// addPlaces completes the bookings with their places, in one query.
func addPlaces(ctx context.Context, db models.DB, all []Booking) error {
	at := map[int64]int{}
	ids := make([]int64, len(all))
	for i, b := range all {
		at[b.ID], ids[i] = i, b.ID
	}
	if len(ids) == 0 {
		return nil
	}
	var rows []placeRow
	if err := db.SQL(ctx).Where("booking_id IN ?", ids).Order("booking_id, ordinal").Find(&rows).Error; err != nil {
		return fmt.Errorf("places: %w", err)
	}
	for _, r := range rows {
		b := &all[at[r.BookingID]]
		b.Places = append(b.Places, r.place())
	}
	return nil
}

// claimedBooking reads a booking under its session's lock; the caller has claimed that session.
func claimedBooking(ctx context.Context, tx models.DB, scope access.Scope, id, session int64) (Booking, error) {
	b, err := Find(ctx, tx, scope, id)
	if err == nil && b.SessionID != session {
		err = fmt.Errorf("booking %d is on session %d, not %d", id, b.SessionID, session)
	}
	return b, err
}

// sessionOf finds which session's lock a booking needs; a booking never changes its session while it waits for it.
func sessionOf(ctx context.Context, tx models.DB, id int64) (int64, error) {
	var row bookingRow
	err := models.Translate(tx.SQL(ctx).Select("session_id").Where("id = ?", id).Take(&row).Error)
	if errors.Is(err, models.ErrNoRow) {
		return 0, noSuchBooking()
	}
	return row.SessionID, err
}

// change updates columns of a booking that is in the given state, and fails when it no longer is.
func change(ctx context.Context, tx models.DB, b Booking, columns map[string]any) error {
	res := tx.SQL(ctx).Model(&bookingRow{}).Where("id = ? AND status = ?", b.ID, b.Status).Updates(columns)
	return models.Affected(res, 1, models.Fail(models.KindConflict, "This booking changed meanwhile. Look at it again"))
}

// changePlaces moves every place of a booking from one state to another.
func changePlaces(ctx context.Context, tx models.DB, b Booking, from []PlaceStatus, to PlaceStatus) error {
	res := tx.SQL(ctx).Model(&placeRow{}).Where("booking_id = ? AND status IN ?", b.ID, from).Update("status", to)
	return models.Affected(res, int64(len(b.Places)), fmt.Errorf("booking %d: not all places could become %s", b.ID, to))
}

// byRequest finds the booking that a form already made, if it did.
func byRequest(ctx context.Context, tx models.DB, key string) (Booking, bool, error) {
	var row bookingRow
	err := models.Translate(tx.SQL(ctx).Where("request_key = ?", key).Take(&row).Error)
	if errors.Is(err, models.ErrNoRow) {
		return Booking{}, false, nil
	}
	if err != nil {
		return Booking{}, false, err
	}
	b, err := withPlaces(ctx, tx, row)
	return b, true, err
}

// keepUntil makes a hold last at least until an instant; one that had ended begins again, with its places.
func keepUntil(ctx context.Context, tx models.DB, b Booking, until time.Time) error {
	if b.Status == Held {
		if until.Before(b.HoldUntil) {
			return nil
		}
		return change(ctx, tx, b, map[string]any{"hold_until": until})
	}
	if err := dropClashes(ctx, tx, b); err != nil {
		return err
	}
	if err := change(ctx, tx, b, map[string]any{"status": Held, "hold_until": until, "ended_at": nil}); err != nil {
		return err
	}
	return changePlaces(ctx, tx, b, []PlaceStatus{PlaceReleased}, PlaceHeld)
}

// unowned lists the bookings made with an address before it was proven, by session and id: the order of the locks.
func unowned(ctx context.Context, tx models.DB, email string) ([]int64, error) {
	var ids []int64
	err := tx.SQL(ctx).Raw(`SELECT id FROM bookings WHERE booker_email = ? AND booker_id IS NULL AND status IN ('held', 'confirmed')
		ORDER BY session_id, id`, email).Scan(&ids).Error
	return ids, models.Translate(err)
}
