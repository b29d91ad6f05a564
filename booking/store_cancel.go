package booking

import (
	"context"
	"errors"
	"fmt"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
)

type cancellationRow struct {
	ID             int64
	PlaceID        int64
	BookingID      int64
	Ground         Ground
	Reason         string
	NoticedOn      models.Date
	DaysBefore     int
	FeeThousandths models.Percent
	KeptNetPence   models.Pence
	KeptVATPence   models.Pence `gorm:"column:kept_vat_pence"`
	CreditNetPence models.Pence
	CreditVATPence models.Pence `gorm:"column:credit_vat_pence"`
	CreditID       *int64
	CancelledBy    *int64
	CreatedAt      time.Time
}

func (cancellationRow) TableName() string { return "cancellations" }

func (r cancellationRow) terms() Terms {
	kept, credit := billing.Amount{Net: r.KeptNetPence, VAT: r.KeptVATPence}, billing.Amount{Net: r.CreditNetPence, VAT: r.CreditVATPence}
	return Terms{DaysBefore: r.DaysBefore, Fee: r.FeeThousandths, Place: kept.Plus(credit), Kept: kept, Credit: credit}
}

// takeOff makes a confirmed place a cancelled one: nobody has it any more, and its room is free.
func takeOff(ctx context.Context, tx models.DB, p Place) error {
	res := tx.SQL(ctx).Exec("UPDATE places SET status = ? WHERE id = ? AND status = ?", PlaceCancelled, p.ID, PlaceConfirmed)
	return models.Affected(res, 1, models.Fail(models.KindConflict, "This place changed meanwhile. Look at the booking again"))
}

func insertCancellation(ctx context.Context, tx models.DB, actor access.Actor, c Cancelling, one CancelledPlace) error {
	row := cancellationRow{
		PlaceID: one.Place.ID, BookingID: c.Booking.ID, Ground: c.Notice.Ground, Reason: c.Reason, NoticedOn: c.Notice.On, DaysBefore: one.DaysBefore,
		FeeThousandths: one.Fee, KeptNetPence: one.Kept.Net, KeptVATPence: one.Kept.VAT, CreditNetPence: one.Credit.Net, CreditVATPence: one.Credit.VAT,
		CreatedAt: tx.Now(),
	}
	if c.Note != nil && one.Credit.Gross() > 0 {
		row.CreditID = &c.Note.ID
	}
	if actor.PersonID != 0 {
		row.CancelledBy = &actor.PersonID
	}
	if err := tx.SQL(ctx).Create(&row).Error; err != nil {
		return fmt.Errorf("cancellation of place %d: %w", one.Place.ID, models.Translate(err))
	}
	return nil
}

// cancellationsOf lists the cancellations of a booking in the order in which they were made.
func cancellationsOf(ctx context.Context, db models.DB, booking int64) ([]cancellationRow, error) {
	var rows []cancellationRow
	err := db.SQL(ctx).Where("booking_id = ?", booking).Order("id").Find(&rows).Error
	return rows, models.Translate(err)
}

// StandingInvoice finds the invoice that stands for a booking's places: the one that no other has replaced. None is no error.
func StandingInvoice(ctx context.Context, db models.DB, b Booking) (*billing.Document, error) {
	_, standing, err := InvoicesOf(ctx, db, b)
	return standing, err
}

// InvoicesOf finds the invoice on which a booking's places were sold and the one that stands for it now: the same, until a correction
// replaces it, as often as that may be. A credit is taken off the one that stands; what a place was sold at is for ever on the first,
// for a rest that was issued anew knows no places. None is no error.
func InvoicesOf(ctx context.Context, db models.DB, b Booking) (first, standing *billing.Document, err error) {
	const all = 200
	order := b.Order()
	docs, _, err := billing.Documents(ctx, db, access.System().Scope(), billing.DocumentFilter{Order: &order, PerPage: all})
	if err != nil {
		return nil, nil, err
	}
	byID, replaced := map[int64]*billing.Document{}, map[int64]bool{}
	for i, d := range docs {
		byID[d.ID] = &docs[i]
		if d.Replaces != nil {
			replaced[d.Replaces.ID] = true
		}
	}
	for i, d := range docs {
		if d.Kind == billing.Invoice && !replaced[d.ID] && len(d.Lines) > 0 && d.Lines[0].Route != "" {
			standing = &docs[i]
			break
		}
	}
	for first = standing; first != nil && first.Replaces != nil; {
		before := byID[first.Replaces.ID]
		if before == nil {
			return nil, nil, fmt.Errorf("%s of booking %d replaces an invoice of another", first.Code, b.ID)
		}
		first = before
	}
	return first, standing, nil
}

// seenThere says that the register or another session's knows a person as having been there on this place.
func seenThere(ctx context.Context, db models.DB, p Place) (bool, error) {
	var n int
	err := db.SQL(ctx).Raw(`SELECT (SELECT COUNT(*) FROM place_outcomes WHERE place_id = ? AND outcome IN (?, ?))
		+ (SELECT COUNT(*) FROM attendance_marks WHERE place_id = ? AND mark IN ('present', 'late'))
		+ (SELECT COUNT(*) FROM catch_ups WHERE place_id = ? AND here)`,
		p.ID, OutcomeAttended, OutcomePart, p.ID, p.ID).Scan(&n).Error
	return n > 0, models.Translate(err)
}

// Cancellation is a place that was cancelled, as it was written down.
type Cancellation struct {
	Booking Booking
	Place   Place
	Terms
	Ground    Ground
	Reason    string // of the office: not for the customer
	NoticedOn models.Date
	At        time.Time
	By        *int64            // who cancelled it; nil for nobody known
	Note      *billing.Document // nil when nothing was credited
}

// FindCancellation reads how a place of a booking in scope was cancelled. A place that was not is not found.
func FindCancellation(ctx context.Context, db models.DB, scope access.Scope, bookingID int64, ordinal int) (Cancellation, error) {
	b, err := Find(ctx, db, scope, bookingID)
	if err != nil {
		return Cancellation{}, err
	}
	var row cancellationRow
	err = models.Translate(db.SQL(ctx).Where("place_id IN (SELECT id FROM places WHERE booking_id = ? AND ordinal = ?)", bookingID, ordinal).Take(&row).Error)
	if errors.Is(err, models.ErrNoRow) {
		return Cancellation{}, models.NotFound("This place is not cancelled")
	}
	if err != nil {
		return Cancellation{}, fmt.Errorf("cancellation: %w", err)
	}
	out := Cancellation{Booking: b, Terms: row.terms(), Ground: row.Ground, Reason: row.Reason, NoticedOn: row.NoticedOn, At: row.CreatedAt, By: row.CancelledBy}
	for _, p := range b.Places {
		if p.ID == row.PlaceID {
			out.Place = p
		}
	}
	if row.CreditID != nil {
		out.Note, err = creditOf(ctx, db, b, *row.CreditID)
	}
	return out, err
}

func creditOf(ctx context.Context, db models.DB, b Booking, id int64) (*billing.Document, error) {
	const all = 200
	order := b.Order()
	docs, _, err := billing.Documents(ctx, db, access.System().Scope(), billing.DocumentFilter{Order: &order, PerPage: all})
	if err != nil {
		return nil, err
	}
	for _, d := range docs {
		if d.ID == id {
			return &d, nil
		}
	}
	return nil, fmt.Errorf("booking %d has no document %d", b.ID, id)
}
