package billing

import (
	"context"
	"unicode/utf8"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// BankMoney is one bank transfer that pays any number of invoices, of one customer or several, or none that is known yet.
type BankMoney struct {
	Gross      models.Pence
	On         models.Date // the day it reached the account
	Reference  string      // as the payer wrote it
	Note       string
	Shares     []AllocationShare // what goes on which invoice; the rest stays to be decided about
	RequestKey string            // one for each form shown: sent twice, it records once
}

// RecordBankMoney records a bank transfer and puts it on its invoices. What is on none stays free: see Unallocated. Only the office
// may. The same RequestKey again changes nothing. It returns the payment's id. Errors: invalid with field "amount", "date",
// "reference", "note" or "invoices".
func RecordBankMoney(ctx context.Context, tx models.DB, actor access.Actor, m BankMoney) (int64, error) {
	if err := actor.Require(access.RoleOffice); err != nil {
		return 0, err
	}
	if err := m.check(tx.Today()); err != nil {
		return 0, err
	}
	if err := lockSeries(ctx, tx, Invoice); err != nil {
		return 0, err
	}
	before, err := bankMoneyOf(ctx, tx, m.RequestKey)
	if before != 0 || err != nil {
		return before, err
	}
	home, err := commonOwner(ctx, tx, m.Shares)
	if err != nil {
		return 0, err
	}
	id, err := insertBankMoney(ctx, tx, actor, m, home)
	if err != nil {
		return 0, err
	}
	return id, Allocate(ctx, tx, actor, id, m.Shares)
}

// BankMoneyRecorded says whether a form with this key has been recorded before: its answer is the same again.
func BankMoneyRecorded(ctx context.Context, db models.DB, actor access.Actor, key string) (bool, error) {
	if err := actor.Require(access.RoleOffice); err != nil {
		return false, err
	}
	id, err := bankMoneyOf(ctx, db, key)
	return id != 0, err
}

func (m BankMoney) check(today models.Date) error {
	if err := (BankReceipt{Gross: m.Gross, On: m.On, Reference: m.Reference, Note: m.Note, RequestKey: m.RequestKey}).check(today); err != nil {
		return err
	}
	var sum models.Pence
	for _, share := range m.Shares {
		sum += share.Gross
	}
	if sum > m.Gross {
		return models.Invalid("invoices", "These invoices take %s, but %s came", sum, m.Gross)
	}
	if !utf8.ValidString(m.Reference + m.Note) {
		return models.Invalid("reference", "The reference has characters we cannot read")
	}
	return nil
}

// commonOwner is the account a payment comes in on: that of its invoices when they are all of one order, their organisation's when
// they are all of one organisation, else nobody's.
func commonOwner(ctx context.Context, db models.DB, shares []AllocationShare) (owner, error) {
	var home owner
	for i, share := range shares {
		doc, err := documentByID(ctx, db, share.DocumentID)
		if err != nil {
			return owner{}, err
		}
		switch of := ownerOf(doc); {
		case i == 0:
			home = of
		case of.organisation != home.organisation:
			return owner{}, nil
		case of != home:
			home = owner{organisation: home.organisation}
		}
	}
	return home, nil
}

// insertBankMoney writes the payment with its ledger entry and audit row.
func insertBankMoney(ctx context.Context, tx models.DB, actor access.Actor, m BankMoney, home owner) (int64, error) {
	row := paymentRow{
		Method: string(ByBank), GrossPence: m.Gross, ReceivedAt: m.On.At(12, 0), ReceivedOn: m.On, Reference: m.Reference, Note: m.Note,
		RequestKey: "bank/" + m.RequestKey, RecordedBy: &actor.PersonID, CreatedAt: tx.Now(),
	}
	if home.orderKind != "" {
		row.OrderKind, row.OrderID = &home.orderKind, &home.orderID
	}
	if err := insertPayment(ctx, tx, &row); err != nil {
		return 0, err
	}
	var organisation *int64
	if home.organisation != 0 {
		organisation = &home.organisation
	}
	if err := post(ctx, tx, paymentEntry(tx, row, organisation)); err != nil {
		return 0, err
	}
	return row.ID, access.Record(ctx, tx, actor, access.Entry{
		Action: "bank payment recorded", SubjectKind: "payment", SubjectID: row.ID, OrganisationID: organisation,
		Detail: map[string]any{"gross_pence": row.GrossPence, "received_on": m.On.ISO(), "invoices": len(m.Shares)},
	})
}
