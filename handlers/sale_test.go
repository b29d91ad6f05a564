package handlers_test

import (
	"testing"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/handlers/handlerstest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
)

// sold is a booking on account that somebody made without these pages: three places, two of them named, £820.80, invoice and all.
type sold struct {
	booker  access.Actor
	booking booking.Booking
	invoice string // its number
}

// sell books three places on the session for Irwell Wellbeing Network.
func sell(t *testing.T, w *handlerstest.World, session scheduling.Session, email string) sold {
	t.Helper()
	ctx, claim := t.Context(), w.Keys.Claim(access.NewSecret())
	out := sold{booker: accesstest.Person(t, w.DB, "Priya Nair", email)}
	browser := access.Visitor(claim)
	w.InTx(func(tx models.DB) error {
		b, err := booking.Hold(ctx, tx, browser, booking.HoldRequest{SessionID: session.ID, Places: 3, RequestKey: email, ClaimHash: claim})
		if err != nil {
			return err
		}
		_, err = booking.NamePeople(ctx, tx, browser, b.ID, []booking.PersonNamed{
			{Name: "Tom Ashworth", Email: "tom." + email}, {Name: "Grace Okafor", Email: "grace." + email}, {},
		})
		if err != nil {
			return err
		}
		b, err = booking.SetDetails(ctx, tx, browser, b.ID, booking.Organisation, booking.Details{
			Name: "Priya Nair", Email: email, Organisation: "Irwell Wellbeing Network", Line1: "14 Quay Street", Town: "Salford",
			Postcode: "M50 0AA", Country: "GB", PurchaseOrder: "IWN-20417",
		})
		out.booking = b
		return err
	})
	w.InTx(func(tx models.DB) (err error) {
		out.booking, err = w.Desk.ConfirmOnAccount(ctx, tx, out.booker, out.booking.ID, nil)
		return err
	})
	order := out.booking.Order()
	docs, _, err := billing.Documents(ctx, w.DB, access.System().Scope(), billing.DocumentFilter{Order: &order})
	if err != nil || len(docs) != 1 {
		t.Fatalf("%d invoices for a booking on account, %v", len(docs), err)
	}
	out.invoice = docs[0].Code
	return out
}
