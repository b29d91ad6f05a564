package billing

import (
	"bytes"
	"encoding/csv"
	"strings"
)

// csvFile builds a file for a spreadsheet: UTF-8 with a mark, commas, lines ended as RFC 4180 says. Text that a spreadsheet would
// take for a formula is made harmless with an apostrophe before it; sums stay numbers.
type csvFile struct {
	text   bytes.Buffer
	writer *csv.Writer
}

func newCSV(heading ...string) *csvFile {
	f := &csvFile{}
	f.text.WriteString("\ufeff")
	f.writer = csv.NewWriter(&f.text)
	f.writer.UseCRLF = true
	f.row(heading...)
	return f
}

// row writes cells that are safe already: our own words, dates and sums.
func (f *csvFile) row(cells ...string) { _ = f.writer.Write(cells) } // a buffer takes everything

func (f *csvFile) bytes() []byte {
	f.writer.Flush()
	return f.text.Bytes()
}

// harmless is text of somebody else's, safe in a spreadsheet.
func harmless(s string) string {
	if strings.ContainsAny(firstLetter(strings.TrimLeft(s, " ")), "=+-@\t\r\n|%") || strings.ContainsAny(firstLetter(s), "\t\r\n") {
		return "'" + s
	}
	return s
}

func firstLetter(s string) string {
	for _, r := range s {
		switch r { // the full-width signs that some spreadsheets read alike
		case '＝':
			return "="
		case '＋':
			return "+"
		case '－', '−':
			return "-"
		case '＠':
			return "@"
		}
		return string(r)
	}
	return " "
}

// DayBookCSV is the day book as a file, one row as in the list, sums in pounds.
func DayBookCSV(rows []DayBookRow) []byte {
	f := newCSV("Document", "Type", "Tax point", "Issue date", "Net", "VAT", "Gross", "VAT category", "VAT rate %", "Customer", "Original document")
	for _, r := range rows {
		f.row(r.Code, string(r.Kind), r.On.ISO(), r.IssueDate.ISO(), r.Amount.Net.Plain(), r.Amount.VAT.Plain(), r.Amount.Gross().Plain(),
			string(r.Rate.Category), r.Rate.Rate.Decimal(), harmless(r.Customer), r.Original)
	}
	return f.bytes()
}

// PaymentsCSV is the money of a period as a file: what came is positive, what went negative, in pounds.
func PaymentsCSV(moves []MoneyMove) []byte {
	f := newCSV("Date", "Type", "Method", "Amount", "Reference", "Payer", "For", "Not on an invoice")
	for _, m := range moves {
		free := ""
		if m.Amount > 0 && m.Kind == moveWords[entryPayment] {
			free = m.Free.Plain()
		}
		f.row(m.On.ISO(), m.Kind, string(m.Method), m.Amount.Plain(), harmless(m.Reference), harmless(m.Payer), m.For, free)
	}
	return f.bytes()
}
