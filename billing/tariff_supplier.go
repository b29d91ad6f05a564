package billing

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// NewSupplier is who sells from a day on, as it was typed. A legal name that has not sold before numbers its documents anew, so
// it needs its two series; one that has goes on with its own, and the series are left out.
type NewSupplier struct {
	Supplier
	From    models.Date
	Invoice string // how the numbers of invoices begin: "INV"
	Credit  string // how the numbers of credit notes begin: "CN"
	Digits  int    // how many digits a number has at least
}

// The bounds of the digits of a number, and of what documents have room for.
const (
	fewestDigits, mostDigits = 4, 9
	mostSupplierName         = 120
	mostAddressLines         = 6
	mostAddressLine          = 60
)

// checked is the supplier as it will be printed, or what stands beside the fields "legal-name", "trading-name", "address",
// "vat-number", "email", "account-name", "sort-code", "account-number" and "from".
func (n NewSupplier) checked(today models.Date) (Supplier, error) {
	var found models.Problems
	s := n.Supplier
	checkText(&found, "legal-name", s.LegalName, "Enter the legal name, as it is registered", "The legal name", mostSupplierName)
	checkText(&found, "trading-name", s.TradingName, "Enter the name the Hub goes by", "The name", mostSupplierName)
	checkAddress(&found, s)
	var err error
	if s.VATNumber, err = ParseVATNumber(s.VATNumber); err != nil {
		found = append(found, models.ProblemsOf(err)...)
	}
	if s.Email, err = access.NormaliseEmail("the supplier", s.Email); err != nil {
		found = append(found, models.ProblemsOf(err)...)
	}
	checkText(&found, "account-name", s.AccountName, "Enter the name of the bank account", "The name of the account", mostSupplierName)
	if s.SortCode, err = ParseSortCode(s.SortCode); err != nil {
		found = append(found, models.ProblemsOf(err)...)
	}
	if s.AccountNumber, err = ParseAccountNumber(s.AccountNumber); err != nil {
		found = append(found, models.ProblemsOf(err)...)
	}
	checkFrom(&found, n.From, today)
	return s, found.Err()
}

func checkAddress(found *models.Problems, s Supplier) {
	lines := s.AddressLines()
	switch {
	case len(lines) < 2:
		found.Add("address", "Enter the address, a line for each part, with the postcode last")
	case len(lines) > mostAddressLines:
		found.Add("address", "The address must be %d lines or fewer", mostAddressLines)
	}
	for _, l := range lines {
		checkText(found, "address", l, "Enter the address", "Each line of the address", mostAddressLine)
	}
}

// series reads the two series of a new legal name; fields "invoice-prefix", "credit-prefix" and "digits".
func (n NewSupplier) series(legalName string) ([]seriesRow, error) {
	var found models.Problems
	invoice, err := ParsePrefix("invoice-prefix", n.Invoice)
	if err != nil {
		found = append(found, models.ProblemsOf(err)...)
	}
	credit, err := ParsePrefix("credit-prefix", n.Credit)
	if err != nil {
		found = append(found, models.ProblemsOf(err)...)
	}
	if invoice != "" && invoice == credit {
		found.Add("credit-prefix", "Credit notes need other letters than invoices")
	}
	if n.Digits < fewestDigits || n.Digits > mostDigits {
		found.Add("digits", "Enter how many digits, from %d to %d", fewestDigits, mostDigits)
	}
	return []seriesRow{
		{Kind: string(Invoice), Supplier: legalName, Prefix: invoice, Digits: n.Digits, NextNumber: 1},
		{Kind: string(CreditNote), Supplier: legalName, Prefix: credit, Digits: n.Digits, NextNumber: 1},
	}, found.Err()
}

// PreviewSupplier says what a supplier would change, and refuses what ScheduleSupplier refuses; it writes nothing. Only the office
// may ask.
func PreviewSupplier(ctx context.Context, db models.DB, actor access.Actor, n NewSupplier) (Changes, error) {
	s, rows, series, err := readSupplier(ctx, db, actor, n)
	if err != nil {
		return Changes{}, err
	}
	if old, there := beginning(rows, n.From); there {
		return Changes{}, supplierTaken(old)
	}
	stands, _ := inForce(rows, n.From)
	c := supplierChanges(stands.supplier(), s, n.From)
	if c.None() {
		return c, models.Invalid("legal-name", "That is how the Hub sells on %s already", n.From)
	}
	if len(series) > 0 {
		c.say("%s has not sold here before: its invoices are numbered from %s, its credit notes from %s. Numbers already given stay as they are.",
			s.LegalName, series[0].first(), series[1].first())
	}
	c.follow(db.Today(), following(rows, n.From))
	return c, nil
}

