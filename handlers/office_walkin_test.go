package handlers_test

import (
	"net/http"
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/handlers/handlerstest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// comesIn adds somebody at the door of a session that has begun, and gives the reference of their booking.
func comesIn(t *testing.T, w *handlerstest.World, name, organisation string) string {
	t.Helper()
	session := schedulingtest.OpenAccess(t, w.DB, anHourToday(w))
	w.Clock.Set(session.FirstStart())
	var in booking.WalkedIn
	w.InTx(func(tx models.DB) error {
		s, err := scheduling.Claim(t.Context(), tx, session.ID)
		if err != nil {
			return err
		}
		email := strings.ToLower(strings.ReplaceAll(name, " ", ".")) + "@bury.example"
		in, err = booking.WalkIn(t.Context(), tx, access.System(), s, booking.Came{
			Person: booking.PersonNamed{Name: name, Email: email}, Organisation: organisation, RequestKey: name,
		})
		return err
	})
	return booking.Booking{ID: in.BookingID}.Reference()
}

// paysBury is what the office types about Bury Advice.
func paysBury() map[string]string {
	return map[string]string{
		"payer": "organisation", "name": "Olu Adeyemi", "email": "olu@bury.example", "organisation": "Bury Advice", "line1": "3 Silver Street",
		"town": "Bury", "postcode": "bl9 0ex", "country": "GB", "invoice-email": "accounts@bury.example", "purchase-order": "BA-118", "do": "check",
	}
}

// One place face to face is £228.00, VAT at 20 % £45.60, together £273.60; issued on 23 November it is due 30 days later.
func TestOfficeWalkIn_FromTheTaskToTheInvoiceSeenFirst(t *testing.T) {
	office(t, func(t *testing.T, w *handlerstest.World, b *handlerstest.Browser) {
		ref := comesIn(t, w, "Lena Osei", "Bury Advice")
		today := b.Get("/office").Must(http.StatusOK)
		today.Shows(".ssph-todo", "Lena Osei came without a place, for Bury Advice")
		if today.Has(".ssph-todo form") {
			t.Error("the task can be ticked off without an invoice")
		}
		form := b.Get(today.Doc.Find(".ssph-todo a").AttrOr("href", "")).Must(http.StatusOK)
		form.Shows("h1", "Invoice this walk-in")
		form.Shows("main", "Lena Osei")
		wellFormed(t, form)
		for field, want := range map[string]string{"name": "Lena Osei", "email": "lena.osei@bury.example", "organisation": "Bury Advice"} {
			if got := form.Doc.Find("#"+field).AttrOr("value", ""); got != want {
				t.Errorf("%s is filled in with %q, want %q", field, got, want)
			}
		}
		check := b.Submit(form, "main form", paysBury()).Must(http.StatusOK)
		for _, words := range []string{
			"VAT invoice not issued yet", "Bury Advice", "3 Silver Street", "Bury BL9 0EX", "BA-118", "£228.00", "£45.60", "£273.60", ref,
			"accounts@bury.example", "by 23 December 2026",
		} {
			check.Shows("main", words)
		}
		wellFormed(t, check)
		if _, n, err := billing.Documents(t.Context(), w.DB, access.System().Scope(), billing.DocumentFilter{}); err != nil || n != 0 {
			t.Errorf("%d documents before the button, %v", n, err)
		}
		changed := b.Submit(check, "main form", map[string]string{"do": "change"}).Must(http.StatusOK)
		if changed.Doc.Find("#purchase-order").AttrOr("value", "") != "BA-118" {
			t.Error("what was typed is lost on the way back")
		}
		for _, says := range []string{"is issued for £273.60 and sent to accounts@bury.example.", "This booking is not waiting for an invoice."} { // pressed twice
			done := b.Follow(b.Submit(check, "main form", map[string]string{"do": "issue"}).Must(http.StatusSeeOther)).Must(http.StatusOK)
			done.Shows(".ssph-flash", says)
			done.Shows("main", "The customer owes £273.60.")
			done.Shows("main", "By invoice They came without a place")
			if done.Has("main a[href$='/invoice']") {
				t.Error("it is still offered to be invoiced")
			}
		}
		docs, n, err := billing.Documents(t.Context(), w.DB, access.System().Scope(), billing.DocumentFilter{})
		if err != nil || n != 1 || docs[0].Net != 22800 || docs[0].VAT != 4560 || docs[0].Gross != 27360 || docs[0].PurchaseOrder != "BA-118" {
			t.Errorf("%+v %v", docs, err)
		}
		b.Get("/office").Shows("main", "None are waiting")
	})
}

func TestOfficeWalkIn_MistakesStandBesideTheirFieldsAndNothingIsIssued(t *testing.T) {
	office(t, func(t *testing.T, w *handlerstest.World, b *handlerstest.Browser) {
		ref := comesIn(t, w, "Lena Osei", "")
		url := "/office/bookings/" + ref + "/invoice"
		booked := b.Get("/office/bookings/" + ref).Must(http.StatusOK)
		booked.Shows("main", "To be invoiced")
		if !booked.Has("main a.nhsuk-button[href='" + url + "']") {
			t.Error("the booking does not lead to its invoice")
		}
		for name, mistake := range map[string]struct {
			typed             map[string]string
			field, says, kept string
		}{
			"nothing typed":   {map[string]string{"line1": "", "postcode": ""}, "postcode", "Enter the postcode", "Bury"},
			"nobody pays":     {map[string]string{"payer": ""}, "payer", "Choose who the invoice is for", "Bury"},
			"abroad":          {map[string]string{"country": "other"}, "country", "We need to send you a quote, because your billing address is outside the UK", "Bury"},
			"straight away":   {map[string]string{"do": "issue", "postcode": "M5"}, "postcode", "Enter a full UK postcode, like M5 4WT", "Bury"},
			"no organisation": {map[string]string{"organisation": ""}, "organisation", "Enter the organisation’s name", "Bury"},
		} {
			answer := b.Submit(b.Get(url), "main form", with(paysBury(), mistake.typed)).Must(http.StatusUnprocessableEntity)
			if got := answer.Problem(mistake.field); got != mistake.says {
				t.Errorf("%s: %q beside %s, want %q", name, got, mistake.field, mistake.says)
			}
			if kept := answer.Doc.Find("#town").AttrOr("value", ""); kept != mistake.kept {
				t.Errorf("%s: the town became %q", name, kept)
			}
		}
		if _, n, err := billing.Documents(t.Context(), w.DB, access.System().Scope(), billing.DocumentFilter{}); err != nil || n != 0 {
			t.Errorf("%d documents after mistakes alone, %v", n, err)
		}
	})
}

// A booking that is no walk-in leads back to itself; one that is not there is not found.
func TestOfficeWalkIn_IsForWalkInsAlone(t *testing.T) {
	office(t, func(t *testing.T, w *handlerstest.World, b *handlerstest.Browser) {
		sold := bookFor(t, w, schedulingtest.OpenAccess(t, w.DB).ID, "Amira Haddad")
		url := "/office/bookings/" + sold.Reference()
		if b.Get(url).Has("main a[href='" + url + "/invoice']") {
			t.Error("a booking with its invoice is offered another")
		}
		b.Follow(b.Get(url+"/invoice").Must(http.StatusSeeOther)).Shows(".ssph-flash", "This booking is not waiting for an invoice.")
		b.Get("/office/bookings/BK-99999/invoice").Must(http.StatusNotFound)
	})
}

// Somebody who pays themselves was not "booked by card": their page says how they came.
func TestOfficePerson_SaysWhoCameWithoutAPlace(t *testing.T) {
	office(t, func(t *testing.T, w *handlerstest.World, b *handlerstest.Browser) {
		ref := comesIn(t, w, "Lena Osei", "")
		form := b.Get("/office/bookings/" + ref + "/invoice").Must(http.StatusOK)
		b.Submit(form, "main form", with(paysBury(), map[string]string{"payer": "individual", "do": "issue"})).Must(http.StatusSeeOther)
		booked := b.Get("/office/bookings/" + ref).Must(http.StatusOK)
		booked.Shows("[aria-labelledby=facts-title]", "By invoice They came without a place")
		person := b.Get(booked.Doc.Find("[aria-labelledby=places-title] tbody a").AttrOr("href", "")).Must(http.StatusOK)
		person.Shows(".ssph-chain", "Came without a place, "+ref)
	})
}
