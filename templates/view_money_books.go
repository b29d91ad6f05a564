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
