package booking_test

import (
	"context"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// The preview of a number is the invoice that giving it issues, and a booking that waits for none has neither.
func TestPreviewPurchaseOrder_IsTheInvoiceToCome(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		s := schedulingtest.OpenAccess(t, db)
		priya := accesstest.Manager(t, db, "Priya Nair", "priya@irwell.example", irwell)
		b := toFollow(t, db, priya, s.ID, 3)
		ahead, err := booking.PreviewPurchaseOrder(t.Context(), db, priya, b.ID, " IWN-20417 ")
		if err != nil || ahead.Code != "" || ahead.Gross != 82080 || ahead.PurchaseOrder != "IWN-20417" || len(invoicesOf(t, db, b)) != 0 {
			t.Fatalf("%+v %v", ahead, err)
		}
		if _, err := booking.PreviewPurchaseOrder(t.Context(), db, priya, b.ID, " "); models.ProblemsOf(err).For("purchase-order") == "" {
			t.Errorf("no number: %v", err)
		}
		stranger := accesstest.Manager(t, db, "Other", "other@elsewhere.example", "Elsewhere")
		if _, err := booking.PreviewPurchaseOrder(t.Context(), db, stranger, b.ID, "IWN-20417"); models.KindOf(err) != models.KindNotFound {
			t.Errorf("a stranger: %v", err)
		}
		doc, err := gives(t, db, priya, b, "IWN-20417")
		if err != nil || doc.Gross != ahead.Gross || doc.PurchaseOrder != ahead.PurchaseOrder || doc.Lines[0].Description != ahead.Lines[0].Description {
			t.Errorf("%+v %v", doc, err)
		}
		if _, err := booking.PreviewPurchaseOrder(t.Context(), db, priya, b.ID, "IWN-20418"); models.KindOf(err) != models.KindConflict {
			t.Errorf("a second number, ahead: %v", err)
		}
		if _, err := gives(t, db, priya, b, "IWN-20417"); models.KindOf(err) != models.KindConflict {
			t.Errorf("a second number: %v", err)
		}
	})
}

// The office gives more time: from what day to what day, and why, is in the audit.
func TestExtendPurchaseOrder_IsAudited(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		s := schedulingtest.OpenAccess(t, db)
		priya := accesstest.Manager(t, db, "Priya Nair", "priya@irwell.example", irwell)
		b := toFollow(t, db, priya, s.ID, 1)
		office := accesstest.Office(t, db)
		err := db.InTx(t.Context(), func(tx models.DB) error {
			return desk.ExtendPurchaseOrder(t.Context(), tx, office, b.ID, models.Date{Year: 2026, Month: time.December, Day: 14}, "Year end")
		})
		if err != nil {
			t.Fatal(err)
		}
		var detail []string
		err = db.SQL(t.Context()).Raw("SELECT detail FROM audit_rows WHERE action = 'purchase order may come later' AND subject_id = ?", b.ID).Scan(&detail).Error
		if err != nil || len(detail) != 1 || detail[0] != `{"is":"2026-12-14","reason":"Year end","was":"2026-12-07"}` {
			t.Errorf("%q, %v", detail, err)
		}
	})
}

// Who said that the number would follow and then pays by card owes no number any more.
func TestCard_NoPurchaseOrderIsWaitedFor(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newShop(t, db, clock, 2)
		b := s.hold("priya", 1)
		_, err := inTx(t, db, func(ctx context.Context, tx models.DB) (booking.Booking, error) {
			d := details()
			d.PurchaseOrder, d.ToFollow = "", true
			return booking.SetDetails(ctx, tx, access.Visitor("priya"), b.ID, booking.Organisation, d)
		})
		if err != nil {
			t.Fatal(err)
		}
		page := s.openPage("priya", b)
		s.pay(page)
		s.settle(page)
		sold, err := booking.Find(t.Context(), db, access.System().Scope(), b.ID)
		if err != nil || sold.Status != booking.Confirmed || sold.AwaitsPurchaseOrder() || !sold.PurchaseOrderDue.IsZero() {
			t.Errorf("%s, waits until %s: %v", sold.Status, sold.PurchaseOrderDue, err)
		}
		clock.Set(s.session.FirstDay().AddDays(-8).At(9, 0))
		if err := desk.ChasePurchaseOrders(t.Context(), db); err != nil || mailsOf(t, db, "purchase-order-wanted") != 0 || len(tasksOpen(t, db)) != 0 {
			t.Errorf("chased for a number: %v", err)
		}
	})
}
