package booking_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/mail"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// heldFor holds places for the organisation's booker, who is signed in, with what is said about the purchase order.
func heldFor(t *testing.T, db models.DB, actor access.Actor, session int64, places int, number string, follows bool) (booking.Booking, error) {
	t.Helper()
	key := fmt.Sprint(session, places, number, follows, db.Now())
	actor = actor.WithClaims(key)
	return inTx(t, db, func(ctx context.Context, tx models.DB) (booking.Booking, error) {
		b, err := booking.Hold(ctx, tx, actor, booking.HoldRequest{SessionID: session, Places: places, RequestKey: key, ClaimHash: key})
		if err != nil {
			return b, err
		}
		d := details()
		d.Name, d.Email, d.PurchaseOrder, d.ToFollow = actor.Name, actor.Email, number, follows
		return booking.SetDetails(ctx, tx, actor, b.ID, booking.Organisation, d)
	})
}

func confirmed(t *testing.T, db models.DB, actor access.Actor, b booking.Booking) booking.Booking {
	t.Helper()
	b, err := inTx(t, db, func(ctx context.Context, tx models.DB) (booking.Booking, error) {
		return desk.ConfirmOnAccount(ctx, tx, actor, b.ID, nil)
	})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// gives is the invoice that a booking gets with its purchase order.
func gives(t *testing.T, db models.DB, actor access.Actor, b booking.Booking, number string) (billing.Document, error) {
	t.Helper()
	return inTx(t, db, func(ctx context.Context, tx models.DB) (billing.Document, error) {
		return desk.GivePurchaseOrder(ctx, tx, actor, b.ID, number)
	})
}

// toFollow is a confirmed booking of so many places whose purchase order is to follow.
func toFollow(t *testing.T, db models.DB, actor access.Actor, session int64, places int) booking.Booking {
	t.Helper()
	b, err := heldFor(t, db, actor, session, places, "", true)
	if err != nil {
		t.Fatal(err)
	}
	return confirmed(t, db, actor, b)
}

func invoicesOf(t *testing.T, db models.DB, b booking.Booking) []billing.Document {
	t.Helper()
	order := b.Order()
	docs, _, err := billing.Documents(t.Context(), db, access.System().Scope(), billing.DocumentFilter{Order: &order})
	if err != nil {
		t.Fatal(err)
	}
	return docs
}

func mailsOf(t *testing.T, db models.DB, kind string) int {
	t.Helper()
	all, _, err := mail.List(t.Context(), db, mail.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, m := range all {
		if m.Kind == kind {
			n++
		}
	}
	return n
}

func tasksOpen(t *testing.T, db models.DB) []billing.Task {
	t.Helper()
	tasks, err := billing.Tasks(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	return tasks
}

func allSound(t *testing.T, db models.DB) {
	t.Helper()
	for name, check := range map[string]func(context.Context, models.DB) ([]string, error){
		"capacity": booking.CheckCapacity, "places": booking.CheckPlaces, "series": billing.CheckSeries, "ledger": billing.CheckLedger,
	} {
		if found, err := check(t.Context(), db); err != nil || len(found) > 0 {
			t.Errorf("%s: %s %v", name, strings.Join(found, "; "), err)
		}
	}
}

// Booked on 23 November 2026 for 14 January 2027: the number is due on 7 December, asked for on 30 November, 4 and 6 December.
func TestToFollow_PlacesAreBookedChasedAndInvoicedWhenTheNumberComes(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		session := schedulingtest.OpenAccess(t, db)
		priya := accesstest.Manager(t, db, "Priya Nair", "priya@irwell.example", "Irwell Wellbeing Network")
		joanne := accesstest.Office(t, db)
		b := toFollow(t, db, priya, session.ID, 3)
		if !b.AwaitsPurchaseOrder() || b.PurchaseOrderDue != (models.Date{Year: 2026, Month: 12, Day: 7}) || len(invoicesOf(t, db, b)) != 0 {
			t.Fatalf("waits %v until %s with %d invoices", b.AwaitsPurchaseOrder(), b.PurchaseOrderDue, len(invoicesOf(t, db, b)))
		}
		if mailsOf(t, db, "booking-acknowledged") != 1 || mailsOf(t, db, "booking-confirmed") != 0 {
			t.Error("the acknowledgement is not the one letter")
		}
		allSound(t, db)
		chase := func(month time.Month, day int) int {
			clock.Set(time.Date(2026, month, day, 9, 0, 0, 0, time.UTC))
			before := mailsOf(t, db, "purchase-order-wanted")
			for range 2 { // however often it runs
				if err := desk.ChasePurchaseOrders(t.Context(), db); err != nil {
					t.Fatal(err)
				}
			}
			return mailsOf(t, db, "purchase-order-wanted") - before
		}
		for _, c := range []struct {
			day, want int
		}{{29, 0}, {30, 1}} {
			if got := chase(11, c.day); got != c.want {
				t.Errorf("%d November: %d letters", c.day, got)
			}
		}
		if got := chase(12, 6); got != 1 { // the one of the 4th was lost in an outage
			t.Errorf("6 December: %d letters", got)
		}
		if got := chase(12, 7); got != 0 || len(tasksOpen(t, db)) != 0 { // its own day is still in time
			t.Errorf("7 December: %d letters, %+v", got, tasksOpen(t, db))
		}
		if got := chase(12, 8); got != 0 || len(tasksOpen(t, db)) != 1 {
			t.Errorf("8 December: %d letters, tasks %+v", got, tasksOpen(t, db))
		}
		b, err := booking.Find(t.Context(), db, access.System().Scope(), b.ID)
		if err != nil || b.Status != booking.Confirmed {
			t.Errorf("released by itself: %s %v", b.Status, err)
		}
		until := models.Date{Year: 2026, Month: 12, Day: 18}
		extend := func(actor access.Actor, day models.Date, reason string) error {
			return db.InTx(t.Context(), func(tx models.DB) error {
				return desk.ExtendPurchaseOrder(t.Context(), tx, actor, b.ID, day, reason)
			})
		}
		if err := extend(priya, until, "Year end"); models.KindOf(err) != models.KindForbidden {
			t.Errorf("a manager gives herself longer: %v", err)
		}
		if err := extend(joanne, db.Today(), ""); models.ProblemsOf(err).For("until") == "" || models.ProblemsOf(err).For("reason") == "" {
			t.Errorf("until today for nothing: %v", err)
		}
		if err := extend(joanne, until, "Year end"); err != nil || len(tasksOpen(t, db)) != 0 {
			t.Errorf("longer: %v, tasks %+v", err, tasksOpen(t, db))
		}
		if got := chase(12, 11); got != 1 { // seven days before the new day; the letter about it went on the 8th
			t.Errorf("11 December: %d letters", got)
		}
		doc, err := gives(t, db, priya, b, " IWN\u201120417 ")
		if err != nil || doc.PurchaseOrder != "IWN-20417" || doc.Gross != 82080 || doc.TaxPoint != db.Today() || doc.DueDate != db.Today().AddDays(30) {
			t.Errorf("%+v %v", doc, err)
		}
		if _, err := gives(t, db, priya, b, "IWN-20417"); models.KindOf(err) != models.KindConflict {
			t.Errorf("given twice: %v", err)
		}
		if n := len(invoicesOf(t, db, b)); n != 1 || mailsOf(t, db, "booking-confirmed") != 1 {
			t.Errorf("%d invoices, %d letters with it", n, mailsOf(t, db, "booking-confirmed"))
		}
		if got := chase(12, 17); got != 0 {
			t.Errorf("asked for after it came: %d", got)
		}
		allSound(t, db)
	})
}

// The session is on 14 January 2027. Invoiced on the 28th, the 14th day, the tax point is that day; on the 29th it is the training.
func TestTrap21_ANumberThatComesLateDecidesTheTaxPoint(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		session := schedulingtest.OpenAccess(t, db)
		priya := accesstest.Manager(t, db, "Priya Nair", "priya@irwell.example", "Irwell Wellbeing Network")
		var waiting []booking.Booking
		for places := 1; places <= 2; places++ {
			waiting = append(waiting, toFollow(t, db, priya, session.ID, places))
		}
		for i, c := range []struct{ issued, want int }{{28, 28}, {29, 14}} {
			clock.Set(time.Date(2027, time.January, c.issued, 9, 0, 0, 0, time.UTC))
			doc, err := gives(t, db, priya, waiting[i], "IWN-1")
			if err != nil || doc.TaxPoint != (models.Date{Year: 2027, Month: 1, Day: c.want}) || doc.IssueDate.Day != c.issued {
				t.Errorf("issued on the %d.: tax point %s, %v", c.issued, doc.TaxPoint, err)
			}
		}
	})
}

