package access

import (
	"context"
	"errors"
	"strings"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"hub.salford.ac.uk/ssph/models"
)

// TableName is the table of people.
func (Person) TableName() string { return "people" }

// roleRow says that a person has a role.
type roleRow struct {
	PersonID  int64 `gorm:"primaryKey;autoIncrement:false"`
	Role      Role  `gorm:"primaryKey"`
	GrantedAt time.Time
}

func (roleRow) TableName() string { return "person_roles" }

// insertPerson says whether the person is new; an address that is known is left as it is.
func insertPerson(ctx context.Context, tx models.DB, p Person) (bool, error) {
	res := tx.SQL(ctx).Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "email"}}, DoNothing: true}).Create(&p)
	return res.RowsAffected == 1, models.Translate(res.Error)
}

// namePerson gives a name to a person who has none; of two at once the first counts.
func namePerson(ctx context.Context, tx models.DB, personID int64, name string) error {
	return models.Translate(tx.SQL(ctx).Model(&Person{}).Where("id = ? AND name = ''", personID).Update("name", name).Error)
}

// confirmEmail notes that mail to this person's address reached them; only the first time counts.
func confirmEmail(ctx context.Context, tx models.DB, personID int64) error {
	return models.Translate(tx.SQL(ctx).Model(&Person{}).
		Where("id = ? AND email_confirmed_at IS NULL", personID).Update("email_confirmed_at", tx.Now()).Error)
}

func personByEmail(ctx context.Context, db models.DB, email string) (Person, error) {
	return onePerson(db.SQL(ctx).Where("email = ?", email))
}

func personByID(ctx context.Context, db models.DB, id int64) (Person, error) {
	return onePerson(db.SQL(ctx).Where("id = ?", id))
}

func onePerson(q *gorm.DB) (Person, error) {
	var p Person
	err := models.Translate(q.Take(&p).Error)
	if errors.Is(err, models.ErrNoRow) {
		return Person{}, models.NotFound("We do not know this person").Because(err)
	}
	return p, err
}

func searchPeople(ctx context.Context, db models.DB, filter PeopleFilter) ([]Person, int64, error) {
	matching := func() *gorm.DB {
		q := db.SQL(ctx).Model(&Person{})
		if part := strings.ToLower(strings.TrimSpace(filter.Search)); part != "" {
			like := "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(part) + "%"
			q = q.Where(`lower(name) LIKE ? ESCAPE '\' OR email LIKE ? ESCAPE '\'`, like, like)
		}
		return q
	}
	var total int64
	if err := matching().Count(&total).Error; err != nil {
		return nil, 0, models.Translate(err)
	}
	var people []Person
	err := matching().Order("lower(name), email").Limit(PeoplePerPage).
		Offset((max(filter.Page, 1) - 1) * PeoplePerPage).Find(&people).Error
	return people, total, models.Translate(err)
}

func rolesOf(ctx context.Context, db models.DB, personID int64) ([]Role, error) {
	var rows []roleRow
	err := db.SQL(ctx).Where("person_id = ?", personID).Order("role").Find(&rows).Error
	if err != nil {
		return nil, models.Translate(err)
	}
	var roles []Role
	for _, row := range rows {
		roles = append(roles, row.Role)
	}
	return roles, nil
}

// insertRole says whether the person did not have the role before.
func insertRole(ctx context.Context, tx models.DB, personID int64, role Role) (bool, error) {
	row := roleRow{PersonID: personID, Role: role, GrantedAt: tx.Now()}
	res := tx.SQL(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&row)
	return res.RowsAffected == 1, models.Translate(res.Error)
}
