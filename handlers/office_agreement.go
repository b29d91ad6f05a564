package handlers

import (
	"fmt"
	"net/url"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

// agreementRow is a discount on an organisation's page.
func agreementRow(a billing.Agreement, here string, today models.Date) templates.AgreementRow {
	row := templates.AgreementRow{
		Discount: a.Discount.String(), Reason: a.Reason, From: a.From, To: a.LastDay(), Note: a.EndReason, EndURL: fmt.Sprintf("%s/agreements/%d/end", here, a.ID),
		State: templates.Tag{Look: templates.TagOK, Word: "Holds"},
	}
	switch {
	case a.LastDay().Before(today) || a.LastDay().Before(a.From):
		row.State, row.EndURL = templates.Tag{Look: templates.TagQuiet, Word: "Ended"}, ""
	case today.Before(a.From):
		row.State = templates.Tag{Look: templates.TagInfo, Word: "To come"}
	}
	if !a.EndedOn.IsZero() {
		row.EndURL = ""
	}
	return row
}

// readAgreement reads the form. What it holds beyond that is billing's to judge.
func readAgreement(f templates.AgreementFields) (billing.Agreement, models.Problems) {
	var p models.Problems
	a := billing.Agreement{Reason: f.Reason}
	var err error
	if a.Discount, err = models.ParsePercent(f.Percent); err != nil {
		p.Add("percent", "Enter a discount above 0 and up to 100, like 12.5")
	}
	var ok bool
	if a.From, ok = typedDate(f.From); !ok {
		p.Add("from", "Enter the first day, like 14 January 2027")
	}
	if a.To, ok = typedDate(f.To); !ok {
		p.Add("to", "Enter the last day, like 13 January 2028")
	}
	return a, p
}

// officeAgree agrees a discount, after a page that shows what it comes to.
func (s *Site) officeAgree(c echo.Context) error {
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
	forms.agreement = templates.AgreementFields{
		Percent: line(typed, "percent"), Reason: line(typed, "reason"), From: line(typed, "from"), To: line(typed, "to"),
	}
	agreement, problems := readAgreement(forms.agreement)
	agreement.OrganisationID = org.ID
	if typed.Get("do") == "change" {
		return s.officeOrganisationPage(c, org, forms, nil)
	}
	ctx := c.Request().Context()
	_, err = billing.CheckAgreement(ctx, s.db, actorOf(c), agreement)
	more, err := refused(err)
	if err != nil {
		return err
	}
	problems.And(more)
	switch {
	case problems != nil:
		return s.officeOrganisationPage(c, org, forms, problems)
	case typed.Get("do") != "confirm":
		return s.officeAgreeCheck(c, org, agreement, typed)
	}
	err = s.db.InTx(ctx, func(tx models.DB) error {
		_, err := billing.Agree(ctx, tx, actorOf(c), agreement)
		return err
	})
	if err != nil {
		return err
	}
	return s.done(c, officeOrganisationURL(org.ID), agreement.Discount.String()+" off is agreed with "+org.Name+".")
}

// officeAgreeCheck shows what places cost under a discount. Nothing is agreed, until the next button.
func (s *Site) officeAgreeCheck(c echo.Context, org access.Organisation, a billing.Agreement, typed url.Values) error {
	tariff, err := billing.LoadTariff(c.Request().Context(), s.db)
	if err != nil {
		return err
	}
	page := templates.OfficeCheckPage{
		Page: s.officePage(c, "Check this discount", "organisations"), Back: templates.Action{Label: org.Name, URL: officeOrganisationURL(org.ID)},
		Heading: "Check this discount", URL: officeOrganisationURL(org.ID) + "/agreements", Fields: carried(typed),
		Lead:   "It is taken off open-access places that its managers book on these days. What is booked already keeps its price.",
		Button: "Agree " + a.Discount.String() + " off", Rows: []templates.SummaryRow{
			{Key: "Organisation", Lines: []string{org.Name}}, {Key: "Discount", Lines: []string{a.Discount.String()}, Notes: []string{a.Reason}},
			{Key: "Days", Lines: []string{a.From.String() + " to " + a.To.String()}},
		},
	}
	for _, format := range []billing.Format{billing.FaceToFace, billing.Online} {
		sum, err := tariff.Quote(billing.QuoteRequest{Route: billing.OpenAccess, Format: format, People: 1, Discount: a.Discount}, s.db.Today())
		if err != nil {
			return err
		}
		page.Rows = append(page.Rows, templates.SummaryRow{Key: "1 place " + format.Words(), Lines: []string{sum.Gross.String() + " with VAT"}, Notes: []string{
			sum.Lines[0].Base.String() + " less " + sum.Discount.String() + ", + " + sum.VAT.String() + " VAT",
		}})
	}
	return s.render(c, statusFor(nil), "office-check", page)
}

// agreementOf finds the agreement that the address names, of the organisation it names.
func (s *Site) agreementOf(c echo.Context) (access.Organisation, billing.Agreement, error) {
	org, err := s.organisationOf(c)
	if err != nil {
		return org, billing.Agreement{}, err
	}
	id, err := number(c, "agreement")
	if err != nil {
		return org, billing.Agreement{}, err
	}
	all, err := billing.Agreements(c.Request().Context(), s.db, actorOf(c), []int64{org.ID})
	if err != nil {
		return org, billing.Agreement{}, err
	}
	for _, a := range all {
		if a.ID == id {
			return org, a, nil
		}
	}
	return org, billing.Agreement{}, echo.ErrNotFound
}

// officeAgreementEnd asks when and why a discount ends early.
func (s *Site) officeAgreementEnd(c echo.Context) error {
	org, a, err := s.agreementOf(c)
	if err != nil {
		return err
	}
	return s.agreementEndPage(c, org, a, s.db.Today().String(), "", nil)
}

// officeAgreementStop ends it.
func (s *Site) officeAgreementStop(c echo.Context) error {
	org, a, err := s.agreementOf(c)
	if err != nil {
		return err
	}
	typed, err := posted(c)
	if err != nil {
		return err
	}
	ctx, day, reason := c.Request().Context(), line(typed, "last-day"), line(typed, "end-reason")
	last, ok := typedDate(day)
	if !ok {
		last = models.Date{}
	}
	problems, err := refused(s.db.InTx(ctx, func(tx models.DB) error {
		return billing.EndAgreement(ctx, tx, actorOf(c), a.ID, last, reason)
	}))
	if err != nil {
		return err
	}
	if problems != nil {
		return s.agreementEndPage(c, org, a, day, reason, problems)
	}
	return s.done(c, officeOrganisationURL(org.ID), "The discount ends after "+last.String()+".")
}

func (s *Site) agreementEndPage(c echo.Context, org access.Organisation, a billing.Agreement, day, reason string, problems models.Problems) error {
	page := templates.OfficeAgreementEndPage{
		Page: s.officePage(c, "End this discount early", "organisations"), Back: templates.Action{Label: org.Name, URL: officeOrganisationURL(org.ID)},
		LastDay: day, Reason: reason, URL: c.Request().URL.Path, Rows: []templates.SummaryRow{
			{Key: "Organisation", Lines: []string{org.Name}}, {Key: "Discount", Lines: []string{a.Discount.String()}, Notes: []string{a.Reason}},
			{Key: "Days", Lines: []string{a.From.String() + " to " + a.LastDay().String()}},
		},
	}
	page.Problems = problems
	return s.render(c, statusFor(problems), "office-agreement-end", page)
}
