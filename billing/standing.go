package billing

import (
	"context"
	"fmt"

	"hub.salford.ac.uk/ssph/models"
)

// owner is whose account in the ledger money stands on: an order's, an organisation's, or nobody's yet.
type owner struct {
	orderKind    string
	orderID      int64
	organisation int64
}

func ownerOf(d Document) owner {
	o := owner{orderKind: string(d.Order.Kind), orderID: d.Order.ID}
	if d.Customer.OrganisationID != nil {
		o.organisation = *d.Customer.OrganisationID
	}
	return o
}

func (e ledgerRow) owner() owner {
	var o owner
	if e.OrderKind != nil {
		o.orderKind = *e.OrderKind
	}
	if e.OrderID != nil {
		o.orderID = *e.OrderID
	}
	if e.OrganisationID != nil {
		o.organisation = *e.OrganisationID
	}
	return o
}

// on makes the entry one of the owner's.
func (o owner) on(entry ledgerRow) ledgerRow {
	entry.OrderKind, entry.OrderID, entry.OrganisationID = nil, nil, nil
	if o.orderKind != "" {
		entry.OrderKind, entry.OrderID = &o.orderKind, &o.orderID
	}
	if o.organisation != 0 {
		entry.OrganisationID = &o.organisation
	}
	return entry
}

// standing is how much of a payment stands on an owner's account without being on an invoice or going back.
type standing struct {
	owner owner
	free  models.Pence
}

type standingList []standing

// total is what is left of the payment: a refund begun elsewhere may have taken more from one account than was free there.
func (l standingList) total() models.Pence { return max(l.sum(), 0) }

// sum is below nothing when more has gone than was free.
func (l standingList) sum() models.Pence {
	var sum models.Pence
	for _, s := range l {
		sum += s.free
	}
	return sum
}

func (l standingList) free(o owner) models.Pence {
	for _, s := range l {
		if s.owner == o {
			return max(s.free, 0)
		}
	}
	return 0
}

func (l *standingList) add(o owner, pence models.Pence) {
	for i := range *l {
		if (*l)[i].owner == o {
			(*l)[i].free += pence
			return
		}
	}
	*l = append(*l, standing{o, pence})
}

// standings says where the free money of a payment stands: what the ledger put there, less what is on that owner's invoices, less
// what goes or went back from there.
func standings(ctx context.Context, db models.DB, payment int64) (standingList, error) {
	var list standingList
	var entries []ledgerRow
	err := db.SQL(ctx).Where("payment_id = ? AND kind IN ?", payment, []string{entryPayment, entryTransfer}).Order("id").Find(&entries).Error
	if err != nil {
		return nil, models.Translate(err)
	}
	for _, e := range entries {
		list.add(e.owner(), -e.Pence)
	}
	used, err := usedOf(ctx, db, payment)
	if err != nil {
		return nil, err
	}
	for _, u := range used {
		from := ledgerRow{OrderKind: u.OrderKind, OrderID: u.OrderID, OrganisationID: u.OrganisationID}.owner()
		if u.AtHome && len(entries) > 0 {
			from = entries[0].owner()
		}
		list.add(from, -u.Pence)
	}
	return list, nil
}

// homeOwner is the account that a payment came in on.
func homeOwner(ctx context.Context, db models.DB, payment int64) (owner, error) {
	var entry ledgerRow
	err := db.SQL(ctx).Where("payment_id = ? AND kind = ?", payment, entryPayment).Take(&entry).Error
	if err != nil {
		return owner{}, fmt.Errorf("payment %d: %w", payment, models.Translate(err))
	}
	return entry.owner(), nil
}

// mainOwner is the account of the invoice that a payment is on; when it is on none, or on several, the one it came in on.
func mainOwner(ctx context.Context, db models.DB, payment int64) (owner, error) {
	var ids []int64
	err := db.SQL(ctx).Model(&allocationRow{}).Where("payment_id = ?", payment).Group("document_id").Having("SUM(gross_pence) > 0").
		Limit(2).Pluck("document_id", &ids).Error
	if err != nil {
		return owner{}, models.Translate(err)
	}
	if len(ids) != 1 {
		return homeOwner(ctx, db, payment)
	}
	doc, err := documentByID(ctx, db, ids[0])
	return ownerOf(doc), err
}

type usedRow struct {
	OrderKind      *string
	OrderID        *int64
	OrganisationID *int64
	AtHome         bool // it goes back from where the payment came in
	Pence          models.Pence
}

// usedOf lists what is on invoices, what goes back and what a dispute has taken of a payment, each with its owner: a refund's is that
// of its ledger entry, and before it has one that of its credit note.
func usedOf(ctx context.Context, db models.DB, payment int64) ([]usedRow, error) {
	var rows []usedRow
	err := db.SQL(ctx).Raw(`SELECT d.order_kind, d.order_id, d.organisation_id, FALSE AS at_home, SUM(a.gross_pence) AS pence
			FROM allocations a JOIN documents d ON d.id = a.document_id WHERE a.payment_id = ? GROUP BY d.order_kind, d.order_id, d.organisation_id
		UNION ALL SELECT l.order_kind, l.order_id, l.organisation_id, FALSE, r.gross_pence
			FROM refunds r JOIN ledger_entries l ON l.refund_id = r.id AND l.kind = 'refund' WHERE r.payment_id = ? AND r.status = 'succeeded'
		UNION ALL SELECT d.order_kind, d.order_id, d.organisation_id, r.credit_id IS NULL, r.gross_pence
			FROM refunds r LEFT JOIN documents d ON d.id = r.credit_id WHERE r.payment_id = ? AND r.status IN ('requested', 'pending')
		UNION ALL SELECT l.order_kind, l.order_id, l.organisation_id, FALSE, l.pence
			FROM ledger_entries l JOIN disputes t ON t.id = l.dispute_id WHERE t.payment_id = ?`,
		payment, payment, payment, payment).Scan(&rows).Error
	return rows, models.Translate(err)
}

// transfer moves money of a payment in the ledger from one owner to another: two entries that cancel each other out.
func transfer(ctx context.Context, tx models.DB, payment int64, from, to owner, pence models.Pence) error {
	entry := ledgerRow{At: tx.Now(), OnDate: tx.Today(), Kind: entryTransfer, Pence: pence, PaymentID: &payment}
	if err := post(ctx, tx, from.on(entry)); err != nil {
		return err
	}
	entry.Pence = -pence
	return post(ctx, tx, to.on(entry))
}
