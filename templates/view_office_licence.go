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

// OfficeCertificatePage is pages/office-certificate.html: what withdrawing a certificate, or correcting its name, will do, before it is
// done. Its form posts the fields of CertificateFields.
type OfficeCertificatePage struct {
	Page
	Back    Action
	URL     string // where the form goes
	Heading string // "Withdraw certificate 7K3M-…?"
	Rows    []SummaryRow
	Happens []string // what happens, sentence by sentence
	AskName bool     // the name is corrected; else it is withdrawn
	Licence string   // what becomes of the licence when it goes too; empty when none stands on the certificate
	Form    CertificateFields
	Button  string
}

// CertificateFields is what was typed about a certificate.
type CertificateFields struct {
	Name    string // name: as it should stand on it
	Licence string // licence: "stays" or "goes"
	Reason  string // reason
}
