package handlers

import (
	"net/url"
	"slices"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

// priceRows are the price list: what counts today and what is to come, for each way to buy.
func priceRows(book billing.TariffBook, rate billing.VATRate, today models.Date) []templates.TariffPriceRow {
	var rows []templates.TariffPriceRow
	for _, route := range []billing.Route{billing.OpenAccess, billing.Bespoke, billing.OneToOne} {
		for _, format := range []billing.Format{billing.FaceToFace, billing.Online} {
			p, err := book.Prices.Net(route, format, today)
			if err != nil { // not sold yet
				p = billing.Price{Route: route, Format: format}
			}
			query := url.Values{"route": {string(route)}, "format": {string(format)}}
			rows = append(rows, templates.TariffPriceRow{
				What: soldWords(route, format), Unit: unitWords(p.Unit), Net: p.Net, Gross: p.Net + rate.On(p.Net), Since: p.From,
				Unsure: p.ToBeConfirmed, ChangeURL: officePricesURL + "/price?" + query.Encode(),
				Coming: coming(book.Prices, billing.KindPrice, today, func(one billing.Price) (int64, models.Date, string) {
					if one.Route != route || one.Format != format {
						return 0, one.From, ""
					}
					return one.ID, one.From, one.Net.String()
				}),
			})
		}
	}
	return rows
}

func soldWords(route billing.Route, format billing.Format) string {
	return route.Title() + ", " + format.Words()
}

func unitWords(unit billing.Unit) string {
	if unit == billing.PerGroup {
		return "a group"
	}
	return "a person"
}

// vatTreatment is a category in the words of the form that enters it.
func vatTreatment(category billing.VATCategory) string {
	switch category {
	case billing.ExemptVAT:
		return "Exempt from VAT (category E)"
	case billing.ZeroRated:
		return "Zero-rated (category Z)"
	case billing.OutsideVAT:
		return "Outside the scope of VAT (category O)"
	case billing.StandardRated:
	}
	return "VAT is charged (category S)"
}

func vatPanel(book billing.TariffBook, now billing.VATEntry, today models.Date) templates.TariffPanel {
	panel := templates.TariffPanel{
		Since: now.From, ChangeURL: officePricesURL + "/vat",
		Rows: []templates.SummaryRow{{Key: "Sales", Lines: []string{vatTreatment(now.Category)}}, {Key: "Printed as", Lines: []string{now.Words()}}},
	}
	if now.Reason != "" {
		panel.Rows = append(panel.Rows, templates.SummaryRow{Key: "Reason", Lines: []string{now.Reason}})
	}
	panel.Coming = coming(book.VAT, billing.KindVAT, today, func(v billing.VATEntry) (int64, models.Date, string) {
		if v.Reason != "" {
			return v.ID, v.From, v.Words() + ": " + v.Reason
		}
		return v.ID, v.From, v.Words()
	})
	return panel
}

func termsPanel(book billing.TariffBook, today models.Date) templates.TariffPanel {
	panel := templates.TariffPanel{ChangeURL: officePricesURL + "/terms"}
	for _, l := range book.Ladders { // by day: the last that has begun stands
		if today.Before(l.From) {
			continue
		}
		panel.Since, panel.Rows = l.From, []templates.SummaryRow{{Key: "Name", Lines: []string{l.Name}}}
		for _, t := range termsOf(l.Steps) {
			panel.Rows = append(panel.Rows, templates.SummaryRow{Key: t.When, Lines: []string{t.Pay}})
		}
	}
	panel.Coming = coming(book.Ladders, billing.KindLadder, today, func(l billing.LadderEntry) (int64, models.Date, string) {
		return l.ID, l.From, l.Name + ": " + l.Steps.Words()
	})
	return panel
}

func supplierPanel(book billing.TariffBook, today models.Date) templates.TariffPanel {
	panel := templates.TariffPanel{ChangeURL: officePricesURL + "/supplier"}
	for _, s := range book.Suppliers { // by day: the last that has begun stands
		if today.Before(s.From) {
			continue
		}
		panel.Since, panel.Rows = s.From, []templates.SummaryRow{
			{Key: "Legal name", Lines: []string{s.LegalName}}, {Key: "The Hub goes by", Lines: []string{s.TradingName}},
			{Key: "Address", Lines: s.AddressLines()}, {Key: "VAT number", Lines: []string{s.VATNumber}}, {Key: "Email", Lines: []string{s.Email}},
			{Key: "Bank account", Lines: []string{s.AccountName, s.SortCode + ", " + s.AccountNumber}},
		}
		if s.Demonstration {
			panel.Rows = append(panel.Rows, templates.SummaryRow{
				Key: "Documents", Lines: []string{"Marked as a demonstration"}, Notes: []string{"until the Hub’s own details are entered"},
			})
		}
	}
	panel.Coming = coming(book.Suppliers, billing.KindSupplier, today, func(s billing.SupplierEntry) (int64, models.Date, string) {
		return s.ID, s.From, s.LegalName + ", VAT number " + s.VATNumber
	})
	return panel
}

func seriesRows(book billing.TariffBook) []templates.TariffSeriesRow {
	var names []string
	for name := range book.Series {
		names = append(names, name)
	}
	slices.Sort(names)
	var rows []templates.TariffSeriesRow
	for _, name := range names {
		for _, one := range book.Series[name] {
			what := "Invoices of "
			if one.Kind == billing.CreditNote {
				what = "Credit notes of "
			}
			rows = append(rows, templates.TariffSeriesRow{What: what + name, Next: one.Next})
		}
	}
	return rows
}

// figureRows are the settings, each with the value that counts and those to come.
func figureRows(book billing.TariffBook, today models.Date) []templates.TariffFigureRow {
	var rows []templates.TariffFigureRow
	for _, v := range nowOf(book.Settings, today) {
		rows = append(rows, templates.TariffFigureRow{
			What: v.Note, Value: v.Words(), ChangeURL: officePricesURL + "/figure?" + url.Values{"figure": {v.Name}}.Encode(),
			Coming: coming(book.Settings, billing.KindSetting, today, func(one access.SettingValue) (int64, models.Date, string) {
				if one.Name != v.Name {
					return 0, one.From, ""
				}
				return one.ID, one.From, one.Words()
			}),
		})
	}
	return rows
}

// nowOf picks the value of each setting that counts today, in the order in which they are read.
func nowOf(values []access.SettingValue, today models.Date) []access.SettingValue {
	var now []access.SettingValue
	for _, v := range values { // setting by setting, and by day
		switch last := len(now) - 1; {
		case today.Before(v.From):
		case last >= 0 && now[last].Name == v.Name:
			now[last] = v
		default:
			now = append(now, v)
		}
	}
	return now
}
