package scheduling

import (
	"context"

	"hub.salford.ac.uk/ssph/models"
)

// violations runs a rule's query and returns the ids it selects, in order, each once.
func violations(ctx context.Context, db models.DB, query string) ([]int64, error) {
	var ids []int64
	err := db.SQL(ctx).Raw("SELECT DISTINCT id FROM (" + query + ") AS broken ORDER BY id").Scan(&ids).Error
	return ids, models.Translate(err)
}
