package booking

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"
	"unicode/utf8"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/documents"
	"hub.salford.ac.uk/ssph/mail"
	"hub.salford.ac.uk/ssph/models"
)

// IssueQuote makes a quote: figures, terms and file are frozen, and the contact gets it with a private link, which stands nowhere else.
// Only the office may. The same RequestKey again changes nothing. Errors as for PreviewQuote, and
// invalid without a field when the sum is not the one shown.
func (d Desk) IssueQuote(ctx context.Context, tx models.DB, actor access.Actor, req QuoteRequest) (Quote, error) {
	if req.RequestKey == "" {
		return Quote{}, errors.New("booking: a quote needs a request key")
	}
	draft, err := draftQuote(ctx, tx, actor, req)
	if err != nil {
		return Quote{}, err
	}
	if made, ok, err := quoteByRequest(ctx, tx, req.RequestKey); ok || err != nil {
		return made, err
	}
	if err := billing.AsShown(req.Shown, draft.Amount.Gross()); err != nil {
		return Quote{}, err
	}
	if draft.ID, err = nextQuote(ctx, tx); err != nil {
		return Quote{}, err
	}
	draft.sheet.Number = draft.Reference()
	content, err := documents.QuotePDF(draft.sheet)
	if err != nil {
		return Quote{}, err
	}
	token := access.NewSecret()
	if err := insertQuote(ctx, tx, draft.row(actor, req.RequestKey, token, content)); err != nil {
		return Quote{}, err
	}
	err = access.Record(ctx, tx, actor, access.Entry{
		Action: "quote issued", SubjectKind: "quote", SubjectID: draft.ID, OrganisationID: draft.OrganisationID,
		Detail: map[string]any{"code": draft.Reference(), "gross_pence": draft.Amount.Gross(), "thousandths": draft.Discount},
	})
	if err != nil {
		return Quote{}, err
	}
	return draft.Quote, d.tellQuote(ctx, tx, draft, token, content)
}

func (d drafted) row(actor access.Actor, key, token string, content []byte) quoteRow {
	hash := sha256.Sum256(content)
	return quoteRow{
		ID: d.ID, RequestKey: key, Route: d.Route, Format: d.Format, People: d.People, SessionID: d.SessionID, ContactName: d.Details.Name,
		ContactEmail: d.Details.Email, OrganisationID: d.OrganisationID, OrganisationName: d.Details.Organisation, Address: joinAddress(d.Details),
		Postcode: d.Details.Postcode, Country: d.Details.Country, PriceID: d.price, UnitNetPence: d.Unit, DiscountThousandths: d.Discount,
		DiscountReason: d.DiscountReason, LadderID: d.LadderID, NetPence: d.Amount.Net, VATPence: d.Amount.VAT, Note: d.Note, ValidUntil: d.ValidUntil,
		TokenHash: tokenHash(token), Content: content, SHA256: hex.EncodeToString(hash[:]), CreatedAt: d.CreatedAt, CreatedBy: actor.PersonID,
		Demonstration: d.Demonstration,
	}
}

// quoteMail is what the contact reads.
type quoteMail struct {
	Name       string
	Reference  string
	What       string // "Social Prescribing Tool training, …"
	People     string // "12 people"
	Net        models.Pence
	Gross      models.Pence
	ValidUntil models.Date
	Accept     bool // on its page
	Button     Button
}

func (d Desk) tellQuote(ctx context.Context, tx models.DB, q drafted, token string, content []byte) error {
	m, err := mail.Message{
		Cause: "quote/" + q.Reference(), Kind: "quote", ToName: q.Details.Name, ToEmail: q.Details.Email, ReplyTo: q.supplier.Email,
		AboutKind: "quote", AboutID: q.ID,
		Parts: []mail.Part{{Filename: q.Reference() + ".pdf", ContentType: "application/pdf", Content: content}},
	}.Draw("quote", quoteMail{
		Name: q.Details.Name, Reference: q.Reference(), What: quoteTitle(q.Quote), People: countPeople(q.People), Net: q.Amount.Net,
		Gross: q.Amount.Gross(), ValidUntil: q.ValidUntil, Accept: q.CanAccept(tx.Today()),
		Button: Button{"See your quote", d.BaseURL + "/quotes/" + token},
	})
	if err != nil {
		return err
	}
	return mail.Queue(ctx, tx, m)
}

// WithdrawQuote takes a quote back that nobody has accepted. Only the office may. Errors: not found; invalid with field "reason";
// conflict for one that is answered.
func WithdrawQuote(ctx context.Context, tx models.DB, actor access.Actor, id int64, reason string) error {
	q, err := FindQuote(ctx, tx, actor, id)
	if err != nil {
		return err
	}
	if q.Answer != "" {
		return models.Fail(models.KindConflict, "This quote has been answered already. Look at it again")
	}
	if reason = strings.Join(strings.Fields(reason), " "); reason == "" || utf8.RuneCountInString(reason) > 500 {
		return models.Invalid("reason", "Enter why it is withdrawn, in 500 characters or fewer")
	}
	err = answerQuote(ctx, tx, quoteAnswerRow{
		QuoteID: id, Answer: Withdrawn, Reason: reason, AnsweredAt: tx.Now(), AnsweredBy: &actor.PersonID,
	})
	if err != nil {
		return err
	}
	return access.Record(ctx, tx, actor, access.Entry{Action: "quote withdrawn", SubjectKind: "quote", SubjectID: id, OrganisationID: q.OrganisationID})
}
