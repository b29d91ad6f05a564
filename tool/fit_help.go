package tool

import (
	"cmp"
	"slices"
)

// helpsShown is how many changes "what would help most" lists.
const helpsShown = 3

// Help is a change that would make a candidate fit better: one answer, one step up.
type Help struct {
	Item        FitItem
	From, To    Answer
	Now, Then   Score        // the fit, at its low end when some answers are not known
	Adjustments []Adjustment // from the pack; the first is suggested
}

// WhatHelps lists the three changes that raise the fit most. Of equal gains the lowest present answer comes first, then pack order.
// A planned change counts as made only where the answer is 0, as in Fit. Nothing is listed for answers nobody knows.
func (p Pack) WhatHelps(r Ratings) ([]Help, error) {
	now, err := p.Fit(r)
	if err != nil {
		return nil, err
	}
	var helps []Help
	for _, item := range p.FitItems {
		from := r.of(item.Code).counts()
		if from == DontKnow || from == bestAnswer || len(item.Adjustments) == 0 {
			continue
		}
		then, err := p.Fit(r.with(item.Code, from+1))
		if err != nil {
			return nil, err
		}
		helps = append(helps, Help{Item: item, From: from, To: from + 1, Now: now.Low, Then: then.Low, Adjustments: item.Adjustments})
	}
	slices.SortStableFunc(helps, func(a, b Help) int {
		return cmp.Or(cmp.Compare(b.Then, a.Then), cmp.Compare(a.From, b.From))
	})
	return helps[:min(helpsShown, len(helps))], nil
}

// with is a copy of the ratings in which one question has another answer.
func (r Ratings) with(code string, a Answer) Ratings {
	changed := make(Ratings, len(r)+1)
	for c, rating := range r {
		changed[c] = rating
	}
	changed[code] = Known(a)
	return changed
}
