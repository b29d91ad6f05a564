package access

import (
	"context"
	"strings"

	"gorm.io/gorm"

	"hub.salford.ac.uk/ssph/models"
)

// OrganisationFilter narrows the office's list of organisations.
type OrganisationFilter struct {
	Search string // part of a name or a postcode; empty for all
	Page   int    // from 1; less counts as 1
}

// OrganisationsPerPage is how many organisations one page of the list holds.
const OrganisationsPerPage = 20

// Organisations lists organisations by name for the office, a page at a time, and says how many there are in all. Error: forbidden.
func Organisations(ctx context.Context, db models.DB, actor Actor, filter OrganisationFilter) ([]Organisation, int64, error) {
	if err := actor.Require(RoleOffice); err != nil {
		return nil, 0, err
	}
	query := db.SQL(ctx).Model(&Organisation{})
	if part := strings.ToLower(strings.TrimSpace(filter.Search)); part != "" {
		like := "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(part) + "%"
		query = query.Where(`(lower(name) LIKE ? ESCAPE '\' OR lower(postcode) LIKE ? ESCAPE '\')`, like, like)
	}
	query = query.Session(&gorm.Session{})
	var total int64
	if err := query.Count(&total).Error; err != nil {
		return nil, 0, models.Translate(err)
	}
	var found []Organisation
	err := query.Order("lower(name), id").Limit(OrganisationsPerPage).
		Offset((max(filter.Page, 1) - 1) * OrganisationsPerPage).Find(&found).Error
	return found, total, models.Translate(err)
}

// ManagersOf lists the managers of these organisations, by name, by the organisation's id. Only the office may ask.
func ManagersOf(ctx context.Context, db models.DB, actor Actor, organisations []int64) (map[int64][]Person, error) {
	if err := actor.Require(RoleOffice); err != nil {
		return nil, err
	}
	if len(organisations) == 0 {
		return nil, nil
	}
	var rows []struct {
		OrganisationID int64
		Person         Person `gorm:"embedded"`
	}
	err := db.SQL(ctx).Table("people").Select("memberships.organisation_id, people.*").
		Joins("JOIN memberships ON memberships.person_id = people.id").
		Where("memberships.organisation_id IN ?", organisations).Order("lower(people.name), people.email").Scan(&rows).Error
	found := map[int64][]Person{}
	for _, r := range rows {
		found[r.OrganisationID] = append(found[r.OrganisationID], r.Person)
	}
	return found, models.Translate(err)
}
