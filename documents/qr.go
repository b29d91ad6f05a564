package documents

import (
	"errors"
	"fmt"
	"strings"

	"rsc.io/qr"
)

// QuietZone is how many modules of white a QR code needs on every side, by the standard.
const QuietZone = 4

// QR is a QR code: a square of dark and light modules. A page draws SVGPath, a PDF the same modules as rectangles, so both show
// the one code.
type QR struct {
	size int
	dark []bool
}

// NewQR makes the code of a text, such as a web address. It stays readable with about a seventh of it dirty or torn (level M).
// The error is for an empty text and for one of more than 2,331 bytes.
func NewQR(text string) (QR, error) {
	if text == "" {
		return QR{}, errors.New("documents: a QR code of nothing")
	}
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return QR{}, fmt.Errorf("documents: QR code: %w", err)
	}
	q := QR{size: code.Size}
	for y := range code.Size {
		for x := range code.Size {
			q.dark = append(q.dark, code.Black(x, y))
		}
	}
	return q, nil
}

// Size is how many modules the code has along one side, without its quiet zone.
func (q QR) Size() int { return q.size }

// Dark says whether the module in column x of row y is dark; both count from 0, and outside the code all is light.
func (q QR) Dark(x, y int) bool {
	return x >= 0 && y >= 0 && x < q.size && y < q.size && q.dark[y*q.size+x]
}

// bar is a run of dark modules in one row.
type bar struct{ x, y, length int }

// bars are all dark modules, row by row. Runs leave fewer seams between modules than single squares do.
func (q QR) bars() []bar {
	var all []bar
	for y := range q.size {
		for x := 0; x < q.size; {
			run := 0
			for q.Dark(x+run, y) {
				run++
			}
			if run > 0 {
				all = append(all, bar{x, y, run})
			}
			x += run + 1
		}
	}
	return all
}

// ViewBox is the viewBox of an SVG that shows the code with its quiet zone: 0 0 41 41.
func (q QR) ViewBox() string { return fmt.Sprintf("0 0 %d %[1]d", q.size+2*QuietZone) }

// SVGPath is the d attribute of the one path that draws the code inside ViewBox. It holds letters, digits and minus signs alone.
func (q QR) SVGPath() string {
	var b strings.Builder
	for _, r := range q.bars() {
		fmt.Fprintf(&b, "M%d %dh%dv1h-%[3]dz", r.x+QuietZone, r.y+QuietZone, r.length)
	}
	return b.String()
}
