package billing

import (
	"context"
	"fmt"

	"hub.salford.ac.uk/ssph/models"
)

// CameHow says what became of money of a credit note that did not simply go back as the note said.
type CameHow string

// What can become of it.
const (
	CameByDispute CameHow = "dispute"  // the cardholder's bank sent it back
	CameInstead   CameHow = "instead"  // it went by bank transfer in the place of a refund that failed
	CameOnItsWay  CameHow = "on-way"   // it goes so
	CameReturned  CameHow = "returned" // it had gone, and did not reach the card
	CameUnsent    CameHow = "unsent"   // it never went
	CameElse      CameHow = "else"     // it had gone, did not reach the card, and has had another use since
)

// Came is such money.
type Came struct {
	How   CameHow
	Gross models.Pence
	On    models.Date // the day it went; no day for what has not
}

// Plainly is what of a credit note was sent back as the note said, what is on its way so and what is still to go so.
func (d Document) Plainly() (sent, onItsWay, toSend models.Pence) {
	sent, onItsWay, toSend = d.Settled-d.SetOff-d.back+d.again, d.Returning, d.ToRefund()
	for _, c := range d.Came {
		switch c.How {
		case CameByDispute, CameInstead, CameReturned, CameElse:
			sent -= c.Gross
		case CameOnItsWay:
			onItsWay -= c.Gross
		case CameUnsent:
			toSend -= c.Gross
		}
	}
	return max(sent-d.resent, 0), max(onItsWay, 0), max(toSend, 0)
}

// addCame reads what became of the money of credit notes where it did not simply go as they said.
func addCame(ctx context.Context, db models.DB, ids []int64, byID map[int64]*Document) error {
	if len(ids) == 0 {
		return nil
	}
	var rows []struct {
		DocumentID int64
		How        CameHow
		GrossPence models.Pence
		OnDate     models.Date
	}
	err := db.SQL(ctx).Raw(`SELECT s.document_id, 'dispute' AS how, s.gross_pence, s.on_date FROM credit_settlements s
			JOIN disputes t ON t.id = s.dispute_id WHERE t.withdrawn AND s.document_id IN ?
		UNION ALL SELECT s.document_id, 'instead', s.gross_pence, s.on_date FROM credit_settlements s JOIN refunds n ON n.id = s.refund_id
			WHERE n.replaces_id IS NOT NULL AND n.status = 'succeeded' AND s.document_id IN ?
		UNION ALL SELECT n.credit_id, 'on-way', n.gross_pence, NULL FROM refunds n
			WHERE n.replaces_id IS NOT NULL AND n.status IN ('requested', 'pending') AND n.credit_id IN ?`,
		ids, ids, ids).Scan(&rows).Error
	if err != nil {
		return fmt.Errorf("what became of credit notes: %w", models.Translate(err))
	}
	for _, r := range rows {
		byID[r.DocumentID].came(r.How, r.GrossPence, r.OnDate)
	}
	return addFailed(ctx, db, ids, byID)
}

func (d *Document) came(how CameHow, gross models.Pence, on models.Date) {
	if gross > 0 {
		d.Came = append(d.Came, Came{How: how, Gross: gross, On: on})
	}
}
