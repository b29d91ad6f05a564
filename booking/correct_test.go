package booking_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/booking/bookingtest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// correct puts another purchase order on the invoice that stands for a booking.
func correct(t *testing.T, db models.DB, office access.Actor, b booking.Booking, number string) (billing.Document, error) {
	t.Helper()
	old, err := booking.StandingInvoice(t.Context(), db, b)
	if err != nil {
		t.Fatal(err)
	}
	return inTx(t, db, func(ctx context.Context, tx models.DB) (billing.Document, error) {
		_, fresh, err := bookingtest.Desk.CorrectInvoice(ctx, tx, office, old.Code, billing.Correction{
			PurchaseOrder: number, Customer: old.Customer, Reason: "Purchase order number corrected",
		})
		return fresh, err
	})
}

// Three places online less 12.5 % are £677.26 (example 12). One is cancelled without a fee: £225.74 (12b). The invoice is corrected: the
// rest, £451.52, is issued anew. The second and the third come off that one with what they were sold at: £225.76 each, and nothing is left.
func TestCorrect_PlacesCancelledAfterwardsComeOffAtWhatTheyWereSoldAt(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		session := schedulingtest.OpenAccess(t, db, schedulingtest.Online(""))
		priya := accesstest.Manager(t, db, "Priya Nair", "priya@irwell.example", irwell)
		office := accesstest.Office(t, db)
		if _, err := inTx(t, db, func(ctx context.Context, tx models.DB) (billing.Agreement, error) {
			return billing.Agree(ctx, tx, office, billing.Agreement{
				OrganisationID: priya.Organisations[0].OrganisationID, Discount: 12500, Reason: "Founding partner", From: tx.Today(), To: tx.Today(),
			})
		}); err != nil {
			t.Fatal(err)
		}
		held, err := heldFor(t, db, priya, session.ID, 3, "IWN-20417", false)
		if err != nil {
			t.Fatal(err)
		}
		b := confirmed(t, db, priya, held)
		for i, want := range []struct{ net, vat, owed models.Pence }{{18812, 3762, 45152}, {18813, 3763, 22576}, {18813, 3763, 0}} {
			done, err := cancel(t, db, office, booking.CancelRequest{BookingID: b.ID, Ordinals: []int{i + 1}, Ground: booking.ByTerms})
			if err != nil || done.Credit != amount(want.net, want.vat) || done.Note.Credits.Code != done.Invoice.Code {
				t.Fatalf("place %d: %+v %v", i+1, done.Credit, err)
			}
			owes(t, db, b, want.owed)
			if i > 0 {
				continue
			}
			fresh, err := correct(t, db, office, b, "IWN-20418")
			if err != nil || fresh.Gross != 45152 || fresh.Outstanding() != 45152 {
				t.Fatalf("the rest is %s: %v", fresh.Gross, err)
			}
			told := sent(t, db, "invoice-corrected")["invoice-corrected "+fresh.Customer.Email]
			if len(told) != 1 || !strings.Contains(told[0].Text, "takes the £451.52 that was left of INV-000001 off") ||
				!strings.Contains(told[0].Text, "less the £225.74 credited before") || !strings.Contains(told[0].Text, "Pay £451.52 by") {
				t.Errorf("%+v", told)
			}
		}
		codes := ""
		for _, d := range documentsOf(t, db, b) {
			codes += " " + d.Code + " " + d.Gross.Plain()
		}
		if want := " INV-000001 677.26 CN-000001 225.74 CN-000002 451.52 INV-000002 451.52 CN-000003 225.76 CN-000004 225.76"; codes != want {
			t.Errorf("%s, want%s", codes, want)
		}
		if _, err := correct(t, db, office, b, "IWN-20419"); models.KindOf(err) != models.KindConflict {
			t.Errorf("nothing is left to correct: %v", err)
		}
		allInOrder(t, db)
	})
}

// correctedBookings is how many bookings are played through on each engine.
const correctedBookings = 15

