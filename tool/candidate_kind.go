package tool

// CandidateKind says where an idea comes from.
type CandidateKind string

// The kinds of candidate.
const (
	Activity CandidateKind = "activity" // something offered somewhere
	Already  CandidateKind = "already"  // something the person already does
	OwnIdea  CandidateKind = "own-idea" // the person's own idea
)

func (k CandidateKind) valid() bool { return k == Activity || k == Already || k == OwnIdea }
