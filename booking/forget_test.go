package booking_test

import (
	"context"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// What was typed for a hold that was never bought goes 30 days after it ended; a booking that was bought keeps everything.
func TestForget_OnlyWhatWasNeverBought(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newShop(t, db, clock, 3)
		unbought, bought := s.hold("unbought", 1), s.hold("bought", 1)
		if _, err := inTx(t, db, func(ctx context.Context, tx models.DB) (booking.Booking, error) {
			return booking.NamePeople(ctx, tx, access.Visitor("unbought"), unbought.ID, []booking.PersonNamed{{Name: "Tom Ashworth", Email: "tom@irwell.example"}})
		}); err != nil {
			t.Fatal(err)
		}
		page := s.openPage("bought", bought)
		s.pay(page)
		s.settle(page)
		clock.Advance(time.Hour)
		if err := booking.Sweep(t.Context(), db, s.till); err != nil {
			t.Fatal(err)
		}
		named := func(id int64) bool {
			b, err := booking.Find(t.Context(), db, access.System().Scope(), id)
			if err != nil {
				t.Fatal(err)
			}
			return b.Details.Email != "" && (b.Places[0].Named() || id == bought.ID)
		}
		forget := func(after time.Duration) {
			clock.Advance(after)
			if err := db.InTx(t.Context(), func(tx models.DB) error { return booking.Forget(t.Context(), tx) }); err != nil {
				t.Fatal(err)
			}
		}
		if forget(29 * 24 * time.Hour); !named(unbought.ID) {
			t.Error("forgotten after 29 days")
		}
		if forget(2 * 24 * time.Hour); named(unbought.ID) || !named(bought.ID) {
			t.Errorf("after 31 days: unbought kept %v, bought kept %v", named(unbought.ID), named(bought.ID))
		}
	})
}
