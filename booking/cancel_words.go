package booking

import (
	"fmt"

	"hub.salford.ac.uk/ssph/models"
)

// Words says which rule applies and what it means, in a sentence for the customer.
func (t Terms) Words(ground Ground) string {
	switch {
	case ground == CoolingOff:
		return fmt.Sprintf("You can change your mind for %d days after you book, so nothing is kept", coolingOffDays)
	case ground == ByTheHub:
		return "The Hub cancels, so nothing is kept"
	case ground == Goodwill:
		return "As goodwill, " + t.keeps()
	}
	return t.when() + ", so " + t.keeps()
}

func (t Terms) keeps() string {
	switch t.Fee {
	case 0:
		return "nothing is kept"
	case models.HundredPercent:
		return "the whole price is kept"
	}
	return t.Fee.String() + " is kept"
}

// when says how long before the session notice is given.
func (t Terms) when() string {
	switch n := t.DaysBefore; {
	case n > 0:
		return "It is " + models.Count(n, "day") + " before the session"
	case n == 0:
		return "It is the day of the session"
	default:
		return "The session was " + models.Count(-n, "day") + " ago"
	}
}

// notice says the same of a cancellation as it stands on a credit note: "Cancelled 20 days before the session".
func (t Terms) notice() string {
	switch n := t.DaysBefore; {
	case n > 0:
		return "Cancelled " + models.Count(n, "day") + " before the session"
	case n == 0:
		return "Cancelled on the day of the session"
	default:
		return "Cancelled " + models.Count(-n, "day") + " after the session began"
	}
}

// kept is what a credit note says about the fee: "50% of £273.60 is kept, £136.80", or nothing when there is none.
func (t Terms) kept() string {
	if t.Kept.Gross() == 0 {
		return ""
	}
	return fmt.Sprintf("%s of %s is kept, %s", t.Fee, t.Place.Gross(), t.Kept.Gross())
}
