package documents

import (
	"errors"
	"fmt"

	"hub.salford.ac.uk/ssph/models"
)

// InvoiceKind says which document an Invoice is.
type InvoiceKind string

// The two documents that share one form.
const (
	KindInvoice    InvoiceKind = "invoice"
	KindCreditNote InvoiceKind = "credit note"
)

// VATCategory is a letter of the European standard EN 16931 for how a supply stands to VAT.
type VATCategory string

// The categories a document can carry.
const (
	StandardRated VATCategory = "S"
	ZeroRated     VATCategory = "Z"
	Exempt        VATCategory = "E"
	OutsideScope  VATCategory = "O"
	ReverseCharge VATCategory = "AE"
)

// PaymentMethod is how money reached us, or went back.
type PaymentMethod string

// The ways of paying.
const (
	ByCard         PaymentMethod = "card"
	ByBankTransfer PaymentMethod = "bank transfer"
	ByDispute      PaymentMethod = "dispute" // the cardholder's bank took it
)

// Invoice is all that an invoice or a credit note says. Amounts are as billing computed them, and positive in both kinds;
// nothing is computed here, only checked.
type Invoice struct {
	Kind                InvoiceKind
	Number              string
	IssueDate, TaxPoint models.Date
	DueDate             models.Date // no day when there is nothing to pay
	Supplier            Supplier
	Customer            Customer
	PurchaseOrder       string // empty when there is none
	Booking             string // our booking reference
	Lines               []Line
	VATGroups           []VATGroup // one per category and rate
	Net, VAT, Total     models.Pence
	CashDiscount        models.Percent // off for prompt payment; 0 is none offered
	Paid                Payment        // when an invoice was issued
	Back                []Payment      // of a credit note: what goes back, or on its day went back
	Missing             models.Pence   // of a credit note: what neither goes back yet nor was owed
	OriginalNumber      string         // of a credit note: the invoice it corrects
	OriginalDate        models.Date
	Reason              string // of a credit note: why
	ReplacesNumber      string // of an invoice: the credited one that it stands for; empty for none
	ReplacesDate        models.Date
}

// Supplier is who sells, as the Hub's settings had it at issue.
type Supplier struct {
	LegalName   string
	TradingName string // empty, or the same as the legal name, when there is none
	Address     []string
	VATNumber   string // empty when the supplier is not registered
	Email       string
	Bank        Bank
	// Demonstration marks the VAT number, the bank details and the document as an example.
	Demonstration bool
}

// Bank is the account that transfers go to.
type Bank struct{ AccountName, SortCode, AccountNumber string }

// Customer is who is billed.
type Customer struct {
	Name      string
	Attention string // a person or department; may be empty
	Address   []string
	VATNumber string // may be empty
}

// Line is one thing sold.
type Line struct {
	Description    string
	Details        []string // when and where, who comes: one line each
	Quantity       int
	UnitPrice      models.Pence
	Discount       models.Percent // 0 is none
	DiscountAmount models.Pence   // what it takes off the whole line
	DiscountReason string
	Category       VATCategory
	Rate           models.Percent
	Net            models.Pence // after discount
}

// VATGroup is the sum of the lines of one category and rate.
type VATGroup struct {
	Category VATCategory
	Rate     models.Percent
	Net, VAT models.Pence
	Reason   string // why no VAT is charged: needed for every category but S
}

// Payment is money that moved; Amount 0 is none.
type Payment struct {
	Method PaymentMethod
	On     models.Date
	Amount models.Pence
}

// ToPay is what the customer still owes on an invoice when it is issued.
func (i Invoice) ToPay() models.Pence {
	if i.Kind == KindCreditNote {
		return 0
	}
	return i.Total - i.Paid.Amount
}

// AddBack adds money that goes back; what goes the same way on the same day is one payment.
func (i *Invoice) AddBack(p Payment) {
	for n := range i.Back {
		if i.Back[n].Method == p.Method && i.Back[n].On == p.On {
			i.Back[n].Amount += p.Amount
			return
		}
	}
	i.Back = append(i.Back, p)
}

// setOff is what of a credit note was taken off what was owed: all that neither goes back nor is missing.
func (i Invoice) setOff() models.Pence {
	off := i.Total - i.Missing
	for _, p := range i.Back {
		off -= p.Amount
	}
	return off
}

// check refuses a document that the law would not accept or whose figures do not add up: a wrong sum must never be printed.
func (i Invoice) check() error {
	var errs []error
	need := func(ok bool, format string, args ...any) {
		if !ok {
			errs = append(errs, fmt.Errorf(format, args...))
		}
	}
	need(i.Kind == KindInvoice || i.Kind == KindCreditNote, "unknown kind %q", i.Kind)
	need(i.Number != "" && !i.IssueDate.IsZero() && !i.TaxPoint.IsZero(), "number, issue date or tax point is missing")
	need(i.Supplier.LegalName != "" && len(i.Supplier.Address) > 0, "supplier's name or address is missing")
	need(i.Customer.Name != "" && len(i.Customer.Address) > 0, "customer's name or address is missing")
	need(len(i.Lines) > 0, "no lines")
	need(i.ToPay() >= 0, "more is paid than owed")
	need(i.ToPay() == 0 || !i.DueDate.IsZero(), "a due date is missing")
	need(i.Paid.Amount == 0 || !i.Paid.On.IsZero() && i.Paid.Method != "", "the payment has no date or method")
	if i.Kind == KindCreditNote {
		need(i.setOff() >= 0, "more goes back than is credited")
		for _, p := range i.Back { // what is still being sent back has no day yet
			need(p.Amount > 0 && p.Method != "", "what goes back has no amount or method")
		}
		need(i.OriginalNumber != "" && !i.OriginalDate.IsZero(), "the original invoice is missing")
	}
	need(i.Net+i.VAT == i.Total, "net %d and VAT %d are not the total %d", i.Net, i.VAT, i.Total)
	i.checkGroups(need)
	if len(errs) == 0 {
		return nil
	}
	return fmt.Errorf("documents: %s %s: %w", i.Kind, i.Number, errors.Join(errs...))
}

type vatKey struct {
	category VATCategory
	rate     models.Percent
}

// checkGroups compares the VAT summary with the lines and the totals.
func (i Invoice) checkGroups(need func(ok bool, format string, args ...any)) {
	lines := map[vatKey]models.Pence{}
	for _, l := range i.Lines {
		lines[vatKey{l.Category, l.Rate}] += l.Net
	}
	var net, vat models.Pence
	for _, g := range i.VATGroups {
		sum, ok := lines[vatKey{g.Category, g.Rate}]
		need(ok && sum == g.Net, "the lines of %s %s do not sum to %d", g.Category, g.Rate, g.Net)
		delete(lines, vatKey{g.Category, g.Rate})
		need(g.Category == StandardRated || g.VAT == 0, "VAT is charged under category %s", g.Category)
		need(g.Category == StandardRated || g.Reason != "", "category %s needs a reason", g.Category)
		need(g.Category != StandardRated || i.Supplier.VATNumber != "", "VAT is charged without a VAT number")
		net, vat = net+g.Net, vat+g.VAT
	}
	need(len(lines) == 0, "lines are missing from the VAT summary")
	need(net == i.Net && vat == i.VAT, "the VAT summary does not sum to the totals")
}
