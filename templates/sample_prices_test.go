package templates

import (
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// tariffSamples are the office's pages for prices, VAT, terms, who sells and other figures.
func tariffSamples() map[string]any {
	april := models.Date{Year: 2027, Month: time.April, Day: 1}
	since := models.Date{Year: 2025, Month: time.January, Day: 1}
	back := []TariffComing{{"£240.00", april, "/office/prices/price/7/withdraw"}}
	wrong := TariffPricePage{Page: sampleOffice("Change a price", "prices"), Form: TariffPriceFields{"open-access", "online", "two hundred"}, From: "1 April"}
	wrong.Problems.Add("price", "Enter the price in pounds, like 228 or 2,440.50")
	wrong.Problems.Add("from", "Enter a real day, like 1 April 2027")
	unusual := TariffCheckPage{
		Page: sampleOffice("Check this price", "prices"), URL: "/office/prices/price", Heading: "Check this price", Changes: sampleChanges(april),
		Unusual: []string{"£10,000.00 is about 43.9 times the £228.00 it replaces."}, Fields: []Choice{{Value: "price", Label: "10,000"}}, Button: "Enter it from 1 April 2027",
	}
	unusual.Problems.Add("sure", "Tick that you have checked the figure, or change it")
	return map[string]any{
		"office-prices": OfficePricesPage{
			Page: sampleOffice("Prices and terms", "prices"),
			Prices: []TariffPriceRow{
				{What: "Open access, face to face", Unit: "a person", Net: 22800, Gross: 27360, Since: since, Coming: back, ChangeURL: "/office/prices/price"},
				{What: "One to one, online", Unit: "a person", Net: 21500, Gross: 25800, Since: since, Unsure: true, ChangeURL: "/office/prices/price"},
			},
			VAT:      TariffPanel{Rows: []SummaryRow{{Key: "Category", Lines: []string{"S"}}}, Since: since, ChangeURL: "/office/prices/vat"},
			Terms:    TariffPanel{Rows: []SummaryRow{{Key: "Name", Lines: []string{"Standard terms"}}}, Since: since, Coming: []TariffComing{{"Spring terms: nothing at 28 days or more, 100% later or for a no-show", april, "/office/prices/terms/2/withdraw"}}, ChangeURL: "/office/prices/terms"},
			Supplier: TariffPanel{Rows: []SummaryRow{{Key: "Legal name", Lines: []string{"University of Salford"}}}, Since: since, ChangeURL: "/office/prices/supplier"},
			Series:   []TariffSeriesRow{{"Invoices of University of Salford", "INV-000438"}, {"Credit notes of University of Salford", "CN-000012"}},
			Figures:  []TariffFigureRow{{What: "Days to pay an invoice", Value: "30 days", Coming: []TariffComing{{"14 days", april, "/office/prices/figure/30/withdraw"}}, ChangeURL: "/office/prices/figure"}},
			History:  []HistoryRow{{at(23, 10, 42, time.November), "Entered: Open access, face to face: £240.00 a person before VAT, from 1 April 2027", "Joanne Fearn"}},
		},
		"office-prices-none":        OfficePricesPage{Page: sampleOffice("Prices and terms", "prices")},
		"office-prices-price":       TariffPricePage{Page: sampleOffice("Change a price", "prices"), Form: TariffPriceFields{Route: "open-access", Format: "online"}},
		"office-prices-price-wrong": wrong,
		"office-prices-vat":         TariffVATPage{Page: sampleOffice("Change VAT", "prices")},
		"office-prices-terms":       TariffTermsPage{Page: sampleOffice("Change the cancellation terms", "prices"), Name: "Standard terms", Steps: []TariffStepFields{{1, "days-1", "fee-1", "28", "0"}, {2, "", "fee-last", "", "100"}}},
		"office-prices-supplier":    TariffSupplierPage{Page: sampleOffice("Change who sells", "prices"), Form: TariffSupplierFields{LegalName: "University of Salford", Address: "The Crescent\nSalford\nM5 4WT"}, Known: []string{"University of Salford"}},
		"office-prices-figure":      TariffFigurePage{Page: sampleOffice("Change a figure", "prices"), Figures: []Choice{{Value: "payment_terms_days", Label: "Days to pay an invoice: now 30 days"}}, Figure: "payment_terms_days"},
		"office-prices-check": TariffCheckPage{
			Page: sampleOffice("Check this price", "prices"), URL: "/office/prices/price", Heading: "Check this price", Changes: sampleChanges(april),
			Fields: []Choice{{Value: "price", Label: "240"}, {Value: "from", Label: "1 April 2027"}}, Button: "Enter it from 1 April 2027",
		},
		"office-prices-check-unusual": unusual,
		"office-prices-withdraw": TariffWithdrawPage{
			Page: sampleOffice("Take an entry back", "prices"), URL: "/office/prices/price/7/withdraw", Changes: sampleChanges(april),
			Rows: []SummaryRow{{Key: "Entry", Lines: []string{"Open access, face to face: £240.00 a person before VAT"}}, {Key: "First day", Lines: []string{april.Long()}}},
		},
	}
}

func sampleChanges(from models.Date) TariffChanges {
	return TariffChanges{
		Before: "Until then", After: "From " + from.String(),
		Prices:  []TariffPriceChange{{"Open access, face to face, a person", TariffAmount{22800, 4560, 27360}, TariffAmount{24000, 4800, 28800}}},
		Values:  []TariffValueChange{{"VAT", "VAT at 20%", "VAT at 22%"}},
		Happens: []string{"A booking keeps the price of the day on which it was begun."},
	}
}
