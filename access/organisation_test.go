package access_test

import (
	"context"
	"sync"
	"testing"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

func organisationFor(ctx context.Context, tx models.DB, personID int64, name string) (access.Organisation, error) {
	return access.OrganisationFor(ctx, tx, access.Actor{PersonID: personID}, access.Person{ID: personID}, access.NewOrganisation{
		Name: name, Address: " 1 Chapel Street\nSalford ", Postcode: "M3 5DZ", Country: "GB", InvoiceEmail: "Finance@Irwell.example",
	})
}

func TestOrganisation_IsTheOneThePersonManagesByAnySpelling(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		priya := accesstest.Person(t, db, "Priya Nair", "priya@irwell.example")
		stranger := accesstest.Person(t, db, "Sam Vale", "sam@elsewhere.example")
		var first, again, other, theirs access.Organisation
		inTx(t, db, func(ctx context.Context, tx models.DB) (err error) {
			if first, err = organisationFor(ctx, tx, priya.PersonID, "Irwell Wellbeing Network"); err != nil {
				return err
			}
			if again, err = organisationFor(ctx, tx, priya.PersonID, "IRWELL Well-being network"); err != nil {
				return err
			}
			if other, err = organisationFor(ctx, tx, priya.PersonID, "Irwell Housing"); err != nil {
				return err
			}
			theirs, err = organisationFor(ctx, tx, stranger.PersonID, "Irwell Wellbeing Network")
			return err
		})
		if first.ID == 0 || again.ID != first.ID || again.Name != "Irwell Wellbeing Network" {
			t.Errorf("one name: %+v and %+v", first, again)
		}
		if first.InvoiceEmail != "finance@irwell.example" || first.Address != "1 Chapel Street\nSalford" || first.NameKey != "irwellwellbeingnetwork" {
			t.Errorf("kept as %+v", first)
		}
		if other.ID == first.ID || theirs.ID == first.ID {
			t.Error("a stranger reached an organisation by its name")
		}
		actor := accesstest.Actor(t, db, priya.PersonID)
		if len(actor.Organisations) != 2 || actor.Organisations[0].Name != "Irwell Housing" || !actor.Manages(first.ID) || actor.Manages(theirs.ID) {
			t.Errorf("manages %+v", actor.Organisations)
		}
		if managers, err := access.Managers(t.Context(), db, first.ID); err != nil || len(managers) != 1 || managers[0].ID != priya.PersonID {
			t.Errorf("managers %+v, %v", managers, err)
		}
		if n := count(t, db, "audit_rows", "action = 'organisation-created' AND organisation_id = ? AND actor_id = ?", first.ID, priya.PersonID); n != 1 {
			t.Errorf("%d audit rows", n)
		}
		if _, err := access.FindOrganisation(t.Context(), db, actor.Scope(), theirs.ID); models.KindOf(err) != models.KindNotFound {
			t.Errorf("another's organisation: %v", err)
		}
		if o, err := access.FindOrganisation(t.Context(), db, actor.Scope(), first.ID); err != nil || o.ID != first.ID {
			t.Errorf("her own: %v", err)
		}
		if o, err := access.FindOrganisation(t.Context(), db, access.System().Scope(), theirs.ID); err != nil || o.ID != theirs.ID {
			t.Errorf("the office: %v", err)
		}
		if _, err := access.FindOrganisation(t.Context(), db, access.Scope{}, first.ID); models.KindOf(err) != models.KindNotFound {
			t.Errorf("a visitor: %v", err)
		}
	})
}

func TestOrganisation_TwoBookingsAtOnceMakeOne(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		priya := accesstest.Person(t, db, "Priya Nair", "priya@irwell.example")
		var wait sync.WaitGroup
		for range 12 {
			wait.Go(func() {
				err := db.InTx(t.Context(), func(tx models.DB) error {
					_, err := organisationFor(t.Context(), tx, priya.PersonID, "Irwell Wellbeing Network")
					return err
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		wait.Wait()
		if n := count(t, db, "organisations", "1 = 1"); n != 1 {
			t.Errorf("%d organisations", n)
		}
	})
}

func TestOrganisation_NeedsANameWithLettersAndAPersonWeKnow(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		priya := accesstest.Person(t, db, "Priya Nair", "priya@irwell.example")
		try := func(personID int64, name string) error {
			return db.InTx(t.Context(), func(tx models.DB) error {
				_, err := organisationFor(t.Context(), tx, personID, name)
				return err
			})
		}
		for _, name := range []string{"", " ", "…!", "a\x00b"} {
			if err := try(priya.PersonID, name); models.KindOf(err) != models.KindInvalid {
				t.Errorf("%q: %v", name, err)
			}
		}
		if err := try(999, "Irwell"); models.KindOf(err) != models.KindNotFound {
			t.Errorf("nobody's organisation: %v", err)
		}
		if n := count(t, db, "organisations", "1 = 1"); n != 0 {
			t.Errorf("%d organisations", n)
		}
	})
}
