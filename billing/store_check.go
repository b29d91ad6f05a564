package billing

import (
	"context"
	"fmt"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// CheckSeries looks for gaps, duplicates and a counter that disagrees with its documents; each finding is a sentence.
func CheckSeries(ctx context.Context, db models.DB) ([]string, error) {
	var rows []struct {
		Prefix                  string
		NextNumber              int64
		Issued, Lowest, Highest int64
	}
	err := db.SQL(ctx).Raw(`SELECT s.prefix, s.next_number, COUNT(d.id) AS issued, COALESCE(MIN(d.number), 0) AS lowest,
		COALESCE(MAX(d.number), 0) AS highest
		FROM number_series s LEFT JOIN documents d ON d.series_id = s.id GROUP BY s.id, s.prefix, s.next_number ORDER BY s.id`).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("number series: %w", err)
	}
	var found []string
	for _, r := range rows {
		if r.Issued > 0 && (r.Lowest != 1 || r.Highest != r.Issued) {
			found = append(found, fmt.Sprintf("series %s has %d documents but runs from %d to %d", r.Prefix, r.Issued, r.Lowest, r.Highest))
		}
		if r.NextNumber != r.Highest+1 {
			found = append(found, fmt.Sprintf("series %s would go on with %d after %d", r.Prefix, r.NextNumber, r.Highest))
		}
	}
	return found, nil
}

// CheckLedger compares the ledger with the documents, payments and refunds it tells of, and each document with its parts.
func CheckLedger(ctx context.Context, db models.DB) ([]string, error) {
	var found []string
	for _, c := range ledgerChecks {
		var ids []int64
		if err := db.SQL(ctx).Raw(c.query).Scan(&ids).Error; err != nil {
			return nil, fmt.Errorf("%s: %w", c.sentence, err)
		}
		for _, id := range ids {
			found = append(found, fmt.Sprintf(c.sentence, id))
		}
	}
	return found, nil
}

