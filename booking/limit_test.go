package booking_test

import (
	"context"
	"testing"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// An organisation holds 8 places; its second booking of 1 grows to 7 after its details were given. Together they are 15, and at most
// 9 are sold, by card as on account.
func TestPayment_PlacesAddedLaterDoNotPassTheLimitOfAnOrganisation(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newShop(t, db, clock, 15)
		give := func(key string, b booking.Booking) {
			if _, err := inTx(t, db, func(ctx context.Context, tx models.DB) (booking.Booking, error) {
				return booking.SetDetails(ctx, tx, access.Visitor(key), b.ID, booking.Organisation, details())
			}); err != nil {
				t.Fatal(err)
			}
		}
		small, large := s.hold("small", 1), s.hold("large", 8)
		give("small", small)
		give("large", large)
		if _, err := inTx(t, db, func(ctx context.Context, tx models.DB) (booking.Booking, error) {
			return booking.Resize(ctx, tx, access.Visitor("small"), small.ID, 7)
		}); err != nil {
			t.Fatal(err)
		}
		_, err := inTx(t, db, func(ctx context.Context, tx models.DB) (bool, error) {
			_, err := desk.StartPayment(ctx, tx, access.Visitor("small"), small.ID, booking.PayPages{Success: "http://x", Cancel: "http://x"})
			return false, err
		})
		const want = "Irwell Wellbeing Network already has 8 of the 9 places an organisation may have on this date. " +
			"10 to 15 people is your own group: ask the Hub for a quote"
		if problems := models.ProblemsOf(err); problems.For("organisation") != want {
			t.Fatalf("a payment page opens for places 9 to 15 of one organisation: %v", err)
		}
	})
}

// Whoever types names into a booking and goes away has made nobody known and named nobody: a record of a person, and the name by
// which our mails greet them, come with a place that is sold.
func TestNamePeople_MakesNobodyKnownBeforeThePlacesAreSold(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newShop(t, db, clock, 2)
		office, ctx := access.System(), t.Context()
		b := s.hold("visitor", 1)
		if _, err := inTx(t, db, func(ctx context.Context, tx models.DB) (booking.Booking, error) {
			return booking.NamePeople(ctx, tx, access.Visitor("visitor"), b.ID, []booking.PersonNamed{{Name: "Win a prize", Email: "grace@nhs.example"}})
		}); err != nil {
			t.Fatal(err)
		}
		if _, n, err := access.People(ctx, db, office, access.PeopleFilter{Search: "grace@nhs.example"}); err != nil || n != 0 {
			t.Errorf("%d people are known by what a visitor typed (%v)", n, err)
		}
		page := s.openPage("visitor", b)
		s.pay(page)
		s.settle(page)
		sold, err := booking.Find(ctx, db, office.Scope(), b.ID)
		if err != nil || sold.Status != booking.Confirmed || sold.Places[0].PersonID == nil {
			t.Errorf("the place that was sold has nobody's record: %+v, %v", sold, err)
		}
	})
}
