package licensing

import (
	"context"
	"fmt"
	"slices"
	"time"

	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
)

// bookedAs says how a booking that was paid so was made.
func bookedAs(payment booking.Payment) string {
	switch payment {
	case booking.ByCard:
		return "Booked by card"
	case booking.OnAccount:
		return "Booked by invoice"
	}
	return "Booked"
}

// placeSteps are the bookings a person has a place on, and when the place got their name.
func placeSteps(ctx context.Context, db models.DB, personID int64) ([]Step, error) {
	var rows []struct {
		BookingID, SessionID int64
		ConfirmedAt          time.Time
		Payment              booking.Payment
		Booker               string
		NamedAt              *time.Time
		Status               booking.PlaceStatus
		WalkIn               bool
	}
	err := db.SQL(ctx).Raw(`SELECT b.id AS booking_id, b.session_id, b.confirmed_at, b.payment, p.named_at, p.status,
		EXISTS (SELECT 1 FROM walk_ins w WHERE w.booking_id = b.id) AS walk_in,
		CASE WHEN b.organisation_name <> '' THEN b.organisation_name ELSE b.booker_name END AS booker
		FROM places p JOIN bookings b ON b.id = p.booking_id
		WHERE p.person_id = ? AND b.confirmed_at IS NOT NULL ORDER BY p.id`, personID).Scan(&rows).Error
	if err != nil {
		return nil, models.Translate(err)
	}
	var steps []Step
	for _, r := range rows {
		step := Step{
			At: r.ConfirmedAt.UTC(), Kind: StepBooking, What: bookedAs(r.Payment) + ", " + booking.Booking{ID: r.BookingID}.Reference(),
			Why: r.Booker + " booked", BookingID: r.BookingID, SessionID: r.SessionID,
		}
		if r.WalkIn {
			step.What, step.Why = "Came without a place, "+booking.Booking{ID: r.BookingID}.Reference(), "A place was free on the day"
		}
		steps = append(steps, step)
		if r.NamedAt == nil {
			continue
		}
		what := "Named for a place"
		if r.Status == booking.PlaceCancelled {
			what = "Named for a place that was cancelled since"
		}
		steps = append(steps, Step{At: r.NamedAt.UTC(), Kind: StepPlace, What: what, BookingID: r.BookingID, SessionID: r.SessionID})
	}
	return steps, nil
}

// markSteps are what registers say of a person.
func markSteps(ctx context.Context, db models.DB, personID int64) ([]Step, error) {
	var rows []struct {
		MarkedAt  time.Time
		Mark      string
		Ordinal   int
		SessionID int64
		StartsAt  time.Time
	}
	err := db.SQL(ctx).Raw(`SELECT m.marked_at, m.mark, pa.ordinal, pa.session_id, pa.starts_at
		FROM attendance_marks m JOIN parts pa ON pa.id = m.part_id WHERE m.person_id = ? ORDER BY pa.starts_at, m.id`, personID).Scan(&rows).Error
	var steps []Step
	for _, r := range rows {
		steps = append(steps, Step{
			At: r.MarkedAt.UTC(), Kind: StepRegister, What: fmt.Sprintf("Marked %s in part %d", r.Mark, r.Ordinal),
			Why: "The register of " + models.DateOf(r.StartsAt).String(), SessionID: r.SessionID,
		})
	}
	return steps, models.Translate(err)
}

// catchUpSteps are the parts a person made up in another session.
func catchUpSteps(ctx context.Context, db models.DB, personID int64) ([]Step, error) {
	var rows []struct {
		MarkedAt         time.Time
		Ordinal          int
		SessionID        int64
		StartsAt, Missed time.Time
	}
	err := db.SQL(ctx).Raw(`SELECT u.marked_at, q.ordinal, q.session_id, q.starts_at, m.starts_at AS missed
		FROM catch_ups u JOIN parts q ON q.id = u.part_id JOIN parts m ON m.id = u.missed_part_id
		WHERE u.person_id = ? AND u.here ORDER BY q.starts_at, u.id`, personID).Scan(&rows).Error
	var steps []Step
	for _, r := range rows {
		steps = append(steps, Step{
			At: r.MarkedAt.UTC(), Kind: StepRegister, What: fmt.Sprintf("Caught up part %d", r.Ordinal),
			Why:       "The register of " + models.DateOf(r.StartsAt).String() + ", after missing " + models.DateOf(r.Missed).String(),
			SessionID: r.SessionID,
		})
	}
	return steps, models.Translate(err)
}

