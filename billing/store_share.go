package billing

import (
	"context"
	"fmt"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// shareRow says how much of a refund begun at the processor itself counts towards a credit note.
type shareRow struct {
	ID         int64
	RefundID   int64
	DocumentID int64
	GrossPence models.Pence
	CreatedAt  time.Time
}

func (shareRow) TableName() string { return "refund_shares" }

type partRow struct {
	ID         int64
	DocumentID int64
	Part       CreditPartKind
	Method     PaymentMethod
	GrossPence models.Pence
	OnDate     models.Date
}

func (partRow) TableName() string { return "credit_parts" }

// insertParts writes down what an issued credit note says about its money.
func insertParts(ctx context.Context, tx models.DB, note Document) error {
	for _, p := range note.Parts {
		row := partRow{DocumentID: note.ID, Part: p.Kind, Method: p.Method, GrossPence: p.Gross, OnDate: p.On}
		if err := tx.SQL(ctx).Create(&row).Error; err != nil {
			return fmt.Errorf("parts of %s: %w", note.Code, models.Translate(err))
		}
	}
	return nil
}

// addParts reads what credit notes said about their money.
func addParts(ctx context.Context, db models.DB, ids []int64, byID map[int64]*Document) error {
	if len(ids) == 0 {
		return nil
	}
	var rows []partRow
	if err := db.SQL(ctx).Where("document_id IN ?", ids).Order("id").Find(&rows).Error; err != nil {
		return fmt.Errorf("parts of credit notes: %w", models.Translate(err))
	}
	for _, r := range rows {
		byID[r.DocumentID].Parts = append(byID[r.DocumentID].Parts, CreditPart{Kind: r.Part, Gross: r.GrossPence, Method: r.Method, On: r.OnDate})
	}
	return nil
}

// creditSources lists what can pay out a credit note of an owner: every payment that was ever on its invoice, the latest first, each
// with what the note will have freed of it besides.
func creditSources(ctx context.Context, db models.DB, invoiceID int64, of owner, freed map[int64]models.Pence) ([]creditSource, error) {
	payments, err := paidOn(ctx, db, invoiceID)
	if err != nil {
		return nil, err
	}
	sources := make([]creditSource, len(payments))
	for i, p := range payments {
		stands, err := standings(ctx, db, p.ID)
		if err != nil {
			return nil, err
		}
		stands.add(of, freed[p.ID])
		outside, err := outsideRefunds(ctx, db, p.ID)
		if err != nil {
			return nil, err
		}
		sources[i] = creditSource{
			paymentID: p.ID, method: PaymentMethod(p.Method), free: min(stands.free(of), stands.total()), room: stands.sum(), outside: outside,
		}
		for _, r := range outside {
			sources[i].room += r.open
		}
		if sources[i].lost, err = lostDisputes(ctx, db, p.ID); err != nil {
			return nil, err
		}
		sources[i].lostRoom = stands.sum()
		for _, d := range sources[i].lost {
			sources[i].lostRoom += d.open
		}
	}
	return sources, nil
}

// outsideRefunds lists the refunds of a payment that were begun at the processor itself and that no credit note accounts for wholly.
func outsideRefunds(ctx context.Context, db models.DB, payment int64) ([]outsideRefund, error) {
	var rows []struct {
		ID     int64
		Open   models.Pence
		OnDate models.Date
	}
	err := db.SQL(ctx).Raw(`SELECT * FROM (SELECT r.id, r.gross_pence - (SELECT COALESCE(SUM(s.gross_pence), 0) FROM refund_shares s WHERE s.refund_id = r.id) AS open,
			(SELECT l.on_date FROM ledger_entries l WHERE l.refund_id = r.id AND l.kind = 'refund') AS on_date
		FROM refunds r WHERE r.payment_id = ? AND r.reason = ? AND r.status <> ?) AS o WHERE o.open > 0 ORDER BY o.id`,
		payment, CauseExternal, RefundReturned).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("refunds from outside: %w", models.Translate(err))
	}
	refunds := make([]outsideRefund, len(rows))
	for i, r := range rows {
		refunds[i] = outsideRefund{id: r.ID, open: r.Open, on: r.OnDate}
	}
	return refunds, nil
}

// splitNote says where what a credit note still leaves to refund comes from.
func splitNote(ctx context.Context, db models.DB, note Document) ([]creditShare, error) {
	sources, err := creditSources(ctx, db, note.Credits.ID, ownerOf(note), nil)
	return splitCredit(note.ToRefund(), 0, sources), err
}

// CreditAhead says where the money that a credit note still leaves to send back would come from now. Only the office may ask.
func CreditAhead(ctx context.Context, db models.DB, actor access.Actor, note Document) ([]CreditPart, error) {
	if err := actor.Require(access.RoleOffice); err != nil {
		return nil, err
	}
	shares, err := splitNote(ctx, db, note)
	return partsOf(shares), err
}

