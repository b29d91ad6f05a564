package billing

import (
	"context"
	"errors"
	"fmt"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// RefundToDo is a refund that waits for the office: a bank transfer to make, or a card refund that did not arrive.
type RefundToDo struct {
	ID        int64
	Gross     models.Pence
	Cause     RefundCause
	Method    PaymentMethod
	State     RefundState
	Failure   string // as the processor says it
	CreditID  *int64
	Credit    string       // CN-000012; empty for none
	Counted   bool         // it had gone once, so that its credit note has counted
	Waiting   models.Pence // of what failed: what its credit note waits for
	Held      bool         // of what failed: a cardholder's bank has its money until it has decided
	Counts    bool         // the credit note counts for VAT when it goes; it has, where this stands for one that had gone once
	Stop      string       // of what waits for a bank transfer: why nothing is to be sent, without a full stop; empty when its money is with us
	Drop      bool         // of that: all its money has gone for good in another way, so that it can be dropped
	Customer  string       // empty when the payment is on no invoice
	Unplaced  bool         // the payment has never been on an invoice
	Reference string       // of the payment, as the payer wrote it
	PaymentID int64
	PaidOn    models.Date // the day the payment came
	FirstDay  models.Date // the earliest on which it can have been sent: see refundDayFits
	ByCard    bool        // the payment came by card
	CreatedAt time.Time
	Order     *Order
}

var refundsToDo = `SELECT r.id, r.gross_pence, r.reason, r.method, r.status, r.failure, r.credit_id, COALESCE(c.code, '') AS credit,
	COALESCE(c.gross_pence > ` + creditSettled("c") + `, FALSE) AS counts,
	EXISTS (SELECT 1 FROM credit_settlements s WHERE s.refund_id = r.id) AS counted,
	NOT EXISTS (SELECT 1 FROM allocations a WHERE a.payment_id = p.id) AS unplaced,
	COALESCE(c.customer_name, (SELECT d.customer_name FROM allocations a JOIN documents d ON d.id = a.document_id
		WHERE a.payment_id = p.id ORDER BY a.id DESC LIMIT 1), (SELECT b.payer FROM bank_lines b WHERE b.payment_id = p.id), '') AS customer,
	p.reference, p.id AS payment_id, p.received_on, p.method = 'card' AS by_card, c.issue_date AS credited_on, p.order_kind, p.order_id, r.created_at
	FROM refunds r JOIN payments p ON p.id = r.payment_id LEFT JOIN documents c ON c.id = r.credit_id WHERE `

// BankRefunds lists the refunds that the office is to pay by bank transfer, the oldest first. Only the office may ask.
func BankRefunds(ctx context.Context, db models.DB, actor access.Actor) ([]RefundToDo, error) {
	return readRefunds(ctx, db, actor, "r.method = 'bank' AND r.status = 'requested'")
}

// RefundOf reads one refund, whatever its state. Only the office may ask.
func RefundOf(ctx context.Context, db models.DB, actor access.Actor, id int64) (RefundToDo, error) {
	found, err := readRefunds(ctx, db, actor, "r.id = ?", id)
	if err == nil && len(found) == 0 {
		err = models.NotFound("We have no refund with that number")
	}
	if err != nil {
		return RefundToDo{}, err
	}
	return found[0], nil
}

func readRefunds(ctx context.Context, db models.DB, actor access.Actor, which string, values ...any) ([]RefundToDo, error) {
	if err := actor.Require(access.RoleOffice); err != nil {
		return nil, err
	}
	var rows []struct {
		ID, PaymentID                           int64
		GrossPence                              models.Pence
		Reason, Method, Status, Failure, Credit string
		CreditID                                *int64
		Counts, Counted, Unplaced               bool
		Customer, Reference                     string
		ReceivedOn                              models.Date
		CreditedOn                              *models.Date
		ByCard                                  bool
		OrderKind                               *string
		OrderID                                 *int64
		CreatedAt                               time.Time
	}
	if err := db.SQL(ctx).Raw(refundsToDo+which+" ORDER BY r.id", values...).Scan(&rows).Error; err != nil {
		return nil, fmt.Errorf("refunds to do: %w", models.Translate(err))
	}
	found := make([]RefundToDo, len(rows))
	for i, r := range rows {
		found[i] = RefundToDo{
			ID: r.ID, Gross: r.GrossPence, Cause: RefundCause(r.Reason), Method: PaymentMethod(r.Method), State: RefundState(r.Status),
			Failure: r.Failure, CreditID: r.CreditID, Credit: r.Credit, Counts: r.Counts, Counted: r.Counted, Customer: r.Customer, Unplaced: r.Unplaced,
			Reference: r.Reference, PaymentID: r.PaymentID, PaidOn: r.ReceivedOn, FirstDay: r.ReceivedOn, ByCard: r.ByCard, CreatedAt: r.CreatedAt,
		}
		if r.CreditedOn != nil && found[i].FirstDay.Before(*r.CreditedOn) {
			found[i].FirstDay = *r.CreditedOn
		}
		if r.OrderKind != nil && r.OrderID != nil {
			found[i].Order = &Order{OrderKind(*r.OrderKind), *r.OrderID}
		}
		if err := found[i].stopped(ctx, db); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// stopped fills in why a refund that waits for a bank transfer is not to be sent.
func (r *RefundToDo) stopped(ctx context.Context, db models.DB) error {
	if r.Method != ByBank || r.State != RefundWanted {
		return nil
	}
	s, err := stopOf(ctx, db, refundRow{ID: r.ID, PaymentID: r.PaymentID, GrossPence: r.Gross, CreatedAt: r.CreatedAt})
	r.Stop, r.Drop = s.words, s.twice == r.Gross
	return err
}

// CreditsToRefund lists the credit notes that leave something to send back, beyond what failed refunds of theirs are to send, and about
// which nobody of the office has said that nothing more is to do, the oldest first. Only the office may ask.
func CreditsToRefund(ctx context.Context, db models.DB, actor access.Actor) ([]Document, error) {
	if err := actor.Require(access.RoleOffice); err != nil {
		return nil, err
	}
	failed, err := FailedRefunds(ctx, db, actor)
	if err != nil {
		return nil, err
	}
	elsewhere := map[int64]models.Pence{}
	for _, r := range failed {
		if r.CreditID != nil {
			elsewhere[*r.CreditID] += r.Waiting
		}
	}
	notes, err := creditsToRefund(ctx, db)
	var open []Document
	for _, n := range notes {
		if n.ToRefund() > elsewhere[n.ID] {
			open = append(open, n)
		}
	}
	return open, err
}

// waitingCredits is the condition of a credit note that is neither settled nor wholly on its way back.
func waitingCredits() string {
	return "documents.kind = 'credit-note' AND " + creditWaits("documents") + " > 0"
}

// creditsToRefund lists the credit notes that wait for money; those about which a person has decided are left out.
func creditsToRefund(ctx context.Context, db models.DB) ([]Document, error) {
	return readDocuments(ctx, db, db.SQL(ctx).Where(waitingCredits()).Where(`NOT EXISTS (SELECT 1 FROM office_tasks o
		WHERE o.kind = ? AND o.about_id = documents.id AND o.done_by IS NOT NULL)`, taskNotSentBack).Order("documents.id"))
}

// onPayment is the condition of a credit note whose invoice ever had money of a payment.
const onPayment = "documents.credits_id IN (SELECT a.document_id FROM allocations a WHERE a.payment_id = ?)"

// requestedBefore is the refund that was asked for under a key; none when there is none.
func requestedBefore(ctx context.Context, db models.DB, key string) (refundRow, error) {
	var row refundRow
	err := models.Translate(db.SQL(ctx).Where("request_key = ?", key).Take(&row).Error)
	if errors.Is(err, models.ErrNoRow) {
		return refundRow{}, nil
	}
	return row, err
}
