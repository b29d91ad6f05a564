package delivery

import (
	"context"
	"errors"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

type markRow struct {
	ID       int64
	PartID   int64
	PlaceID  int64
	PersonID int64
	Mark     Mark
	MarkedAt time.Time
	MarkedBy *int64
}

func (markRow) TableName() string { return "attendance_marks" }

// closingRow is one time that the register of a session was closed by completing it; round counts them.
type closingRow struct {
	ID        int64
	SessionID int64
	Round     int
	ClosedAt  time.Time
	ClosedBy  *int64
}

func (closingRow) TableName() string { return "register_closings" }

type reopeningRow struct {
	ClosingID  int64 `gorm:"primaryKey;autoIncrement:false"`
	ReopenedAt time.Time
	ReopenedBy *int64
	Reason     string
}

func (reopeningRow) TableName() string { return "register_reopenings" }

// markKey is what a mark belongs to.
type markKey struct{ part, place int64 }

func marksOf(ctx context.Context, db models.DB, sessionID int64) (map[markKey]markRow, error) {
	var rows []markRow
	err := db.SQL(ctx).Where("part_id IN (SELECT id FROM parts WHERE session_id = ?)", sessionID).Find(&rows).Error
	marks := make(map[markKey]markRow, len(rows))
	for _, r := range rows {
		marks[markKey{r.PartID, r.PlaceID}] = r
	}
	return marks, models.Translate(err)
}

// writeMark writes or corrects the mark of a place in a part, under the session's lock.
func writeMark(ctx context.Context, tx models.DB, actor access.Actor, part int64, row Row, mark Mark) error {
	res := tx.SQL(ctx).Exec("UPDATE attendance_marks SET person_id = ?, mark = ?, marked_at = ?, marked_by = ? WHERE part_id = ? AND place_id = ?",
		*row.PersonID, mark, tx.Now(), personOf(actor), part, row.PlaceID)
	if res.Error == nil && res.RowsAffected == 0 {
		res = tx.SQL(ctx).Exec("INSERT INTO attendance_marks (part_id, place_id, person_id, mark, marked_at, marked_by) VALUES (?, ?, ?, ?, ?, ?)",
			part, row.PlaceID, *row.PersonID, mark, tx.Now(), personOf(actor))
	}
	return models.Affected(res, 1, errors.New("the mark was not written"))
}

// personOf is the actor as the rows keep who did it: nobody for the program itself.
func personOf(actor access.Actor) *int64 {
	if !actor.SignedIn() {
		return nil
	}
	return &actor.PersonID
}

// closingOf is the closing that stands: the register is closed; false while it is open.
func closingOf(ctx context.Context, db models.DB, sessionID int64) (closingRow, bool, error) {
	var row closingRow
	err := models.Translate(db.SQL(ctx).Where(`session_id = ? AND NOT EXISTS
		(SELECT 1 FROM register_reopenings r WHERE r.closing_id = register_closings.id)`, sessionID).Take(&row).Error)
	if errors.Is(err, models.ErrNoRow) {
		return closingRow{}, false, nil
	}
	row.ClosedAt = row.ClosedAt.UTC()
	return row, err == nil, err
}

// insertClosing closes the register once more. The database refuses it while an earlier closing stands.
func insertClosing(ctx context.Context, tx models.DB, actor access.Actor, sessionID int64) (closingRow, error) {
	var before int64
	if err := tx.SQL(ctx).Model(&closingRow{}).Where("session_id = ?", sessionID).Count(&before).Error; err != nil {
		return closingRow{}, models.Translate(err)
	}
	row := closingRow{SessionID: sessionID, Round: int(before) + 1, ClosedAt: tx.Now(), ClosedBy: personOf(actor)}
	return row, models.Affected(tx.SQL(ctx).Create(&row), 1, errors.New("the register was not closed"))
}

func insertReopening(ctx context.Context, tx models.DB, actor access.Actor, closingID int64, reason string) error {
	row := reopeningRow{ClosingID: closingID, ReopenedAt: tx.Now(), ReopenedBy: personOf(actor), Reason: reason}
	return models.Affected(tx.SQL(ctx).Create(&row), 1, errors.New("the register was not opened again"))
}
