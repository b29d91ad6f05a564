package billing

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"gorm.io/gorm"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// FindDocument reads one document that the scope may see, by its code. Anybody else's is not found.
func FindDocument(ctx context.Context, db models.DB, scope access.Scope, code string) (Document, error) {
	docs, err := readDocuments(ctx, db, scope.Documents(db.SQL(ctx)).Where("documents.code = ?", strings.ToUpper(strings.TrimSpace(code))))
	if err != nil {
		return Document{}, err
	}
	if len(docs) == 0 {
		return Document{}, models.NotFound("We have no invoice with that number")
	}
	return docs[0], nil
}

// DocumentFilter narrows a list of documents.
type DocumentFilter struct {
	Order          *Order
	OrganisationID int64
	Search         string      // part of a number, customer, booking or purchase order
	Unpaid         bool        // only those with something to pay
	PartPaid       bool        // only those of which a part is paid, and a part is not
	OverdueOn      models.Date // only those with something to pay whose day had gone by then
	Page           int         // from 1
	PerPage        int         // 20 when 0
}

// Documents lists what the scope may see, newest first, and how many there are altogether.
func Documents(ctx context.Context, db models.DB, scope access.Scope, f DocumentFilter) ([]Document, int64, error) {
	query := filtered(scope.Documents(db.SQL(ctx)), f).Session(&gorm.Session{})
	var count int64
	if err := query.Model(&documentRow{}).Count(&count).Error; err != nil {
		return nil, 0, fmt.Errorf("count documents: %w", err)
	}
	size := f.PerPage
	if size <= 0 {
		size = 20
	}
	docs, err := readDocuments(ctx, db, query.Order("documents.id DESC").Limit(size).Offset(max(f.Page-1, 0)*size))
	return docs, count, err
}

// dueDocuments lists what the filter leaves, the first due first.
func dueDocuments(ctx context.Context, db models.DB, f DocumentFilter) ([]Document, error) {
	return readDocuments(ctx, db, filtered(db.SQL(ctx), f).Order("documents.due_date, documents.id"))
}

func filtered(q *gorm.DB, f DocumentFilter) *gorm.DB {
	if f.Order != nil {
		q = q.Where("documents.order_kind = ? AND documents.order_id = ?", f.Order.Kind, f.Order.ID)
	}
	if f.OrganisationID != 0 {
		q = q.Where("documents.organisation_id = ?", f.OrganisationID)
	}
	if f.PartPaid {
		q = q.Where("EXISTS (SELECT 1 FROM allocations a WHERE a.document_id = documents.id GROUP BY a.document_id HAVING SUM(a.gross_pence) > 0)")
	}
	if !f.OverdueOn.IsZero() {
		q = q.Where("documents.due_date < ?", f.OverdueOn)
	}
	if f.Unpaid || f.PartPaid || !f.OverdueOn.IsZero() {
		q = q.Where(`documents.kind = 'invoice' AND documents.gross_pence >
			(SELECT COALESCE(SUM(a.gross_pence), 0) FROM allocations a WHERE a.document_id = documents.id) +
			(SELECT COALESCE(SUM(c.gross_pence), 0) FROM documents c WHERE c.credits_id = documents.id)`)
	}
	if text := strings.ToLower(strings.TrimSpace(f.Search)); text != "" {
		like := "%" + likeText.Replace(text) + "%"
		q = q.Where(`(LOWER(documents.code) LIKE ? ESCAPE '!' OR LOWER(documents.customer_name) LIKE ? ESCAPE '!'
			OR LOWER(documents.order_reference) LIKE ? ESCAPE '!' OR LOWER(documents.purchase_order) LIKE ? ESCAPE '!')`, like, like, like, like)
	}
	return q
}

// likeText takes the meaning from the signs that LIKE gives one.
var likeText = strings.NewReplacer("!", "!!", "%", "!%", "_", "!_")

// readDocuments runs the query and completes each document with lines, VAT and money, in a fixed number of queries, however many there are.
func readDocuments(ctx context.Context, db models.DB, query *gorm.DB) ([]Document, error) {
	var rows []documentRow
	if err := query.Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("documents: %w", err)
	}
	docs := make([]Document, len(rows))
	byID := map[int64]*Document{}
	ids := make([]int64, len(rows))
	for i, r := range rows {
		var err error
		if docs[i], err = r.document(); err != nil {
			return nil, err
		}
		byID[r.ID], ids[i] = &docs[i], r.ID
	}
	if len(ids) == 0 {
		return nil, nil
	}
	return docs, errors.Join(addLines(ctx, db, ids, byID), addVATs(ctx, db, ids, byID), addMoney(ctx, db, ids, byID), addOthers(ctx, db, byID), addWording(ctx, db, byID))
}

func (r documentRow) document() (Document, error) {
	supplier, err := supplierFromJSON(r.Supplier)
	return Document{
		ID: r.ID, Kind: DocumentKind(r.Kind), Code: r.Code, IssuedAt: r.IssuedAt, IssueDate: r.IssueDate, TaxPoint: r.TaxPoint,
		DueDate: r.DueDate, Supplier: supplier,
		Customer: Customer{Name: r.CustomerName, Address: r.CustomerAddress, Email: r.CustomerEmail, OrganisationID: r.OrganisationID},
		Order:    Order{OrderKind(r.OrderKind), r.OrderID}, OrderReference: r.OrderReference, PurchaseOrder: r.PurchaseOrder,
		PaidStatement: r.PaidStatement, Net: r.NetPence, VAT: r.VATPence, Gross: r.GrossPence, Demonstration: r.Demonstration,
		Reason: r.Reason, Credits: refTo(r.CreditsID), Replaces: refTo(r.ReplacesID),
	}, err
}

