package booking_test

import (
	"context"
	"strings"
	"sync"
	"testing"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/booking/bookingtest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

const irwell = "Irwell Wellbeing Network"

func cancel(t *testing.T, db models.DB, actor access.Actor, req booking.CancelRequest) (booking.Cancelling, error) {
	t.Helper()
	return inTx(t, db, func(ctx context.Context, tx models.DB) (booking.Cancelling, error) {
		return bookingtest.Desk.CancelPlaces(ctx, tx, actor, req)
	})
}

// documentsOf are the booking's documents, the oldest first.
func documentsOf(t *testing.T, db models.DB, b booking.Booking) []billing.Document {
	t.Helper()
	order := b.Order()
	docs, _, err := billing.Documents(t.Context(), db, access.System().Scope(), billing.DocumentFilter{Order: &order})
	if err != nil {
		t.Fatal(err)
	}
	for i, j := 0, len(docs)-1; i < j; i, j = i+1, j-1 {
		docs[i], docs[j] = docs[j], docs[i]
	}
	return docs
}

func owes(t *testing.T, db models.DB, b booking.Booking, want models.Pence) {
	t.Helper()
	if got, err := billing.Balance(t.Context(), db, b.Order()); err != nil || got != want {
		t.Errorf("the booking owes %s, want %s: %v", got, want, err)
	}
}

// allInOrder fails the test when the doctor finds anything among places, cancellations and money.
func allInOrder(t *testing.T, db models.DB) {
	t.Helper()
	for name, check := range map[string]func(context.Context, models.DB) ([]string, error){
		"places": booking.CheckPlaces, "capacity": booking.CheckCapacity, "cancellations": booking.CheckCancellations,
		"ledger": billing.CheckLedger, "series": billing.CheckSeries, "files": billing.CheckFiles,
	} {
		if found, err := check(t.Context(), db); err != nil || len(found) > 0 {
			t.Errorf("%s: %s %v", name, strings.Join(found, "; "), err)
		}
	}
}

// Three places at £228.00 on account, £820.80. One goes at 52 days: everything comes off the invoice (7b), £547.20 is left (7c).
func TestCancel_OneOfThreeOnAccountIsSetOff(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		s := schedulingtest.OpenAccess(t, db, schedulingtest.Capacity(3))
		b := bookingtest.OnAccount(t, db, s.ID, irwell, bookingtest.Named("Tom Ashworth", "Grace Okafor", ""))
		manager := accesstest.Actor(t, db, bookingtest.Manager(t, db, irwell).PersonID)
		ahead, err := booking.PreviewCancel(t.Context(), db, manager, booking.CancelRequest{BookingID: b.ID, Ordinals: []int{2}})
		if err != nil || ahead.Note == nil || ahead.Note.Code != "" || ahead.Note.SetOff != 27360 || ahead.Credit.Gross() != 27360 {
			t.Fatalf("%+v %v", ahead, err)
		}
		if n := len(documentsOf(t, db, b)); n != 1 {
			t.Fatalf("looking made %d documents", n)
		}
		shown := ahead.Agreed()
		for range 2 { // a second press of the button
			if _, err := cancel(t, db, manager, booking.CancelRequest{BookingID: b.ID, Ordinals: []int{2}, Shown: &shown}); err != nil {
				t.Fatal(err)
			}
		}
		docs := documentsOf(t, db, b)
		if len(docs) != 2 || docs[0].Outstanding() != 54720 || docs[1].Code != "CN-000001" || docs[1].Net != 22800 || docs[1].VAT != 4560 ||
			docs[1].State(db.Today()) != billing.StateSettled {
			t.Fatalf("%+v", docs)
		}
		owes(t, db, b, 54720)
		after, err := booking.Find(t.Context(), db, access.System().Scope(), b.ID)
		if err != nil || after.Status != booking.Confirmed || after.Places[1].Status != booking.PlaceCancelled || len(after.Standing()) != 2 || after.Unnamed() != 1 {
			t.Errorf("%+v %v", after, err)
		}
		if taken, err := booking.Taken(t.Context(), db, []int64{s.ID}); err != nil || taken[s.ID] != 2 {
			t.Errorf("taken %v %v", taken, err)
		}
		mails := sent(t, db, "place-cancelled", "booking-cancelled")
		grace, told := mails["place-cancelled grace.okafor@delegate.example"], mails["booking-cancelled "+manager.Email]
		if len(mails) != 2 || len(grace) != 1 || len(told) != 1 {
			t.Fatalf("%+v", mails)
		}
		for _, line := range []string{"METHOD:CANCEL", "SEQUENCE:1", "STATUS:CANCELLED"} {
			if !strings.Contains(grace[0].file, line) {
				t.Errorf("the calendar file lacks %s:\n%s", line, grace[0].file)
			}
		}
		if !strings.Contains(told[0].Text, "This takes £273.60 off invoice INV-000001.") || !strings.HasPrefix(told[0].file, "%PDF-") {
			t.Errorf("%s", told[0].Text)
		}
		allInOrder(t, db)
	})
}

