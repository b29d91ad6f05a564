package tool

import (
	"context"
	"errors"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

type planRow struct {
	CaseID     int64 `gorm:"primaryKey;autoIncrement:false"`
	PlanNo     int   `gorm:"primaryKey;autoIncrement:false"`
	Status     PlanStatus
	Version    int
	ReviewOn   models.Date
	AgreedWith AgreedWith
	CopyGiven  CopyGiven
	WrittenBy  int64
	WrittenAt  time.Time
	AgreedAt   *time.Time
}

func (planRow) TableName() string { return "case_plans" }

// lastPlan is the newest plan of a case; its number is 0 when there is none.
func lastPlan(ctx context.Context, db models.DB, caseID int64) (planRow, error) {
	var rows []planRow
	err := db.SQL(ctx).Where("case_id = ?", caseID).Order("plan_no DESC").Limit(1).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return planRow{}, models.Translate(err)
	}
	return rows[0], nil
}

func insertPlan(ctx context.Context, tx models.DB, row planRow) error {
	return models.Affected(tx.SQL(ctx).Create(&row), 1, errors.New("tool: the plan was not written"))
}

// changePlan changes a draft that is still at the version it was seen at.
func changePlan(ctx context.Context, tx models.DB, row planRow, columns map[string]any) error {
	columns["version"] = row.Version + 1
	res := tx.SQL(ctx).Model(&planRow{}).
		Where("case_id = ? AND plan_no = ? AND status = ? AND version = ?", row.CaseID, row.PlanNo, PlanDraft, row.Version).Updates(columns)
	return models.Affected(res, 1, planChanged())
}

func planChanged() *models.Error {
	return models.Fail(models.KindConflict, "Somebody else saved this plan meanwhile. What you typed is kept on this page. Look at the plan, then save again")
}
