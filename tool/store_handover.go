package tool

import (
	"context"
	"errors"
	"fmt"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

type handoverRow struct {
	CaseID     int64 `gorm:"primaryKey;autoIncrement:false"`
	Ordinal    int   `gorm:"primaryKey;autoIncrement:false"`
	FromPerson int64
	ToPerson   int64
	HandedBy   int64
	HandedAt   time.Time
}

func (handoverRow) TableName() string { return "case_handovers" }

// passOn gives the case, whose lock the caller has, to another person and returns the number of the handover.
func (w work) passOn(ctx context.Context, tx models.DB, to int64) (int, error) {
	var last int
	if err := tx.SQL(ctx).Raw("SELECT COALESCE(MAX(ordinal), 0) FROM case_handovers WHERE case_id = ?", w.row.ID).Scan(&last).Error; err != nil {
		return 0, fmt.Errorf("handovers: %w", err)
	}
	row := handoverRow{CaseID: w.row.ID, Ordinal: last + 1, FromPerson: w.row.holder(), ToPerson: to, HandedBy: w.actor.PersonID, HandedAt: tx.Now()}
	if err := models.Affected(tx.SQL(ctx).Create(&row), 1, errors.New("tool: the handover was not written")); err != nil {
		return 0, err
	}
	res := tx.SQL(ctx).Model(&caseRow{}).Where("id = ? AND "+heldBy+" = ?", w.row.ID, w.row.holder()).Update("held_by", to)
	return row.Ordinal, models.Affected(res, 1, models.Fail(models.KindConflict, "This case changed meanwhile. Look at it again"))
}

func (r handoverRow) handover(reason string) Handover {
	return Handover{From: r.FromPerson, To: r.ToPerson, At: r.HandedAt, By: r.HandedBy, Reason: reason}
}

// namesOf are the people who have done something in a case, by id.
func (p parts) namesOf(ctx context.Context, db models.DB, row caseRow) (map[int64]string, error) {
	ids := []int64{row.OpenedBy, row.holder(), p.plan.WrittenBy}
	for _, e := range p.events {
		ids = append(ids, e.MovedBy)
	}
	for _, h := range p.handovers {
		ids = append(ids, h.FromPerson, h.ToPerson, h.HandedBy)
	}
	for _, f := range p.flags {
		ids = append(ids, f.NoticedBy)
	}
	for _, a := range p.actions {
		ids = append(ids, a.DoneBy)
	}
	for _, made := range p.decisions {
		ids = append(ids, made.MadeBy)
	}
	var people []struct {
		ID          int64
		Name, Email string
	}
	if err := db.SQL(ctx).Table("people").Select("id, name, email").Where("id IN ?", ids).Scan(&people).Error; err != nil {
		return nil, models.Translate(err)
	}
	names := map[int64]string{}
	for _, one := range people {
		names[one.ID] = calledOr(one.Name, one.Email)
	}
	return names, nil
}
