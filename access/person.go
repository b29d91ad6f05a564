package access

import (
	"context"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// Person is anybody with an e-mail address: a booker, a delegate, a trainer, somebody in the office.
type Person struct {
	ID               int64
	Name             string // may be empty until they or a booking tell it
	Email            string // lower case
	EmailConfirmedAt *time.Time
	Demonstration    bool // invented for the demonstration
	CreatedAt        time.Time
}

// Called is the person's name, or the address while no name is known.
func (p Person) Called() string {
	if p.Name == "" {
		return p.Email
	}
	return p.Name
}

// FindOrCreatePerson returns the person with this address, and makes them when there is none. The name is taken only where none
// is known: nobody renames a person by booking for them. Errors: invalid, for the name or the address.
func FindOrCreatePerson(ctx context.Context, tx models.DB, name, email string) (Person, error) {
	return findOrCreatePerson(ctx, tx, System(), Person{Name: name, Email: email})
}

// DemonstrationPerson is FindOrCreatePerson for people invented for the demonstration, whose address counts as confirmed.
func DemonstrationPerson(ctx context.Context, tx models.DB, name, email string) (Person, error) {
	now := tx.Now()
	return findOrCreatePerson(ctx, tx, System(), Person{Name: name, Email: email, EmailConfirmedAt: &now, Demonstration: true})
}

func findOrCreatePerson(ctx context.Context, tx models.DB, actor Actor, wanted Person) (Person, error) {
	if err := tx.MustBeTx(); err != nil {
		return Person{}, err
	}
	var err error
	if wanted.Name, err = NormaliseName(wanted.Name); err != nil {
		return Person{}, err
	}
	if wanted.Email, err = NormaliseEmail(wanted.Name, wanted.Email); err != nil {
		return Person{}, err
	}
	wanted.CreatedAt = tx.Now()
	created, err := insertPerson(ctx, tx, wanted)
	if err != nil {
		return Person{}, err
	}
	p, err := personByEmail(ctx, tx, wanted.Email)
	if err != nil {
		return Person{}, err
	}
	if created {
		return p, Record(ctx, tx, actor, Entry{Action: "person-created", SubjectKind: "person", SubjectID: p.ID})
	}
	if p.Name == "" && wanted.Name != "" {
		if err := namePerson(ctx, tx, p.ID, wanted.Name); err != nil {
			return Person{}, err
		}
		return personByID(ctx, tx, p.ID)
	}
	return p, nil
}

// FindPerson returns the person with this id. Error: not found.
func FindPerson(ctx context.Context, db models.DB, id int64) (Person, error) {
	return personByID(ctx, db, id)
}

// PeopleFilter narrows the office's list of people.
type PeopleFilter struct {
	Search string // part of a name or an address; empty for all
	Page   int    // from 1; less counts as 1
}

// PeoplePerPage is how many people one page of the list holds.
const PeoplePerPage = 20

// People lists people by name for the office, a page at a time, and says how many there are in all. Error: forbidden.
func People(ctx context.Context, db models.DB, actor Actor, filter PeopleFilter) ([]Person, int64, error) {
	if err := actor.Require(RoleOffice); err != nil {
		return nil, 0, err
	}
	return searchPeople(ctx, db, filter)
}

// ActorFor is the actor a signed-in person is, with roles and organisations as they stand now. It is asked on every request, so
// that a role taken away is gone at once. Error: not found.
func ActorFor(ctx context.Context, db models.DB, personID int64) (Actor, error) {
	p, err := personByID(ctx, db, personID)
	if err != nil {
		return Actor{}, err
	}
	roles, err := rolesOf(ctx, db, personID)
	if err != nil {
		return Actor{}, err
	}
	organisations, err := Memberships(ctx, db, personID)
	if err != nil {
		return Actor{}, err
	}
	return Actor{PersonID: p.ID, Name: p.Called(), Email: p.Email, Roles: roles, Organisations: organisations}, nil
}

// GrantRole gives a person a role; one they already have changes nothing. Errors: forbidden unless the actor is the office or the
// system, not found.
func GrantRole(ctx context.Context, tx models.DB, actor Actor, personID int64, role Role) error {
	if err := tx.MustBeTx(); err != nil {
		return err
	}
	if err := actor.Require(RoleOffice); err != nil {
		return err
	}
	if !role.valid() {
		return models.Invalid("role", "Choose office or trainer")
	}
	if _, err := personByID(ctx, tx, personID); err != nil {
		return err
	}
	granted, err := insertRole(ctx, tx, personID, role)
	if err != nil || !granted {
		return err
	}
	return Record(ctx, tx, actor, Entry{
		Action: "role-granted", SubjectKind: "person", SubjectID: personID, Detail: map[string]Role{"role": role},
	})
}
