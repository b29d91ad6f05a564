package billing

import (
	"context"
	"fmt"
	"slices"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// UnallocatedPayment is a payment with money that is on no invoice, does not go back and is waited for by no credit note and no failed
// refund.
type UnallocatedPayment struct {
	ID        int64
	Method    PaymentMethod
	On        models.Date // the day it came
	Payer     string      // as the bank names it; empty when no statement did
	Reference string      // as the payer wrote it
	Note      string      // of the office
	Gross     models.Pence
	Left      models.Pence // what is to be decided about
	Invoice   string       // the last that the payment was put on; empty for none
	Customer  string       // of that invoice
	Order     *Order       // that it came for, where that is known
}

// Unallocated lists the payments with money left, the oldest first. Only the office may ask.
func Unallocated(ctx context.Context, db models.DB, actor access.Actor) ([]UnallocatedPayment, error) {
	if err := actor.Require(access.RoleOffice); err != nil {
		return nil, err
	}
	found, err := unallocated(ctx, db)
	if err != nil {
		return nil, err
	}
	failed, err := FailedRefunds(ctx, db, actor)
	if err != nil {
		return nil, err
	}
	waited, err := waitedFor(ctx, db, found, failed)
	if err != nil {
		return nil, err
	}
	var open []UnallocatedPayment
	for _, p := range found {
		if p.Left -= waited[p.ID]; p.Left > 0 {
			open = append(open, p)
		}
	}
	return open, nil
}

// Unasked lists those of them about which no task asks, and about which nobody of the office has said that nothing more is to do. Only
// the office may ask.
func Unasked(ctx context.Context, db models.DB, actor access.Actor) ([]UnallocatedPayment, error) {
	all, err := Unallocated(ctx, db, actor)
	if err != nil {
		return nil, err
	}
	unasked, err := unaskedPayments(ctx, db, db.Now())
	return slices.DeleteFunc(all, func(p UnallocatedPayment) bool { return !slices.Contains(unasked, p.ID) }), err
}

// unaskedPayments are the payments recorded by a moment about which nobody is asked, whether or not there is something to decide.
func unaskedPayments(ctx context.Context, db models.DB, by time.Time) ([]int64, error) {
	var ids []int64
	err := db.SQL(ctx).Raw("SELECT p.id FROM payments p WHERE p.created_at <= ? AND "+nobodyAsked("o.about_kind = 'payment' AND o.about_id = p.id"), by).Scan(&ids).Error
	if err != nil {
		return nil, fmt.Errorf("payments nobody is asked about: %w", models.Translate(err))
	}
	return ids, nil
}

// UnallocatedPaymentOf reads one of them. Errors: not found, also when nothing of it is left.
func UnallocatedPaymentOf(ctx context.Context, db models.DB, actor access.Actor, id int64) (UnallocatedPayment, error) {
	all, err := Unallocated(ctx, db, actor)
	if err != nil {
		return UnallocatedPayment{}, err
	}
	for _, p := range all {
		if p.ID == id {
			return p, nil
		}
	}
	return UnallocatedPayment{}, models.NotFound("All money of this payment has been put on invoices or sent back, or there is no such payment")
}

// LeftOfReceipt says how much of the bank transfer that a form recorded is on no invoice and is to be decided about. Only the office may
// ask.
func LeftOfReceipt(ctx context.Context, db models.DB, actor access.Actor, key string) (models.Pence, error) {
	if err := actor.Require(access.RoleOffice); err != nil {
		return 0, err
	}
	id, err := bankMoneyOf(ctx, db, key)
	if err != nil {
		return 0, err
	}
	p, err := UnallocatedPaymentOf(ctx, db, actor, id)
	if models.KindOf(err) == models.KindNotFound {
		return 0, nil
	}
	return p.Left, err
}

// lastInvoice is the document that payment p was put on last.
const lastInvoice = `FROM allocations a JOIN documents d ON d.id = a.document_id WHERE a.payment_id = p.id ORDER BY a.id DESC LIMIT 1`

func unallocated(ctx context.Context, db models.DB) ([]UnallocatedPayment, error) {
	var rows []struct {
		Payment paymentRow `gorm:"embedded"`
		Payer   string
		Code    string
		Name    string
		Taken   models.Pence
	}
	err := db.SQL(ctx).Raw(`SELECT * FROM (SELECT p.*, COALESCE((SELECT b.payer FROM bank_lines b WHERE b.payment_id = p.id), '') AS payer,
		COALESCE((SELECT d.code ` + lastInvoice + `), '') AS code, COALESCE((SELECT d.customer_name ` + lastInvoice + `), '') AS name,
		(SELECT COALESCE(SUM(a.gross_pence), 0) FROM allocations a WHERE a.payment_id = p.id) +
		(SELECT COALESCE(SUM(r.gross_pence), 0) FROM refunds r WHERE r.payment_id = p.id AND r.status <> 'failed') +
		(SELECT COALESCE(SUM(l.pence), 0) FROM ledger_entries l JOIN disputes t ON t.id = l.dispute_id WHERE t.payment_id = p.id) AS taken
		FROM payments p) AS p WHERE p.gross_pence > p.taken ORDER BY p.received_on, p.id`).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("unallocated payments: %w", models.Translate(err))
	}
	found := make([]UnallocatedPayment, len(rows))
	for i, row := range rows {
		r := row.Payment
		found[i] = UnallocatedPayment{
			ID: r.ID, Method: PaymentMethod(r.Method), On: r.ReceivedOn, Payer: row.Payer, Reference: r.Reference, Note: r.Note,
			Gross: r.GrossPence, Left: r.GrossPence - row.Taken, Invoice: row.Code, Customer: row.Name,
		}
		if r.OrderKind != nil && r.OrderID != nil {
			found[i].Order = &Order{OrderKind(*r.OrderKind), *r.OrderID}
		}
	}
	return found, nil
}

// waitedFor says how much of each payment is what a failed refund is to send in another way, or a credit note leaves to refund: that
// money has its purpose. A failed refund whose credit note waits for the same money is one with it.
func waitedFor(ctx context.Context, db models.DB, payments []UnallocatedPayment, failed []RefundToDo) (map[int64]models.Pence, error) {
	free, waited := map[int64]models.Pence{}, map[int64]models.Pence{}
	for _, p := range payments {
		free[p.ID] = p.Left
	}
	theirs := map[int64]models.Pence{} // of what credit notes wait for: what failed refunds are to send
	for _, r := range failed {
		part := min(r.Gross, free[r.PaymentID])
		free[r.PaymentID], waited[r.PaymentID] = free[r.PaymentID]-part, waited[r.PaymentID]+part
		if r.CreditID != nil {
			theirs[*r.CreditID] += min(part, r.Waiting)
		}
	}
	notes, err := creditsToRefund(ctx, db)
	if err != nil {
		return nil, err
	}
	for _, note := range notes {
		paid, err := paidOn(ctx, db, note.Credits.ID)
		if err != nil {
			return nil, err
		}
		left := max(note.ToRefund()-theirs[note.ID], 0)
		for _, p := range paid {
			part := min(left, free[p.ID])
			free[p.ID], waited[p.ID], left = free[p.ID]-part, waited[p.ID]+part, left-part
		}
	}
	return waited, nil
}
