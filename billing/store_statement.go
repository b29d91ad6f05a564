package billing

import (
	"context"

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
