package documents

// tableColumn is one column of a table. A figures column stands at the right and is as wide as its widest cell, so that no
// figure is broken; the one other column takes what is left.
type tableColumn struct {
	title    string
	figures  bool
	headsRow bool
	room     float64 // kept free at its left
	width    float64 // with the room; set by fit
}

// passage is one paragraph inside a cell.
type passage struct {
	style style
	text  string
}

// tableRow holds a cell for each column.
type tableRow [][]passage

// set is a passage broken into lines for its column.
type set struct {
	style style
	line  []word
	last  bool // the cell ends here
}

// table draws a table across the present column. Its head is repeated on every page, and no row is split unless it is
// longer than a page.
func (s *sheet) table(columns []tableColumn, rows []tableRow) {
	columns = s.fit(columns, rows)
	s.tag(roleTable, func() {
		s.keep(func() {
			s.tag(roleRow, func() { s.tableHead(columns) })
			if len(rows) > 0 {
				s.measureOnly(func() { s.drawRow(columns, s.setRow(columns, rows[0])) })
			}
		})
		for _, r := range rows {
			s.tag(roleRow, func() { s.flowRow(columns, s.setRow(columns, r)) })
		}
	})
}

// fit gives every column its width.
func (s *sheet) fit(columns []tableColumn, rows []tableRow) []tableColumn {
	const between = 12
	fitted := append([]tableColumn(nil), columns...)
	left := s.w
	for i, c := range fitted {
		if !c.figures {
			continue
		}
		widest := s.width(column, false, c.title)
		for _, r := range rows {
			for _, p := range r[i] {
				widest = max(widest, s.width(p.style, false, s.letters.drawable(p.text)))
			}
		}
		fitted[i].room, fitted[i].width = between, between+min(widest, s.w/3)+0.1
		left -= fitted[i].width
	}
	for i, c := range fitted {
		if !c.figures {
			fitted[i].width = left
		}
	}
	return fitted
}

// measureOnly lets a keep count what follows, so that a head never stands alone at the foot of a page.
func (s *sheet) measureOnly(f func()) {
	if s.dry {
		f()
	}
}

// tableHead draws the column titles in the open row.
func (s *sheet) tableHead(columns []tableColumn) {
	bottom, x := s.y, s.x
	for _, c := range columns {
		s.tagScoped(roleHead, "Column", func() {
			bottom = max(bottom, s.at(x+c.room, c.width-c.room, func() { s.lines(column, c.figures, plain(c.title)) }))
		})
		x += c.width
	}
	s.y = bottom + 6
	y := s.y
	s.unread("Layout", func() { s.rule(s.x, y, s.w, hair) })
	s.gap(8)
}

// goOn starts the next page of a table.
func (s *sheet) goOn(columns []tableColumn) {
	s.newPage()
	s.aside(func() { s.tableHead(columns) })
}

func (s *sheet) setRow(columns []tableColumn, r tableRow) [][]set {
	cells := make([][]set, len(columns))
	for i, c := range columns {
		for _, p := range r[i] {
			for _, l := range s.wrap(p.style, c.width-c.room, plain(p.text)) {
				cells[i] = append(cells[i], set{style: p.style, line: l})
			}
		}
		if n := len(cells[i]); n > 0 {
			cells[i][n-1].last = true
		}
	}
	return cells
}

const rowFoot = 12 // points under a row: room, rule, room

func rowHeight(cells [][]set) float64 {
	tallest := 0.0
	for _, c := range cells {
		height := 0.0
		for _, l := range c {
			height += l.style.lead
		}
		tallest = max(tallest, height)
	}
	return tallest + rowFoot
}

// flowRow draws a row on this page or, with the head again, on the next; a row longer than a page goes on for as many as
// it needs, as one row of the table.
func (s *sheet) flowRow(columns []tableColumn, cells [][]set) {
	if s.dry {
		s.y += rowHeight(cells)
		return
	}
	elements := make([]*element, len(columns))
	for {
		if rowHeight(cells) > s.room() && s.y > bodyTop+60 {
			s.goOn(columns)
		}
		var rest [][]set
		if rowHeight(cells) > s.room() {
			cells, rest = split(cells, s.room()-rowFoot)
		}
		s.drawCells(columns, cells, elements)
		if rest == nil {
			return
		}
		cells = rest
		s.goOn(columns)
	}
}

// split takes the lines of each cell that fit into height.
func split(cells [][]set, height float64) (fit, rest [][]set) {
	fit, rest = make([][]set, len(cells)), make([][]set, len(cells))
	for i, c := range cells {
		used, n := 0.0, 0
		for n < len(c) && used+c[n].style.lead <= height {
			used += c[n].style.lead
			n++
		}
		fit[i], rest[i] = c[:n], c[n:]
	}
	return fit, rest
}

// drawRow is drawCells for a row that is on one page only.
func (s *sheet) drawRow(columns []tableColumn, cells [][]set) {
	s.drawCells(columns, cells, make([]*element, len(columns)))
}

// drawCells draws what of a row stands on this page; elements keeps each cell's element over the pages.
func (s *sheet) drawCells(columns []tableColumn, cells [][]set, elements []*element) {
	if s.dry {
		s.y += rowHeight(cells)
		return
	}
	x, row := s.x, s.open
	for i, c := range columns {
		if elements[i] == nil {
			elements[i] = &element{role: roleCell, parent: row}
			if c.headsRow {
				elements[i].role, elements[i].scope = roleHead, "Row"
			}
			row.pieces = append(row.pieces, piece{child: elements[i]})
		}
		if len(cells[i]) > 0 {
			s.open = elements[i]
			s.content(func() { s.drawCell(x+c.room, c.width-c.room, c.figures, cells[i]) })
			s.open = row
		}
		x += c.width
	}
	s.y += rowHeight(cells)
	y := s.y - 4
	s.unread("Layout", func() { s.rule(s.x, y, s.w, hair) })
}

func (s *sheet) drawCell(x, w float64, right bool, lines []set) {
	y := s.y
	for _, l := range lines {
		start := x
		if right {
			start += w - s.lineWidth(l.style, l.line)
		}
		s.drawLine(start, y+l.style.ascent(), l.style, l.line, l.last)
		y += l.style.lead
	}
}
