package templates

import (
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// certificateSamples are the check, the certificate, the licence in its states, and one person of the office.
func certificateSamples() map[string]any {
	certificate := sampleCertificate()
	long := certificate
	long.Name = "Maximiliana Featherstonehaugh-Cholmondeley of Ashton-under-Lyne"
	wrong := CheckPage{Page: samplePage("Check a certificate", "check"), Code: "7K3M-Q9TX-2HVB-4WN9"}
	wrong.Problems.Add("code", "We have no certificate with that code. Check the letters: it looks like 7K3M-Q9TX-2HVB-4WN8")
	mine := sampleOwn("Certificate", "certificates")
	return map[string]any{
		"check":                  CheckPage{Page: samplePage("Check a certificate", "check")},
		"check-unknown":          wrong,
		"check-answer":           CheckAnswerPage{Page: samplePage("This certificate is valid", "check"), Heading: "This certificate is valid", Valid: true, State: Tag{TagOK, "Valid"}, Certificate: certificate, OwnURL: "/certificates/7K3M-Q9TX-2HVB-4WN8"},
		"check-answer-withdrawn": CheckAnswerPage{Page: samplePage("Withdrawn", "check"), Heading: "This certificate was withdrawn on 3 March 2027", State: Tag{TagStop, "Withdrawn"}, Certificate: long},
		"certificate":            CertificatePage{Page: mine, Certificate: certificate, State: Tag{TagOK, "Valid"}, PDFURL: "/certificates/7K3M-Q9TX-2HVB-4WN8.pdf", CheckURL: "/check/7K3M-Q9TX-2HVB-4WN8", Back: Action{"Your account", "/account"}},
		"certificate-long":       CertificatePage{Page: mine, Certificate: long, State: Tag{TagStop, "Withdrawn"}, Note: "This certificate was withdrawn on 3 March 2027", CheckURL: "/check/7K3M-Q9TX-2HVB-4WN8", Back: Action{"Your account", "/account"}},
		"certificates":           CertificatesPage{Page: mine, Rows: sampleCertificateRows()},
		"certificates-none":      CertificatesPage{Page: mine},
		"licence":                sampleLicencePage(models.Date{Year: 2026, Month: time.November, Day: 23}),
		"licence-ended":          sampleLicencePage(models.Date{Year: 2027, Month: time.February, Day: 3}),
		"licence-none":           LicencePage{Page: sampleOwn("Your licence", "licence"), Licence: LicenceCard{Heading: "You have no licence", State: Tag{TagQuiet, "No licence"}, Sentence: []InvoiceRun{{Text: "A licence comes with the training"}}, Main: &Button{Label: "See training dates", URL: "/sessions"}}},
		"office-person":          sampleOfficePerson(),
		"office-person-new":      OfficePersonPage{Page: sampleOfficePerson().Page, Name: "tom@irwellwellbeing.example", Email: "tom@irwellwellbeing.example", Since: models.Date{Year: 2026, Month: time.November, Day: 23}},
	}
}

func sampleOwn(title, section string) Page {
	p := samplePage(title, section)
	p.Area, p.Background, p.Who = AreaAccount, Mist, &Who{Name: "Hannah Whitworth", Line: "Irwell Wellbeing Network"}
	return p
}

func sampleCertificate() Certificate {
	return Certificate{
		Notice: "Demonstration. This is not a real certificate.", Title: "Certificate of completion", Name: "Hannah Whitworth", Code: "7K3M-Q9TX-2HVB-4WN8",
		Statement: []InvoiceRun{{Text: "completed "}, {Text: "Social Prescribing Tool training", Strong: true}, {Text: " and may use the Salford Social Prescribing Assessment and Planning Tool while licensed."}},
		Facts: []CertificateFact{
			{"Attended", []string{"4 and 11 December 2025, both parts, online"}}, {"Length", []string{"7 hours, as two mornings"}}, {"Trainer", []string{"Rowan"}},
			{"Programme", []string{"Accredited by the Personalised Care Institute, reference PCI-EXAMPLE, 1 September 2025 to 31 August 2027 (demonstration)"}},
		},
		Check:  []InvoiceRun{{Text: "Anyone can check this certificate at "}, {Text: "ssph.example/check", Strong: true}, {Text: " with the code"}},
		QR:     QRCode{ViewBox: "0 0 29 29", Path: "M4 4h7v7h-7zM18 4h7v7h-7zM4 18h7v7h-7z", Words: "QR code that leads to the check page"},
		Issued: []string{"Issued 11 December 2025", "University of Salford"},
	}
}

func sampleCertificateRows() []CertificateRow {
	const code = "7K3M-Q9TX-2HVB-4WN8"
	return []CertificateRow{
		{Code: code, URL: "/certificates/" + code, PDFURL: "/certificates/" + code + ".pdf", Course: "Social Prescribing Tool training", Attended: "4 and 11 December 2025, both parts, online", Issued: "Issued 11 December 2025", State: Tag{TagOK, "Valid"}},
		{Code: "2B3C-Q9TX-2HVB-4WN8", URL: "/certificates/2B3C-Q9TX-2HVB-4WN8", Course: "Social Prescribing Tool training", Attended: "14 January 2025, face to face, Salford", Issued: "Issued 14 January 2025", State: Tag{TagStop, "Withdrawn"}, Note: "on 15 January 2025, replaced by another certificate", Actions: []Action{{"Correct the name", "/office/certificates/2B3C-Q9TX-2HVB-4WN8/name"}}},
	}
}

func sampleLicence() LicenceCard {
	return LicenceCard{
		Heading: "18 days left", State: Tag{TagWait, "Ends soon"}, Reference: "L-00093", Why: []string{"you attended both parts of the online session, 4 and 11 December 2025"},
		Sentence: []InvoiceRun{{Text: "Your licence works up to the end of "}, {Text: "Friday 11 December 2026", Strong: true}},
		Main:     &Button{Label: "Ask the Hub to renew", URL: "/contact?topic=licence"}, Other: &Action{"Open the tool", "/tool"},
	}
}

func sampleLicencePage(today models.Date) LicencePage {
	began, last := models.Date{Year: 2025, Month: time.December, Day: 11}, models.Date{Year: 2026, Month: time.December, Day: 11}
	return LicencePage{
		Page: sampleOwn("Your licence", "licence"), Licence: sampleLicence(),
		Longer: &LicenceLonger{Heading: "Renew any day, lose nothing", Text: "Your new year starts on 12 December 2026, however early you renew. It then runs up to the end of 11 December 2027.", How: "No price is set here for renewing a licence. Ask the Hub: we answer by email.", Ask: Action{"Ask the Hub to renew", "/contact?topic=licence"}},
		Bar:    &LicenceBar{Starts: began, NoticeFrom: last.AddDays(-30), LastDay: last, GraceEnds: last.AddDays(14), Today: today, Word: "Active", Begin: "Trained, 11 December 2025"},
		Story: []LicenceMoment{
			{On: began, What: "Licence L-00093 began", Why: "You attended both parts of the online session, 4 and 11 December 2025", Certificate: &Action{"certificate 7K3M-Q9TX-2HVB-4WN8", "/certificates/7K3M-Q9TX-2HVB-4WN8"}, Past: true},
			{On: last, What: "Last day", Why: "The same date, one year on"},
			{On: last.AddDays(14), What: "Grace ends. The tool becomes read-only", Why: "14 days after the last day"},
		},
	}
}

func sampleOfficePerson() OfficePersonPage {
	page := samplePage("Hannah Whitworth", "people")
	page.Area, page.Background, page.Who = AreaOffice, Mist, &Who{Name: "Joanne Fearn", Line: "Hub office"}
	noon := models.Date{Year: 2025, Month: time.December, Day: 11}.At(12, 0)
	return OfficePersonPage{
		Page: page, Name: "Hannah Whitworth", Email: "hannah.whitworth@irwellwellbeing.example", Confirmed: true, Since: models.Date{Year: 2025, Month: time.November, Day: 3},
		Licences:     []LicenceRow{{Reference: "L-00093", State: Tag{TagWait, "Ends soon"}, Note: "Last day 11 December 2026", Why: []string{"11 December 2025 to the end of 11 December 2026: Hannah Whitworth attended both parts of the online session, 4 and 11 December 2025"}, Actions: []Action{{"Suspend", "/office/licences/L-00093/suspend"}, {"Withdraw", "/office/licences/L-00093/revoke"}}}},
		Certificates: sampleCertificateRows(),
		Steps: []ChainStep{
			{At: noon.AddDate(0, 0, -38), Kind: "booking", What: "Booked by invoice, BK-00917", Why: "Irwell Wellbeing Network booked", Links: []Action{{"Booking BK-00917", "/office/bookings/BK-00917"}, {"The session", "/office/sessions/7"}}},
			{At: noon.AddDate(0, 0, -7), Kind: "register", What: "Marked present in part 1", Why: "The register of 4 December 2025"},
			{At: noon, Kind: "completion", What: "Training completed", Why: "Attended every part, the last on 11 December 2025"},
			{At: noon, Kind: "certificate", What: "Certificate issued", Links: []Action{{"Certificate 7K3M-Q9TX-2HVB-4WN8", "/certificates/7K3M-Q9TX-2HVB-4WN8"}}},
			{At: noon, Kind: "licence", What: "Licence L-00093: 11 December 2025 to the end of 11 December 2026", Why: "The completed training"},
		},
	}
}