// countWaiting counts what was begun at the processor itself, and what lost disputes took, towards the credit notes that wait for money of
// a payment.
func countWaiting(ctx context.Context, tx models.DB, payment int64) error {
	notes, err := waitingNotes(ctx, tx, payment)
	if err != nil {
		return err
	}
	for _, note := range notes {
		shares, err := splitNote(ctx, tx, note)
		if err != nil {
			return err
		}
		for _, share := range shares {
			switch {
			case share.refundID != 0:
				err = countTowards(ctx, tx, note, share.refundID, share.Gross)
			case share.disputeID != 0:
				err = settleDispute(ctx, tx, note, share.disputeID, share.Gross)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// countTowards counts a part of a refund begun elsewhere towards a credit note. What has gone settles it at once; what is on its way
// does when it goes.
func countTowards(ctx context.Context, tx models.DB, note Document, refundID int64, gross models.Pence) error {
	err := tx.SQL(ctx).Create(&shareRow{RefundID: refundID, DocumentID: note.ID, GrossPence: gross, CreatedAt: tx.Now()}).Error
	if err != nil {
		return fmt.Errorf("refund %d for %s: %w", refundID, note.Code, models.Translate(err))
	}
	refund, err := refundByID(ctx, tx, refundID)
	if err != nil {
		return err
	}
	if err := sayOutside(ctx, tx, refund); err != nil || refund.Status != RefundSent {
		return err
	}
	if note, err = documentByID(ctx, tx, note.ID); err != nil {
		return err
	}
	return settleShare(ctx, tx, refund, note, gross, tx.Today())
}

// settleShare settles a credit note with a refund begun elsewhere. Where that was entered on another account than the note's, the
// ledger moves the money over: so that what an order owes is always the sum of its own entries.
func settleShare(ctx context.Context, tx models.DB, refund refundRow, note Document, gross models.Pence, on models.Date) error {
	entered, err := sentOwner(ctx, tx, refund.ID)
	if err != nil {
		return err
	}
	if entered != ownerOf(note) {
		if err := transfer(ctx, tx, refund.PaymentID, ownerOf(note), entered, gross); err != nil {
			return err
		}
	}
	if gross = min(gross, note.Gross-note.Settled); gross <= 0 { // it has counted before: see creditBack
		return nil
	}
	return settleCredit(ctx, tx, note.ID, gross, on, &refund.ID)
}

// sentOwner is the account on which the ledger has a refund that has gone.
func sentOwner(ctx context.Context, db models.DB, refund int64) (owner, error) {
	var entry ledgerRow
	if err := db.SQL(ctx).Where("refund_id = ? AND kind = ?", refund, entryRefund).Take(&entry).Error; err != nil {
		return owner{}, fmt.Errorf("refund %d: %w", refund, models.Translate(err))
	}
	return entry.owner(), nil
}

// settleRefunded says on which day credit notes count for VAT when a refund has gone. One that stands for a failed refund whose money
// had gone once changes nothing: the credit note has counted.
func settleRefunded(ctx context.Context, tx models.DB, refund refundRow, on models.Date) error {
	if refund.CreditID != nil {
		note, err := documentByID(ctx, tx, *refund.CreditID)
		if err != nil {
			return err
		}
		counted, err := countedOf(ctx, tx, refund.ReplacesID, note.ID)
		if err != nil {
			return err
		}
		gross := min(refund.GrossPence-counted, note.Gross-note.Settled)
		if gross <= 0 {
			return nil
		}
		return settleCredit(ctx, tx, note.ID, gross, on, &refund.ID)
	}
	var shares []shareRow
	if err := tx.SQL(ctx).Where("refund_id = ?", refund.ID).Order("id").Find(&shares).Error; err != nil {
		return models.Translate(err)
	}
	for _, s := range shares {
		note, err := documentByID(ctx, tx, s.DocumentID)
		if err != nil {
			return err
		}
		if err := settleShare(ctx, tx, refund, note, s.GrossPence, on); err != nil {
			return err
		}
	}
	return nil
}

// countedOf is how much of a credit note a refund has settled; nothing for none.
func countedOf(ctx context.Context, db models.DB, refund *int64, note int64) (models.Pence, error) {
	var sum models.Pence
	err := db.SQL(ctx).Model(&settlementRow{}).Where("refund_id = ? AND document_id = ?", refund, note).
		Select("COALESCE(SUM(gross_pence), 0)").Scan(&sum).Error
	return sum, models.Translate(err)
}

// waitingNotes lists the credit notes of a payment's invoices that leave something to send back, the oldest first.
func waitingNotes(ctx context.Context, db models.DB, payment int64) ([]Document, error) {
	return readDocuments(ctx, db, db.SQL(ctx).Where(waitingCredits()).
		Where(onPayment, payment).Order("documents.id"))
}
