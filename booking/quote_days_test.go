package booking

import (
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
)

// A quote stands up to the end of its last day, and while nobody has answered it.
func TestQuote_StandsUpToTheEndOfItsDay(t *testing.T) {
	t.Parallel()
	last, session := models.Date{Year: 2026, Month: time.December, Day: 23}, int64(7)
	open := Quote{Route: billing.OpenAccess, SessionID: &session, ValidUntil: last}
	accepted, withdrawn, letter, group := open, open, open, open
	accepted.Answer, withdrawn.Answer, letter.SessionID, group.Route = Accepted, Withdrawn, nil, billing.Bespoke
	for name, c := range map[string]struct {
		quote        Quote
		today        models.Date
		over, accept bool
		kind         models.Kind // why it cannot be accepted; empty when it can
	}{
		"the day before":         {open, last.AddDays(-1), false, true, ""},
		"its last day":           {open, last, false, true, ""},
		"the day after":          {open, last.AddDays(1), true, false, models.KindGone},
		"accepted in time":       {accepted, last.AddDays(1), false, false, models.KindConflict},
		"accepted, and in time":  {accepted, last, false, false, models.KindConflict},
		"withdrawn":              {withdrawn, last, false, false, models.KindGone},
		"without a date":         {letter, last, false, false, models.KindConflict},
		"of an own group":        {group, last, false, false, models.KindConflict},
		"of an own group, later": {group, last.AddDays(1), true, false, models.KindGone},
	} {
		err := c.quote.open(c.today)
		if c.quote.Over(c.today) != c.over || c.quote.CanAccept(c.today) != c.accept || models.KindOf(err) != c.kind {
			t.Errorf("%s: over %v, can be accepted %v, %v", name, c.quote.Over(c.today), c.quote.CanAccept(c.today), err)
		}
	}
}