// A booking of any price and discount, its places cancelled in any order with any fee, its invoice paid now and then and corrected in
// between: every place comes off at its share of the first invoice less what is kept of it, no step is refused while something is left,
// and the booking owes to the penny what was kept and not paid.
func TestCorrect_CancellationsAndCorrectionsInAnyOrder(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		priya := accesstest.Manager(t, db, "Priya Nair", "priya@irwell.example", irwell)
		office := accesstest.Office(t, db)
		day, played := schedulingtest.Day.AddDays(30), 0
		rapid.Check(t, func(rt *rapid.T) {
			if played == correctedBookings {
				return
			}
			day, played = day.AddDays(1), played+1
			s := schedulingtest.OpenAccess(t, db, schedulingtest.OnDay(day))
			n := rapid.IntRange(1, 9).Draw(rt, "places")
			b := soldFor(t, db, priya, s.ID, n, models.Pence(rapid.IntRange(0, 300000).Draw(rt, "price")), models.Percent(rapid.IntRange(0, 100000).Draw(rt, "discount")))
			first, standing, err := booking.InvoicesOf(t.Context(), db, b)
			if err != nil || first != standing {
				rt.Fatalf("%+v and %+v: %v", first, standing, err)
			}
			shares, kept, paid := billing.PlaceShares(first.LineAmounts()[0], n), first.Net+first.VAT, models.Pence(0)
			for step, nth := range rapid.Permutation(upTo(n)).Draw(rt, "order") {
				for i := range rapid.IntRange(0, 2).Draw(rt, "corrections") {
					left := standing.Gross - standing.Credited
					fresh, err := correct(t, db, office, b, fmt.Sprint("IWN-", step, "-", i))
					if left == 0 && models.KindOf(err) != models.KindConflict || left > 0 && (err != nil || fresh.Gross != left) {
						rt.Fatalf("%s is left, %s was issued: %v", left, fresh.Gross, err)
					}
					if left > 0 {
						standing = &fresh
					}
				}
				if open := standing.Outstanding(); open > 0 && rapid.IntRange(0, 3).Draw(rt, "paid") == 0 {
					paid += paysFor(t, db, office, *standing, models.Pence(rapid.IntRange(1, int(open)).Draw(rt, "sum")))
				}
				fee := models.Percent(rapid.SampledFrom([]int{0, 0, 25000, 33333, 50000, 99999, 100000}).Draw(rt, "fee"))
				done, err := cancel(t, db, office, booking.CancelRequest{
					BookingID: b.ID, Ordinals: []int{nth}, Ground: booking.Goodwill, Fee: fee, Reason: "drawn",
				})
				if err != nil {
					rt.Fatal(err)
				}
				want, err := billing.Keep(shares[nth-1], fee, first.Lines[0].Rate)
				if err != nil || done.Credit != want.Credit || done.Kept != want.Kept {
					rt.Fatalf("place %d comes off at %+v, want %+v: %v", nth, done.Credit, want.Credit, err)
				}
				kept -= want.Credit.Gross()
				if _, standing, err = booking.InvoicesOf(t.Context(), db, b); err != nil {
					rt.Fatal(err)
				}
			}
			if owed, err := billing.Balance(t.Context(), db, b.Order()); err != nil || owed != kept-paid || standing.Gross-standing.Credited != kept {
				rt.Fatalf("%s is owed and %s left of %s, %s was kept and %s paid: %v", owed, standing.Gross-standing.Credited, standing.Code, kept, paid, err)
			}
		})
		allInOrder(t, db)
		if found, err := billing.CheckBooks(t.Context(), db); err != nil || len(found) > 0 {
			t.Errorf("books: %v %v", found, err)
		}
	})
}

// soldFor books places on account at a price and discount of the test's own.
func soldFor(t *testing.T, db models.DB, manager access.Actor, session int64, places int, unit models.Pence, discount models.Percent) booking.Booking {
	t.Helper()
	held, err := heldFor(t, db, manager, session, places, "IWN-20417", false)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := inTx(t, db, func(ctx context.Context, tx models.DB) (int64, error) {
		res := tx.SQL(ctx).Exec("UPDATE bookings SET unit_net_pence = ?, discount_thousandths = ?, discount_reason = 'Partner' WHERE id = ?", unit, discount, held.ID)
		return res.RowsAffected, res.Error
	}); err != nil {
		t.Fatal(err)
	}
	return confirmed(t, db, manager, held)
}

// paysFor records a bank transfer for an invoice and returns its sum.
func paysFor(t *testing.T, db models.DB, office access.Actor, doc billing.Document, gross models.Pence) models.Pence {
	t.Helper()
	_, err := inTx(t, db, func(ctx context.Context, tx models.DB) (billing.Document, error) {
		return billing.RecordBankPayment(ctx, tx, office, billing.BankReceipt{
			Code: doc.Code, Gross: gross, On: tx.Today(), RequestKey: fmt.Sprint(doc.Code, " ", doc.Paid),
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return gross
}