func TestTrap22_WithoutANumberNothingIsBookedOnAccount(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		session := schedulingtest.OpenAccess(t, db)
		priya := accesstest.Manager(t, db, "Priya Nair", "priya@irwell.example", "Irwell Wellbeing Network")
		id := priya.Organisations[0].OrganisationID
		joanne := accesstest.Office(t, db)
		set := func(rule billing.PurchaseRule) {
			if err := db.InTx(t.Context(), func(tx models.DB) error { return billing.SetPurchaseRule(t.Context(), tx, joanne, id, rule) }); err != nil {
				t.Fatal(err)
			}
		}
		b, err := heldFor(t, db, priya, session.ID, 2, "", false)
		if err != nil {
			t.Fatal(err)
		}
		confirm := func(b booking.Booking) error {
			_, err := inTx(t, db, func(ctx context.Context, tx models.DB) (booking.Booking, error) {
				return desk.ConfirmOnAccount(ctx, tx, priya, b.ID, nil)
			})
			return err
		}
		if err := confirm(b); models.ProblemsOf(err).For("purchase-order") == "" {
			t.Errorf("without a number: %v", err)
		}
		set(billing.PurchaseRule{Required: true, Pattern: "IWN-[0-9]{5}", Example: "IWN-20417"})
		if _, err := heldFor(t, db, priya, session.ID, 2, "20417", false); !strings.Contains(models.ProblemsOf(err).For("purchase-order"), "IWN-20417") {
			t.Errorf("a number of another form: %v", err)
		}
		// Whoever only types the organisation's name is told the same.
		stranger := accesstest.Person(t, db, "Sam Vale", "sam@irwell.example")
		if _, err := heldFor(t, db, stranger, session.ID, 2, "20417", false); models.ProblemsOf(err).For("purchase-order") == "" {
			t.Errorf("typed by somebody else: %v", err)
		}
		set(billing.PurchaseRule{})
		if b, err = heldFor(t, db, priya, session.ID, 2, "", false); err != nil {
			t.Fatal(err)
		}
		if err := confirm(b); err != nil || len(invoicesOf(t, db, b)) != 1 || invoicesOf(t, db, b)[0].PurchaseOrder != "" {
			t.Errorf("no number needed: %v", err)
		}
		set(billing.PurchaseRule{Required: true, Cap: 82080})
		if b, err = heldFor(t, db, priya, session.ID, 4, "IWN-20417", false); err != nil {
			t.Fatal(err)
		}
		if err := confirm(b); !strings.Contains(models.ProblemsOf(err).For("purchase-order"), "£820.80 left") {
			t.Errorf("four places, £1,094.40, on a number for £820.80: %v", err)
		}
		if b, err = booking.Find(t.Context(), db, access.System().Scope(), b.ID); err != nil || b.Status != booking.Held || len(invoicesOf(t, db, b)) != 0 {
			t.Errorf("half done: %s %v", b.Status, err)
		}
		clock.Set(session.FirstStart().AddDate(0, 0, -6))
		if _, err := heldFor(t, db, priya, session.ID, 1, "", true); models.ProblemsOf(err).For("purchase-order") == "" {
			t.Errorf("to follow six days before: %v", err)
		}
		allSound(t, db)
	})
}

