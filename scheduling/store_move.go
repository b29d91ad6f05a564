package scheduling

import (
	"context"
	"errors"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// moveRow keeps where and when a session was before one of its moves. It is never changed.
type moveRow struct {
	ID        int64
	SessionID int64
	Number    int
	OldWhen   string
	OldWhere  string
	MovedAt   time.Time
	MovedBy   *int64
}

func (moveRow) TableName() string { return "session_moves" }

// PastMove is one move of a session, as a page tells it.
type PastMove struct {
	Number  int
	When    string // when the session was to be before
	Where   string // and where: a venue and town, or Online
	MovedAt time.Time
}

// Moves lists how often a session was moved and from where, in order. Nothing in it is secret.
func Moves(ctx context.Context, db models.DB, sessionID int64) ([]PastMove, error) {
	var rows []moveRow
	err := db.SQL(ctx).Where("session_id = ?", sessionID).Order("number").Find(&rows).Error
	moves := make([]PastMove, len(rows))
	for i, r := range rows {
		moves[i] = PastMove{Number: r.Number, When: r.OldWhen, Where: r.OldWhere, MovedAt: r.MovedAt.UTC()}
	}
	return moves, models.Translate(err)
}

func trainerByPerson(ctx context.Context, db models.DB, personID int64) (trainerRow, error) {
	var row trainerRow
	err := db.SQL(ctx).Where("person_id = ?", personID).Take(&row).Error
	return row, models.Translate(err)
}

// writeMove puts the session in its new place and time. Its own trainers' times are let go first, or a session moved by an hour
// would clash with itself.
func writeMove(ctx context.Context, tx models.DB, s Session, n NewSession, parts []Part, busy []span) error {
	if err := freeTrainers(ctx, tx, s); err != nil {
		return err
	}
	for i, p := range s.Parts {
		res := tx.SQL(ctx).Exec("UPDATE parts SET starts_at = ?, ends_at = ? WHERE id = ?", parts[i].StartsAt, parts[i].EndsAt, p.ID)
		if err := models.Affected(res, 1, errNotWritten); err != nil {
			return err
		}
		res = tx.SQL(ctx).Exec(`UPDATE trainer_times SET busy_from = ?, busy_until = ?, status = ? WHERE part_id = ? AND status = ?
			AND trainer_id IN (SELECT trainer_id FROM session_trainers WHERE session_id = ?)`,
			busy[i].from, busy[i].until, timeTaken, p.ID, timeFreed, s.ID)
		if err := models.Affected(res, int64(len(s.Trainers)), errNotWritten); err != nil {
			return err
		}
	}
	row := n.row(tx)
	res := tx.SQL(ctx).Exec("UPDATE sessions SET venue_id = ?, join_link = ? WHERE id = ? AND status = ?", row.VenueID, row.JoinLink, s.ID, s.Status)
	return models.Affected(res, 1, movedMeanwhile())
}

// insertMove keeps what the session was and returns the number of the move.
func insertMove(ctx context.Context, tx models.DB, actor access.Actor, before Session) (int, error) {
	var made int64
	if err := tx.SQL(ctx).Model(&moveRow{}).Where("session_id = ?", before.ID).Count(&made).Error; err != nil {
		return 0, models.Translate(err)
	}
	row := moveRow{
		SessionID: before.ID, Number: int(made) + 1, OldWhen: before.DaysLine() + ", " + before.TimesLine(), OldWhere: before.Where(),
		MovedAt: tx.Now(),
	}
	if before.Venue != nil {
		row.OldWhere = before.Venue.Name + ", " + before.Venue.Town
	}
	if actor.SignedIn() {
		row.MovedBy = &actor.PersonID
	}
	return row.Number, models.Affected(tx.SQL(ctx).Create(&row), 1, errors.New("the move was not written"))
}
