package billing

import (
	"fmt"
	"strconv"

	"hub.salford.ac.uk/ssph/models"
)

// mostPrice is the most that one place or one group may cost before VAT: more is a slip of the hand, like pence typed as pounds.
const mostPrice models.Pence = 100_000_00

// unusual says how far a new figure is from the one it replaces, when it is more than double or less than half of it; else nothing.
// The words are the two figures as they are read. Where there was nothing, there is nothing to compare with.
func unusual(was, is int64, wasWords, isWords string) string {
	switch {
	case was <= 0, is < 0:
		return ""
	case is-was > was:
		return fmt.Sprintf("%s is %s times the %s it replaces.", isWords, times(was, is), wasWords)
	case is == 0:
		return fmt.Sprintf("%s takes the place of %s.", isWords, wasWords)
	case is < was-is:
		return fmt.Sprintf("%s is %s of the %s it replaces.", isWords, share(was, is), wasWords)
	}
	return ""
}

// times writes a ratio of more than two: "5", "2.5", "about 43.9", "about 439". Tenths are rounded half-up, and left out from a
// hundred on.
func times(was, is int64) string {
	whole, rest := is/was, is%was
	tenths := rest*10/was + rest*10%was*2/was
	about := "about "
	if rest*10%was == 0 {
		about = ""
	}
	if whole >= 100 && tenths > 0 {
		return fmt.Sprintf("about %d", whole+(tenths+5)/10)
	}
	if whole, tenths = whole+tenths/10, tenths%10; tenths == 0 {
		return fmt.Sprintf("%s%d", about, whole)
	}
	return fmt.Sprintf("%s%d.%d", about, whole, tenths)
}

// share writes a ratio of less than a half in whole per cent.
func share(was, is int64) string {
	percent := is * 100 / was
	switch {
	case percent == 0:
		return "less than 1%"
	case is*100%was == 0:
		return fmt.Sprintf("%d%%", percent)
	}
	return fmt.Sprintf("about %d%%", percent)
}

// doubt adds a sentence about a figure to what the office is asked to confirm.
func (c *Changes) doubt(sentence string) {
	if sentence != "" {
		c.Unusual = append(c.Unusual, sentence)
	}
}

// farAhead is how many days ahead a first day is still usual: two years, with a leap day.
const farAhead = 731

// doubtDay asks about a first day that may be a slip of the hand.
func (c *Changes) doubtDay(today models.Date) {
	if today.DaysUntil(c.From) > farAhead {
		c.doubt(fmt.Sprintf("%s is more than two years from now.", c.From))
	}
}

// doubtPrices compares each price before VAT with the one it replaces.
func (c *Changes) doubtPrices() {
	for _, p := range c.Prices {
		c.doubt(unusual(int64(p.Before.Net), int64(p.After.Net), p.Before.Net.String(), p.After.Net.String()))
	}
}

// doubtVAT compares two rates; a change of category has no ratio, and says what it means elsewhere.
func (c *Changes) doubtVAT(before, after VATRate) {
	if before.Category == StandardRated && after.Category == StandardRated {
		c.doubt(unusual(int64(before.Rate), int64(after.Rate), before.Rate.String(), after.Rate.String()))
	}
}

// doubtLadder compares the longest notice of two sets of terms.
func (c *Changes) doubtLadder(before, after Ladder) {
	if len(before) == 0 || len(after) == 0 {
		return
	}
	was, is := before[0].Days, after[0].Days
	c.doubt(unusual(int64(was), int64(is), models.Count(was, "day"), "The longest notice of "+models.Count(is, "day")))
}

// doubtSetting compares two values of a setting, which are whole numbers.
func (c *Changes) doubtSetting(name, before, after string) {
	was, err := strconv.ParseInt(before, 10, 64)
	if err != nil {
		return
	}
	is, err := strconv.ParseInt(after, 10, 64)
	if err != nil {
		return
	}
	c.doubt(unusual(was, is, before, name+": "+after))
}
