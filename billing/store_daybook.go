package billing

import (
	"context"
	"fmt"
	"strings"

	"hub.salford.ac.uk/ssph/models"
)

// countsOn is Document.CountsOn in SQL.
const countsOn = "CASE WHEN d.replaces_id IS NULL THEN d.tax_point ELSE d.issue_date END"

// suppliesIn reads invoices by the day on which they count and credit notes by the days on which they counted.
func suppliesIn(ctx context.Context, db models.DB, p Period) ([]supplyRow, error) {
	var rows []supplyRow
	err := db.SQL(ctx).Raw(`SELECT d.id AS id, d.code, d.kind, `+countsOn+` AS on_date, d.issue_date, d.gross_pence, 0 AS before, d.gross_pence AS now,
			v.category, v.rate_thousandths, v.label, v.reason, v.net_pence, v.vat_pence, 0 AS above, d.customer_name, '' AS original, v.id AS part
		FROM documents d JOIN document_vat v ON v.document_id = d.id
		WHERE d.kind = 'invoice' AND `+countsOn+` BETWEEN ? AND ?
		UNION ALL SELECT d.id, d.code, d.kind, s.on_date, d.issue_date, d.gross_pence,
			(SELECT COALESCE(SUM(b.gross_pence), 0) FROM credit_settlements b WHERE b.document_id = d.id AND b.id < s.id), s.gross_pence,
			v.category, v.rate_thousandths, v.label, v.reason, v.net_pence, v.vat_pence,
			(SELECT COALESCE(SUM(w.net_pence + w.vat_pence), 0) FROM document_vat w WHERE w.document_id = d.id AND w.id < v.id), d.customer_name, i.code, v.id
		FROM credit_settlements s JOIN documents d ON d.id = s.document_id JOIN documents i ON i.id = d.credits_id
		JOIN document_vat v ON v.document_id = d.id
		WHERE s.on_date BETWEEN ? AND ? ORDER BY on_date, id, before, part`, p.From, p.To, p.From, p.To).Scan(&rows).Error
	return rows, err
}

// linesCounted reads the lines of all documents that count in a period, by their VAT rows.
func linesCounted(ctx context.Context, db models.DB, p Period) (map[vatPart][]lineCounted, error) {
	var rows []documentLineRow
	err := db.SQL(ctx).Raw(`SELECT document_id, category, rate_thousandths, route, format, net_pence FROM document_lines WHERE document_id IN (
		SELECT d.id FROM documents d WHERE d.kind = 'invoice' AND `+countsOn+` BETWEEN ? AND ?
		UNION SELECT document_id FROM credit_settlements WHERE on_date BETWEEN ? AND ?) ORDER BY document_id, ordinal`,
		p.From, p.To, p.From, p.To).Scan(&rows).Error
	lines := map[vatPart][]lineCounted{}
	for _, r := range rows {
		part := vatPart{r.DocumentID, VATCategory(r.Category), r.RateThousandths}
		lines[part] = append(lines[part], lineCounted{IncomeKind{Route(r.Route), Format(r.Format)}, r.NetPence})
	}
	return lines, err
}

// movesIn reads payments, refunds and disputes by their entries in the ledger.
func movesIn(ctx context.Context, db models.DB, p Period) ([]MoneyMove, error) {
	var rows []struct {
		OnDate        models.Date
		Kind          string
		Pence         models.Pence
		PaymentID     int64
		Method        PaymentMethod
		Reference     string
		BankReference string
		Payer         string
		RefundID      int64
		Credit        string
		Free          models.Pence
	}
	err := db.SQL(ctx).Raw(`SELECT l.on_date, l.kind, l.pence, p.id AS payment_id, COALESCE(r.method, p.method) AS method, p.reference,
			COALESCE(r.bank_reference, '') AS bank_reference, COALESCE(b.payer, '') AS payer, COALESCE(r.id, 0) AS refund_id,
			COALESCE(c.code, '') AS credit,
			p.gross_pence - (SELECT COALESCE(SUM(a.gross_pence), 0) FROM allocations a WHERE a.payment_id = p.id)
				- (SELECT COALESCE(SUM(x.gross_pence), 0) FROM refunds x WHERE x.payment_id = p.id AND x.status <> 'failed')
				- (SELECT COALESCE(SUM(t.gross_pence), 0) FROM disputes t WHERE t.payment_id = p.id AND t.withdrawn) AS free
		FROM ledger_entries l LEFT JOIN refunds r ON r.id = l.refund_id LEFT JOIN disputes d ON d.id = l.dispute_id
		JOIN payments p ON p.id = COALESCE(l.payment_id, r.payment_id, d.payment_id)
		LEFT JOIN bank_lines b ON b.payment_id = p.id LEFT JOIN documents c ON c.id = r.credit_id
		WHERE l.kind IN ('payment', 'refund', 'refund-failed', 'dispute', 'dispute-won') AND l.on_date BETWEEN ? AND ?
		ORDER BY l.on_date, l.id`, p.From, p.To).Scan(&rows).Error
	if err != nil {
		return nil, err
	}
	moves := make([]MoneyMove, len(rows))
	ids, refunds := make([]int64, len(rows)), make([]int64, len(rows))
	for i, r := range rows {
		ids[i], refunds[i] = r.PaymentID, r.RefundID
		moves[i] = MoneyMove{On: r.OnDate, Kind: moveWords[r.Kind], Method: r.Method, Amount: -r.Pence, Reference: r.Reference, Payer: r.Payer, For: r.Credit}
		if r.BankReference != "" {
			moves[i].Reference = r.BankReference
		}
		if r.Kind == entryPayment {
			moves[i].Free = max(r.Free, 0)
		}
	}
	on, err := allocatedTo(ctx, db, ids)
	if err != nil {
		return nil, err
	}
	notes, err := countedBy(ctx, db, refunds)
	for i, r := range rows {
		switch {
		case r.Kind == entryPayment:
			moves[i].For = on[r.PaymentID]
		case r.Credit == "" && r.RefundID != 0:
			moves[i].For = notes[r.RefundID]
		}
	}
	return moves, err
}

