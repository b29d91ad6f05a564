package billing

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"hub.salford.ac.uk/ssph/documents"
	"hub.salford.ac.uk/ssph/models"
)

// mostPurchaseOrder is the most characters a purchase order number may have.
const mostPurchaseOrder = 50

// PurchaseRule is what an organisation asks of the purchase orders it is invoiced on. The zero rule is not in use: see DefaultRule.
type PurchaseRule struct {
	Required bool         // nothing is invoiced without a number
	Pattern  string       // RE2; the whole number must match; empty for any number
	Example  string       // a number that matches, shown beside the field; set exactly when Pattern is
	Cap      models.Pence // the most gross that may be invoiced on one number, less what was credited; 0 for no cap
	Note     string       // of the office
}

// DefaultRule counts for an organisation that has no rule of its own: a number is needed, and any number will do.
func DefaultRule() PurchaseRule { return PurchaseRule{Required: true} }

// TidyPurchaseOrder brings a purchase order number to the form in which it is kept and printed. A payer's system matches it letter
// for letter, so letters, case and inner signs stay as finance wrote them. What a copy from a mail or a PDF changes unseen is put
// right: letters and digits of other widths (NFKC), spaces of other kinds and runs of them, signs without width, and the several
// dashes that look like a hyphen. The error is invalid with field "purchase-order".
func TidyPurchaseOrder(typed string) (string, error) {
	if !utf8.ValidString(typed) {
		return "", models.Invalid(purchaseField, "The purchase order number has characters we cannot read. Type it again")
	}
	number := strings.Join(strings.Fields(strings.Map(plainSign, norm.NFKC.String(typed))), " ")
	switch {
	case utf8.RuneCountInString(number) > mostPurchaseOrder:
		return number, models.Invalid(purchaseField, "A purchase order number can have %d characters at most", mostPurchaseOrder)
	case strings.ContainsFunc(number, unicode.IsControl):
		return number, models.Invalid(purchaseField, "The purchase order number has characters we cannot read. Type it again")
	case !documents.Printable(number), strings.ContainsFunc(number, func(r rune) bool { return unicode.In(r, unicode.So, unicode.Co) }):
		return number, models.Invalid(purchaseField, "Our invoices cannot print some of these letters. Type the purchase order number in Latin letters")
	}
	return number, nil
}

// purchaseField is the field of every form that asks for a number.
const purchaseField = "purchase-order"

// plainSign makes a hyphen of every dash, and drops the signs that show nothing.
func plainSign(r rune) rune {
	switch {
	case unicode.Is(unicode.Pd, r), r == '\u2212', r == '\u2043':
		return '-'
	case unicode.Is(unicode.Cf, r), unicode.Is(unicode.Variation_Selector, r):
		return -1
	case unicode.IsSpace(r):
		return ' '
	}
	return r
}

// Check refuses a number, brought to its form by TidyPurchaseOrder, that the rule does not allow. The error is invalid with field
// "purchase-order" and shows the example.
func (r PurchaseRule) Check(number string) error {
	if number == "" {
		if r.Required {
			return models.Invalid(purchaseField, "Enter your purchase order number: we need it to send an invoice")
		}
		return nil
	}
	if r.Pattern == "" {
		return nil
	}
	pattern, err := r.compiled()
	if err != nil {
		return err
	}
	if !pattern.MatchString(number) {
		return models.Invalid(purchaseField, "Your organisation’s purchase order numbers look like %s. Check the number and type it again", r.Example)
	}
	return nil
}

func (r PurchaseRule) compiled() (*regexp.Regexp, error) {
	return regexp.Compile(`\A(?:` + r.Pattern + `)\z`)
}

// Problems says what needs mending in a rule that was typed, field by field, as SetPurchaseRule does.
func (r PurchaseRule) Problems() models.Problems {
	_, err := r.tidied()
	return models.ProblemsOf(err)
}

// tidied brings a rule to the form in which it is kept, or says field by field what needs mending: "pattern", "example", "note".
func (r PurchaseRule) tidied() (PurchaseRule, error) {
	var p models.Problems
	r.Pattern, r.Note = strings.TrimSpace(r.Pattern), strings.TrimSpace(r.Note)
	example, err := TidyPurchaseOrder(r.Example)
	if err != nil {
		p.Add("example", "Enter an example as it would stand on an invoice")
	}
	r.Example = example
	switch {
	case len(r.Pattern) > 200:
		p.Add("pattern", "A pattern can have 200 characters at most")
	case r.Pattern == "" && r.Example != "":
		p.Add("pattern", "Enter the pattern that the example follows, or leave both empty")
	case r.Pattern != "":
		_, err := r.compiled()
		if err != nil {
			p.Add("pattern", "We cannot read this pattern. Write it like P[0-9]{7}")
		}
		if r.Example == "" {
			p.Add("example", "Enter a number that matches the pattern: it is shown to whoever gets it wrong")
		} else if err == nil && r.Check(r.Example) != nil {
			p.Add("example", "This example does not match the pattern")
		}
	}
	if r.Cap < 0 {
		p.Add("cap", "Enter the most for one purchase order, more than £0.00, or leave it empty")
	}
	if utf8.RuneCountInString(r.Note) > 500 {
		p.Add("note", "The note must be 500 characters or fewer")
	}
	return r, p.Err()
}

// room refuses to invoice so much on a number on which so much was invoiced before, when the rule has a cap and it would pass it.
func (r PurchaseRule) room(number string, before, gross models.Pence) error {
	if r.Cap == 0 || before+gross <= r.Cap {
		return nil
	}
	return models.Invalid(purchaseField, "Purchase order %s has %s left, and this comes to %s. Ask your finance team for another number, "+
		"or to raise this one", number, max(r.Cap-before, 0), gross)
}

// sameOrder is what two spellings of one purchase order number have in common: a cap is not passed by a space or a small letter.
func sameOrder(number string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToUpper(r)
		}
		return -1
	}, number)
}
