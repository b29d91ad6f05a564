package billing

import (
	"hub.salford.ac.uk/ssph/models"
)

// CreditPartKind says where a part of a credit note's money is.
type CreditPartKind string

// The places where money of a credit note can be when it is issued.
const (
	PartSetOff   CreditPartKind = "set-off"    // taken off what was owed on its invoice
	PartGone     CreditPartKind = "gone"       // went back before, by a refund begun at the processor itself
	PartOnItsWay CreditPartKind = "on-its-way" // is going back by such a refund
	PartSent     CreditPartKind = "sent"       // goes back because of the credit note
	PartMissing  CreditPartKind = "missing"    // is not with us: a person decides
)

// CreditPart is a part of a credit note's money, as it was when the note was issued. All parts sum to the note.
type CreditPart struct {
	Kind   CreditPartKind
	Gross  models.Pence
	Method PaymentMethod // how it goes or went back; empty for what does not
	On     models.Date   // the day it had gone; no day for what had not
}

// creditSource is a payment that was on the credited invoice, with what of it can pay out the credit note.
type creditSource struct {
	paymentID int64
	method    PaymentMethod
	free      models.Pence    // with us, and to be sent back for nothing else
	room      models.Pence    // on no invoice, and not gone for anything that is written down: as much of what went outside can count
	outside   []outsideRefund // the oldest first
	lost      []lostDispute   // the oldest first
	lostRoom  models.Pence    // as room, of what disputes have taken
}

// outsideRefund is a refund that was begun at the processor itself and counts towards no credit note yet, or only in part.
type outsideRefund struct {
	id   int64
	open models.Pence
	on   models.Date // the day it went; no day while it is on its way
}

// lostDispute is a dispute that was lost: its money went to the customer, and no credit note has counted it yet, or only in part.
type lostDispute struct {
	id   int64
	open models.Pence
	on   models.Date // the day it was lost
}

// creditShare is a part of a credit note's money with what pays it.
type creditShare struct {
	CreditPart
	paymentID int64 // of what goes back because of the note
	refundID  int64 // of what was begun elsewhere
	disputeID int64 // of what the cardholder's bank took
}

// splitCredit says where the money of a credit note comes from, in this order: what was owed is set off; refunds begun elsewhere
// count, so that nothing is sent twice; what is still with us is sent; what lost disputes took has gone with them; the rest is with
// nobody. The parts sum to the gross.
func splitCredit(gross, setOff models.Pence, sources []creditSource) []creditShare {
	var shares []creditShare
	left := gross
	take := func(most models.Pence, share creditShare) {
		if share.Gross = min(left, most); share.Gross > 0 {
			shares, left = append(shares, share), left-share.Gross
		}
	}
	take(setOff, creditShare{CreditPart: CreditPart{Kind: PartSetOff}})
	for _, s := range sources {
		room := s.room
		for _, r := range s.outside {
			part := CreditPart{Kind: PartGone, Method: ByCard, On: r.on}
			if r.on.IsZero() {
				part.Kind = PartOnItsWay
			}
			before := left
			take(min(r.open, room), creditShare{CreditPart: part, refundID: r.id})
			room -= before - left
		}
	}
	for _, s := range sources {
		take(s.free, creditShare{CreditPart: CreditPart{Kind: PartSent, Method: s.method}, paymentID: s.paymentID})
	}
	for _, s := range sources {
		room := s.lostRoom
		for _, d := range s.lost {
			before := left
			take(min(d.open, room), creditShare{CreditPart: CreditPart{Kind: PartGone, Method: ByDispute, On: d.on}, disputeID: d.id})
			room -= before - left
		}
	}
	take(left, creditShare{CreditPart: CreditPart{Kind: PartMissing}})
	return shares
}

// partsOf is what a credit note says of its shares.
func partsOf(shares []creditShare) []CreditPart {
	parts := make([]CreditPart, len(shares))
	for i, share := range shares {
		parts[i] = share.CreditPart
	}
	return parts
}

// takenBack says how much of each payment leaves an invoice on which too much is paid, the latest payment first.
func takenBack(over models.Pence, paid []allocationRow) map[int64]models.Pence {
	parts := map[int64]models.Pence{}
	for i := len(paid) - 1; i >= 0 && over > 0; i-- {
		part := min(over, paid[i].GrossPence)
		parts[paid[i].PaymentID], over = part, over-part
	}
	return parts
}
