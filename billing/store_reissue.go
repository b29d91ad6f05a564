package billing

import (
	"context"
	"fmt"

	"hub.salford.ac.uk/ssph/models"
)

// creditNotesOf reads the credit notes of an invoice, the oldest first.
func creditNotesOf(ctx context.Context, db models.DB, invoiceID int64) ([]Document, error) {
	return readDocuments(ctx, db, db.SQL(ctx).Where("documents.credits_id = ?", invoiceID).Order("documents.id"))
}

// Standing is the invoice that stands for a document now: the last of those that replaced it, or the document itself. Who may see the
// one may see the other.
func Standing(ctx context.Context, db models.DB, doc Document) (Document, error) {
	now, err := standingFor(ctx, db, []string{doc.Code})
	if err != nil || now[doc.ID] == 0 || now[doc.ID] == doc.ID {
		return doc, err
	}
	return documentByID(ctx, db, now[doc.ID])
}

// standingFor says which invoice stands for each of these numbers now, by the ids of both; a number that is none of an invoice is left
// out. An invoice that none has replaced stands for itself. An id is larger than those of the invoices it replaces.
func standingFor(ctx context.Context, db models.DB, codes []string) (map[int64]int64, error) {
	var rows []struct{ NamedID, StandsID int64 }
	err := db.SQL(ctx).Raw(`WITH RECURSIVE chain (named_id, stands_id) AS (
			SELECT d.id, d.id FROM documents d WHERE d.kind = 'invoice' AND d.code IN ?
			UNION ALL SELECT c.named_id, d.id FROM chain c JOIN documents d ON d.replaces_id = c.stands_id)
		SELECT named_id, MAX(stands_id) AS stands_id FROM chain GROUP BY named_id`, codes).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("invoices that stand: %w", models.Translate(err))
	}
	stands := map[int64]int64{}
	for _, r := range rows {
		stands[r.NamedID] = r.StandsID
	}
	return stands, nil
}
