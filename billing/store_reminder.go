package billing

import (
	"context"

	"hub.salford.ac.uk/ssph/models"
)

// overdueInvoices lists the invoices that are overdue today, the oldest first, but not those with a payment under dispute.
func overdueInvoices(ctx context.Context, db models.DB) ([]int64, error) {
	var ids []int64
	err := filtered(db.SQL(ctx).Model(&documentRow{}), DocumentFilter{Unpaid: true}).Where("documents.due_date < ?", db.Today()).
		Where(`NOT EXISTS (SELECT 1 FROM disputes t JOIN allocations a ON a.payment_id = t.payment_id WHERE a.document_id = documents.id AND t.status = 'open')`).
		Order("documents.due_date, documents.id").Pluck("documents.id", &ids).Error
	return ids, models.Translate(err)
}

// mailCaused says whether a mail of this cause was written before.
func mailCaused(ctx context.Context, db models.DB, cause string) (bool, error) {
	var count int64
	err := db.SQL(ctx).Table("mails").Where("cause = ?", cause).Count(&count).Error
	return count > 0, models.Translate(err)
}

// askedByDispute says whether the office has been asked about an invoice because a dispute about its payment was lost.
func askedByDispute(ctx context.Context, db models.DB, document int64) (bool, error) {
	var count int64
	err := db.SQL(ctx).Raw(`SELECT COUNT(*) FROM office_tasks o JOIN disputes t ON t.id = o.about_id JOIN allocations a ON a.payment_id = t.payment_id
		WHERE o.kind = ? AND a.document_id = ?`, taskDisputeLost, document).Scan(&count).Error
	return count > 0, models.Translate(err)
}
