package billing

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// What the law gives for papers, in days, and when the office is warned. A VAT invoice follows its tax point within 30 days (VAT Regs
// 1995 reg 13(5)), a credit note the decrease within 14 (reg 15C).
const (
	invoiceWithin, invoiceWarn = 30, 20
	creditWithin, creditWarn   = 14, 10
)

// WatchDeadlines asks the office about money without its paper: a payment on no invoice, and a refund without a credit note. Each is
// asked about once; a payment about whose money another open task asks is not.
func WatchDeadlines(ctx context.Context, db models.DB) error {
	payments, err := unallocated(ctx, db)
	if err != nil {
		return err
	}
	unsent, err := FailedRefunds(ctx, db, access.System())
	if err != nil {
		return err
	}
	waited, err := waitedFor(ctx, db, payments, unsent)
	if err != nil {
		return err
	}
	asked, err := openTasks(ctx, db, tasksOfMoney)
	if err != nil {
		return err
	}
	refunds, err := refundsWithoutCredit(ctx, db, db.Today().AddDays(-creditWarn))
	if err != nil {
		return err
	}
	var failed []error
	for _, p := range payments {
		elsewhere := slices.ContainsFunc(asked, func(t taskRow) bool { return t.AboutID == p.ID && t.Kind != taskInvoiceDue })
		if p.Left -= waited[p.ID]; p.Left > 0 && !elsewhere && p.On.DaysUntil(db.Today()) >= invoiceWarn {
			failed = append(failed, db.InTx(ctx, func(tx models.DB) error { return warnInvoice(ctx, tx, p) }))
		}
	}
	for _, r := range refunds {
		failed = append(failed, db.InTx(ctx, func(tx models.DB) error {
			return raise(ctx, tx, taskCreditDue, "refund", r.RefundID, fmt.Sprintf(
				"A refund of %s went on %s without a credit note. If it lowered the price of something, the credit note must be issued by %s",
				r.GrossPence, r.OnDate, r.OnDate.AddDays(creditWithin)))
		}))
	}
	return errors.Join(failed...)
}

// warnInvoice asks about a payment, and says the sum anew when a part of it has found its place.
func warnInvoice(ctx context.Context, tx models.DB, p UnallocatedPayment) error {
	return raiseStill(ctx, tx, taskInvoiceDue, "payment", p.ID, fmt.Sprintf(
		"%s that came on %s%s is on no invoice. If it is for training, its invoice must be issued by %s; else send it back",
		p.Left, p.On, p.said(), p.On.AddDays(invoiceWithin)))
}

// said is what a payment says of itself, in the middle of a sentence. The reference of one by card is Stripe’s own: it tells nobody anything.
func (p UnallocatedPayment) said() string {
	var said string
	if p.Method == ByCard {
		said = " by card"
	}
	if p.Payer != "" {
		said += " from " + p.Payer
	}
	if p.Method == ByBank && p.Reference != "" {
		said += " with reference " + p.Reference
	}
	return said
}
