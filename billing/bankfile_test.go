package billing

import (
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"hub.salford.ac.uk/ssph/models"
)

var statementDay = models.Date{Year: 2027, Month: time.January, Day: 14}

// The same line of £1,234.56 from Irwell Wellbeing as banks write it: other headings, separators, dates, letters and signs.
func TestReadBankFile_KnowsTheColumnsOfManyBanks(t *testing.T) {
	want := BankFileLine{Number: 2, On: statementDay, Gross: 123456, Payer: "Irwell Wellbeing", Reference: "INV-000437 £"}
	for name, file := range map[string]string{
		"one amount":           "Date,Name,Reference,Amount\n14/01/2027,Irwell Wellbeing,INV-000437 £,\"1,234.56\"\n",
		"other order":          "Amount,Reference,Date,Payer\n\"£1,234.56\",INV-000437 £,14 Jan 2027,Irwell Wellbeing\n",
		"in and out":           "Transaction Date,Counter Party,Narrative,Paid out,Paid in,Balance\n14/01/27,Irwell Wellbeing,INV-000437 £,,1234.56,99\n",
		"debit and credit":     "Date;Payer;Description;Debit Amount;Credit Amount\r\n2027-01-14;Irwell Wellbeing;INV-000437 £;;1234.56\r\n",
		"tabs":                 "DATE\tPAYER\tDETAILS\tVALUE\n14-01-2027\tIrwell Wellbeing\tINV-000437 £\t1234.56 CR\n",
		"a mark at the front":  "\ufeffDate,Payer,Memo,Amount\n14 January 2027,Irwell Wellbeing,INV-000437 £,+1234.56\n",
		"Windows-1252":         "Date,Payer,Memo,Amount\n14/1/2027,Irwell Wellbeing,INV-000437 \xa3,1234.56\n",
		"spaces and controls":  "date , payer , reference , money in \n14/01/2027,  Irwell   Wellbeing ,INV-000437\t£,1234.56\n",
		"quoted with newlines": "Date,Payer,Reference,Amount\n14/01/2027,\"Irwell\nWellbeing\",INV-000437 £,1234.56\n",
	} {
		lines, err := ReadBankFile([]byte(file))
		if err != nil || len(lines) != 1 || lines[0] != want {
			t.Errorf("%s: %+v, %v", name, lines, err)
		}
	}
	want.told = true
	for name, file := range map[string]string{
		"beside a reference":   "Date,Description,Reference,Money out,Money in\n14/01/2027,Irwell Wellbeing,INV-000437 £,,1234.56\n",
		"two beside reference": "Date,Details,Narrative,Reference,Amount\n14/01/2027,FPI,Irwell Wellbeing,INV-000437 £,1234.56\n",
	} {
		if lines, err := ReadBankFile([]byte(file)); err != nil || len(lines) != 1 || lines[0] != want {
			t.Errorf("%s: %+v, %v", name, lines, err)
		}
	}
	for _, out := range []string{"50.00", "-50.00", "(50.00)"} { // banks write money out with and without its sign
		file := "Reference,Date,Paid in,Paid out\nrent,14/01/2027,," + out + "\n"
		if lines, err := ReadBankFile([]byte(file)); err != nil || len(lines) != 1 || lines[0].Gross != -5000 || lines[0].Reference != "rent" {
			t.Errorf("%s paid out: %+v, %v", out, lines, err)
		}
	}
	late := "\n\nDate,Reference,Amount\n\n14/01/2027,x,1\n"
	if lines, err := ReadBankFile([]byte(late)); err != nil || len(lines) != 1 || lines[0].Number != 5 {
		t.Errorf("empty lines count: %+v, %v", lines, err)
	}
}

