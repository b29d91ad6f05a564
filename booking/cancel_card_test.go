package booking_test

import (
	"context"
	"sync"
	"testing"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// paidByCard books places for an individual who pays at once by card, and signs the booker in.
func (s *shop) paidByCard(key string, places int) (b booking.Booking, page string, booker access.Actor) {
	s.Helper()
	b = s.hold(key, places)
	page = s.openPage(key, b)
	s.pay(page)
	s.settle(page)
	s.work()
	booker = accesstest.Person(s.T, s.db, "Lena Osei", key+"@osei.example")
	err := s.db.InTx(s.Context(), func(tx models.DB) error {
		person, err := access.FindPerson(s.Context(), tx, booker.PersonID)
		if err != nil {
			return err
		}
		return booking.Adopt(s.Context(), tx, person)
	})
	if err != nil {
		s.Fatal(err)
	}
	return b, page, booker
}

// refunds are what goes or went back of a booking, and their sum.
func (s *shop) refunds(b booking.Booking) (all []billing.Refunded, sum models.Pence) {
	s.Helper()
	receipts, err := billing.Receipts(s.Context(), s.db, access.System(), b.Order())
	if err != nil {
		s.Fatal(err)
	}
	for _, r := range receipts {
		all = append(all, r.Refunds...)
	}
	for _, r := range all {
		sum += r.Gross
	}
	return all, sum
}

// Paid on 23 November for 14 January. On 7 December, 38 days before, an individual has changed their mind on the 14th day: 100 %. The
// other, on the 15th day, is on the ladder; at 20 days before, half of £273.60 comes back to the card (13).
func TestCancel_AnIndividualMayChangeTheirMindForFourteenDays(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newShop(t, db, clock, 5)
		first, _, lena := s.paidByCard("lena", 1)
		second, _, lisa := s.paidByCard("lisa", 1)
		clock.Set(models.Date{Year: 2026, Month: 12, Day: 7}.At(23, 59))
		done, err := cancel(t, db, lena, booking.CancelRequest{BookingID: first.ID, Ordinals: []int{1}})
		if err != nil || done.Notice.Ground != booking.CoolingOff || done.Credit.Gross() != 27360 {
			t.Errorf("%+v %v", done, err)
		}
		clock.Set(models.Date{Year: 2026, Month: 12, Day: 25}.At(9, 0))
		_, err = cancel(t, db, lisa, booking.CancelRequest{BookingID: second.ID, Ordinals: []int{1}, Ground: booking.CoolingOff})
		if models.ProblemsOf(err).For("ground") == "" {
			t.Errorf("after 32 days: %v", err)
		}
		done, err = cancel(t, db, lisa, booking.CancelRequest{BookingID: second.ID, Ordinals: []int{1}})
		if err != nil || done.Notice.Ground != booking.ByTerms || done.Credit != amount(11400, 2280) || done.Kept != amount(11400, 2280) {
			t.Errorf("%+v %v", done, err)
		}
		s.work()
		for b, want := range map[int64]models.Pence{first.ID: 27360, second.ID: 13680} {
			all, sum := s.refunds(booking.Booking{ID: b})
			if len(all) != 1 || sum != want || all[0].State != billing.RefundSent || all[0].Method != billing.ByCard {
				t.Errorf("booking %d: %+v", b, all)
			}
		}
		owes(t, db, first, 0)
		owes(t, db, second, 0) // £273.60 − £136.80 − £273.60 + £136.80
		allInOrder(t, db)
	})
}

// TestTrap13_PlacesOfOnePaymentGoBackOneByOne: three places on one card payment of £820.80 are cancelled by many presses at once. Each
// has its own credit note and its own refund, a refund of one place leaves the others alone, and all of them together are £820.80.
func TestTrap13_PlacesOfOnePaymentGoBackOneByOne(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newShop(t, db, clock, 3)
		b, _, lena := s.paidByCard("lena", 3)
		if _, err := cancel(t, db, lena, booking.CancelRequest{BookingID: b.ID, Ordinals: []int{2}}); err != nil {
			t.Fatal(err)
		}
		s.work()
		after, err := booking.Find(t.Context(), db, access.System().Scope(), b.ID)
		if err != nil || len(after.Standing()) != 2 || after.Status != booking.Confirmed {
			t.Fatalf("%+v %v", after, err)
		}
		var wait sync.WaitGroup
		for i := range 10 {
			wait.Go(func() {
				if _, err := cancel(t, db, lena, booking.CancelRequest{BookingID: b.ID, Ordinals: []int{1 + 2*(i%2)}}); err != nil {
					t.Error(err)
				}
			})
		}
		wait.Wait()
		s.work()
		all, sum := s.refunds(b)
		if len(all) != 3 || sum != 82080 || len(documentsOf(t, db, b)) != 4 {
			t.Errorf("%d refunds, %s, %d documents", len(all), sum, len(documentsOf(t, db, b)))
		}
		owes(t, db, b, 0)
		allInOrder(t, db)
	})
}

