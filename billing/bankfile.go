package billing

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"hub.salford.ac.uk/ssph/models"
)

// BankFileLine is one line of a bank statement as the file has it. Money that came in is positive, money that went out negative.
type BankFileLine struct {
	Number    int // of the line in the file, the heading being 1
	On        models.Date
	Gross     models.Pence
	Payer     string
	Reference string
	told      bool // the payer is what the bank's description says, beside a reference
}

// Bounds of a bank statement: a month of a busy account is far below them.
const (
	mostBankFileBytes = 500_000
	mostBankFileLines = 5000
	mostBankText      = 140 // of a payer or a reference; the rest is cut
	mostWrongLines    = 5   // that a refusal tells of
)

// ReadBankFile reads a bank statement that was saved as CSV. Columns are known by their headings, in any order: a date; a payer, a
// reference or a description, of which the description names the payer where a reference stands beside it; and either one amount, with or without a column that says debit or credit, or one column for money in and one for
// money out. Commas, semicolons and tabs
// separate; UTF-8 and Windows-1252 are read. It takes all of the file or nothing: a file with lines that cannot be read is refused with
// their numbers, field "file". It reads nothing else and writes nothing.
func ReadBankFile(content []byte) ([]BankFileLine, error) {
	if len(content) > mostBankFileBytes {
		return nil, models.Invalid("file", "The file must be 500 KB or smaller. Save a shorter period")
	}
	rows, err := bankRows(content)
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, models.Invalid("file", "The file is empty. Choose a bank statement saved as CSV")
	}
	columns, err := bankColumnsOf(rows[0].cells)
	if err != nil {
		return nil, err
	}
	var lines []BankFileLine
	var wrong []string
	for _, row := range rows[1:] {
		line, err := columns.read(row)
		if err != nil {
			wrong = append(wrong, fmt.Sprintf("line %d: %s", row.number, err))
			continue
		}
		lines = append(lines, line)
	}
	switch {
	case len(wrong) > mostWrongLines:
		return nil, models.Invalid("file", "%d lines cannot be read. The first: %s", len(wrong), strings.Join(wrong[:mostWrongLines], "; "))
	case len(wrong) > 0:
		return nil, models.Invalid("file", "The file cannot be read at %s", strings.Join(wrong, "; "))
	case len(lines) == 0:
		return nil, models.Invalid("file", "The file has a heading but no lines. Choose a period in which money came")
	}
	return lines, nil
}

type bankRow struct {
	number int
	cells  []string
}

// bankRows splits the file into cells, without empty lines.
func bankRows(content []byte) ([]bankRow, error) {
	content = bytes.TrimPrefix(content, []byte("\ufeff"))
	if !utf8.Valid(content) {
		decoded, err := charmap.Windows1252.NewDecoder().Bytes(content)
		if err != nil {
			return nil, models.Invalid("file", "The file is not text. Save the statement as CSV").Because(err)
		}
		content = decoded
	}
	if bytes.IndexByte(content, 0) >= 0 {
		return nil, models.Invalid("file", "The file is not text. Save the statement as CSV")
	}
	reader := csv.NewReader(bytes.NewReader(content))
	reader.Comma, reader.FieldsPerRecord = delimiterOf(content), -1
	reader.TrimLeadingSpace = reader.Comma != '\t' // which is a space itself: an empty cell between two tabs would go
	var rows []bankRow
	for {
		cells, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		var bad *csv.ParseError
		if errors.As(err, &bad) {
			return nil, models.Invalid("file", "Line %d: a quotation mark is missing or too many", bad.Line).Because(err)
		}
		if err != nil {
			return nil, fmt.Errorf("bank file: %w", err)
		}
		number, _ := reader.FieldPos(0)
		if strings.TrimSpace(strings.Join(cells, "")) != "" {
			rows = append(rows, bankRow{number, cells})
		}
		if len(rows) > mostBankFileLines {
			return nil, models.Invalid("file", "The file has more than %d lines. Save a shorter period", mostBankFileLines)
		}
	}
}

// delimiterOf is the separator that stands most often in the heading, the first line with anything on it.
func delimiterOf(content []byte) rune {
	heading, _, _ := bytes.Cut(bytes.TrimLeft(content, "\r\n "), []byte("\n"))
	best, most := ',', 0
	for _, d := range []rune{',', ';', '\t'} {
		if n := bytes.Count(heading, []byte(string(d))); n > most {
			best, most = d, n
		}
	}
	return best
}