func addLines(ctx context.Context, db models.DB, ids []int64, byID map[int64]*Document) error {
	var lines []documentLineRow
	if err := db.SQL(ctx).Where("document_id IN ?", ids).Order("document_id, ordinal").Find(&lines).Error; err != nil {
		return fmt.Errorf("document lines: %w", err)
	}
	for _, l := range lines {
		doc := byID[l.DocumentID]
		doc.Lines = append(doc.Lines, DocumentLine{
			Description: l.Description, Details: nonEmptyLines(l.Details), Quantity: l.Quantity, Unit: l.UnitNetPence,
			Discount: l.DiscountThousandths, Net: l.NetPence,
			Rate: VATRate{Category: VATCategory(l.Category), Rate: l.RateThousandths}, Route: Route(l.Route), Format: Format(l.Format),
		})
	}
	return nil
}

func addVATs(ctx context.Context, db models.DB, ids []int64, byID map[int64]*Document) error {
	var totals []documentVATRow
	if err := db.SQL(ctx).Where("document_id IN ?", ids).Order("document_id, id").Find(&totals).Error; err != nil {
		return fmt.Errorf("document VAT: %w", err)
	}
	for _, v := range totals {
		doc := byID[v.DocumentID]
		doc.VATs = append(doc.VATs, VATTotal{
			Rate: VATRate{Category: VATCategory(v.Category), Rate: v.RateThousandths, Label: v.Label, Reason: v.Reason},
			Net:  v.NetPence, VAT: v.VATPence,
		})
	}
	return nil
}

func addMoney(ctx context.Context, db models.DB, ids []int64, byID map[int64]*Document) error {
	var sums []struct {
		ID                                                             int64
		Paid, Credited, SetOff, Settled, UnderWay, Resent, Back, Again models.Pence
	}
	err := db.SQL(ctx).Raw(`SELECT d.id,
		(SELECT COALESCE(SUM(a.gross_pence), 0) FROM allocations a WHERE a.document_id = d.id) AS paid,
		(SELECT COALESCE(SUM(c.gross_pence), 0) FROM documents c WHERE c.credits_id = d.id) AS credited,
		(SELECT COALESCE(SUM(s.gross_pence), 0) FROM credit_settlements s WHERE s.document_id = d.id AND s.refund_id IS NULL AND s.dispute_id IS NULL) AS set_off,
		(SELECT COALESCE(SUM(s.gross_pence), 0) FROM credit_settlements s WHERE s.document_id = d.id) AS settled,
		`+creditUnderWay("d")+` AS under_way, `+creditResent("d")+` AS resent,
		`+creditBack("d")+` AS back, `+creditAgain("d")+` AS again
		FROM documents d WHERE d.id IN ?`, ids).Scan(&sums).Error
	if err != nil {
		return fmt.Errorf("document money: %w", err)
	}
	for _, s := range sums {
		d := byID[s.ID]
		d.Paid, d.Credited, d.SetOff, d.Settled, d.Returning = s.Paid, s.Credited, s.SetOff, s.Settled, s.UnderWay
		d.resent, d.back, d.again = s.Resent, s.Back, s.Again
	}
	return nil
}

func refTo(id *int64) *DocumentRef {
	if id == nil {
		return nil
	}
	return &DocumentRef{ID: *id}
}

// addOthers names the documents that credit notes and replacing invoices refer to.
func addOthers(ctx context.Context, db models.DB, byID map[int64]*Document) error {
	refs := map[int64][]*DocumentRef{}
	var ids []int64
	for _, d := range byID {
		for _, ref := range []*DocumentRef{d.Credits, d.Replaces} {
			if ref != nil {
				refs[ref.ID] = append(refs[ref.ID], ref)
				ids = append(ids, ref.ID)
			}
		}
	}
	if len(ids) == 0 {
		return nil
	}
	var rows []documentRow
	if err := db.SQL(ctx).Select("id", "code", "issue_date").Where("id IN ?", ids).Find(&rows).Error; err != nil {
		return fmt.Errorf("documents referred to: %w", err)
	}
	for _, r := range rows {
		for _, ref := range refs[r.ID] {
			ref.Code, ref.IssueDate = r.Code, r.IssueDate
		}
	}
	return nil
}

// FileOf reads a document's file as it was rendered at issue, if the scope may see the document.
func FileOf(ctx context.Context, db models.DB, scope access.Scope, code string) (File, error) {
	doc, err := FindDocument(ctx, db, scope, code)
	if err != nil {
		return File{}, err
	}
	var row documentFileRow
	if err := db.SQL(ctx).Where("document_id = ? AND content_type = ?", doc.ID, "application/pdf").Take(&row).Error; err != nil {
		return File{}, fmt.Errorf("file of %s: %w", doc.Code, models.Translate(err))
	}
	return File{Name: doc.Code + ".pdf", ContentType: row.ContentType, SHA256: row.SHA256, Content: row.Content}, nil
}
