package handlers

import (
	"context"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/documents"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/templates"
)

// quoteForm is what was typed about a quote.
type quoteForm templates.QuoteFields

func quoteFrom(typed url.Values) quoteForm {
	f := quoteForm{
		Route: line(typed, "route"), Format: line(typed, "format"), People: line(typed, "people"), Session: line(typed, "session"),
		Name: line(typed, "name"), Email: line(typed, "email"), Organisation: line(typed, "organisation"), Line1: line(typed, "line1"),
		Line2: line(typed, "line2"), Town: line(typed, "town"), Postcode: line(typed, "postcode"), Country: "GB",
		Percent: line(typed, "percent"), Reason: line(typed, "reason"), Note: lines(typed, "note"), Known: line(typed, "known"), Key: line(typed, "key"),
	}
	if f.Key == "" || len(f.Key) > mostKey {
		f.Key = access.NewSecret()
	}
	return f
}

// request reads the form. What it holds beyond that is booking's to judge.
func (f quoteForm) request() (booking.QuoteRequest, models.Problems) {
	var p models.Problems
	r := booking.QuoteRequest{
		Route: billing.Route(f.Route), Format: billing.Format(f.Format), DiscountReason: f.Reason, Note: f.Note, RequestKey: f.Key,
		Details: booking.Details{
			Name: f.Name, Email: f.Email, Organisation: f.Organisation, Line1: f.Line1, Line2: f.Line2, Town: f.Town, Postcode: f.Postcode, Country: f.Country,
		},
	}
	var err error
	if r.People, err = strconv.Atoi(f.People); err != nil || r.People < 1 || r.People > mostPeople {
		p.Add("people", "Enter how many people as a number, like 12")
	}
	if f.Session != "" {
		if r.SessionID, err = strconv.ParseInt(f.Session, 10, 64); err != nil || r.SessionID < 1 {
			p.Add("session", "Choose a date from the list")
		}
	}
	if f.Percent != "" {
		if r.Discount, err = models.ParsePercent(f.Percent); err != nil {
			p.Add("percent", "Enter a percentage from 0 to 100 with at most three decimals, like 12.5")
		}
	}
	r.OrganisationID, _ = strconv.ParseInt(f.Known, 10, 64) // looked up below: anything else is none
	return r, p
}

// officeQuoteNew shows the form, filled in with the organisation the address names.
func (s *Site) officeQuoteNew(c echo.Context) error {
	form := quoteForm{Country: "GB", Key: access.NewSecret()}
	ctx := c.Request().Context()
	if id, err := strconv.ParseInt(c.QueryParam("organisation"), 10, 64); err == nil {
		org, err := access.FindOrganisation(ctx, s.db, actorOf(c).Scope(), id)
		if err != nil {
			return err
		}
		form.Known, form.Organisation, form.Postcode = strconv.FormatInt(org.ID, 10), org.Name, org.Postcode
		form.Line1, form.Line2, form.Town = addressFields(org.Address)
		managers, err := access.Managers(ctx, s.db, org.ID)
		if err != nil {
			return err
		}
		if len(managers) > 0 {
			form.Name, form.Email = managers[0].Name, managers[0].Email
		}
	}
	return s.officeQuoteForm(c, form, nil)
}

// officeQuoteSend makes the quote, after a page that shows it.
func (s *Site) officeQuoteSend(c echo.Context) error {
	typed, err := posted(c)
	if err != nil {
		return err
	}
	form, ctx := quoteFrom(typed), c.Request().Context()
	if typed.Get("do") == "change" {
		return s.officeQuoteForm(c, form, nil)
	}
	req, problems := form.request()
	if req, err = s.knownTo(ctx, actorOf(c), req); err != nil {
		return err
	}
	quote, words, err := booking.PreviewQuote(ctx, s.db, actorOf(c), req)
	more, err := refused(err)
	if err != nil {
		return err
	}
	problems.And(more)
	switch {
	case problems != nil:
		return s.officeQuoteForm(c, form, problems)
	case typed.Get("do") != "confirm":
		return s.officeQuoteCheck(c, typed, form, quote, words, nil)
	}
	req.Shown = penceShown(typed)
	return s.issueQuote(c, typed, form, req)
}

