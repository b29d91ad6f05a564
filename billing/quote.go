package billing

import (
	"fmt"

	"hub.salford.ac.uk/ssph/models"
)

// QuoteRequest says what is to be priced. Who may give a discount is the caller's question.
type QuoteRequest struct {
	Route    Route
	Format   Format
	People   int
	Discount models.Percent
}

// Line is one line of a sum: a quantity at a net unit price, less a discount.
type Line struct {
	Text     string // "3 places at £228.00"
	Route    Route
	Format   Format
	Quantity int          // places, or 1 group
	Unit     models.Pence // net price of one
	Percent  models.Percent
	Base     models.Pence // quantity × unit
	Discount models.Pence // base − net
	Net      models.Pence // base × (1 − percent), rounded once, half up
	Rate     VATRate
	VAT      models.Pence // this line's part of the document's VAT; never computed from the line alone
}

// Amount is the line's net and its part of the VAT: what its places share.
func (l Line) Amount() Amount { return Amount{l.Net, l.VAT} }

// VATTotal is the VAT of one category and rate on a document.
type VATTotal struct {
	Rate VATRate
	Net  models.Pence
	VAT  models.Pence
}

// Sum is a worked-out price: the figures of quote, checkout, invoice and every answer that names a price.
type Sum struct {
	Lines    []Line
	VATs     []VATTotal   // one row per category and rate, in the order of the lines
	Discount models.Pence // all lines together; already taken off Net
	Net      models.Pence
	VAT      models.Pence
	Gross    models.Pence
}

// Amount is the sum's net and VAT.
func (s Sum) Amount() Amount { return Amount{s.Net, s.VAT} }

// Quote prices a request with the price list and VAT row in force on the day. It refuses, with fields "people", "route", "format"
// or "discount", what the Hub does not sell, in a sentence that says what to do instead. It reads nothing and writes nothing.
func Quote(req QuoteRequest, prices PriceList, rates VATRates, limits Limits, on models.Date) (Sum, error) {
	if err := checkRequest(req); err != nil {
		return Sum{}, err
	}
	if err := checkPeople(req, prices, limits, on); err != nil {
		return Sum{}, err
	}
	return price(req, prices, rates, limits, on)
}

// price works the sum out whether or not the numbers may be booked; the price page compares what it cannot sell.
func price(req QuoteRequest, prices PriceList, rates VATRates, limits Limits, on models.Date) (Sum, error) {
	p, err := prices.Net(req.Route, req.Format, on)
	if err != nil {
		return Sum{}, err
	}
	rate, err := rates.At(on)
	if err != nil {
		return Sum{}, err
	}
	line := Line{Route: req.Route, Format: req.Format, Quantity: req.People, Unit: p.Net, Percent: req.Discount, Rate: rate}
	if p.Unit == PerGroup {
		line.Quantity = 1
	}
	line.Text = lineText(line, p.Unit, limits)
	return Total([]Line{line}), nil
}

// Total adds lines up: each line's net from its quantity, unit and discount, then VAT once per category and rate. It sets Base,
// Discount, Net and VAT of every line, so doing it again changes nothing. Quantities and prices may not be negative.
func Total(lines []Line) Sum {
	s := Sum{Lines: append([]Line(nil), lines...)}
	for i := range s.Lines {
		l := &s.Lines[i]
		l.Base = l.Unit * models.Pence(l.Quantity)
		l.Net = (models.HundredPercent - l.Percent).Of(l.Base)
		l.Discount = l.Base - l.Net
		s.Discount += l.Discount
		s.Net += l.Net
	}
	s.addVAT()
	s.Gross = s.Net + s.VAT
	return s
}

// addVAT groups the lines by category and rate, in the order in which each first appears.
func (s *Sum) addVAT() {
	done := make([]bool, len(s.Lines))
	for i, first := range s.Lines {
		if done[i] {
			continue
		}
		var members []int
		var nets []models.Pence
		group := VATTotal{Rate: first.Rate}
		for j, l := range s.Lines[i:] {
			if l.Rate.Category == first.Rate.Category && l.Rate.Rate == first.Rate.Rate {
				members, nets, done[i+j] = append(members, i+j), append(nets, l.Net), true
				group.Net += l.Net
			}
		}
		group.VAT = group.Rate.On(group.Net)
		for k, part := range spread(group.VAT, nets) {
			s.Lines[members[k]].VAT = part
		}
		s.VATs = append(s.VATs, group)
		s.VAT += group.VAT
	}
}

func lineText(l Line, unit Unit, limits Limits) string {
	switch {
	case unit == PerGroup:
		return fmt.Sprintf("One group of %d to %d, %s", limits.GroupMin, limits.GroupMax, l.Format.Words())
	case l.Quantity == 1:
		return "1 place at " + l.Unit.String()
	}
	return fmt.Sprintf("%d places at %s", l.Quantity, l.Unit)
}
