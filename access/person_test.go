package access_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

func findOrCreate(t *testing.T, db models.DB, name, email string) access.Person {
	t.Helper()
	var p access.Person
	inTx(t, db, func(ctx context.Context, tx models.DB) (err error) {
		p, err = access.FindOrCreatePerson(ctx, tx, name, email)
		return err
	})
	return p
}

func TestPerson_OneAddressIsOnePerson(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		first := findOrCreate(t, db, "", "Grace.Okafor@Irwell.example")
		if first.ID == 0 || first.Called() != "grace.okafor@irwell.example" || first.EmailConfirmedAt != nil || first.Demonstration {
			t.Fatalf("made %+v", first)
		}
		named := findOrCreate(t, db, " Grace  Okafor ", " grace.okafor@irwell.example")
		if named.ID != first.ID || named.Name != "Grace Okafor" {
			t.Errorf("a name where there was none: %+v", named)
		}
		if again := findOrCreate(t, db, "Somebody Else", "grace.okafor@irwell.example"); again.ID != first.ID || again.Name != "Grace Okafor" {
			t.Errorf("a stranger renamed her: %+v", again)
		}
		kept, err := access.FindPerson(t.Context(), db, first.ID)
		if err != nil || kept.Name != "Grace Okafor" {
			t.Errorf("kept %+v, %v", kept, err)
		}
		if n := count(t, db, "audit_rows", "action = 'person-created' AND subject_id = ?", first.ID); n != 1 {
			t.Errorf("%d audit rows", n)
		}
		if _, err := access.FindOrCreatePerson(t.Context(), db, "Tom Ashworth", "tom@irwell.example"); err == nil {
			t.Error("a person was made outside a transaction")
		}
	})
}

func TestPerson_ManyAtOnceMakeOne(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		var wait sync.WaitGroup
		ids := make([]int64, 20)
		for i := range ids {
			wait.Go(func() {
				err := db.InTx(t.Context(), func(tx models.DB) error {
					p, err := access.FindOrCreatePerson(t.Context(), tx, "Grace Okafor", "grace@irwell.example")
					ids[i] = p.ID
					return err
				})
				if err != nil {
					t.Errorf("%d: %v", i, err)
				}
			})
		}
		wait.Wait()
		for _, id := range ids {
			if id == 0 || id != ids[0] {
				t.Fatalf("several people: %v", ids)
			}
		}
	})
}

func TestPerson_OfTwoNamesAtOnceTheFirstCounts(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		findOrCreate(t, db, "", "grace@irwell.example")
		var wait sync.WaitGroup
		names := make([]string, 12)
		for i := range names {
			wait.Go(func() {
				err := db.InTx(t.Context(), func(tx models.DB) error {
					p, err := access.FindOrCreatePerson(t.Context(), tx, fmt.Sprint("Grace ", i), "grace@irwell.example")
					names[i] = p.Name
					return err
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		wait.Wait()
		for _, name := range names {
			if name == "" || name != names[0] {
				t.Fatalf("several names: %q", names)
			}
		}
	})
}

func TestPerson_BadParticularsMakeNobody(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		for _, c := range []struct{ name, email, want string }{
			{"Tom Ashworth", "tom.example.org", "Tom Ashworth’s email is missing the @"},
			{"Tom\x00", "tom@example.org", "The name has a sign in it that we cannot print. Type it again"},
		} {
			err := db.InTx(t.Context(), func(tx models.DB) error {
				_, err := access.FindOrCreatePerson(t.Context(), tx, c.name, c.email)
				return err
			})
			if models.KindOf(err) != models.KindInvalid || err.Error() != c.want {
				t.Errorf("%q %q: %v", c.name, c.email, err)
			}
		}
		if n := count(t, db, "people", "1 = 1"); n != 0 {
			t.Errorf("%d people", n)
		}
		if _, err := access.FindPerson(t.Context(), db, 1); models.KindOf(err) != models.KindNotFound {
			t.Errorf("nobody: %v", err)
		}
		if _, err := access.ActorFor(t.Context(), db, 1); models.KindOf(err) != models.KindNotFound {
			t.Errorf("nobody's actor: %v", err)
		}
	})
}

func TestRole_OnlyTheOfficeGivesOneAndOnce(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		office := accesstest.Office(t, db)
		rowan := accesstest.Person(t, db, "Rowan", "rowan@ssph.example")
		grant := func(by access.Actor, to int64, role access.Role) error {
			return db.InTx(t.Context(), func(tx models.DB) error { return access.GrantRole(t.Context(), tx, by, to, role) })
		}
		for _, by := range []access.Actor{{}, rowan, access.Visitor("claim")} {
			if err := grant(by, rowan.PersonID, access.RoleOffice); models.KindOf(err) != models.KindForbidden {
				t.Errorf("granted by %+v: %v", by, err)
			}
		}
		for range 2 {
			if err := grant(office, rowan.PersonID, access.RoleTrainer); err != nil {
				t.Fatal(err)
			}
		}
		if a := accesstest.Actor(t, db, rowan.PersonID); !a.Is(access.RoleTrainer) || a.Is(access.RoleOffice) || a.Name != "Rowan" {
			t.Errorf("became %+v", a)
		}
		if n := count(t, db, "audit_rows", "action = 'role-granted' AND subject_id = ? AND actor_id = ?", rowan.PersonID, office.PersonID); n != 1 {
			t.Errorf("%d audit rows", n)
		}
		if err := grant(office, rowan.PersonID, "king"); models.KindOf(err) != models.KindInvalid {
			t.Errorf("a role that is none: %v", err)
		}
		if err := grant(office, 999, access.RoleTrainer); models.KindOf(err) != models.KindNotFound {
			t.Errorf("a role for nobody: %v", err)
		}
	})
}

func TestPeople_TheOfficeFindsThemAPageAtATime(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		office := accesstest.Office(t, db)
		for i := range 25 {
			accesstest.Person(t, db, fmt.Sprintf("Delegate %02d", i), fmt.Sprintf("d%02d@irwell.example", i))
		}
		accesstest.Person(t, db, "100% Ready_Now", "ready@irwell.example")
		list := func(search string, page int) ([]access.Person, int64) {
			people, total, err := access.People(t.Context(), db, office, access.PeopleFilter{Search: search, Page: page})
			if err != nil {
				t.Fatal(err)
			}
			return people, total
		}
		if people, total := list(" deleGATE ", 0); total != 25 || len(people) != 20 || people[0].Name != "Delegate 00" {
			t.Errorf("page 1: %d of %d", len(people), total)
		}
		if people, _ := list("delegate", 2); len(people) != 5 || people[4].Name != "Delegate 24" {
			t.Errorf("page 2: %d", len(people))
		}
		for search, want := range map[string]int64{"%": 1, "_now": 1, `\`: 0, "d07@": 1, "' OR 1=1": 0} {
			if _, total := list(search, 1); total != want {
				t.Errorf("%q finds %d, want %d", search, total, want)
			}
		}
		if _, _, err := access.People(t.Context(), db, access.Visitor(), access.PeopleFilter{}); models.KindOf(err) != models.KindForbidden {
			t.Errorf("a visitor lists people: %v", err)
		}
	})
}