// 12.5 % off 3 × £228.00 = £684.00 leaves £598.50, VAT £119.70, together £718.20.
func TestTrap26_TheDiscountAgreedWhenThePlacesWereHeldStands(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		session := schedulingtest.OpenAccess(t, db)
		priya := accesstest.Manager(t, db, "Priya Nair", "priya@irwell.example", "Irwell Wellbeing Network")
		joanne, id := accesstest.Office(t, db), priya.Organisations[0].OrganisationID
		agreed, err := inTx(t, db, func(ctx context.Context, tx models.DB) (billing.Agreement, error) {
			return billing.Agree(ctx, tx, joanne, billing.Agreement{OrganisationID: id, Discount: 12500, Reason: "Founding partner", From: tx.Today(), To: tx.Today()})
		})
		if err != nil {
			t.Fatal(err)
		}
		held, err := heldFor(t, db, priya, session.ID, 3, "IWN-20417", false)
		if err != nil || held.Discount != 12500 || held.DiscountReason != agreed.Reason {
			t.Fatalf("held at %s off, %q: %v", held.Discount, held.DiscountReason, err)
		}
		// Whoever types the name without managing the organisation gets nothing, nor does the manager when she pays for herself.
		if b, err := heldFor(t, db, accesstest.Person(t, db, "Sam Vale", "sam@elsewhere.example"), session.ID, 1, "IWN-20417", false); err != nil || b.Discount != 0 {
			t.Errorf("a stranger has %s off, %v", b.Discount, err)
		}
		// An agreement that ends between holding and booking does not change the price.
		clock.Advance(24 * time.Hour)
		late, err := heldFor(t, db, priya, session.ID, 1, "IWN-20417", false)
		if err != nil || late.Discount != 0 {
			t.Errorf("the day after it has ended: %s off, %v", late.Discount, err)
		}
		b := confirmed(t, db, priya, held)
		docs := invoicesOf(t, db, b)
		if len(docs) != 1 || docs[0].Net != 59850 || docs[0].VAT != 11970 || docs[0].Gross != 71820 || docs[0].Lines[0].Discount != 12500 {
			t.Fatalf("%+v", docs)
		}
		if words := fmt.Sprint(docs[0].Words().Lines[0].Notes); !strings.Contains(words, "Founding partner") || !strings.Contains(words, "12.5%") || !strings.Contains(words, "£85.50") {
			t.Errorf("the line says %s", words)
		}
		allSound(t, db)
	})
}

