package documents

import "fmt"

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
		return i.creditStatement()
	}
	if i.ToPay() > 0 {
		return ""
	}
	if i.Paid.Amount == 0 {
		return "Nothing to pay."
	}
	return fmt.Sprintf("Paid by %s on %s. Nothing to pay.", i.Paid.Method, i.Paid.On)
}

// creditStatement tells the two halves of a credit apart: money that went back, and a debt that became smaller.
func (i Invoice) creditStatement() string {
	back, off := i.Paid.Amount, i.Total-i.Paid.Amount
	to := "by bank transfer"
	if i.Paid.Method == ByCard {
		to = "to your card"
	}
	sent := fmt.Sprintf("We sent %s back %s on %s.", back, to, i.Paid.On)
	if i.Paid.On.IsZero() {
		sent = fmt.Sprintf("We are sending %s back %s.", back, to)
	}
	taken := fmt.Sprintf("This takes %s off invoice %s.", off, i.OriginalNumber)
	switch {
	case back == 0:
		return taken
	case off == 0:
		return sent
	}
	return sent + " " + taken
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
