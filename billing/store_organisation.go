package billing

import (
	"context"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// OrganisationBalances is what each of these organisations owes, from the ledger's rows; negative when we owe it. One without an entry
// is left out. Only the office may ask.
func OrganisationBalances(ctx context.Context, db models.DB, actor access.Actor, organisations []int64) (map[int64]models.Pence, error) {
	if err := actor.Require(access.RoleOffice); err != nil {
		return nil, err
	}
	if len(organisations) == 0 {
		return nil, nil
	}
	var rows []struct {
		OrganisationID int64
		Pence          models.Pence
	}
	err := db.SQL(ctx).Model(&ledgerRow{}).Select("organisation_id, SUM(pence) AS pence").
		Where("organisation_id IN ?", organisations).Group("organisation_id").Scan(&rows).Error
	balances := map[int64]models.Pence{}
	for _, r := range rows {
		balances[r.OrganisationID] = r.Pence
	}
	return balances, models.Translate(err)
}
