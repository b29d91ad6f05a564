package documents

import (
	"fmt"
	"strings"
)

// facts are the dates and references beside the customer's address.
func (i Invoice) facts() []Fact {
	dated := "Invoice date"
	if i.Kind == KindCreditNote {
		dated = "Credit note date"
	}
	list := []Fact{
		{Label: dated, Value: i.IssueDate.String()},
		{Label: "Tax point", Value: i.TaxPoint.String()},
	}
	add := func(f Fact) {
		if f.Value != "" {
			list = append(list, f)
		}
	}
	if i.Kind == KindCreditNote {
		add(Fact{Label: "Original invoice", Value: i.OriginalNumber, Strong: true})
		add(Fact{Label: "Original invoice date", Value: i.OriginalDate.String()})
	}
	if i.ReplacesNumber != "" {
		add(Fact{Label: "Replaces invoice", Value: i.ReplacesNumber, Strong: true})
		add(Fact{Label: "Replaced invoice date", Value: i.ReplacesDate.String()})
	}
	add(Fact{Label: "Your purchase order", Value: i.PurchaseOrder, Strong: true})
	add(Fact{Label: "Our booking", Value: i.Booking})
	if i.Kind == KindCreditNote {
		add(Fact{Label: "Reason", Value: i.Reason})
	}
	if i.CashDiscount > 0 {
		add(Fact{Label: "Discount for prompt payment", Value: i.CashDiscount.String()})
	}
	if i.ToPay() > 0 {
		add(Fact{Label: "Pay by", Value: i.DueDate.String(), Key: true})
	}
	return list
}

func (i Invoice) totals() []Fact {
	list := []Fact{
		{Label: "Total before VAT", Value: i.Net.String()},
		{Label: "VAT", Value: i.VAT.String()},
	}
	if i.Kind == KindInvoice && i.Paid.Amount > 0 {
		list = append(list,
			Fact{Label: "Total with VAT", Value: i.Total.String()},
			Fact{Label: "Paid by " + string(i.Paid.Method), Value: (-i.Paid.Amount).String()})
	}
	return list
}

func (i Invoice) figure() Fact {
	if i.Kind == KindCreditNote {
		return Fact{Label: "Total credit", Value: i.Total.String(), Key: true}
	}
	return Fact{Label: "To pay", Value: i.ToPay().String(), Key: true}
}

// statement says how the document stands when it asks for no money.
func (i Invoice) statement() string {
	if i.Kind == KindCreditNote {
		return i.CreditWords(ToCustomer)
	}
	if i.ToPay() > 0 {
		return ""
	}
	if i.Paid.Amount == 0 {
		return "Nothing to pay."
	}
	return fmt.Sprintf("Paid by %s on %s. Nothing to pay.", i.Paid.Method, i.Paid.On)
}

// Reader is who reads where the money of a credit note is.
type Reader string

// The two readers: the customer, on the document itself, and the office, beside it.
const (
	ToCustomer Reader = "customer"
	ToOffice   Reader = "office"
)

// CreditWords tells the parts of a credit note apart: money that went back before, money that goes back now, a debt that became
// smaller, and money that is not here.
func (i Invoice) CreditWords(to Reader) string {
	var said []string
	say := func(format string, args ...any) { said = append(said, fmt.Sprintf(format, args...)) }
	for _, p := range i.Back {
		if !p.On.IsZero() {
			say("%s went back %s on %s.", p.Amount, backTo(p.Method, to), p.On)
		}
	}
	for _, p := range i.Back {
		if p.On.IsZero() {
			say("We are sending %s back %s.", p.Amount, backTo(p.Method, to))
		}
	}
	if off := i.setOff(); off > 0 {
		say("This takes %s off invoice %s.", off, i.OriginalNumber)
	}
	switch {
	case i.Missing == 0:
	case to == ToOffice:
		say("%s is not with us now, so it becomes a task for the office.", i.Missing)
	default:
		say("%s is not with us now. We will write to you about it.", i.Missing)
	}
	return strings.Join(said, " ")
}

func backTo(m PaymentMethod, to Reader) string {
	switch {
	case m == ByDispute && to == ToOffice:
		return "through the customer’s bank (dispute)"
	case m == ByDispute:
		return "through your bank (dispute)"
	case m != ByCard:
		return "by bank transfer"
	case to == ToOffice:
		return "to the customer’s card"
	}
	return "to your card"
}

// howToPay is nothing when there is nothing to pay.
func (i Invoice) howToPay() *PayWords {
	if i.ToPay() <= 0 {
		return nil
	}
	s := i.Supplier
	return &PayWords{
		Title: "How to pay",
		Sentence: []Run{
			{Text: "By bank transfer by " + i.DueDate.String() + ". Give "},
			{Text: i.Number, Strong: true},
			{Text: " as the reference, so we can match your payment the same day."},
		},
		Account: []Fact{
			{Label: "Account", Value: s.Bank.AccountName},
			{Label: "Sort code", Value: s.shown(s.Bank.SortCode)},
			{Label: "Account number", Value: s.shown(s.Bank.AccountNumber)},
			{Label: "Reference", Value: i.Number, Strong: true},
		},
	}
}
