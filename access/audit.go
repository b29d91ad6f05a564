package access

import (
	"context"
	"encoding/json"
	"fmt"

	"hub.salford.ac.uk/ssph/models"
)

// Entry is what the audit keeps about one change. It carries ids and figures, not names: a name may have to be erased one day.
type Entry struct {
	Action         string // what was done, in the business's words: "booking-confirmed"
	SubjectKind    string // what it was done to: "booking"
	SubjectID      int64
	OrganisationID *int64 // whose it is, when it belongs to an organisation
	Detail         any    // what else is worth knowing, kept as JSON; nil for nothing
}

// Record writes an audit row in the transaction of the change it tells of, so that neither stands without the other. The
// database refuses to change or delete it afterwards.
func Record(ctx context.Context, tx models.DB, actor Actor, entry Entry) error {
	if err := tx.MustBeTx(); err != nil {
		return err
	}
	if entry.Action == "" || entry.SubjectKind == "" {
		return fmt.Errorf("audit: an entry needs an action and a subject: %+v", entry)
	}
	row := auditRow{
		At: tx.Now(), Actor: actor.kind(), Action: entry.Action,
		SubjectKind: entry.SubjectKind, SubjectID: entry.SubjectID, OrganisationID: entry.OrganisationID,
	}
	if actor.SignedIn() && !actor.System {
		row.ActorID = &actor.PersonID
	}
	if entry.Detail != nil {
		detail, err := json.Marshal(entry.Detail)
		if err != nil {
			return fmt.Errorf("audit %s: %w", entry.Action, err)
		}
		row.Detail = string(detail)
	}
	return insertAudit(ctx, tx, row)
}
