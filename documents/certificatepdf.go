package documents

import (
	"fmt"
	"strings"
)

// Where things stand on a certificate, in points.
const (
	certificateSide  = 56.8
	certificateWidth = pageWidth - 2*certificateSide
	certificateTop   = 206.0 // of the words; the wordmark and the circles stand above
	certificateFoot  = 709.0 // of the QR code and what stands beside it
	certificateCode  = 78.0  // the side of the QR code
)

// The styles of a certificate. The name is the largest thing on it.
var (
	kicker    = style{size: 14.5, lead: 20, colour: ink2}
	statement = style{size: 17, lead: 25, colour: ink}
	factName  = style{size: 12.5, lead: 19, colour: ink2}
	factValue = style{size: 12.5, lead: 19, colour: ink}
	checkLine = style{size: 12, lead: 17.5, colour: ink2}
	codeLine  = style{size: 17, lead: 24, bold: true, colour: ink, tracking: 0.7}
	issueLine = style{size: 11, lead: 16.5, colour: ink2}
)

// CertificatePDF draws a certificate as a tagged PDF of one page, or of two when a name or a fact is of a length nobody has. The
// bytes depend on the certificate alone. It fails when something is missing that a certificate must say.
func CertificatePDF(c Certificate) ([]byte, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	w := c.Words()
	code, err := NewQR(w.Address)
	if err != nil {
		return nil, err
	}
	p, err := newPaper(w.Title+", "+w.Name, c.IssuedOn)
	if err != nil {
		return nil, err
	}
	p.x, p.w, p.bottom = certificateSide, certificateWidth, certificateFoot-20
	p.running = w.Title + ", " + w.Code
	p.corner()
	p.wordmark(certificateSide, 54)
	p.y = certificateTop
	p.attest(w)
	p.attended(w.Facts)
	p.verify(w, code)
	pdf, err := p.finish()
	if err != nil {
		return nil, fmt.Errorf("certificate %s: %w", c.Code, err)
	}
	return pdf, nil
}

// corner draws person, environment and occupation as three pale circles over the top right corner.
func (p *paper) corner() {
	p.unread("Layout", func() {
		const r = 121
		p.pdf.SetAlpha(0.13, "Normal")
		for _, c := range []struct {
			x, y   float64
			colour rgb
		}{{433, 36, person}, {566, 36, environment}, {500, 149, occupation}} {
			p.pdf.SetFillColor(c.colour.r, c.colour.g, c.colour.b)
			p.pdf.Circle(c.x, c.y, r, "F")
		}
		p.pdf.SetAlpha(1, "Normal")
	})
}

// attest is who completed what.
func (p *paper) attest(w CertificateWords) {
	if w.Notice != "" {
		p.y -= 2 * body.lead
		p.prose(body.strong(), plain(w.Notice))
		p.gap(body.lead)
	}
	p.prose(kicker, plain(w.Title))
	p.gap(4)
	p.holder(w.Name)
	p.gap(14)
	p.prose(statement, w.Statement)
	p.gap(32)
}

// holder draws the name on one line as large as it goes there, or else on two lines of like length, or on as many as it needs.
func (p *paper) holder(name string) {
	st := style{bold: true, colour: ink}
	var lines [][]word
	for _, try := range []struct {
		size  float64
		lines int
	}{{40, 1}, {36, 1}, {32, 1}, {36, 2}, {32, 2}, {28, 2}, {24, 3}, {20, 9}} {
		st.size, st.lead, st.tracking = try.size, 1.15*try.size, -0.02*try.size
		if lines = p.wrap(st, p.w, plain(name)); len(lines) <= try.lines && p.widest(st, name) <= p.w {
			break
		}
	}
	lines = p.even(st, name, lines)
	p.tag(roleHeading1, func() { p.flow(st, lines) })
}

// widest is the width of the longest word: in a narrower column it would be broken in two.
func (p *paper) widest(st style, text string) float64 {
	longest := 0.0
	for _, w := range strings.Fields(p.letters.drawable(text)) {
		longest = max(longest, p.width(st, false, w))
	}
	return longest
}

// even moves the breaks so that the last line is not one short word.
func (p *paper) even(st style, text string, lines [][]word) [][]word {
	for limit := p.w - 4; limit >= p.widest(st, text); limit -= 4 {
		narrower := p.wrap(st, limit, plain(text))
		if len(narrower) != len(lines) {
			break
		}
		lines = narrower
	}
	return lines
}

// attended is the list of facts below the rule.
func (p *paper) attended(facts []CertificateFact) {
	p.need(40)
	p.openSection(heavy)
	p.gap(15)
	p.tag(roleList, func() {
		for _, f := range facts {
			p.need(factValue.lead)
			p.tag(roleItem, func() { p.certified(f) })
			p.gap(7)
		}
	})
}

func (p *paper) certified(f CertificateFact) {
	const labels = 112.0
	y := p.y
	p.tag(roleLabel, func() { p.at(p.x, labels, func() { p.lines(factName, false, plain(f.Label)) }) })
	p.y = y
	p.tag(roleBody, func() {
		p.y = p.at(p.x+labels, p.w-labels, func() {
			var lines [][]word
			for _, line := range f.Lines {
				lines = append(lines, p.wrap(factValue, p.w, plain(line))...)
			}
			p.flow(factValue, lines)
		})
	})
}

// verify is the foot of the certificate: how to check it, and who issued it when.
func (p *paper) verify(w CertificateWords, code QR) {
	const beside, issued = certificateCode + 18, 135.0
	bottom := certificateFoot + certificateCode
	p.figure(w.Picture, func() { p.modules(certificateSide, certificateFoot, certificateCode, code) })
	check := func() {
		p.sentence(checkLine, w.Check)
		p.gap(3)
		p.paragraph(codeLine, w.Code)
	}
	p.column(certificateSide+beside, certificateWidth-beside-issued-12, bottom+3, check)
	p.column(pageWidth-certificateSide-issued, issued, bottom, func() {
		for _, line := range w.Issued {
			p.tag(roleParagraph, func() { p.lines(issueLine, true, plain(line)) })
		}
	})
}

// column draws f so that it ends at bottom.
func (p *paper) column(x, w, bottom float64, f func()) {
	p.at(x, w, func() {
		p.y = bottom - p.measure(f)
		f()
	})
}

// modules draws a QR code as rectangles; its quiet zone is the white around it.
func (p *paper) modules(x, y, side float64, code QR) {
	unit := side / float64(code.Size())
	p.pdf.SetFillColor(brand.r, brand.g, brand.b)
	for _, b := range code.bars() {
		p.pdf.Rect(x+float64(b.x)*unit, y+float64(b.y)*unit, float64(b.length)*unit, unit, "F")
	}
}
