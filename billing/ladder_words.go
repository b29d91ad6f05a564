package billing

import (
	"fmt"
	"slices"
	"strings"

	"hub.salford.ac.uk/ssph/models"
)

// sameLadder says that two ladders charge the same on every day.
func sameLadder(a, b Ladder) bool { return slices.Equal(a, b) }

// Words is the ladder in one line: "nothing at 28 days or more, 50% at 14 to 27 days, 100% later or for a no-show".
func (l Ladder) Words() string {
	var steps []string
	for i, s := range l {
		steps = append(steps, feeWords(s.Fee)+" "+l.noticeWords(i))
	}
	return strings.Join(steps, ", ")
}

func feeWords(fee models.Percent) string {
	if fee == 0 {
		return "nothing"
	}
	return fee.String()
}

// noticeWords says at what notice a step holds.
func (l Ladder) noticeWords(i int) string {
	switch s := l[i]; {
	case len(l) == 1:
		return "on any day or for a no-show"
	case i == 0:
		return fmt.Sprintf("at %s or more", models.Count(s.Days, "day"))
	case i == len(l)-1:
		return "later or for a no-show"
	case s.Days == l[i-1].Days-1:
		return "at " + models.Count(s.Days, "day")
	default:
		return fmt.Sprintf("at %d to %d days", s.Days, l[i-1].Days-1)
	}
}
