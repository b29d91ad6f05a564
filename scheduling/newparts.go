package scheduling

import (
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// checkParts turns the days and clock times into parts, and says beside which field a part is wrong.
func (n NewSession) checkParts(p *models.Problems, now time.Time) []Part {
	switch {
	case len(n.Parts) == 0:
		p.Add(FieldParts, "Enter a day, a start and an end")
	case len(n.Parts) > partsMost:
		p.Add(FieldParts, "A session has %d parts at most", partsMost)
		return nil
	}
	var parts []Part
	for i, given := range n.Parts {
		part, ok := given.check(p, i+1, now)
		if !ok {
			continue
		}
		if last := len(parts) - 1; last >= 0 && part.StartsAt.Before(parts[last].EndsAt) {
			p.Add(PartField(i+1, "start"), "Part %d must start after part %d has ended", i+1, parts[last].Ordinal)
			continue
		}
		parts = append(parts, part)
	}
	return parts
}

// check reads the nth part; false when it is wrong.
func (g NewPart) check(p *models.Problems, n int, now time.Time) (Part, bool) {
	if g.Day.IsZero() {
		p.Add(PartField(n, "day"), "Enter the day, like 14 January 2027")
		return Part{}, false
	}
	today := models.DateOf(now)
	if (models.Date{Year: today.Year + yearsAhead, Month: today.Month, Day: today.Day}).Before(g.Day) {
		p.Add(PartField(n, "day"), "Choose a day in the next %d years", yearsAhead)
		return Part{}, false
	}
	start, startOK := g.Start.on(g.Day)
	end, endOK := g.Until.on(g.Day)
	switch {
	case !startOK:
		p.Add(PartField(n, "start"), "The clocks change around %s on %s. Choose another time", g.Start, g.Day)
	case !endOK:
		p.Add(PartField(n, "until"), "The clocks change around %s on %s. Choose another time", g.Until, g.Day)
	case !end.After(start):
		p.Add(PartField(n, "until"), "The end must be later than the start, %s", models.ClockTime(start))
	case end.Sub(start) > partLongest:
		p.Add(PartField(n, "until"), "A part lasts %d hours at most", int(partLongest.Hours()))
	case !start.After(now) && g.Day.Before(today):
		p.Add(PartField(n, "day"), "Choose a day in the future")
	case !start.After(now):
		p.Add(PartField(n, "start"), "Choose a time in the future")
	default:
		return Part{Ordinal: n, StartsAt: start, EndsAt: end}, true
	}
	return Part{}, false
}
