package booking_test

import (
	"context"
	"fmt"
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
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// walkIn adds somebody on the day, as the office does.
func walkIn(t *testing.T, db models.DB, session int64, key, name, organisation string) (booking.WalkedIn, error) {
	t.Helper()
	return inTx(t, db, func(ctx context.Context, tx models.DB) (booking.WalkedIn, error) {
		s, err := scheduling.Claim(ctx, tx, session)
		if err != nil {
			return booking.WalkedIn{}, err
		}
		came := booking.Came{Person: bookingtest.Named(name)[0], Organisation: organisation, RequestKey: key}
		return booking.WalkIn(ctx, tx, access.System(), s, came)
	})
}

// noFindings fails the test when the doctor finds anything among places and invoices.
func noFindings(t *testing.T, db models.DB) {
	t.Helper()
	for _, check := range []func(context.Context, models.DB) ([]string, error){booking.CheckPlaces, booking.CheckCapacity, billing.CheckLedger} {
		if found, err := check(t.Context(), db); err != nil || len(found) > 0 {
			t.Errorf("%s %v", strings.Join(found, "; "), err)
		}
	}
}

func TestWalkIn_TakesAPlaceTheirOrganisationHasBought(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := schedulingtest.OpenAccess(t, db, schedulingtest.Capacity(3))
		b := bookingtest.OnAccount(t, db, s.ID, "Irwell Wellbeing Network", bookingtest.Named("Tom Ashworth", "", ""))
		clock.Set(s.FirstStart())
		in, err := walkIn(t, db, s.ID, "w1", "Grace Okafor", "irwell  wellbeing NETWORK")
		if err != nil || !in.Joined || in.PlaceID != b.Places[1].ID || in.BookingID != b.ID {
			t.Errorf("%+v %v", in, err)
		}
		if got, err := booking.Find(t.Context(), db, access.System().Scope(), b.ID); err != nil || got.Places[1].Name != "Grace Okafor" {
			t.Errorf("%+v %v", got.Places, err)
		}
		if tasks, err := billing.Tasks(t.Context(), db); err != nil || len(tasks) != 0 {
			t.Errorf("%+v %v", tasks, err)
		}
		_, err = walkIn(t, db, s.ID, "w2", "Grace Okafor", "")
		if models.ProblemsOf(err).For("email") != "Grace Okafor already has a place on this session" {
			t.Errorf("twice: %v", err)
		}
		noFindings(t, db)
	})
}

// A session of two places with one sold: the first walk-in gets the other, the next is refused. The form sent twice adds nobody.
func TestWalkIn_GetsAFreePlaceThatTheOfficeInvoices(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := schedulingtest.OpenAccess(t, db, schedulingtest.Capacity(2))
		bookingtest.OnAccount(t, db, s.ID, "Irwell Wellbeing", bookingtest.Named("Tom Ashworth"))
		clock.Set(s.FirstStart())
		var in booking.WalkedIn
		for range 2 {
			again, err := walkIn(t, db, s.ID, "w1", "Lena Osei", "Bury Advice")
			if err != nil || again.Joined || in.BookingID != 0 && again != in {
				t.Fatalf("%+v %v", again, err)
			}
			in = again
		}
		if _, err := walkIn(t, db, s.ID, "w2", "Sam Reid", "Bury Advice"); models.KindOf(err) != models.KindFull {
			t.Errorf("no room: %v", err)
		}
		tasks, err := billing.Tasks(t.Context(), db)
		if err != nil || len(tasks) != 1 || tasks[0].AboutID != in.BookingID || !strings.Contains(tasks[0].Sentence, "Lena Osei came without a place, for Bury Advice") {
			t.Errorf("%+v %v", tasks, err)
		}
		waiting, err := booking.ToBeInvoiced(t.Context(), db, access.System())
		if err != nil || len(waiting) != 1 || waiting[0] != in.BookingID {
			t.Errorf("%v %v", waiting, err)
		}
		noFindings(t, db)
		lena := accesstest.Person(t, db, "Lena Osei", "lena.osei@delegate.example")
		if len(lena.Organisations) != 0 {
			t.Errorf("what was said at the door made a manager: %+v", lena)
		}
	})
}

