package licensing

import (
	"strconv"

	"hub.salford.ac.uk/ssph/models"
)

// Moment is one line of a licence's story: what happened or will happen on a London day, and why.
type Moment struct {
	On          models.Date
	What        string
	Why         string
	Certificate Code // that came with it; empty for most
	Past        bool // it has happened
}

// Story tells the holder when the licence began, was extended, ended and will end, in order, each with its cause.
func (l Licence) Story(today models.Date) []Moment {
	var story []Moment
	add := func(m Moment) {
		m.Past = !today.Before(m.On)
		story = append(story, m)
	}
	for i, p := range l.Periods {
		m := Moment{On: p.Cause.On, What: "Extended up to the end of " + p.LastDay.String(), Why: p.Cause.Why(), Certificate: p.Cause.Certificate}
		if !p.goesOn() {
			m.On, m.What = p.StartsOn, "Licence "+l.Reference()+" began"
		}
		add(m)
		if i+1 < len(l.Periods) && l.Periods[i+1].goesOn() {
			continue
		}
		add(Moment{On: p.LastDay, What: "Last day", Why: "The same date, " + yearsOn(p.Years)})
		if p.Terms.GraceDays > 0 {
			add(Moment{On: p.GraceEnds(), What: "Grace ends. The tool becomes read-only", Why: models.Count(p.Terms.GraceDays, "day") + " after the last day"})
		}
	}
	if decided := l.Standing.state(); decided != "" {
		add(Moment{On: models.DateOf(l.StandingSince), What: decided.Tag(), Why: "The Hub office decided it"})
	}
	return story
}

func yearsOn(n int) string {
	if n == 1 {
		return "one year on"
	}
	return strconv.Itoa(n) + " years on"
}
