package billing

import (
	"slices"

	"hub.salford.ac.uk/ssph/models"
)

// Comparison is the price page for a number of people: both routes side by side, and what every number costs.
type Comparison struct {
	People int
	Format Format
	Right  Route  // the route that number may book; empty above one group
	Advice string // what to do when Right is empty
	Open   Sum    // open-access places for that number, whether or not they may be booked
	Group  Sum    // their own group, whether or not they are enough people for it
	// Difference is how much more the other route costs than the right one, gross. Negative: it would cost less, though it cannot be booked.
	Difference models.Pence
	Each       models.Pence // net of the right route a person, half up; 0 when Right is empty
	Bars       []PeopleCost // every number from 1 to a full group
	Table      []PeopleCost // the numbers worth reading, the reader's own among them
}

// PeopleCost is what a number of people cost before VAT by the route they may book.
type PeopleCost struct {
	People int
	Route  Route
	Net    models.Pence
	Each   models.Pence // a person, half up
	Yours  bool         // the number asked for
}

// Compare prices a number of people both ways. It refuses fewer than 1 (field "people") and an unknown format. More than one
// group is not priced: Right is empty, Advice says what to do and both sums are empty.
func Compare(n int, format Format, prices PriceList, rates VATRates, limits Limits, on models.Date) (Comparison, error) {
	c := Comparison{People: n, Format: format}
	if n < 1 {
		return c, models.Invalid("people", "Enter how many people, 1 or more")
	}
	if _, err := models.ParseFormat(string(format)); err != nil {
		return c, err
	}
	if err := c.addCosts(prices, rates, limits, on); err != nil {
		return c, err
	}
	if n > limits.GroupMax {
		c.Advice = SeveralGroups(limits)
		return c, nil
	}
	return c, c.addRoutes(prices, rates, limits, on)
}

// addRoutes fills both sides and says which one applies.
func (c *Comparison) addRoutes(prices PriceList, rates VATRates, limits Limits, on models.Date) (err error) {
	req := QuoteRequest{Route: OpenAccess, Format: c.Format, People: c.People}
	if c.Open, err = price(req, prices, rates, limits, on); err != nil {
		return err
	}
	req.Route = Bespoke
	if c.Group, err = price(req, prices, rates, limits, on); err != nil {
		return err
	}
	c.Right = routeFor(c.People, limits)
	right, other := c.Open, c.Group
	if c.Right == Bespoke {
		right, other = c.Group, c.Open
	}
	c.Difference = other.Gross - right.Gross
	c.Each = models.MulDiv(right.Net, 1, int64(c.People))
	return nil
}

// addCosts fills the bars and the table.
func (c *Comparison) addCosts(prices PriceList, rates VATRates, limits Limits, on models.Date) error {
	rows := []int{1, (limits.OpenAccessMax + 1) / 2, limits.OpenAccessMax, limits.GroupMin, limits.GroupMax, c.People}
	for n := 1; n <= limits.GroupMax; n++ {
		route := routeFor(n, limits)
		s, err := price(QuoteRequest{Route: route, Format: c.Format, People: n}, prices, rates, limits, on)
		if err != nil {
			return err
		}
		cost := PeopleCost{n, route, s.Net, models.MulDiv(s.Net, 1, int64(n)), n == c.People}
		c.Bars = append(c.Bars, cost)
		if slices.Contains(rows, n) {
			c.Table = append(c.Table, cost)
		}
	}
	return nil
}

func routeFor(n int, limits Limits) Route {
	if n <= limits.OpenAccessMax {
		return OpenAccess
	}
	return Bespoke
}
