package access

// Scope is what an actor may see of other people's things. Reads that cross people take one and pass their query through it.
type Scope struct {
	All             bool // the office and the system
	PersonID        int64
	OrganisationIDs []int64
	Claims          []string
}

// Scope is what this actor may see: all for the office and the system, otherwise what is theirs, their organisations', or was
// begun in their browser.
func (a Actor) Scope() Scope {
	s := Scope{All: a.Is(RoleOffice), PersonID: a.PersonID, Claims: a.Claims}
	if !a.SignedIn() {
		return s
	}
	for _, m := range a.Organisations {
		s.OrganisationIDs = append(s.OrganisationIDs, m.OrganisationID)
	}
	return s
}
