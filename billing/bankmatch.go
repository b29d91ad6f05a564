package billing

import (
	"regexp"
	"slices"
	"strings"

	"hub.salford.ac.uk/ssph/models"
)

// MatchGround says why a bank line is thought to pay an invoice.
type MatchGround string

// The grounds, the surest first, in the words of the screen.
const (
	ByInvoiceNumber  MatchGround = "names the invoice"
	ByPurchaseOrder  MatchGround = "names the purchase order"
	BySeveralNumbers MatchGround = "it names invoices of more than one customer"
	BySeveralOrders  MatchGround = "it names a purchase order of more than one customer"
	ByCustomerSum    MatchGround = "customer’s name and the exact sum of their invoices"
	BySum            MatchGround = "only one invoice has this sum"
	NoMatch          MatchGround = ""
)

// Sure says that the line can be recorded without a person choosing: it names what it pays, and all of that is one customer's.
func (g MatchGround) Sure() bool { return g == ByInvoiceNumber || g == ByPurchaseOrder }

// BankMatch is what a line of a bank statement would pay.
type BankMatch struct {
	Line     BankFileLine
	Ground   MatchGround
	Shares   []AllocationShare // onto the invoices, in the order in which they were given
	Invoices []Document        // beside each share
	Left     models.Pence      // of the line, on no invoice
	Replaced []Replaced        // invoices it names for which others stand
	Closed   string            // the invoice it names, when nothing that it names has anything to pay
}

// Replaced is an invoice that somebody named, and the one that stands for it.
type Replaced struct{ Code, By string }

// MatchBankLines says for each line of money that came in which of the invoices it would pay: those whose numbers it names, or those
// that stand for them; else those whose purchase order it names; else all invoices of one customer whose name it carries, when their
// sum is exactly the line's; else the one invoice with exactly this sum. A line that names what has nothing to pay is for a person,
// whatever else it might fit. What one line takes is not open to the next. The invoices are those with something to pay and any that
// are named beside them; stands says by their ids which stands for a replaced one. It is pure.
func MatchBankLines(lines []BankFileLine, invoices []Document, stands map[int64]int64) []BankMatch {
	books := openBooks{invoices: invoices, owed: make([]models.Pence, len(invoices)), stands: stands}
	for i, d := range invoices {
		books.owed[i] = d.Outstanding()
	}
	matches := make([]BankMatch, len(lines))
	for i, line := range lines {
		matches[i] = BankMatch{Line: line, Left: max(line.Gross, 0)}
		if line.Gross > 0 {
			books.match(&matches[i])
		}
	}
	return matches
}

// openBooks are the invoices with what each still asks, as line after line takes from it.
type openBooks struct {
	invoices []Document
	owed     []models.Pence
	stands   map[int64]int64
}

// match chooses the invoices a line is for and gives them its money.
func (b openBooks) match(m *BankMatch) {
	var at []int
	m.Ground, at = b.ground(m)
	for _, k := range at {
		part := min(m.Left, b.owed[k])
		if part <= 0 {
			continue
		}
		b.owed[k] -= part
		m.Left -= part
		m.Shares = append(m.Shares, AllocationShare{b.invoices[k].ID, part})
		m.Invoices = append(m.Invoices, b.invoices[k])
	}
}

func (b openBooks) ground(m *BankMatch) (MatchGround, []int) {
	text := m.Line.Reference + " " + m.Line.Payer
	if named := b.named(m, numbersNamed(text)); len(named) > 0 {
		at := slices.DeleteFunc(slices.Clone(named), func(i int) bool { return b.invoices[i].Outstanding() == 0 })
		switch {
		case len(at) == 0:
			m.Closed = b.invoices[named[0]].Code
			return NoMatch, nil
		case !b.oneCustomer(named):
			return BySeveralNumbers, at
		}
		return ByInvoiceNumber, at
	}
	plain := letters(text)
	if at := b.where(func(i int) bool { return b.owed[i] > 0 && namesOrder(plain, b.invoices[i].PurchaseOrder) }); len(at) > 0 {
		if !b.oneCustomer(at) {
			return BySeveralOrders, at
		}
		return ByPurchaseOrder, at
	}
	if at := b.customerSum(plain, m.Line.Gross); len(at) > 0 {
		return ByCustomerSum, at
	}
	if at := b.where(func(i int) bool { return b.owed[i] == m.Line.Gross }); len(at) == 1 {
		return BySum, at
	}
	return NoMatch, nil
}