func TestTrap25_AtHundredPercentOffNothingIsAskedAndAnInvoiceOfNothingIsIssued(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		session := schedulingtest.OpenAccess(t, db)
		priya := accesstest.Manager(t, db, "Priya Nair", "priya@irwell.example", "Irwell Wellbeing Network")
		joanne, id := accesstest.Office(t, db), priya.Organisations[0].OrganisationID
		_, err := inTx(t, db, func(ctx context.Context, tx models.DB) (billing.Agreement, error) {
			return billing.Agree(ctx, tx, joanne, billing.Agreement{OrganisationID: id, Discount: 100000, Reason: "Research partner", From: tx.Today(), To: tx.Today()})
		})
		if err != nil {
			t.Fatal(err)
		}
		b, err := heldFor(t, db, priya, session.ID, 2, "", false)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := inTx(t, db, func(ctx context.Context, tx models.DB) (billing.Attempt, error) {
			return desk.StartPayment(ctx, tx, priya.WithClaims("x"), b.ID, booking.PayPages{Success: "http://x", Cancel: "http://x"})
		}); models.KindOf(err) == "" {
			t.Error("a payment page is opened for nothing")
		}
		b = confirmed(t, db, priya, b)
		docs := invoicesOf(t, db, b)
		if len(docs) != 1 || docs[0].Gross != 0 || docs[0].Outstanding() != 0 || docs[0].State(db.Today()) != billing.StatePaid || b.AwaitsPurchaseOrder() {
			t.Errorf("%+v", docs)
		}
		if balance, err := billing.Balance(t.Context(), db, b.Order()); err != nil || balance != 0 {
			t.Errorf("balance %s, %v", balance, err)
		}
		allSound(t, db)
	})
}
