package billing

import (
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// Tariff is everything a price is worked out from. The running program reads it from the database.
type Tariff struct {
	Prices   PriceList
	VAT      VATRates
	Limits   Limits
	Ladder   Ladder // cancellation terms for new bookings
	LadderID int64  // the row a booking names; 0 without a database
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
			{Route: OpenAccess, Format: FaceToFace, Unit: PerPerson, Net: 22800, From: from},
			{Route: OpenAccess, Format: Online, Unit: PerPerson, Net: 21500, From: from},
			{Route: Bespoke, Format: FaceToFace, Unit: PerGroup, Net: 244000, From: from},
			{Route: Bespoke, Format: Online, Unit: PerGroup, Net: 230000, From: from},
			{Route: OneToOne, Format: FaceToFace, Unit: PerPerson, Net: 22800, From: from},
			{Route: OneToOne, Format: Online, Unit: PerPerson, Net: 21500, From: from},
		},
		VAT: VATRates{{
			Category: StandardRated, Rate: models.HundredPercent / 5, Label: "VAT at 20%",
			From: models.Date{Year: 2011, Month: time.January, Day: 4}, // the day the standard rate became 20 %
		}},
		Limits: Limits{OpenAccessMax: 9, GroupMin: 10, GroupMax: 15},
		Ladder: Ladder{{28, 0}, {14, models.HundredPercent / 2}, {0, models.HundredPercent}},
	}
}
