package tool

import (
	"cmp"
	"fmt"
	"slices"

	"hub.salford.ac.uk/ssph/models"
)

// FactorAnswer is what is known of one factor. Each view is 0 to 4, or DontKnow while it is not explored.
type FactorAnswer struct {
	Person       Answer `json:"person"` // the person's own view
	Practitioner Answer `json:"practitioner"`
	Starred      bool   `json:"starred"`  // matters most to the person
	Evidence     string `json:"evidence"` // one line
}

// unexplored is a factor nobody has spoken of.
func unexplored() FactorAnswer { return FactorAnswer{Person: DontKnow, Practitioner: DontKnow} }

// View is the answer that counts: the person's own, or the practitioner's while the person has given none.
func (a FactorAnswer) View() Answer {
	if a.Person != DontKnow {
		return a.Person
	}
	return a.Practitioner
}

// TalkAbout says that the two views lie two steps or more apart.
func (a FactorAnswer) TalkAbout() bool {
	if a.Person == DontKnow || a.Practitioner == DontKnow {
		return false
	}
	return a.Person-a.Practitioner >= 2 || a.Practitioner-a.Person >= 2
}

// blocks says that either view is 0.
func (a FactorAnswer) blocks() bool { return a.Person == 0 || a.Practitioner == 0 }

// FactorAnswers are the answers by factor. A factor that is missing is not explored.
type FactorAnswers map[string]FactorAnswer

func (f FactorAnswers) of(code string) FactorAnswer {
	if a, ok := f[code]; ok {
		return a
	}
	return unexplored()
}

// FactorLine is one factor with its answer.
type FactorLine struct {
	Factor Factor
	FactorAnswer
}

// DomainCount says how one circle's six factors stand. There is no total: nobody is given a score.
type DomainCount struct {
	Domain                                Domain
	Strengths, Mixed, InTheWay, NotSpoken int
}

// FactorsPicture is what the eighteen factors say, as lists.
type FactorsPicture struct {
	Domains   [3]DomainCount
	BuildOn   []FactorLine // 3 or 4, those that matter most first
	InTheWay  []FactorLine // 0 or 1
	FindOut   []FactorLine // not explored
	TalkAbout []FactorLine // the two views lie apart
}

// Picture sorts the eighteen factors into what to build on, what is in the way and what to find out.
func (p Pack) Picture(answers FactorAnswers) FactorsPicture {
	var pic FactorsPicture
	for n, domain := range domains() {
		pic.Domains[n].Domain = domain
	}
	for _, factor := range p.Factors {
		line := FactorLine{factor, answers.of(factor.Code)}
		count := &pic.Domains[slices.Index(domains(), factor.Domain)]
		switch view := line.View(); {
		case view == DontKnow:
			count.NotSpoken++
			pic.FindOut = append(pic.FindOut, line)
		case view >= 3:
			count.Strengths++
			pic.BuildOn = append(pic.BuildOn, line)
		case view <= 1:
			count.InTheWay++
			pic.InTheWay = append(pic.InTheWay, line)
		default:
			count.Mixed++
		}
		if line.TalkAbout() {
			pic.TalkAbout = append(pic.TalkAbout, line)
		}
	}
	for _, list := range [][]FactorLine{pic.BuildOn, pic.InTheWay} {
		slices.SortStableFunc(list, func(a, b FactorLine) int { return cmp.Compare(starRank(a), starRank(b)) })
	}
	return pic
}

func starRank(l FactorLine) int {
	if l.Starred {
		return 0
	}
	return 1
}

// checkFactor says why an answer to a factor cannot be taken. others are the answers that stand.
func (p Pack) checkFactor(code string, a FactorAnswer, others FactorAnswers) error {
	if _, ok := p.Factor(code); !ok {
		return models.NotFound("This part is not in the pack of this case")
	}
	if a.Person < DontKnow || a.Person > bestAnswer || a.Practitioner < DontKnow || a.Practitioner > bestAnswer {
		return models.Invalid("answer", "Choose one of the answers")
	}
	stars := 0
	for other, has := range others {
		if other != code && has.Starred {
			stars++
		}
	}
	if a.Starred && stars >= p.Limits.Stars {
		return models.Invalid("starred", "%s can matter most. Take the star off another first", things(p.Limits.Stars))
	}
	return nil
}

func things(n int) string {
	if n == 1 {
		return "1 thing"
	}
	return fmt.Sprintf("%d things", n)
}