// Money that went out never comes in: an empty cell between two tabs stays one, a column that says debit counts, and what disagrees is
// refused.
func TestReadBankFile_MoneyOutNeverComesIn(t *testing.T) {
	for name, c := range map[string]struct {
		file string
		want models.Pence
	}{
		"tabs, paid out":            {"Date\tDetails\tPaid in\tPaid out\n22/11/2026\tPayroll INV-000003\t\t820.80\n", -82080},
		"tabs, no reference":        {"Date\tPayer\tDetails\tPaid in\tPaid out\n22/11/2026\tHMRC\t\t\t5.00\n", -500},
		"an amount beside both":     {"Date,Details,Amount,Debit,Credit\n22/11/2026,x,20.00,20.00,\n", -2000},
		"an amount beside credit":   {"Date,Details,Amount,Debit,Credit\n22/11/2026,x,20.00,,20.00\n", 2000},
		"a column that says debit":  {"Date,Details,Amount,Debit/Credit\n22/11/2026,x,20.00,Debit\n", -2000},
		"a column that says dr":     {"Date,Details,Amount,CR/DR\n22/11/2026,x,-20.00,DR\n", -2000},
		"a column that says credit": {"Date,Details,Amount,Debit / Credit\n22/11/2026,x,20.00,credit\n", 2000},
	} {
		lines, err := ReadBankFile([]byte(c.file))
		if err != nil || len(lines) != 1 || lines[0].Gross != c.want {
			t.Errorf("%s: %+v, %v; want %s", name, lines, err, c.want)
		}
	}
	for name, file := range map[string]string{
		"the amount is another":      "Date,Details,Amount,Debit,Credit\n22/11/2026,x,21.00,20.00,\n",
		"an amount and only credit":  "Date,Details,Amount,Credit\n22/11/2026,x,20.00,\n",
		"a credit below nothing":     "Date,Details,Amount,Debit/Credit\n22/11/2026,x,-20.00,Credit\n",
		"neither debit nor credit":   "Date,Details,Amount,Debit/Credit\n22/11/2026,x,20.00,\n",
		"debit or credit of nothing": "Date,Details,Debit/Credit\n22/11/2026,x,Debit\n",
		"money in and money out":     "Date,Details,Paid in,Paid out\n22/11/2026,x,20.00,5.00\n",
		"more cells than headings":   "Date,Details,Paid in\n22/11/2026,x,,20.00\n",
	} {
		if lines, err := ReadBankFile([]byte(file)); err == nil {
			t.Errorf("%s: read as %+v", name, lines)
		}
	}
}

