package handlers

import (
	"hub.salford.ac.uk/ssph/documents"
	"hub.salford.ac.uk/ssph/licensing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

// certificateWords says a certificate as its page shows it: the words of its PDF, and the same QR code.
func (s *Site) certificateWords(c licensing.Certificate) (templates.Certificate, error) {
	words := c.Printed(s.baseURL).Words()
	code, err := documents.NewQR(words.Address)
	if err != nil {
		return templates.Certificate{}, err
	}
	page := templates.Certificate{
		Notice: words.Notice, Title: words.Title, Name: words.Name, Statement: textRuns(words.Statement), Check: textRuns(words.Check),
		Code: words.Code, QR: templates.QRCode{ViewBox: code.ViewBox(), Path: code.SVGPath(), Words: words.Picture}, Issued: words.Issued,
	}
	for _, f := range words.Facts {
		page.Facts = append(page.Facts, templates.CertificateFact{Label: f.Label, Lines: f.Lines})
	}
	return page, nil
}

func textRuns(runs []documents.Run) []templates.InvoiceRun {
	all := make([]templates.InvoiceRun, len(runs))
	for i, r := range runs {
		all[i] = templates.InvoiceRun{Text: r.Text, Strong: r.Strong}
	}
	return all
}

func certificateTag(c licensing.Certificate) templates.Tag {
	if c.Valid() {
		return templates.Tag{Look: templates.TagOK, Word: "Valid"}
	}
	return templates.Tag{Look: templates.TagStop, Word: "Withdrawn"}
}

// certificateRows are certificates in a list.
func certificateRows(all []licensing.Certificate) []templates.CertificateRow {
	rows := make([]templates.CertificateRow, len(all))
	for i, c := range all {
		rows[i] = templates.CertificateRow{
			Code: c.Code.String(), URL: certificateURL(c.Code), Course: c.Facts.Course, Attended: c.Facts.Attended(),
			Issued: "Issued " + c.IssuedOn.String(), State: certificateTag(c),
		}
		if !c.Valid() {
			rows[i].Note = "on " + models.DateOf(*c.WithdrawnAt).String()
			if c.Replaced {
				rows[i].Note += ", replaced by another certificate"
			}
		}
		if c.Name != "" {
			rows[i].PDFURL = certificatePDF(c.Code)
		}
	}
	return rows
}