// knownTo leaves out an organisation that is not ours, or whose name was changed on the form: then it is only a name.
func (s *Site) knownTo(ctx context.Context, actor access.Actor, req booking.QuoteRequest) (booking.QuoteRequest, error) {
	if req.OrganisationID <= 0 {
		req.OrganisationID = 0
		return req, nil
	}
	org, err := access.FindOrganisation(ctx, s.db, actor.Scope(), req.OrganisationID)
	if models.KindOf(err) == models.KindNotFound || err == nil && org.NameKey != access.NameKey(req.Details.Organisation) {
		req.OrganisationID = 0
		return req, nil
	}
	return req, err
}

func (s *Site) issueQuote(c echo.Context, typed url.Values, form quoteForm, req booking.QuoteRequest) error {
	ctx := c.Request().Context()
	var quote booking.Quote
	problems, err := refused(s.db.InTx(ctx, func(tx models.DB) (err error) {
		quote, err = s.desk.IssueQuote(ctx, tx, actorOf(c), req)
		return err
	}))
	if err != nil {
		return err
	}
	if problems.For("") != "" { // the sum has changed since the check page was drawn
		now, words, err := booking.PreviewQuote(ctx, s.db, actorOf(c), req)
		if err != nil {
			return err
		}
		return s.officeQuoteCheck(c, typed, form, now, words, problems)
	}
	if problems != nil {
		return s.officeQuoteForm(c, form, problems)
	}
	return s.done(c, officeQuoteURL(quote), "Quote "+quote.Reference()+" is sent to "+quote.Details.Email+".")
}

// officeQuoteCheck shows the quote as it will be. Nothing is sent, until the next button; changed says that it was pressed and what it
// showed is true no more.
func (s *Site) officeQuoteCheck(
	c echo.Context, typed url.Values, form quoteForm, q booking.Quote, w documents.InvoiceWords, changed models.Problems,
) error {
	words := documentWords(w)
	words.Number, words.Offer = "not made yet", true
	typed.Set("key", form.Key)
	typed.Set("shown", penceField(q.Amount.Gross()))
	page := templates.OfficeCheckPage{
		Page: s.officePage(c, "Check this quote", "quotes"), Back: templates.Action{Label: "All quotes", URL: "/office/quotes"},
		Heading: "Check this quote", Invoice: &words, Terms: w.Terms, URL: "/office/quotes/new", Fields: carried(typed),
		Lead:   "It is sent to " + q.Details.Email + " with a private link and cannot be changed then. It stands until " + q.ValidUntil.String() + ".",
		Button: "Send this quote for " + q.Amount.Gross().String(),
	}
	page.Problems = changed
	return s.render(c, statusFor(changed), "office-check", page)
}

func (s *Site) officeQuoteForm(c echo.Context, form quoteForm, problems models.Problems) error {
	ctx := c.Request().Context()
	settings, err := access.LoadSettings(ctx, s.db)
	if err != nil {
		return err
	}
	page := templates.OfficeQuoteNewPage{
		Page: s.officePage(c, "Make a quote", "quotes"), Form: templates.QuoteFields(form), Days: settings.QuoteDays, URL: "/office/quotes/new",
	}
	upcoming, err := scheduling.Upcoming(ctx, s.db, scheduling.Filter{})
	if err != nil {
		return err
	}
	for _, one := range upcoming {
		page.Sessions = append(page.Sessions, templates.Choice{Value: strconv.FormatInt(one.ID, 10), Label: one.DaysLine() + ", " + one.Heading()})
	}
	page.Background, page.Problems = templates.White, problems
	return s.render(c, statusFor(problems), "office-quote-new", page)
}
