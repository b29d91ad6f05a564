package billing

import (
	"errors"
	"strings"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// bankColumns says where in a row each thing stands; -1 where the file has no such column.
type bankColumns struct {
	date, payer, reference, amount, sign, in, out, all int
	told                                               bool // the payer stands in a description beside the reference
}

// bankDescriptions are the headings under which banks say in their own words what a line is. Without a reference they are it; beside one
// they name the payer.
var bankDescriptions = []string{"narrative", "description", "transactiondescription", "details", "memo", "particulars"}

// bankHeadings are the words that banks use, in lower case without spaces. The first that a file has counts.
var bankHeadings = []struct {
	of    func(*bankColumns) *int
	words []string
}{
	{func(c *bankColumns) *int { return &c.date }, []string{"transactiondate", "date", "valuedate", "posteddate", "bookingdate"}},
	{func(c *bankColumns) *int { return &c.payer }, []string{"payer", "counterparty", "name", "payee", "from", "counterpartyname"}},
	{func(c *bankColumns) *int { return &c.reference }, append([]string{"reference"}, bankDescriptions...)},
	{func(c *bankColumns) *int { return &c.amount }, []string{"amount", "value", "amount(gbp)", "amountgbp"}},
	{func(c *bankColumns) *int { return &c.sign }, []string{"debit/credit", "credit/debit", "dr/cr", "cr/dr", "creditdebitindicator", "debitcreditindicator", "debitorcredit", "creditordebit"}},
	{func(c *bankColumns) *int { return &c.in }, []string{"paidin", "credit", "creditamount", "moneyin", "credits", "in"}},
	{func(c *bankColumns) *int { return &c.out }, []string{"paidout", "debit", "debitamount", "moneyout", "debits", "out"}},
}

func bankColumnsOf(heading []string) (bankColumns, error) {
	at := map[string]int{}
	for i, cell := range heading {
		word := strings.ToLower(strings.Join(strings.Fields(strings.ReplaceAll(cell, "_", "")), ""))
		if _, there := at[word]; !there {
			at[word] = i
		}
	}
	find := func(words []string) int {
		for _, word := range words {
			if i, there := at[word]; there {
				return i
			}
		}
		return -1
	}
	c := bankColumns{all: len(heading)}
	for _, h := range bankHeadings {
		*h.of(&c) = find(h.words)
	}
	if _, there := at["reference"]; there && c.payer < 0 {
		c.payer = find(bankDescriptions)
		c.told = c.payer >= 0
	}
	switch {
	case c.date < 0:
		return c, models.Invalid("file", "The first line needs a column called Date")
	case c.amount < 0 && c.in < 0:
		return c, models.Invalid("file", "The first line needs a column called Amount, or one called Paid in")
	case c.amount >= 0 && (c.in < 0) != (c.out < 0):
		return c, models.Invalid("file", "The first line has an amount beside money in or money out: leave one amount, or both money in and money out")
	case c.sign >= 0 && c.amount < 0:
		return c, models.Invalid("file", "The first line has a column for debit or credit, so it needs one called Amount")
	case c.payer < 0 && c.reference < 0:
		return c, models.Invalid("file", "The first line needs a column called Reference or Description")
	}
	return c, nil
}

func (c bankColumns) read(row bankRow) (BankFileLine, error) {
	cell := func(i int) string {
		if i < 0 || i >= len(row.cells) {
			return ""
		}
		return strings.TrimSpace(row.cells[i])
	}
	if len(row.cells) > c.all && strings.TrimSpace(strings.Join(row.cells[c.all:], "")) != "" {
		return BankFileLine{}, errors.New("there are more cells than headings")
	}
	on, ok := parseBankDate(cell(c.date))
	if !ok {
		return BankFileLine{}, errors.New("the date must be like 14/01/2027")
	}
	gross, err := c.sum(cell)
	if err != nil {
		return BankFileLine{}, err
	}
	return BankFileLine{
		Number: row.number, On: on, Gross: gross, Payer: bankText(cell(c.payer)), Reference: bankText(cell(c.reference)), told: c.told,
	}, nil
}

// sum reads one signed amount, or money in less money out. Where a file has both they must agree: money out never becomes money in.
func (c bankColumns) sum(cell func(int) string) (models.Pence, error) {
	if c.in < 0 && c.out < 0 {
		return c.signed(cell)
	}
	move, err := c.inLessOut(cell)
	if err != nil || c.amount < 0 || cell(c.amount) == "" {
		return move, err
	}
	amount, err := parseBankSum(cell(c.amount))
	if err == nil && amount != move && amount != -move {
		err = errors.New("the amount differs from the money in or out")
	}
	return move, err
}

// signed reads one amount; a column beside it may say whether it is a debit.
func (c bankColumns) signed(cell func(int) string) (models.Pence, error) {
	amount, err := parseBankSum(cell(c.amount))
	if err != nil || c.sign < 0 {
		return amount, err
	}
	switch word := strings.ToUpper(cell(c.sign)); word {
	case "D", "DR", "DEBIT", "DBIT":
		return -max(amount, -amount), nil
	case "C", "CR", "CREDIT", "CRDT":
		if amount >= 0 {
			return amount, nil
		}
	}
	return 0, errors.New("it must say debit or credit, as the amount does")
}

// inLessOut reads the two columns of a statement that has one each for money in and money out.
func (c bankColumns) inLessOut(cell func(int) string) (models.Pence, error) {
	if cell(c.in) == "" && cell(c.out) == "" {
		return 0, errors.New("the amount is missing")
	}
	var in, out models.Pence
	var err error
	if text := cell(c.in); text != "" {
		if in, err = parseBankSum(text); err != nil {
			return 0, err
		}
	}
	if text := cell(c.out); text != "" {
		if out, err = parseBankSum(text); err != nil {
			return 0, err
		}
	}
	if in != 0 && out != 0 {
		return 0, errors.New("there is money in and money out")
	}
	return in - max(out, -out), nil
}

// parseBankSum reads 1,234.56, £273.60, -50.00, 50.00-, (50.00), 273.60 CR and 50.00 DR: money out is negative.
func parseBankSum(text string) (models.Pence, error) {
	t, sign := strings.ToUpper(strings.TrimSpace(text)), models.Pence(1)
	if inner, ok := strings.CutPrefix(t, "("); ok && strings.HasSuffix(inner, ")") {
		t, sign = strings.TrimSuffix(inner, ")"), -1
	}
	t = strings.TrimSpace(strings.TrimSuffix(t, "CR"))
	if rest, ok := strings.CutSuffix(t, "DR"); ok {
		t, sign = strings.TrimSpace(rest), -1
	}
	for _, minus := range []string{"-", "−"} {
		if rest, ok := strings.CutPrefix(t, minus); ok {
			t, sign = rest, -1
		}
		if rest, ok := strings.CutSuffix(t, minus); ok {
			t, sign = rest, -1
		}
	}
	t = strings.TrimPrefix(strings.TrimSpace(strings.TrimPrefix(t, "+")), "£")
	if rest, ok := strings.CutPrefix(t, "-"); ok && sign > 0 { // £-50.00
		t, sign = rest, -1
	}
	pence, err := models.ParsePence(t)
	if err != nil {
		return 0, errors.New("the amount must be like 273.60")
	}
	return sign * pence, nil
}

// bankDates are the ways banks write a day. Days come before months: this is a British account.
var bankDates = []string{"02/01/2006", "2/1/2006", "02/01/06", "2006-01-02", "02-01-2006", "2 Jan 2006", "02-Jan-2006", "2-Jan-06", "2 January 2006", "02.01.2006"}

func parseBankDate(text string) (models.Date, bool) {
	for _, layout := range bankDates {
		if t, err := time.Parse(layout, text); err == nil && t.Year() >= 2000 {
			return models.Date{Year: t.Year(), Month: t.Month(), Day: t.Day()}, true
		}
	}
	return models.Date{}, false
}

// bankText is a payer or reference in one line, without control characters.
func bankText(s string) string {
	s = strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, s)), " ")
	if letters := []rune(s); len(letters) > mostBankText {
		s = string(letters[:mostBankText])
	}
	return s
}
