package mail

import (
	"context"
	"errors"
	"strings"
	"time"

	"gorm.io/gorm"

	"hub.salford.ac.uk/ssph/models"
)

// listed are the columns of a list: bodies stay in the database.
const listed = "id, cause, kind, recipient_name, recipient_email, reply_to, subject, about_kind, about_id, status, attempts, " +
	"last_error, created_at, sent_at"

func listRows(ctx context.Context, db models.DB, f Filter) ([]mailRow, int64, error) {
	var total int64
	if err := filtered(ctx, db, f).Count(&total).Error; err != nil {
		return nil, 0, models.Translate(err)
	}
	var rows []mailRow
	err := filtered(ctx, db, f).Select(listed).Order("id DESC").Limit(PerPage).Offset((max(f.Page, 1) - 1) * PerPage).Find(&rows).Error
	return rows, total, models.Translate(err)
}

func filtered(ctx context.Context, db models.DB, f Filter) *gorm.DB {
	q := db.SQL(ctx).Model(&mailRow{})
	if f.Status != "" {
		q = q.Where("status = ?", f.Status)
	}
	if f.AboutKind != "" {
		q = q.Where("about_kind = ? AND about_id = ?", f.AboutKind, f.AboutID)
	}
	if wanted := strings.TrimSpace(f.Search); wanted != "" {
		like := "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(strings.ToLower(wanted)) + "%"
		q = q.Where(`(lower(recipient_name) LIKE ? ESCAPE '\' OR lower(recipient_email) LIKE ? ESCAPE '\' OR `+
			`lower(subject) LIKE ? ESCAPE '\')`, like, like, like)
	}
	return q
}

func findRow(ctx context.Context, db models.DB, id int64) (mailRow, error) {
	var row mailRow
	err := models.Translate(db.SQL(ctx).Where("id = ?", id).Take(&row).Error)
	if errors.Is(err, models.ErrNoRow) {
		return row, models.NotFound("There is no such email")
	}
	return row, err
}

func fileInfos(ctx context.Context, db models.DB, id int64) ([]FileInfo, error) {
	var infos []FileInfo
	err := db.SQL(ctx).Model(&partRow{}).Select("ordinal, filename, content_type, length(content) AS size").
		Where("mail_id = ?", id).Order("ordinal").Scan(&infos).Error
	return infos, models.Translate(err)
}

func findPartRow(ctx context.Context, db models.DB, mailID int64, ordinal int) (partRow, error) {
	var row partRow
	err := models.Translate(db.SQL(ctx).Where("mail_id = ? AND ordinal = ?", mailID, ordinal).Take(&row).Error)
	if errors.Is(err, models.ErrNoRow) {
		return row, models.NotFound("There is no such file")
	}
	return row, err
}

func countQueuedBefore(ctx context.Context, db models.DB, instant time.Time) (int64, error) {
	var n int64
	err := db.SQL(ctx).Model(&mailRow{}).Where("status = ? AND created_at < ?", Queued, instant).Count(&n).Error
	return n, models.Translate(err)
}
