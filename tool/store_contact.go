package tool

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"

	"hub.salford.ac.uk/ssph/models"
)

type contactRow struct {
	ID             int64
	OrganisationID *int64
	OwnerID        *int64
	Code           string
	Name           string
	Number         string
	EnteredBy      int64
	EnteredAt      time.Time
}

func (contactRow) TableName() string { return "safety_contacts" }

// contacts narrows a query to the rows of a party.
func (p Party) contacts(q *gorm.DB) *gorm.DB {
	if p.OrganisationID != nil {
		return q.Where("organisation_id = ?", *p.OrganisationID)
	}
	return q.Where("owner_id = ?", p.PersonID)
}

// contactsOf reads what a party entered last for each local contact.
func contactsOf(ctx context.Context, db models.DB, whose Party) ([]SafetyContact, error) {
	var rows []contactRow
	newest := whose.contacts(db.SQL(ctx).Model(&contactRow{}).Select("MAX(id)")).Group("code")
	if err := db.SQL(ctx).Where("id IN (?)", newest).Order("code").Find(&rows).Error; err != nil {
		return nil, models.Translate(err)
	}
	entered := make([]SafetyContact, len(rows))
	for n, row := range rows {
		entered[n] = SafetyContact{Code: row.Code, Name: row.Name, Number: row.Number, EnteredAt: row.EnteredAt}
	}
	return entered, nil
}

func insertContact(ctx context.Context, tx models.DB, whose Party, s SafetyContact, by int64) error {
	row := contactRow{OrganisationID: whose.OrganisationID, Code: s.Code, Name: s.Name, Number: s.Number, EnteredBy: by, EnteredAt: tx.Now()}
	if whose.OrganisationID == nil {
		row.OwnerID = &whose.PersonID
	}
	return models.Affected(tx.SQL(ctx).Create(&row), 1, errors.New("tool: the contact was not written"))
}

// organisations are a page of the organisations, by name, and how many there are.
func organisations(ctx context.Context, db models.DB, page int) ([]OrganisationContacts, int64, error) {
	var rows []struct {
		ID   int64
		Name string
	}
	var total int64
	if err := db.SQL(ctx).Table("organisations").Count(&total).Error; err != nil {
		return nil, 0, models.Translate(err)
	}
	err := db.SQL(ctx).Table("organisations").Select("id, name").Order("lower(name), id").
		Limit(OrganisationsPerPage).Offset((max(page, 1) - 1) * OrganisationsPerPage).Scan(&rows).Error
	list := make([]OrganisationContacts, len(rows))
	for n, row := range rows {
		list[n] = OrganisationContacts{OrganisationID: row.ID, Name: row.Name}
	}
	return list, total, models.Translate(err)
}
