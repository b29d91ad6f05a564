package scheduling

import (
	"context"

	"gorm.io/gorm"

	"hub.salford.ac.uk/ssph/models"
)

// sessionView is a session's row with what every reader needs from its course and venue.
type sessionView struct {
	Row              sessionRow `gorm:"embedded"` // a named field: GORM passes over embedded types that are not exported
	CourseTitle      string
	VenueName        string
	VenueAddress     string
	VenueTown        string
	VenuePostcode    string
	VenueStepFree    bool
	VenueHearingLoop bool
	VenueDemo        bool
}

const viewColumns = `s.*, c.title AS course_title, COALESCE(v.name, '') AS venue_name, COALESCE(v.address, '') AS venue_address,
	COALESCE(v.town, '') AS venue_town, COALESCE(v.postcode, '') AS venue_postcode, COALESCE(v.step_free, FALSE) AS venue_step_free,
	COALESCE(v.hearing_loop, FALSE) AS venue_hearing_loop, COALESCE(v.demonstration, FALSE) AS venue_demo`

// sessionsQuery joins what narrows and orders lists of sessions: s the session, c its course, v its venue, f its first part and
// z its last.
func sessionsQuery(ctx context.Context, db models.DB) *gorm.DB {
	return db.SQL(ctx).Table("sessions AS s").
		Joins("JOIN courses c ON c.id = s.course_id").
		Joins("LEFT JOIN venues v ON v.id = s.venue_id").
		Joins("JOIN parts f ON f.session_id = s.id AND f.ordinal = 1")
}

func sessionsByID(ctx context.Context, db models.DB, ids ...int64) ([]Session, error) {
	return readSessions(ctx, db, sessionsQuery(ctx, db).Where("s.id IN ?", ids))
}

// readSessions runs the query and completes what it finds with parts and trainers: three statements, however many rows.
func readSessions(ctx context.Context, db models.DB, query *gorm.DB) ([]Session, error) {
	var views []sessionView
	if err := query.Select(viewColumns).Scan(&views).Error; err != nil {
		return nil, models.Translate(err)
	}
	if len(views) == 0 {
		return nil, nil
	}
	ids := make([]int64, 0, len(views))
	for _, v := range views {
		ids = append(ids, v.Row.ID)
	}
	parts, err := partsOf(ctx, db, ids)
	if err != nil {
		return nil, err
	}
	trainers, err := trainersOf(ctx, db, ids)
	if err != nil {
		return nil, err
	}
	sessions := make([]Session, 0, len(views))
	for _, v := range views {
		s := v.session()
		s.Parts, s.Trainers = parts[v.Row.ID], trainers[v.Row.ID]
		sessions = append(sessions, s)
	}
	return sessions, nil
}

func (v sessionView) session() Session {
	r := v.Row
	s := Session{
		ID: r.ID, CourseID: r.CourseID, CourseTitle: v.CourseTitle, Route: r.Route, Format: r.Format, JoinLink: r.JoinLink,
		Captions: r.Captions, OrganisationID: r.OrganisationID, Capacity: r.Capacity, Status: r.Status,
		Demonstration: r.Demonstration, CreatedAt: r.CreatedAt.UTC(),
	}
	if r.VenueID != nil {
		s.Venue = &Venue{
			ID: *r.VenueID, Name: v.VenueName, Address: v.VenueAddress, Town: v.VenueTown, Postcode: v.VenuePostcode,
			StepFree: v.VenueStepFree, HearingLoop: v.VenueHearingLoop, Demonstration: v.VenueDemo,
		}
	}
	return s
}

func partsOf(ctx context.Context, db models.DB, sessionIDs []int64) (map[int64][]Part, error) {
	var rows []partRow
	if err := db.SQL(ctx).Where("session_id IN ?", sessionIDs).Order("session_id, ordinal").Find(&rows).Error; err != nil {
		return nil, models.Translate(err)
	}
	parts := make(map[int64][]Part, len(sessionIDs))
	for _, r := range rows {
		part := Part{ID: r.ID, Ordinal: r.Ordinal, StartsAt: r.StartsAt.UTC(), EndsAt: r.EndsAt.UTC()}
		parts[r.SessionID] = append(parts[r.SessionID], part)
	}
	return parts, nil
}

func trainersOf(ctx context.Context, db models.DB, sessionIDs []int64) (map[int64][]Trainer, error) {
	var rows []struct {
		SessionID int64
		Trainer   trainerRow `gorm:"embedded"`
	}
	err := db.SQL(ctx).Table("session_trainers AS st").Select("st.session_id, t.*").
		Joins("JOIN trainers t ON t.id = st.trainer_id").
		Where("st.session_id IN ?", sessionIDs).Order("st.session_id, t.name, t.id").Scan(&rows).Error
	if err != nil {
		return nil, models.Translate(err)
	}
	trainers := make(map[int64][]Trainer, len(sessionIDs))
	for _, r := range rows {
		trainers[r.SessionID] = append(trainers[r.SessionID], Trainer(r.Trainer))
	}
	return trainers, nil
}
