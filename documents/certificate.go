package documents

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"hub.salford.ac.uk/ssph/models"
)

// Certificate is all that a certificate of completion says, as it stood on the day of issue. Nothing is decided here: whether
// the programme was accredited that day is the caller's to know.
type Certificate struct {
	Name     string // the person's, as printed
	Course   string // Social Prescribing Tool training
	Attended string // the days, parts and format: 4 and 11 December 2025, both parts, online
	Length   string // 7 hours, as two half-days; may be empty
	Trainer  string // may be empty
	// Programme is what may be said of the programme's accreditation, a line each. Empty unless one was in force: the
	// accreditation is the programme's, never the Hub's or the trainer's.
	Programme []string
	Code      string // 7K3M-Q9TX-2HVB-4WN8
	// CheckURL is the page where anyone can check a certificate, https://HOST/check. The code at its end may be there or not.
	CheckURL      string
	IssuedOn      models.Date
	Issuer        string // University of Salford
	Demonstration bool   // marks the document as an example
}

// CertificateWords is a certificate in words: what the PDF and the HTML page both show, in this order.
type CertificateWords struct {
	Notice    string // marks a demonstration; else empty
	Title     string // Certificate of completion
	Name      string
	Statement []Run // follows the name: completed … and may use …
	Facts     []CertificateFact
	Check     []Run // where to check it
	Code      string
	Address   string // what the QR code leads to
	Picture   string // the QR code in words, for those who cannot see it
	Issued    []string
}

// CertificateFact is a label with one or more lines.
type CertificateFact struct {
	Label string
	Lines []string
}

// Words says the certificate in words. It is pure, and the only place where a certificate is worded.
func (c Certificate) Words() CertificateWords {
	w := CertificateWords{
		Title: "Certificate of completion", Name: c.Name,
		Statement: []Run{
			{Text: "completed "},
			{Text: c.Course, Strong: true},
			{Text: " and may use the Salford Social Prescribing Assessment and Planning Tool while licensed."},
		},
		Check: []Run{
			{Text: "Anyone can check this certificate at "}, {Text: c.page(), Strong: true}, {Text: " with the code"},
		},
		Code: c.Code, Address: c.address(), Picture: "QR code that leads to " + c.address(),
		Issued: []string{"Issued " + c.IssuedOn.String(), c.Issuer},
	}
	if c.Demonstration {
		w.Notice = "Demonstration. This is not a real certificate."
	}
	add := func(label string, lines ...string) {
		if strings.Join(lines, "") != "" {
			w.Facts = append(w.Facts, CertificateFact{label, lines})
		}
	}
	add("Attended", c.Attended)
	add("Length", c.Length)
	add("Trainer", c.Trainer)
	add("Programme", c.Programme...)
	return w
}

// address is the page that shows this one certificate.
func (c Certificate) address() string {
	return strings.TrimSuffix(strings.TrimSuffix(c.CheckURL, c.Code), "/") + "/" + c.Code
}

// page is where the code is typed, as a person would type it: without the protocol.
func (c Certificate) page() string {
	page := strings.TrimSuffix(c.address(), "/"+c.Code)
	return strings.TrimPrefix(strings.TrimPrefix(page, "https://"), "http://")
}

// codeForm is four groups of four letters and digits without I, L, O and U, which are too like others.
var codeForm = regexp.MustCompile(`^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$`)

// check refuses a certificate that nobody could check or that leaves out who, what or when.
func (c Certificate) check() error {
	var errs []error
	need := func(ok bool, what string) {
		if !ok {
			errs = append(errs, errors.New(what))
		}
	}
	need(oneLine(c.Name) != "", "the name is missing")
	need(oneLine(c.Course) != "" && oneLine(c.Attended) != "", "the course or when it was attended is missing")
	need(oneLine(c.Issuer) != "" && !c.IssuedOn.IsZero(), "the issuer or the day of issue is missing")
	need(codeForm.MatchString(c.Code), "the code is not four groups of four letters and digits")
	u, err := url.Parse(c.CheckURL)
	need(err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.RawQuery == "" && u.Fragment == "",
		"the address of the check page is not a plain web address")
	if len(errs) == 0 {
		return nil
	}
	return fmt.Errorf("documents: certificate %s: %w", c.Code, errors.Join(errs...))
}
