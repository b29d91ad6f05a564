package access

import (
	"slices"

	"hub.salford.ac.uk/ssph/models"
)

// Role is what somebody does at the Hub. Managers of organisations are not here: they come from memberships.
type Role string

// The Hub's two roles.
const (
	RoleOffice  Role = "office"
	RoleTrainer Role = "trainer"
)

// valid says that the role is one the Hub knows.
func (r Role) valid() bool { return r == RoleOffice || r == RoleTrainer }

// Membership says that a person manages an organisation.
type Membership struct {
	OrganisationID int64
	Name           string // the organisation's
}

// Actor is who asks: a visitor, a person who has signed in, or the program itself. The zero Actor is a visitor with nothing.
type Actor struct {
	PersonID      int64 // 0 for a visitor and for the system
	Name          string
	Email         string
	Roles         []Role
	Organisations []Membership // those the person manages, by name
	Claims        []string     // hashes of the bookings this browser began, see Keys.Claim
	System        bool         // the program itself: a job or a command
}

// Visitor is somebody who has not signed in, with the claims their browser holds.
func Visitor(claims ...string) Actor { return Actor{Claims: claims} }

// System is the program itself. It may see and do everything.
func System() Actor { return Actor{System: true} }

// WithClaims returns the same actor holding these claims.
func (a Actor) WithClaims(claims ...string) Actor {
	a.Claims = claims
	return a
}

// SignedIn says that this is a person we know.
func (a Actor) SignedIn() bool { return a.PersonID != 0 }

// Is says that the person has the role. The system has every role.
func (a Actor) Is(role Role) bool { return a.System || a.SignedIn() && slices.Contains(a.Roles, role) }

// Manages says that the person is a manager of the organisation. The office is not: it sees everything through its Scope.
func (a Actor) Manages(organisationID int64) bool {
	return a.SignedIn() && slices.ContainsFunc(a.Organisations, func(m Membership) bool {
		return m.OrganisationID == organisationID
	})
}

// Require refuses whoever does not have the role, with a sentence of kind forbidden.
func (a Actor) Require(role Role) error {
	switch {
	case a.Is(role):
		return nil
	case role == RoleTrainer:
		return models.Fail(models.KindForbidden, "Only the Hub’s trainers can do this")
	}
	return models.Fail(models.KindForbidden, "Only the Hub office can do this")
}

// kind is how the audit names this actor.
func (a Actor) kind() string {
	switch {
	case a.System:
		return "system"
	case a.SignedIn():
		return "person"
	}
	return "visitor"
}
