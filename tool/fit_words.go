package tool

import (
	"fmt"
	"strings"
)

// Word is an answer as it stands beside its blocks.
func (p Pack) Word(a Answer) string {
	if a == DontKnow {
		return "Don’t know"
	}
	return p.AnswerScale[a]
}

// Sentence is the fit in one sentence, never a figure without its band.
func (p Pack) Sentence(f Fit) string {
	switch {
	case f.Blocked():
		return "Blocked by: " + p.named(f.BlockedBy)
	case f.NotEnough:
		return "Not enough known yet. Find out: " + p.named(f.Unknown)
	case f.Band == nil:
		return fmt.Sprintf("Between %d and %d: find out %s", f.Low.Percent(), f.High.Percent(), p.named(f.Unknown))
	case f.Low != f.High:
		return fmt.Sprintf("%s, between %d and %d", fitting(*f.Band), f.Low.Percent(), f.High.Percent())
	}
	said := fmt.Sprintf("%d, %s", f.Low.Percent(), lower(fitting(*f.Band)))
	if f.Weakest == "" {
		return said + ". All three pairs fit equally"
	}
	return said + ". The weakest part is " + lower(f.Weakest.Label())
}

// fitting is a band as it stands beside the figure: Good fit, Poor fit, Workable with changes.
func fitting(b Band) string {
	if strings.Contains(b.Label, " ") {
		return b.Label
	}
	return b.Label + " fit"
}

// Fitting is a band as it stands beside the figure: Good fit, Poor fit, Workable with changes.
func (b Band) Fitting() string { return fitting(b) }

// figure is the band with its figure, as on the plan: Good, 65.
func (p Pack) figure(f Fit) string { return fmt.Sprintf("%s, %d", f.Band.Label, f.Low.Percent()) }

// named lists questions by their labels: cost met, equipment there; can get there and back.
func (p Pack) named(codes []string) string {
	labels := make([]string, len(codes))
	for n, code := range codes {
		item, _ := p.Item(code)
		labels[n] = lower(item.Label)
	}
	return strings.Join(labels, "; ")
}