// Face to face the place costs £228.00; with VAT of £45.60 that is £273.60.
func TestInvoiceWalkIn_OnceAndToThePenny(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := schedulingtest.OpenAccess(t, db)
		clock.Set(s.FirstStart())
		in, err := walkIn(t, db, s.ID, "w1", "Lena Osei", "")
		if err != nil {
			t.Fatal(err)
		}
		issue := func(actor access.Actor, buyer booking.Buyer, d booking.Details) (billing.Document, error) {
			return inTx(t, db, func(ctx context.Context, tx models.DB) (billing.Document, error) {
				return desk.InvoiceWalkIn(ctx, tx, actor, in.BookingID, buyer, d)
			})
		}
		office := accesstest.Office(t, db)
		if _, err := issue(access.Visitor(), booking.Organisation, details()); models.KindOf(err) != models.KindForbidden {
			t.Errorf("a visitor: %v", err)
		}
		if _, err := issue(office, booking.Organisation, booking.Details{}); models.ProblemsOf(err).For("postcode") == "" {
			t.Errorf("nothing filled in: %v", err)
		}
		if orders, err := billing.TaskOrders(t.Context(), db); err != nil || len(orders) != 1 {
			t.Errorf("the task's booking: %+v %v", orders, err)
		}
		ahead, err := booking.PreviewWalkIn(t.Context(), db, office, in.BookingID, booking.Organisation, details())
		if err != nil || ahead.Code != "" || ahead.Gross != 27360 {
			t.Errorf("the preview: %+v %v", ahead, err)
		}
		if _, err := booking.PreviewWalkIn(t.Context(), db, office, in.BookingID, booking.Individual, booking.Details{}); models.ProblemsOf(err).For("postcode") == "" {
			t.Errorf("the preview of nothing: %v", err)
		}
		doc, err := issue(office, booking.Organisation, details())
		if got, want := [3]models.Pence{doc.Net, doc.VAT, doc.Gross}, [3]models.Pence{ahead.Net, ahead.VAT, ahead.Gross}; got != want || doc.Customer != ahead.Customer || doc.DueDate != ahead.DueDate {
			t.Errorf("the preview was not what was issued: %+v, %+v", ahead, doc)
		}
		if err != nil || doc.Net != 22800 || doc.VAT != 4560 || doc.Gross != 27360 || doc.PurchaseOrder != "IWN-20417" {
			t.Errorf("%+v %v", doc, err)
		}
		if _, err := issue(office, booking.Organisation, details()); models.KindOf(err) != models.KindConflict {
			t.Errorf("twice: %v", err)
		}
		if _, err := booking.PreviewWalkIn(t.Context(), db, office, in.BookingID, booking.Organisation, details()); models.KindOf(err) != models.KindConflict {
			t.Errorf("a preview after the invoice: %v", err)
		}
		if tasks, err := billing.Tasks(t.Context(), db); err != nil || len(tasks) != 0 {
			t.Errorf("the task still stands: %+v %v", tasks, err)
		}
		if b, err := booking.Find(t.Context(), db, office.Scope(), in.BookingID); err != nil || b.Payment != booking.OnAccount ||
			b.Places[0].Name != "Lena Osei" || b.Details.Name != "Priya Nair" {
			t.Errorf("%+v %v", b, err)
		}
		noFindings(t, db)
	})
}