func TestParseBankSum_MoneyOutIsNegative(t *testing.T) {
	for text, want := range map[string]models.Pence{
		"273.60": 27360, "£273.6": 27360, "1,234": 123400, "+5": 500, "0.00": 0, "273.60 CR": 27360, "273.60cr": 27360,
		"-50.00": -5000, "50.00-": -5000, "−50.00": -5000, "(50.00)": -5000, "50.00 DR": -5000, "-£50.00": -5000, "£-50.00": -5000,
	} {
		if got, err := parseBankSum(text); err != nil || got != want {
			t.Errorf("%q is %d, %v; want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"", "CR", "ten", "1.234,56", "1.2.3", "--5", "£", "1e3", "99999999999999999999", "£-", "()"} {
		if got, err := parseBankSum(text); err == nil {
			t.Errorf("%q is taken as %d", text, got)
		}
	}
}

func TestReadBankFile_RefusesAllOfAFileThatItCannotRead(t *testing.T) {
	heading := "Date,Payer,Amount\n"
	for name, c := range map[string]struct{ file, says string }{
		"empty":          {"", "The file is empty. Choose a bank statement saved as CSV"},
		"heading alone":  {heading, "The file has a heading but no lines. Choose a period in which money came"},
		"no date":        {"Payer,Amount\nx,1\n", "The first line needs a column called Date"},
		"no amount":      {"Date,Payer\n", "The first line needs a column called Amount, or one called Paid in"},
		"no reference":   {"Date,Amount\n", "The first line needs a column called Reference or Description"},
		"a bad day":      {heading + "14/01/2027,x,1\n31/02/2027,x,1\n", "The file cannot be read at line 3: the date must be like 14/01/2027"},
		"a bad sum":      {heading + "14/01/2027,x,one\n", "The file cannot be read at line 2: the amount must be like 273.60"},
		"no sum":         {"Date,Payer,Paid in,Paid out\n14/01/2027,x,,\n", "The file cannot be read at line 2: the amount is missing"},
		"short line":     {heading + "14/01/2027\n", "The file cannot be read at line 2: the amount must be like 273.60"},
		"a loose quote":  {heading + "14/01/2027,\"x,1\n", "Line 2: a quotation mark is missing or too many"},
		"a picture":      {"\x89PNG\x00\x00", "The file is not text. Save the statement as CSV"},
		"too large":      {strings.Repeat("x", mostBankFileBytes+1), "The file must be 500 KB or smaller. Save a shorter period"},
		"too many lines": {heading + strings.Repeat("1/1/27,x,1\n", mostBankFileLines), "The file has more than 5000 lines. Save a shorter period"},
		"many mistakes": {heading + strings.Repeat("x,x,1\n", 6), "6 lines cannot be read. The first: line 2: the date must be like 14/01/2027; " +
			"line 3: the date must be like 14/01/2027; line 4: the date must be like 14/01/2027; line 5: the date must be like 14/01/2027; " +
			"line 6: the date must be like 14/01/2027"},
	} {
		lines, err := ReadBankFile([]byte(c.file))
		problems := models.ProblemsOf(err)
		if lines != nil || len(problems) != 1 || problems[0].Field != "file" || problems[0].Msg != c.says && !strings.HasPrefix(problems[0].Msg, c.says) {
			t.Errorf("%s: %d lines, %v", name, len(lines), err)
		}
	}
}

// Whatever comes, it is read whole and clean, or refused with a sentence for the person beside the field.
func FuzzReadBankStatement(f *testing.F) {
	for _, seed := range []string{
		"Date,Name,Reference,Amount\n14/01/2027,Irwell,INV-1,\"1,234.56\"\n", "Date;Details;Paid in;Paid out\n1/1/27;x;;5\n",
		"\ufeffdate\tmemo\tvalue\n2027-01-14\t\xa3\t-1\n", "Date,Payer,Amount\n\"", "\x00", "Date,Date,Amount,Amount,Memo\n1 Jan 2027,,(5),DR,\x1b",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		lines, err := ReadBankFile(content)
		var e *models.Error
		if err != nil && (!errors.As(err, &e) || e.Field != "file" || lines != nil) {
			t.Fatalf("%d lines and %v", len(lines), err)
		}
		if err == nil && len(lines) == 0 {
			t.Fatal("nothing was read, and nothing said")
		}
		for _, l := range lines {
			clean := utf8.ValidString(l.Payer+l.Reference) && !strings.ContainsAny(l.Payer+l.Reference, "\x00\n\r\t\x1b")
			if l.Number < 2 || l.On.Year < 2000 || !clean || utf8.RuneCountInString(l.Payer) > mostBankText || utf8.RuneCountInString(l.Reference) > mostBankText {
				t.Fatalf("%+v", l)
			}
		}
	})
}

func openInvoice(id int64, code string, owed models.Pence, customer, order string) Document {
	return Document{ID: id, Kind: Invoice, Code: code, Gross: owed, Customer: Customer{Name: customer}, PurchaseOrder: order}
}

// Irwell owes £820.80 and £273.60 (together £1,094.40), Kersal £273.60 and Bury £258.00.
func openInvoices() []Document {
	return []Document{
		openInvoice(1, "INV-000437", 82080, "Irwell Wellbeing Network", "IWN-20417"), openInvoice(2, "INV-000438", 27360, "Irwell Wellbeing Network", "IWN-20418"),
		openInvoice(3, "INV-004370", 27360, "Kersal Community Trust", ""), openInvoice(4, "INV-000440", 25800, "Bury Advice", "PO1"),
	}
}

func TestMatchBankLines_ByNumberOrderCustomerAndSum(t *testing.T) {
	for text, want := range map[string]struct {
		gross  models.Pence
		ground MatchGround
		shares []AllocationShare
		left   models.Pence
	}{
		"INV-000437":                         {82080, ByInvoiceNumber, []AllocationShare{{1, 82080}}, 0},
		"paid inv 437":                       {82080, ByInvoiceNumber, []AllocationShare{{1, 82080}}, 0},
		"Invoice no.s INV437 and INV0438":    {109440, ByInvoiceNumber, []AllocationShare{{1, 82080}, {2, 27360}}, 0},
		"invoice 437 in part":                {50000, ByInvoiceNumber, []AllocationShare{{1, 50000}}, 0},
		"INV/000438 and more":                {30000, ByInvoiceNumber, []AllocationShare{{2, 27360}}, 2640},
		"iwn 20417":                          {82080, ByPurchaseOrder, []AllocationShare{{1, 82080}}, 0},
		"IRWELL WELLBEING NETWORK NOVEMBER":  {109440, ByCustomerSum, []AllocationShare{{1, 82080}, {2, 27360}}, 0},
		"IRWELL WELLBEING NETWORK":           {109439, NoMatch, nil, 109439},
		"thanks":                             {25800, BySum, []AllocationShare{{4, 25800}}, 0},
		"two have this sum":                  {27360, NoMatch, nil, 27360},
		"PO1 is too short to prove anything": {100, NoMatch, nil, 100},
		"money out":                          {-27360, NoMatch, nil, 0},
	} {
		got := MatchBankLines([]BankFileLine{{Gross: want.gross, Reference: text}}, openInvoices(), nil)[0]
		if got.Ground != want.ground || got.Left != want.left || len(got.Shares) != len(want.shares) {
			t.Errorf("%s: %q %v, %s left", text, got.Ground, got.Shares, got.Left)
			continue
		}
		for i, share := range want.shares {
			if got.Shares[i] != share || got.Invoices[i].ID != share.DocumentID {
				t.Errorf("%s: %v, want %v", text, got.Shares, want.shares)
			}
		}
	}
}

// INV-000437 was replaced by INV-000438: money that names it is for that one. Once that asks nothing, no other invoice is guessed.
func TestMatchBankLines_AReplacedInvoiceLeadsToTheOneThatStands(t *testing.T) {
	replaced, standing := openInvoice(1, "INV-000437", 82080, "Irwell", ""), openInvoice(2, "INV-000438", 82080, "Irwell", "")
	replaced.Credited = 82080
	other := openInvoice(3, "INV-000439", 500, "Kersal", "")
	stands := map[int64]int64{1: 2, 2: 2}
	lines := []BankFileLine{{Gross: 82080, Reference: "INV 437"}, {Gross: 500, Reference: "INV-437 and INV-438"}}
	got := MatchBankLines(lines, []Document{standing, other, replaced}, stands)
	if got[0].Ground != ByInvoiceNumber || len(got[0].Shares) != 1 || got[0].Shares[0] != (AllocationShare{2, 82080}) || got[0].Replaced[0] != (Replaced{"INV-000437", "INV-000438"}) {
		t.Errorf("%+v", got[0])
	}
	standing.Paid = 82080
	got = MatchBankLines(lines, []Document{other, replaced, standing}, stands)
	if got[1].Ground != NoMatch || got[1].Closed != "INV-000438" || got[1].Left != 500 {
		t.Errorf("%+v", got[1])
	}
}

// A line that names what two customers owe is the office's to decide, also when one of them has paid, and when the two have the same
// name. One organisation under two names is one customer.
func TestMatchBankLines_TwoCustomersAreNeverSure(t *testing.T) {
	irwell, kersal := int64(1), int64(2)
	of := func(d Document, organisation *int64, paid models.Pence) Document {
		d.Customer.OrganisationID, d.Paid = organisation, paid
		return d
	}
	a, b := openInvoice(1, "INV-000437", 82080, "Irwell Network", "ORDER-7"), openInvoice(2, "INV-000438", 27360, "Kersal Trust", "ORDER-7")
	same := b
	same.Customer.Name = a.Customer.Name
	for name, c := range map[string]struct {
		text   string
		other  Document
		ground MatchGround
		sure   bool
		shares int
	}{
		"two names":          {"INV-437 INV-438", b, BySeveralNumbers, false, 2},
		"two organisations":  {"INV-437 INV-438", of(same, &kersal, 0), BySeveralNumbers, false, 2},
		"one has paid":       {"INV-437 INV-438", of(b, &kersal, 27360), BySeveralNumbers, false, 1},
		"one organisation":   {"INV-437 INV-438", of(b, &irwell, 0), ByInvoiceNumber, true, 2},
		"one name, no ids":   {"INV-437 INV-438", of(same, nil, 0), ByInvoiceNumber, true, 2},
		"one purchase order": {"order 7", of(same, &kersal, 0), BySeveralOrders, false, 2},
		"one of the two":     {"INV-437", of(b, &kersal, 0), ByInvoiceNumber, true, 1},
	} {
		got := MatchBankLines([]BankFileLine{{Gross: 109440, Reference: c.text}}, []Document{of(a, &irwell, 0), c.other}, nil)[0]
		if got.Ground != c.ground || got.Ground.Sure() != c.sure || len(got.Shares) != c.shares {
			t.Errorf("%s: %q, sure %v, %v", name, got.Ground, got.Ground.Sure(), got.Shares)
		}
	}
}

func TestMatchBankLines_WhatOneLineTakesIsNotOpenToTheNext(t *testing.T) {
	lines := []BankFileLine{{Gross: 80000, Reference: "INV-437"}, {Gross: 80000, Reference: "INV-437"}, {Gross: 25800}, {Gross: 25800}}
	got := MatchBankLines(lines, openInvoices(), nil)
	if got[0].Left != 0 || got[1].Shares[0].Gross != 2080 || got[1].Left != 77920 || got[2].Ground != BySum || got[3].Ground != NoMatch {
		t.Errorf("%+v", got)
	}
}

// Whatever the statement says, no line gives more than it has and no invoice takes more than it asks.
func TestMatchBankLines_NeverMoreThanALineHasOrAnInvoiceAsks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.SampledFrom([]string{"Irwell Wellbeing", "Kersal Trust", "Bury Advice"})
		var open []Document
		for i := range rapid.IntRange(0, 6).Draw(t, "invoices") {
			open = append(open, openInvoice(int64(i+1), numberCode("INV-", 6, int64(rapid.IntRange(1, 9).Draw(t, "number"))),
				models.Pence(rapid.IntRange(0, 500).Draw(t, "owed")), names.Draw(t, "customer"), rapid.SampledFrom([]string{"", "ORD-1", "ORD-2"}).Draw(t, "order")))
		}
		var lines []BankFileLine
		for range rapid.IntRange(0, 8).Draw(t, "lines") {
			text := rapid.SampledFrom([]string{"", "INV 1", "inv-2 inv-3", "ORD-1", "x"}).Draw(t, "text")
			lines = append(lines, BankFileLine{Gross: models.Pence(rapid.IntRange(-200, 900).Draw(t, "gross")), Reference: text, Payer: names.Draw(t, "payer")})
		}
		taken := map[int64]models.Pence{}
		for i, m := range MatchBankLines(lines, open, nil) {
			sum := m.Left
			for _, share := range m.Shares {
				if share.Gross <= 0 {
					t.Fatalf("a share of %s", share.Gross)
				}
				sum, taken[share.DocumentID] = sum+share.Gross, taken[share.DocumentID]+share.Gross
			}
			if m.Left < 0 || sum != max(lines[i].Gross, 0) {
				t.Fatalf("a line of %s gives %s", lines[i].Gross, sum)
			}
		}
		for _, d := range open {
			if taken[d.ID] > d.Outstanding() {
				t.Fatalf("%s asks %s and takes %s", d.Code, d.Outstanding(), taken[d.ID])
			}
		}
	})
}
