package templates

import (
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// OfficePersonPage is pages/office-person.html: one person from booking to licence.
type OfficePersonPage struct {
	Page
	Name         string
	Email        string
	Ties         []string
	Confirmed    bool // the address is proven
	Since        models.Date
	Licences     []LicenceRow
	Certificates []CertificateRow
	Steps        []ChainStep  // oldest first
	History      []HistoryRow // what was done to the licences, and by whom
}

// ChainStep is one thing that happened between booking and licence, with its cause.
type ChainStep struct {
	At    time.Time
	Kind  string // booking, place, register, completion, certificate, licence
	What  string
	Why   string
	Links []Action
}
