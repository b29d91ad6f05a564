package booking_test

import (
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/booking/bookingtest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// TestTrap20_NoticeIsCountedInLondonDaysOverTheClockChange: clocks change on 28 March and on 31 October 2027. 28 days' notice is free
// up to the last minute of the day in London, and half is kept from the next minute on. On 14 October the midnight of London is an
// hour before that of UTC.
func TestTrap20_NoticeIsCountedInLondonDaysOverTheClockChange(t *testing.T) {
	for name, c := range map[string]struct {
		session models.Date
		last    time.Time // the last minute with 28 days
	}{
		"spring": {models.Date{Year: 2027, Month: 4, Day: 14}, time.Date(2027, 3, 17, 23, 59, 0, 0, time.UTC)},
		"autumn": {models.Date{Year: 2027, Month: 11, Day: 11}, time.Date(2027, 10, 14, 22, 59, 0, 0, time.UTC)},
	} {
		t.Run(name, func(t *testing.T) {
			modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
				session := schedulingtest.OpenAccess(t, db, schedulingtest.OnDay(c.session))
				b := bookingtest.OnAccount(t, db, session.ID, "Irwell Wellbeing Network", bookingtest.Named("Tom Ashworth"))
				for at, want := range map[time.Time]struct {
					days int
					kept models.Pence
				}{c.last: {28, 0}, c.last.Add(time.Minute): {27, 13680}} {
					clock.Set(at)
					ahead, err := booking.PreviewCancel(t.Context(), db, access.System(), booking.CancelRequest{BookingID: b.ID, Ordinals: []int{1}})
					if err != nil || ahead.Places[0].DaysBefore != want.days || ahead.Kept.Gross() != want.kept {
						t.Errorf("at %s: %d days, %s kept, %v; want %+v", at, ahead.Places[0].DaysBefore, ahead.Kept.Gross(), err, want)
					}
				}
			})
		})
	}
}

// TestTrap31_WhatWasSoldOutlastsForgetting: six years and more after a sale, forgetting what was never bought leaves the invoice, its
// file, the customer's name on it and the payment as they were, and the database lets nobody delete them.
func TestTrap31_WhatWasSoldOutlastsForgetting(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newShop(t, db, clock, 3)
		b, _, _ := s.paidByCard("lena", 1)
		s.hold("unbought", 1)
		before := s.kept(b)
		clock.Advance(time.Hour)
		if err := booking.Sweep(t.Context(), db, s.till); err != nil {
			t.Fatal(err)
		}
		clock.Advance(7 * 366 * 24 * time.Hour)
		if err := db.InTx(t.Context(), func(tx models.DB) error { return booking.Forget(t.Context(), tx) }); err != nil {
			t.Fatal(err)
		}
		s.wants(map[string]int{"bookings WHERE booker_email = ''": 1}) // the control: something was forgotten
		if after := s.kept(b); after != before || after.customer == "" {
			t.Errorf("before %+v, after %+v", before, after)
		}
		for _, table := range []string{"document_files", "documents", "payments", "ledger_entries"} {
			if err := db.InTx(t.Context(), func(tx models.DB) error { return tx.SQL(t.Context()).Exec("DELETE FROM " + table).Error }); err == nil {
				t.Errorf("%s can be deleted", table)
			}
		}
		s.sound()
	})
}

// keptSale is what must be kept of a sale.
type keptSale struct {
	code, customer, file, booker string
	paid                         models.Pence
}

func (s *shop) kept(b booking.Booking) keptSale {
	s.Helper()
	docs := documentsOf(s.T, s.db, b)
	file, err := billing.FileOf(s.Context(), s.db, access.System().Scope(), docs[0].Code)
	if err != nil {
		s.Fatal(err)
	}
	found, err := booking.Find(s.Context(), s.db, access.System().Scope(), b.ID)
	if err != nil {
		s.Fatal(err)
	}
	return keptSale{docs[0].Code, docs[0].Customer.Name, string(file.Content), found.Details.Email, docs[0].Paid}
}
