package billing

import (
	"context"
	"errors"
	"fmt"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

type settlementRow struct {
	ID         int64
	DocumentID int64
	GrossPence models.Pence
	OnDate     models.Date // the credit note counts for VAT on this day, to this extent
	RefundID   *int64
	DisputeID  *int64
	CreatedAt  time.Time
}

func (settlementRow) TableName() string { return "credit_settlements" }

// lockMoney takes the locks of invoices and of credit notes, in this order: a credit changes both.
func lockMoney(ctx context.Context, tx models.DB) error {
	if err := lockSeries(ctx, tx, Invoice); err != nil {
		return err
	}
	return lockSeries(ctx, tx, CreditNote)
}

func documentByID(ctx context.Context, db models.DB, id int64) (Document, error) {
	docs, err := readDocuments(ctx, db, db.SQL(ctx).Where("documents.id = ?", id))
	if err != nil {
		return Document{}, err
	}
	if len(docs) == 0 {
		return Document{}, models.NotFound("We have no invoice with that number").Because(fmt.Errorf("document %d", id))
	}
	return docs[0], nil
}

func paymentByID(ctx context.Context, db models.DB, id int64) (paymentRow, error) {
	var row paymentRow
	err := models.Translate(db.SQL(ctx).Where("id = ?", id).Take(&row).Error)
	if errors.Is(err, models.ErrNoRow) {
		err = models.NotFound("We have no payment with that number").Because(fmt.Errorf("payment %d", id))
	}
	return row, err
}

// creditedOn sums what credit notes have taken off an invoice.
func creditedOn(ctx context.Context, db models.DB, invoiceID int64) (Amount, error) {
	var sum struct{ Net, VAT models.Pence }
	err := db.SQL(ctx).Raw("SELECT COALESCE(SUM(net_pence), 0) AS net, COALESCE(SUM(vat_pence), 0) AS vat FROM documents WHERE credits_id = ?",
		invoiceID).Scan(&sum).Error
	return Amount{sum.Net, sum.VAT}, models.Translate(err)
}

// allocationsOf says how much of each payment is on a document, oldest payment first; one that was taken back wholly is left out.
func allocationsOf(ctx context.Context, db models.DB, documentID int64) ([]allocationRow, error) {
	var rows []allocationRow
	err := db.SQL(ctx).Model(&allocationRow{}).Select("payment_id, document_id, SUM(gross_pence) AS gross_pence").
		Where("document_id = ?", documentID).Group("payment_id, document_id").Having("SUM(gross_pence) > 0").Order("payment_id").Scan(&rows).Error
	return rows, models.Translate(err)
}

// paidOn lists every payment that was ever on a document, the latest first.
func paidOn(ctx context.Context, db models.DB, documentID int64) ([]paymentRow, error) {
	var rows []paymentRow
	err := db.SQL(ctx).Where("id IN (SELECT payment_id FROM allocations WHERE document_id = ?)", documentID).Order("id DESC").Find(&rows).Error
	return rows, models.Translate(err)
}

// insertSettlement says that a credit note counts for VAT on a day, to the extent of a sum.
func insertSettlement(ctx context.Context, tx models.DB, row settlementRow) error {
	row.CreatedAt = tx.Now()
	return models.Translate(tx.SQL(ctx).Create(&row).Error)
}
