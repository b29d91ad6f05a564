package documents

// The side of a box to tick.
const tickBox = 12.0

// actions is the table of what we will do; in easy read a list.
func (s planSheet) actions() {
	if len(s.words.Actions) == 0 {
		return
	}
	s.part(s.words.ActionsTitle, func() {
		s.gap(4)
		if s.look.easy {
			s.actionList()
		} else {
			s.actionTable()
		}
	})
	s.gap(12)
}

func (s planSheet) actionTable() {
	columns := s.actionColumns()
	head := column.lead + 14
	s.tag(roleTable, func() {
		rows := make([][][]set, len(s.words.Actions))
		for i, a := range s.words.Actions {
			rows[i] = s.setRow(columns, s.actionRow(a))
		}
		s.need(head + rowHeight(rows[0]))
		s.tag(roleRow, func() { s.tableHead(columns) })
		for i, cells := range rows {
			s.tag(roleRow, func() { s.actionCells(columns, cells, s.words.Actions[i].Done) })
		}
	})
}

func (s planSheet) actionColumns() []tableColumn {
	const between, box = 12, 40.0
	shares := []float64{0.36, 0.17, 0.24, 0.23}
	columns := make([]tableColumn, len(s.words.ActionHeads))
	for i, head := range s.words.ActionHeads {
		columns[i] = tableColumn{title: head, room: between, width: box, headsRow: i == 0}
		if i < len(shares) {
			columns[i].width = shares[i] * (s.w - box)
		}
	}
	columns[0].room = 0
	return columns
}

func (s planSheet) actionRow(a ActionWords) tableRow {
	what := []passage{{s.look.strong, a.What}}
	if a.Sure != "" {
		what = append(what, passage{s.look.note, a.Sure})
	}
	done := []passage{}
	if a.Done {
		done = append(done, passage{s.look.text, "Yes"})
	}
	return tableRow{what, {{s.look.text, a.Who}}, {{s.look.text, a.When}}, {{s.look.text, a.Where}}, done}
}

// actionCells draws a row with its box, on this page or with the head again on the next; a row longer than a page goes on.
func (s planSheet) actionCells(columns []tableColumn, cells [][]set, done bool) {
	if s.dry {
		s.y += rowHeight(cells)
		return
	}
	if s.y+rowHeight(cells) > s.bottom && s.y > bodyTop+60 {
		s.goOn(columns)
	}
	if !done {
		last := columns[len(columns)-1]
		s.square(s.x+s.w-last.width+last.room, s.y+1.5)
	}
	elements := make([]*element, len(columns))
	for {
		var rest [][]set
		if s.y+rowHeight(cells) > s.bottom {
			cells, rest = split(cells, s.bottom-s.y-rowFoot)
		}
		s.drawCells(columns, cells, elements)
		if rest == nil {
			return
		}
		cells = rest
		s.goOn(columns)
	}
}

// square is a box to tick with a pen; a screen reader finds an empty cell under Done.
func (s planSheet) square(x, y float64) {
	s.unread("Layout", func() {
		s.pdf.SetLineWidth(1.2)
		s.pdf.SetDrawColor(ink2.r, ink2.g, ink2.b)
		s.pdf.RoundedRect(x, y, tickBox, tickBox, 1.5, "1234", "D")
	})
}

// actionList is the easy-read form: each action with its box, and one line for who, when and where.
func (s planSheet) actionList() {
	const indent = 26.0
	s.tag(roleList, func() {
		for _, a := range s.words.Actions {
			lines := func() { s.y = s.at(s.x+indent, s.w-indent, func() { s.actionLines(a) }) }
			s.need(min(s.measure(lines), (s.bottom-bodyTop)/2))
			if !a.Done {
				s.square(s.x, s.y+5)
			}
			s.tag(roleItem, func() { s.tag(roleBody, lines) })
			s.gap(8)
		}
	})
}

func (s planSheet) actionLines(a ActionWords) {
	s.say(s.look.strong, []string{ended(a.What)})
	heads := s.words.ActionHeads
	for _, line := range [][2]string{{heads[1], a.Who}, {heads[2], a.When}, {heads[3], a.Where}} {
		if line[1] != "" {
			s.prose(s.look.text, plain(line[0]+": "+ended(line[1])))
		}
	}
	s.say(s.look.text, []string{a.Sure})
	if a.Done {
		s.prose(s.look.text, plain("Done."))
	}
}
