package templates

import (
	"fmt"
	"strconv"

	"hub.salford.ac.uk/ssph/models"
)

// PricesPage is pages/prices.html. Every figure comes from the one price function.
type PricesPage struct {
	Page
	People string // as typed
	Format string // "face-to-face" or "online"
	Result *PriceResult
	Chart  BarChart
	Table  []PriceRow
}

// PriceResult compares the routes for a number of people; nil while the number is not right.
type PriceResult struct {
	People int
	Routes []RoutePrice // the one that fits first; none from 16 people
}

// Several says that so many people need more than one group, quoted by staff.
func (r PriceResult) Several() bool { return len(r.Routes) == 0 }

// RoutePrice is one panel of the comparison.
type RoutePrice struct {
	Route     string // "open-access" or "bespoke"
	People    int
	Format    string
	Fits      bool         // the right one for this number
	Unit      models.Pence // one place, or one group
	Net       models.Pence
	VAT       models.Pence
	VATRate   models.Percent
	Gross     models.Pence
	PerPerson models.Pence // net, rounded
	More      models.Pence // how much more it costs than the other, with VAT; 0 when it does not
	MaxPeople int          // open access: places one organisation may have on a session (9)
	MinPeople int          // own group: the smallest (10)
	TopPeople int          // own group: the largest (15)
	ActionURL string       // where the button leads
}

// Own says that this is the organisation's own group.
func (r RoutePrice) Own() bool { return r.Route == "bespoke" }

// PriceRow is one line of the table under the chart.
type PriceRow struct {
	People int
	Net    models.Pence
	Each   models.Pence
	Yours  bool
}

// PricePoint is what a number of people costs, before VAT, by the route that fits them.
type PricePoint struct {
	People int
	Net    models.Pence
	Own    bool // an organisation's own group
}

// PriceChart draws what each number of people costs: unit is one open-access place, group one own group, yours the reader's number.
func PriceChart(points []PricePoint, unit, group models.Pence, yours int) BarChart {
	c := BarChart{Axis: "Number of people"}
	lastOpen, firstOwn := 0, -1
	var highest models.Pence
	for i, p := range points {
		highest = max(highest, p.Net)
		bar := Bar{Label: strconv.Itoa(p.People), Parts: []BarPart{{int64(p.Net), SeriesSecond}}, Own: p.People == yours}
		if p.Own {
			bar.Parts[0].Series = SeriesSoft
			if firstOwn < 0 {
				firstOwn = i
			}
		} else {
			lastOpen = p.People
		}
		if bar.Own {
			bar.Value = p.Net.Short()
		}
		c.Bars = append(c.Bars, bar)
	}
	c.Ticks = poundTicks(highest)
	c.Finding = fmt.Sprintf("Up to %d people cost %s each before VAT.", lastOpen, unit.Short())
	c.Notes = []ChartNote{{Bar: 0, Value: c.Ticks[len(c.Ticks)-1].Value / 2, Strong: "Open access,", Text: unit.Short() + " a person", Series: SeriesSecond}}
	if firstOwn >= 0 {
		c.Finding += fmt.Sprintf(" From %d people one group costs %s, whatever the number.", points[firstOwn].People, group.Short())
		c.Notes = append(c.Notes, ChartNote{Bar: firstOwn, Value: c.Ticks[len(c.Ticks)-1].Value, Strong: "Your own group,", Text: "one price", Series: SeriesSoft})
	}
	return c
}

// poundTicks are three or four round hairlines from nothing to at least highest.
func poundTicks(highest models.Pence) []Tick {
	const pound = 100
	step := int64(pound)
	for _, factor := range []int64{2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000} {
		if step*4 > int64(highest) {
			break
		}
		step = factor * pound
	}
	if int64(highest) > step*4 {
		step = (int64(highest)/4/pound + 1) * pound
	}
	ticks := []Tick{{0, "£0"}}
	for v := step; ; v += step {
		ticks = append(ticks, Tick{v, models.Pence(v).Short()})
		if v >= int64(highest) {
			return ticks
		}
	}
}
