package booking_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// Midnight in London decides the month: 23:30 UTC on 30 June is 1 July there, and in winter it is not.
func TestSoldByMonth_CountsConfirmedPlacesInLondonMonths(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		at := func(month time.Month, day, hour, minute int) time.Time {
			return time.Date(2027, month, day, hour, minute, 0, 0, time.UTC)
		}
		session := schedulingtest.OpenAccess(t, db, schedulingtest.OnDay(models.Date{Year: 2027, Month: time.October, Day: 14}), schedulingtest.Capacity(60))
		for i, instant := range []time.Time{
			at(time.February, 28, 23, 30), // February
			at(time.March, 1, 0, 0),
			at(time.June, 30, 22, 59),
			at(time.June, 30, 23, 30), // July in London
			at(time.July, 31, 12, 0),
		} {
			clock.Set(instant)
			bookThree(t, db, session, fmt.Sprintf("booker%d@irwell.example", i))
		}
		if _, err := inTx(t, db, func(ctx context.Context, tx models.DB) (booking.Booking, error) { // a hold is no sale
			return booking.Hold(ctx, tx, access.Visitor("other"), booking.HoldRequest{SessionID: session.ID, Places: 2, RequestKey: "hold", ClaimHash: "other"})
		}); err != nil {
			t.Fatal(err)
		}
		sold, err := booking.SoldByMonth(t.Context(), db, accesstest.Office(t, db), 6)
		if err != nil || len(sold) != 6 {
			t.Fatalf("%+v %v", sold, err)
		}
		for i, want := range []int{3, 3, 0, 0, 3, 6} { // February to July
			if sold[i].Places != want || sold[i].Month.Month != time.February+time.Month(i) {
				t.Errorf("%s: %d places, want %d", sold[i].Month, sold[i].Places, want)
			}
		}
		if _, err := booking.SoldByMonth(t.Context(), db, accesstest.Trainer(t, db), 6); models.KindOf(err) != models.KindForbidden {
			t.Errorf("a trainer asks: %v", err)
		}
	})
}

// bookThree books three unnamed places on account.
func bookThree(t *testing.T, db models.DB, session scheduling.Session, email string) {
	t.Helper()
	priya := accesstest.Person(t, db, "Priya Nair", email)
	if _, err := inTx(t, db, func(ctx context.Context, tx models.DB) (booking.Booking, error) {
		b, err := booking.Hold(ctx, tx, access.Visitor(email), booking.HoldRequest{SessionID: session.ID, Places: 3, RequestKey: email, ClaimHash: email})
		if err != nil {
			return b, err
		}
		who := details()
		who.Email, who.Organisation = email, "Organisation of "+email
		if b, err = booking.SetDetails(ctx, tx, access.Visitor(email), b.ID, booking.Organisation, who); err != nil {
			return b, err
		}
		return desk.ConfirmOnAccount(ctx, tx, priya, b.ID, nil)
	}); err != nil {
		t.Fatal(err)
	}
}
