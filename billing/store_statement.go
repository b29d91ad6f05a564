package billing

import (
	"context"
	"fmt"

	"hub.salford.ac.uk/ssph/models"
)

// accountLines reads what stood on an organisation's account before a period, and the entries in it by their days. Money that moved
// between orders of the same organisation cancels itself out and is left out.
func accountLines(ctx context.Context, db models.DB, organisation int64, p Period) (opening models.Pence, lines []StatementLine, err error) {
	err = db.SQL(ctx).Raw("SELECT COALESCE(SUM(pence), 0) FROM ledger_entries WHERE organisation_id = ? AND on_date < ?", organisation, p.From).
		Scan(&opening).Error
	if err != nil {
		return 0, nil, err
	}
	var rows []struct {
		OnDate              models.Date
		Kind, Code          string
		Pence               models.Pence
		PurchaseOrder       string
		Method              PaymentMethod
		Reference, BankNote string
	}
	err = db.SQL(ctx).Raw(`SELECT * FROM (SELECT l.id, l.on_date, l.kind, l.pence, COALESCE(d.code, '') AS code,
			COALESCE(d.purchase_order, '') AS purchase_order, COALESCE(p.method, r.method, 'card') AS method,
			COALESCE(p.reference, '') AS reference, COALESCE(r.bank_reference, '') AS bank_note
			FROM ledger_entries l LEFT JOIN documents d ON d.id = l.document_id LEFT JOIN payments p ON p.id = l.payment_id
			LEFT JOIN refunds r ON r.id = l.refund_id
			WHERE l.organisation_id = ? AND l.kind <> 'transfer' AND l.on_date BETWEEN ? AND ?
		UNION ALL SELECT MIN(l.id), l.on_date, l.kind, SUM(l.pence), '', '', p.method, p.reference, ''
			FROM ledger_entries l JOIN payments p ON p.id = l.payment_id
			WHERE l.organisation_id = ? AND l.kind = 'transfer' AND l.on_date BETWEEN ? AND ?
			GROUP BY l.on_date, l.kind, p.id, p.method, p.reference HAVING SUM(l.pence) <> 0) AS entries ORDER BY on_date, id`,
		organisation, p.From, p.To, organisation, p.From, p.To).Scan(&rows).Error
	for _, r := range rows {
		reference := r.BankNote
		if reference == "" && r.Method == ByBank { // of a card payment it is Stripe’s own number, which says nothing to a customer
			reference = r.Reference
		}
		lines = append(lines, StatementLine{
			On: r.OnDate, What: accountWords(r.Kind, r.Method, r.Pence), Code: r.Code, PurchaseOrder: r.PurchaseOrder, Reference: reference, Amount: r.Pence,
		})
	}
	return opening, lines, err
}

// refundsUnderWay lists the refunds of money that an organisation may have paid which a day saw under way: what they send back was in
// the account by then, by a credit note, a payment or a refund that failed, and they were not entered. One that failed is not on its way.
func refundsUnderWay(ctx context.Context, db models.DB, organisation int64, on models.Date) ([]refundRow, error) {
	var rows []refundRow
	err := db.SQL(ctx).Raw(`SELECT r.* FROM refunds r JOIN ledger_entries p ON p.payment_id = r.payment_id AND p.kind = 'payment'
			LEFT JOIN ledger_entries c ON c.document_id = r.credit_id AND c.kind = 'credit-note'
			LEFT JOIN ledger_entries f ON f.refund_id = r.replaces_id AND f.kind = 'refund-failed'
			LEFT JOIN ledger_entries e ON e.refund_id = r.id AND e.kind = 'refund'
		WHERE (r.status IN ('requested', 'pending') OR r.status = 'succeeded' AND e.on_date > ?)
			AND COALESCE(f.on_date, c.on_date, p.on_date) <= ?
			AND (c.organisation_id = ? OR r.payment_id IN (SELECT l.payment_id FROM ledger_entries l WHERE l.organisation_id = ? AND l.payment_id IS NOT NULL))
		ORDER BY r.id`, on, on, organisation, organisation).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("refunds under way: %w", models.Translate(err))
	}
	return rows, nil
}
