package billing

import (
	"context"
	"fmt"
	"slices"

	"hub.salford.ac.uk/ssph/models"
)

// Kinds of task that end by themselves when what they ask for has happened.
const (
	taskPaidTooMuch  = "paid too much"
	taskMismatch     = "payment does not match"
	taskInvoiceDue   = "invoice due"
	taskMoneyBack    = "dispute money back"
	taskOutside      = "refund from outside"
	taskCreditDue    = "credit note due"
	taskNotSentBack  = "credit not sent back"
	taskRefundFailed = "refund failed"
	taskDisputeLost  = "dispute lost"
	taskPaidTwice    = "dispute paid twice"
	taskSentTwice    = "refund sent twice"
	taskAskFor       = "overdue without an organisation"
)

// tasksOfMoney are the kinds that ask what becomes of a payment's money.
var tasksOfMoney = []string{taskPaidTooMuch, taskMismatch, taskInvoiceDue, taskMoneyBack}

// usedUp is what of payment p is on invoices, goes back or is gone.
const usedUp = `(SELECT COALESCE(SUM(a.gross_pence), 0) FROM allocations a WHERE a.payment_id = p.id) +
	(SELECT COALESCE(SUM(r.gross_pence), 0) FROM refunds r WHERE r.payment_id = p.id AND r.status <> 'failed') +
	(SELECT COALESCE(SUM(t.gross_pence), 0) FROM disputes t WHERE t.payment_id = p.id AND t.withdrawn)`

// paymentUsed says that nothing of a task's payment is left to decide about.
const paymentUsed = `EXISTS (SELECT 1 FROM payments p WHERE p.id = office_tasks.about_id AND p.gross_pence <= ` + usedUp + `)`

// outsideCounted says that credit notes account for all of a task's refund, or that it came to nothing.
const outsideCounted = `EXISTS (SELECT 1 FROM refunds r WHERE r.id = office_tasks.about_id AND (r.status = 'failed' OR r.gross_pence <=
	(SELECT COALESCE(SUM(s.gross_pence), 0) FROM refund_shares s WHERE s.refund_id = r.id)))`

// taskDone says, for each kind of task that ends by itself, when: a condition on its row.
func taskDone() []struct{ kind, when string } {
	const unpaid = `d.kind = 'invoice' AND d.gross_pence > (SELECT COALESCE(SUM(a.gross_pence), 0) FROM allocations a WHERE a.document_id = d.id) +
		(SELECT COALESCE(SUM(c.gross_pence), 0) FROM documents c WHERE c.credits_id = d.id)`
	return []struct{ kind, when string }{
		{taskPaidTooMuch, paymentUsed},
		{taskMismatch, paymentUsed},
		{taskInvoiceDue, paymentUsed},
		{taskMoneyBack, paymentUsed},
		{taskOutside, outsideCounted},
		{taskCreditDue, outsideCounted},
		{taskNotSentBack, `EXISTS (SELECT 1 FROM documents d WHERE d.id = office_tasks.about_id AND ` + creditWaits("d") + ` <= 0)`},
		{taskRefundFailed, "EXISTS (SELECT 1 FROM refunds n WHERE n.replaces_id = office_tasks.about_id)"},
		{taskDisputeLost, `NOT EXISTS (SELECT 1 FROM disputes t JOIN allocations x ON x.payment_id = t.payment_id JOIN documents d ON d.id = x.document_id
			WHERE t.id = office_tasks.about_id AND ` + unpaid + `)`},
		{taskPaidTwice, `EXISTS (SELECT 1 FROM payments p JOIN disputes x ON x.payment_id = p.id WHERE x.id = office_tasks.about_id AND p.gross_pence >= ` + usedUp + `)`},
		{taskSentTwice, `EXISTS (SELECT 1 FROM payments p JOIN refunds x ON x.payment_id = p.id WHERE x.id = office_tasks.about_id AND p.gross_pence >= ` + usedUp + `)`},
		{taskAskFor, `NOT EXISTS (SELECT 1 FROM documents d WHERE d.id = office_tasks.about_id AND ` + unpaid + `)`},
	}
}

// EndsItself says that the program ends the task when what it asks for has happened.
func (t Task) EndsItself() bool {
	return t.Kind == "dispute" || slices.ContainsFunc(taskDone(), func(d struct{ kind, when string }) bool { return d.kind == t.Kind })
}

// finishDone ends the tasks whose work is done: it looks at every open one, whatever has just changed.
func finishDone(ctx context.Context, tx models.DB) error {
	for _, t := range taskDone() {
		err := tx.SQL(ctx).Exec("UPDATE office_tasks SET done_at = ? WHERE done_at IS NULL AND kind = ? AND "+t.when, tx.Now(), t.kind).Error
		if err != nil {
			return fmt.Errorf("tasks %q: %w", t.kind, models.Translate(err))
		}
	}
	if err := sayStopped(ctx, tx); err != nil {
		return err
	}
	return finishIdle(ctx, tx)
}

// TaskDocuments says about which document each open task is, by the task's id: the document itself, or the latest invoice that the
// payment of its refund or dispute was on. One that is about none is left out.
func TaskDocuments(ctx context.Context, db models.DB) (map[int64]string, error) {
	var rows []struct {
		TaskID int64
		Code   string
	}
	const latest = `(SELECT MAX(a.document_id) FROM allocations a JOIN documents i ON i.id = a.document_id WHERE a.payment_id = %s)`
	err := db.SQL(ctx).Raw(`SELECT t.id AS task_id, d.code FROM office_tasks t JOIN documents d ON t.about_kind = 'document' AND d.id = t.about_id WHERE t.done_at IS NULL
		UNION ALL SELECT t.id, d.code FROM office_tasks t JOIN disputes x ON t.about_kind = 'dispute' AND x.id = t.about_id
			JOIN documents d ON d.id = ` + fmt.Sprintf(latest, "x.payment_id") + ` WHERE t.done_at IS NULL
		UNION ALL SELECT t.id, d.code FROM office_tasks t JOIN refunds x ON t.about_kind = 'refund' AND x.id = t.about_id
			JOIN documents d ON d.id = ` + fmt.Sprintf(latest, "x.payment_id") + ` WHERE t.done_at IS NULL`).Scan(&rows).Error
	codes := make(map[int64]string, len(rows))
	for _, r := range rows {
		codes[r.TaskID] = r.Code
	}
	return codes, models.Translate(err)
}
