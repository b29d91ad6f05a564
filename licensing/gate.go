package licensing

import "time"

// Use is something a person does in the tool.
type Use string

// The uses the gate tells apart.
const (
	UseNewCase Use = "new case" // begin work with somebody
	UseWrite   Use = "write"    // change a case, a plan or a review
	UseRead    Use = "read"     // their own cases
	UsePrint   Use = "print"
	UseExport  Use = "export"
	UseCrisis  Use = "crisis" // the crisis numbers and the safety information
)

// Uses lists every use.
func Uses() []Use { return []Use{UseNewCase, UseWrite, UseRead, UsePrint, UseExport, UseCrisis} }

// FinishFor is how long a case that was open when the licence ended may still be written to.
const FinishFor = 24 * time.Hour

// Allows says whether the decision lets the person do this with their own cases. Safety information is never hidden. Work done is
// never locked away, but for two: who misused the tool asks the office, and who passed the licence on has handed the cases over.
func (d Decision) Allows(use Use) bool {
	switch use {
	case UseCrisis:
		return true
	case UseNewCase, UseWrite:
		return d.Allowed
	case UseRead, UsePrint, UseExport:
		return d.State != StateTransferred && (d.State != StateRevoked || d.Grounds != GroundsMisuse)
	}
	return false
}

// AllowsWriting says whether a case that was opened at an instant may be written to: while the licence allows it, and, when the
// licence ended by its dates, for 24 hours more if the case was open by then.
func (d Decision) AllowsWriting(openedAt time.Time) bool {
	if d.Allows(UseWrite) {
		return true
	}
	return d.State == StateExpired && openedAt.Before(d.EndsAt) && d.At.Before(d.EndsAt.Add(FinishFor))
}
