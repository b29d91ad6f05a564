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
	ByInvoiceNumber MatchGround = "names the invoice"
	ByPurchaseOrder MatchGround = "names the purchase order"
	ByCustomerSum   MatchGround = "customer’s name and the exact sum of their invoices"
	BySum           MatchGround = "only one invoice has this sum"
	NoMatch         MatchGround = ""
)

// Sure says that the line can be recorded without a person choosing: it names what it pays.
func (g MatchGround) Sure() bool { return g == ByInvoiceNumber || g == ByPurchaseOrder }

// BankMatch is what a line of a bank statement would pay.
type BankMatch struct {
	Line     BankFileLine
	Ground   MatchGround
	Shares   []AllocationShare // onto the invoices, in the order of their due dates
	Invoices []Document        // beside each share
	Left     models.Pence      // of the line, on no invoice
}

// MatchBankLines says for each line of money that came in which of the open invoices it would pay: those whose numbers it names;
// else those whose purchase order it names; else all invoices of one customer whose name it carries, when their sum is exactly
// the line's; else the one invoice with exactly this sum. What one line takes is not open to the next. It is pure.
func MatchBankLines(lines []BankFileLine, open []Document) []BankMatch {
	owed := make([]models.Pence, len(open))
	for i, d := range open {
		owed[i] = d.Outstanding()
	}
	matches := make([]BankMatch, len(lines))
	for i, line := range lines {
		matches[i] = BankMatch{Line: line, Left: max(line.Gross, 0)}
		if line.Gross <= 0 {
			continue
		}
		ground, at := groundOf(line, open, owed)
		matches[i].Ground = ground
		for _, k := range at {
			part := min(matches[i].Left, owed[k])
			if part <= 0 {
				continue
			}
			owed[k] -= part
			matches[i].Left -= part
			matches[i].Shares = append(matches[i].Shares, AllocationShare{open[k].ID, part})
			matches[i].Invoices = append(matches[i].Invoices, open[k])
		}
	}
	return matches
}

// groundOf chooses the invoices a line is for.
func groundOf(line BankFileLine, open []Document, owed []models.Pence) (MatchGround, []int) {
	text := line.Reference + " " + line.Payer
	named := numbersNamed(text)
	if at := where(open, func(i int) bool { return namesInvoice(named, open[i].Code) }); len(at) > 0 {
		return ByInvoiceNumber, at
	}
	plain := letters(text)
	if at := where(open, func(i int) bool { return owed[i] > 0 && namesOrder(plain, open[i].PurchaseOrder) }); len(at) > 0 {
		return ByPurchaseOrder, at
	}
	byName := map[string][]int{}
	for i, d := range open {
		if key := letters(d.Customer.Name); owed[i] > 0 && len(key) >= 5 && strings.Contains(plain, key) {
			byName[key] = append(byName[key], i)
		}
	}
	for _, at := range byName {
		var sum models.Pence
		for _, i := range at {
			sum += owed[i]
		}
		if len(byName) == 1 && sum == line.Gross {
			return ByCustomerSum, at
		}
	}
	if at := where(open, func(i int) bool { return owed[i] == line.Gross }); len(at) == 1 {
		return BySum, at
	}
	return NoMatch, nil
}

func where(open []Document, fits func(i int) bool) []int {
	var at []int
	for i := range open {
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
