package booking

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
)

// Buyer says whether somebody books for themselves or for an organisation.
type Buyer string

// The two kinds of buyer; empty until it is known.
const (
	Individual   Buyer = "individual"
	Organisation Buyer = "organisation"
)

// Payment is how a booking is paid.
type Payment string

// The two ways; empty until it is chosen.
const (
	ByCard    Payment = "card"
	OnAccount Payment = "account" // by invoice, within the terms
)

// Booking is what one booker orders on one session. Price, discount and cancellation terms are frozen when it is made.
type Booking struct {
	ID        int64
	SessionID int64
	Status    Status
	Unit      models.Pence // net price of one place
	Discount  models.Percent
	// DiscountReason stands on the invoice; empty without a discount.
	DiscountReason string
	LadderID       int64 // its cancellation terms
	Buyer          Buyer
	BookerID       *int64 // set once the booker's e-mail address is proven
	Details        Details
	// OrganisationID is the buying organisation, once the booker is known to act for it.
	OrganisationID *int64
	Payment        Payment
	// PurchaseOrderDue is the day by which a purchase order that is to follow must be here; no day when none is waited for.
	PurchaseOrderDue models.Date
	HoldUntil        time.Time
	CreatedAt        time.Time
	ConfirmedAt      *time.Time
	EndedAt          *time.Time
	Demonstration    bool
	Places           []Place // by ordinal
}

// Place is one person's place on a session.
type Place struct {
	ID       int64
	Ordinal  int // 1 for the first
	Status   PlaceStatus
	Name     string // empty while nobody is named
	Email    string
	PersonID *int64
	NamedAt  *time.Time
	Invites  int // how often its calendar entry has been sent or taken back
}

// Named says that a person has the place.
func (p Place) Named() bool { return p.Email != "" }

// Reference is the booking's number for people: BK-01882.
func (b Booking) Reference() string { return fmt.Sprintf("BK-%05d", b.ID) }

// ParseReference reads a booking's number as it stands in addresses and letters. Anything else is not found: a malformed
// reference and a stranger's get the same answer.
func ParseReference(s string) (int64, error) {
	digits, ok := strings.CutPrefix(strings.ToUpper(strings.TrimSpace(s)), "BK-")
	id, err := strconv.ParseInt(digits, 10, 64)
	if !ok || err != nil || id < 1 || digits[0] == '+' || len(digits) < 5 {
		return 0, noSuchBooking()
	}
	return id, nil
}

func noSuchBooking() *models.Error {
	return models.NotFound("We have no booking with that number that you can see. If it is yours, sign in first")
}

// Order is the booking as billing knows it.
func (b Booking) Order() billing.Order { return billing.Order{Kind: billing.BookingOrder, ID: b.ID} }

// Standing are the places that are not cancelled.
func (b Booking) Standing() []Place {
	var standing []Place
	for _, p := range b.Places {
		if p.Status != PlaceCancelled {
			standing = append(standing, p)
		}
	}
	return standing
}

// Unnamed counts the places that stand and that nobody is named for.
func (b Booking) Unnamed() int {
	n := 0
	for _, p := range b.Standing() {
		if !p.Named() {
			n++
		}
	}
	return n
}

// AwaitsPurchaseOrder says that the places are sold and the invoice waits for the purchase order number.
func (b Booking) AwaitsPurchaseOrder() bool {
	return b.Status == Confirmed && !b.PurchaseOrderDue.IsZero()
}

// Live says that the booking has places: it is confirmed, or held and its hold still runs.
func (b Booking) Live(now time.Time) bool {
	return b.Status == Confirmed || b.Status == Held && now.Before(b.HoldUntil)
}