// ledgerChecks are queries that find nothing while the books are right.
var ledgerChecks = []struct{ sentence, query string }{
	{"document %d and the ledger do not agree", `SELECT d.id FROM documents d LEFT JOIN ledger_entries l ON l.document_id = d.id
		WHERE d.gross_pence <> 0 AND l.id IS NULL OR l.pence <> CASE WHEN d.kind = 'invoice' THEN d.gross_pence ELSE -d.gross_pence END`},
	{"payment %d and the ledger do not agree", `SELECT p.id FROM payments p LEFT JOIN ledger_entries l ON l.payment_id = p.id AND l.kind = 'payment'
		WHERE l.id IS NULL OR l.pence <> -p.gross_pence`},
	{"refund %d and the ledger do not agree", `SELECT r.id FROM refunds r WHERE
		(SELECT COALESCE(SUM(l.pence), 0) FROM ledger_entries l WHERE l.refund_id = r.id) <>
		CASE WHEN r.status = 'succeeded' THEN r.gross_pence ELSE 0 END`},
	{"document %d is not the sum of its lines", `SELECT d.id FROM documents d WHERE d.net_pence <>
		(SELECT COALESCE(SUM(l.net_pence), 0) FROM document_lines l WHERE l.document_id = d.id)`},
	{"document %d is not the sum of its VAT summary", `SELECT d.id FROM documents d WHERE
		d.net_pence <> (SELECT COALESCE(SUM(v.net_pence), 0) FROM document_vat v WHERE v.document_id = d.id)
		OR d.vat_pence <> (SELECT COALESCE(SUM(v.vat_pence), 0) FROM document_vat v WHERE v.document_id = d.id)`},
	{"payment %d is allocated beyond its amount", `SELECT p.id FROM payments p WHERE p.gross_pence <
		(SELECT COALESCE(SUM(a.gross_pence), 0) FROM allocations a WHERE a.payment_id = p.id)`},
	{"payment %d is on invoices, sent back and lost beyond its amount", `SELECT p.id FROM payments p WHERE p.gross_pence <
		(SELECT COALESCE(SUM(a.gross_pence), 0) FROM allocations a WHERE a.payment_id = p.id) +
		(SELECT COALESCE(SUM(r.gross_pence), 0) FROM refunds r WHERE r.payment_id = p.id AND r.status <> 'failed' AND r.reason <> 'external') +
		(SELECT COALESCE(SUM(s.gross_pence), 0) FROM refund_shares s JOIN refunds r ON r.id = s.refund_id WHERE r.payment_id = p.id AND r.status <> 'failed') +
		(SELECT COALESCE(SUM(t.gross_pence), 0) FROM disputes t WHERE t.payment_id = p.id AND t.status = 'lost' AND t.withdrawn)
		AND NOT EXISTS (SELECT 1 FROM office_tasks o JOIN disputes t ON t.id = o.about_id WHERE o.kind = 'dispute paid twice' AND t.payment_id = p.id)`},
	{"invoice %d has more paid and credited than it asks", `SELECT d.id FROM documents d WHERE d.kind = 'invoice' AND d.gross_pence <
		(SELECT COALESCE(SUM(a.gross_pence), 0) FROM allocations a WHERE a.document_id = d.id) +
		(SELECT COALESCE(SUM(c.gross_pence), 0) FROM documents c WHERE c.credits_id = d.id)`},
	{"dispute %d and the ledger do not agree", `SELECT t.id FROM disputes t WHERE
		(SELECT COALESCE(SUM(l.pence), 0) FROM ledger_entries l WHERE l.dispute_id = t.id) <> CASE WHEN t.withdrawn THEN t.gross_pence ELSE 0 END`},
	{"credit note %d counts for more than it says", `SELECT d.id FROM documents d WHERE d.kind = 'credit-note' AND d.gross_pence <
		(SELECT COALESCE(SUM(s.gross_pence), 0) FROM credit_settlements s WHERE s.document_id = d.id)`},
	{"payment %d has less than nothing on one of its invoices", `SELECT a.payment_id FROM allocations a
		GROUP BY a.payment_id, a.document_id HAVING SUM(a.gross_pence) < 0`},
	{"bank line %d is not what its payment says", `SELECT b.id FROM bank_lines b JOIN payments p ON p.id = b.payment_id
		WHERE p.method <> 'bank' OR p.gross_pence <> b.gross_pence OR p.received_on <> b.on_date`},
	{"bank refund %d was sent without a reference", "SELECT id FROM refunds WHERE method = 'bank' AND status = 'succeeded' AND bank_reference = ''"},
	{"refund %d stands for one that has not failed", `SELECT r.id FROM refunds r JOIN refunds f ON f.id = r.replaces_id WHERE f.status <> 'failed'`},
	{"refund %d counts for VAT at more than it sent", `SELECT r.id FROM refunds r WHERE r.gross_pence <
		(SELECT COALESCE(SUM(s.gross_pence), 0) FROM credit_settlements s WHERE s.refund_id = r.id)`},
	{"refund %d settles a credit note that it was not for", `SELECT r.id FROM refunds r JOIN credit_settlements s ON s.refund_id = r.id
		WHERE (r.credit_id IS NULL OR r.credit_id <> s.document_id)
		AND NOT EXISTS (SELECT 1 FROM refund_shares h WHERE h.refund_id = r.id AND h.document_id = s.document_id)`},
	{"dispute %d counts for VAT at more than it took", `SELECT t.id FROM disputes t WHERE t.gross_pence <
		(SELECT COALESCE(SUM(s.gross_pence), 0) FROM credit_settlements s WHERE s.dispute_id = t.id)`},
	{"dispute %d settles a credit note and was not lost", `SELECT DISTINCT t.id FROM disputes t JOIN credit_settlements s ON s.dispute_id = t.id WHERE t.status <> 'lost'`},
	{"refund %d counts towards credit notes beyond its amount", `SELECT r.id FROM refunds r WHERE r.gross_pence <
		(SELECT COALESCE(SUM(h.gross_pence), 0) FROM refund_shares h WHERE h.refund_id = r.id)`},
	{"credit note %d is not the sum of what it says of its money", `SELECT d.id FROM documents d WHERE d.kind = 'credit-note' AND d.gross_pence <>
		(SELECT COALESCE(SUM(c.gross_pence), 0) FROM credit_parts c WHERE c.document_id = d.id)`},
	{"credit note %d sends back more than it says", "SELECT d.id FROM documents d WHERE d.kind = 'credit-note' AND " + creditWaits("d") + " < 0"},
	{"nobody is asked about refund %d, which was begun at Stripe itself", `SELECT r.id FROM refunds r WHERE r.reason = 'external' AND r.status <> 'failed' AND r.gross_pence >
		(SELECT COALESCE(SUM(h.gross_pence), 0) FROM refund_shares h WHERE h.refund_id = r.id)
		AND NOT EXISTS (SELECT 1 FROM office_tasks o WHERE o.kind = 'refund from outside' AND o.about_id = r.id)`},
	{"the transfers of payment %d do not cancel out", `SELECT l.payment_id FROM ledger_entries l WHERE l.kind = 'transfer'
		GROUP BY l.payment_id HAVING SUM(l.pence) <> 0`},
	{"attempt %d is paid but its payment is missing", `SELECT t.id FROM payment_attempts t LEFT JOIN payments p ON p.attempt_id = t.id
		WHERE t.status = 'paid' AND p.id IS NULL AND NOT EXISTS
		(SELECT 1 FROM office_tasks o WHERE o.kind = 'wrong money' AND o.about_id = t.id)`},
	{"payment %d came by card but its attempt is not paid", `SELECT p.id FROM payments p JOIN payment_attempts t ON t.id = p.attempt_id WHERE t.status <> 'paid'`},
	{"dispute %d does not stand as it ended", `SELECT t.id FROM disputes t WHERE (t.status = 'open') <> (t.ended_at IS NULL)
		OR t.status <> 'open' AND NOT EXISTS (SELECT 1 FROM audit_rows a
			WHERE a.action = 'dispute ' || t.status AND a.subject_kind = 'payment' AND a.subject_id = t.payment_id)`},
	{"line %d is not its price times its quantity less its discount", `SELECT l.id FROM document_lines l
		WHERE l.net_pence <> (2 * l.unit_net_pence * l.quantity * (100000 - l.discount_thousandths) + 100000) / 200000`},
	{"nobody is asked to pay refund %d by bank", "SELECT r.id FROM refunds r WHERE r.method = 'bank' AND r.status = 'requested' AND " +
		nobodyAsked("o.kind = 'refund by bank' AND o.about_id = r.id")},
	{"nobody is asked about payment %d, which is on no invoice and does not go back", `SELECT p.id FROM payments p WHERE p.method = 'card'
		AND NOT EXISTS (SELECT 1 FROM allocations a WHERE a.payment_id = p.id) AND NOT EXISTS (SELECT 1 FROM refunds r WHERE r.payment_id = p.id)
		AND NOT EXISTS (SELECT 1 FROM disputes t WHERE t.payment_id = p.id) AND ` + nobodyAsked("o.about_kind = 'payment' AND o.about_id = p.id")},
}

// nobodyAsked is true where the office has no open task of that kind and nobody of the office has said that nothing more is to do.
func nobodyAsked(task string) string {
	return "NOT EXISTS (SELECT 1 FROM office_tasks o WHERE " + task + " AND (o.done_at IS NULL OR o.done_by IS NOT NULL))"
}

// CheckBooks lays the day book and the payments of all times beside the ledger; each difference is a sentence.
func CheckBooks(ctx context.Context, db models.DB) ([]string, error) {
	books, err := Reconcile(ctx, db, access.System(), Period{From: models.Date{Year: 2000, Month: 1, Day: 1}, To: db.Today().AddDays(366)})
	return books.Differences, err
}
