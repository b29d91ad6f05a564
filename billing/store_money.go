package billing

import (
	"time"

	"hub.salford.ac.uk/ssph/models"
)

type attemptRow struct {
	ID          int64
	OrderKind   string
	OrderID     int64
	Status      AttemptStatus
	Request     string // what Stripe is asked, as JSON: a retry sends exactly the same
	GrossPence  models.Pence
	Currency    string
	CheckoutID  *string
	CheckoutURL string `gorm:"column:checkout_url"`
	ExpiresAt   time.Time
	CreatedAt   time.Time
	EndedAt     *time.Time
}

func (attemptRow) TableName() string { return "payment_attempts" }

type paymentRow struct {
	ID            int64
	Method        string
	GrossPence    models.Pence
	ReceivedAt    time.Time
	ReceivedOn    models.Date
	Reference     string
	Note          string
	RequestKey    string
	PaymentIntent *string
	AttemptID     *int64
	OrderKind     *string
	OrderID       *int64
	RecordedBy    *int64
	CreatedAt     time.Time
}

func (paymentRow) TableName() string { return "payments" }

type allocationRow struct {
	ID         int64
	PaymentID  int64
	DocumentID int64
	GrossPence models.Pence
	CreatedAt  time.Time
}

func (allocationRow) TableName() string { return "allocations" }

type refundRow struct {
	ID             int64
	PaymentID      int64
	Method         string // card or bank
	GrossPence     models.Pence
	Cause          RefundCause `gorm:"column:reason"`
	RequestKey     string
	CreditID       *int64 // the credit note that it pays out
	ReplacesID     *int64 // the failed refund that this one stands for
	Status         RefundState
	StripeRefundID *string
	Failure        string
	BankReference  string
	RequestedBy    *int64
	CreatedAt      time.Time
	EndedAt        *time.Time
}

func (refundRow) TableName() string { return "refunds" }

type ledgerRow struct {
	ID             int64
	At             time.Time
	OnDate         models.Date
	Kind           string
	Pence          models.Pence
	DocumentID     *int64
	PaymentID      *int64
	RefundID       *int64
	DisputeID      *int64
	OrderKind      *string
	OrderID        *int64
	OrganisationID *int64
}

func (ledgerRow) TableName() string { return "ledger_entries" }

type eventRow struct {
	ID         string
	Type       string
	ObjectID   string
	APIVersion string `gorm:"column:api_version"`
	CreatedAt  time.Time
	ReceivedAt time.Time
	Outcome    string
}

func (eventRow) TableName() string { return "stripe_events" }

type taskRow struct {
	ID        int64
	Kind      string
	AboutKind string
	AboutID   int64
	Sentence  string
	CreatedAt time.Time
	DoneAt    *time.Time
	DoneBy    *int64
}

func (taskRow) TableName() string { return "office_tasks" }
