package templates

import "hub.salford.ac.uk/ssph/models"

// OfficeMoneyPage is pages/office-money.html: what is owed, and what waits for the office.
type OfficeMoneyPage struct {
	Page
	Search  OfficeSearch
	Figures []Figure
	ToDo    []MoneyList // what waits for the office
	Owed    []MoneyList // what waits for customers
	Links   []Action
}

// MoneyList is one kind of thing to do, with what to do about it.
type MoneyList struct {
	ID     string
	Title  string
	Count  string // "3 invoices"
	Sum    models.Pence
	Advice string
	Second string // the head of the second column; empty for "What to do"
	Rows   []MoneyRow
	Rest   []MoneyRow // those that are folded away
	All    *Action    // where the whole list is; nil when all of it is here
	None   string     // said when there are no rows
}

// MoneyRow is one thing to do. It leads on by its name, or by what to do, in words.
type MoneyRow struct {
	What      string
	URL       string // of what; empty when only Link leads on
	More      string // after what, plain
	Note      string
	State     *Tag
	StateNote string
	Link      Action
	Apart     string       // read aloud with the link, where several rows have the same What
	Amount    models.Pence // 0 for what has no sum
}

// MoneyCheckPage is pages/office-money-check.html: what will be done with money, before it is. Its form posts the fields again with
// "do" as "record" or "change".
type MoneyCheckPage struct {
	Page
	Back    Action
	Heading string
	Rows    []SummaryRow
	Shares  []MoneyShareRow
	Happens []string
	URL     string
	Fields  []Choice
	Button  string // empty when nothing can be done now
	NoWay   bool   // there is nothing to change: only the button
}

// MoneyShareRow is what goes on one invoice.
type MoneyShareRow struct {
	Number   string
	URL      string
	Customer string
	Amount   models.Pence
	Left     models.Pence // to pay, afterwards
	Note     string       // "INV-000012 was replaced by INV-000015"; empty when it is the one that was named
}

// MoneyReceiptPage is pages/office-money-receipt.html: one bank transfer for several invoices.
type MoneyReceiptPage struct {
	Page
	Form MoneyReceiptFields
}

// MoneyReceiptFields is what was typed about a bank transfer.
type MoneyReceiptFields struct {
	Amount, Date, Reference, Note string
	Invoices                      string // one on each line, with or without its part
	Key                           string
}

// MoneyPaymentPage is pages/office-money-payment.html: what is left of a payment, to be put on invoices or sent back.
type MoneyPaymentPage struct {
	Page
	Rows     []SummaryRow
	URL      string
	Invoices string // as typed
	Amount   string // to send back, as typed
	Key      string
	Card     bool // it goes back to the card
	Advice   string
}

// MoneySettledPage is pages/office-money-settled.html: a payment about which nothing is left to decide, and where its money went.
type MoneySettledPage struct {
	Page
	Lead string // how it stands
	Rows []SummaryRow
	Went []MoneyRow
}

// MoneyRefundPage is pages/office-money-refund.html: a refund by bank to make, or one that did not arrive.
type MoneyRefundPage struct {
	Page
	Heading  string
	Rows     []SummaryRow
	URL      string
	Date     string
	Typed    string // the reference
	Pay      bool   // it waits to be paid by bank
	Stop     string // of that: why nothing is to be sent
	Drop     bool   // of that: it can be ended without being sent
	Sent     bool   // ticked: it has been sent all the same
	Reason   string // typed: why it is not to be sent
	Failed   bool   // it did not arrive, and nothing stands in its place
	Happened string // what became of it, when there is nothing to do
}

// MoneyImportPage is pages/office-money-import.html: the choice of a bank statement's file.
type MoneyImportPage struct {
	Page
}

// MoneyStatementPage is pages/office-money-statement.html: what a bank statement would record, line by line.
type MoneyStatementPage struct {
	Page
	Name    string
	Content string // the file again, packed
	Checked string // of what was chosen when the page was drawn: other choices are shown before they are recorded
	Changed bool   // choices were changed, and are shown now
	Lines   []MoneyStatementLine
	Known   []MoneyOtherLine
	Out     []MoneyOtherLine
	Sum     string // "3 payments, £1,368.00 altogether. £1,094.40 goes on invoices, £273.60 stays unmatched"
	Button  string
}

// MoneyStatementLine is one payment of a statement.
type MoneyStatementLine struct {
	N         int // in the file
	On        models.Date
	Amount    models.Pence
	Payer     string
	Reference string
	Ground    string // how sure the match is, in words
	Put       string // put-N: the invoices, as typed
	Perhaps   string // take-N: "INV-000437 273.60", to be ticked; empty for none
	Taken     bool
	Leave     bool // leave-N
	Shares    []MoneyShareRow
	Left      models.Pence
}

// MoneyOtherLine is a line that is not recorded.
type MoneyOtherLine struct {
	N      int
	On     models.Date
	Words  string
	Amount models.Pence
}

// PeriodForm is the choice of a period above a page of figures.
type PeriodForm struct {
	URL      string
	From, To string // as typed
	Problems models.Problems
}

// StatementPage is pages/office-statement.html: an organisation's account over a period, for the office and for its managers.
type StatementPage struct {
	Page
	Back    Action
	Heading string
	Title   string
	Period  PeriodForm
	Figures []Figure
	// Returning says what goes back separately: the balance has it taken off, the sum that is to pay has not.
	Returning []string
	Rows      []StatementRow
	Overdue   []DocumentRow
	CSVURL    string
	Mail      *StatementMail // nil where it cannot be mailed
}

// StatementRow is one entry of an account; the first is the balance before the period.
type StatementRow struct {
	Day, What, Code, URL, PO, Reference string
	Amount, Balance                     string
}

// StatementMail is where a statement can be mailed to; To is empty when there is no address.
type StatementMail struct{ URL, To, Key string }
