package handlers

import (
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

// organisationForms is what was typed on an organisation's page.
type organisationForms struct {
	rule      templates.PurchaseRuleFields
	agreement templates.AgreementFields
}

// organisationOf finds the organisation that the address names.
func (s *Site) organisationOf(c echo.Context) (access.Organisation, error) {
	id, err := number(c, "organisation")
	if err != nil {
		return access.Organisation{}, err
	}
	return access.FindOrganisation(c.Request().Context(), s.db, actorOf(c).Scope(), id)
}

// officeOrganisation shows an organisation: who manages it, what it owes, what is agreed, what its purchase orders look like.
func (s *Site) officeOrganisation(c echo.Context) error {
	org, err := s.organisationOf(c)
	if err != nil {
		return err
	}
	forms, err := s.formsOf(c, org)
	if err != nil {
		return err
	}
	return s.officeOrganisationPage(c, org, forms, nil)
}

// formsOf are the forms of an organisation's page as things stand.
func (s *Site) formsOf(c echo.Context, org access.Organisation) (organisationForms, error) {
	rule, err := billing.PurchaseRuleOf(c.Request().Context(), s.db, org.ID)
	return organisationForms{rule: ruleFields(rule), agreement: templates.AgreementFields{From: s.db.Today().String()}}, err
}

func ruleFields(rule billing.PurchaseRule) templates.PurchaseRuleFields {
	f := templates.PurchaseRuleFields{Required: "no", Pattern: rule.Pattern, Example: rule.Example, Note: rule.Note}
	if rule.Required {
		f.Required = "yes"
	}
	if rule.Cap > 0 {
		f.Cap = rule.Cap.Plain()
	}
	return f
}

func (s *Site) officeOrganisationPage(c echo.Context, org access.Organisation, forms organisationForms, problems models.Problems) error {
	ctx, actor := c.Request().Context(), actorOf(c)
	managers, err := access.Managers(ctx, s.db, org.ID)
	if err != nil {
		return err
	}
	balances, err := billing.OrganisationBalances(ctx, s.db, actor, []int64{org.ID})
	if err != nil {
		return err
	}
	agreements, err := billing.Agreements(ctx, s.db, actor, []int64{org.ID})
	if err != nil {
		return err
	}
	here, named := officeOrganisationURL(org.ID), "?"+url.Values{"q": {org.Name}}.Encode()
	page := templates.OfficeOrganisationPage{
		Page: s.officePage(c, org.Name, "organisations"), Name: org.Name, Rows: organisationFacts(org, managers), Owed: owedShort(balances[org.ID]) + ".",
		Bookings: "/office/bookings" + named, Invoices: "/office/invoices" + named, Statement: officeStatementURL(org.ID), QuoteURL: "/office/quotes/new?organisation=" + c.Param("organisation"),
		Agreement: forms.agreement, AgreeURL: here + "/agreements", Rule: forms.rule, RuleURL: here + "/purchase-orders",
	}
	for _, a := range agreements {
		page.Agreements = append(page.Agreements, agreementRow(a, here, s.db.Today()))
	}
	if page.History, err = s.history(ctx, actor, access.Subject{Kind: "organisation", ID: org.ID}); err != nil {
		return err
	}
	page.Problems = problems
	return s.render(c, statusFor(problems), "office-organisation", page)
}

func organisationFacts(org access.Organisation, managers []access.Person) []templates.SummaryRow {
	rows := []templates.SummaryRow{
		{Key: "Address", Lines: append(strings.Split(org.Address, "\n"), org.Postcode)},
		{Key: "Invoices go to", Lines: []string{org.InvoiceEmail}},
	}
	people := templates.SummaryRow{Key: "Managed by", Lines: []string{"Nobody"}}
	if len(managers) > 0 {
		people.Lines = nil
	}
	for _, m := range managers {
		people.Lines = append(people.Lines, m.Called()+", "+m.Email)
	}
	return append(rows, people)
}

// officeRuleSave saves what an organisation asks of purchase orders.
func (s *Site) officeRuleSave(c echo.Context) error {
	org, err := s.organisationOf(c)
	if err != nil {
		return err
	}
	typed, err := posted(c)
	if err != nil {
		return err
	}
	forms, err := s.formsOf(c, org)
	if err != nil {
		return err
	}
	forms.rule = templates.PurchaseRuleFields{
		Required: line(typed, "required"), Pattern: line(typed, "pattern"), Example: line(typed, "example"), Cap: line(typed, "cap"), Note: lines(typed, "note"),
	}
	rule, problems := readRule(forms.rule)
	problems.And(rule.Problems())
	if problems == nil {
		ctx := c.Request().Context()
		problems, err = refused(s.db.InTx(ctx, func(tx models.DB) error {
			return billing.SetPurchaseRule(ctx, tx, actorOf(c), org.ID, rule)
		}))
	}
	if err != nil {
		return err
	}
	if problems != nil {
		return s.officeOrganisationPage(c, org, forms, problems)
	}
	return s.done(c, officeOrganisationURL(org.ID), "The rules for purchase orders of "+org.Name+" are saved. They count from now on.")
}

func readRule(f templates.PurchaseRuleFields) (billing.PurchaseRule, models.Problems) {
	var p models.Problems
	rule := billing.PurchaseRule{Required: f.Required == "yes", Pattern: f.Pattern, Example: f.Example, Note: f.Note}
	if f.Required != "yes" && f.Required != "no" {
		p.Add("required", "Choose whether a number is needed")
	}
	if f.Cap != "" {
		var err error
		if rule.Cap, err = models.ParsePence(f.Cap); err != nil || rule.Cap == 0 {
			p.Add("cap", "Enter the amount in pounds and pence, like 2,928.00, or leave it empty")
		}
	}
	return rule, p
}
