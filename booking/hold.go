package booking

import (
	"context"
	"fmt"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
)

// HoldRequest asks for places on a session.
type HoldRequest struct {
	SessionID  int64
	Places     int
	RequestKey string  // one for each form shown: sent twice, it makes one booking
	ClaimHash  string  // proves later that this browser began the booking
	Beside     []int64 // bookings that were begun from the same network lately
}

// claimer takes a session's lock and says how many places others have taken. Tests put another in its place, to show that without
// the lock a session is oversold.
type claimer func(ctx context.Context, tx models.DB, session, but int64) (scheduling.Session, int, error)

// Hold keeps places on a session for a while, in the transaction it is given. It freezes price and cancellation terms. The buyer's
// own unfinished holds on the same session, begun in the same browser, are let go first. Errors: invalid with field "places" for a
// number that is not sold, and for a browser or a network that holds places on many dates already; full, with field "places", when there is no room; gone and not found from the session.
func Hold(ctx context.Context, tx models.DB, actor access.Actor, req HoldRequest) (Booking, error) {
	return hold(ctx, tx, actor, req, claim)
}

// claim is the one way to a session's room: its lock, then the count from live rows.
func claim(ctx context.Context, tx models.DB, session, but int64) (scheduling.Session, int, error) {
	s, err := scheduling.Claim(ctx, tx, session)
	if err != nil {
		return scheduling.Session{}, 0, err
	}
	if err := expireLapsed(ctx, tx, session); err != nil {
		return scheduling.Session{}, 0, err
	}
	taken, err := takenByOthers(ctx, tx, session, but)
	return s, taken, err
}

func hold(ctx context.Context, tx models.DB, actor access.Actor, req HoldRequest, claim claimer) (Booking, error) {
	session, taken, err := claim(ctx, tx, req.SessionID, 0)
	if err != nil {
		return Booking{}, err
	}
	if made, ok, err := byRequest(ctx, tx, req.RequestKey); ok || err != nil {
		return made, err
	}
	freed, err := letGoOwn(ctx, tx, actor, req.SessionID)
	if err != nil {
		return Booking{}, err
	}
	if err := withinHolds(ctx, tx, actor, req.Beside); err != nil {
		return Booking{}, err
	}
	tariff, err := billing.LoadTariff(ctx, tx)
	if err != nil {
		return Booking{}, err
	}
	if err := fits(session, tariff, req.Places, session.Capacity-taken+freed, tx.Now()); err != nil {
		return Booking{}, err
	}
	made, err := insertHold(ctx, tx, session, tariff, req)
	if err != nil {
		return Booking{}, err
	}
	return made, access.Record(ctx, tx, actor, access.Entry{
		Action: "places held", SubjectKind: "booking", SubjectID: made.ID,
		Detail: map[string]any{"session": session.ID, "places": req.Places, "until": made.HoldUntil},
	})
}

// fits says why so many places cannot be had on a session.
func fits(session scheduling.Session, tariff billing.Tariff, places, left int, now time.Time) error {
	if err := session.BookableAt(now); err != nil {
		return err
	}
	quote := billing.QuoteRequest{Route: billing.OpenAccess, Format: session.Format, People: places}
	if _, err := tariff.Quote(quote, models.DateOf(now)); err != nil {
		return onField(err, "places")
	}
	if places <= left {
		return nil
	}
	full := models.Fail(models.KindFull, "%s", roomLeft(left))
	full.Field = "places"
	return full
}

// roomLeft is the sentence for somebody who wants more places than there are.
func roomLeft(left int) string {
	switch {
	case left <= 0:
		return "This session is full. Look at the other dates"
	case left == 1:
		return "Only 1 place is left on this date. Choose 1 place, or another date"
	}
	return fmt.Sprintf("Only %d places are left on this date. Choose %d or fewer, or another date", left, left)
}

// onField moves the sentence of an invalid request to the field of our form.
func onField(err error, field string) error {
	for _, one := range models.ProblemsOf(err) {
		return models.Invalid(field, "%s", one.Msg)
	}
	return err
}

// insertHold writes a hold at the day’s price and under the day’s ladder.
func insertHold(ctx context.Context, tx models.DB, s scheduling.Session, tariff billing.Tariff, req HoldRequest) (Booking, error) {
	settings, err := access.LoadSettings(ctx, tx)
	if err != nil {
		return Booking{}, err
	}
	price, err := tariff.Prices.Net(billing.OpenAccess, s.Format, tx.Today())
	if err != nil {
		return Booking{}, err
	}
	row := bookingRow{
		SessionID: s.ID, RequestKey: req.RequestKey, ClaimHash: req.ClaimHash, Status: Held, PlaceCount: req.Places,
		PriceID: price.ID, UnitNetPence: price.Net, LadderID: tariff.LadderID,
		HoldUntil: tx.Now().Add(time.Duration(settings.HoldMinutes) * time.Minute),
		CreatedAt: tx.Now(), Demonstration: s.Demonstration,
	}
	return insertBooking(ctx, tx, row)
}
