package booking_test

import (
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/booking/bookingtest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// Whoever makes a part up in another session is there on their place: it is not cancelled, although the register of their own session knows
// nothing of it. One who was put on that register by mistake, and was taken off again, is not.
func TestCancel_NotOfWhoMakesAPartUpElsewhere(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		missed := schedulingtest.OpenAccess(t, db)
		elsewhere := schedulingtest.OpenAccess(t, db, schedulingtest.OnDay(schedulingtest.Day.AddDays(7)))
		b := bookingtest.OnAccount(t, db, missed.ID, irwell, bookingtest.Named("Tom Ashworth", "Grace Okafor", "Lena Osei"))
		clock.Set(elsewhere.FirstStart())
		for n, here := range []bool{true, false} {
			err := db.InTx(t.Context(), func(tx models.DB) error {
				return tx.SQL(t.Context()).Exec("INSERT INTO catch_ups (part_id, missed_part_id, place_id, person_id, here, marked_at) VALUES (?, ?, ?, ?, ?, ?)",
					elsewhere.Parts[0].ID, missed.Parts[0].ID, b.Places[n].ID, *b.Places[n].PersonID, here, tx.Now()).Error
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		office := accesstest.Office(t, db)
		goodwill := func(n int) booking.CancelRequest {
			return booking.CancelRequest{BookingID: b.ID, Ordinals: []int{n}, Ground: booking.Goodwill, Reason: "ill"}
		}
		if _, err := cancel(t, db, office, goodwill(1)); models.KindOf(err) != models.KindConflict || !strings.Contains(err.Error(), "Tom Ashworth was there") {
			t.Errorf("who makes it up: %v", err)
		}
		owes(t, db, b, 82080)
		for n := 2; n <= 3; n++ {
			if _, err := cancel(t, db, office, goodwill(n)); err != nil {
				t.Errorf("place %d: %v", n, err)
			}
		}
		owes(t, db, b, 27360) // two of three at £273.60 are given back
		allInOrder(t, db)
	})
}
