package templates

import (
	"fmt"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// moneySamples are the pages on which the office follows the money.
func moneySamples() map[string]any {
	receipt := MoneyReceiptPage{Page: sampleOffice("Record one transfer for several invoices", "money"), Form: MoneyReceiptFields{
		Amount: "1,094.40", Date: "20 November 2026", Reference: "IWN NOV", Invoices: "INV-000437\nINV-000999 273.60", Key: "k",
	}}
	receipt.Problems.Add("invoices", "We have no invoice with the number INV-000999")
	refund := MoneyRefundPage{
		Page: sampleOffice("Refund of £26.40", "money"), Heading: "Refund of £26.40", URL: "/office/money/refunds/3", Rows: samplePaymentFacts(),
		Date: "23 November 2026", Pay: true,
	}
	failed := refund
	failed.Pay, failed.Failed = false, true
	settled := refund
	settled.Pay, settled.Happened = false, "There is nothing to do about this refund: the money has been sent."
	stopped := refund
	stopped.Stop, stopped.Drop = "Send nothing: £26.40 of this payment went back at Stripe on 23 November 2026", true
	stopped.Happened = stopped.Stop + "."
	stopped.Problems.Add("sent", "%s. Tick this only if the Hub’s bank statement shows that it has been sent", stopped.Stop)
	payment := MoneyPaymentPage{
		Page: sampleOffice("Money that is on no invoice", "money"), Rows: samplePaymentFacts(), URL: "/office/money/payments/7", Amount: "26.40", Key: "k",
		Advice: "Ask the payer what it is for when the reference does not say.",
	}
	upload := MoneyImportPage{Page: sampleOffice("Import a bank statement", "money")}
	upload.Problems.Add("file", "The file cannot be read at line 3: the date must be like 14/01/2027")
	noIncome := MoneyIncomePage{Page: sampleOffice("Income", "money"), First: sampleMonths("first", "First month"), Last: sampleMonths("last", "Last month")}
	noIncome.Last.Error = "Choose 12 months at most"
	noIncome.Problems.Add("last", "Choose 12 months at most")
	apart, wrong := sampleBooks(), sampleBooks()
	apart.Books.Differences = []string{"Payments received: −£820.80, but the ledger has −£1,094.40"}
	wrong.Books, wrong.From = nil, "31 Febuary 2027"
	wrong.Problems.Add("from", "Enter a real day, like 14 January 2027")
	gone := MoneySettledPage{Page: sampleOffice("Payment of £1,173.60", "money"), Lead: "Nothing is left to decide about this payment.", Rows: samplePaymentFacts()[1:], Went: []MoneyRow{
		{What: "INV-000398", More: "The Greater Manchester Federation of Neighbourhood Wellbeing", URL: "/office/invoices/INV-000398", Note: "Put there by Joanne Fearn on 23 November 2026 at 9:00am", Amount: 82080},
		{What: "Sent back by bank transfer", URL: "/office/money/refunds/3", Note: "More came than was due. Asked for by Joanne Fearn on 23 November 2026 at 9:05am", Amount: 27360},
		{What: "£26.40 did not reach the card", URL: "/office/money/refunds/4"}, {What: "Taken by the cardholder’s bank in a dispute", Amount: 7920},
	}}
	return map[string]any{
		"office-money-income": sampleIncome(), "office-money-income-wrong": noIncome,
		"office-money-export": sampleBooks(), "office-money-export-apart": apart, "office-money-export-wrong": wrong,
		"office-statement":    sampleOwedPage(),
		"office-money-import": upload, "office-money-statement": sampleStatement(),
		"office-money": sampleMoney(), "office-money-check": sampleMoneyCheck(), "office-money-receipt": receipt, "office-money-payment": payment,
		"office-money-settled": gone,
		"office-money-refund":  refund, "office-money-refund-failed": failed, "office-money-refund-settled": settled,
		"office-money-refund-stopped": stopped,
	}
}

func samplePaymentFacts() []SummaryRow {
	return []SummaryRow{
		{Key: "To decide about", Lines: []string{"£26.40"}, Strong: true},
		{Key: "Came", Lines: []string{"By bank transfer on 20 November 2026"}, Notes: []string{"£300.00 altogether"}},
		{Key: "Payer", Lines: []string{"NEIGHBOURHOOD WELLBEING FEDERATION OF GREATER MANCHESTER"}},
	}
}

func sampleMoney() OfficeMoneyPage {
	return OfficeMoneyPage{
		Page: sampleOffice("Money", "money"), Search: OfficeSearch{URL: "/office/invoices", Label: "Search invoices by number, organisation or purchase order", Button: "Search"},
		Figures: []Figure{
			{Value: "£6,499.20", Name: "Unpaid", Note: "4 invoices", URL: "/office/invoices?unpaid=yes"}, {Value: "£2,928.00", Name: "Overdue", Note: "1 invoice, oldest 19 days", URL: "/office/invoices?show=overdue"},
			{Value: "£26.40", Name: "Unmatched money", Note: "1 payment", URL: "#unmatched"},
		},
		Links: []Action{{"Record one transfer for several invoices", "/office/money/receipt"}},
		Owed: []MoneyList{
			{ID: "overdue", Title: "Overdue", Count: "1 invoice", Sum: 292800, Advice: "Ring the customer.", Second: "State", None: "No invoice is overdue.", All: &Action{"Show all 6 overdue invoices", "/office/invoices?show=overdue"}, Rows: []MoneyRow{
				{What: "INV-000398", More: "The Greater Manchester Federation of Neighbourhood Wellbeing", URL: "/office/invoices/INV-000398", Note: "Purchase order KCT-118", State: &Tag{TagStop, "Overdue"}, StateNote: "Due 4 November 2026, 19 days ago", Amount: 292800},
			}},
		},
		ToDo: []MoneyList{
			{ID: "unmatched", Title: "Unmatched money", Count: "2 payments", Sum: 2690, Advice: "Find out what it is for. Put it on invoices, or send it back.", Rows: []MoneyRow{
				{What: "By bank transfer on 20 November 2026", Note: "NEIGHBOURHOOD WELLBEING FEDERATION, NWF-0000000000000000000000000000418", Link: Action{"Decide about it", "/office/money/payments/7"}, Amount: 2640},
			}, Rest: []MoneyRow{{What: "By card on 20 November 2026", Note: "Paid on our card payment page", Link: Action{"Decide about it", "/office/money/payments/8"}, Amount: 50}}},
			{ID: "tasks", Title: "Decisions to take", Count: "1 decision", Rows: []MoneyRow{{What: "£50.00 came for a booking that had ended", Note: "Since 20 November 2026", Link: Action{"Booking BK-01882", "/office/bookings/BK-01882"}}}},
			{ID: "refunds", Title: "Refunds to pay by bank", None: "No refund waits for a bank transfer."},
		},
	}
}

func sampleMoneyCheck() MoneyCheckPage {
	return MoneyCheckPage{
		Page: sampleOffice("Check this transfer", "money"), Back: Action{"Money", "/office/money"}, Heading: "Check this transfer",
		Rows: []SummaryRow{{Key: "Amount", Lines: []string{"£1,100.00"}, Strong: true}, {Key: "Day it came", Lines: []string{models.Date{Year: 2026, Month: time.November, Day: 20}.Long()}}},
		Shares: []MoneyShareRow{
			{"INV-000437", "/office/invoices/INV-000437", "Irwell Wellbeing Network", 82080, 0, ""},
			{"INV-000438", "/office/invoices/INV-000438", "Neighbourhood Wellbeing Federation", 27360, 27360, "INV-000412 was replaced by INV-000438"},
		},
		Happens: []string{"£5.60 is on no invoice. It stays as unmatched money until you decide about it."}, URL: "/office/money/receipt",
		Fields: []Choice{{"amount", "1,100.00"}}, Button: "Record £1,100.00",
	}
}

func sampleStatement() MoneyStatementPage {
	day := models.Date{Year: 2026, Month: time.November, Day: 20}
	page := MoneyStatementPage{
		Page: sampleOffice("Check this bank statement", "money"), Name: "november.csv", Content: "x", Checked: "y", Changed: true,
		Sum: "2 payments, £1,094.40 altogether. £820.80 goes on invoices, £273.60 stays as unmatched money.", Button: "Record 2 payments",
		Lines: []MoneyStatementLine{
			{N: 2, On: day, Amount: 82080, Payer: "IRWELL WELLBEING NETWORK", Reference: "INV 437", Ground: "Sure: it names the invoice", Put: "INV-000437 820.80", Shares: sampleMoneyCheck().Shares[:1]},
			{N: 3, On: day, Amount: 27360, Payer: "NEIGHBOURHOODWELLBEINGFEDERATIONOFGREATERMANCHESTER", Ground: "Not sure: only one invoice has this sum. Tick it if you agree", Perhaps: "INV-000438 273.60", Put: "INV-999999", Left: 27360},
		},
		Known: []MoneyOtherLine{{4, day, "BURY ADVICE, INV-000440", 25800}}, Out: []MoneyOtherLine{{5, day, "BANK, fee", -1200}},
	}
	page.Problems.Add("put-3", "We have no invoice with the number INV-999999")
	return page
}

func sampleBooks() MoneyExportPage {
	from, to := models.Date{Year: 2027, Month: time.January, Day: 1}, models.Date{Year: 2027, Month: time.March, Day: 31}
	return MoneyExportPage{
		Page: sampleOffice("Books of a period", "money"), From: from.String(), To: to.String(),
		Periods: []OfficeTab{{"This month", "/office/money/export?from=2027-03-01&to=2027-03-31", false}, {"This VAT quarter", "/office/money/export?from=2027-01-01&to=2027-03-31", true}},
		Books: &MoneyBooks{
			From: from, To: to, Opening: 82080, Closing: 341400, Net: 287000, VAT: 57400, CreditsAfter: 13680,
			Lines: []MoneyBookLine{{"Invoices", "", 358080}, {"Credit notes", "", -13680}, {"Money received", "", -85080}, {"Money sent back", "Less what did not arrive", 0}},
		},
		Files: []Action{{"VAT day book, as a CSV file", "/office/money/vat_daybook.csv?from=2027-01-01&to=2027-03-31"}},
	}
}

func sampleMonths(name, label string) Choices {
	return NewChoices(name, label, "2027-03", []Option{{Value: "2027-03", Label: "March 2027"}, {Value: "2027-02", Label: "February 2027"}})
}

// sampleIncome is a year in which the most is earned by groups, and one month takes off more than it earns.
func sampleIncome() MoneyIncomePage {
	open, group := IncomeWay{ID: "open-access", Title: "Open access"}, IncomeWay{ID: "bespoke", Title: "Own group"}
	p := MoneyIncomePage{
		Page: sampleOffice("Income", "money"), First: sampleMonths("first", "First month"), Last: sampleMonths("last", "Last month"), Shown: true,
		BooksURL: "/office/money/export?from=2026-04-01&to=2027-03-31", Total: IncomeMonthRow{Month: "12 months"},
	}
	for i := range 12 {
		month := models.Date{Year: 2026, Month: time.April, Day: 1}.AddDays(31 * i)
		name := fmt.Sprint(month.Month, " ", month.Year)
		o := IncomeRow{name, name[:3], models.Pence(i%4) * 68400, models.Pence(i%3) * 21500}
		g := IncomeRow{name, name[:3], models.Pence(i%5) * 244000, models.Pence(i%2) * 1150000}
		if i == 11 {
			o.Face, o.Online, g = -11400, 0, IncomeRow{Month: name + ", so far", Short: name[:3]}
			o.Month = g.Month
		}
		open.Rows, group.Rows = append(open.Rows, o), append(group.Rows, g)
		row := IncomeMonthRow{Month: o.Month, Open: o.Sum(), Group: g.Sum(), Sum: o.Sum() + g.Sum()}
		p.Months = append(p.Months, row)
		p.Total.Open, p.Total.Group, p.Total.Sum = p.Total.Open+row.Open, p.Total.Group+row.Group, p.Total.Sum+row.Sum
	}
	open.Chart, group.Chart = IncomeChart(open), IncomeChart(group)
	p.Ways = []IncomeWay{open, group}
	return p
}
