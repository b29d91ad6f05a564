package booking_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// vatTomorrow enters VAT at 25 % from 24 November 2026: a place at £228.00 is £273.60 until then, and £285.00 afterwards.
func vatTomorrow(t *testing.T, db models.DB) {
	t.Helper()
	joanne := accesstest.Office(t, db)
	err := db.InTx(t.Context(), func(tx models.DB) error {
		return billing.ScheduleVAT(t.Context(), tx, joanne, billing.NewVAT{
			Category: billing.StandardRated, Rate: 25000, From: models.Date{Year: 2026, Month: time.November, Day: 24},
		})
	})
	if err != nil {
		t.Fatal(err)
	}
}

// night is a time on the evening of 23 November 2026, or after midnight.
func night(hour, minute int) time.Time {
	return time.Date(2026, time.November, 23, hour, minute, 0, 0, time.UTC)
}

// A payment page is open for 35 minutes, and places are held for 10 more. Opened at 23:24 it ends at 23:59, opened at 23:25 at midnight.
func TestCard_NoPaymentPageIsOpenAcrossAChangeOfVAT(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newShop(t, db, clock, 4)
		vatTomorrow(t, db)
		clock.Set(night(23, 24))
		s.openPage("before", s.hold("before", 1))
		clock.Set(night(23, 25))
		b := s.hold("across", 1)
		clock.Set(night(23, 50))
		_, err := desk.OpenPayment(t.Context(), db, s.till, access.Visitor("across"), b.ID, booking.PayPages{Success: "http://x", Cancel: "http://x"})
		if got := models.ProblemsOf(err).For("pay"); got != "VAT changes at midnight. You can pay by card from then on. Your places are held until 12:35am" {
			t.Errorf("%q, %v", got, err)
		}
		held, err := booking.Find(t.Context(), db, access.System().Scope(), b.ID)
		if err != nil || !held.HoldUntil.Equal(night(24, 35)) {
			t.Errorf("held until %s, %v", held.HoldUntil, err)
		}
		s.wants(map[string]int{"payment_attempts": 1, "documents": 0})
		clock.Set(night(24, 0))
		page := s.openPage("across", b)
		s.pay(page)
		s.settle(page)
		if docs := s.documents(); len(docs) != 1 || docs[0].Gross != 28500 || s.status(b) != booking.Confirmed {
			t.Errorf("%s, %+v", s.status(b), docs)
		}
		s.sound()
	})
}

func TestOnAccount_NobodyIsInvoicedMoreThanTheyWereShown(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		session := schedulingtest.OpenAccess(t, db)
		vatTomorrow(t, db)
		priya := accesstest.Person(t, db, "Priya Nair", "priya.nair@irwellwellbeing.example")
		clock.Set(night(23, 50))
		b, err := heldFor(t, db, priya, session.ID, 1, "IWN-20417", false)
		if err != nil {
			t.Fatal(err)
		}
		clock.Set(night(24, 0))
		for _, try := range []struct {
			shown models.Pence
			want  error
		}{{27360, booking.ErrSumChanged}, {-1, booking.ErrSumChanged}, {28500, nil}, {27360, nil}} { // the last is a second press
			_, err := inTx(t, db, func(ctx context.Context, tx models.DB) (booking.Booking, error) {
				return desk.ConfirmOnAccount(ctx, tx, priya, b.ID, &try.shown)
			})
			if !errors.Is(err, try.want) {
				t.Errorf("shown %s: %v", try.shown, err)
			}
			if docs := invoicesOf(t, db, b); try.want != nil && len(docs) > 0 || try.want == nil && (len(docs) != 1 || docs[0].Gross != 28500) {
				t.Errorf("shown %s: %+v", try.shown, docs)
			}
		}
		allSound(t, db)
	})
}

// 10 % off 3 × £228.00 leaves £615.60: with 20 % VAT £738.72, with 25 % £615.60 + £153.90 = £769.50.
func TestQuote_IsAcceptedForTheSumOfTheDayAndNoOther(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		joanne, session := accesstest.Office(t, db), schedulingtest.OpenAccess(t, db)
		req := quoteFor(billing.OpenAccess, billing.FaceToFace, 3, 10000)
		req.SessionID = session.ID
		q, token := issueQuote(t, db, joanne, req)
		vatTomorrow(t, db)
		for _, at := range []struct {
			time  time.Time
			gross models.Pence
		}{{night(23, 59), 73872}, {night(24, 0), 76950}} {
			clock.Set(at.time)
			if got, err := booking.QuoteSum(t.Context(), db, q); err != nil || got.Gross() != at.gross {
				t.Errorf("%s: %s %v", at.time, got.Gross(), err)
			}
		}
		said := func(shown models.Pence) booking.Acceptance {
			return booking.Acceptance{PurchaseOrder: "IWN-20417", Shown: &shown}
		}
		if _, err := accept(t, db, token, said(73872)); !errors.Is(err, booking.ErrSumChanged) {
			t.Errorf("accepted for more than was shown: %v", err)
		}
		if _, n, err := booking.List(t.Context(), db, access.System().Scope(), booking.Filter{}); err != nil || n != 0 {
			t.Errorf("%d bookings, %v", n, err)
		}
		b, err := accept(t, db, token, said(76950))
		if err != nil {
			t.Fatal(err)
		}
		if docs := invoicesOf(t, db, b); len(docs) != 1 || docs[0].Gross != 76950 {
			t.Errorf("%+v", docs)
		}
		clock.Set(night(24+48, 0))
		if q, err = booking.QuoteByToken(t.Context(), db, token); err != nil {
			t.Fatal(err)
		}
		if got, err := booking.QuoteSum(t.Context(), db, q); err != nil || got.Gross() != 76950 {
			t.Errorf("accepted for %s, %v", got.Gross(), err)
		}
		allSound(t, db)
	})
}
