package billing

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/documents"
	"hub.salford.ac.uk/ssph/models"
)

// InvoiceLine is what an order asks to be invoiced; the VAT row is added at the tax point.
type InvoiceLine struct {
	Description string
	Details     []string
	Quantity    int
	Unit        models.Pence
	Discount    models.Percent
	Route       Route // with Format, what income is counted by; empty for a fee
	Format      Format
}

// InvoiceRequest is what a seller wants invoiced.
type InvoiceRequest struct {
	Order          Order
	OrderReference string
	Customer       Customer
	PurchaseOrder  string
	Lines          []InvoiceLine
	Paid           *Paid       // the card payment that settles it, or nil when it is to be paid within the terms
	Completed      models.Date // the last day of what is sold: an invoice that comes long after it has its tax point then
	Demonstration  bool
}

// Issue makes a VAT invoice, once and for ever: number, rows, rendered file with its hash, ledger entry and, when it is paid by
// card, the allocation of that payment. The tax point is the day of payment, else the day of issue. It must run in the
// transaction of its cause, as the last thing that takes a lock.
func Issue(ctx context.Context, tx models.DB, actor access.Actor, req InvoiceRequest) (Document, error) {
	doc, err := draft(ctx, tx, req)
	if err != nil {
		return Document{}, err
	}
	if err := issue(ctx, tx, &doc); err != nil {
		return Document{}, err
	}
	if req.Paid != nil && doc.Gross > 0 {
		if err := allocate(ctx, tx, req.Paid.PaymentID, doc, doc.Gross); err != nil {
			return Document{}, fmt.Errorf("issue %s: %w", doc.Code, err)
		}
		doc.Paid = doc.Gross
	}
	return doc, access.Record(ctx, tx, actor, access.Entry{
		Action: "invoice issued", SubjectKind: "document", SubjectID: doc.ID, OrganisationID: doc.Customer.OrganisationID,
		Detail: map[string]any{"code": doc.Code, "gross_pence": doc.Gross, "order": req.OrderReference},
	})
}

// issue gives a drafted document its number and writes it down: rows, rendered file, ledger entry.
func issue(ctx context.Context, tx models.DB, doc *Document) error {
	series, err := nextNumber(ctx, tx, doc.Kind, doc.Supplier)
	if err != nil {
		return err
	}
	doc.Code = numberCode(series.Prefix, series.Digits, series.NextNumber)
	if err := insertDocument(ctx, tx, doc, series); err != nil {
		return fmt.Errorf("issue %s: %w", doc.Code, err)
	}
	if err := storeFile(ctx, tx, *doc); err != nil {
		return fmt.Errorf("issue %s: %w", doc.Code, err)
	}
	if doc.Gross == 0 {
		return nil // nothing is owed: the ledger has no entry of nothing
	}
	if err := post(ctx, tx, documentEntry(tx, *doc)); err != nil {
		return fmt.Errorf("issue %s: %w", doc.Code, err)
	}
	return nil
}

// SumOf prices an order's lines as an invoice with that tax point would: what a seller compares with the money that came.
func SumOf(ctx context.Context, db models.DB, lines []InvoiceLine, taxPoint models.Date) (Sum, error) {
	rates, err := vatRates(ctx, db)
	if err != nil {
		return Sum{}, err
	}
	rate, err := rates.At(taxPoint)
	if err != nil {
		return Sum{}, err
	}
	priced := make([]Line, len(lines))
	for i, l := range lines {
		priced[i] = Line{Text: l.Description, Quantity: l.Quantity, Unit: l.Unit, Percent: l.Discount, Rate: rate}
	}
	return Total(priced), nil
}

// draft works out everything about the invoice but its number.
func draft(ctx context.Context, tx models.DB, req InvoiceRequest) (Document, error) {
	supplier, err := CurrentSupplier(ctx, tx)
	if err != nil {
		return Document{}, err
	}
	settings, err := access.LoadSettings(ctx, tx)
	if err != nil {
		return Document{}, err
	}
	today := tx.Today()
	doc := Document{
		Kind: Invoice, IssuedAt: tx.Now(), IssueDate: today, TaxPoint: TaxPoint(today, req.Completed), DueDate: today.AddDays(settings.PaymentTermsDays),
		Supplier: supplier, Customer: req.Customer, Order: req.Order, OrderReference: req.OrderReference,
		PurchaseOrder: req.PurchaseOrder, Demonstration: req.Demonstration || supplier.Demonstration,
	}
	if req.Paid != nil {
		doc.TaxPoint = models.DateOf(req.Paid.At)
		doc.DueDate = doc.TaxPoint
		doc.PaidStatement = "Paid by card on " + doc.TaxPoint.String()
	}
	sum, err := SumOf(ctx, tx, req.Lines, doc.TaxPoint)
	if err != nil {
		return Document{}, err
	}
	if req.Paid != nil && req.Paid.Gross != sum.Gross {
		return Document{}, fmt.Errorf("the invoice would be %s but %s was paid", sum.Gross, req.Paid.Gross)
	}
	doc.Net, doc.VAT, doc.Gross, doc.VATs = sum.Net, sum.VAT, sum.Gross, sum.VATs
	for i, l := range sum.Lines {
		doc.Lines = append(doc.Lines, DocumentLine{
			Description: l.Text, Details: req.Lines[i].Details, Quantity: l.Quantity, Unit: l.Unit, Discount: l.Percent,
			Net: l.Net, Rate: l.Rate, Route: req.Lines[i].Route, Format: req.Lines[i].Format,
		})
	}
	return doc, nil
}

// storeFile renders the document and keeps it with its hash; it is never rendered again.
func storeFile(ctx context.Context, tx models.DB, doc Document) error {
	content, err := documents.InvoicePDF(sheet(doc))
	if err != nil {
		return fmt.Errorf("render: %w", err)
	}
	hash := sha256.Sum256(content)
	return insertFile(ctx, tx, documentFileRow{
		DocumentID: doc.ID, ContentType: "application/pdf", SHA256: hex.EncodeToString(hash[:]), Content: content, CreatedAt: tx.Now(),
	})
}
