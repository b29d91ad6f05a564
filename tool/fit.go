package tool

import (
	"fmt"
	"slices"
)

// Pair is two of the three circles.
type Pair string

// The three pairs. Of pairs that fit equally badly the first here counts as the weakest.
const (
	PE Pair = "PE" // person and environment
	PO Pair = "PO" // person and occupation
	EO Pair = "EO" // environment and occupation
)

// How many questions a pair has, and how many factors a circle.
const (
	itemsInPair     = 4
	factorsInDomain = 6
	bestAnswer      = 4
)

func pairs() []Pair     { return []Pair{PE, PO, EO} }
func domains() []Domain { return []Domain{Person, Environment, Occupation} }

// Label is the pair in words.
func (p Pair) Label() string {
	switch p {
	case PE:
		return "Person and environment"
	case PO:
		return "Person and occupation"
	case EO:
	}
	return "Environment and occupation"
}

// Answer is what was said to one of the twelve questions: 0 to 4, or that nobody knows yet. The zero Answer is "blocks it"; a
// question that was not answered is DontKnow.
type Answer int

// DontKnow is "?": it never flatters a fit.
const DontKnow Answer = -1

// Rating is the answer to one question, and the answer that a planned change would make it.
type Rating struct {
	Answer     Answer `json:"answer"`
	Planned    Answer `json:"planned"`    // above Answer; DontKnow when no change is planned
	Adjustment string `json:"adjustment"` // code of the planned change, or empty
}

// Ratings are the answers by question. A question that is missing is not known.
type Ratings map[string]Rating

// Known is a rating without a plan.
func Known(a Answer) Rating { return Rating{Answer: a, Planned: DontKnow} }

// of is the rating of a question.
func (r Ratings) of(code string) Rating {
	if rating, ok := r[code]; ok {
		return rating
	}
	return Known(DontKnow)
}

// counts is the answer that counts now: a planned change counts at once where the answer is 0, because nothing goes on without it.
func (r Rating) counts() Answer {
	if r.Answer == 0 && r.Planned > 0 {
		return r.Planned
	}
	return r.Answer
}

// planned is the answer when every planned change has been made.
func (r Rating) planned() Answer {
	if r.Planned > r.Answer && r.Answer != DontKnow {
		return r.Planned
	}
	return r.Answer
}

// Score is a fit in ninety-sixths, so that no figure is rounded before it is shown. Of the whole: three times the weakest pair's
// sum of answers and the sums of all three pairs, which is half the weakest and half the mean. Of a pair: six times its sum.
type Score int

// fullScore is 100 per cent.
const fullScore = 96

// Percent is the score as it is shown: a whole number, halves up.
func (s Score) Percent() int { return (200*int(s) + fullScore) / (2 * fullScore) }

// Exact is the score in per cent, for drawing.
func (s Score) Exact() float64 { return float64(s) * 100 / fullScore }

// BandOf is the band in which a score falls.
func (p Pack) BandOf(s Score) Band {
	for _, b := range p.Bands {
		if 100*int(s) >= fullScore*b.From {
			return b
		}
	}
	return p.Bands[len(p.Bands)-1]
}

// PairFit is how well one pair fits. Low and High are equal when every answer is known.
type PairFit struct {
	Pair      Pair
	Low, High Score
	Unknown   []string // questions with "?", in pack order
	NotEnough bool     // more than one is unknown: too little to say
}

// Fit is how well a candidate activity fits. Every figure follows from the answers and the pack.
type Fit struct {
	Pairs     [3]PairFit // PE, PO, EO
	Low, High Score      // with every "?" as 0, and as 4
	Weakest   Pair       // by the low end; empty when all three are equal
	BlockedBy []string   // questions answered 0 with no change planned
	IfFixed   []string   // questions answered 0 that count as planned: "if we fix …"
	Unknown   []string
	NotEnough bool // some pair has too little to say
	Band      *Band
}

// Known says that every question is answered.
func (f Fit) Known() bool { return len(f.Unknown) == 0 }

// Blocked says that something stops it altogether: there is no figure and no band until that changes.
func (f Fit) Blocked() bool { return len(f.BlockedBy) > 0 }

// Pair returns the fit of one pair.
func (f Fit) Pair(p Pair) PairFit { return f.Pairs[slices.Index(pairs(), p)] }

// Fit works out how well a candidate fits as things are. Error: an answer that is no answer, which is a fault of the program.
func (p Pack) Fit(r Ratings) (Fit, error) { return p.fit(r, Rating.counts) }

// FitAsPlanned works out the fit with every planned change made.
func (p Pack) FitAsPlanned(r Ratings) (Fit, error) { return p.fit(r, Rating.planned) }

func (p Pack) fit(r Ratings, counted func(Rating) Answer) (Fit, error) {
	if err := p.checkRatings(r); err != nil {
		return Fit{}, err
	}
	var f Fit
	for n, pair := range pairs() {
		one := &f.Pairs[n]
		one.Pair = pair
		for _, item := range p.itemsOf(pair) {
			rating := r.of(item.Code)
			a := counted(rating)
			switch {
			case a == DontKnow:
				one.Unknown = append(one.Unknown, item.Code)
				one.High += bestAnswer * 6
			case a == 0:
				f.BlockedBy = append(f.BlockedBy, item.Code)
			case rating.Answer == 0:
				f.IfFixed = append(f.IfFixed, item.Code)
			}
			if a > 0 {
				one.Low += Score(a) * 6
				one.High += Score(a) * 6
			}
		}
		one.NotEnough = len(one.Unknown) > 1
		f.NotEnough = f.NotEnough || one.NotEnough
		f.Unknown = append(f.Unknown, one.Unknown...)
	}
	f.sumUp(p)
	return f, nil
}

// sumUp adds what follows from the three pairs.
func (f *Fit) sumUp(p Pack) {
	f.Low = whole(f.Pairs[0].Low, f.Pairs[1].Low, f.Pairs[2].Low)
	f.High = whole(f.Pairs[0].High, f.Pairs[1].High, f.Pairs[2].High)
	weakest := f.Pairs[0]
	for _, one := range f.Pairs[1:] {
		if one.Low < weakest.Low {
			weakest = one
		}
	}
	if f.Pairs[0].Low != f.Pairs[1].Low || f.Pairs[1].Low != f.Pairs[2].Low {
		f.Weakest = weakest.Pair
	}
	low := p.BandOf(f.Low)
	if !f.Blocked() && !f.NotEnough && low.Code == p.BandOf(f.High).Code {
		f.Band = &low
	}
}

// whole is half the weakest pair and half the mean of the three; pairs are in ninety-sixths, six to an answer's step.
func whole(a, b, c Score) Score { return (3*min(a, b, c) + a + b + c) / 6 }

func (p Pack) itemsOf(pair Pair) []FitItem {
	var items []FitItem
	for _, i := range p.FitItems {
		if i.Pair == pair {
			items = append(items, i)
		}
	}
	return items
}

// checkRatings finds answers to questions the pack does not have, and answers that are none.
func (p Pack) checkRatings(r Ratings) error {
	for code, rating := range r {
		if _, ok := p.Item(code); !ok {
			return fmt.Errorf("tool: pack %s %s has no question %q", p.ID, p.Version, code)
		}
		if rating.Answer < DontKnow || rating.Answer > bestAnswer || rating.Planned < DontKnow || rating.Planned > bestAnswer {
			return fmt.Errorf("tool: %s: %+v is no answer", code, rating)
		}
	}
	return nil
}
