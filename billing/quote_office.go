package billing

import (
	"fmt"

	"hub.salford.ac.uk/ssph/models"
)

// mostGroups is how many groups one quote of the office may have.
const mostGroups = 10

// QuoteByOffice prices what the office quotes: beside what anybody may book, the group price for fewer people than a group has, and
// several groups for more. Errors as for Quote.
func (t Tariff) QuoteByOffice(req QuoteRequest, on models.Date) (Sum, error) {
	if err := checkRequest(req); err != nil {
		return Sum{}, err
	}
	if req.Route != Bespoke {
		if err := checkPeople(req, t.Prices, t.Limits, on); err != nil {
			return Sum{}, err
		}
	}
	if most := mostGroups * t.Limits.GroupMax; req.People < 1 || req.People > most {
		return Sum{}, models.Invalid("people", "Enter how many people, from 1 to %d", most)
	}
	sum, err := price(req, t.Prices, t.VAT, t.Limits, on)
	if err != nil || req.Route != Bespoke || req.People >= t.Limits.GroupMin && req.People <= t.Limits.GroupMax {
		return sum, err
	}
	line := sum.Lines[0]
	line.Quantity = (req.People + t.Limits.GroupMax - 1) / t.Limits.GroupMax
	line.Text = groupsText(line.Quantity, req.Format, t.Limits)
	return Total([]Line{line}), nil
}

func groupsText(n int, format Format, limits Limits) string {
	if n == 1 {
		return "One group, " + format.Words()
	}
	return fmt.Sprintf("%d groups of up to %d, %s", n, limits.GroupMax, format.Words())
}