// first is the first number of a series.
func (r seriesRow) first() string { return numberCode(r.Prefix, r.Digits, 1) }

// supplierChanges compares who sells before a day and from it on.
func supplierChanges(now, then Supplier, from models.Date) Changes {
	c := Changes{From: from}
	for _, v := range []ValueChange{
		{"Legal name", now.LegalName, then.LegalName}, {"Name the Hub goes by", now.TradingName, then.TradingName},
		{"Address", strings.Join(now.AddressLines(), ", "), strings.Join(then.AddressLines(), ", ")},
		{"VAT number", now.VATNumber, then.VATNumber}, {"Email", now.Email, then.Email},
		{"Bank account", now.account(), then.account()}, {"Documents are marked as", now.marked(), then.marked()},
	} {
		if v.Before != v.After {
			c.Values = append(c.Values, v)
		}
	}
	c.say("Invoices issued on %s or later carry these details. Invoices and credit notes already issued are not changed, and a credit note carries the details of its invoice.", from)
	if now.account() != then.account() {
		c.say("Customers with an unpaid invoice have the old bank account on it: keep it open, or write to them.")
	}
	return c
}

// marked says whether documents are real ones.
func (s Supplier) marked() string {
	if s.Demonstration {
		return "a demonstration"
	}
	return "real"
}

// account is the bank account in one line.
func (s Supplier) account() string {
	return fmt.Sprintf("%s, %s, %s", s.AccountName, s.SortCode, s.AccountNumber)
}

func supplierTaken(old supplierRow) error {
	return models.Invalid(fieldFrom, "Details from %s stand already, for %s. %s", old.EffectiveFrom, old.LegalName, anotherDay)
}

// readSupplier checks what was typed and reads what it has to fit to: the suppliers there are, and the series it needs.
func readSupplier(ctx context.Context, db models.DB, actor access.Actor, n NewSupplier) (s Supplier, rows []supplierRow, series []seriesRow, err error) {
	if err = actor.Require(access.RoleOffice); err != nil {
		return s, nil, nil, err
	}
	if rows, err = supplierRows(ctx, db); err != nil {
		return s, nil, nil, err
	}
	known, err := seriesOf(ctx, db)
	if err != nil {
		return s, nil, nil, err
	}
	s, err = n.checked(db.Today())
	if s.LegalName != "" && known[s.LegalName] == nil {
		var unread error
		series, unread = n.series(s.LegalName)
		err = errors.Join(err, unread, prefixTaken(known, series))
	}
	return s, rows, series, err
}

// prefixTaken refuses letters that number the documents of another name.
func prefixTaken(known map[string][]seriesRow, wanted []seriesRow) error {
	fields := map[string]string{string(Invoice): "invoice-prefix", string(CreditNote): "credit-prefix"}
	var found models.Problems
	for name, all := range known {
		for _, old := range all {
			for _, one := range wanted {
				if one.Prefix == old.Prefix {
					found.Add(fields[one.Kind], "%s numbers the documents of %s. Choose other letters", strings.TrimSuffix(old.Prefix, "-"), name)
				}
			}
		}
	}
	return found.Err()
}

// ScheduleSupplier enters who sells from a day on: today or later, one for each day. Documents already issued keep theirs. The same
// details entered again change nothing. Errors: forbidden; invalid.
func ScheduleSupplier(ctx context.Context, tx models.DB, actor access.Actor, n NewSupplier) error {
	if err := lockSuppliers(ctx, tx); err != nil {
		return err
	}
	s, rows, series, err := readSupplier(ctx, tx, actor, n)
	if err != nil {
		return err
	}
	if old, there := beginning(rows, n.From); there {
		if old.supplier() == s {
			return nil
		}
		return supplierTaken(old)
	}
	row := supplierRow{
		EffectiveFrom: n.From, LegalName: s.LegalName, TradingName: s.TradingName, Address: s.Address, VATNumber: s.VATNumber, Email: s.Email,
		AccountName: s.AccountName, SortCode: s.SortCode, AccountNumber: s.AccountNumber, Demonstration: s.Demonstration,
	}
	if err := insertTariff(ctx, tx, &row); err != nil {
		return fmt.Errorf("enter a supplier: %w", err)
	}
	for i := range series {
		if err := insertTariff(ctx, tx, &series[i]); err != nil {
			return fmt.Errorf("open the series %s: %w", series[i].Prefix, err)
		}
	}
	return recordEntry(ctx, tx, actor, KindSupplier, row.ID, "Supplier: "+s.LegalName+", VAT number "+s.VATNumber+", bank account "+s.account(), n.From)
}
