package billing

import (
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
