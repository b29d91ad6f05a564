package billing

import (
	"context"

	"hub.salford.ac.uk/ssph/models"
)

// Preview is the invoice that Issue would make of a request now, all but its number. Nothing is written.
func Preview(ctx context.Context, db models.DB, req InvoiceRequest) (Document, error) {
	return draft(ctx, db, req)
}
