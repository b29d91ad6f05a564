package billing

import (
	"context"
	"fmt"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// Due is a number of invoices and what is still to pay on them together.
type Due struct {
	Count int
	Sum   models.Pence
	First models.Date // the earliest day one of them is due; no day when there are none
}

func (d *Due) add(count int, sum models.Pence, day models.Date) {
	if d.First.IsZero() || day.Before(d.First) {
		d.First = day
	}
	d.Count, d.Sum = d.Count+count, d.Sum+sum
}

// Receivables says what is still to pay of the invoices in scope: those overdue on the database's today, those due on it or within
// so many days after it, and those due later.
func Receivables(ctx context.Context, db models.DB, scope access.Scope, days int) (overdue, soon, later Due, err error) {
	var rows []struct {
		DueDate models.Date
		Count   int
		Sum     models.Pence
	}
	err = filtered(scope.Documents(db.SQL(ctx).Model(&documentRow{})), DocumentFilter{Unpaid: true}).
		Select(`documents.due_date, COUNT(*) AS count, SUM(documents.gross_pence
			- (SELECT COALESCE(SUM(a.gross_pence), 0) FROM allocations a WHERE a.document_id = documents.id)
			- (SELECT COALESCE(SUM(c.gross_pence), 0) FROM documents c WHERE c.credits_id = documents.id)) AS sum`).
		Group("documents.due_date").Scan(&rows).Error
	if err != nil {
		return overdue, soon, later, fmt.Errorf("receivables: %w", models.Translate(err))
	}
	today := db.Today()
	last := today.AddDays(days)
	for _, r := range rows {
		switch {
		case r.DueDate.Before(today):
			overdue.add(r.Count, r.Sum, r.DueDate)
		case last.Before(r.DueDate):
			later.add(r.Count, r.Sum, r.DueDate)
		default:
			soon.add(r.Count, r.Sum, r.DueDate)
		}
	}
	return overdue, soon, later, nil
}

// PartPaid says how many invoices in scope are paid in part, and what is still to pay on them.
func PartPaid(ctx context.Context, db models.DB, scope access.Scope) (Due, error) {
	var due Due
	docs, err := readDocuments(ctx, db, filtered(scope.Documents(db.SQL(ctx)), DocumentFilter{PartPaid: true}))
	for _, d := range docs {
		due.add(1, d.Outstanding(), d.DueDate)
	}
	return due, err
}

// Unpaid lists the invoices in scope with something to pay, the earliest due first, at most so many.
func Unpaid(ctx context.Context, db models.DB, scope access.Scope, most int) ([]Document, error) {
	query := filtered(scope.Documents(db.SQL(ctx)), DocumentFilter{Unpaid: true})
	return readDocuments(ctx, db, query.Order("documents.due_date, documents.id").Limit(most))
}

// Receipt is money that came for an order, with what went back of it.
type Receipt struct {
	ID        int64
	Method    string // "card" or "bank"
	Gross     models.Pence
	On        models.Date  // the day it came
	Reference string       // of a bank transfer, as the payer wrote it
	Note      string       // of the office
	CreatedAt time.Time    // when it was recorded
	Here      models.Pence // what of it is on the order's invoices
	Refunds   []Refunded
	Disputes  []DisputeMove
}

// DisputeMove is money that a cardholder's bank took in a dispute; below nothing when it came back to us.
type DisputeMove struct {
	Gross models.Pence
	On    models.Date
}

// Refunded is money of ours that goes or went back.
type Refunded struct {
	ID        int64
	Gross     models.Pence
	Cause     RefundCause
	Method    PaymentMethod
	State     RefundState
	CreatedAt time.Time
}

// Receipts lists what was paid for an order, also by a payment for several, oldest first. Only the office may ask.
func Receipts(ctx context.Context, db models.DB, actor access.Actor, order Order) ([]Receipt, error) {
	if err := actor.Require(access.RoleOffice); err != nil {
		return nil, err
	}
	var rows []struct {
		Payment paymentRow `gorm:"embedded"`
		Here    models.Pence
	}
	err := db.SQL(ctx).Raw(`SELECT p.*, COALESCE(h.here, 0) AS here FROM payments p LEFT JOIN (SELECT a.payment_id, SUM(a.gross_pence) AS here
		FROM allocations a JOIN documents d ON d.id = a.document_id WHERE d.order_kind = ? AND d.order_id = ? GROUP BY a.payment_id) AS h
		ON h.payment_id = p.id WHERE p.order_kind = ? AND p.order_id = ? OR h.here > 0 ORDER BY p.id`,
		order.Kind, order.ID, order.Kind, order.ID).Scan(&rows).Error
	if err != nil || len(rows) == 0 {
		return nil, models.Translate(err)
	}
	receipts, ids, at := make([]Receipt, len(rows)), make([]int64, len(rows)), map[int64]int{}
	for i, r := range rows {
		p := r.Payment
		receipts[i] = Receipt{
			ID: p.ID, Method: p.Method, Gross: p.GrossPence, On: p.ReceivedOn, Reference: p.Reference, Note: p.Note, CreatedAt: p.CreatedAt,
			Here: r.Here,
		}
		ids[i], at[p.ID] = p.ID, i
	}
	var refunds []refundRow
	if err := db.SQL(ctx).Where("payment_id IN ?", ids).Order("id").Find(&refunds).Error; err != nil {
		return nil, models.Translate(err)
	}
	for _, r := range refunds {
		to := &receipts[at[r.PaymentID]]
		to.Refunds = append(to.Refunds, r.refunded())
	}
	moves, err := disputeMovesOf(ctx, db, ids)
	for _, m := range moves {
		to := &receipts[at[m.PaymentID]]
		to.Disputes = append(to.Disputes, DisputeMove{Gross: m.Pence, On: m.OnDate})
	}
	return receipts, err
}

// TaskOrders says which order each open task is about, by the task's id; one that belongs to none is left out.
func TaskOrders(ctx context.Context, db models.DB) (map[int64]Order, error) {
	var rows []struct {
		TaskID    int64
		OrderKind OrderKind
		OrderID   int64
	}
	err := db.SQL(ctx).Raw(`SELECT t.id AS task_id, o.order_kind, o.order_id FROM office_tasks t
			JOIN payments o ON t.about_kind = 'payment' AND o.id = t.about_id WHERE t.done_at IS NULL AND o.order_id IS NOT NULL
		UNION ALL SELECT t.id, o.order_kind, o.order_id FROM office_tasks t JOIN refunds r ON t.about_kind = 'refund' AND r.id = t.about_id
			JOIN payments o ON o.id = r.payment_id WHERE t.done_at IS NULL AND o.order_id IS NOT NULL
		UNION ALL SELECT t.id, o.order_kind, o.order_id FROM office_tasks t JOIN disputes x ON t.about_kind = 'dispute' AND x.id = t.about_id
			JOIN payments o ON o.id = x.payment_id WHERE t.done_at IS NULL AND o.order_id IS NOT NULL
		UNION ALL SELECT t.id, o.order_kind, o.order_id FROM office_tasks t
			JOIN payment_attempts o ON t.about_kind = 'attempt' AND o.id = t.about_id WHERE t.done_at IS NULL
		UNION ALL SELECT t.id, o.order_kind, o.order_id FROM office_tasks t
			JOIN documents o ON t.about_kind = 'document' AND o.id = t.about_id WHERE t.done_at IS NULL
		UNION ALL SELECT t.id, t.about_kind, t.about_id FROM office_tasks t WHERE t.about_kind = 'booking' AND t.done_at IS NULL`).Scan(&rows).Error
	orders := make(map[int64]Order, len(rows))
	for _, r := range rows {
		orders[r.TaskID] = Order{Kind: r.OrderKind, ID: r.OrderID}
	}
	return orders, models.Translate(err)
}
