package billing

import (
	"testing"

	"hub.salford.ac.uk/ssph/models"
)

// Figures by hand. A group costs £2,440.00 face to face and £2,300.00 online, with VAT £2,928.00 and £2,760.00, whoever comes; two
// groups twice that. 12.5 % off £2,300.00 leaves £2,012.50, VAT £402.50, together £2,415.00. Open access: 12.5 % off 9 × £215.00 =
// £1,935.00 leaves £1,693.125, so £1,693.13, VAT £338.63, together £2,031.76.
func TestQuoteByOffice_GroupsOfAnySizeAndDiscountsToThePenny(t *testing.T) {
	tariff := Published()
	on := models.Date{Year: 2026, Month: 11, Day: 23}
	for _, c := range []struct {
		req             QuoteRequest
		quantity        int
		net, vat, gross models.Pence
	}{
		{QuoteRequest{Bespoke, FaceToFace, 6, 0}, 1, 244000, 48800, 292800},
		{QuoteRequest{Bespoke, FaceToFace, 15, 0}, 1, 244000, 48800, 292800},
		{QuoteRequest{Bespoke, FaceToFace, 16, 0}, 2, 488000, 97600, 585600},
		{QuoteRequest{Bespoke, Online, 30, 0}, 2, 460000, 92000, 552000},
		{QuoteRequest{Bespoke, Online, 31, 0}, 3, 690000, 138000, 828000},
		{QuoteRequest{Bespoke, Online, 12, 12500}, 1, 201250, 40250, 241500},
		{QuoteRequest{OpenAccess, Online, 9, 12500}, 9, 169313, 33863, 203176},
		{QuoteRequest{OpenAccess, FaceToFace, 3, 100000}, 3, 0, 0, 0},
		{QuoteRequest{OneToOne, FaceToFace, 1, 0}, 1, 22800, 4560, 27360},
	} {
		sum, err := tariff.QuoteByOffice(c.req, on)
		if err != nil || sum.Net != c.net || sum.VAT != c.vat || sum.Gross != c.gross || sum.Lines[0].Quantity != c.quantity {
			t.Errorf("%+v: %d × … = %s + %s = %s, %v", c.req, sum.Lines[0].Quantity, sum.Net, sum.VAT, sum.Gross, err)
		}
	}
}

func TestTrap24_TheOfficeQuotesWhatIsSoldAndNothingElse(t *testing.T) {
	tariff := Published()
	on := models.Date{Year: 2026, Month: 11, Day: 23}
	for field, bad := range map[string][]QuoteRequest{
		"people": {
			{OpenAccess, FaceToFace, 0, 0}, {OpenAccess, FaceToFace, 10, 0}, {OpenAccess, Online, -3, 0}, {OneToOne, Online, 2, 0},
			{Bespoke, Online, 0, 0}, {Bespoke, Online, -1, 0}, {Bespoke, Online, 151, 0},
		},
		"discount": {{Bespoke, Online, 12, -1}, {Bespoke, Online, 12, 100001}},
		"route":    {{"", Online, 12, 0}},
		"format":   {{Bespoke, "by post", 12, 0}},
	} {
		for _, req := range bad {
			if sum, err := tariff.QuoteByOffice(req, on); models.ProblemsOf(err).For(field) == "" || sum.Gross != 0 {
				t.Errorf("%+v: %v", req, err)
			}
		}
	}
}
