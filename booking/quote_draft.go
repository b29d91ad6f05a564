package booking

import (
	"context"
	"strings"
	"unicode/utf8"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/documents"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
)

// QuoteRequest is what the office wants to quote.
type QuoteRequest struct {
	Route          billing.Route
	Format         billing.Format
	People         int
	SessionID      int64 // 0 for none
	Details        Details
	OrganisationID int64 // 0 when it is only a name
	Discount       models.Percent
	DiscountReason string
	Note           string
	Shown          *models.Pence // the sum that was shown; nil when nobody was shown one
	RequestKey     string        // one for each form shown: sent twice, it makes one quote
}

// drafted is a quote that is worked out and not yet written.
type drafted struct {
	Quote
	price    int64
	sum      billing.Sum
	sheet    documents.Quote
	supplier billing.Supplier
}

// PreviewQuote works a quote out as IssueQuote would today, without writing anything: its figures and its words. Only the office may.
// Errors: one sentence for each field at fault, named as in Details.tidied and people, route, format, session, percent, reason, note.
func PreviewQuote(ctx context.Context, db models.DB, actor access.Actor, req QuoteRequest) (Quote, documents.InvoiceWords, error) {
	d, err := draftQuote(ctx, db, actor, req)
	if err != nil {
		return Quote{}, documents.InvoiceWords{}, err
	}
	return d.Quote, d.sheet.Words(), nil
}

func draftQuote(ctx context.Context, db models.DB, actor access.Actor, req QuoteRequest) (drafted, error) {
	if err := actor.Require(access.RoleOffice); err != nil {
		return drafted{}, err
	}
	req, problems := req.tidied()
	session, err := quotedSession(ctx, db, req, &problems)
	if err != nil {
		return drafted{}, err
	}
	tariff, err := billing.LoadTariff(ctx, db)
	if err != nil {
		return drafted{}, err
	}
	sum, err := tariff.QuoteByOffice(billing.QuoteRequest{Route: req.Route, Format: req.Format, People: req.People, Discount: req.Discount}, db.Today())
	for _, one := range models.ProblemsOf(err) {
		problems.Add(one.Field, "%s", one.Msg)
	}
	if err != nil && len(models.ProblemsOf(err)) == 0 {
		return drafted{}, err
	}
	if err := problems.Err(); err != nil {
		return drafted{}, err
	}
	return assembleQuote(ctx, db, req, session, tariff, sum)
}

// assembleQuote puts together what is frozen: price row, ladder, days, words.
func assembleQuote(ctx context.Context, db models.DB, req QuoteRequest, s *scheduling.Session, tariff billing.Tariff, sum billing.Sum) (drafted, error) {
	price, err := tariff.Prices.Net(req.Route, req.Format, db.Today())
	if err != nil {
		return drafted{}, err
	}
	settings, err := access.LoadSettings(ctx, db)
	if err != nil {
		return drafted{}, err
	}
	supplier, err := billing.CurrentSupplier(ctx, db)
	if err != nil {
		return drafted{}, err
	}
	d := drafted{price: price.ID, sum: sum, supplier: supplier, Quote: Quote{
		Route: req.Route, Format: req.Format, People: req.People, Details: req.Details, Unit: price.Net, Discount: req.Discount,
		DiscountReason: req.DiscountReason, LadderID: tariff.LadderID, Amount: sum.Amount(), Note: req.Note,
		ValidUntil: db.Today().AddDays(settings.QuoteDays), CreatedAt: db.Now(), Demonstration: supplier.Demonstration,
	}}
	if req.SessionID != 0 {
		d.SessionID = &req.SessionID
	}
	if req.OrganisationID != 0 {
		d.OrganisationID = &req.OrganisationID
	}
	d.sheet = quoteSheet(d, s, tariff.Ladder)
	return d, nil
}

// tidied brings the request to the form in which it is kept.
func (r QuoteRequest) tidied() (QuoteRequest, models.Problems) {
	var problems models.Problems
	if _, err := models.ParseRoute(string(r.Route)); err != nil {
		problems.Add("route", "Choose their own group, open-access places or one to one")
	}
	if _, err := models.ParseFormat(string(r.Format)); err != nil {
		problems.Add("format", "Choose face to face or online")
	}
	var wrong models.Problems
	r.Details, wrong = r.Details.tidiedOf(Organisation, "the contact")
	problems = append(problems, wrong...)
	r.DiscountReason = strings.Join(strings.Fields(r.DiscountReason), " ")
	switch {
	case r.Discount > 0:
		billing.CheckDiscountReason(&problems, r.DiscountReason)
	case r.DiscountReason != "":
		problems.Add("percent", "Enter the discount that this is the reason for, or leave both empty")
	}
	r.Note = strings.TrimSpace(r.Note)
	switch {
	case utf8.RuneCountInString(r.Note) > 1000:
		problems.Add("note", "The note must be 1,000 characters or fewer")
	case !utf8.ValidString(r.Note) || !documents.Printable(strings.ReplaceAll(r.Note, "\n", " ")):
		problems.Add("note", "%s", unprintable)
	}
	return r, problems
}

// quotedSession is the date that is quoted for, when there is one: open access, of the format quoted, and still to come.
func quotedSession(ctx context.Context, db models.DB, req QuoteRequest, problems *models.Problems) (*scheduling.Session, error) {
	if req.SessionID == 0 {
		return nil, nil
	}
	if req.Route != billing.OpenAccess {
		problems.Add("session", "A date is only for open-access places: for their own group the date is agreed later")
		return nil, nil
	}
	s, err := scheduling.Find(ctx, db, req.SessionID)
	if models.KindOf(err) == models.KindNotFound {
		problems.Add("session", "Choose a date from the list")
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	switch bookable := s.BookableAt(db.Now()); {
	case bookable != nil:
		problems.Add("session", "%s", sentence(bookable))
	case s.Format != req.Format:
		problems.Add("session", "This date is %s. Choose another date, or the other format", s.Format.Words())
	}
	return &s, nil
}
