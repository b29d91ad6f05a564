package scheduling

import (
	"context"
	"errors"

	"hub.salford.ac.uk/ssph/models"
)

// engagementOf finds the first time of the trainer that overlaps the span, other than those of one session: 0 for none.
func engagementOf(ctx context.Context, tx models.DB, trainerID, but int64, s span) (engagement, bool, error) {
	var found []engagement
	err := tx.SQL(ctx).Table("trainer_times AS t").
		Select("tr.name AS trainer_name, COALESCE(v.town, '') AS town, p.starts_at, p.ends_at, t.busy_from, t.busy_until").
		Joins("JOIN trainers tr ON tr.id = t.trainer_id").
		Joins("JOIN parts p ON p.id = t.part_id").
		Joins("JOIN sessions s ON s.id = p.session_id").
		Joins("LEFT JOIN venues v ON v.id = s.venue_id").
		Where("t.trainer_id = ? AND t.status = ? AND t.busy_from < ? AND t.busy_until > ? AND s.id <> ?", trainerID, timeTaken, s.until, s.from, but).
		Order("t.busy_from").Limit(1).Scan(&found).Error
	if err != nil || len(found) == 0 {
		return engagement{}, false, models.Translate(err)
	}
	return found[0], true, nil
}

var errNotWritten = errors.New("the session was not written whole")

// insertSession writes the session with its parts, its trainers and their times.
func insertSession(ctx context.Context, tx models.DB, n NewSession, parts []Part, busy []span) (int64, error) {
	row := n.row(tx)
	if err := models.Affected(tx.SQL(ctx).Create(&row), 1, errNotWritten); err != nil {
		return 0, err
	}
	partRows := make([]partRow, 0, len(parts))
	for _, p := range parts {
		partRows = append(partRows, partRow{SessionID: row.ID, Ordinal: p.Ordinal, StartsAt: p.StartsAt, EndsAt: p.EndsAt})
	}
	if err := models.Affected(tx.SQL(ctx).Create(&partRows), int64(len(partRows)), errNotWritten); err != nil {
		return 0, err
	}
	var trainers []sessionTrainerRow
	var times []trainerTimeRow
	for _, trainer := range n.TrainerIDs {
		trainers = append(trainers, sessionTrainerRow{SessionID: row.ID, TrainerID: trainer})
		for i, p := range partRows {
			times = append(times, trainerTimeRow{
				TrainerID: trainer, PartID: p.ID, BusyFrom: busy[i].from, BusyUntil: busy[i].until, Status: timeTaken,
			})
		}
	}
	if err := models.Affected(tx.SQL(ctx).Create(&trainers), int64(len(trainers)), errNotWritten); err != nil {
		return 0, err
	}
	return row.ID, models.Affected(tx.SQL(ctx).Create(&times), int64(len(times)), errNotWritten)
}

func (n NewSession) row(tx models.DB) sessionRow {
	row := sessionRow{
		CourseID: n.CourseID, Route: n.Route, Format: n.Format, JoinLink: n.JoinLink, Captions: n.Captions,
		Capacity: n.Capacity, Status: Draft, Demonstration: n.Demonstration, CreatedAt: tx.Now(),
	}
	if n.Publish {
		row.Status = Published
	}
	if n.VenueID != 0 {
		row.VenueID = &n.VenueID
	}
	if n.OrganisationID != 0 {
		row.OrganisationID = &n.OrganisationID
	}
	return row
}
