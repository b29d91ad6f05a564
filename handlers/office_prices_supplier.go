package handlers

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

// supplierEntry is what was typed about who sells.
type supplierEntry struct {
	templates.TariffSupplierFields
	From string
}

// supplierInputs are the fields of the form that are one line, each with where it goes; the address is several.
func (f *supplierEntry) supplierInputs() map[string]*string {
	return map[string]*string{
		"legal-name": &f.LegalName, "trading-name": &f.TradingName, "vat-number": &f.VATNumber, "email": &f.Email,
		"account-name": &f.AccountName, "sort-code": &f.SortCode, "account-number": &f.AccountNumber,
		"invoice-prefix": &f.InvoicePrefix, "credit-prefix": &f.CreditPrefix, "digits": &f.Digits, "from": &f.From,
	}
}

func supplierEntryFrom(typed url.Values) (f supplierEntry) {
	for name, into := range f.supplierInputs() {
		*into = line(typed, name)
	}
	f.Address = lines(typed, "address")
	return f
}

// supplier reads the form. What it holds beyond that is billing's to judge.
func (f supplierEntry) supplier(demonstration bool) (n billing.NewSupplier, p models.Problems) {
	n.Supplier = billing.Supplier{
		LegalName: f.LegalName, TradingName: f.TradingName, Address: f.Address, VATNumber: f.VATNumber, Email: f.Email,
		AccountName: f.AccountName, SortCode: f.SortCode, AccountNumber: f.AccountNumber, Demonstration: demonstration,
	}
	n.Invoice, n.Credit = f.InvoicePrefix, f.CreditPrefix
	if f.Digits != "" {
		var err error
		if n.Digits, err = strconv.Atoi(f.Digits); err != nil {
			p.Add("digits", "Enter how many digits as a number, like 6")
		}
	}
	n.From = typedFrom(&p, f.From)
	return n, p
}

// fields are what was typed, to be sent again from the page that shows what changes.
func (f supplierEntry) fields() []templates.Choice {
	fields := []templates.Choice{{Value: "address", Label: f.Address}}
	for name, value := range f.supplierInputs() {
		fields = append(fields, templates.Choice{Value: name, Label: *value})
	}
	slices.SortFunc(fields, func(a, b templates.Choice) int { return strings.Compare(a.Value, b.Value) })
	return fields
}

// tariffSupplier shows the form for who sells, filled in with who does today.
func (s *Site) tariffSupplier(c echo.Context) error {
	now, err := billing.CurrentSupplier(c.Request().Context(), s.db)
	if err != nil {
		return err
	}
	return s.tariffSupplierPage(c, http.StatusOK, supplierEntry{TariffSupplierFields: templates.TariffSupplierFields{
		LegalName: now.LegalName, TradingName: now.TradingName, Address: now.Address, VATNumber: now.VATNumber, Email: now.Email,
		AccountName: now.AccountName, SortCode: now.SortCode, AccountNumber: now.AccountNumber,
	}}, nil)
}

func (s *Site) tariffSupplierPage(c echo.Context, status int, form supplierEntry, problems models.Problems) error {
	book, err := billing.ReadTariffBook(c.Request().Context(), s.db, actorOf(c))
	if err != nil {
		return err
	}
	page := templates.TariffSupplierPage{Page: s.officePage(c, "Change who sells", "prices"), Form: form.TariffSupplierFields, From: form.From}
	page.Problems = problems
	for name := range book.Series {
		page.Known = append(page.Known, name)
	}
	slices.Sort(page.Known)
	return s.render(c, status, "office-prices-supplier", page)
}

// tariffSupplierEnter enters who sells, after a page that says what changes.
func (s *Site) tariffSupplierEnter(c echo.Context) error {
	typed, err := posted(c)
	if err != nil {
		return err
	}
	form, actor := supplierEntryFrom(typed), actorOf(c)
	supplier, problems := form.supplier(s.demonstration())
	return s.enterTariff(c, typed, tariffEntry{
		url: officePricesURL + "/supplier", heading: "Check who sells", problems: problems, fields: form.fields(),
		what: supplier.LegalName, from: supplier.From,
		show: func(c echo.Context, status int, problems models.Problems) error {
			return s.tariffSupplierPage(c, status, form, problems)
		},
		preview: func(ctx context.Context) (billing.Changes, error) {
			return billing.PreviewSupplier(ctx, s.db, actor, supplier)
		},
		enter: func(ctx context.Context, tx models.DB) error {
			return billing.ScheduleSupplier(ctx, tx, actor, supplier)
		},
	})
}
