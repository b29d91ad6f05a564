package billing

import (
	"context"
	"errors"
	"fmt"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// CreditLine is one thing that a credit note takes off an invoice.
type CreditLine struct {
	Line        int // of the invoice, from 1: its VAT row is the credit's
	Description string
	Details     []string
	Amount      Amount // the decrease, positive
}

// CreditRequest asks for a credit note on an invoice.
type CreditRequest struct {
	InvoiceID int64
	Lines     []CreditLine
	Reason    string // as the customer reads it: "1 place cancelled"
	MovesOn   bool   // what had been paid counts towards the invoice that replaces this one: nothing goes back
}

// Credit issues a credit note: number, rows, rendered file and ledger entry, once and for ever. It names its invoice and carries
// the supplier, customer and VAT rows of that invoice, whatever counts today (VAT Regs 1995 reg 15C). As much of it as is still
// owed on the invoice is set off at once; what had been paid beyond comes free and is to be refunded: see ToRefund. Errors:
// forbidden; conflict when the invoice has been credited too far for it. It runs in the transaction of its cause, as the last
// thing that takes a lock.
func Credit(ctx context.Context, tx models.DB, actor access.Actor, req CreditRequest) (Document, error) {
	if err := lockMoney(ctx, tx); err != nil {
		return Document{}, err
	}
	invoice, err := documentByID(ctx, tx, req.InvoiceID)
	if err != nil {
		return Document{}, err
	}
	return credit(ctx, tx, actor, invoice, req)
}

// CreditWhole credits everything that is left of an invoice, line by line.
func CreditWhole(ctx context.Context, tx models.DB, actor access.Actor, invoiceID int64, reason string) (Document, error) {
	if err := lockMoney(ctx, tx); err != nil {
		return Document{}, err
	}
	invoice, err := documentByID(ctx, tx, invoiceID)
	if err != nil {
		return Document{}, err
	}
	left, err := leftToCredit(ctx, tx, invoice)
	if err != nil {
		return Document{}, err
	}
	return credit(ctx, tx, actor, invoice, CreditRequest{InvoiceID: invoiceID, Lines: []CreditLine{left}, Reason: reason})
}

// leftToCredit is all that no credit note has taken off yet, as one line.
func leftToCredit(ctx context.Context, db models.DB, invoice Document) (CreditLine, error) {
	credited, err := creditedOn(ctx, db, invoice.ID)
	return CreditLine{
		Line: 1, Description: "Everything left of invoice " + invoice.Code, Details: invoice.Lines[0].Details,
		Amount: Amount{invoice.Net, invoice.VAT}.Minus(credited),
	}, err
}

func credit(ctx context.Context, tx models.DB, actor access.Actor, invoice Document, req CreditRequest) (Document, error) {
	doc, err := draftCredit(ctx, tx, invoice, req)
	if err != nil {
		return Document{}, err
	}
	if err := issue(ctx, tx, &doc); err != nil {
		return Document{}, err
	}
	if err := insertParts(ctx, tx, doc); err != nil {
		return Document{}, err
	}
	doc.Settled = doc.SetOff
	if doc.SetOff > 0 {
		if err := settleCredit(ctx, tx, doc.ID, doc.SetOff, doc.IssueDate, nil); err != nil {
			return Document{}, err
		}
	}
	if err := releaseOver(ctx, tx, invoice.ID); err != nil {
		return Document{}, err
	}
	if err := finishDone(ctx, tx); err != nil {
		return Document{}, err
	}
	return doc, access.Record(ctx, tx, actor, access.Entry{
		Action: "credit note issued", SubjectKind: "document", SubjectID: doc.ID, OrganisationID: doc.Customer.OrganisationID,
		Detail: map[string]any{"code": doc.Code, "invoice": invoice.Code, "gross_pence": doc.Gross, "reason": req.Reason},
	})
}

// PreviewCredit is the credit note that Credit would issue, without a number: for the page that shows it first.
func PreviewCredit(ctx context.Context, db models.DB, actor access.Actor, req CreditRequest) (Document, error) {
	if err := actor.Require(access.RoleOffice); err != nil {
		return Document{}, err
	}
	invoice, err := documentByID(ctx, db, req.InvoiceID)
	if err != nil {
		return Document{}, err
	}
	return draftCredit(ctx, db, invoice, req)
}

// draftCredit works out everything about the credit note but its number.
func draftCredit(ctx context.Context, db models.DB, invoice Document, req CreditRequest) (Document, error) {
	if invoice.Kind != Invoice {
		return Document{}, errors.New("billing: only an invoice can be credited")
	}
	if req.Reason == "" || len(req.Lines) == 0 {
		return Document{}, errors.New("billing: a credit note needs lines and a reason")
	}
	today := db.Today()
	doc := Document{
		Kind: CreditNote, IssuedAt: db.Now(), IssueDate: today, TaxPoint: today, Supplier: invoice.Supplier, Customer: invoice.Customer,
		Order: invoice.Order, OrderReference: invoice.OrderReference, PurchaseOrder: invoice.PurchaseOrder,
		Demonstration: invoice.Demonstration, Reason: req.Reason,
		Credits: &DocumentRef{ID: invoice.ID, Code: invoice.Code, IssueDate: invoice.IssueDate},
	}
	for _, l := range req.Lines {
		if err := doc.addCredit(invoice, l); err != nil {
			return Document{}, err
		}
	}
	credited, err := creditedOn(ctx, db, invoice.ID)
	if err != nil {
		return Document{}, err
	}
	left := Amount{invoice.Net, invoice.VAT}.Minus(credited)
	if doc.Gross == 0 || doc.Net > left.Net || doc.VAT > left.VAT {
		return Document{}, models.Fail(models.KindConflict, "Invoice %s has %s left to credit, so %s cannot be taken off it. Look at its credit notes",
			invoice.Code, left.Gross(), doc.Gross)
	}
	doc.SetOff = min(invoice.Outstanding(), doc.Gross)
	if req.MovesOn {
		doc.SetOff = doc.Gross
	}
	doc.Parts, err = partsAhead(ctx, db, invoice, doc)
	return doc, err
}

// partsAhead works out where the money of a drafted credit note is: as it will be once the note has taken it off its invoice.
func partsAhead(ctx context.Context, db models.DB, invoice, note Document) ([]CreditPart, error) {
	paid, err := allocationsOf(ctx, db, invoice.ID)
	if err != nil {
		return nil, err
	}
	freed := takenBack(invoice.Paid+invoice.Credited+note.Gross-invoice.Gross, paid)
	sources, err := creditSources(ctx, db, invoice.ID, ownerOf(note), freed)
	if err != nil {
		return nil, err
	}
	return partsOf(splitCredit(note.Gross, note.SetOff, sources)), nil
}

// addCredit adds a line with the VAT row of the invoice's line it takes from.
func (d *Document) addCredit(invoice Document, l CreditLine) error {
	if l.Line < 1 || l.Line > len(invoice.Lines) || l.Amount.Net < 0 || l.Amount.VAT < 0 {
		return fmt.Errorf("billing: a credit of %s net, %s VAT on line %d of %s", l.Amount.Net, l.Amount.VAT, l.Line, invoice.Code)
	}
	from := invoice.Lines[l.Line-1]
	d.Lines = append(d.Lines, DocumentLine{
		Description: l.Description, Details: l.Details, Quantity: 1, Unit: l.Amount.Net, Net: l.Amount.Net, Rate: from.Rate,
		Route: from.Route, Format: from.Format,
	})
	d.Net, d.VAT, d.Gross = d.Net+l.Amount.Net, d.VAT+l.Amount.VAT, d.Gross+l.Amount.Gross()
	for i := range d.VATs {
		if d.VATs[i].Rate.sameAs(from.Rate) {
			d.VATs[i].Net, d.VATs[i].VAT = d.VATs[i].Net+l.Amount.Net, d.VATs[i].VAT+l.Amount.VAT
			return nil
		}
	}
	for _, v := range invoice.VATs {
		if v.Rate.sameAs(from.Rate) {
			d.VATs = append(d.VATs, VATTotal{Rate: v.Rate, Net: l.Amount.Net, VAT: l.Amount.VAT})
			return nil
		}
	}
	return fmt.Errorf("billing: %s has no VAT total for its line %d", invoice.Code, l.Line)
}

// sameAs says whether two rows are one category and rate: what documents total VAT by.
func (r VATRate) sameAs(other VATRate) bool {
	return r.Category == other.Category && r.Rate == other.Rate
}
