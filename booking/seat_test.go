package booking_test

import (
	"testing"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// A hold ends, one of its two people gets a place in another booking, and then its payment comes after all: it is seated, that person's
// second place is left to be named, and they hear nothing of it. The other person keeps theirs.
func TestSeat_ALatePaymentSeatsNobodyTwice(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newShop(t, db, clock, 3)
		grace := booking.PersonNamed{Name: "Grace Okafor", Email: "grace.okafor@delegate.example"}
		tom := booking.PersonNamed{Name: "Tom Ashworth", Email: "tom.ashworth@delegate.example"}
		late := s.hold("late", 2)
		s.name("late", late, grace, tom)
		page := s.openPage("late", late)
		s.endUnheard()
		s.name("other", s.hold("other", 1), grace)
		s.pay(page)
		s.settle(page)
		b, err := booking.Find(t.Context(), db, access.System().Scope(), late.ID)
		if err != nil || b.Status != booking.Confirmed || len(b.Standing()) != 2 {
			t.Fatalf("%+v %v", b, err)
		}
		if p := b.Places[0]; p.Named() || p.Name != "" || p.PersonID != nil || p.NamedAt != nil {
			t.Errorf("a second place of one person: %+v", p)
		}
		if p := b.Places[1]; p.Email != tom.Email || p.PersonID == nil {
			t.Errorf("the other person lost theirs: %+v", p)
		}
		s.wants(map[string]int{
			"mails WHERE kind = 'place-invitation'": 1, "mails WHERE kind = 'place-invitation' AND recipient_email = 'tom.ashworth@delegate.example'": 1,
			"places WHERE email = 'grace.okafor@delegate.example'": 1,
		})
		s.sound()
	})
}