// TestTrap15_CreditsSumToTheInvoice: the three places go in any order with any fee; credits and what is kept sum to £820.80.
func TestTrap15_CreditsSumToTheInvoice(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := schedulingtest.OpenAccess(t, db)
		b := bookingtest.OnAccount(t, db, s.ID, irwell, bookingtest.Named("Tom Ashworth", "", ""))
		office := accesstest.Office(t, db)
		var kept models.Pence
		for _, step := range []struct {
			ordinal, days int
			kept          models.Pence
		}{{3, 28, 0}, {1, 27, 13680}, {2, 13, 27360}} {
			clock.Set(s.FirstDay().AddDays(-step.days).At(12, 0))
			done, err := cancel(t, db, office, booking.CancelRequest{BookingID: b.ID, Ordinals: []int{step.ordinal}, Ground: booking.ByTerms})
			if err != nil || done.Kept.Gross() != step.kept || done.Last != (step.ordinal == 2) {
				t.Fatalf("place %d: %+v %v", step.ordinal, done, err)
			}
			kept += done.Kept.Gross()
		}
		docs := documentsOf(t, db, b)
		if len(docs) != 3 || docs[0].Gross-docs[0].Credited != kept {
			t.Errorf("%d documents, %s credited, %s kept", len(docs), docs[0].Credited, kept)
		}
		after, err := booking.Find(t.Context(), db, access.System().Scope(), b.ID)
		if err != nil || after.Status != booking.Cancelled || after.EndedAt == nil {
			t.Errorf("%+v %v", after, err)
		}
		owes(t, db, b, kept)
		allInOrder(t, db)
	})
}

// TestTrap28_AFeeOfEverythingMakesNoCreditNote: 13 days before, the whole price is kept with its VAT: no credit note, no refund.
func TestTrap28_AFeeOfEverythingMakesNoCreditNote(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := schedulingtest.OpenAccess(t, db)
		b := bookingtest.OnAccount(t, db, s.ID, irwell, bookingtest.Named("Tom Ashworth"))
		clock.Set(s.FirstDay().AddDays(-13).At(9, 0))
		manager := accesstest.Actor(t, db, bookingtest.Manager(t, db, irwell).PersonID)
		done, err := cancel(t, db, manager, booking.CancelRequest{BookingID: b.ID, Ordinals: []int{1}})
		if err != nil || done.Note != nil || done.Kept.Gross() != 27360 || done.Kept.VAT != 4560 || !done.Last {
			t.Fatalf("%+v %v", done, err)
		}
		docs := documentsOf(t, db, b)
		if len(docs) != 1 || docs[0].Outstanding() != 27360 {
			t.Errorf("%+v", docs)
		}
		owes(t, db, b, 27360)
		told := sent(t, db, "booking-cancelled")["booking-cancelled "+manager.Email]
		if len(told) != 1 || !strings.Contains(told[0].Text, "Nothing comes back, so there is no credit note. Invoice INV-000001 stays as it is.") {
			t.Errorf("%+v", told)
		}
		allInOrder(t, db)
	})
}

// TestTrap14_APlaceIsCancelledOnce: twenty presses at once, by the office and by the booker, make one cancellation, one credit note
// and one refund.
func TestTrap14_APlaceIsCancelledOnce(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newShop(t, db, clock, 2)
		b := s.hold("lena", 1)
		page := s.openPage("lena", b)
		s.pay(page)
		s.settle(page)
		s.work()
		office, lena := accesstest.Office(t, db), accesstest.Person(t, db, "Lena Osei", "lena@osei.example")
		if err := db.InTx(t.Context(), func(tx models.DB) error {
			person, err := access.FindPerson(t.Context(), tx, lena.PersonID)
			if err != nil {
				return err
			}
			return booking.Adopt(t.Context(), tx, person)
		}); err != nil {
			t.Fatal(err)
		}
		var wait sync.WaitGroup
		for i := range 20 {
			wait.Go(func() {
				actor, ground := lena, booking.Ground("")
				if i%2 == 0 {
					actor, ground = office, booking.ByTerms
				}
				if _, err := cancel(t, db, actor, booking.CancelRequest{BookingID: b.ID, Ordinals: []int{1}, Ground: ground}); err != nil {
					t.Error(err)
				}
			})
		}
		wait.Wait()
		s.work()
		docs := documentsOf(t, db, b)
		if len(docs) != 2 || docs[1].Gross != 27360 || docs[1].State(db.Today()) != billing.StateSettled {
			t.Fatalf("%+v", docs)
		}
		receipts, err := billing.Receipts(t.Context(), db, office, b.Order())
		if err != nil || len(receipts) != 1 || len(receipts[0].Refunds) != 1 || receipts[0].Refunds[0].Gross != 27360 || receipts[0].Refunds[0].State != billing.RefundSent {
			t.Errorf("%+v %v", receipts, err)
		}
		owes(t, db, b, 0)
		if n := len(sent(t, db, "booking-cancelled")["booking-cancelled lena@osei.example"]); n != 1 {
			t.Errorf("%d letters", n)
		}
		allInOrder(t, db)
	})
}