// The limit of nine holds at the door too, however the organisation is spelt.
func TestWalkIn_TenthOfOneOrganisationIsRefused(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := schedulingtest.OpenAccess(t, db)
		clock.Set(s.FirstStart())
		for i := range 9 {
			if _, err := walkIn(t, db, s.ID, fmt.Sprint(i), fmt.Sprintf("Person %c", 'A'+i), "Bury Advice"); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := walkIn(t, db, s.ID, "10", "Person J", "BURY ADVICE"); models.ProblemsOf(err).For("organisation") == "" {
			t.Errorf("the tenth: %v", err)
		}
		if _, err := walkIn(t, db, s.ID, "11", "Person K", ""); err != nil {
			t.Errorf("for themselves: %v", err)
		}
		noFindings(t, db)
	})
}

// 20 people come at once for the last five places.
func TestWalkIn_RaceNeverOversells(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := schedulingtest.OpenAccess(t, db, schedulingtest.Capacity(5))
		clock.Set(s.FirstStart())
		var seated [20]bool
		allAtOnce(len(seated), func(i int) {
			_, err := walkIn(t, db, s.ID, fmt.Sprint(i), fmt.Sprintf("Person %c", 'A'+i), "")
			if seated[i] = err == nil; err != nil && models.KindOf(err) != models.KindFull {
				t.Error(err)
			}
		})
		n := 0
		for _, in := range seated {
			if in {
				n++
			}
		}
		if n != 5 {
			t.Errorf("%d seated of 5 places", n)
		}
		noFindings(t, db)
	})
}

func TestWalkIn_SaysWhatIsWrongBesideTheField(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := schedulingtest.OpenAccess(t, db)
		clock.Set(s.FirstStart())
		for field, came := range map[string]booking.Came{
			"name":          {Person: booking.PersonNamed{Email: "a@b.example"}},
			"email":         {Person: booking.PersonNamed{Name: "Lena Osei", Email: "lena"}},
			"organisation":  {Person: bookingtest.Named("Lena Osei")[0], Organisation: "www.example.com"},
			"name ":         {Person: booking.PersonNamed{Name: "Lena 😀 Osei", Email: "a@b.example"}},
			"name  ":        {Person: booking.PersonNamed{Name: "Lena \u202eiesO", Email: "a@b.example"}},
			"organisation ": {Person: bookingtest.Named("Lena Osei")[0], Organisation: "Bury ❤\ufe0f Advice"},
		} {
			came.RequestKey = field
			field = strings.TrimSpace(field)
			_, err := inTx(t, db, func(ctx context.Context, tx models.DB) (booking.WalkedIn, error) {
				return booking.WalkIn(ctx, tx, access.System(), s, came)
			})
			if models.ProblemsOf(err).For(field) == "" {
				t.Errorf("%s: %v", field, err)
			}
		}
		_, err := inTx(t, db, func(ctx context.Context, tx models.DB) (booking.WalkedIn, error) {
			return booking.WalkIn(ctx, tx, access.Visitor(), s, booking.Came{Person: bookingtest.Named("Lena Osei")[0], RequestKey: "v"})
		})
		if models.KindOf(err) != models.KindForbidden {
			t.Errorf("a visitor: %v", err)
		}
		_, err = walkIn(t, db, s.ID, "", "Lena Osei", "")
		if models.KindOf(err) != models.KindInternal {
			t.Errorf("a form without a key: %v", err)
		}
	})
}

// On an organisation's own group only a place without a name can be taken: its price is for the group.
func TestWalkIn_OwnGroup(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		manager := accesstest.Manager(t, db, "Priya Nair", "priya@irwell.example", "Irwell Wellbeing")
		s := schedulingtest.OpenAccess(t, db, schedulingtest.OwnGroup(manager.Organisations[0].OrganisationID))
		clock.Set(s.FirstStart())
		if _, err := walkIn(t, db, s.ID, "w", "Lena Osei", "Irwell Wellbeing"); models.KindOf(err) != models.KindConflict {
			t.Error(err)
		}
	})
}

// allAtOnce runs the work n times at once and waits for all.
func allAtOnce(n int, work func(i int)) {
	var wait sync.WaitGroup
	start := make(chan struct{})
	for i := range n {
		wait.Go(func() {
			<-start
			work(i)
		})
	}
	close(start)
	wait.Wait()
}
