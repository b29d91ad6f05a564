package billing

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// Statement is an organisation's account over a period: every entry of the ledger on it, and what is overdue today.
type Statement struct {
	Organisation access.Organisation
	Period       Period
	Opening      models.Pence // owed before the period; negative when we owed it
	Lines        []StatementLine
	Closing      models.Pence
	Separate     []SeparateRefund // what is in Closing though it goes back separately
	Overdue      []Document       // on today, the earliest due first
	Today        models.Date
}

// StatementLine is one entry of an account.
type StatementLine struct {
	On            models.Date
	What          string // "Invoice", "Payment by bank transfer"
	Code          string // of the document; empty for money
	PurchaseOrder string
	Reference     string // of a bank transfer
	Amount        models.Pence
	Balance       models.Pence // after it
}

// SeparateRefund is money of an account that goes back by refunds of one method, asked for and not entered in the period.
type SeparateRefund struct {
	Gross  models.Pence
	Method PaymentMethod
	Gone   bool // since the period
}

// Asked is what the account asks for at the end of its period; negative when we owe it. What goes back separately is not taken off
// what is to pay, nor is it to be decided about.
func (s Statement) Asked() models.Pence {
	asked := s.Closing
	for _, r := range s.Separate {
		asked += r.Gross
	}
	return asked
}

// ReturnWords says what goes back separately, in sentences for the customer.
func (s Statement) ReturnWords() []string {
	var words []string
	for _, r := range s.Separate {
		way := "by bank transfer"
		if r.Method == ByCard {
			way = "to your card"
		}
		if r.Gone {
			words = append(words, fmt.Sprintf("%s has gone back to you %s separately since then.", r.Gross, way))
			continue
		}
		words = append(words, fmt.Sprintf("%s goes back to you %s separately.", r.Gross, way))
	}
	return words
}

// OverdueSum is what is overdue altogether.
func (s Statement) OverdueSum() models.Pence {
	var sum models.Pence
	for _, d := range s.Overdue {
		sum += d.Outstanding()
	}
	return sum
}

// StatementOf reads the account of an organisation in scope. Errors: not found for anybody else's; invalid with field "from" or "to".
func StatementOf(ctx context.Context, db models.DB, scope access.Scope, organisation int64, p Period) (Statement, error) {
	if !scope.All && !slices.Contains(scope.OrganisationIDs, organisation) {
		return Statement{}, models.NotFound("We have no statement for that organisation that you can see")
	}
	org, err := access.FindOrganisation(ctx, db, scope, organisation)
	if err != nil {
		return Statement{}, err
	}
	if err := p.Check(); err != nil {
		return Statement{}, err
	}
	s := Statement{Organisation: org, Period: p, Today: db.Today()}
	if s.Opening, s.Lines, err = accountLines(ctx, db, organisation, p); err != nil {
		return Statement{}, fmt.Errorf("statement: %w", models.Translate(err))
	}
	s.Closing = s.Opening
	for i := range s.Lines {
		s.Closing += s.Lines[i].Amount
		s.Lines[i].Balance = s.Closing
	}
	if s.Separate, err = separateRefunds(ctx, db, organisation, p); err != nil {
		return Statement{}, err
	}
	s.Overdue, err = dueDocuments(ctx, db, DocumentFilter{OrganisationID: organisation, OverdueOn: db.Today()})
	return s, err
}

// separateRefunds adds up by their way the refunds that had been asked for at the end of a period, though they are not entered in it.
func separateRefunds(ctx context.Context, db models.DB, organisation int64, p Period) ([]SeparateRefund, error) {
	refunds, err := refundsUnderWay(ctx, db, organisation, p.To)
	if err != nil {
		return nil, err
	}
	sums := map[SeparateRefund]models.Pence{}
	for _, r := range refunds {
		from, err := refundOwner(ctx, db, r)
		if err != nil {
			return nil, err
		}
		if from.organisation == organisation {
			sums[SeparateRefund{Method: PaymentMethod(r.Method), Gone: r.Status == RefundSent}] += r.GrossPence
		}
	}
	var all []SeparateRefund
	for _, method := range []PaymentMethod{ByBank, ByCard} {
		for _, gone := range []bool{false, true} {
			r := SeparateRefund{Method: method, Gone: gone}
			if r.Gross = sums[r]; r.Gross > 0 {
				all = append(all, r)
			}
		}
	}
	return all, nil
}

// accountWords names an entry as its customer reads it.
func accountWords(kind string, method PaymentMethod, pence models.Pence) string {
	switch kind {
	case entryInvoice:
		return "Invoice"
	case entryCreditNote:
		return "Credit note"
	case entryPayment:
		return "Payment by " + wayOf(method)
	case entryRefund:
		return "Refund by " + wayOf(method)
	case entryRefundFailed:
		return "Refund that came back to us"
	case entryDispute:
		return "Card payment taken back by the card’s bank"
	case entryDisputeWon:
		return "Card payment returned to us"
	}
	if pence < 0 {
		return "Payment put on this account"
	}
	return "Payment put on another account"
}

func wayOf(m PaymentMethod) string {
	if m == ByCard {
		return "card"
	}
	return "bank transfer"
}

// StatementCSV is the account as a file, sums in pounds.
func StatementCSV(s Statement) []byte {
	f := newCSV("Date", "Entry", "Document", "Purchase order", "Reference", "Amount", "Balance")
	f.row(s.Period.From.ISO(), "Balance before", "", "", "", "", s.Opening.Plain())
	for _, l := range s.Lines {
		f.row(l.On.ISO(), l.What, l.Code, harmless(l.PurchaseOrder), harmless(l.Reference), l.Amount.Plain(), l.Balance.Plain())
	}
	return f.bytes()
}

// FileName is the name of the statement's file: "statement-irwell-wellbeing-network-2026-11-30.csv".
func (s Statement) FileName() string {
	name := strings.ToLower(strings.Join(strings.FieldsFunc(s.Organisation.Name, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9')
	}), "-"))
	return "statement-" + name + "-" + s.Period.To.ISO() + ".csv"
}
