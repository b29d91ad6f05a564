package billing

import (
	"context"

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
	entries, err := entriesOf(ctx, db, payment)
	if err != nil {
		return nil, err
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

// mainOwner is the account of the invoice that a payment is on; when it is on none, or on several, the one it came in on.
func mainOwner(ctx context.Context, db models.DB, payment int64) (owner, error) {
	on, err := allocationsFrom(ctx, db, payment)
	if err != nil {
		return owner{}, err
	}
	if len(on) != 1 {
		return homeOwner(ctx, db, payment)
	}
	doc, err := documentByID(ctx, db, on[0].DocumentID)
	return ownerOf(doc), err
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
