package documents

import "fmt"

// The right-hand column of an invoice: dates, totals, account.
const (
	sideX = 322.7
	sideW = marginSide + bodyWidth - sideX
)

// InvoicePDF draws an invoice or credit note as a tagged PDF. The bytes depend on the invoice alone. It fails when a field
// that the law asks for is missing or when the figures do not add up.
func InvoicePDF(i Invoice) ([]byte, error) {
	if err := i.check(); err != nil {
		return nil, err
	}
	w := i.Words()
	s, err := newSheet(w.Title+" "+w.Number, i.IssueDate)
	if err != nil {
		return nil, err
	}
	s.running, s.footer = w.Title+" "+w.Number, w.Footer
	s.letterhead(w)
	s.addressed(w)
	s.invoiceLines(w)
	s.sums(w)
	s.payment(w)
	pdf, err := s.bytes()
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", i.Kind, i.Number, err)
	}
	return pdf, nil
}

// letterhead is the wordmark and supplier at the left, the title and number at the right.
func (s *sheet) letterhead(w InvoiceWords) {
	const top = 41.0
	s.wordmark(marginSide, top)
	s.y = top
	right := s.at(sideX, sideW, func() {
		s.heading(roleHeading1, title, true, w.Title)
		s.tag(roleParagraph, func() { s.lines(style{size: 15, lead: 22, colour: ink}, true, plain(w.Number)) })
	})
	s.y = top + 41
	left := s.at(marginSide, sideX-marginSide-20, func() {
		for _, l := range w.Supplier {
			s.paragraph(second, l)
		}
	})
	s.y = max(left, right)
	if w.Notice != "" {
		s.gap(6)
		s.paragraph(body.strong(), w.Notice)
	}
	s.gap(14)
}

// addressed is the customer at the left, the dates and references at the right.
func (s *sheet) addressed(w InvoiceWords) {
	s.openSection(heavy)
	s.gap(13)
	left := s.at(marginSide, sideX-marginSide-20, func() {
		s.paragraph(second, w.CustomerLabel)
		s.gap(2)
		s.heading(roleHeading2, name, false, w.CustomerName)
		for _, l := range w.Customer {
			s.paragraph(body, l)
		}
	})
	right := s.at(sideX, sideW, func() { s.facts(18.8, w.Facts) })
	s.y = max(left, right)
	s.gap(22)
}

func (s *sheet) invoiceLines(w InvoiceWords) {
	columns := []tableColumn{
		{title: w.LineHeads[0], headsRow: true},
		{title: w.LineHeads[1], figures: true},
		{title: w.LineHeads[2], figures: true},
		{title: w.LineHeads[3], figures: true},
		{title: w.LineHeads[4], figures: true},
	}
	var rows []tableRow
	for _, l := range w.Lines {
		about := []passage{{body.strong(), l.Description}}
		for _, n := range l.Notes {
			about = append(about, passage{small, n})
		}
		rows = append(rows, tableRow{about, {{body, l.Quantity}}, {{body, l.UnitPrice}}, {{body, l.Rate}}, {{body, l.Net}}})
	}
	s.table(columns, rows)
	s.gap(16)
}

// sums is the VAT summary at the left and the totals at the right, kept on one page.
func (s *sheet) sums(w InvoiceWords) {
	s.keep(func() {
		const width = 238.0
		y := s.y
		left := s.at(marginSide, width, func() {
			s.heading(roleHeading2, body.strong(), false, w.VATTitle)
			s.gap(4)
			s.table([]tableColumn{
				{title: w.VATHeads[0], headsRow: true},
				{title: w.VATHeads[1], figures: true},
				{title: w.VATHeads[2], figures: true},
			}, vatRows(w.VATRows))
			for _, r := range w.Reasons {
				s.gap(2)
				s.paragraph(small, r)
			}
		})
		s.y = y
		right := s.at(sideX, sideW, func() {
			s.facts(18.8, w.Totals)
			s.gap(4)
			s.openSection(heavy)
			s.gap(8)
			s.figure(w.Figure)
		})
		s.y = max(left, right)
	})
	s.gap(20)
}

func vatRows(rows [][3]string) []tableRow {
	var all []tableRow
	cell := style{size: 10, lead: 15, colour: ink}
	for _, r := range rows {
		all = append(all, tableRow{{{cell, r[0]}}, {{cell, r[1]}}, {{cell, r[2]}}})
	}
	return all
}

// figure is the one large amount of the page.
func (s *sheet) figure(f Fact) {
	s.tag(roleList, func() {
		s.tag(roleItem, func() {
			y := s.y
			s.tag(roleLabel, func() {
				s.at(s.x, s.w/2, func() {
					s.gap(figure.ascent() - name.ascent())
					s.lines(name, false, plain(f.Label))
				})
			})
			s.y = y
			s.tag(roleBody, func() {
				s.y = s.at(s.x+s.w/3, s.w*2/3, func() { s.lines(figure, true, plain(f.Value)) })
			})
		})
	})
}

// payment is the box on how to pay, or the sentence that says why there is none.
func (s *sheet) payment(w InvoiceWords) {
	if w.Pay == nil {
		s.keep(func() { s.paragraph(section, w.Statement) })
		return
	}
	s.box(func() {
		const half = 206.0
		left := s.at(s.x, half, func() {
			s.heading(roleHeading2, section, false, w.Pay.Title)
			s.sentence(body, w.Pay.Sentence)
		})
		right := s.at(s.x+half+32, s.w-half-32, func() { s.facts(18.8, w.Pay.Account) })
		s.y = max(left, right)
	})
}
