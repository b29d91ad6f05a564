package billing

import (
	"context"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// OrderKind names what money is paid for.
type OrderKind string

// BookingOrder is a booking of places; its order id is the booking's id.
const BookingOrder OrderKind = "booking"

// Order points at what money is paid for.
type Order struct {
	Kind OrderKind
	ID   int64
}

// Paid tells a seller that the whole price of an order has come by card.
type Paid struct {
	OrderID   int64
	PaymentID int64
	Gross     models.Pence
	At        time.Time // when the card was charged
	Opened    time.Time // when the payment page was opened: the day on which the price was worked out
}

// Outcome is a seller's answer to money that has come.
type Outcome string

// What a seller may answer. It never fails for lack of room: the money has already moved.
const (
	Seated      Outcome = "seated"       // the order stands, its invoice is issued
	NoRoom      Outcome = "no room"      // the payment came too late: it goes back at once
	AlreadyPaid Outcome = "already paid" // the order was paid before: this second payment goes back
	Unclear     Outcome = "unclear"      // the figures do not agree: the office decides
)

// Settled is whatever sells by card. Settle calls it inside the settling transaction.
type Settled interface {
	// Lock takes the order's locks, session before order. It is called before the payment is touched.
	Lock(ctx context.Context, tx models.DB, orderID int64) error
	// Paid seats the order, issues its invoice and tells its people, or says why not.
	Paid(ctx context.Context, tx models.DB, p Paid) (Outcome, error)
}

// Sellers says who sells each kind of order.
type Sellers map[OrderKind]Settled

// Till is the card side of billing: the processor, and whoever sells. cmd makes one.
type Till struct {
	Gateway Gateway
	Sellers Sellers
}
