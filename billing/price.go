package billing

import (
	"fmt"

	"hub.salford.ac.uk/ssph/models"
)

// Unit is what a price buys.
type Unit string

// The two units.
const (
	PerPerson Unit = "person"
	PerGroup  Unit = "group" // one price, however many people within the group limits
)

// Price is one row of the price list: what one unit costs before VAT, from a day on.
type Price struct {
	ID     int64 // the row a booking names; 0 without a database
	Route  Route
	Format Format
	Unit   Unit
	Net    models.Pence
	From   models.Date // first day on which it holds

	ToBeConfirmed bool // our assumption until the Hub says
}

// PriceList is every price there has been and is planned, in any order.
type PriceList []Price

// Net returns the price in force on the day: the row with the latest From that has begun. Of two rows from the same day the later
// one in the list counts. Without one it returns KindNotFound.
func (l PriceList) Net(route Route, format Format, on models.Date) (Price, error) {
	var best Price
	for _, p := range l {
		begun := !on.Before(p.From)
		if p.Route == route && p.Format == format && begun && !p.From.Before(best.From) {
			best = p
		}
	}
	if best.Route == "" {
		return Price{}, models.NotFound("There is no price for this yet. Ask the Hub for a quote")
	}
	if best.Net < 0 {
		return Price{}, fmt.Errorf("price of %s %s from %s is negative", route, format, best.From.ISO())
	}
	return best, nil
}

// Limits are the group sizes the Hub sells to.
type Limits struct {
	OpenAccessMax int // most open-access places of one organisation on one session
	GroupMin      int // fewest people in an organisation's own group
	GroupMax      int // most people in an organisation's own group, and in any session
}
