package tool

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm/clause"

	"hub.salford.ac.uk/ssph/models"
)

type canaryRow struct {
	Name   string `gorm:"primaryKey"`
	Sealed []byte
	MadeAt time.Time
}

func (canaryRow) TableName() string { return "tool_canaries" }

func canaries(ctx context.Context, db models.DB) ([]canaryRow, error) {
	var rows []canaryRow
	err := db.SQL(ctx).Order("name").Find(&rows).Error
	return rows, models.Translate(err)
}

func insertCanary(ctx context.Context, tx models.DB, name string, sealed []byte) error {
	row := canaryRow{Name: name, Sealed: sealed, MadeAt: tx.Now()}
	return models.Affected(tx.SQL(ctx).Create(&row), 1, errors.New("tool: the key's mark was not written"))
}

type packRow struct {
	Digest   string `gorm:"primaryKey"`
	PackID   string
	Version  string
	Title    string
	Body     string
	LoadedAt time.Time
}

func (packRow) TableName() string { return "tool_packs" }

// keepPack makes sure that the database has the pack a case is made with.
func keepPack(ctx context.Context, tx models.DB, p Pack) error {
	row := packRow{Digest: p.Digest, PackID: p.ID, Version: p.Version, Title: p.Title, Body: string(p.body), LoadedAt: tx.Now()}
	return models.Translate(tx.SQL(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error)
}

// packOf reads the pack a case was made with.
func packOf(ctx context.Context, db models.DB, digest string) (Pack, error) {
	var row packRow
	if err := db.SQL(ctx).Where("digest = ?", digest).Take(&row).Error; err != nil {
		return Pack{}, models.Translate(err)
	}
	return ParsePack([]byte(row.Body))
}
