package templates

import "hub.salford.ac.uk/ssph/models"

// OfficePricesPage is pages/office-prices.html: every figure the Hub sells by, what is to come, and who entered what.
type OfficePricesPage struct {
	Page
	Prices   []TariffPriceRow
	VAT      TariffPanel
	Terms    TariffPanel
	Supplier TariffPanel
	Series   []TariffSeriesRow
	Figures  []TariffFigureRow
	History  []HistoryRow
}

// TariffPriceRow is one line of the price list.
type TariffPriceRow struct {
	What      string // "Open access, face to face"
	Unit      string // "a person"
	Net       models.Pence
	Gross     models.Pence
	Since     models.Date
	Unsure    bool // to be confirmed by the Hub
	Coming    []TariffComing
	ChangeURL string
}

// TariffComing is an entry whose day is still to come.
type TariffComing struct {
	Words       string // "£240.00"
	From        models.Date
	WithdrawURL string
}

// TariffPanel is one subject with what counts now and what is to come.
type TariffPanel struct {
	Rows      []SummaryRow
	Since     models.Date
	Coming    []TariffComing
	ChangeURL string
}

// TariffSeriesRow is how one kind of document is numbered for one legal name.
type TariffSeriesRow struct {
	What string // "Invoices of University of Salford"
	Next string // "INV-000437"
}

// TariffFigureRow is one setting.
type TariffFigureRow struct {
	What      string // "Days to pay an invoice"
	Value     string
	Coming    []TariffComing
	ChangeURL string
}

// TariffPricePage is pages/office-prices-price.html. Its form posts the fields of TariffPriceFields.
type TariffPricePage struct {
	Page
	Form TariffPriceFields
	From string
}

// TariffPriceFields are "route", "format" and "price"; the first day, "from", stands beside them on every form.
type TariffPriceFields struct{ Route, Format, Price string }

// TariffVATPage is pages/office-prices-vat.html. Its form posts the fields of TariffVATFields.
type TariffVATPage struct {
	Page
	Form TariffVATFields
	From string
}

// TariffVATFields are "category", "rate" and "reason".
type TariffVATFields struct{ Category, Rate, Reason string }

// TariffTermsPage is pages/office-prices-terms.html. Its form posts "name", "from", and "days-1", "fee-1" and so on.
type TariffTermsPage struct {
	Page
	Name, From string
	Steps      []TariffStepFields
}

// TariffStepFields is one step of cancellation terms, as typed.
type TariffStepFields struct {
	N         int
	DaysField string // "days-1"; empty on the last step, which is for what no other covers
	FeeField  string // "fee-1"
	Days, Fee string
}

// TariffSupplierPage is pages/office-prices-supplier.html. Its form posts the fields of TariffSupplierFields.
type TariffSupplierPage struct {
	Page
	Form  TariffSupplierFields
	From  string
	Known []string // the legal names whose documents are numbered already
}

// TariffSupplierFields are the fields of the form, as typed.
type TariffSupplierFields struct {
	LegalName, TradingName, Address, VATNumber, Email string
	AccountName, SortCode, AccountNumber              string
	InvoicePrefix, CreditPrefix, Digits               string
}

// TariffFigurePage is pages/office-prices-figure.html. Its form posts "figure", "value" and "from".
type TariffFigurePage struct {
	Page
	Figures             []Choice
	Figure, Value, From string
}

// TariffCheckPage is pages/office-prices-check.html: what an entry changes, before it is made. Its form posts Fields again.
type TariffCheckPage struct {
	Page
	URL     string
	Heading string
	Changes TariffChanges
	Unusual []string // figures to be confirmed: the form then posts "sure"
	Fields  []Choice // what was typed: name and value
	Button  string
}

// TariffChanges is what would be different, in a table and in sentences.
type TariffChanges struct {
	Before, After string // the heads of the columns: "Until then", "From 1 April 2027"
	Prices        []TariffPriceChange
	Values        []TariffValueChange
	Happens       []string
}

// TariffPriceChange is one line of prices.
type TariffPriceChange struct {
	What          string
	Before, After TariffAmount
}

// TariffAmount is a price with its VAT.
type TariffAmount struct{ Net, VAT, Gross models.Pence }

// TariffValueChange is one line of anything else.
type TariffValueChange struct{ Name, Before, After string }

// TariffWithdrawPage is pages/office-prices-withdraw.html. Its form posts "reason".
type TariffWithdrawPage struct {
	Page
	URL     string
	Rows    []SummaryRow
	Changes TariffChanges
	Reason  string
}
