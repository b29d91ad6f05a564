package delivery

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

type completionRow struct {
	ID             int64
	ClosingID      int64
	SessionID      int64
	PlaceID        int64
	PersonID       int64
	OrganisationID *int64
	LastAttended   models.Date
	CompletedAt    time.Time
	CompletedBy    *int64
	Demonstration  bool
}

func (completionRow) TableName() string { return "completions" }

type withdrawalRow struct {
	CompletionID int64 `gorm:"primaryKey;autoIncrement:false"`
	WithdrawnAt  time.Time
	WithdrawnBy  *int64
	Reason       string
}

func (withdrawalRow) TableName() string { return "completion_withdrawals" }

// completionView is a completion with its person as the place names them, and its withdrawal.
type completionView struct {
	Row         completionRow `gorm:"embedded"`
	ClosedBy    int64
	Name        string
	Email       string
	WithdrawnAt *time.Time
	Reason      string
}

func (v completionView) completion() Completion {
	r := v.Row
	c := Completion{
		ID: r.ID, SessionID: r.SessionID, ClosedBy: v.ClosedBy, PlaceID: r.PlaceID, PersonID: r.PersonID, PersonName: v.Name, Email: v.Email,
		LastAttended: r.LastAttended, CompletedAt: r.CompletedAt.UTC(), CompletedBy: r.CompletedBy, OrganisationID: r.OrganisationID,
		Reason: v.Reason, Demonstration: r.Demonstration,
	}
	if v.WithdrawnAt != nil {
		at := v.WithdrawnAt.UTC()
		c.WithdrawnAt = &at
	}
	return c
}

func completionsQuery(ctx context.Context, db models.DB) *gorm.DB {
	return db.SQL(ctx).Table("completions AS c").
		Select("c.*, k.session_id AS closed_by, p.name, p.email, w.withdrawn_at, COALESCE(w.reason, '') AS reason").
		Joins("JOIN places p ON p.id = c.place_id").
		Joins("JOIN register_closings k ON k.id = c.closing_id").
		Joins("LEFT JOIN completion_withdrawals w ON w.completion_id = c.id")
}

func completionsByID(ctx context.Context, db models.DB, scope access.Scope, id int64) ([]Completion, error) {
	return readCompletions(narrow(completionsQuery(ctx, db), scope).Where("c.id = ?", id))
}

func readCompletions(query *gorm.DB) ([]Completion, error) {
	var views []completionView
	if err := query.Order("p.name, c.id").Scan(&views).Error; err != nil {
		return nil, models.Translate(err)
	}
	all := make([]Completion, len(views))
	for i, v := range views {
		all[i] = v.completion()
	}
	return all, nil
}

// narrow keeps to what the scope may see: a person's own, and those of organisations they manage.
func narrow(query *gorm.DB, scope access.Scope) *gorm.DB {
	switch {
	case scope.All:
		return query
	case scope.PersonID == 0:
		return query.Where("1 = 0")
	case len(scope.OrganisationIDs) == 0:
		return query.Where("c.person_id = ?", scope.PersonID)
	}
	return query.Where("(c.person_id = ? OR c.organisation_id IN ?)", scope.PersonID, scope.OrganisationIDs)
}

func (f Filter) narrow(query *gorm.DB) *gorm.DB {
	if f.SessionID != 0 {
		query = query.Where("c.session_id = ?", f.SessionID)
	}
	if f.ClosedBy != 0 {
		query = query.Where("k.session_id = ?", f.ClosedBy)
	}
	if f.PersonID != 0 {
		query = query.Where("c.person_id = ?", f.PersonID)
	}
	if f.OrganisationID != 0 {
		query = query.Where("c.organisation_id = ?", f.OrganisationID)
	}
	if f.Live {
		query = query.Where("w.completion_id IS NULL")
	}
	return query
}

func insertCompletions(ctx context.Context, tx models.DB, rows []completionRow) error {
	if len(rows) == 0 {
		return nil
	}
	return models.Affected(tx.SQL(ctx).Create(&rows), int64(len(rows)), errors.New("the completions were not written"))
}

func insertWithdrawal(ctx context.Context, tx models.DB, actor access.Actor, completionID int64, reason string) error {
	row := withdrawalRow{CompletionID: completionID, WithdrawnAt: tx.Now(), WithdrawnBy: personOf(actor), Reason: reason}
	return models.Affected(tx.SQL(ctx).Create(&row), 1, errors.New("the completion was not withdrawn"))
}
