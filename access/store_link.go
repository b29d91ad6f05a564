package access

import (
	"context"
	"errors"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// linkRow is a sign-in link as it is kept: by the hash of its token. The row of a mail that could carry no link, because nobody
// has the address, ends the moment it begins; it is there to be counted.
type linkRow struct {
	ID        int64
	TokenHash string
	Email     string
	Name      string
	NextPath  string
	BookingID *int64
	CreatedAt time.Time
	ExpiresAt time.Time
	UsedAt    *time.Time
}

func (linkRow) TableName() string { return "sign_in_links" }

func (r linkRow) link() Link {
	return Link{
		ID: r.ID, Email: r.Email, Name: r.Name, Next: r.NextPath, BookingID: r.BookingID,
		CreatedAt: r.CreatedAt, ExpiresAt: r.ExpiresAt, UsedAt: r.UsedAt,
	}
}

func insertLink(ctx context.Context, tx models.DB, row linkRow) (linkRow, error) {
	return row, models.Affected(tx.SQL(ctx).Create(&row), 1, errors.New("access: the link was not written"))
}

func linkByToken(ctx context.Context, db models.DB, hash string) (linkRow, error) {
	var row linkRow
	err := db.SQL(ctx).Where("token_hash = ?", hash).Take(&row).Error
	return row, models.Translate(err)
}

// useLinkRow marks the link used if it still may be, and says whether it did: the one statement that decides who of many wins.
func useLinkRow(ctx context.Context, tx models.DB, hash string) (bool, error) {
	res := tx.SQL(ctx).Model(&linkRow{}).
		Where("token_hash = ? AND used_at IS NULL AND expires_at > ?", hash, tx.Now()).Update("used_at", tx.Now())
	return res.RowsAffected == 1, models.Translate(res.Error)
}

// linksSince lists when links were asked for after an instant, newest first, at most limit; for one address or, with none, for
// all. Links that were used do not count: whoever uses one wanted it.
func linksSince(ctx context.Context, db models.DB, email string, since time.Time, limit int) ([]time.Time, error) {
	q := db.SQL(ctx).Model(&linkRow{}).Where("created_at > ? AND used_at IS NULL", since)
	if email != "" {
		q = q.Where("email = ?", email)
	}
	var times []time.Time
	err := q.Order("created_at DESC").Limit(limit).Pluck("created_at", &times).Error
	return times, models.Translate(err)
}

// deleteUnusedLinks removes the links to an address that were not used and confirm no booking.
func deleteUnusedLinks(ctx context.Context, tx models.DB, email string) error {
	return models.Translate(tx.SQL(ctx).Where("email = ? AND used_at IS NULL AND booking_id IS NULL", email).Delete(&linkRow{}).Error)
}

// deleteLinksBefore removes links that ended before an instant: nothing refers to them, and they hold addresses.
func deleteLinksBefore(ctx context.Context, tx models.DB, before time.Time) (int64, error) {
	res := tx.SQL(ctx).Where("expires_at < ?", before).Delete(&linkRow{})
	return res.RowsAffected, models.Translate(res.Error)
}
