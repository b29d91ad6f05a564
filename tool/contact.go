package tool

import (
	"context"
	"slices"
	"strings"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// Party is whose cases they are: an organisation, or a person who is their own. Exactly one of the two is set.
type Party struct {
	OrganisationID *int64
	PersonID       int64
}

// SafetyContact is a number that a party entered for a local line of the crisis panel.
type SafetyContact struct {
	Code      string // of the pack's contact
	Name      string // who answers
	Number    string // empty when it was taken off the panel
	EnteredAt time.Time
}

// Panel is the crisis panel as a party's people see it.
type Panel struct {
	Contacts []Contact // every number that is there to be called
	Missing  []Contact // the local ones that nobody has entered yet
	Whose    Party
}

// longestContact bounds the name of who answers, in characters.
const longestContact = 100

// How many digits a telephone number may have: from 101 to the longest in the world.
const (
	fewestDigits = 3
	mostDigits   = 15
)

// Local lists the contacts that each organisation enters for itself.
func (p Pack) Local() []Contact {
	return slices.DeleteFunc(slices.Clone(p.Crisis), func(c Contact) bool { return c.Number != "" })
}

// PanelOf is the crisis panel with the numbers that a party entered, in pack order.
func (p Pack) PanelOf(whose Party, entered []SafetyContact) Panel {
	panel := Panel{Whose: whose}
	for _, c := range p.Crisis {
		if c.Number == "" {
			own, ok := find(entered, func(s SafetyContact) bool { return s.Code == c.Code && s.Number != "" })
			if !ok {
				panel.Missing = append(panel.Missing, c)
				continue
			}
			c.Number, c.What = own.Number, own.Name
			if c.Print != nil {
				c.Print = &ContactPrint{Number: own.Number, For: c.Print.For}
			}
		}
		panel.Contacts = append(panel.Contacts, c)
	}
	return panel
}

// Contact returns a number of the panel that is there to be called.
func (p Panel) Contact(code string) (Contact, bool) {
	return find(p.Contacts, func(c Contact) bool { return c.Code == code })
}

// Panel is the crisis panel for a person outside a case, whatever their licence allows: safety is never hidden.
func (d Desk) Panel(ctx context.Context, db models.DB, actor access.Actor) (Panel, error) {
	if !actor.SignedIn() {
		return Panel{Contacts: d.Pack.Panel()}, nil
	}
	v, err := d.visit(ctx, db, actor)
	if err != nil {
		return Panel{}, err
	}
	entered, err := contactsOf(ctx, db, v.party())
	return d.Pack.PanelOf(v.party(), entered), err
}

func (v visit) party() Party {
	if v.organisation != nil {
		return Party{OrganisationID: v.organisation}
	}
	return Party{PersonID: v.actor.PersonID}
}

// Contacts are the local numbers of a party, for those who may enter them: its managers and the office, and a person for
// themselves. Error: not found for anybody else.
func (d Desk) Contacts(ctx context.Context, db models.DB, actor access.Actor, whose Party) ([]SafetyContact, error) {
	if err := mayEnter(ctx, db, actor, whose); err != nil {
		return nil, err
	}
	return contactsOf(ctx, db, whose)
}

// EnterContacts keeps the local numbers of a party; one with neither name nor number is taken off the panel. What stands there
// already changes nothing. Errors: not found, as Contacts; invalid with fields "name-CODE" and "number-CODE".
func (d Desk) EnterContacts(ctx context.Context, tx models.DB, actor access.Actor, whose Party, typed []SafetyContact) error {
	if err := tx.MustBeTx(); err != nil {
		return err
	}
	before, err := d.Contacts(ctx, tx, actor, whose)
	if err != nil {
		return err
	}
	var wrong models.Problems
	for n := range typed {
		typed[n].check(&wrong, d.Pack)
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	var changed []string
	for _, one := range typed {
		old, _ := find(before, func(s SafetyContact) bool { return s.Code == one.Code })
		if old.Name == one.Name && old.Number == one.Number {
			continue
		}
		if err := insertContact(ctx, tx, whose, one, actor.PersonID); err != nil {
			return err
		}
		changed = append(changed, one.Code)
	}
	if len(changed) == 0 {
		return nil
	}
	entry := access.Entry{Action: "safety contacts entered", SubjectKind: "person", SubjectID: whose.PersonID, Detail: map[string]any{"codes": changed}}
	if whose.OrganisationID != nil {
		entry.SubjectKind, entry.SubjectID, entry.OrganisationID = "organisation", *whose.OrganisationID, whose.OrganisationID
	}
	return access.Record(ctx, tx, actor, entry)
}

func mayEnter(ctx context.Context, db models.DB, actor access.Actor, whose Party) error {
	if whose.OrganisationID != nil {
		_, err := access.FindOrganisation(ctx, db, actor.Scope(), *whose.OrganisationID)
		return err
	}
	if !actor.SignedIn() || actor.PersonID != whose.PersonID {
		return models.NotFound("There is no such page for you")
	}
	return nil
}

// check tidies what was typed for one local contact and says what needs mending.
func (s *SafetyContact) check(wrong *models.Problems, pack Pack) {
	kind, ok := find(pack.Local(), func(c Contact) bool { return c.Code == s.Code })
	if !ok {
		wrong.Add("", "Load the page again: the contacts have changed")
		return
	}
	what := lower(kind.Label)
	s.Name, s.Number = strings.Join(strings.Fields(s.Name), " "), strings.Join(strings.Fields(s.Number), " ")
	if name, err := tidyLine("name", s.Name, longestContact); err != nil {
		wrong.Add("name-"+s.Code, "%s", models.ProblemsOf(err).For("name"))
	} else {
		s.Name = name
	}
	switch {
	case s.Number != "" && !isNumber(s.Number):
		wrong.Add("number-"+s.Code, "Enter a telephone number for %s, with digits and spaces, like 0161 496 0123", what)
	case s.Number == "" && s.Name != "":
		wrong.Add("number-"+s.Code, "Enter the number for %s, or clear the name", what)
	case s.Number != "" && s.Name == "":
		wrong.Add("name-"+s.Code, "Enter who answers the number for %s", what)
	}
}

// isNumber says that a text is a telephone number as people write it: digits and spaces, with a plus in front of a country's code.
func isNumber(text string) bool {
	digits := 0
	for n, r := range text {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case r == ' ', r == '+' && n == 0:
		default:
			return false
		}
	}
	return digits >= fewestDigits && digits <= mostDigits && len(text) <= mostDigits+10
}

// panel is the crisis panel of those whose case it is.
func (w work) panel(ctx context.Context, db models.DB) (Panel, error) {
	whose := Party{OrganisationID: w.row.OrganisationID}
	if w.row.OwnerID != nil {
		whose.PersonID = *w.row.OwnerID
	}
	entered, err := contactsOf(ctx, db, whose)
	return w.pack.PanelOf(whose, entered), err
}

// OrganisationsPerPage is how many organisations one page of the office's list holds.
const OrganisationsPerPage = 20

// OrganisationContacts is an organisation with the local numbers that it has not entered.
type OrganisationContacts struct {
	OrganisationID int64
	Name           string
	Missing        []Contact
}

// OrganisationContacts lists every organisation by name, a page at a time from 1, and how many there are. Only the office may ask.
func (d Desk) OrganisationContacts(ctx context.Context, db models.DB, actor access.Actor, page int) ([]OrganisationContacts, int64, error) {
	if err := actor.Require(access.RoleOffice); err != nil {
		return nil, 0, err
	}
	list, total, err := organisations(ctx, db, page)
	if err != nil {
		return nil, 0, err
	}
	for n := range list {
		whose := Party{OrganisationID: &list[n].OrganisationID}
		entered, err := contactsOf(ctx, db, whose)
		if err != nil {
			return nil, 0, err
		}
		list[n].Missing = d.Pack.PanelOf(whose, entered).Missing
	}
	return list, total, nil
}
