package documents

import (
	"errors"
	"fmt"
	"strings"
)

const (
	planFootBottom = pageHeight - 42.5 // 15 mm above the edge of the paper
	planFootGap    = 10                // between the body of a page and its foot
)

var errFoot = errors.New("documents: the foot of the page takes more than half of it")

// setFoot keeps room for the foot on every page: it is drawn when all pages are there.
func (s planSheet) setFoot() error {
	height := s.measure(s.drawFoot)
	top := planFootBottom - height
	if top < pageHeight/2 {
		return errFoot
	}
	s.bottom = top - planFootGap
	s.foot = func() {
		s.x, s.w, s.y, s.bottom = marginSide, bodyWidth, top, pageHeight
		s.drawFoot()
	}
	return nil
}

// drawFoot is the crisis numbers on their ground and the pack's notice, with the page number when there are several.
func (s planSheet) drawFoot() {
	inner := func() {
		s.gap(9)
		s.y = s.at(s.x+10, s.w-20, s.crisis)
		s.gap(9)
	}
	s.ground(stopSoft, s.measure(inner))
	inner()
	s.gap(9)
	st, y, pages := s.look.foot, s.y, len(s.marks)
	for i, line := range s.footLines() {
		width := s.w
		if i == 0 {
			width -= 6 * st.size // for the page number
		}
		s.y = s.at(s.x, width, func() { s.say(st, []string{line}) })
	}
	s.y = max(s.y, y+st.lead)
	if pages > 1 {
		s.unread("Pagination", func() {
			s.putRight(s.x, y+st.ascent(), s.w, st, fmt.Sprintf("Page %d of %d", s.pdf.PageNo(), pages))
		})
	}
}

// footLines are the lines below the crisis numbers. In easy read, whose lines are large, who wrote the plan stands at its end.
func (s planSheet) footLines() []string {
	if s.look.easy || s.words.Written == "" {
		return []string{s.words.Notice}
	}
	return []string{s.words.Written, s.words.Notice}
}

func (s planSheet) crisis() {
	if s.look.easy {
		s.prose(s.look.strong, plain(s.words.CrisisTitle))
		for _, line := range s.words.Crisis {
			s.prose(s.look.text, plain(line))
		}
		return
	}
	s.prose(s.look.text, []Run{{Text: s.words.CrisisTitle + " ", Strong: true}, {Text: strings.Join(s.words.Crisis, " ")}})
}
