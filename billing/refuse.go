package billing

import (
	"fmt"

	"hub.salford.ac.uk/ssph/models"
)

func checkRequest(req QuoteRequest) error {
	if _, err := models.ParseRoute(string(req.Route)); err != nil {
		return err
	}
	if _, err := models.ParseFormat(string(req.Format)); err != nil {
		return err
	}
	if req.Discount < 0 || req.Discount > models.HundredPercent {
		return models.Invalid("discount", "Enter a discount from 0 to 100%%")
	}
	return nil
}

// checkPeople refuses numbers the route is not sold for.
func checkPeople(req QuoteRequest, prices PriceList, limits Limits, on models.Date) error {
	n := req.People
	switch {
	case n < 1 && req.Route == Bespoke:
		return models.Invalid("people", "Enter how many people, from %d to %d", limits.GroupMin, limits.GroupMax)
	case n < 1 && req.Route == OpenAccess:
		return models.Invalid("people", "Choose at least 1 place")
	case n != 1 && req.Route == OneToOne:
		return models.Invalid("people", "One to one is for 1 person")
	case req.Route == OpenAccess && n > limits.OpenAccessMax:
		return tooManyPlaces(n, req.Format, prices, limits, on)
	case req.Route == Bespoke && n < limits.GroupMin:
		return models.Invalid("people", "Your own group is for %d to %d people. For %s, choose open-access places or ask the Hub for a quote",
			limits.GroupMin, limits.GroupMax, people(n))
	case req.Route == Bespoke && n > limits.GroupMax:
		return models.Invalid("people", "Your own group is for up to %d people. %s", limits.GroupMax, SeveralGroups(limits))
	}
	return nil
}

func tooManyPlaces(n int, format Format, prices PriceList, limits Limits, on models.Date) error {
	most := limits.OpenAccessMax
	if n > limits.GroupMax {
		return models.Invalid("people", "Choose %d places or fewer. %s", most, SeveralGroups(limits))
	}
	group, err := prices.Net(Bespoke, format, on)
	if err != nil {
		return models.Invalid("people", "Choose %d places or fewer. For more, ask the Hub for a quote", most)
	}
	return models.Invalid("people", "Choose %d places or fewer. %d to %d people is your own group, %s + VAT",
		most, limits.GroupMin, limits.GroupMax, group.Net.Short())
}

// SeveralGroups is the sentence for more people than one group holds: "16 people or more is several groups: ask the Hub for a quote".
func SeveralGroups(limits Limits) string {
	return fmt.Sprintf("%d people or more is several groups: ask the Hub for a quote", limits.GroupMax+1)
}

func people(n int) string {
	if n == 1 {
		return "1 person"
	}
	return fmt.Sprintf("%d people", n)
}
