package billing

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"hub.salford.ac.uk/ssph/models"
)

// insertDocument writes a document with its lines and VAT, and gives it its number in the database.
func insertDocument(ctx context.Context, tx models.DB, doc *Document, series seriesRow) error {
	supplier, err := json.Marshal(doc.Supplier)
	if err != nil {
		return fmt.Errorf("supplier: %w", err)
	}
	row := documentRow{
		Kind: string(doc.Kind), SeriesID: series.ID, Number: series.NextNumber, Code: doc.Code, IssuedAt: doc.IssuedAt,
		IssueDate: doc.IssueDate, TaxPoint: doc.TaxPoint, DueDate: doc.DueDate, Supplier: string(supplier),
		CustomerName: doc.Customer.Name, CustomerAddress: doc.Customer.Address, CustomerEmail: doc.Customer.Email,
		OrganisationID: doc.Customer.OrganisationID, OrderKind: string(doc.Order.Kind), OrderID: doc.Order.ID,
		OrderReference: doc.OrderReference, PurchaseOrder: doc.PurchaseOrder, PaidStatement: doc.PaidStatement,
		NetPence: doc.Net, VATPence: doc.VAT, GrossPence: doc.Gross, Demonstration: doc.Demonstration, Reason: doc.Reason,
	}
	if doc.Credits != nil {
		row.CreditsID = &doc.Credits.ID
	}
	if doc.Replaces != nil {
		row.ReplacesID = &doc.Replaces.ID
	}
	if err := tx.SQL(ctx).Create(&row).Error; err != nil {
		return err
	}
	doc.ID = row.ID
	if err := tx.SQL(ctx).Create(lineRows(*doc)).Error; err != nil {
		return err
	}
	return tx.SQL(ctx).Create(vatTotalRows(*doc)).Error
}

func lineRows(doc Document) []documentLineRow {
	rows := make([]documentLineRow, len(doc.Lines))
	for i, l := range doc.Lines {
		rows[i] = documentLineRow{
			DocumentID: doc.ID, Ordinal: i + 1, Description: l.Description, Details: strings.Join(l.Details, "\n"),
			Quantity: l.Quantity, UnitNetPence: l.Unit, DiscountThousandths: l.Discount, NetPence: l.Net,
			Category: string(l.Rate.Category), RateThousandths: l.Rate.Rate, Route: string(l.Route), Format: string(l.Format),
		}
	}
	return rows
}

func vatTotalRows(doc Document) []documentVATRow {
	rows := make([]documentVATRow, len(doc.VATs))
	for i, v := range doc.VATs {
		rows[i] = documentVATRow{
			DocumentID: doc.ID, Category: string(v.Rate.Category), RateThousandths: v.Rate.Rate, Label: v.Rate.Words(),
			Reason: v.Rate.Reason, NetPence: v.Net, VATPence: v.VAT,
		}
	}
	return rows
}

func insertFile(ctx context.Context, tx models.DB, file documentFileRow) error {
	return models.Translate(tx.SQL(ctx).Create(&file).Error)
}
