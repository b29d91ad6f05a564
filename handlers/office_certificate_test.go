package handlers_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// code is the code of Hannah's certificate, read off the office's page about her.
func (d decides) code() string {
	d.t.Helper()
	return strings.TrimSpace(d.office.Get(d.person).Must(http.StatusOK).Doc.Find("[aria-labelledby=certificates-title] th a").First().Text())
}

func TestOfficeCertificate_WithdrawnWithAReasonAndTheLicenceStays(t *testing.T) {
	deciding(t, func(t *testing.T, d decides) {
		code := d.code()
		page := d.office.Get(d.person)
		asked := d.office.Get(page.Doc.Find("[aria-labelledby=certificates-title] a[href$='/withdraw']").AttrOr("href", "")).Must(http.StatusOK)
		for _, words := range []string{
			"Withdraw certificate " + code + "?", "Hannah Whitworth", "whoever checks it reads that it was withdrawn today", "Licence L-00001 ends at once",
			"The reason you type is kept with the record and is not in the email",
		} {
			asked.Shows("main", words)
		}
		wellFormed(t, asked)
		if asked.Doc.Find("[name=licence][checked]").AttrOr("value", "") != "stays" {
			t.Error("the licence does not stay unless it is said")
		}
		empty := d.office.Submit(asked, "main form", map[string]string{"reason": "  ", "licence": "goes"}).Must(http.StatusUnprocessableEntity)
		if got := empty.Problem("reason"); got != "Say why" {
			t.Errorf("without a reason: %q", got)
		}
		if empty.Doc.Find("[name=licence][checked]").AttrOr("value", "") != "goes" {
			t.Error("the choice is lost")
		}
		wellFormed(t, empty)
		odd := d.office.Submit(asked, "main form", map[string]string{"reason": "Another person came", "licence": "perhaps"}).Must(http.StatusUnprocessableEntity)
		if got := odd.Problem("licence"); got != "Choose whether the licence stays or goes too" {
			t.Errorf("another choice: %q", got)
		}
		for _, says := range []string{"Certificate " + code + " is withdrawn. Its holder is told by email.", "This certificate was withdrawn on 23 November 2026."} {
			done := d.office.Submit(asked, "main form", map[string]string{"reason": "Another person came"}).Must(http.StatusSeeOther)
			d.office.Follow(done).Shows(".ssph-flash", says) // the button pressed twice
		}
		after := d.office.Get(d.person)
		after.Shows("[aria-labelledby=certificates-title]", "Withdrawn")
		after.Shows(".ssph-chain", "Another person came")
		after.Shows("[aria-labelledby=history-title]", "Certificate withdrawnJoanne Fearn")
		if after.Has("main a[href^='/office/certificates/']") {
			t.Error("something is offered for a certificate that was withdrawn")
		}
		checked := d.Browser().Get("/check/" + code).Must(http.StatusOK)
		checked.Shows("h1", "This certificate was withdrawn on 23 November 2026")
		if strings.Contains(checked.Text("body"), "Another person came") {
			t.Error("the public check tells the reason")
		}
		d.hannah.Get("/tool/cases").Must(http.StatusOK)
		d.hannah.Get("/certificates/"+code).Must(http.StatusOK).Shows("main", "Withdrawn")
		d.office.Follow(d.office.Get("/office/certificates/"+code+"/name").Must(http.StatusSeeOther)).Shows(".ssph-flash", "was withdrawn on 23 November 2026")
		if n := d.rows("mails WHERE kind = 'certificate-withdrawn'"); n != 1 {
			t.Errorf("%d mails, want 1", n)
		}
	})
}

func TestOfficeCertificate_TheLicenceGoesTooWhenThatIsChosen(t *testing.T) {
	deciding(t, func(t *testing.T, d decides) {
		d.hannah.Get("/tool/cases").Must(http.StatusOK)
		asked := d.office.Get("/office/certificates/" + d.code() + "/withdraw").Must(http.StatusOK)
		done := d.office.Submit(asked, "main form", map[string]string{"reason": "Another person came", "licence": "goes"}).Must(http.StatusSeeOther)
		d.office.Follow(done).Shows("[aria-labelledby=history-title]", "A period of the licence taken back, with its certificate")
		d.hannah.Get("/tool/cases").Must(http.StatusForbidden)
	})
}

