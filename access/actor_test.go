package access_test

import (
	"slices"
	"testing"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

func TestActor_TheZeroActorIsAVisitorWhoMayDoNothing(t *testing.T) {
	t.Parallel()
	var zero access.Actor
	if zero.SignedIn() || zero.Is(access.RoleOffice) || zero.Is(access.RoleTrainer) || zero.Manages(0) || zero.Manages(1) {
		t.Error("the zero actor may do something")
	}
	if s := zero.Scope(); s.All || s.PersonID != 0 || len(s.OrganisationIDs)+len(s.Claims) != 0 {
		t.Errorf("the zero actor sees %+v", s)
	}
}

func TestActor_RolesAreWhatTheySay(t *testing.T) {
	t.Parallel()
	trainer := access.Actor{PersonID: 7, Roles: []access.Role{access.RoleTrainer}}
	office := access.Actor{PersonID: 8, Roles: []access.Role{access.RoleOffice}}
	// A role without a person is a fault of the program, and must not open anything.
	nobody := access.Actor{Roles: []access.Role{access.RoleOffice}}
	for _, c := range []struct {
		name            string
		actor           access.Actor
		office, trainer bool
	}{
		{"visitor", access.Visitor("claim"), false, false},
		{"trainer", trainer, false, true},
		{"office", office, true, false},
		{"roles without a person", nobody, false, false},
		{"system", access.System(), true, true},
	} {
		if got := c.actor.Is(access.RoleOffice); got != c.office {
			t.Errorf("%s is office: %t", c.name, got)
		}
		if got := c.actor.Is(access.RoleTrainer); got != c.trainer {
			t.Errorf("%s is trainer: %t", c.name, got)
		}
		if got := c.actor.Scope().All; got != c.office {
			t.Errorf("%s sees all: %t", c.name, got)
		}
		if err := c.actor.Require(access.RoleOffice); (err == nil) != c.office || err != nil && models.KindOf(err) != models.KindForbidden {
			t.Errorf("%s must be office: %v", c.name, err)
		}
	}
}

func TestActor_AManagerManagesOnlyTheirOrganisations(t *testing.T) {
	t.Parallel()
	a := access.Actor{PersonID: 3, Organisations: []access.Membership{{OrganisationID: 5}, {OrganisationID: 9}}}
	if !a.Manages(5) || !a.Manages(9) || a.Manages(6) {
		t.Error("manages the wrong organisations")
	}
	s := a.WithClaims("one", "two").Scope()
	if s.All || s.PersonID != 3 || !slices.Equal(s.OrganisationIDs, []int64{5, 9}) || !slices.Equal(s.Claims, []string{"one", "two"}) {
		t.Errorf("scope %+v", s)
	}
}
