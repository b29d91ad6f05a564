package documents

import (
	_ "embed" // the font files
	"encoding/binary"
	"errors"
	"sort"
	"unicode"
)

// Liberation Sans has Arial's widths, so paper looks like the screens; its licence is fonts/LICENSE.txt.
var (
	//go:embed fonts/LiberationSans-Regular.ttf
	regularFont []byte
	//go:embed fonts/LiberationSans-Bold.ttf
	boldFont []byte
)

var errFont = errors.New("documents: the font has no usable character map")

// span is one segment of a font's character map.
type span struct{ first, last, delta, offset uint16 }

// coverage knows which characters a TrueType font can draw. It reads the font's Unicode map (cmap format 4), which holds the
// characters up to U+FFFF; the PDF library can draw no others.
type coverage struct {
	spans   []span
	offsets []byte // the map from its idRangeOffset array to the end
}

func newCoverage(font []byte) (coverage, error) {
	cmap := table(font, "cmap")
	if len(cmap) < 4 {
		return coverage{}, errFont
	}
	for i := range int(binary.BigEndian.Uint16(cmap[2:])) {
		record := 4 + 8*i
		if len(cmap) < record+8 {
			break
		}
		const windowsUnicode = 3<<16 | 1
		at := int(binary.BigEndian.Uint32(cmap[record+4:]))
		if binary.BigEndian.Uint32(cmap[record:]) == windowsUnicode && at < len(cmap) {
			return readFormat4(cmap[at:])
		}
	}
	return coverage{}, errFont
}

// table returns one table of a TrueType file, or nothing.
func table(font []byte, name string) []byte {
	if len(font) < 12 {
		return nil
	}
	for i := range int(binary.BigEndian.Uint16(font[4:])) {
		record := 12 + 16*i
		if len(font) < record+16 {
			return nil
		}
		at, size := int(binary.BigEndian.Uint32(font[record+8:])), int(binary.BigEndian.Uint32(font[record+12:]))
		if string(font[record:record+4]) == name && at+size <= len(font) {
			return font[at : at+size]
		}
	}
	return nil
}

func readFormat4(b []byte) (coverage, error) {
	if len(b) < 16 || binary.BigEndian.Uint16(b) != 4 {
		return coverage{}, errFont
	}
	twice := int(binary.BigEndian.Uint16(b[6:])) // twice the number of segments: the length of each array in bytes
	if len(b) < 16+4*twice {
		return coverage{}, errFont
	}
	ends, starts := b[14:], b[16+twice:]
	deltas, offsets := b[16+2*twice:], b[16+3*twice:]
	c := coverage{offsets: offsets}
	for i := 0; i < twice; i += 2 {
		c.spans = append(c.spans, span{
			first: binary.BigEndian.Uint16(starts[i:]), last: binary.BigEndian.Uint16(ends[i:]),
			delta: binary.BigEndian.Uint16(deltas[i:]), offset: binary.BigEndian.Uint16(offsets[i:]),
		})
	}
	return c, nil
}

// has says whether the font draws r. Writing that runs from right to left counts as not drawn: the page is laid out from left
// to right, and a name in the wrong order is worse than an honest mark.
func (c coverage) has(r rune) bool {
	if r < ' ' || r >= 0xFFFF || unicode.In(r, unicode.Hebrew, unicode.Arabic) {
		return false
	}
	u := uint16(r)
	i := sort.Search(len(c.spans), func(i int) bool { return c.spans[i].last >= u })
	if i == len(c.spans) || c.spans[i].first > u {
		return false
	}
	s := c.spans[i]
	if s.offset == 0 {
		return u+s.delta != 0
	}
	at := 2*i + int(s.offset) + 2*int(u-s.first)
	return at+2 <= len(c.offsets) && binary.BigEndian.Uint16(c.offsets[at:]) != 0
}
