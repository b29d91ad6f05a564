package templates

// ContactsPage is pages/tool-contacts.html: the local numbers of the crisis panel.
type ContactsPage struct {
	Page
	Whose    string // the organisation's name; empty for a person who is their own
	Contacts []SafetyFields
	SaveURL  string
	BackURL  string
}

// SafetyFields is one local contact, as typed.
type SafetyFields struct {
	Label  string // Adult safeguarding
	Name   Input
	Number Input
	Since  string // when it was entered last; empty before
}

// OrganisationContactsPage is pages/office-contacts.html: which organisations have entered the numbers of their crisis panel.
type OrganisationContactsPage struct {
	Page
	Count int64
	Rows  []OrganisationContactsRow
	Pages Pages
}

// OrganisationContactsRow is one organisation.
type OrganisationContactsRow struct {
	Name    string
	URL     string
	Entered Tag
	Missing string // what is not there yet
}
