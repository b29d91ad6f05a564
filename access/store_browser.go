package access

import (
	"context"
	"time"

	"gorm.io/gorm/clause"

	"hub.salford.ac.uk/ssph/models"
)

// sessionRow is a browser session. Empty data means that it was ended: scs never writes empty data.
type sessionRow struct {
	TokenHash string `gorm:"primaryKey"`
	Data      []byte
	ExpiresAt time.Time
}

func (sessionRow) TableName() string { return "browser_sessions" }

func findSession(ctx context.Context, db models.DB, hash string) ([]byte, bool, error) {
	var rows []sessionRow
	err := db.SQL(ctx).Where("token_hash = ? AND expires_at > ? AND length(data) > 0", hash, db.Now()).Limit(1).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return nil, false, models.Translate(err)
	}
	return rows[0].Data, true, nil
}

// upsertSession writes a session; one that was ended is left alone.
func upsertSession(ctx context.Context, tx models.DB, row sessionRow) error {
	return models.Translate(tx.SQL(ctx).Clauses(clause.OnConflict{
		Columns:   []clause.Column{{Name: "token_hash"}},
		DoUpdates: clause.AssignmentColumns([]string{"data", "expires_at"}),
		Where:     clause.Where{Exprs: []clause.Expression{clause.Expr{SQL: "length(browser_sessions.data) > 0"}}},
	}).Create(&row).Error)
}

func endSession(ctx context.Context, tx models.DB, hash string) error {
	return models.Translate(tx.SQL(ctx).Model(&sessionRow{}).Where("token_hash = ?", hash).Update("data", []byte{}).Error)
}

func deleteSessionsBefore(ctx context.Context, tx models.DB, before time.Time) (int64, error) {
	res := tx.SQL(ctx).Where("expires_at <= ?", before).Delete(&sessionRow{})
	return res.RowsAffected, models.Translate(res.Error)
}
