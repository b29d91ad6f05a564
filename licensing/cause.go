package licensing

// CauseKind is what sort of thing made a period.
type CauseKind string

// A training is what makes a period.
const CauseCompletion CauseKind = "completion"

// Cause is what made a period: each licence shows why it exists.
type Cause struct {
	Kind CauseKind
	ID   int64 // of the completion
	Why  string
}
