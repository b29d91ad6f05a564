package billing

import (
	"context"
	"fmt"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// Books lays the day book and the payments of a period beside the ledger. Each figure is worked out from its own rows, so that a
// difference shows.
type Books struct {
	Period   Period
	Opening  models.Pence // owed to us before the period, by the ledger
	Invoices models.Pence // in the period, each by the ledger
	Credits  models.Pence // negative
	Receipts models.Pence // negative
	Refunds  models.Pence // sent back, less those that came back unpaid
	Disputes models.Pence // taken, less those won
	Closing  models.Pence

	DayBook       Amount       // the sum of the day book: what the VAT return takes
	CreditsBefore models.Pence // of credit notes: issued before the period, counting in it or later
	CreditsAfter  models.Pence // of credit notes: issued by the end of the period, counting later
	MoneyIn       models.Pence // by the payments
	MoneyOut      models.Pence // by refunds and disputes; negative
	Differences   []string     // sentences; none when the books agree
}

// Reconcile works out the books of a period, all from one state of the database: money that is recorded meanwhile is no difference.
// Only the office may ask.
func Reconcile(ctx context.Context, db models.DB, actor access.Actor, p Period) (b Books, err error) {
	err = db.Snapshot(ctx, func(db models.DB) error {
		b, err = reconcile(ctx, db, actor, p)
		return err
	})
	return b, err
}

func reconcile(ctx context.Context, db models.DB, actor access.Actor, p Period) (Books, error) {
	rows, err := DayBook(ctx, db, actor, p)
	if err != nil {
		return Books{}, err
	}
	moves, err := MoneyMoves(ctx, db, actor, p)
	if err != nil {
		return Books{}, err
	}
	ledger, err := ledgerIn(ctx, db, p)
	if err != nil {
		return Books{}, err
	}
	b := Books{
		Period: p, Opening: ledger.Opening, Invoices: ledger.ByKind[entryInvoice], Credits: ledger.ByKind[entryCreditNote],
		Receipts: ledger.ByKind[entryPayment], Refunds: ledger.ByKind[entryRefund] + ledger.ByKind[entryRefundFailed],
		Disputes: ledger.ByKind[entryDispute] + ledger.ByKind[entryDisputeWon],
	}
	b.Closing = b.Opening + b.Invoices + b.Credits + b.Receipts + b.Refunds + b.Disputes
	if b.CreditsBefore, err = creditsWaiting(ctx, db, p.From.AddDays(-1)); err != nil {
		return Books{}, err
	}
	if b.CreditsAfter, err = creditsWaiting(ctx, db, p.To); err != nil {
		return Books{}, err
	}
	b.compare(rows, moves, ledger.ByKind[entryTransfer])
	return b, nil
}

// compare adds up the day book and the payments and says where they differ from the ledger.
func (b *Books) compare(rows []DayBookRow, moves []MoneyMove, transfers models.Pence) {
	var invoices, credits models.Pence
	for _, r := range rows {
		b.DayBook = b.DayBook.Plus(r.Amount)
		if r.Kind == CreditNote {
			credits += r.Amount.Gross()
		} else {
			invoices += r.Amount.Gross()
		}
	}
	for _, m := range moves {
		if m.Kind == moveWords[entryPayment] {
			b.MoneyIn += m.Amount
		} else {
			b.MoneyOut += m.Amount
		}
	}
	must := func(what string, here, ledger models.Pence) {
		if here != ledger {
			b.Differences = append(b.Differences, fmt.Sprintf("%s: %s, but the ledger has %s", what, here, ledger))
		}
	}
	must("Invoices in the day book", invoices, b.Invoices)
	must("Credit notes in the day book, with those still to count", credits+b.CreditsBefore-b.CreditsAfter, b.Credits)
	must("Payments received", -b.MoneyIn, b.Receipts)
	must("Money sent back or taken", -b.MoneyOut, b.Refunds+b.Disputes)
	must("Money moved between accounts", 0, transfers)
}
