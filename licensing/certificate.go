package licensing

import (
	"time"

	"hub.salford.ac.uk/ssph/documents"
	"hub.salford.ac.uk/ssph/models"
)

// Certificate is the lasting proof of one completion. Everything about it is fixed when it is issued; it may be withdrawn, and the
// name may be removed.
type Certificate struct {
	ID            int64
	Code          Code
	CompletionID  int64
	ReplacesID    *int64 // the withdrawn one whose place it takes; nil for the first of its completion
	PersonID      int64
	Name          string // empty when it was removed
	Facts         Facts
	Accreditation *Accreditation // nil when none was in force
	Issuer        string
	IssuedOn      models.Date
	IssuedAt      time.Time
	WithdrawnAt   *time.Time // nil while it is valid
	Reason        string     // why it was withdrawn, for the office
	Replaced      bool       // another one took its place
	Demonstration bool
}

// nameRemoved stands where the name stood.
const nameRemoved = "Name removed"

// PrintedName is the name as it is shown.
func (c Certificate) PrintedName() string {
	if c.Name == "" {
		return nameRemoved
	}
	return c.Name
}

// Valid says that it has not been withdrawn.
func (c Certificate) Valid() bool { return c.WithdrawnAt == nil }

// Sentence says how it stands: "This certificate is valid" or "This certificate was withdrawn on 3 March 2027". Of one that was replaced
// it says so, and never by which: a code is for those whom its holder gives it.
func (c Certificate) Sentence() string {
	if c.Valid() {
		return "This certificate is valid"
	}
	line := "This certificate was withdrawn on " + models.DateOf(*c.WithdrawnAt).String()
	if c.Replaced {
		line += ", replaced by another certificate"
	}
	return line
}

// Printed is everything that stands on the certificate: PDF, page and public check show the same. baseURL is the site's address,
// without a slash at the end.
func (c Certificate) Printed(baseURL string) documents.Certificate {
	return documents.Certificate{
		Name: c.PrintedName(), Course: c.Facts.Course, Attended: c.Facts.Attended(), Length: c.Facts.Hours(), Trainer: c.Facts.Trainers,
		Programme: c.Accreditation.Lines(), Code: c.Code.String(), CheckURL: baseURL + "/check", IssuedOn: c.IssuedOn, Issuer: c.Issuer,
		Demonstration: c.Demonstration,
	}
}

// File is the certificate as it was rendered at issue.
type File struct {
	Name, ContentType string
	Content           []byte
}

func (c Certificate) fileName() string { return "certificate-" + c.Code.String() + ".pdf" }
