package access_test

import (
	"errors"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

func TestLinkWaiting_FindsTheLinkThatStillWorksForThatBookingOnly(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		insertBookings(t, db, bookingOf{id: 7, claim: "claim"})
		booking := int64(7)
		if _, err := access.LinkWaiting(t.Context(), db, booking); !errors.Is(err, models.ErrNoRow) {
			t.Errorf("before any was asked for: %v", err)
		}
		err := db.InTx(t.Context(), func(tx models.DB) error {
			_, err := access.IssueLink(t.Context(), tx, access.LinkRequest{Email: "priya@network.example", BookingID: &booking})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		link, err := access.LinkWaiting(t.Context(), db, booking)
		if err != nil || link.Email != "priya@network.example" || *link.BookingID != booking {
			t.Errorf("%+v, %v", link, err)
		}
		if _, err := access.LinkWaiting(t.Context(), db, booking+1); !errors.Is(err, models.ErrNoRow) {
			t.Errorf("for another booking: %v", err)
		}
		clock.Advance(30 * time.Minute)
		if _, err := access.LinkWaiting(t.Context(), db, booking); !errors.Is(err, models.ErrNoRow) {
			t.Errorf("after it ran out: %v", err)
		}
	})
}
