package access

import (
	"context"
	"errors"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// TableName is the table of organisations.
func (Organisation) TableName() string { return "organisations" }

// membershipRow says that a person manages an organisation since an instant.
type membershipRow struct {
	OrganisationID int64 `gorm:"primaryKey;autoIncrement:false"`
	PersonID       int64 `gorm:"primaryKey;autoIncrement:false"`
	Role           string
	Since          time.Time
}

func (membershipRow) TableName() string { return "memberships" }

// manager is the one role a membership has.
const manager = "manager"

// lockPerson makes other transactions that lock the same person wait until this one ends.
func lockPerson(ctx context.Context, tx models.DB, personID int64) error {
	res := tx.SQL(ctx).Exec("UPDATE people SET name = name WHERE id = ?", personID)
	return models.Affected(res, 1, models.NotFound("We do not know this person"))
}

// managedWithKey is the oldest organisation with this name key that the person manages, and whether there is one.
func managedWithKey(ctx context.Context, tx models.DB, personID int64, key string) (Organisation, bool, error) {
	var found []Organisation
	err := tx.SQL(ctx).
		Joins("JOIN memberships ON memberships.organisation_id = organisations.id").
		Where("memberships.person_id = ? AND organisations.name_key = ?", personID, key).
		Order("organisations.id").Limit(1).Find(&found).Error
	if err != nil || len(found) == 0 {
		return Organisation{}, false, models.Translate(err)
	}
	return found[0], true, nil
}

func insertOrganisation(ctx context.Context, tx models.DB, row Organisation, managerID int64) (Organisation, error) {
	if err := models.Affected(tx.SQL(ctx).Create(&row), 1, errors.New("access: the organisation was not written")); err != nil {
		return Organisation{}, err
	}
	member := membershipRow{OrganisationID: row.ID, PersonID: managerID, Role: manager, Since: tx.Now()}
	return row, models.Affected(tx.SQL(ctx).Create(&member), 1, errors.New("access: the membership was not written"))
}

func organisationByID(ctx context.Context, db models.DB, scope Scope, id int64) (Organisation, error) {
	var o Organisation
	err := models.Translate(scope.Organisations(db.SQL(ctx)).Where("id = ?", id).Take(&o).Error)
	if errors.Is(err, models.ErrNoRow) {
		return Organisation{}, models.NotFound("We do not know this organisation").Because(err)
	}
	return o, err
}

func membershipsOf(ctx context.Context, db models.DB, personID int64) ([]Membership, error) {
	var list []Membership
	err := db.SQL(ctx).Table("memberships").
		Select("organisations.id AS organisation_id, organisations.name AS name").
		Joins("JOIN organisations ON organisations.id = memberships.organisation_id").
		Where("memberships.person_id = ?", personID).
		Order("lower(organisations.name), organisations.id").Scan(&list).Error
	return list, models.Translate(err)
}

func managersOf(ctx context.Context, db models.DB, organisationID int64) ([]Person, error) {
	var list []Person
	err := db.SQL(ctx).
		Joins("JOIN memberships ON memberships.person_id = people.id").
		Where("memberships.organisation_id = ?", organisationID).
		Order("lower(people.name), people.email").Find(&list).Error
	return list, models.Translate(err)
}
