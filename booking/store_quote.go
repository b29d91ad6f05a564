package booking

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"gorm.io/gorm"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
)

type quoteRow struct {
	ID                  int64
	RequestKey          string
	Route               billing.Route
	Format              billing.Format
	People              int
	SessionID           *int64
	ContactName         string
	ContactEmail        string
	OrganisationID      *int64
	OrganisationName    string
	Address             string // line 1, line 2 and town, a line each
	Postcode            string
	Country             string
	PriceID             int64
	UnitNetPence        models.Pence
	DiscountThousandths models.Percent
	DiscountReason      string
	LadderID            int64
	NetPence            models.Pence
	VATPence            models.Pence `gorm:"column:vat_pence"`
	Note                string
	ValidUntil          models.Date
	TokenHash           string
	Content             []byte
	SHA256              string `gorm:"column:sha256"`
	CreatedAt           time.Time
	CreatedBy           int64
	Demonstration       bool
}

func (quoteRow) TableName() string { return "quotes" }

type quoteAnswerRow struct {
	QuoteID    int64 `gorm:"primaryKey;autoIncrement:false"`
	Answer     Answer
	BookingID  *int64
	Reason     string
	AnsweredAt time.Time
	AnsweredBy *int64
}

func (quoteAnswerRow) TableName() string { return "quote_answers" }

func (r quoteRow) quote() Quote {
	q := Quote{
		ID: r.ID, Route: r.Route, Format: r.Format, People: r.People, SessionID: r.SessionID, OrganisationID: r.OrganisationID,
		Unit: r.UnitNetPence, Discount: r.DiscountThousandths, DiscountReason: r.DiscountReason, LadderID: r.LadderID,
		Amount: billing.Amount{Net: r.NetPence, VAT: r.VATPence}, Note: r.Note, ValidUntil: r.ValidUntil, CreatedAt: r.CreatedAt.UTC(),
		Demonstration: r.Demonstration,
		Details: Details{
			Name: r.ContactName, Email: r.ContactEmail, Organisation: r.OrganisationName, Postcode: r.Postcode, Country: r.Country,
		},
	}
	q.Details.Line1, q.Details.Line2, q.Details.Town = splitAddress(r.Address)
	return q
}

// tokenHash is the form in which a quote's private link stands in the database: whoever reads the database cannot use it.
func tokenHash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// nextQuote is the id of the next quote: it stands in the file, so it is known before the row is written. Of two quotes made at the
// same moment the database takes one, see insertQuote.
func nextQuote(ctx context.Context, tx models.DB) (int64, error) {
	var last int64
	err := tx.SQL(ctx).Model(&quoteRow{}).Select("COALESCE(MAX(id), 0)").Scan(&last).Error
	return last + 1, models.Translate(err)
}

func insertQuote(ctx context.Context, tx models.DB, row quoteRow) error {
	err := models.Translate(tx.SQL(ctx).Create(&row).Error)
	if errors.Is(err, models.ErrDuplicate) {
		return models.Fail(models.KindConflict, "Another quote was made at the same moment. Press the button again").Because(err)
	}
	if err != nil {
		return fmt.Errorf("quote: %w", err)
	}
	return nil
}

// QuoteFilter narrows the office's list of quotes.
type QuoteFilter struct {
	Search string // part of a name, an address, an organisation or a number
	Page   int    // from 1
}

// QuotesPerPage is how many quotes a page of the list has.
const QuotesPerPage = 20

// Quotes lists the quotes, newest first, and says how many there are altogether. Only the office may ask.
func Quotes(ctx context.Context, db models.DB, actor access.Actor, f QuoteFilter) ([]Quote, int64, error) {
	if err := actor.Require(access.RoleOffice); err != nil {
		return nil, 0, err
	}
	query := db.SQL(ctx).Model(&quoteRow{})
	if text := strings.ToLower(strings.TrimSpace(f.Search)); text != "" {
		like := "%" + likeText.Replace(text) + "%"
		where := "LOWER(contact_name) LIKE ? ESCAPE '!' OR contact_email LIKE ? ESCAPE '!' OR LOWER(organisation_name) LIKE ? ESCAPE '!'"
		args := []any{like, like, like}
		if id, err := ParseQuote(text); err == nil {
			where, args = where+" OR id = ?", append(args, id)
		}
		query = query.Where("("+where+")", args...)
	}
	query = query.Session(&gorm.Session{})
	var total int64
	if err := query.Count(&total).Error; err != nil {
		return nil, 0, models.Translate(err)
	}
	all, err := readQuotes(ctx, db, query.Order("id DESC").Limit(QuotesPerPage).Offset((max(f.Page, 1)-1)*QuotesPerPage))
	return all, total, err
}

