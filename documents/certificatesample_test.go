package documents_test

import (
	"testing"

	"hub.salford.ac.uk/ssph/documents"
)

// completed is the certificate of the design.
func completed() documents.Certificate {
	return documents.Certificate{
		Name: "Hannah Whitworth", Course: "Social Prescribing Tool training",
		Attended: "4 and 11 December 2025, both parts, online", Length: "7 hours, as two half-days", Trainer: "Rowan",
		Programme: []string{"Accredited by the Personalised Care Institute, reference PCI-EXAMPLE, 1 September 2025 to 31 August 2027"},
		Code:      "7K3M-Q9TX-2HVB-4WN8", CheckURL: "https://ssph.example/check",
		IssuedOn: date(2025, 12, 11), Issuer: "University of Salford",
	}
}

func mustCertificate(t testing.TB, c documents.Certificate) []byte {
	t.Helper()
	pdf, err := documents.CertificatePDF(c)
	if err != nil {
		t.Fatal(err)
	}
	return pdf
}
