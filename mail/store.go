package mail

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"hub.salford.ac.uk/ssph/models"
)

type mailRow struct {
	ID             int64
	Cause          string
	Kind           string
	RecipientName  string
	RecipientEmail string
	ReplyTo        string
	Subject        string
	BodyText       string
	BodyHTML       string `gorm:"column:body_html"`
	AboutKind      string
	AboutID        int64
	Status         Status
	Attempts       int
	LastError      string
	CreatedAt      time.Time
	SentAt         *time.Time
}

func (mailRow) TableName() string { return "mails" }

type partRow struct {
	ID          int64
	MailID      int64
	Ordinal     int
	Filename    string
	ContentType string
	Content     []byte
}

func (partRow) TableName() string { return "mail_parts" }

// insert writes the mail unless its cause has one.
func insert(ctx context.Context, tx models.DB, m Message) (id int64, isNew bool, err error) {
	row := mailRow{
		Cause: m.Cause, Kind: m.Kind, RecipientName: m.ToName, RecipientEmail: m.ToEmail, ReplyTo: m.ReplyTo,
		Subject: m.Subject, BodyText: m.Text, BodyHTML: m.HTML, AboutKind: m.AboutKind, AboutID: m.AboutID,
		Status: Queued, CreatedAt: tx.Now(),
	}
	once := clause.OnConflict{Columns: []clause.Column{{Name: "cause"}}, DoNothing: true}
	res := tx.SQL(ctx).Clauses(once).Create(&row)
	if res.Error != nil {
		return 0, false, models.Translate(res.Error)
	}
	if res.RowsAffected == 0 {
		return 0, false, nil
	}
	for i, p := range m.Parts {
		part := partRow{MailID: row.ID, Ordinal: i + 1, Filename: p.Filename, ContentType: p.ContentType, Content: p.Content}
		if part.Content == nil {
			part.Content = []byte{}
		}
		if err := models.Affected(tx.SQL(ctx).Create(&part), 1, fmt.Errorf("mail: a part was not written")); err != nil {
			return 0, false, err
		}
	}
	return row.ID, true, nil
}

// load reads a mail with its parts, to be sent.
func load(ctx context.Context, db models.DB, id int64) (mailRow, []partRow, error) {
	var row mailRow
	if err := db.SQL(ctx).Where("id = ?", id).Take(&row).Error; err != nil {
		return mailRow{}, nil, models.Translate(err)
	}
	var parts []partRow
	err := db.SQL(ctx).Where("mail_id = ?", id).Order("ordinal").Find(&parts).Error
	return row, parts, models.Translate(err)
}

// errSettled says that the mail left the queue meanwhile: somebody else sent it.
var errSettled = fmt.Errorf("mail: not in the queue any more")

// markSent ends a mail's life after the mail server took it.
func markSent(ctx context.Context, tx models.DB, id int64) error {
	return change(ctx, tx, id, map[string]any{
		"status": Sent, "sent_at": tx.Now(), "last_error": "", "attempts": gorm.Expr("attempts + 1"),
	})
}

// markAttempt notes a failed attempt; status is Failed when there will be no other, else Queued.
func markAttempt(ctx context.Context, tx models.DB, id int64, status Status, reason string) error {
	return change(ctx, tx, id, map[string]any{
		"status": status, "last_error": reason, "attempts": gorm.Expr("attempts + 1"),
	})
}

func change(ctx context.Context, tx models.DB, id int64, set map[string]any) error {
	res := tx.SQL(ctx).Model(&mailRow{}).Where("id = ? AND status = ?", id, Queued).Updates(set)
	return models.Affected(res, 1, errSettled)
}

// markQueued puts a failed mail back.
func markQueued(ctx context.Context, tx models.DB, id int64) error {
	res := tx.SQL(ctx).Model(&mailRow{}).Where("id = ? AND status = ?", id, Failed).Updates(map[string]any{"status": Queued})
	return models.Affected(res, 1, models.Fail(models.KindConflict, "Only an email that failed can be sent again"))
}

func markPassed(ctx context.Context, tx models.DB, before time.Time) error {
	err := tx.SQL(ctx).Exec("UPDATE mails SET status = 'sent', sent_at = created_at WHERE status = 'queued' AND created_at < ?", before).Error
	if err != nil {
		return fmt.Errorf("mail: count as sent: %w", models.Translate(err))
	}
	return nil
}
