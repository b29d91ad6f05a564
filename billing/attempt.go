package billing

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// AttemptStatus is how far one try at paying by card has come.
type AttemptStatus string

// The states of an attempt.
const (
	AttemptCreated    AttemptStatus = "created"    // written down, the payment page not yet opened
	AttemptOpen       AttemptStatus = "open"       // the payment page is open
	AttemptProcessing AttemptStatus = "processing" // finished by the customer, the money not yet certain
	AttemptPaid       AttemptStatus = "paid"
	AttemptFailed     AttemptStatus = "failed"
	AttemptExpired    AttemptStatus = "expired"
)

// attemptMoves is every change of state there is. Paid is the end: an older event never takes it back.
var attemptMoves = map[AttemptStatus][]AttemptStatus{
	AttemptCreated:    {AttemptOpen, AttemptProcessing, AttemptPaid, AttemptExpired},
	AttemptOpen:       {AttemptProcessing, AttemptPaid, AttemptExpired},
	AttemptProcessing: {AttemptPaid, AttemptFailed, AttemptExpired},
	AttemptFailed:     {AttemptPaid},
	AttemptExpired:    {AttemptPaid}, // money that comes late has still come
}

// CanBecome says whether an attempt in state s may go over to state to.
func (s AttemptStatus) CanBecome(to AttemptStatus) bool {
	for _, allowed := range attemptMoves[s] {
		if allowed == to {
			return true
		}
	}
	return false
}

// Attempt is one try at paying for an order by card.
type Attempt struct {
	ID        int64
	Order     Order
	Status    AttemptStatus
	Gross     models.Pence
	URL       string // of the payment page, once it is open
	ExpiresAt time.Time
}

// AttemptRequest says what is to be paid, and where the customer goes afterwards.
type AttemptRequest struct {
	Order       Order
	Reference   string // the order's reference, on the payment page and in our records at the processor
	Description string // what is bought: "3 places, face to face, 14 January 2027 (price includes VAT)"
	Quantity    int
	Gross       models.Pence
	Email       string
	SuccessURL  string
	CancelURL   string
	ExpiresAt   time.Time
}

// ErrVATChanges says that VAT would not be the same at the end of a payment page as when it was opened: the tax point of a card payment
// is the day on which it is paid, and what is asked must be what is invoiced.
var ErrVATChanges = errors.New("VAT changes before the payment page ends")

// StartAttempt writes down that the customer is about to pay, before anything is asked of the processor, so that a crash in
// between leaves a row that a retry or the sweep finds. An attempt that is still open for the same sum is returned as it is. It
// runs in the transaction in which the seller extends its hold to ExpiresAt and a margin. It returns ErrVATChanges, and writes nothing,
// when VAT changes before ExpiresAt.
func StartAttempt(ctx context.Context, tx models.DB, req AttemptRequest) (Attempt, error) {
	if err := sameVAT(ctx, tx, tx.Today(), models.DateOf(req.ExpiresAt)); err != nil {
		return Attempt{}, err
	}
	live, err := LiveAttempt(ctx, tx, req.Order)
	if err == nil && live.Gross == req.Gross && live.ExpiresAt.After(tx.Now()) {
		return live, nil
	}
	if err == nil {
		return Attempt{}, models.Fail(models.KindConflict, "An earlier payment page is still closing. Try again in a minute")
	}
	if !errors.Is(err, models.ErrNoRow) {
		return Attempt{}, err
	}
	text, err := json.Marshal(req)
	if err != nil {
		return Attempt{}, fmt.Errorf("payment attempt: %w", err)
	}
	row := attemptRow{
		OrderKind: string(req.Order.Kind), OrderID: req.Order.ID, Status: AttemptCreated, Request: string(text),
		GrossPence: req.Gross, Currency: "gbp", ExpiresAt: models.Instant(req.ExpiresAt), CreatedAt: tx.Now(),
	}
	if err := insertAttempt(ctx, tx, &row); err != nil {
		return Attempt{}, err
	}
	return row.attempt(), nil
}

// sameVAT returns ErrVATChanges when sales are not treated alike on both days.
func sameVAT(ctx context.Context, db models.DB, first, last models.Date) error {
	rates, err := vatRates(ctx, db)
	if err != nil {
		return err
	}
	before, err := rates.At(first)
	if err != nil {
		return err
	}
	after, err := rates.At(last)
	if err == nil && (before.Category != after.Category || before.Rate != after.Rate) {
		err = ErrVATChanges
	}
	return err
}

// checkoutRequest is what the processor is asked, rebuilt from the row so that every retry sends the same.
func (r attemptRow) checkoutRequest() (CheckoutRequest, error) {
	var req AttemptRequest
	if err := json.Unmarshal([]byte(r.Request), &req); err != nil {
		return CheckoutRequest{}, fmt.Errorf("payment attempt %d: %w", r.ID, err)
	}
	return CheckoutRequest{
		Attempt: strconv.FormatInt(r.ID, 10), Reference: req.Reference, Description: req.Description, Quantity: req.Quantity,
		Gross: req.Gross, Email: req.Email, SuccessURL: req.SuccessURL, CancelURL: req.CancelURL, ExpiresAt: r.ExpiresAt,
	}, nil
}
