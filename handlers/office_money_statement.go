package handlers

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

// statementForm is a bank statement with what was chosen about its lines.
type statementForm struct {
	file    billing.BankFile
	typed   url.Values
	first   bool // nothing has been chosen yet: what is sure is filled in
	checked string
}

// moneyImportRecord records a statement as it was last shown. Choices that were changed since are shown first.
func (s *Site) moneyImportRecord(c echo.Context) error {
	typed, err := posted(c)
	if err != nil {
		return err
	}
	content, ok := unpacked(typed.Get("content"))
	if !ok {
		return s.moneyImportPage(c, http.StatusUnprocessableEntity, models.Problems{models.Invalid("file", "Choose the file again")})
	}
	form := statementForm{file: billing.BankFile{Name: line(typed, "name"), Content: content}, typed: typed, checked: line(typed, "checked")}
	if typed.Get("do") != "record" {
		form.checked = ""
	}
	return s.moneyStatement(c, form)
}

// moneyStatement shows what a statement would record, or records it when that is what the page showed before.
func (s *Site) moneyStatement(c echo.Context, form statementForm) error {
	ctx := c.Request().Context()
	preview, err := billing.PreviewBankFile(ctx, s.db, actorOf(c), form.file)
	problems, err := refused(err)
	if err != nil {
		return err
	}
	if problems != nil {
		return s.moneyImportRefused(c, form, problems)
	}
	chosen, err := s.chooseLines(ctx, c, form, preview)
	if err != nil {
		return err
	}
	if chosen.problems == nil && !form.first && form.checked == chosen.mark {
		return s.moneyStatementDo(c, form, preview, chosen)
	}
	status := http.StatusOK
	if chosen.problems != nil {
		status = http.StatusUnprocessableEntity
	}
	return s.moneyStatementPage(c, status, form, preview, chosen)
}

// chosen is what becomes of the new lines.
type chosen struct {
	lines    []templates.MoneyStatementLine
	choices  map[int]billing.BankChoice
	problems models.Problems
	mark     string // tells these choices from others
	on, free models.Pence
	count    int
}

// chooseLines reads the choices about every new line; at first what is sure is chosen.
func (s *Site) chooseLines(ctx context.Context, c echo.Context, form statementForm, preview billing.BankPreview) (chosen, error) {
	out := chosen{choices: map[int]billing.BankChoice{}}
	taken, mark := map[int64]models.Pence{}, sha256.New()
	for _, m := range preview.New {
		l := statementLine(m)
		if day, there := preview.ByHand[m.Line.Number]; there {
			l.Ground = "A payment of this sum was typed in for " + day.String() + ". Leave this line out if it is the same money"
			l.Leave = form.first
		}
		put := form.choice(&l, m)
		var got shared
		if !l.Leave {
			var wrong models.Problems
			var err error
			got, wrong, err = s.sharesBeside(ctx, actorOf(c), fmt.Sprintf("put-%d", l.N), put, l.Amount, taken)
			if err != nil {
				return out, err
			}
			out.problems = append(out.problems, wrong...)
			out.count, out.on, out.free = out.count+1, out.on+got.sum, out.free+l.Amount-got.sum
			l.Shares, l.Left = got.rows, l.Amount-got.sum
		}
		for _, share := range got.shares {
			taken[share.DocumentID] += share.Gross
			fmt.Fprintf(mark, "%d %d %d\n", l.N, share.DocumentID, share.Gross)
		}
		fmt.Fprintf(mark, "%d %t\n", l.N, l.Leave)
		out.choices[l.N] = billing.BankChoice{Leave: l.Leave, Shares: got.shares}
		out.lines = append(out.lines, l)
	}
	out.mark = hex.EncodeToString(mark.Sum(nil))
	return out, nil
}

// choice fills in what was chosen about a line and returns the invoices it goes on, as text.
func (f statementForm) choice(l *templates.MoneyStatementLine, m billing.BankMatch) string {
	if f.first {
		if m.Ground.Sure() {
			l.Put, l.Perhaps = l.Perhaps, ""
		}
		return l.Put
	}
	l.Put = line(f.typed, fmt.Sprintf("put-%d", l.N))
	l.Taken, l.Leave = ticked(f.typed, fmt.Sprintf("take-%d", l.N)), ticked(f.typed, fmt.Sprintf("leave-%d", l.N))
	suggested := l.Perhaps
	if m.Ground.Sure() {
		l.Perhaps, l.Taken = "", false
	}
	if l.Put == "" && l.Taken {
		return suggested
	}
	return l.Put
}

