package billing

import (
	"context"
	"fmt"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// IncomeKind is what income is counted by. Both are empty for what is neither a place nor a group: a fee.
type IncomeKind struct {
	Route  Route
	Format Format
}

// IncomeMonth is what one London month earned, net of VAT, credits taken off on the days on which they count for VAT.
type IncomeMonth struct {
	Month models.Date // its first day
	Net   map[IncomeKind]models.Pence
}

// Total is the month's income of all kinds: the net of its day book.
func (m IncomeMonth) Total() models.Pence {
	var sum models.Pence
	for _, net := range m.Net {
		sum += net
	}
	return sum
}

// Income is what each of so many months earned, the first being that of the day from. It counts what the day book counts, on the
// same days, and shares each row of it over the document's lines of that VAT row. Only the office may ask.
func Income(ctx context.Context, db models.DB, actor access.Actor, from models.Date, months int) ([]IncomeMonth, error) {
	if err := actor.Require(access.RoleOffice); err != nil {
		return nil, err
	}
	if months < 1 {
		return nil, models.Invalid("to", "The last month must be the first month or later")
	}
	out, at := make([]IncomeMonth, months), map[models.Date]int{}
	month := firstOfMonth(from)
	for i := range out {
		out[i], at[month] = IncomeMonth{Month: month, Net: map[IncomeKind]models.Pence{}}, i
		month = firstOfMonth(month.AddDays(31))
	}
	p := Period{From: out[0].Month, To: month.AddDays(-1)}
	supplies, err := suppliesIn(ctx, db, p)
	if err != nil {
		return nil, fmt.Errorf("income: %w", models.Translate(err))
	}
	lines, err := linesCounted(ctx, db, p)
	if err != nil {
		return nil, fmt.Errorf("income: %w", models.Translate(err))
	}
	for _, s := range supplies {
		s.earn(lines[vatPart{s.ID, s.Category, s.RateThousandths}], out[at[firstOfMonth(s.OnDate)]].Net)
	}
	return out, nil
}

func firstOfMonth(day models.Date) models.Date {
	day.Day = 1
	return day
}

// vatPart is the lines of one document under one VAT category and rate.
type vatPart struct {
	Document int64
	Category VATCategory
	Rate     models.Percent
}

// lineCounted is what income needs of a document's line.
type lineCounted struct {
	Kind IncomeKind
	Net  models.Pence
}

// earn adds what counts of the supply to the kinds of its lines, each by its net. The lines' parts are shared out cumulatively over
// the days on which a credit note counts, so they add up to the day book's row.
func (s supplyRow) earn(lines []lineCounted, month map[IncomeKind]models.Pence) {
	nets := make([]models.Pence, len(lines))
	for i, l := range lines {
		nets[i] = l.Net
	}
	if s.Kind != CreditNote {
		for i, net := range spread(s.NetPence, nets) {
			month[lines[i].Kind] += net
		}
		return
	}
	before := spread(portion(s.NetPence, s.Before, s.GrossPence), nets)
	now := spread(portion(s.NetPence, s.Before+s.Now, s.GrossPence), nets)
	for i, l := range lines {
		month[l.Kind] -= now[i] - before[i]
	}
}
