package access

import (
	"context"
	"strings"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// Organisation is a buyer that is not a person. Its managers see its places and invoices.
type Organisation struct {
	ID            int64
	Name          string
	NameKey       string // see NameKey
	Address       string // lines
	Postcode      string
	Country       string
	InvoiceEmail  string
	Demonstration bool
	CreatedAt     time.Time
}

// NewOrganisation is what somebody tells about their organisation when they book for it.
type NewOrganisation struct {
	Name, Address, Postcode, Country, InvoiceEmail string
	Demonstration                                  bool
}

// OrganisationFor returns the organisation of this name that the person manages, and makes it, with the person as its manager,
// when there is none. An organisation that exists keeps its address: a booking has its own. Only a person who manages it joins
// it by its name, so nobody reaches another's invoices by typing it; call it once the person's address is confirmed, or by
// somebody's address a stranger could. The actor is who does it, for the audit. Errors: invalid, for the name or the invoice address.
func OrganisationFor(ctx context.Context, tx models.DB, actor Actor, person Person, wanted NewOrganisation) (Organisation, error) {
	if err := tx.MustBeTx(); err != nil {
		return Organisation{}, err
	}
	row, err := wanted.checked()
	if err != nil {
		return Organisation{}, err
	}
	// The person's row is the lock: two bookings at once must not make the organisation twice.
	if err := lockPerson(ctx, tx, person.ID); err != nil {
		return Organisation{}, err
	}
	if found, ok, err := managedWithKey(ctx, tx, person.ID, row.NameKey); err != nil || ok {
		return found, err
	}
	row.CreatedAt = tx.Now()
	if row, err = insertOrganisation(ctx, tx, row, person.ID); err != nil {
		return Organisation{}, err
	}
	return row, Record(ctx, tx, actor, Entry{
		Action: "organisation-created", SubjectKind: "organisation", SubjectID: row.ID, OrganisationID: &row.ID,
	})
}

// checked brings the particulars to the form in which they are kept.
func (n NewOrganisation) checked() (Organisation, error) {
	name, err := NormaliseName(n.Name)
	if err != nil {
		return Organisation{}, err
	}
	key := NameKey(name)
	if key == "" {
		return Organisation{}, models.Invalid("name", "Enter the organisation’s name")
	}
	email := ""
	if strings.TrimSpace(n.InvoiceEmail) != "" {
		if email, err = NormaliseEmail(name, n.InvoiceEmail); err != nil {
			return Organisation{}, err
		}
	}
	return Organisation{
		Name: name, NameKey: key, InvoiceEmail: email, Demonstration: n.Demonstration,
		Address: strings.TrimSpace(n.Address), Postcode: strings.TrimSpace(n.Postcode), Country: strings.TrimSpace(n.Country),
	}, nil
}

// FindOrganisation returns an organisation in scope. Error: not found, also for one that is not the actor's.
func FindOrganisation(ctx context.Context, db models.DB, scope Scope, id int64) (Organisation, error) {
	return organisationByID(ctx, db, scope, id)
}

// Memberships lists the organisations a person manages, by name.
func Memberships(ctx context.Context, db models.DB, personID int64) ([]Membership, error) {
	return membershipsOf(ctx, db, personID)
}

// Managers lists the people who manage an organisation, by name.
func Managers(ctx context.Context, db models.DB, organisationID int64) ([]Person, error) {
	return managersOf(ctx, db, organisationID)
}
