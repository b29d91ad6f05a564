package access

import (
	"context"
	"errors"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// auditRow is one row of the audit. ActorID is set when Actor is "person"; Detail is JSON or empty.
type auditRow struct {
	ID             int64
	At             time.Time
	ActorID        *int64
	Actor          string
	Action         string
	SubjectKind    string
	SubjectID      int64
	OrganisationID *int64
	Detail         string
}

func (auditRow) TableName() string { return "audit_rows" }

func insertAudit(ctx context.Context, tx models.DB, row auditRow) error {
	return models.Affected(tx.SQL(ctx).Create(&row), 1, errors.New("audit: the row was not written"))
}