// completionSteps are a person's completions and their withdrawals.
func completionSteps(ctx context.Context, db models.DB, personID int64) ([]Step, error) {
	var rows []struct {
		CompletedAt  time.Time
		SessionID    int64
		LastAttended models.Date
		WithdrawnAt  *time.Time
		Reason       string
	}
	err := db.SQL(ctx).Raw(`SELECT c.completed_at, c.session_id, c.last_attended, w.withdrawn_at, COALESCE(w.reason, '') AS reason
		FROM completions c LEFT JOIN completion_withdrawals w ON w.completion_id = c.id WHERE c.person_id = ? ORDER BY c.id`, personID).Scan(&rows).Error
	var steps []Step
	for _, r := range rows {
		steps = append(steps, Step{
			At: r.CompletedAt.UTC(), Kind: StepCompletion, What: "Training completed", Why: "Attended every part, the last on " + r.LastAttended.String(),
			SessionID: r.SessionID,
		})
		if r.WithdrawnAt != nil {
			steps = append(steps, Step{At: r.WithdrawnAt.UTC(), Kind: StepCompletion, What: "Completion withdrawn", Why: r.Reason, SessionID: r.SessionID})
		}
	}
	return steps, models.Translate(err)
}

// certificateSteps are a person's certificates and their withdrawals.
func certificateSteps(ctx context.Context, db models.DB, personID int64) ([]Step, error) {
	all, err := readCertificates(certificatesQuery(ctx, db).Where("certificates.person_id = ?", personID))
	slices.Reverse(all) // in the order in which one took the place of another
	var steps []Step
	for _, c := range all {
		issued := Step{At: c.IssuedAt, Kind: StepCertificate, What: "Certificate issued", Why: c.Facts.Why("The person"), Code: c.Code}
		if c.ReplacesID != nil {
			issued.What, issued.Why = "Certificate issued with the name corrected", "It replaces the one before"
		}
		steps = append(steps, issued)
		if c.WithdrawnAt != nil {
			steps = append(steps, Step{At: *c.WithdrawnAt, Kind: StepCertificate, What: "Certificate withdrawn", Why: c.Reason, Code: c.Code})
		}
	}
	return steps, err
}

// periodSteps are the periods of a person's licences, those taken back too.
func periodSteps(ctx context.Context, db models.DB, personID int64) ([]Step, error) {
	var rows []struct {
		LicenceID         int64
		MadeAt            time.Time
		StartsOn, LastDay models.Date
		ReplacesID        *int64
		VoidedAt          *time.Time
		Reason            string
	}
	err := db.SQL(ctx).Raw(`SELECT p.licence_id, p.made_at, p.starts_on, p.last_day, p.replaces_id, v.voided_at, COALESCE(v.reason, '') AS reason
		FROM licence_periods p JOIN licences l ON l.id = p.licence_id LEFT JOIN licence_period_voids v ON v.period_id = p.id
		WHERE l.person_id = ? ORDER BY p.id`, personID).Scan(&rows).Error
	var steps []Step
	for _, r := range rows {
		reference := Licence{ID: r.LicenceID}.Reference()
		dates := r.StartsOn.String() + " to the end of " + r.LastDay.String()
		why := "The completed training"
		if r.ReplacesID != nil {
			why = "An earlier period was taken back, so this one moved"
		}
		steps = append(steps, Step{At: r.MadeAt.UTC(), Kind: StepLicence, What: "Licence " + reference + ": " + dates, Why: why, LicenceID: r.LicenceID})
		if r.VoidedAt != nil {
			steps = append(steps, Step{
				At: r.VoidedAt.UTC(), Kind: StepLicence, What: "Licence " + reference + ": taken back, " + dates, Why: r.Reason, LicenceID: r.LicenceID,
			})
		}
	}
	return steps, models.Translate(err)
}

// standingSteps are what the office decided about a person's licences.
func standingSteps(ctx context.Context, db models.DB, personID int64) ([]Step, error) {
	var rows []eventRow
	err := db.SQL(ctx).Where("licence_id IN (SELECT id FROM licences WHERE person_id = ?)", personID).Order("id").Find(&rows).Error
	var steps []Step
	for _, r := range rows {
		steps = append(steps, Step{
			At: r.At.UTC(), Kind: StepLicence, What: "Licence " + Licence{ID: r.LicenceID}.Reference() + " " + r.Standing.said(), Why: r.Reason,
			LicenceID: r.LicenceID,
		})
	}
	return steps, models.Translate(err)
}

// said is what became of a licence, in the words of its tag.
func (s Standing) said() string {
	if s == StandingRevoked {
		return "withdrawn"
	}
	return s.verb()
}
