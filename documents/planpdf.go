package documents

import "fmt"

// planLook is how a plan is set: the ordinary sheet, or the easy-read one.
type planLook struct {
	text, strong, note, heading, quote, hope, foot style
	easy                                           bool // 16 points, one column, one sentence a line
}

var (
	planGreen  = style{size: 12, lead: 17, bold: true, colour: brand}
	personText = rgb{0x6D, 0x1F, 0x48}
	personSoft = rgb{0xF6, 0xE6, 0xEE}
	stopSoft   = rgb{0xFB, 0xE9, 0xE7}
)

func ordinaryPlan() planLook {
	return planLook{
		text: style{size: 11, lead: 15, colour: ink}, strong: style{size: 11, lead: 15, bold: true, colour: ink},
		note: style{size: 10, lead: 14.5, colour: ink2}, heading: planGreen, foot: style{size: 10, lead: 14.5, colour: ink2},
		quote: style{size: 15, lead: 21, colour: ink}, hope: style{size: 13, lead: 18.5, bold: true, colour: ink},
	}
}

func easyPlan() planLook {
	text := style{size: 16, lead: 24, colour: ink}
	strong := text.strong()
	heading := style{size: 19, lead: 27, bold: true, colour: brand}
	return planLook{text: text, strong: strong, note: text, heading: heading, quote: text, hope: strong, foot: text, easy: true}
}

// PlanPDF draws a plan as a tagged PDF: one page, or more when there is more to say, never smaller than 10 points. The crisis
// numbers and the pack's notice stand at the foot of every page. The bytes depend on the plan alone.
func PlanPDF(p Plan) ([]byte, error) { return p.draw(ordinaryPlan()) }

// EasyReadPlanPDF is PlanPDF at 16 points with one sentence a line.
func EasyReadPlanPDF(p Plan) ([]byte, error) { return p.draw(easyPlan()) }

// planSheet is a plan being drawn.
type planSheet struct {
	*paper
	look  planLook
	words PlanWords
}

func (p Plan) draw(look planLook) ([]byte, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	w := p.Words()
	drawn, err := newPaper(w.Title+", case "+p.Case, p.WrittenOn)
	if err != nil {
		return nil, err
	}
	s := planSheet{paper: drawn, look: look, words: w}
	s.running = w.Title + ", case " + p.Case
	if err := s.setFoot(); err != nil {
		return nil, fmt.Errorf("plan of case %s: %w", p.Case, err)
	}
	s.head()
	s.matters()
	s.person()
	s.goals()
	s.actions()
	s.support(p.Fit)
	pdf, err := s.finish()
	if err != nil {
		return nil, fmt.Errorf("plan of case %s: %w", p.Case, err)
	}
	return pdf, nil
}

// head is the title at the left and the wordmark at the right.
func (s planSheet) head() {
	const mark = 200.0
	s.y = 34
	left := s.at(s.x, s.w-mark-20, func() {
		s.heading(roleHeading1, title, false, s.words.Title)
		s.say(s.look.note, []string{s.words.Subtitle})
	})
	s.wordmark(pageWidth-marginSide-mark, 36)
	s.y = max(left, 36+31) + 12
}
