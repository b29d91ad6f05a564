package booking_test

import (
	"context"
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/mail"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

var desk = booking.Desk{BaseURL: "http://ssph.example"}

func inTx[T any](t *testing.T, db models.DB, fn func(ctx context.Context, tx models.DB) (T, error)) (T, error) {
	t.Helper()
	var out T
	err := db.InTx(t.Context(), func(tx models.DB) (err error) {
		out, err = fn(t.Context(), tx)
		return err
	})
	return out, err
}

func details() booking.Details {
	return booking.Details{
		Name: "Priya Nair", Email: "Priya.Nair@irwellwellbeing.example", Organisation: "Irwell Wellbeing Network", Line1: "14 Quay Street",
		Town: "Salford", Postcode: "m50 0aa", Country: "GB", InvoiceEmail: "accounts@irwellwellbeing.example", PurchaseOrder: "IWN-20417",
	}
}

// A booking on account of three places, from hold to invoice: 3 × £228.00 is £684.00, VAT £136.80, together £820.80.
func TestOnAccount_ThreePlacesAreConfirmedAndInvoicedToThePenny(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		session := schedulingtest.OpenAccess(t, db)
		browser := access.Visitor("claim")
		b, err := inTx(t, db, func(ctx context.Context, tx models.DB) (booking.Booking, error) {
			return booking.Hold(ctx, tx, browser, booking.HoldRequest{SessionID: session.ID, Places: 3, RequestKey: "r1", ClaimHash: "claim"})
		})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := inTx(t, db, func(ctx context.Context, tx models.DB) (booking.Booking, error) {
			return booking.NamePeople(ctx, tx, browser, b.ID, []booking.PersonNamed{
				{Name: "Tom Ashworth", Email: "tom.ashworth@irwellwellbeing.example"}, {Name: "Grace Okafor", Email: "grace.okafor@irwellwellbeing.example"}, {},
			})
		}); err != nil {
			t.Fatal(err)
		}
		if _, err := inTx(t, db, func(ctx context.Context, tx models.DB) (booking.Booking, error) {
			return booking.SetDetails(ctx, tx, browser, b.ID, booking.Organisation, details())
		}); err != nil {
			t.Fatal(err)
		}
		priya, err := inTx(t, db, func(ctx context.Context, tx models.DB) (access.Person, error) {
			return access.FindOrCreatePerson(ctx, tx, "Priya Nair", "priya.nair@irwellwellbeing.example")
		})
		if err != nil {
			t.Fatal(err)
		}
		actor, err := access.ActorFor(t.Context(), db, priya.ID)
		if err != nil {
			t.Fatal(err)
		}
		for range 2 { // a second press of the button changes nothing
			if _, err := inTx(t, db, func(ctx context.Context, tx models.DB) (booking.Booking, error) {
				return desk.ConfirmOnAccount(ctx, tx, actor, b.ID, nil)
			}); err != nil {
				t.Fatal(err)
			}
		}
		docs, n, err := billing.Documents(t.Context(), db, access.System().Scope(), billing.DocumentFilter{})
		if err != nil || n != 1 {
			t.Fatalf("%d documents, %v", n, err)
		}
		doc := docs[0]
		if doc.Code != "INV-000001" || doc.Net != 68400 || doc.VAT != 13680 || doc.Gross != 82080 || doc.PurchaseOrder != "IWN-20417" {
			t.Errorf("%+v", doc)
		}
		if want := (models.Date{Year: 2026, Month: 12, Day: 23}); doc.DueDate != want {
			t.Errorf("due %s, want 30 days after 23 November: %s", doc.DueDate, want)
		}
		mails, _, err := mail.List(t.Context(), db, mail.Filter{})
		if err != nil {
			t.Fatal(err)
		}
		to := map[string]string{}
		for _, m := range mails {
			to[m.Kind+" "+m.ToEmail] = m.Subject
		}
		for _, want := range []string{
			"booking-confirmed priya.nair@irwellwellbeing.example", "invoice accounts@irwellwellbeing.example",
			"place-invitation tom.ashworth@irwellwellbeing.example", "place-invitation grace.okafor@irwellwellbeing.example",
		} {
			if to[want] == "" {
				t.Errorf("no mail %q among %v", want, to)
			}
		}
		if len(to) != 4 {
			t.Errorf("mails: %v", to)
		}
		for name, check := range map[string]func(context.Context, models.DB) ([]string, error){
			"capacity": booking.CheckCapacity, "places": booking.CheckPlaces, "series": billing.CheckSeries, "ledger": billing.CheckLedger, "files": billing.CheckFiles,
		} {
			if found, err := check(t.Context(), db); err != nil || len(found) > 0 {
				t.Errorf("%s: %s %v", name, strings.Join(found, "; "), err)
			}
		}
	})
}