// TestTrap13_ARefundBegunAtStripeCancelsNobody: the office refunds £273.60 on Stripe's own pages. Every place stands. When one is
// cancelled then, that refund is counted for its credit note, and nothing is sent twice.
func TestTrap13_ARefundBegunAtStripeCancelsNobody(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newShop(t, db, clock, 2)
		b, page, lena := s.paidByCard("lena", 2)
		if err := s.double.RefundDirectly(page, 27360); err != nil {
			t.Fatal(err)
		}
		if err := s.till.CatchUp(t.Context(), db); err != nil {
			t.Fatal(err)
		}
		after, err := booking.Find(t.Context(), db, access.System().Scope(), b.ID)
		if err != nil || len(after.Standing()) != 2 {
			t.Fatalf("%+v %v", after, err)
		}
		if _, err := cancel(t, db, lena, booking.CancelRequest{BookingID: b.ID, Ordinals: []int{1}}); err != nil {
			t.Fatal(err)
		}
		s.work()
		all, sum := s.refunds(b)
		if len(all) != 1 || sum != 27360 || all[0].Cause != billing.CauseExternal {
			t.Errorf("%+v", all)
		}
		owes(t, db, b, 0)
		allInOrder(t, db)
	})
}

// TestTrap18_ACreditNoteAndItsCancellationNeverChange: raw SQL is refused, and a later rename, price or ladder changes nothing.
func TestTrap18_ACreditNoteAndItsCancellationNeverChange(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newShop(t, db, clock, 2)
		b, _, lena := s.paidByCard("lena", 2)
		if _, err := cancel(t, db, lena, booking.CancelRequest{BookingID: b.ID, Ordinals: []int{1}}); err != nil {
			t.Fatal(err)
		}
		before := documentsOf(t, db, b)[1]
		file, err := billing.FileOf(t.Context(), db, access.System().Scope(), before.Code)
		if err != nil {
			t.Fatal(err)
		}
		for _, statement := range []string{
			"UPDATE documents SET gross_pence = 1, net_pence = 1, vat_pence = 0 WHERE kind = 'credit-note'", "DELETE FROM documents WHERE kind = 'credit-note'",
			"UPDATE cancellations SET credit_net_pence = 0", "DELETE FROM cancellations", "UPDATE document_files SET sha256 = ''",
			"UPDATE refunds SET gross_pence = gross_pence - 1", "UPDATE refunds SET payment_id = payment_id", "UPDATE refunds SET reason = 'late'",
			"UPDATE refunds SET credit_id = NULL", "DELETE FROM refunds", "UPDATE bookings SET unit_net_pence = 100",
			"UPDATE bookings SET discount_thousandths = 5000, discount_reason = 'x'", "UPDATE bookings SET ladder_id = ladder_id",
			"UPDATE number_series SET prefix = 'QQ-' WHERE kind = 'invoice'",
		} {
			if err := db.InTx(t.Context(), func(tx models.DB) error { return tx.SQL(t.Context()).Exec(statement).Error }); err == nil {
				t.Errorf("%s was let through", statement)
			}
		}
		if _, err := inTx(t, db, func(ctx context.Context, tx models.DB) (booking.Booking, error) {
			return desk.NamePlace(ctx, tx, lena, b.ID, 2, booking.PersonNamed{Name: "Somebody Else", Email: "else@osei.example"})
		}); err != nil {
			t.Fatal(err)
		}
		now := documentsOf(t, db, b)[1]
		again, err := billing.FileOf(t.Context(), db, access.System().Scope(), before.Code)
		if err != nil || again.SHA256 != file.SHA256 || now.Gross != before.Gross || now.Lines[0].Description != before.Lines[0].Description {
			t.Errorf("%+v %v", now, err)
		}
		allInOrder(t, db)
	})
}
