package billing

import (
	"context"
	"errors"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

type agreementRow struct {
	ID                  int64
	OrganisationID      int64
	DiscountThousandths models.Percent
	Reason              string
	ValidFrom           models.Date
	ValidTo             models.Date
	CreatedAt           time.Time
	CreatedBy           int64
}

func (agreementRow) TableName() string { return "agreements" }

type agreementEndingRow struct {
	AgreementID int64 `gorm:"primaryKey;autoIncrement:false"`
	LastDay     models.Date
	Reason      string
	CreatedAt   time.Time
	CreatedBy   int64
}

func (agreementEndingRow) TableName() string { return "agreement_endings" }

// Agreements lists the agreements of these organisations, the newest first. Only the office may ask.
func Agreements(ctx context.Context, db models.DB, actor access.Actor, organisations []int64) ([]Agreement, error) {
	if err := actor.Require(access.RoleOffice); err != nil {
		return nil, err
	}
	return agreementsOf(ctx, db, organisations)
}

func agreementsOf(ctx context.Context, db models.DB, organisations []int64) ([]Agreement, error) {
	if len(organisations) == 0 {
		return nil, nil
	}
	var rows []agreementRow
	if err := db.SQL(ctx).Where("organisation_id IN ?", organisations).Order("id DESC").Find(&rows).Error; err != nil || len(rows) == 0 {
		return nil, models.Translate(err)
	}
	ids, at, all := make([]int64, len(rows)), map[int64]int{}, make([]Agreement, len(rows))
	for i, r := range rows {
		ids[i], at[r.ID] = r.ID, i
		all[i] = Agreement{
			ID: r.ID, OrganisationID: r.OrganisationID, Discount: r.DiscountThousandths, Reason: r.Reason, From: r.ValidFrom, To: r.ValidTo,
		}
	}
	var endings []agreementEndingRow
	err := db.SQL(ctx).Where("agreement_id IN ?", ids).Find(&endings).Error
	for _, e := range endings {
		a := &all[at[e.AgreementID]]
		a.EndedOn, a.EndReason = e.LastDay, e.Reason
	}
	return all, models.Translate(err)
}

func agreementByID(ctx context.Context, db models.DB, id int64) (Agreement, error) {
	var row agreementRow
	err := models.Translate(db.SQL(ctx).Where("id = ?", id).Take(&row).Error)
	if errors.Is(err, models.ErrNoRow) {
		return Agreement{}, models.NotFound("We do not know this agreement").Because(err)
	}
	if err != nil {
		return Agreement{}, err
	}
	all, err := agreementsOf(ctx, db, []int64{row.OrganisationID})
	for _, a := range all {
		if a.ID == id {
			return a, err
		}
	}
	return Agreement{}, err
}

func insertAgreement(ctx context.Context, tx models.DB, actor access.Actor, a Agreement) (Agreement, error) {
	row := agreementRow{
		OrganisationID: a.OrganisationID, DiscountThousandths: a.Discount, Reason: a.Reason, ValidFrom: a.From, ValidTo: a.To,
		CreatedAt: tx.Now(), CreatedBy: actor.PersonID,
	}
	err := models.Affected(tx.SQL(ctx).Create(&row), 1, errors.New("the agreement was not written"))
	a.ID = row.ID
	return a, err
}

// insertEnding writes the ending; of two at once the database takes the first.
func insertEnding(ctx context.Context, tx models.DB, actor access.Actor, id int64, last models.Date, reason string) error {
	row := agreementEndingRow{AgreementID: id, LastDay: last, Reason: reason, CreatedAt: tx.Now(), CreatedBy: actor.PersonID}
	err := models.Translate(tx.SQL(ctx).Create(&row).Error)
	if errors.Is(err, models.ErrDuplicate) {
		return models.Fail(models.KindConflict, "This agreement has ended already").Because(err)
	}
	return err
}
