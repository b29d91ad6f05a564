package templates

import "hub.salford.ac.uk/ssph/models"

// MoneyExportPage is pages/office-money-export.html: the books of a period, and its files.
type MoneyExportPage struct {
	Page
	Periods  []OfficeTab
	From, To string // as typed
	Books    *MoneyBooks
	Files    []Action
}

// MoneyBooks is how what customers owe went through a period, and what counts for VAT in it.
type MoneyBooks struct {
	From, To         models.Date
	Opening, Closing models.Pence
	Lines            []MoneyBookLine
	Net, VAT         models.Pence // of the day book
	CreditsBefore    models.Pence // gross: credit notes that did not count yet when the period began
	CreditsAfter     models.Pence // and when it ended
	Differences      []string     // where the books do not agree
}

// Gross is the day book's net and VAT together.
func (b MoneyBooks) Gross() models.Pence { return b.Net + b.VAT }

// MoneyBookLine is what one kind of entry came to.
type MoneyBookLine struct {
	What   string
	Note   string
	Amount models.Pence
}

// MoneyIncomePage is pages/office-money-income.html: what was earned in each month, by the way of selling and the format.
type MoneyIncomePage struct {
	Page
	First, Last Choices
	Ways        []IncomeWay
	Months      []IncomeMonthRow
	Total       IncomeMonthRow
	BooksURL    string // of the same months
	Shown       bool
}

// IncomeWay is one way of selling, with its chart.
type IncomeWay struct {
	ID    string
	Title string
	Chart BarChart
	Rows  []IncomeRow
}

// Nothing says that nothing was earned this way, nor taken off: there is nothing to draw.
func (w IncomeWay) Nothing() bool {
	for _, r := range w.Rows {
		if r.Face != 0 || r.Online != 0 {
			return false
		}
	}
	return true
}

// Face is what was earned face to face in all months.
func (w IncomeWay) Face() (sum models.Pence) {
	for _, r := range w.Rows {
		sum += r.Face
	}
	return sum
}

// Online is what was earned online in all months.
func (w IncomeWay) Online() (sum models.Pence) {
	for _, r := range w.Rows {
		sum += r.Online
	}
	return sum
}

// Sum is what was earned in all months.
func (w IncomeWay) Sum() models.Pence { return w.Face() + w.Online() }

// IncomeRow is what one way of selling earned in a month, net of VAT.
type IncomeRow struct {
	Month        string // "June 2026", "November 2026, so far"
	Short        string // "Jun"
	Face, Online models.Pence
}

// Sum is both formats together.
func (r IncomeRow) Sum() models.Pence { return r.Face + r.Online }

// IncomeMonthRow is what all ways of selling earned in a month, net of VAT.
type IncomeMonthRow struct {
	Month                     string
	Open, Group, Single, Fees models.Pence
	Sum                       models.Pence
}