// statementLine is a line with what it is thought to pay.
func statementLine(m billing.BankMatch) templates.MoneyStatementLine {
	l := templates.MoneyStatementLine{
		N: m.Line.Number, On: m.Line.On, Amount: m.Line.Gross, Payer: m.Line.Payer, Reference: m.Line.Reference, Left: m.Line.Gross,
	}
	var parts []string
	for i, share := range m.Shares {
		parts = append(parts, m.Invoices[i].Code+" "+share.Gross.Plain())
	}
	l.Perhaps = strings.Join(parts, "; ")
	switch {
	case m.Closed != "":
		l.Ground = nothingToPay(m) + ", which has nothing to pay. Find out what it is for"
	case m.Ground == billing.NoMatch || len(m.Shares) == 0:
		l.Ground = "We could not match it"
	case m.Ground.Sure():
		l.Ground = "Sure: it " + string(m.Ground)
	default:
		l.Ground = "Not sure: " + string(m.Ground) + ". Tick it if you agree"
	}
	if m.Closed == "" {
		for _, r := range m.Replaced {
			l.Ground += ". " + replacedWords(r.Code, r.By)
		}
	}
	return l
}

// nothingToPay begins to say that a line names an invoice with nothing to pay.
func nothingToPay(m billing.BankMatch) string {
	for _, r := range m.Replaced {
		if r.By == m.Closed {
			return "It names " + r.Code + ". " + replacedWords(r.Code, r.By)
		}
	}
	return "It names " + m.Closed
}

func (s *Site) moneyStatementPage(c echo.Context, status int, form statementForm, preview billing.BankPreview, ch chosen) error {
	page := templates.MoneyStatementPage{
		Page: s.officePage(c, "Check this bank statement", "import"), Name: form.file.Name, Content: packed(form.file.Content), Checked: ch.mark,
		Changed: !form.first && ch.problems == nil && form.checked != "", Lines: ch.lines, Known: otherLines(preview.Known), Out: otherLines(preview.Outgoing),
		Sum: fmt.Sprintf("%s, %s altogether. %s goes on invoices, %s stays as unmatched money.",
			models.Count(ch.count, "payment"), ch.on+ch.free, ch.on, ch.free),
		Button: "Record " + models.Count(ch.count, "payment"),
	}
	page.Problems = ch.problems
	return s.render(c, status, "office-money-statement", page)
}

func otherLines(lines []billing.BankFileLine) []templates.MoneyOtherLine {
	rows := make([]templates.MoneyOtherLine, len(lines))
	for i, l := range lines {
		words := l.Payer
		if words != "" && l.Reference != "" {
			words += ", "
		}
		rows[i] = templates.MoneyOtherLine{N: l.Number, On: l.On, Words: words + l.Reference, Amount: l.Gross}
	}
	return rows
}

func (s *Site) moneyStatementDo(c echo.Context, form statementForm, preview billing.BankPreview, ch chosen) error {
	ctx := c.Request().Context()
	var done billing.BankImported
	problems, err := refused(s.db.InTx(ctx, func(tx models.DB) (err error) {
		done, err = billing.ImportBankFile(ctx, tx, actorOf(c), form.file, ch.choices)
		return err
	}))
	if err != nil {
		return err
	}
	if problems.For("file") != "" {
		return s.moneyImportRefused(c, form, problems)
	}
	if problems != nil {
		ch.problems = problems
		return s.moneyStatementPage(c, http.StatusUnprocessableEntity, form, preview, ch)
	}
	return s.done(c, officeMoneyURL, importedWords(done))
}

// moneyImportRefused leads a second press of the button to the same answer as the first; any other file is asked for again.
func (s *Site) moneyImportRefused(c echo.Context, form statementForm, problems models.Problems) error {
	if !form.first {
		done, known, err := billing.BankFileRecorded(c.Request().Context(), s.db, actorOf(c), form.file)
		if err != nil {
			return err
		}
		if known {
			return s.done(c, officeMoneyURL, importedWords(done))
		}
	}
	return s.moneyImportPage(c, http.StatusUnprocessableEntity, problems)
}

func importedWords(done billing.BankImported) string {
	return fmt.Sprintf("%s recorded: %s on invoices, %s unmatched.", models.Count(done.Payments, "payment"), done.OnInvoices, done.Free)
}
