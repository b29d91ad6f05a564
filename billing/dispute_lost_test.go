package billing_test

import (
	"context"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// The bank takes all £820.80 on 23 November, the Hub cancels the three places on 25 November, and the dispute is lost on 27 November:
// on that day the credit note counts, £684.00 and £136.80 VAT, and nobody is asked for anything.
func TestDispute_LostSettlesTheCreditNoteThatWaits(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		page, invoice := s.sold(1)
		dispute := s.disputed(page, 82080, false)
		clock.Advance(48 * time.Hour)
		var note billing.Document
		s.must(inTx(t, db, func(tx models.DB) (err error) {
			if note, err = billing.CreditWhole(t.Context(), tx, s.office, invoice.ID, "the Hub cancelled"); err != nil {
				return err
			}
			return billing.RefundCredit(t.Context(), tx, s.office, note.ID, "form")
		}))
		s.asks("dispute", "credit not sent back")
		clock.Advance(48 * time.Hour)
		lost := models.Date{Year: 2026, Month: 11, Day: 27}
		s.must(s.double.CloseDispute(dispute, false))
		s.hear()
		s.settled(note)
		s.asks()
		s.stands(invoice, 0, 0, 0)
		now := find(t, db, note.Code)
		if want := (billing.Came{How: billing.CameByDispute, Gross: 82080, On: lost}); len(now.Came) != 1 || now.Came[0] != want || now.ToRefund() != 0 {
			t.Errorf("%+v, want %+v", now.Came, want)
		}
		books, err := billing.Reconcile(t.Context(), db, s.office, billing.Period{From: lost, To: lost})
		if err != nil || len(books.Differences) > 0 || books.DayBook != (billing.Amount{Net: -68400, VAT: -13680}) || books.CreditsAfter != 0 {
			t.Errorf("%+v %v", books, err)
		}
		s.wants(map[string]int{"credit_settlements WHERE dispute_id = 1 AND gross_pence = 82080": 1, "refunds": 0})
	})
}

// £500.00 are lost while £547.20 wait: all of it counts, £273.60 and £226.40, and £47.20 are still to be sent.
func TestDispute_LostCountsOnlyForWhatItTook(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		page, invoice := s.sold(1)
		dispute := s.disputed(page, 50000, false)
		first := creditNote(t, db, s.office, placeCredit(invoice))
		second := creditNote(t, db, s.office, placeCredit(invoice))
		s.must(s.double.CloseDispute(dispute, false))
		s.hear()
		var open models.Pence
		for _, n := range []billing.Document{first, second} {
			open += find(t, db, n.Code).ToRefund()
		}
		if open != 4720 {
			t.Errorf("%s left to send, want £47.20", open)
		}
		s.settled(first)
		s.stands(invoice, 27360, 0, -4720)
		s.wants(map[string]int{"disputes d WHERE d.gross_pence = (SELECT SUM(s.gross_pence) FROM credit_settlements s WHERE s.dispute_id = d.id)": 1})
		over := db.SQL(t.Context()).Exec("INSERT INTO credit_settlements (document_id, gross_pence, on_date, dispute_id, created_at) VALUES (?, 1, ?, 1, ?)",
			first.ID, db.Today(), db.Now()).Error
		if over == nil {
			t.Error("a dispute settled a penny more than it took")
		}
	})
}

// £273.60 went back to the card and came back unpaid three weeks later: it waits in one list, not in two, and the credit note says how
// it goes in the end. It has counted for VAT when it went first.
func TestRefund_FailedMoneyStandsInOneList(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		_, invoice := s.sold(1)
		note := s.cameBack(invoice)
		s.came(note, billing.Came{How: billing.CameReturned, Gross: 27360})
		failed, err := billing.FailedRefunds(t.Context(), db, s.office)
		free, err2 := billing.Unallocated(t.Context(), db, s.office)
		if err != nil || err2 != nil || len(failed) != 1 || len(free) != 0 {
			t.Fatalf("failed %+v, unmatched %+v, %v %v", failed, free, err, err2)
		}
		next := s.instead(failed[0].ID)
		s.came(note, billing.Came{How: billing.CameOnItsWay, Gross: 27360})
		if r, err := billing.RefundOf(t.Context(), db, s.office, next); err != nil || r.Counts {
			t.Errorf("it would count for VAT again: %+v %v", r, err)
		}
		s.paidByBank(next)
		s.came(note, billing.Came{How: billing.CameInstead, Gross: 27360, On: db.Today()})
		s.settled(note)
		s.stands(invoice, 54720, 0, 0)
	})
}

// came checks what became of a credit note's money, and that nothing of it is said twice.
func (s *till) came(note billing.Document, want billing.Came) {
	s.Helper()
	now := find(s.T, s.db, note.Code)
	sent, onItsWay, toSend := now.Plainly()
	if len(now.Came) != 1 || now.Came[0] != want || sent+onItsWay+toSend != 0 {
		s.Errorf("%+v, besides %s, %s and %s; want %+v", now.Came, sent, onItsWay, toSend, want)
	}
}

// forOrganisation seats every order that is paid, and invoices an organisation for it.
type forOrganisation struct {
	shelf
	id int64
}

func (o forOrganisation) Paid(ctx context.Context, tx models.DB, p billing.Paid) (billing.Outcome, error) {
	req := order(p.OrderID, 3)
	req.Paid, req.Customer.OrganisationID, req.Customer.Name = &p, &o.id, "Irwell Wellbeing Network"
	_, err := billing.Issue(ctx, tx, access.System(), req)
	return billing.Seated, err
}

// What the office reads about reminders is what they do: they go to an organisation that paid by card, and to nobody else.
// The money went on the day the bank took it, two days before the dispute was lost.
func TestDispute_LostSaysWhetherRemindersGo(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		lose := func(id int64) billing.Document {
			page, invoice := s.sold(id)
			dispute, taken := s.disputed(page, 82080, false), db.Today()
			clock.Advance(48 * time.Hour)
			s.must(s.double.CloseDispute(dispute, false))
			s.hear()
			back, err := billing.TakenBackOf(t.Context(), db, invoice)
			if want := (billing.TakenBack{Gross: 82080, Paid: 82080, On: taken}); err != nil || len(back) != 1 || back[0] != want {
				t.Errorf("%+v %v, want %+v", back, err, want)
			}
			return invoice
		}
		lose(1)
		s.says("Its invoice is unpaid again. No reminder goes to the customer: decide whether to ask for the money in another way, or credit the invoice")
		s.Sellers = billing.Sellers{billing.BookingOrder: forOrganisation{id: irwell(t, db)}}
		invoice := lose(2)
		s.says("Reminders go to Irwell Wellbeing Network once " + invoice.Code + " is overdue, after " + invoice.DueDate.String() + ": decide")
		clock.Set(invoice.DueDate.AddDays(1).At(9, 0))
		s.must(billing.Reminders{BaseURL: "https://hub.example"}.Send(t.Context(), db))
		if got := reminded(t, db); len(got) != 1 || got[0] != "invoice-overdue/"+invoice.Code+"/1" {
			t.Errorf("reminded: %v", got)
		}
	})
}
