package documents_test

import (
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/documents"
	"hub.salford.ac.uk/ssph/models"
)

func TestWords_HowToPayStandsOnlyWhenSomethingIsToPay(t *testing.T) {
	t.Parallel()
	owed := onAccount().Words()
	if owed.Pay == nil || owed.Statement != "" || owed.Figure.Value != "£820.80" || owed.Figure.Label != "To pay" {
		t.Errorf("owed: %+v", owed)
	}
	paid := paidByCard().Words()
	if paid.Pay != nil || paid.Statement != "Paid by card on 23 November 2026. Nothing to pay." || paid.Figure.Value != "£0.00" {
		t.Errorf("paid: %+v", paid)
	}
	free := onAccount()
	free.Lines[0].Net, free.VATGroups[0].Net, free.VATGroups[0].VAT = 0, 0, 0
	free.Net, free.VAT, free.Total, free.DueDate = 0, 0, 0, models.Date{}
	if w := free.Words(); w.Pay != nil || w.Statement != "Nothing to pay." {
		t.Errorf("free: %+v", w)
	}
	part := onAccount()
	part.Paid = documents.Payment{Method: documents.ByBankTransfer, On: part.IssueDate, Amount: 10000}
	if w := part.Words(); w.Pay == nil || w.Figure.Value != "£720.80" || w.Totals[3].Value != "−£100.00" {
		t.Errorf("part paid: %+v", w)
	}
}

// Of £129.00: each sentence is about a part, and what no sentence names was taken off the invoice.
func TestWords_CreditSaysWhereItsMoneyIs(t *testing.T) {
	t.Parallel()
	went, now := date(2027, 1, 3), models.Date{}
	type credit struct {
		back    []documents.Payment
		missing models.Pence
	}
	for want, c := range map[string]credit{
		"This takes £129.00 off invoice INV-000438.":        {},
		"£129.00 went back to your card on 3 January 2027.": {back: []documents.Payment{{Method: documents.ByCard, On: went, Amount: 12900}}},
		"We are sending £100.00 back by bank transfer. This takes £29.00 off invoice INV-000438.": {
			back: []documents.Payment{{Method: documents.ByBankTransfer, On: now, Amount: 10000}},
		},
		"£60.00 went back to your card on 3 January 2027. We are sending £69.00 back to your card.": {back: []documents.Payment{
			{Method: documents.ByCard, On: now, Amount: 4000}, {Method: documents.ByCard, On: went, Amount: 6000}, {Method: documents.ByCard, On: now, Amount: 2900},
		}},
		"We are sending £100.00 back to your card. £29.00 is not with us now. We will write to you about it.": {
			back: []documents.Payment{{Method: documents.ByCard, On: now, Amount: 10000}}, missing: 2900,
		},
	} {
		i := credited()
		i.Back, i.Missing = nil, c.missing
		for _, p := range c.back {
			i.AddBack(p)
		}
		w := i.Words()
		if w.Statement != want || w.Pay != nil || w.Title != "Credit note" {
			t.Errorf("got %q, want %q", w.Statement, want)
		}
	}
}

func TestCreditWords_TheOfficeReadsOfTheCustomersCard(t *testing.T) {
	t.Parallel()
	i := credited()
	i.Back, i.Missing = nil, 2900
	i.AddBack(documents.Payment{Method: documents.ByCard, Amount: 10000})
	const want = "We are sending £100.00 back to the customer’s card. £29.00 is not with us now, so it becomes a task for the office."
	if got := i.CreditWords(documents.ToOffice); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestWords_ExemptAndOutsideScopeSayWhyAndAreNoVATInvoice(t *testing.T) {
	t.Parallel()
	for category, title := range map[documents.VATCategory]string{
		documents.Exempt: "Invoice", documents.OutsideScope: "Invoice", documents.ZeroRated: "VAT invoice", documents.ReverseCharge: "VAT invoice",
	} {
		i := onAccount()
		i.Lines[0].Category, i.Lines[0].Rate = category, 0
		i.VATGroups[0] = documents.VATGroup{Category: category, Net: 68400, Reason: "Education by an eligible body"}
		i.VAT, i.Total = 0, 68400
		w := i.Words()
		if w.Title != title {
			t.Errorf("%s is a %q", category, w.Title)
		}
		if !strings.Contains(read(t, mustPDF(t, i)).text(t), ": Education by an eligible body") {
			t.Errorf("%s: the PDF gives no reason", category)
		}
	}
}

func TestWords_RatesAreNamedWithTheirFigure(t *testing.T) {
	t.Parallel()
	if got := documents.VATLabel(documents.StandardRated, 20000); got != "Standard, 20%" {
		t.Error(got)
	}
	if got := documents.VATRate(documents.StandardRated, 17500); got != "17.5%" {
		t.Error(got)
	}
}

// 10% off 7 × £215.33: £1,507.31 less £150.73 is £1,356.58.
func TestWords_DiscountIsShownUnderItsLine(t *testing.T) {
	t.Parallel()
	i := onAccount()
	l := &i.Lines[0]
	l.Quantity, l.UnitPrice, l.Net = 7, 21533, 135658
	l.Discount, l.DiscountAmount, l.DiscountReason = 10000, 15073, "agreement of 1 May 2026"
	notes := i.Words().Lines[0].Notes
	if want := "Less 10% discount, £150.73: agreement of 1 May 2026"; notes[len(notes)-1] != want {
		t.Errorf("got %q", notes)
	}
	if len(i.Lines[0].Details) != 2 {
		t.Error("wording changed the invoice")
	}
}

func TestWords_DemonstrationIsMarkedAndARealSupplierIsNot(t *testing.T) {
	t.Parallel()
	if w := onAccount().Words(); w.Notice == "" || w.Pay.Account[1].Value != "00-00-00 (demonstration)" {
		t.Errorf("not marked: %+v", w)
	}
	i := onAccount()
	i.Supplier.Demonstration = false
	i.Supplier.TradingName, i.Supplier.Email = "Salford Social Prescribing Hub", "hub@example.org"
	text := read(t, mustPDF(t, i)).text(t)
	if strings.Contains(strings.ToLower(text), "demonstration") {
		t.Error("a real invoice is marked as a demonstration")
	}
	for _, want := range []string{"trading as Salford Social Prescribing Hub", "hub@example.org"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q", want)
		}
	}
}
