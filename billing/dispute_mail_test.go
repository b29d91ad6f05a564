package billing_test

import (
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// letters are the mails about disputes, the oldest first.
func (s *till) letters() (all []struct{ RecipientEmail, Subject, BodyText string }) {
	s.Helper()
	s.must(s.db.SQL(s.Context()).Raw("SELECT recipient_email, subject, body_text FROM mails WHERE kind = 'dispute' ORDER BY id").Scan(&all).Error)
	return all
}

// The Hub reads of a dispute at its own address when it is opened and when it is lost, once each, with what is to do; the customer is not
// written to. Of one that is won, and of money that comes back, its tasks tell.
func TestDispute_TheHubIsToldByMail(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		page, _ := s.sold(1)
		dispute := s.lost(page, 82080)
		s.givenBack(dispute)
		other, _ := s.sold(2)
		s.must(s.double.CloseDispute(s.disputed(other, 10000, false), true))
		s.hear()
		got := s.letters()
		for i, want := range []struct{ subject, text string }{
			{"A cardholder’s bank asks for £820.80 back", "Answer at Stripe by 2 December 2026"},
			{"The dispute about £820.80 is lost", "The cardholder’s bank took £820.80 back for good. Its invoice is unpaid again"},
			{"A cardholder’s bank asks for £100.00 back", "the card payment of £820.80 from 23 November 2026, for INV-000002"},
		} {
			if len(got) != 3 || got[i].Subject != want.subject || !strings.Contains(got[i].BodyText, want.text) || !strings.Contains(got[i].BodyText, "under Money") ||
				got[i].RecipientEmail == "" || strings.Contains(got[i].RecipientEmail, "irwell") {
				t.Fatalf("%d of %+v, want %+v", i, got, want)
			}
		}
		s.wants(map[string]int{"mails": 3})
	})
}

// All that was lost was to go back anyway: the mail says that nothing is to decide.
func TestDispute_TheMailOfALossThatAsksNothing(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		page, invoice := s.sold(1)
		creditNote(t, db, s.office, placeCredit(invoice))
		s.lost(page, 27360)
		got := s.letters()
		if len(got) != 2 || !strings.Contains(got[1].BodyText, "The dispute is lost: the cardholder’s bank keeps the money.") ||
			!strings.Contains(got[1].BodyText, "Nothing is left to decide about it.") {
			t.Errorf("%+v", got)
		}
	})
}