// countedBy writes which credit notes count on each refund that was begun elsewhere.
func countedBy(ctx context.Context, db models.DB, refunds []int64) (map[int64]string, error) {
	if len(refunds) == 0 {
		return nil, nil
	}
	var rows []struct {
		RefundID int64
		Code     string
	}
	err := db.SQL(ctx).Raw(`SELECT DISTINCT h.refund_id, n.id, n.code FROM refund_shares h JOIN documents n ON n.id = h.document_id
		WHERE h.refund_id IN ? ORDER BY h.refund_id, n.id`, refunds).Scan(&rows).Error
	notes := map[int64]string{}
	for _, r := range rows {
		if notes[r.RefundID] != "" {
			notes[r.RefundID] += "; "
		}
		notes[r.RefundID] += r.Code
	}
	return notes, err
}

// moveWords are the ledger's kinds in the words of the payments file.
var moveWords = map[string]string{
	entryPayment: "received", entryRefund: "sent back", entryRefundFailed: "came back unpaid", entryDispute: "taken by a dispute", entryDisputeWon: "dispute won",
}

// allocatedTo writes which documents each payment is on, with the sums.
func allocatedTo(ctx context.Context, db models.DB, payments []int64) (map[int64]string, error) {
	if len(payments) == 0 {
		return nil, nil
	}
	var rows []struct {
		PaymentID int64
		Code      string
		Pence     models.Pence
	}
	err := db.SQL(ctx).Raw(`SELECT a.payment_id, d.code, SUM(a.gross_pence) AS pence FROM allocations a JOIN documents d ON d.id = a.document_id
		WHERE a.payment_id IN ? GROUP BY a.payment_id, d.id, d.code HAVING SUM(a.gross_pence) <> 0 ORDER BY a.payment_id, d.id`, payments).Scan(&rows).Error
	parts := map[int64][]string{}
	for _, r := range rows {
		parts[r.PaymentID] = append(parts[r.PaymentID], fmt.Sprintf("%s %s", r.Code, r.Pence.Plain()))
	}
	on := map[int64]string{}
	for id, p := range parts {
		on[id] = strings.Join(p, "; ")
	}
	return on, err
}

// ledgerSums are the entries of a period by kind, and the balance before it.
type ledgerSums struct {
	Opening models.Pence
	ByKind  map[string]models.Pence
}

func ledgerIn(ctx context.Context, db models.DB, p Period) (ledgerSums, error) {
	sums := ledgerSums{ByKind: map[string]models.Pence{}}
	err := db.SQL(ctx).Raw("SELECT COALESCE(SUM(pence), 0) FROM ledger_entries WHERE on_date < ?", p.From).Scan(&sums.Opening).Error
	if err != nil {
		return sums, models.Translate(err)
	}
	var rows []struct {
		Kind string
		Sum  models.Pence
	}
	err = db.SQL(ctx).Raw("SELECT kind, SUM(pence) AS sum FROM ledger_entries WHERE on_date BETWEEN ? AND ? GROUP BY kind", p.From, p.To).Scan(&rows).Error
	for _, r := range rows {
		sums.ByKind[r.Kind] = r.Sum
	}
	return sums, models.Translate(err)
}

// creditsWaiting is what credit notes issued up to a day had not yet been set off or paid out by the end of it.
func creditsWaiting(ctx context.Context, db models.DB, day models.Date) (models.Pence, error) {
	var waiting models.Pence
	err := db.SQL(ctx).Raw(`SELECT (SELECT COALESCE(SUM(gross_pence), 0) FROM documents WHERE kind = 'credit-note' AND issue_date <= ?) -
		(SELECT COALESCE(SUM(gross_pence), 0) FROM credit_settlements WHERE on_date <= ?)`, day, day).Scan(&waiting).Error
	return waiting, models.Translate(err)
}
