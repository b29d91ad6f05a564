package documents

import ics "github.com/arran4/golang-ical"

const londonID = "Europe/London"

// londonZone is the rule of Europe/London since 1996, written as yearly rules that begin in 1970: Outlook ignores zones
// given as lists of dates.
func londonZone() *ics.VTimezone {
	zone := ics.NewTimezone(londonID)
	standard, daylight := ics.NewStandard(), &ics.Daylight{}
	season(&standard.ComponentBase, "GMT", "19701025T020000", "+0100", "+0000", "10")
	season(&daylight.ComponentBase, "BST", "19700329T010000", "+0000", "+0100", "3")
	zone.Components = append(zone.Components, daylight, standard)
	return zone
}

// season fills one half of the year: it begins on the last Sunday of the month, at 1am UTC.
func season(c *ics.ComponentBase, name, start, from, to, month string) {
	c.AddProperty(ics.ComponentProperty(ics.PropertyTzname), name)
	c.AddProperty(ics.ComponentProperty(ics.PropertyDtstart), start)
	c.AddProperty(ics.ComponentProperty(ics.PropertyTzoffsetfrom), from)
	c.AddProperty(ics.ComponentProperty(ics.PropertyTzoffsetto), to)
	c.AddProperty(ics.ComponentPropertyRrule, "FREQ=YEARLY;BYMONTH="+month+";BYDAY=-1SU")
}
