package booking

import (
	"context"
	"errors"
	"fmt"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
)

// walkInRow marks the booking of somebody who came without a place: its invoice follows when the office knows whom to invoice.
type walkInRow struct {
	BookingID    int64  `gorm:"primaryKey;autoIncrement:false"`
	Organisation string // as they said on the day
	AddedAt      time.Time
	AddedBy      *int64
}

func (walkInRow) TableName() string { return "walk_ins" }

// boughtFor finds the first unnamed confirmed place on a session that an organisation has bought; no organisation has bought none.
// On an organisation's own group every place is theirs, whatever was said. When two organisations of one name have bought places,
// the name does not say which: then neither has.
func boughtFor(ctx context.Context, tx models.DB, s scheduling.Session, organisation string) (placeRow, bool, error) {
	query := tx.SQL(ctx).Where("session_id = ? AND status = ? AND email = ''", s.ID, PlaceConfirmed)
	if s.Route != scheduling.Bespoke {
		key := access.NameKey(organisation)
		if key == "" {
			return placeRow{}, false, nil
		}
		query = query.Where("booking_id IN (SELECT id FROM bookings WHERE organisation_name_key = ?)", key)
	}
	var rows []placeRow
	if err := query.Order("booking_id, ordinal").Find(&rows).Error; err != nil || len(rows) == 0 {
		return placeRow{}, false, models.Translate(err)
	}
	buyers, err := buyersOf(ctx, tx, rows)
	return rows[0], err == nil && buyers == 1, err
}

// buyersOf counts the organisations that bought some places; one that nobody has proven to manage counts by its booker's address.
func buyersOf(ctx context.Context, tx models.DB, rows []placeRow) (int64, error) {
	var ids []int64
	for _, r := range rows {
		ids = append(ids, r.BookingID)
	}
	var n int64
	err := tx.SQL(ctx).Raw(`SELECT COUNT(DISTINCT COALESCE(CAST(organisation_id AS TEXT), booker_email)) FROM bookings WHERE id IN ?`, ids).Scan(&n).Error
	return n, models.Translate(err)
}

// insertWalkIn writes a confirmed booking of one place for the person. It counts as an individual's, to be paid by card, until the
// office knows better: nobody becomes the manager of an organisation by what was said at the door.
func insertWalkIn(ctx context.Context, tx models.DB, actor access.Actor, s scheduling.Session, came Came) (Booking, error) {
	tariff, err := billing.LoadTariff(ctx, tx)
	if err != nil {
		return Booking{}, err
	}
	price, err := tariff.Prices.Net(billing.OpenAccess, s.Format, tx.Today())
	if err != nil {
		return Booking{}, err
	}
	now := tx.Now()
	row := bookingRow{
		SessionID: s.ID, RequestKey: came.RequestKey, Status: Confirmed, PlaceCount: 1, PriceID: price.ID, UnitNetPence: price.Net,
		LadderID: tariff.LadderID, Buyer: Individual, BookerName: came.Person.Name, BookerEmail: came.Person.Email,
		OrganisationName: came.Organisation, OrganisationNameKey: access.NameKey(came.Organisation), Payment: ByCard, HoldUntil: now, CreatedAt: now,
		ConfirmedAt: &now, Demonstration: s.Demonstration,
	}
	if err := models.Affected(tx.SQL(ctx).Create(&row), 1, errors.New("the booking was not written")); err != nil {
		return Booking{}, fmt.Errorf("walk-in: %w", err)
	}
	place := placeRow{BookingID: row.ID, SessionID: s.ID, Ordinal: 1, Status: PlaceConfirmed, CreatedAt: now}
	if err := models.Affected(tx.SQL(ctx).Create(&place), 1, errors.New("the place was not written")); err != nil {
		return Booking{}, err
	}
	if err := writeName(ctx, tx, place.place(), came.Person); err != nil {
		return Booking{}, err
	}
	mark := walkInRow{BookingID: row.ID, Organisation: came.Organisation, AddedAt: now}
	if actor.SignedIn() {
		mark.AddedBy = &actor.PersonID
	}
	if err := models.Affected(tx.SQL(ctx).Create(&mark), 1, errors.New("the walk-in was not written")); err != nil {
		return Booking{}, err
	}
	return Find(ctx, tx, access.System().Scope(), row.ID)
}

// toBeInvoiced says that a booking is a walk-in's and has no invoice yet.
func toBeInvoiced(ctx context.Context, db models.DB, id int64) (bool, error) {
	var waiting int64
	err := db.SQL(ctx).Model(&walkInRow{}).Where(`booking_id = ? AND NOT EXISTS (SELECT 1 FROM documents d
		WHERE d.order_kind = 'booking' AND d.order_id = walk_ins.booking_id AND d.kind = 'invoice')`, id).Count(&waiting).Error
	return waiting == 1, models.Translate(err)
}

// CameWithoutPlace says that a booking is of somebody who came without a place.
func CameWithoutPlace(ctx context.Context, db models.DB, id int64) (bool, error) {
	var found int64
	err := db.SQL(ctx).Model(&walkInRow{}).Where("booking_id = ?", id).Count(&found).Error
	return found == 1, models.Translate(err)
}

// ToBeInvoiced lists the bookings of walk-ins that wait for their invoice, oldest first, at most 100; the office may ask.
func ToBeInvoiced(ctx context.Context, db models.DB, actor access.Actor) ([]int64, error) {
	if err := actor.Require(access.RoleOffice); err != nil {
		return nil, err
	}
	var ids []int64
	err := db.SQL(ctx).Raw(`SELECT w.booking_id FROM walk_ins w WHERE NOT EXISTS (SELECT 1 FROM documents d
		WHERE d.order_kind = 'booking' AND d.order_id = w.booking_id AND d.kind = 'invoice') ORDER BY w.booking_id LIMIT 100`).Scan(&ids).Error
	return ids, models.Translate(err)
}