// named are the invoices that stand for those whose numbers a line names, in the order in which they were given.
func (b openBooks) named(m *BankMatch, numbers []numberNamed) []int {
	wanted := map[int64]bool{}
	for _, d := range b.invoices {
		if !namesInvoice(numbers, d.Code) {
			continue
		}
		id := d.ID
		if by := b.stands[id]; by != 0 && by != id {
			id = by
			for _, now := range b.invoices {
				if now.ID == id {
					m.Replaced = append(m.Replaced, Replaced{d.Code, now.Code})
				}
			}
		}
		wanted[id] = true
	}
	return b.where(func(i int) bool { return wanted[b.invoices[i].ID] })
}

// customerSum are all invoices of the one customer whose name a text carries, when they ask exactly this sum.
func (b openBooks) customerSum(plain string, gross models.Pence) []int {
	byName := map[string][]int{}
	for i, d := range b.invoices {
		if key := letters(d.Customer.Name); b.owed[i] > 0 && len(key) >= 5 && strings.Contains(plain, key) {
			byName[key] = append(byName[key], i)
		}
	}
	for _, at := range byName {
		var sum models.Pence
		for _, i := range at {
			sum += b.owed[i]
		}
		if len(byName) == 1 && sum == gross {
			return at
		}
	}
	return nil
}

// oneCustomer says that all of these invoices are one customer's: one organisation's, or of one name when no organisation is known.
func (b openBooks) oneCustomer(at []int) bool {
	first := b.invoices[at[0]].Customer
	return !slices.ContainsFunc(at, func(i int) bool {
		c := b.invoices[i].Customer
		if first.OrganisationID != nil && c.OrganisationID != nil {
			return *first.OrganisationID != *c.OrganisationID
		}
		return letters(first.Name) != letters(c.Name)
	})
}

func (b openBooks) where(fits func(i int) bool) []int {
	var at []int
	for i := range b.invoices {
		if fits(i) {
			at = append(at, i)
		}
	}
	return at
}

var (
	codeParts   = regexp.MustCompile(`^([A-Za-z]+)\W*0*(\d+)$`)
	namedNumber = regexp.MustCompile(`([A-Za-z]+)[\s\-./#:]*0*(\d+)`)
)

// numberNamed is a number in a text with the letters before it, as in invoice numbers: "INV" and "437".
type numberNamed struct{ prefix, digits string }

// numbersNamed finds what may be invoice numbers as people write them: INV-000437, inv 437, INV000437, Invoice 437.
func numbersNamed(text string) []numberNamed {
	var found []numberNamed
	for _, m := range namedNumber.FindAllStringSubmatch(text, -1) {
		prefix := strings.ToUpper(m[1])
		if prefix == "INVOICE" {
			prefix = "INV"
		}
		found = append(found, numberNamed{prefix, m[2]})
	}
	return found
}

// namesInvoice says whether one of the numbers is that of a document. The digits must end there: INV-4370 is another.
func namesInvoice(named []numberNamed, code string) bool {
	parts := codeParts.FindStringSubmatch(code)
	return parts != nil && slices.Contains(named, numberNamed{strings.ToUpper(parts[1]), parts[2]})
}

// namesOrder says whether the letters and digits of a text contain those of a purchase order; one of three or fewer proves nothing.
func namesOrder(plain, order string) bool {
	key := letters(order)
	return len(key) > 3 && strings.Contains(plain, key)
}

// letters keeps letters and digits, in upper case.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r > 127 {
			return r
		}
		return -1
	}, strings.ToUpper(s))
}
