package billing

import (
	"context"
	"errors"
	"fmt"

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
// asked about once.
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
	refunds, err := refundsWithoutCredit(ctx, db, db.Today().AddDays(-creditWarn))
	if err != nil {
		return err
	}
	var failed []error
	for _, p := range payments {
		if p.Left > waited[p.ID] && p.On.DaysUntil(db.Today()) >= invoiceWarn {
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

func warnInvoice(ctx context.Context, tx models.DB, p UnallocatedPayment) error {
	return raise(ctx, tx, taskInvoiceDue, "payment", p.ID, fmt.Sprintf(
		"A payment that came on %s is on no invoice. If it is for training, its invoice must be issued by %s; else send it back",
		p.On, p.On.AddDays(invoiceWithin)))
}
