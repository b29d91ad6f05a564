package e2e_test

import (
	"encoding/csv"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/booking/bookingtest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// J11: the office follows the money of four invoices, £820.80 and £273.60 of Irwell, £547.20 of Kersal, £273.60 of Leigh: £1,915.20.
// Kersal pays alone; one transfer of £1,094.40 pays both of Irwell's; £50.00 of nobody known goes on Leigh's, which leaves £223.60.
// A place of Kersal's is cancelled 50 days before, so £273.60 goes back. November's day book is £1,368.00 and £273.60 VAT: £1,596.00
// and £319.20 of invoices less £228.00 and £45.60. The money of November is £547.20 + £1,094.40 + £50.00 − £273.60 = £1,418.00, and
// £1,641.60 − £1,418.00 is the £223.60 that Leigh owes.
func TestOfficeMoney_FromUnpaidToTheDayBook(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		p.fourInvoices()
		p.clock.Advance(48 * time.Hour)
		o := p.office().unfold("Menu").press("Money").on("/office/money").reads("£1,915.20", "4 invoices", "All money that came is on an invoice.")
		p.findsInvoices(o)
		o.visit("/office/invoices/INV-000003").fills("Amount in pounds", "547.20", "Day it came", "25 November 2026").press("Check this payment").
			reads("This pays INV-000003 in full").press("Record £547.20").reads("Paid")
		o.visit("/office/money").reads("£1,368.00", "3 invoices")
		p.importsStatement(o)
		p.unmatchedOnLeigh(o)
		p.refundsKersal(o)
		o.visit("/office/money").reads("£223.60", "1 invoice").visit("/office/invoices?unpaid=yes").reads("INV-000004", "Part paid").lacks("INV-000001", "INV-000002")
		if owed := p.ledger(""); owed != 22360 {
			t.Errorf("%s is owed", owed)
		}
		p.booksOfNovember(o)
		o.visit("/office/money").press("Income").on("/office/money/income*").reads("November 2026", "£1,368.00")
		p.signIn(p.tab(), "manager@kersalcare.example").visit("/organisation/statement").reads("Kersal Care", "INV-000003", "£547.20", "CN-000001", "−£273.60", "£0.00")
		p.remindsLeigh()
	})
}

// fourInvoices are INV-000001 and 2 of Irwell over three places and one, INV-000003 of Kersal over two, INV-000004 of Leigh over one.
func (p *program) fourInvoices() {
	p.t.Helper()
	schedulingtest.OpenAccess(p.t, p.DB())
	for _, of := range []struct {
		organisation string
		people       []string
	}{
		{"Irwell Wellbeing Network", []string{"Tom Ashworth", "Grace Okafor", ""}}, {"Irwell Wellbeing Network", []string{"Amara Diallo"}},
		{"Kersal Care", []string{"Sana Iqbal", "Owen Parry"}}, {"Leigh Community Trust", []string{"Leila Haddad"}},
	} {
		bookingtest.OnAccount(p.t, p.DB(), 1, of.organisation, bookingtest.Named(of.people...))
	}
}

// findsInvoices looks invoices up by number, organisation and purchase order, and what is not there.
func (p *program) findsInvoices(o *tab) {
	p.t.Helper()
	const search = "Search invoices by number, organisation or purchase order"
	o.visit("/office/money").fill(search, "inv-000003").press("Search").reads("1 invoice with", "INV-000003", "Kersal Care").lacks("INV-000001")
	o.visit("/office/money").fill(search, "irwell").press("Search").reads("2 invoices with", "INV-000001", "INV-000002").lacks("Kersal")
	o.visit("/office/money").fill(search, "PO-20417").press("Search").reads("4 invoices with")
	o.visit("/office/money").fill(search, "nowhere").press("Search").reads("No invoice has that")
}

// importsStatement reads a statement of the bank: one transfer for both of Irwell's invoices, one of nobody known, a fee that went
// out. The same file again is refused.
func (p *program) importsStatement(o *tab) {
	p.t.Helper()
	const statement = "Date,Name,Reference,Paid out,Paid in\r\n24/11/2026,IRWELL WELLBEING,INV-000001 and inv 2,,\"1,094.40\"\r\n" +
		"24/11/2026,UNKNOWN LTD,thanks,,£50.00\r\n24/11/2026,BANK,fee,12.00,\r\n"
	o.visit("/office/money").press("Import a bank statement").press("Read this file").reads("There is a problem", "Choose a bank statement saved as CSV")
	o.attach("Bank statement, as CSV", "november.csv", "Date,Name,Amount\n31/02/2026,x,1\n").press("Read this file").reads("There is a problem", "line 2: the date must be like 14/01/2027")
	o.attach("Bank statement, as CSV", "november.csv", statement).press("Read this file")
	o.reads("2 payments, £1,144.40 altogether. £1,094.40 goes on invoices, £50.00 stays as unmatched money.", "Sure: it names the invoice",
		"INV-000001", "INV-000002", "We could not match it", "Money out: not recorded here", "BANK, fee")
	if n := p.count("payments"); n != 1 {
		p.t.Errorf("looking has recorded %d payments", n-1)
	}
	o.press("Record 2 payments").on("/office/money").reads("2 payments recorded: £1,094.40 on invoices, £50.00 unmatched.", "UNKNOWN LTD, thanks")
	o.visit("/office/invoices/INV-000001").reads("Paid").visit("/office/invoices/INV-000002").reads("Paid")
	o.visit("/office/money/import").attach("Bank statement, as CSV", "again.csv", statement).press("Read this file").reads("All payments of this file have been recorded before, so nothing is new")
	if n := p.count("payments"); n != 3 {
		p.t.Errorf("%d payments", n)
	}
}