func TestOfficeCertificate_TheNameIsCorrectedByAnotherCertificate(t *testing.T) {
	deciding(t, func(t *testing.T, d decides) {
		old := d.code()
		asked := d.office.Get("/office/certificates/" + old + "/name").Must(http.StatusOK)
		asked.Shows("main", "They do not read by which")
		wellFormed(t, asked)
		if kept := asked.Doc.Find("#name").AttrOr("value", ""); kept != "Hannah Whitworth" {
			t.Errorf("the field has %q", kept)
		}
		for name, says := range map[string]string{
			"": "Enter the name as it should stand on the certificate", "Hannah Whitworth": "This name stands on the certificate already",
			"evil.example/prize": "A name cannot have a web address in it",
		} {
			answer := d.office.Submit(asked, "main form", map[string]string{"name": name, "reason": "Married name"}).Must(http.StatusUnprocessableEntity)
			if got := answer.Problem("name"); got != says || answer.Doc.Find("#name").AttrOr("value", "") != name || answer.Doc.Find("#reason").Text() != "Married name" {
				t.Errorf("%q: %q", name, got)
			}
			wellFormed(t, answer)
		}
		done := d.office.Submit(asked, "main form", map[string]string{"name": "Hannah <b>Lee", "reason": "Married name"}).Must(http.StatusSeeOther)
		page := d.office.Follow(done).Must(http.StatusOK)
		page.Shows(".ssph-flash", "is issued with the name Hannah <b>Lee. Its holder has it by email.")
		made := d.code()
		if made == old {
			t.Fatal("no other certificate stands first")
		}
		d.office.Follow(d.office.Submit(asked, "main form", map[string]string{"name": "Hannah Lee", "reason": "Again"}).Must(http.StatusSeeOther)).
			Shows(".ssph-flash", "This certificate was withdrawn on 23 November 2026, replaced by another certificate.")
		anybody := d.Browser()
		gone := anybody.Get("/check/" + old).Must(http.StatusOK)
		gone.Shows("h1", "This certificate was withdrawn on 23 November 2026, replaced by another certificate")
		if strings.Contains(gone.Body, made) {
			t.Error("the public check tells the code of the other certificate")
		}
		anybody.Get("/check/"+made).Must(http.StatusOK).Shows("main", "Hannah <b>Lee")
		d.hannah.Get("/account").Shows("main", made)
		d.hannah.Get("/account/certificates").Shows("main", "replaced by another certificate")
		if pdf := d.hannah.Get("/certificates/" + made + ".pdf").Must(http.StatusOK); !strings.HasPrefix(pdf.Body, "%PDF-1.7") {
			t.Error("the new certificate has no file")
		}
		d.hannah.Get("/account/licence").Shows("main", "certificate "+made)
	})
}

// Whoever is not the office changes nothing, whatever they send; and what nobody has is not found.
func TestOfficeCertificate_NobodyElse(t *testing.T) {
	deciding(t, func(t *testing.T, d decides) {
		code := d.code()
		d.hannah.FetchSite, d.office.FetchSite = "same-origin", "same-origin"
		for _, verb := range []string{"withdraw", "name"} {
			path, typed := "/office/certificates/"+code+"/"+verb, url.Values{"reason": {"Why not"}, "name": {"Hannah Lee"}}
			d.hannah.Get(path).Must(http.StatusForbidden)
			d.hannah.Post(path, typed).Must(http.StatusForbidden)
			unknown := "/office/certificates/7K3M-Q9TX-2HVB-4WN8/" + verb
			d.office.Get(unknown).Must(http.StatusNotFound)
			d.office.Post(unknown, typed).Must(http.StatusNotFound)
		}
		if n := d.rows("certificate_withdrawals"); n != 0 {
			t.Errorf("%d withdrawals", n)
		}
	})
}
