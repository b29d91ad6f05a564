package templates

// CheckPage is pages/check.html: where somebody types the code of a certificate. Its form asks for "code" with the method get.
type CheckPage struct {
	Page
	Code string // as typed
}

// CheckAnswerPage is pages/check-answer.html: what anybody may know of a certificate by its code.
type CheckAnswerPage struct {
	Page
	Heading     string // "This certificate is valid"
	State       Tag
	Valid       bool
	Certificate Certificate
	OwnURL      string // the certificate itself, for those who may have it; empty for the rest
}

// CertificatePage is pages/certificate.html: a certificate for its holder, the organisation that sent them, and the office.
type CertificatePage struct {
	Page
	Certificate Certificate
	State       Tag
	Note        string // how it stands, when it does not stand any more
	PDFURL      string // empty once the name was removed, and the file with it
	CheckURL    string // the page where anybody can check it
	Back        Action
}

// CertificatesPage is pages/certificates.html: a person's own certificates, when there is not just one.
type CertificatesPage struct {
	Page
	Rows []CertificateRow
}

// Certificate is a certificate of completion in words, as it was issued: the same words in the same order as its PDF.
type Certificate struct {
	Notice    string // marks a demonstration; else empty
	Title     string
	Name      string
	Statement []InvoiceRun // follows the name
	Facts     []CertificateFact
	Check     []InvoiceRun // where to check it
	Code      string
	QR        QRCode
	Issued    []string
}

// CertificateFact is a label with one or more lines.
type CertificateFact struct {
	Label string
	Lines []string
}

// QRCode is a QR code as one path inside a viewBox, with its words for those who cannot see it.
type QRCode struct {
	ViewBox, Path, Words string
}

// CertificateRow is one certificate of a list.
type CertificateRow struct {
	Code     string
	URL      string
	PDFURL   string
	Course   string
	Attended string
	Issued   string
	State    Tag
	Note     string   // under the tag: "on 3 March 2027"
	Actions  []Action // what the office can do with it
}
