package booking

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/documents"
	"hub.salford.ac.uk/ssph/models"
)

// Details say who books and who is invoiced.
type Details struct {
	Name          string // the booker
	Email         string
	Organisation  string // empty for an individual
	Line1         string
	Line2         string
	Town          string
	Postcode      string
	Country       string // GB
	InvoiceEmail  string // where an organisation's invoice goes; empty: to the booker
	PurchaseOrder string
	ToFollow      bool // the purchase order number comes later
}

// Complete says that everything a card payment needs is there.
func (d Details) Complete() bool {
	return d.Name != "" && d.Email != "" && d.Line1 != "" && d.Town != "" && d.Postcode != ""
}

// InvoiceTo is the address that gets the invoice.
func (d Details) InvoiceTo() string {
	if d.InvoiceEmail != "" {
		return d.InvoiceEmail
	}
	return d.Email
}

// Customer is the name on the invoice.
func (d Details) Customer() string {
	if d.Organisation != "" {
		return d.Organisation
	}
	return d.Name
}

// AddressLines are the lines under the customer's name.
func (d Details) AddressLines() []string {
	var lines []string
	for _, line := range []string{d.Line1, d.Line2, strings.TrimSpace(d.Town + " " + d.Postcode)} {
		if line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// ukPostcode is the general form of a United Kingdom postcode, as the Royal Mail describes it, with its one space.
var ukPostcode = regexp.MustCompile(`^([A-Z]{1,2}[0-9][A-Z0-9]?) ([0-9][A-Z]{2})$`)

// tidied brings the details to the form in which they are kept and says what needs mending, field by field. Fields are named as
// on the form: payer, name, email, organisation, line1, line2, town, postcode, country, invoice-email, purchase-order.
func (d Details) tidied(buyer Buyer) (Details, models.Problems) {
	return d.tidiedOf(buyer, "")
}

// tidiedOf does so for details that somebody else types: whose name and email they are, "the contact"; empty for the reader's own.
func (d Details) tidiedOf(buyer Buyer, who string) (Details, models.Problems) {
	var p models.Problems
	if buyer != Individual && buyer != Organisation {
		p.Add("payer", "Choose who you are booking for")
	}
	whose := "your"
	if who != "" {
		whose = who + "’s"
	}
	d.Name = oneName(&p, "name", d.Name, "Enter "+whose+" full name")
	d.Email = oneEmail(&p, "email", who, d.Email)
	if buyer == Organisation {
		d.Organisation = oneName(&p, "organisation", d.Organisation, "Enter the organisation’s name")
		if strings.TrimSpace(d.InvoiceEmail) != "" {
			d.InvoiceEmail = oneEmail(&p, "invoice-email", "the invoice", d.InvoiceEmail)
		}
		d.PurchaseOrder = onePurchaseOrder(&p, d.PurchaseOrder)
		d.ToFollow = d.ToFollow && d.PurchaseOrder == ""
	} else {
		d.Organisation, d.InvoiceEmail, d.PurchaseOrder, d.ToFollow = "", "", "", false
	}
	d.Line1 = oneLine(&p, "line1", d.Line1, 100, "Enter the first line of the address the invoice is for")
	d.Line2 = oneLine(&p, "line2", d.Line2, 100, "")
	d.Town = oneLine(&p, "town", d.Town, 100, "Enter the town or city")
	if d.Country != "GB" {
		p.Add("country", "We need to send you a quote, because your billing address is outside the UK")
	}
	d.Postcode = onePostcode(&p, d.Postcode)
	return d, p
}

// unprintable is said of letters that our invoices and certificates have no shapes for: they must be legible to be lawful.
const unprintable = "Our invoices and certificates cannot print some of these letters or signs. Type it in Latin, Greek or Cyrillic letters"

func oneName(p *models.Problems, field, typed, missing string) string {
	name, err := access.NormaliseName(typed)
	switch {
	case err != nil:
		p.Add(field, "%s", sentence(err))
	case name == "" || access.NameKey(name) == "":
		p.Add(field, "%s", missing)
	case !documents.PrintedWhole(name):
		p.Add(field, "%s", unprintable)
	}
	return name
}

func oneEmail(p *models.Problems, field, whose, typed string) string {
	email, err := access.NormaliseEmail(whose, typed)
	if err != nil {
		p.Add(field, "%s", sentence(err))
		return strings.TrimSpace(typed)
	}
	return email
}

func oneLine(p *models.Problems, field, typed string, most int, missing string) string {
	line := strings.Join(strings.Fields(typed), " ")
	switch {
	case line == "" && missing != "":
		p.Add(field, "%s", missing)
	case utf8.RuneCountInString(line) > most:
		p.Add(field, "Use %d characters or fewer", most)
	case !utf8.ValidString(line) || strings.ContainsFunc(line, unicode.IsControl):
		p.Add(field, "This has a character in it that we cannot use. Type it again")
	case !documents.Printable(line):
		p.Add(field, "%s", unprintable)
	}
	return line
}

func onePurchaseOrder(p *models.Problems, typed string) string {
	number, err := billing.TidyPurchaseOrder(typed)
	if err != nil {
		p.Add("purchase-order", "%s", sentence(err))
	}
	return number
}

func onePostcode(p *models.Problems, typed string) string {
	compact := strings.ToUpper(strings.Join(strings.Fields(typed), ""))
	if len(compact) > 3 {
		compact = compact[:len(compact)-3] + " " + compact[len(compact)-3:]
	}
	switch {
	case compact == "":
		p.Add("postcode", "Enter the postcode")
	case !ukPostcode.MatchString(compact):
		p.Add("postcode", "Enter a full UK postcode, like M5 4WT")
		return strings.TrimSpace(typed)
	}
	return compact
}

// sentence is what an error says to a person.
func sentence(err error) string {
	for _, one := range models.ProblemsOf(err) {
		return one.Msg
	}
	return err.Error()
}

// joinAddress and splitAddress keep the three lines of an address in one column, so that a form shows again what was typed.
func joinAddress(d Details) string { return strings.Join([]string{d.Line1, d.Line2, d.Town}, "\n") }

func splitAddress(text string) (line1, line2, town string) {
	lines := append(strings.Split(text, "\n"), "", "")
	return lines[0], lines[1], lines[2]
}