// FindQuote reads a quote by its id. Only the office may ask.
func FindQuote(ctx context.Context, db models.DB, actor access.Actor, id int64) (Quote, error) {
	if err := actor.Require(access.RoleOffice); err != nil {
		return Quote{}, err
	}
	return oneQuote(ctx, db, db.SQL(ctx).Where("id = ?", id))
}

// QuoteByToken reads the quote that a private link leads to: whoever has the link got it from the mailbox it was sent to.
func QuoteByToken(ctx context.Context, db models.DB, token string) (Quote, error) {
	return oneQuote(ctx, db, db.SQL(ctx).Where("token_hash = ?", tokenHash(token)))
}

func oneQuote(ctx context.Context, db models.DB, query *gorm.DB) (Quote, error) {
	all, err := readQuotes(ctx, db, query.Limit(1))
	if err == nil && len(all) == 0 {
		err = noSuchQuote()
	}
	if err != nil {
		return Quote{}, err
	}
	return all[0], nil
}

// readQuotes reads quotes with their answers, without their files: two queries, however many.
func readQuotes(ctx context.Context, db models.DB, query *gorm.DB) ([]Quote, error) {
	var rows []quoteRow
	if err := query.Omit("content").Find(&rows).Error; err != nil || len(rows) == 0 {
		return nil, models.Translate(err)
	}
	all, ids, at := make([]Quote, len(rows)), make([]int64, len(rows)), map[int64]int{}
	for i, r := range rows {
		all[i], ids[i], at[r.ID] = r.quote(), r.ID, i
	}
	var answers []quoteAnswerRow
	err := db.SQL(ctx).Where("quote_id IN ?", ids).Find(&answers).Error
	for _, a := range answers {
		q := &all[at[a.QuoteID]]
		q.Answer, q.BookingID, q.AnswerReason, q.AnsweredAt = a.Answer, a.BookingID, a.Reason, a.AnsweredAt.UTC()
	}
	return all, models.Translate(err)
}

// QuoteFile is a quote's file as it was made. The caller has found the quote.
func QuoteFile(ctx context.Context, db models.DB, q Quote) ([]byte, error) {
	var row quoteRow
	err := db.SQL(ctx).Select("content").Where("id = ?", q.ID).Take(&row).Error
	return row.Content, models.Translate(err)
}

// quoteByRequest finds the quote that a form already made, if it did.
func quoteByRequest(ctx context.Context, tx models.DB, key string) (Quote, bool, error) {
	q, err := oneQuote(ctx, tx, tx.SQL(ctx).Where("request_key = ?", key))
	if models.KindOf(err) == models.KindNotFound {
		return Quote{}, false, nil
	}
	return q, err == nil, err
}

// answerQuote writes what became of a quote; of two answers the database takes the first.
func answerQuote(ctx context.Context, tx models.DB, row quoteAnswerRow) error {
	err := models.Translate(tx.SQL(ctx).Create(&row).Error)
	if errors.Is(err, models.ErrDuplicate) {
		return models.Fail(models.KindConflict, "This quote has been answered already. Look at it again").Because(err)
	}
	return err
}

// CheckQuotes hashes every quote's file again and compares; each finding is a sentence.
func CheckQuotes(ctx context.Context, db models.DB) ([]string, error) {
	var found []string
	for after := int64(0); ; {
		var rows []quoteRow
		if err := db.SQL(ctx).Select("id, content, sha256").Where("id > ?", after).Order("id").Limit(50).Find(&rows).Error; err != nil {
			return nil, models.Translate(err)
		}
		if len(rows) == 0 {
			return found, nil
		}
		for _, r := range rows {
			after = r.ID
			if hash := sha256.Sum256(r.Content); hex.EncodeToString(hash[:]) != r.SHA256 {
				found = append(found, "the file of "+Quote{ID: r.ID}.Reference()+" is not what was made")
			}
		}
	}
}

// quotePrice is the row of the price list that a quote was made from.
func quotePrice(ctx context.Context, tx models.DB, id int64) (int64, error) {
	var row quoteRow
	err := tx.SQL(ctx).Select("price_id").Where("id = ?", id).Take(&row).Error
	return row.PriceID, models.Translate(err)
}
