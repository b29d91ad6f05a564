package billing

import (
	"context"
	"errors"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// Gateway is what billing asks of the card processor. Every call goes over the network: never make one inside a transaction.
// Errors wrap one of the sentinels below; a cancelled context also stays visible to errors.Is.
type Gateway interface {
	// OpenCheckout opens a hosted payment page. The idempotency key is "co:" and the attempt, so the same request again, after a
	// timeout or a crash, answers with the page of the first. That answer is the first one's too: Checkout tells the present state.
	OpenCheckout(ctx context.Context, req CheckoutRequest) (Checkout, error)
	// Checkout reads the present state of a payment page.
	Checkout(ctx context.Context, id string) (Checkout, error)
	// ExpireCheckout ends an open payment page. One that is paid or ended already is no error: its present state is returned, and
	// the caller must look at it before releasing anything.
	ExpireCheckout(ctx context.Context, id string) (Checkout, error)
	// Refund pays money back. The idempotency key is "rf:" and the refund's own id, so asking twice within a day pays back once; after
	// that the processor has forgotten the key, and RefundsOf must be asked first. With ErrGatewayShort it may be asked again later.
	Refund(ctx context.Context, req RefundRequest) (Refund, error)
	// RefundByID reads the present state of a refund by the processor's id.
	RefundByID(ctx context.Context, id string) (Refund, error)
	// RefundsOf lists every refund of one payment, oldest first, whoever began it and however it ended. The id is that of the payment
	// intent, or of its charge, which is all that a charge.refunded event names. The amount an event gives is the sum of all refunds
	// so far, so this list is what tells one partial refund from another.
	RefundsOf(ctx context.Context, id string) ([]Refund, error)
	// RefundsSince lists every refund that was begun at that instant or later, oldest first.
	RefundsSince(ctx context.Context, since time.Time) ([]Refund, error)
	// CompletedSince lists every payment page that was completed at that instant or later, and some that were up to a day before, by
	// the time they were opened.
	CompletedSince(ctx context.Context, since time.Time) ([]Checkout, error)
	// EventsSince lists what happened, oldest first. The processor remembers for EventsKept.
	EventsSince(ctx context.Context, q EventQuery) ([]Event, error)
	// DisputeByID reads the present state of a dispute.
	DisputeByID(ctx context.Context, id string) (Dispute, error)
}

// What a gateway call can fail with.
var (
	// ErrGatewayDown means no usable answer: unreachable, too slow or busy. The same request may be tried again.
	ErrGatewayDown = errors.New("the card processor did not answer")
	// ErrGatewayRefused means the processor answered no, and would again: a checkout needs a new attempt, a refund a person.
	ErrGatewayRefused = errors.New("the card processor refused the request")
	// ErrGatewayShort means that our account at the processor holds too little for a refund now: the same may be asked again later.
	ErrGatewayShort = errors.New("the account at the card processor holds too little")
	// ErrNoCheckout means the processor knows no payment page, payment, refund or dispute of that id.
	ErrNoCheckout = errors.New("the card processor knows no such payment")
)

// Bounds the processor sets for a payment page, kept with a margin for its clock: it allows 30 minutes to 24 hours.
const (
	MinCheckoutLife = 35 * time.Minute
	MaxCheckoutLife = 23*time.Hour + 55*time.Minute
	// MinCharge is the smallest card payment; less is not sent to the processor.
	MinCharge models.Pence = 30
)

// CheckoutRequest is one attempt to be paid. All of it is stored with the attempt first: a repeated request must be identical.
type CheckoutRequest struct {
	Attempt     string // our id of the attempt; a new attempt is a new payment page
	Reference   string // the booking's reference
	Description string // without a number, which stands beside it: "Social Prescribing Tool training, 14 January 2027 (price includes VAT at 20%)"
	Quantity    int    // how many the gross is for
	Gross       models.Pence
	Email       string
	SuccessURL  string // where the payer returns; {CHECKOUT_SESSION_ID} in it becomes the page's id
	CancelURL   string
	ExpiresAt   time.Time
	Metadata    map[string]string // kept by the processor; attempt_id is added
}

// CheckoutStatus is the state of a payment page.
type CheckoutStatus string

// The three states. Complete is not yet paid: see Checkout.Paid.
const (
	CheckoutOpen     CheckoutStatus = "open"
	CheckoutComplete CheckoutStatus = "complete"
	CheckoutExpired  CheckoutStatus = "expired"
)

// Checkout is a payment page as the processor knows it now.
type Checkout struct {
	ID            string
	URL           string // where to send the payer; only while open
	Status        CheckoutStatus
	Paid          bool   // the money is there
	PaymentStatus string // the processor's word: paid, unpaid, no_payment_required
	AmountTotal   models.Pence
	Currency      string // gbp, or a reason not to seat anybody
	PaymentIntent string // what a refund names; empty until somebody tried to pay
	Charge        string
	ChargedAt     time.Time // when the card was charged: the tax point; zero until then
	ExpiresAt     time.Time
	Metadata      map[string]string
	Reference     string // the booking's reference, as sent
	Livemode      bool   // real money
}
