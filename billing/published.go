package billing

import (
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// Tariff is everything a price is worked out from. The running program reads it from the database.
type Tariff struct {
	Prices PriceList
	VAT    VATRates
	Limits Limits
	Ladder Ladder // cancellation terms for new bookings
}

// Quote prices a request on a day.
func (t Tariff) Quote(req QuoteRequest, on models.Date) (Sum, error) {
	return Quote(req, t.Prices, t.VAT, t.Limits, on)
}

// Compare prices a number of people both ways on a day.
func (t Tariff) Compare(people int, format Format, on models.Date) (Comparison, error) {
	return Compare(people, format, t.Prices, t.VAT, t.Limits, on)
}

// Published is the Hub's tariff as published in 2026: what a new database is seeded with, and what the quote command uses without
// one. The one-to-one price is our assumption, to be confirmed by the Hub.
func Published() Tariff {
	from := models.Date{Year: 2026, Month: time.January, Day: 1}
	return Tariff{
		Prices: PriceList{
			{OpenAccess, FaceToFace, PerPerson, 22800, from},
			{OpenAccess, Online, PerPerson, 21500, from},
			{Bespoke, FaceToFace, PerGroup, 244000, from},
			{Bespoke, Online, PerGroup, 230000, from},
			{OneToOne, FaceToFace, PerPerson, 22800, from},
			{OneToOne, Online, PerPerson, 21500, from},
		},
		VAT: VATRates{{
			Category: StandardRated, Rate: models.HundredPercent / 5, Label: "VAT at 20%",
			From: models.Date{Year: 2011, Month: time.January, Day: 4}, // the day the standard rate became 20 %
		}},
		Limits: Limits{OpenAccessMax: 9, GroupMin: 10, GroupMax: 15},
		Ladder: Ladder{{28, 0}, {14, models.HundredPercent / 2}, {0, models.HundredPercent}},
	}
}
