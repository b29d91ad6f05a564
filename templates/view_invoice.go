package templates

// InvoicePage is pages/invoice.html: an invoice or credit note as its customer sees it.
type InvoicePage struct {
	Page
	Invoice Invoice
	State   Tag
	Note    string // how it stands today: "Due 23 December 2026", "£100.00 still to pay"
	PDFURL  string
	Links   []DocumentLink
	Back    Action
}

// DocumentLink leads to a document that belongs to another one.
type DocumentLink struct {
	Label string // "Takes off", "Replaced by"
	Code  string
	URL   string
}

// Invoice is an issued invoice or credit note in words, as it was issued: partials/invoice.html draws it.
type Invoice struct {
	Part          string // sets apart the ids of one that is a part of a page: "credit"; empty when it is the page
	Title         string // "VAT invoice", "Credit note"
	Number        string
	Offer         bool   // a quote: nothing is sold yet
	Notice        string // marks a demonstration; else empty
	Supplier      []string
	CustomerLabel string
	CustomerName  string
	Customer      []string
	Facts         []InvoiceFact // dates and references
	LineHeads     [5]string
	Lines         []InvoiceLine
	VATTitle      string
	VATHeads      [3]string
	VATRows       [][3]string
	Totals        []InvoiceFact // above the rule
	Figure        InvoiceFact   // below it: what was to pay, or what is credited
	Reasons       []string
	Statement     string // how it stood when nothing was to pay; else empty
	Pay           *InvoicePay
}

// Anchor begins the ids of this document on its page.
func (i Invoice) Anchor() string {
	if i.Part == "" {
		return "invoice"
	}
	return i.Part
}

// InvoiceFact is a label with its value.
type InvoiceFact struct {
	Label, Value string
	Strong       bool
	Key          bool // label and value are bold: the one to act on
}

// InvoiceLine is one line of what was sold.
type InvoiceLine struct {
	Description                    string
	Notes                          []string
	Quantity, UnitPrice, Rate, Net string
}

// InvoicePay is the box on how to pay.
type InvoicePay struct {
	Title    string
	Sentence []InvoiceRun
	Account  []InvoiceFact
}

// InvoiceRun is a stretch of a sentence in one weight.
type InvoiceRun struct {
	Text   string
	Strong bool
}