// unmatchedOnLeigh puts the money of nobody known on Leigh's invoice, which it pays a part of.
func (p *program) unmatchedOnLeigh(o *tab) {
	p.t.Helper()
	o.visit("/office/money").reads("Unmatched money", "£50.00").press("Decide about it").reads("Money that is on no invoice", "£50.00", "UNKNOWN LTD")
	o.fill("Invoices", "INV-999999").press("Check what goes where").reads("There is a problem", "We have no invoice with the number INV-999999").keeps("Invoices", "INV-999999")
	o.fill("Invoices", "inv-000004").press("Check what goes where").reads("Leigh Community Trust", "£50.00", "£223.60").press("Put £50.00 on 1 invoice")
	o.on("/office/money").reads("£50.00 is on 1 invoice.", "All money that came is on an invoice.").visit("/office/invoices/INV-000004").reads("Part paid", "£223.60 left")
}

// refundsKersal cancels one of Kersal's two places, free of charge, and pays the money back.
func (p *program) refundsKersal(o *tab) {
	p.t.Helper()
	o.visit("/office/bookings/BK-00003").press("Cancel, place 2").reads("nothing is kept: £273.60 comes back").choose("On the booking’s terms").press("Check what it comes to")
	o.reads("£228.00 + £45.60 VAT", "Total credit £273.60").press("Cancel Owen Parry’s place").reads("CN-000001")
	p.refundByBank(o, "£273.60", "SSPH BACK 2")
}

// booksOfNovember reads the books and adds the two files up: column by column they are the figures of the page.
func (p *program) booksOfNovember(o *tab) {
	p.t.Helper()
	o.visit("/office/money").press("Books").reads("1 November 2026 to 30 November 2026", "The books agree to the penny.", "£1,915.20", "−£273.60", "£1,368.00", "£223.60")
	o.fills("First day", "30 November 2026", "Last day", "1 November 2026").press("Show the books").reads("There is a problem", "The last day must be the first day or later").
		keeps("First day", "30 November 2026", "Last day", "1 November 2026").back()
	supplies, moves := p.csv(o, "VAT day book"), p.csv(o, "Money received and sent back")
	for name, column := range map[string]models.Pence{"Net": 136800, "VAT": 27360, "Gross": 164160} {
		if got := p.sum(supplies, name); got != column {
			p.t.Errorf("the day book has %s %s, want %s", name, got, column)
		}
	}
	if got := p.sum(moves, "Amount"); got != 141800 || p.sum(supplies, "Gross")-got != p.ledger("") {
		p.t.Errorf("the payments are %s and the ledger %s", got, p.ledger(""))
	}
	var codes []string
	for _, row := range supplies[1:] {
		codes = append(codes, row[0]+" "+row[len(row)-1])
	}
	slices.Sort(codes)
	if got := strings.Join(codes, ","); got != "CN-000001 INV-000003,INV-000001 ,INV-000002 ,INV-000003 ,INV-000004 " {
		p.t.Errorf("the day book has %s", got)
	}
}

// csv downloads a file and reads it: its first row is the heading.
func (p *program) csv(o *tab, link string) [][]string {
	p.t.Helper()
	f := o.download(link)
	if f.Status != http.StatusOK || !strings.HasPrefix(f.Header.Get("Content-Type"), "text/csv") || !strings.HasPrefix(f.Header.Get("Content-Disposition"), "attachment") {
		p.t.Fatalf("%s: %d %v", link, f.Status, f.Header)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(f.Content), "\ufeff"))).ReadAll()
	if err != nil || len(rows) < 2 {
		p.t.Fatalf("%s: %v %q", link, err, f.Content)
	}
	return rows
}

// sum adds up a column of sums of money.
func (p *program) sum(rows [][]string, column string) (sum models.Pence) {
	p.t.Helper()
	at := slices.Index(rows[0], column)
	for _, row := range rows[1:] {
		plain, negative := strings.CutPrefix(row[at], "-")
		pence, err := models.ParsePence(plain)
		if err != nil {
			p.t.Fatalf("%s: %v", column, err)
		}
		if negative {
			pence = -pence
		}
		sum += pence
	}
	return sum
}

// remindsLeigh lets the invoices become due on 23 December: on the 24th Leigh alone is reminded, once, of what is left.
func (p *program) remindsLeigh() {
	p.t.Helper()
	const leigh, about = "manager@leighcommunitytrust.example", "Invoice INV-000004 was due on 23 December 2026"
	reminders := billing.Reminders{BaseURL: p.URL()}
	for _, day := range []int{23, 24, 24} {
		p.clock.Set(models.Date{Year: 2026, Month: 12, Day: day}.At(12, 0))
		if err := reminders.Send(p.t.Context(), p.DB()); err != nil {
			p.t.Fatal(err)
		}
	}
	if letter := p.mail(leigh, about, 1); !strings.Contains(letter.Text, "£223.60 is still to pay; we have received £50.00") || len(letter.Files) != 1 {
		p.t.Errorf("%d files with\n%s", len(letter.Files), letter.Text)
	}
	p.allMailSent()
	if n := p.count("mails WHERE subject LIKE '%was due on%'"); n != 1 {
		p.t.Errorf("%d reminders", n)
	}
	o := p.office().visit("/office/money").reads("£223.60", "Overdue").visit("/office/invoices?show=overdue").reads("1 overdue invoice", "INV-000004")
	o.press("INV-000004").fills("Amount in pounds", "223.60", "Day it came", "24 December 2026").press("Check this payment").press("Record £223.60").reads("Paid")
	if owed := p.ledger(""); owed != 0 {
		p.t.Errorf("%s is owed", owed)
	}
}
