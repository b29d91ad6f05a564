package billing

import (
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// RefundReason is why money goes back, in the processor's words.
type RefundReason string

// The reasons in use.
const (
	RefundRequested RefundReason = "requested_by_customer"
	RefundDuplicate RefundReason = "duplicate"
)

// RefundRequest asks for money to go back. The refund is recorded first, under the payment's lock, so that all refunds together
// never exceed what was paid.
type RefundRequest struct {
	ID            string // our id of the refund
	PaymentIntent string
	Amount        models.Pence
	Reason        RefundReason
	Metadata      map[string]string // refund_id is added
}

// RefundStatus is the state of a refund. A succeeded card refund may still fail later.
type RefundStatus string

// The states of a refund.
const (
	RefundPending        RefundStatus = "pending"
	RefundRequiresAction RefundStatus = "requires_action"
	RefundSucceeded      RefundStatus = "succeeded"
	RefundFailed         RefundStatus = "failed"
	RefundCanceled       RefundStatus = "canceled"
)

// Refund is a refund as the processor knows it now.
type Refund struct {
	ID            string
	PaymentIntent string
	Charge        string
	Amount        models.Pence
	Currency      string
	Status        RefundStatus
	FailureReason string // the processor's code, when it failed
	Created       time.Time
	Metadata      map[string]string // refund_id is ours; without it somebody refunded at the processor directly
}

// DisputeStatus is how far a dispute has come: a cardholder's bank asking for the money back.
type DisputeStatus string

// The states of a dispute. Won includes a bank's question that ended without the money being asked back.
const (
	DisputeOpen DisputeStatus = "open"
	DisputeWon  DisputeStatus = "won"
	DisputeLost DisputeStatus = "lost"
)

// Dispute is a dispute as the processor knows it now. It says nothing about the booking: whether a place goes is decided by a person.
type Dispute struct {
	ID             string
	PaymentIntent  string
	Charge         string
	Amount         models.Pence
	Currency       string
	Reason         string // the processor's word: fraudulent, duplicate, product_not_received and so on
	Status         DisputeStatus
	Inquiry        bool      // only a question so far: no money was taken
	FundsWithdrawn bool      // the money is not with us now; false before it was taken and after it came back
	AnswerBy       time.Time // when evidence must be there; zero when none can be given
	Created        time.Time
	Livemode       bool // real money
}

// EventsKept is how long the processor remembers its events.
const EventsKept = 30 * 24 * time.Hour

// EventQuery chooses among the processor's events.
type EventQuery struct {
	Since  time.Time // created then or later
	Before time.Time // created before then; zero: no end
	Missed bool      // only those that no webhook has delivered, not even at a later try
}
