package access

import (
	"context"
	"strings"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// Subject names a thing the audit tells of: "booking", 17.
type Subject struct {
	Kind string
	ID   int64
}

// Event is one row of the audit as the office reads it.
type Event struct {
	ID      int64
	At      time.Time // UTC
	Actor   string    // "person", "visitor" or "system"
	Name    string    // of the person; empty for the others
	Action  string
	Subject Subject
	Detail  string // JSON, or empty
}

// auditMost bounds what is read about one thing.
const auditMost = 500

// History reads what the audit has about these things, oldest first, at most 500 rows. Only the office may ask.
func History(ctx context.Context, db models.DB, actor Actor, subjects []Subject) ([]Event, error) {
	if err := actor.Require(RoleOffice); err != nil {
		return nil, err
	}
	if len(subjects) == 0 {
		return nil, nil
	}
	ids := map[string][]int64{}
	for _, s := range subjects {
		ids[s.Kind] = append(ids[s.Kind], s.ID)
	}
	var rules []string
	var values []any
	for kind, some := range ids {
		rules, values = append(rules, "audit_rows.subject_kind = ? AND audit_rows.subject_id IN ?"), append(values, kind, some)
	}
	var rows []struct {
		Row  auditRow `gorm:"embedded"`
		Name string
	}
	err := db.SQL(ctx).Table("audit_rows").
		Select("audit_rows.*, COALESCE(CASE WHEN people.name = '' THEN people.email ELSE people.name END, '') AS name").
		Joins("LEFT JOIN people ON people.id = audit_rows.actor_id").
		Where(strings.Join(rules, " OR "), values...).
		Order("audit_rows.id").Limit(auditMost).Scan(&rows).Error
	events := make([]Event, len(rows))
	for i, r := range rows {
		events[i] = Event{
			ID: r.Row.ID, At: r.Row.At.UTC(), Actor: r.Row.Actor, Name: r.Name, Action: r.Row.Action,
			Subject: Subject{r.Row.SubjectKind, r.Row.SubjectID}, Detail: r.Row.Detail,
		}
	}
	return events, models.Translate(err)
}

// Tie is what a person is to the Hub beside a name and an address.
type Tie struct {
	Roles         []Role
	Organisations []string // those they manage, by name
}

// Ties reads the roles and organisations of these people; one with neither is left out. Only the office may ask.
func Ties(ctx context.Context, db models.DB, actor Actor, people []int64) (map[int64]Tie, error) {
	if err := actor.Require(RoleOffice); err != nil {
		return nil, err
	}
	if len(people) == 0 {
		return nil, nil
	}
	ties := map[int64]Tie{}
	var roles []roleRow
	if err := db.SQL(ctx).Where("person_id IN ?", people).Order("role").Find(&roles).Error; err != nil {
		return nil, models.Translate(err)
	}
	for _, r := range roles {
		tie := ties[r.PersonID]
		tie.Roles = append(tie.Roles, r.Role)
		ties[r.PersonID] = tie
	}
	var managed []struct {
		PersonID int64
		Name     string
	}
	err := db.SQL(ctx).Table("memberships").Select("memberships.person_id, organisations.name").
		Joins("JOIN organisations ON organisations.id = memberships.organisation_id").
		Where("memberships.person_id IN ?", people).Order("lower(organisations.name), organisations.id").Scan(&managed).Error
	for _, m := range managed {
		tie := ties[m.PersonID]
		tie.Organisations = append(tie.Organisations, m.Name)
		ties[m.PersonID] = tie
	}
	return ties, models.Translate(err)
}
