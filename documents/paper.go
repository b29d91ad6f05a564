package documents

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"hub.salford.ac.uk/ssph/models"
)

const roleFigure role = "Figure"

// paper is a sheet for what is printed and handed to a person: its foot is its own, and its pictures are described in words.
type paper struct {
	*sheet
	bottom   float64 // how far down the body of a page may go
	foot     func()  // draws the foot of the present page
	pictures map[*element]string
}

func newPaper(title string, made models.Date) (*paper, error) {
	s, err := newSheet(title, made)
	if err != nil {
		return nil, err
	}
	return &paper{sheet: s, bottom: bodyBottom, foot: func() {}, pictures: map[*element]string{}}, nil
}

// figure draws a picture, which a screen reader speaks as the words of alt.
func (p *paper) figure(alt string, f func()) {
	p.tag(roleFigure, func() {
		if p.open != nil && !p.dry {
			p.pictures[p.open] = p.letters.drawable(alt)
		}
		p.content(f)
	})
}

// finish draws the foot of every page, which is read once, at the end, and writes the file.
func (p *paper) finish() ([]byte, error) {
	pages := len(p.marks)
	for page := 1; page < pages; page++ {
		p.pdf.SetPage(page)
		p.aside(p.foot)
	}
	p.pdf.SetPage(pages)
	p.foot()
	var b bytes.Buffer
	if err := p.pdf.Output(&b); err != nil {
		return nil, fmt.Errorf("documents: draw: %w", err)
	}
	return p.assemble(b.Bytes())
}

// assemble is the sheet's assembling, with the words of each picture beside its element.
func (p *paper) assemble(file []byte) ([]byte, error) {
	d, err := readDrawn(file)
	if err != nil {
		return nil, err
	}
	if len(d.pages) != len(p.marks) {
		return nil, fmt.Errorf("%w: %d pages, %d expected", errDrawn, len(d.pages), len(p.marks))
	}
	tree := d.size
	next := p.document.number(tree + 1)
	for i, page := range d.pages {
		err = errors.Join(err, d.extend(page, "/Type /Page\n", fmt.Sprintf("/StructParents %d /Tabs /S\n", i)))
	}
	err = errors.Join(err, d.extend(d.root, "/Type /Catalog\n", fmt.Sprintf(
		"/MarkInfo <</Marked true>> /StructTreeRoot %d 0 R /ViewerPreferences <</DisplayDocTitle true>>\n", tree)))
	if err != nil {
		return nil, err
	}
	d.put(tree, treeRoot(p.document, p.marks))
	words := map[int]string{}
	for e, alt := range p.pictures {
		words[e.object] = alt
	}
	p.document.write(tree, d.pages, func(object int, dict types.Dict) {
		if alt, ok := words[object]; ok {
			dict["Alt"] = types.NewHexLiteral([]byte(types.EncodeUTF16String(alt)))
		}
		d.put(object, dict)
	})
	d.size = next
	return d.bytes(), nil
}

// need starts the next page unless that many points are left on this one.
func (p *paper) need(points float64) {
	if !p.dry && p.y+points > p.bottom+0.01 && p.y > bodyTop {
		p.newPage()
	}
}

// prose draws a paragraph that may go on over pages; nothing at all when it says nothing.
func (p *paper) prose(st style, runs []Run) {
	lines := p.wrap(st, p.w, runs)
	if len(lines) == 0 {
		return
	}
	p.need(float64(min(len(lines), 2)) * st.lead) // a first line does not stand alone at the foot
	p.tag(roleParagraph, func() { p.flow(st, lines) })
}

// flow draws lines as content of the open element, on as many pages as they need.
func (p *paper) flow(st style, lines [][]word) {
	for len(lines) > 0 {
		n := len(lines)
		if !p.dry {
			n = min(n, int((p.bottom-p.y+0.01)/st.lead))
		}
		if n <= 0 {
			p.newPage()
			continue
		}
		y, now, last := p.y, lines[:n], n == len(lines)
		p.content(func() {
			for i, line := range now {
				p.drawLine(p.x, y+st.ascent()+float64(i)*st.lead, st, line, last && i == n-1)
			}
		})
		p.y += float64(n) * st.lead
		lines = lines[n:]
	}
}
