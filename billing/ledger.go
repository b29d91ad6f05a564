package billing

import (
	"context"

	"hub.salford.ac.uk/ssph/models"
)

// Kinds of ledger entry. An invoice, a refund and money taken by a dispute add to what is owed to us; a payment, a credit note and
// a dispute won take from it. Transfers
// come in pairs and move a payment's money from one account to another.
const (
	entryInvoice      = "invoice"
	entryCreditNote   = "credit-note"
	entryPayment      = "payment"
	entryRefund       = "refund"
	entryRefundFailed = "refund-failed"
	entryTransfer     = "transfer"
	entryDispute      = "dispute"
	entryDisputeWon   = "dispute-won"
)

// post writes one ledger entry. Each cause has one entry: the database refuses a second.
func post(ctx context.Context, tx models.DB, entry ledgerRow) error {
	return models.Translate(tx.SQL(ctx).Create(&entry).Error)
}

func documentEntry(tx models.DB, doc Document) ledgerRow {
	entry := ledgerRow{At: tx.Now(), OnDate: doc.CountsOn(), Kind: entryInvoice, Pence: doc.Gross, DocumentID: &doc.ID}
	if doc.Kind == CreditNote {
		entry.Kind, entry.Pence = entryCreditNote, -doc.Gross
	}
	return ownerOf(doc).on(entry)
}

func paymentEntry(tx models.DB, p paymentRow, organisation *int64) ledgerRow {
	return ledgerRow{
		At: tx.Now(), OnDate: p.ReceivedOn, Kind: entryPayment, Pence: -p.GrossPence, PaymentID: &p.ID,
		OrderKind: p.OrderKind, OrderID: p.OrderID, OrganisationID: organisation,
	}
}

// Balance is what an order's customer owes, from the ledger's rows: invoices less payments less credits plus refunds. It is
// negative when we owe them.
func Balance(ctx context.Context, db models.DB, order Order) (models.Pence, error) {
	var pence models.Pence
	err := db.SQL(ctx).Model(&ledgerRow{}).Where("order_kind = ? AND order_id = ?", order.Kind, order.ID).
		Select("COALESCE(SUM(pence), 0)").Scan(&pence).Error
	return pence, models.Translate(err)
}
