package booking_test

import (
	"context"
	"testing"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// A card booking for an organisation belongs to it whether its booker proves the address before paying or afterwards.
func TestAdopt_TheOrganisationGetsTheBookingBeforeOrAfterPayment(t *testing.T) {
	for name, before := range map[string]bool{"before": true, "after": false} {
		t.Run(name, func(t *testing.T) {
			modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
				s := newShop(t, db, clock, 2)
				b := s.hold("priya", 1)
				if _, err := inTx(t, db, func(ctx context.Context, tx models.DB) (booking.Booking, error) {
					return booking.SetDetails(ctx, tx, access.Visitor("priya"), b.ID, booking.Organisation, details())
				}); err != nil {
					t.Fatal(err)
				}
				page := s.openPage("priya", b)
				signIn := func() {
					if err := db.InTx(t.Context(), func(tx models.DB) error {
						person, err := access.DemonstrationPerson(t.Context(), tx, "Priya Nair", "priya.nair@irwellwellbeing.example")
						if err != nil {
							return err
						}
						return booking.Adopt(t.Context(), tx, person)
					}); err != nil {
						t.Fatal(err)
					}
				}
				if before {
					signIn()
				}
				s.pay(page)
				s.settle(page)
				if !before {
					signIn()
				}
				found, err := booking.Find(t.Context(), db, access.System().Scope(), b.ID)
				if err != nil || found.OrganisationID == nil || found.BookerID == nil || found.Status != booking.Confirmed {
					t.Errorf("%+v, %v", found, err)
				}
			})
		})
	}
}
