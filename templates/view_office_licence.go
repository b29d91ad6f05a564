package templates

// OfficeDecisionPage is pages/office-decision.html: what suspending, reinstating or withdrawing a licence will do, before it is done.
// Its form posts the fields of DecisionFields.
type OfficeDecisionPage struct {
	Page
	Back       Action
	URL        string // where the form goes
	Heading    string // "Suspend licence L-00093?"
	Rows       []SummaryRow
	Happens    []string // what happens, sentence by sentence
	Sees       string   // what its holder then reads
	SeesMisuse string   // what they read on grounds of misuse; empty where it is the same
	AskGrounds bool
	Form       DecisionFields
	Button     string
}

// DecisionFields is what was typed about a decision.
type DecisionFields struct {
	Grounds string // grounds: "misuse", "request" or "other"
	Reason  string // reason
}
