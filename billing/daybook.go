package billing

import (
	"context"
	"fmt"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// Period is a span of London days, both included.
type Period struct{ From, To models.Date }

// Check refuses a period that ends before it begins, or has no days; field "from" or "to".
func (p Period) Check() error {
	switch {
	case p.From.IsZero():
		return models.Invalid("from", "Enter the first day, like 1 January 2027")
	case p.To.IsZero():
		return models.Invalid("to", "Enter the last day, like 31 March 2027")
	case p.To.Before(p.From):
		return models.Invalid("to", "The last day must be the first day or later")
	}
	return nil
}

// DayBookRow is one supply, or one decrease of a supply, as the VAT return counts it (Notice 700/22: digital records).
type DayBookRow struct {
	Code      string
	Kind      DocumentKind
	On        models.Date // an invoice's day, as Document.CountsOn has it; of a credit note the day on which it was set off or paid out
	IssueDate models.Date
	Amount    Amount // negative for a credit note
	Rate      VATRate
	Customer  string
	Original  string // of a credit note: its invoice
}

// DayBook lists what counts for VAT in a period, in the order of the days: each invoice on its day, once per category and
// rate; each credit note in the parts and on the days in which it was set off or paid out (VAT Regs 1995 reg 24B and 24C). The
// parts of a credit note are shared out cumulatively, so they add up to it. Only the office may ask.
func DayBook(ctx context.Context, db models.DB, actor access.Actor, p Period) ([]DayBookRow, error) {
	if err := actor.Require(access.RoleOffice); err != nil {
		return nil, err
	}
	if err := p.Check(); err != nil {
		return nil, err
	}
	supplies, err := suppliesIn(ctx, db, p)
	if err != nil {
		return nil, fmt.Errorf("day book: %w", models.Translate(err))
	}
	rows := make([]DayBookRow, len(supplies))
	for i, s := range supplies {
		rows[i] = s.row()
	}
	return rows, nil
}

// supplyRow is one VAT total of one document, to the extent that it counts on one day.
type supplyRow struct {
	ID              int64 // of the document
	Code            string
	Kind            DocumentKind
	OnDate          models.Date
	IssueDate       models.Date
	GrossPence      models.Pence // of the document
	Before          models.Pence // how much of it had counted before
	Now             models.Pence // how much of it counts now
	Category        VATCategory
	RateThousandths models.Percent
	Label, Reason   string
	NetPence        models.Pence // of the VAT total
	VATPence        models.Pence `gorm:"column:vat_pence"`
	Above           models.Pence // gross of the document's VAT totals before this one
	CustomerName    string
	Original        string
}

func (s supplyRow) row() DayBookRow {
	row := DayBookRow{
		Code: s.Code, Kind: s.Kind, On: s.OnDate, IssueDate: s.IssueDate, Amount: Amount{s.NetPence, s.VATPence}, Customer: s.CustomerName,
		Rate: VATRate{Category: s.Category, Rate: s.RateThousandths, Label: s.Label, Reason: s.Reason}, Original: s.Original,
	}
	if s.Kind == CreditNote {
		now, before := s.upTo(s.Before+s.Now), s.upTo(s.Before)
		row.Amount = before.Minus(now)
	}
	return row
}

// upTo is what of this VAT total has counted when so much of the credit note has. The parts of all its totals sum to that much, and
// VAT is what remains beside the net: no penny is lost between the two.
func (s supplyRow) upTo(counted models.Pence) Amount {
	gross := portion(s.Above+s.NetPence+s.VATPence, counted, s.GrossPence) - portion(s.Above, counted, s.GrossPence)
	net := portion(s.NetPence, counted, s.GrossPence)
	return Amount{Net: net, VAT: gross - net}
}

// MoneyMove is money that came or went, as the books have it.
type MoneyMove struct {
	On        models.Date
	Kind      string // received, sent back, came back unpaid, taken by a dispute, dispute won
	Method    PaymentMethod
	Amount    models.Pence // positive when it came
	Reference string
	Payer     string // of a bank statement's line
	For       string // the documents it is on: "INV-000437 820.80; INV-000438 273.60"
	Free      models.Pence
}

// MoneyMoves lists the money that came and went in a period, in the order of the days. Only the office may ask.
func MoneyMoves(ctx context.Context, db models.DB, actor access.Actor, p Period) ([]MoneyMove, error) {
	if err := actor.Require(access.RoleOffice); err != nil {
		return nil, err
	}
	if err := p.Check(); err != nil {
		return nil, err
	}
	moves, err := movesIn(ctx, db, p)
	if err != nil {
		return nil, fmt.Errorf("payments: %w", models.Translate(err))
	}
	return moves, nil
}
