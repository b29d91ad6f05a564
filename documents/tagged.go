package documents

import (
	"bytes"
	"errors"
	"fmt"

	"codeberg.org/go-pdf/fpdf"

	"hub.salford.ac.uk/ssph/models"
)

// A4 in points, with the margins of every sheet.
const (
	pageWidth   = 595.28
	pageHeight  = 841.89
	marginSide  = 48.2
	marginTop   = 48.2
	bodyTop     = 84.0 // on the second page and later, below the running head
	bodyBottom  = 768.0
	footerRule  = 782.0
	footerBase  = 802.0
	bodyWidth   = pageWidth - 2*marginSide
	fontFamily  = "liberationsans"
	documentTag = "en-GB"
)

// sheet draws a tagged A4 document from top to bottom. Everything drawn is either marked content of an element of the
// structure tree, in reading order, or unread.
type sheet struct {
	pdf      *fpdf.Fpdf
	letters  coverage
	document *element
	open     *element     // what new content belongs to
	marks    [][]*element // per page, the element that owns each piece of marked content
	dry      bool         // measuring: blocks take their height and draw nothing
	x, w     float64      // the present column
	y        float64      // how far down the page it is filled
	running  string       // stands at the top of the second page and later
	footer   string       // stands at the foot of every page, and is read once, at the end
}

// newSheet starts a document with its first page. The date is what the file says of its making; there must be one.
func newSheet(title string, made models.Date) (*sheet, error) {
	if made.IsZero() {
		return nil, errors.New("documents: a document needs a date")
	}
	letters, err := newCoverage(regularFont)
	if err != nil {
		return nil, err
	}
	pdf := fpdf.NewCustom(&fpdf.InitType{
		UnitStr: "pt", Size: fpdf.SizeType{Wd: pageWidth, Ht: pageHeight}, OrientationStr: "P",
	})
	s := &sheet{pdf: pdf, letters: letters, document: &element{role: roleDocument}}
	s.open = s.document
	noon := made.At(12, 0)
	pdf.SetCatalogSort(true)
	pdf.SetCreationDate(noon)
	pdf.SetModificationDate(noon)
	pdf.SetProducer("SSPH", true)
	pdf.SetTitle(letters.drawable(title), true)
	pdf.SetLang(documentTag)
	pdf.SetMargins(0, 0, 0)
	pdf.SetCellMargin(0)
	pdf.SetAutoPageBreak(false, 0)
	pdf.AddUTF8FontFromBytes(fontFamily, "", regularFont)
	pdf.AddUTF8FontFromBytes(fontFamily, "B", boldFont)
	s.x, s.w = marginSide, bodyWidth
	s.newPage()
	return s, pdf.Error()
}

func (s *sheet) newPage() {
	s.pdf.AddPage()
	s.marks = append(s.marks, nil)
	s.y = marginTop
	if len(s.marks) == 1 || s.running == "" {
		return
	}
	s.unread("Pagination", func() {
		s.put(marginSide, marginTop+small.size, small, s.running)
		s.rule(marginSide, marginTop+18, bodyWidth, hair)
	})
	s.y = bodyTop
}

// tag puts an element around what f draws.
func (s *sheet) tag(r role, f func()) { s.tagScoped(r, "", f) }

func (s *sheet) tagScoped(r role, scope string, f func()) {
	if s.dry || s.open == nil {
		f()
		return
	}
	was := s.open
	e := &element{role: r, scope: scope, parent: was}
	was.pieces = append(was.pieces, piece{child: e})
	s.open = e
	f()
	s.open = was
}

// aside draws f for the eye only: what a screen reader has already read, such as the head of a table on its second page.
func (s *sheet) aside(f func()) {
	was := s.open
	s.open = nil
	f()
	s.open = was
}

// content marks what f draws as belonging to the open element. f may not change the page.
func (s *sheet) content(f func()) {
	if s.dry {
		return
	}
	if s.open == nil {
		s.unread("Pagination", f)
		return
	}
	page := s.pdf.PageNo()
	mcid := len(s.marks[page-1])
	s.marks[page-1] = append(s.marks[page-1], s.open)
	s.open.pieces = append(s.open.pieces, piece{page: page, mcid: mcid})
	s.pdf.RawWriteStr(fmt.Sprintf("/%s <</MCID %d>> BDC\n", s.open.role, mcid))
	f()
	s.pdf.RawWriteStr("EMC\n")
}

// unread draws what only the eye needs and a screen reader passes over: kind is Layout or Pagination.
func (s *sheet) unread(kind string, f func()) {
	if s.dry {
		return
	}
	s.pdf.RawWriteStr(fmt.Sprintf("/Artifact <</Type /%s>> BDC\n", kind)) //nolint:misspell // the PDF operator
	f()
	s.pdf.RawWriteStr("EMC\n")
}

// bytes ends the document: it writes the footers, now that the number of pages is known, and adds the structure tree.
func (s *sheet) bytes() ([]byte, error) {
	pages := len(s.marks)
	for page := 1; page <= pages; page++ {
		s.pdf.SetPage(page)
		s.unread("Pagination", func() {
			s.rule(marginSide, footerRule, bodyWidth, hair)
			s.putRight(marginSide, footerBase, bodyWidth, small, fmt.Sprintf("Page %d of %d", page, pages))
			if page < pages {
				s.put(marginSide, footerBase, small, s.footer)
			}
		})
	}
	if s.footer != "" {
		s.tag(roleParagraph, func() {
			s.content(func() { s.put(marginSide, footerBase, small, s.footer) })
		})
	}
	var b bytes.Buffer
	if err := s.pdf.Output(&b); err != nil {
		return nil, fmt.Errorf("documents: draw: %w", err)
	}
	return assemble(b.Bytes(), s.document, s.marks)
}
