package licensing

import (
	"context"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/delivery"
	"hub.salford.ac.uk/ssph/models"
)

// CertificatesOfSession reads the certificates of a session that stand, by the person they were issued to, for its own trainers and
// the office. Errors as for delivery.OfSession.
func CertificatesOfSession(ctx context.Context, db models.DB, actor access.Actor, sessionID int64) (map[int64]Certificate, error) {
	completions, err := delivery.OfSession(ctx, db, actor, sessionID)
	if err != nil {
		return nil, err
	}
	var ids []int64
	for _, c := range completions {
		if c.Live() {
			ids = append(ids, c.ID)
		}
	}
	found, err := certificatesOfCompletions(ctx, db, ids)
	byPerson := make(map[int64]Certificate, len(found))
	for _, c := range found {
		byPerson[c.PersonID] = c
	}
	return byPerson, err
}
