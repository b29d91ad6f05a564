package booking

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
)

// Quote is a price that the office has put in writing: figures, terms and file are frozen when it is made. It holds no places.
type Quote struct {
	ID             int64
	Route          billing.Route
	Format         billing.Format
	People         int
	SessionID      *int64 // of open-access places on a date; nil when the date is arranged later
	Details        Details
	OrganisationID *int64 // an organisation we know, whose managers see what comes of it; nil when it is only a name
	Unit           models.Pence
	Discount       models.Percent
	DiscountReason string
	LadderID       int64
	Amount         billing.Amount
	Note           string
	ValidUntil     models.Date // its last day
	CreatedAt      time.Time
	Demonstration  bool
	Answer         Answer // empty while nobody has answered
	BookingID      *int64 // what accepting it booked
	AnswerReason   string // why it was withdrawn
	AnsweredAt     time.Time
}

// Answer is what became of a quote.
type Answer string

// The two answers; each quote has one at most.
const (
	Accepted  Answer = "accepted"
	Withdrawn Answer = "withdrawn"
)

// Reference is the quote's number for people: Q-00017.
func (q Quote) Reference() string { return fmt.Sprintf("Q-%05d", q.ID) }

// ParseQuote reads a quote's number as it stands in addresses and letters. Anything else is not found.
func ParseQuote(s string) (int64, error) {
	digits, ok := strings.CutPrefix(strings.ToUpper(strings.TrimSpace(s)), "Q-")
	id, err := strconv.ParseInt(digits, 10, 64)
	if !ok || err != nil || id < 1 || digits[0] == '+' || len(digits) < 5 {
		return 0, noSuchQuote()
	}
	return id, nil
}

func noSuchQuote() *models.Error {
	return models.NotFound("We have no quote at this address. Look for the latest email about it, or ask the Hub")
}

// Over says that nobody answered in time.
func (q Quote) Over(today models.Date) bool { return q.Answer == "" && q.ValidUntil.Before(today) }

// CanAccept says that the quote can be accepted on its page: it is for open-access places on a date, stands, and is not over.
func (q Quote) CanAccept(today models.Date) bool {
	return q.Answer == "" && !q.Over(today) && q.Route == billing.OpenAccess && q.SessionID != nil
}

// open refuses a quote that cannot be accepted any more, or not in this way.
func (q Quote) open(today models.Date) error {
	switch {
	case q.Answer == Withdrawn:
		return models.Fail(models.KindGone, "The Hub has withdrawn this quote. Ask for a new one")
	case q.Over(today):
		return models.Fail(models.KindGone, "This quote was valid until %s. Ask the Hub for a new one", q.ValidUntil)
	case !q.CanAccept(today):
		return models.Fail(models.KindConflict, "Reply to the email this quote came with to accept it")
	}
	return nil
}
