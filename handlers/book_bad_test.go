package handlers_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

func TestBook_NumbersOfPlacesThatAreNotSoldAreSaidBesideTheFieldAndKept(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := openShop(t, db, clock)
		b := newBuyer(t, w, schedulingtest.OpenAccess(t, db, schedulingtest.Capacity(6)))
		for typed, want := range map[string]string{
			"0": "Choose at least 1 place", "-3": "Choose at least 1 place", "": "as a number", "two": "as a number", "99999999999999999999": "as a number",
			"10": "Choose 9 places or fewer. 10 to 15 people is your own group", "40": "Choose 9 places or fewer",
			"7": "Only 6 places are left on this date. Choose 6 or fewer, or another date",
		} {
			page := b.hold(typed).Must(http.StatusUnprocessableEntity)
			if got := page.Problem("places"); !strings.Contains(got, want) {
				t.Errorf("%q: beside the field stands %q, want %q", typed, got, want)
			}
			if got := page.Doc.Find("#places").AttrOr("value", "?"); got != typed {
				t.Errorf("%q came back as %q", typed, got)
			}
			if !page.Has(".nhsuk-error-summary a[href='#places']") {
				t.Errorf("%q: the summary does not lead to the field", typed)
			}
		}
		must(t, w, 0, "bookings", "")
	})
}

// A group's price depends on the format: £2,300 online.
func TestBook_TheGroupOfferedInsteadCostsWhatItDoesInTheSessionsFormat(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := openShop(t, db, clock)
		b := newBuyer(t, w, schedulingtest.OpenAccess(t, db, schedulingtest.Online("https://meet.example/1")))
		got := b.hold("12").Must(http.StatusUnprocessableEntity).Problem("places")
		if got != "Choose 9 places or fewer. 10 to 15 people is your own group, £2,300 + VAT" {
			t.Errorf("12 places online: %q", got)
		}
	})
}

func TestBook_PastAndSoldOutSessionsCannotBeBooked(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := openShop(t, db, clock)
		full := newBuyer(t, w, schedulingtest.OpenAccess(t, db, schedulingtest.Capacity(1)))
		late := newBuyer(t, w, full.session)
		form := late.Get(late.bookURL()).Must(http.StatusOK)
		full.toPeople("1")
		sold := late.Submit(form, mainForm, map[string]string{"places": "1"}).Must(http.StatusUnprocessableEntity)
		if got := sold.Problem("places"); got != "This session is full. Look at the other dates" {
			t.Errorf("a full session says %q", got)
		}
		late.Open(late.bookURL()).Must(http.StatusOK).Shows("main", "Every place on this session is taken.")

		past := newBuyer(t, w, schedulingtest.OpenAccess(t, db, schedulingtest.OnDay(schedulingtest.Day.AddDays(1))))
		form = past.Get(past.bookURL()).Must(http.StatusOK)
		clock.Set(schedulingtest.Day.AddDays(1).At(9, 30))
		gone := past.Submit(form, mainForm, map[string]string{"places": "1"}).Must(http.StatusGone)
		gone.Shows("main", "This session has already started. Choose another date.")
		past.Open(past.bookURL()).Must(http.StatusOK).Shows("main", "This session has started or is over.")
		must(t, w, 1, "bookings", "")
	})
}

func TestBook_TheStepperKeepsWhatWasTypedAndStopsWhereTheRoomEnds(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := openShop(t, db, clock)
		b := newBuyer(t, w, schedulingtest.OpenAccess(t, db, schedulingtest.Capacity(3)))
		page, _ := b.toPeople("2")
		page.Shows(".ssph-stepper", "1 more free on this date")
		tom := map[string]string{"person-1-name": "Tom Ashworth", "person-1-email": "tom@practice.example", "do": "more"}
		page = b.Submit(page, mainForm, tom).Must(http.StatusOK)
		for range 2 { // the second is one more than there is, and loses nothing
			if got := page.Doc.Find("#person-1-name").AttrOr("value", ""); got != "Tom Ashworth" || !page.Has("#person-3-email") {
				t.Errorf("the page has lost the person or has not three of them: %q", got)
			}
			page = b.Submit(page, mainForm, map[string]string{"do": "more"})
		}
		if got := page.Must(http.StatusUnprocessableEntity).Problem("places"); !strings.Contains(got, "Only 3 places are left") {
			t.Errorf("too many: %q", got)
		}
		page.Shows(".ssph-sum", "£820.80")
		page = b.Submit(page, mainForm, map[string]string{"do": "fewer", "places": "2"}).Must(http.StatusOK)
		page.Shows(".ssph-sum", "£273.60")
		if got := page.Doc.Find("#person-1-name").AttrOr("value", ""); got != "Tom Ashworth" {
			t.Errorf("fewer places lost the first person: %q", got)
		}
		if got := b.Submit(page, mainForm, map[string]string{"do": "fewer"}).Must(http.StatusUnprocessableEntity).Problem("places"); got == "" {
			t.Error("no places at all are accepted")
		}
	})
}

func TestBook_PeopleTypedWronglyStandWithTheirSentences(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := openShop(t, db, clock)
		session := schedulingtest.OpenAccess(t, db)
		other := newBuyer(t, w, session)
		other.toCheck("1", individual()) // Tom Ashworth has a place through another booking
		b := newBuyer(t, w, session)
		page, _ := b.toPeople("4")
		wrong := b.Submit(page, mainForm, map[string]string{
			"do": "continue", "person-1-name": "Tom Ashworth", "person-1-email": "Tom.Ashworth@practice.example",
			"person-2-name": "Grace Okafor", "person-2-email": "grace.practice.example",
			"person-3-name": "Ann", "person-3-email": "ann@practice.example", "person-4-name": "Ann Two", "person-4-email": "ANN@practice.example",
		}).Must(http.StatusUnprocessableEntity)
		for field, want := range map[string]string{
			"person-1-email": "Tom Ashworth already has a place on this session", "person-2-email": "Grace Okafor’s email",
			"person-4-email": "Person 3 has the same email. Each person needs their own",
		} {
			if got := strings.ReplaceAll(wrong.Problem(field), "'", "’"); !strings.Contains(got, want) {
				t.Errorf("%s: %q, want %q", field, got, want)
			}
		}
		wrong.Shows("main", "What you typed is kept.")
		if got := wrong.Doc.Find("#person-2-email").AttrOr("value", ""); got != "grace.practice.example" {
			t.Errorf("what was typed came back as %q", got)
		}
		empty := b.Submit(page, mainForm, map[string]string{"do": "continue", "person-1-later": "yes"}).Must(http.StatusUnprocessableEntity)
		if empty.Problem("person-1-name") != "" || empty.Problem("person-2-name") != "Tell us who person 2 is, or name them later" {
			t.Errorf("nobody named: %q, %q", empty.Problem("person-1-name"), empty.Problem("person-2-name"))
		}
		must(t, w, 0, "places", "booking_id = 2 AND email <> ''")
	})
}

func TestBook_DetailsThatAreMissingOrAbroadAreAskedForBesideTheirFields(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := openShop(t, db, clock)
		b := newBuyer(t, w, schedulingtest.OpenAccess(t, db))
		page, ref := b.toPeople("1")
		form := b.Follow(b.Submit(page, mainForm, map[string]string{"do": "continue", "person-1-later": "yes"}))
		wrong := b.Submit(form, mainForm, map[string]string{"payer": "organisation", "name": "Priya Nair", "email": "priya", "postcode": "M5", "country": "other"})
		wrong.Must(http.StatusUnprocessableEntity)
		for _, field := range []string{"email", "organisation", "line1", "town", "postcode", "country"} {
			if wrong.Problem(field) == "" {
				t.Errorf("nothing is said beside %s", field)
			}
		}
		if got := wrong.Problem("country"); got != "We need to send you a quote, because your billing address is outside the UK" {
			t.Errorf("abroad: %q", got)
		}
		if got := wrong.Doc.Find("#name").AttrOr("value", ""); got != "Priya Nair" || wrong.Doc.Find("#postcode").AttrOr("value", "") != "M5" {
			t.Error("what was typed is lost")
		}
		b.Get("/bookings/" + ref + "/check").Must(http.StatusSeeOther) // and nobody gets past it
		must(t, w, 0, "bookings", "booker_email <> ''")
	})
}

func TestBook_AnEndedHoldKeepsWhatWasTypedAndIsHeldAgain(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := openShop(t, db, clock)
		b := newBuyer(t, w, schedulingtest.OpenAccess(t, db, schedulingtest.Capacity(3)))
		page, ref := b.toPeople("2")
		clock.Advance(31 * time.Minute)
		ended := b.Submit(page, mainForm, map[string]string{
			"do": "continue", "person-1-name": "Tom Ashworth", "person-1-email": "tom@practice.example", "person-2-later": "yes",
		}).Must(http.StatusGone)
		ended.Shows("main", "We could hold your places only until 9:30am. What you typed is kept. See if they are still free.")
		b.Get("/bookings/" + ref).Must(http.StatusGone)
		again := b.Follow(b.Submit(ended, "main form", nil)).Must(http.StatusOK)
		if again.Doc.Find("#person-1-name").AttrOr("value", "") != "Tom Ashworth" || !again.Has("#person-2-later[checked]") {
			t.Errorf("what was typed is lost: %s", again.Body)
		}
		again.Shows(".ssph-sum", "until 10:01am")
		check := b.Follow(b.Submit(b.Follow(b.Submit(again, mainForm, map[string]string{"do": "continue"})), mainForm, individual())).Must(http.StatusOK)
		check.Shows("main h1", "Check your booking")

		clock.Advance(31 * time.Minute)
		ended = b.Submit(check, mainForm, map[string]string{"pay": "card"}).Must(http.StatusGone)
		kept := b.Follow(b.Submit(ended, "main form", nil)).Must(http.StatusOK)
		kept.Shows("main h1", "Check your booking")
		kept.Shows("main", "Tom Ashworth")
		must(t, w, 1, "bookings", "status = 'held'")
		must(t, w, 2, "bookings", "status = 'expired'")

		clock.Advance(31 * time.Minute)
		newBuyer(t, w, b.session).toPeople("2")
		ended = b.Submit(kept, mainForm, map[string]string{"pay": "card"}).Must(http.StatusGone)
		full := b.Submit(ended, "main form", nil).Must(http.StatusGone)
		full.Shows("main", "Only 1 place is left on this date.")
		sound(t, w)
	})
}

func TestBook_PayingNeedsAChoiceThatIsOffered(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := openShop(t, db, clock)
		session := schedulingtest.OpenAccess(t, db)
		b := newBuyer(t, w, session)
		noOrder := organised()
		delete(noOrder, "purchase-order")
		check, ref := b.toCheck("2", noOrder)
		for pay, want := range map[string]string{
			"":        "Choose how you want to pay",
			"cheque":  "Choose how you want to pay",
			"invoice": "Enter your purchase order number: we need it to send an invoice",
		} {
			again := b.Submit(check, mainForm, map[string]string{"pay": pay}).Must(http.StatusUnprocessableEntity)
			if got := again.Problem("pay"); got != want {
				t.Errorf("%q: %q, want %q", pay, got, want)
			}
		}
		b.Get("/bookings/" + ref + "/pay").Must(http.StatusSeeOther) // a reload of that page
		alone := newBuyer(t, w, session)
		details := individual()
		check, _ = alone.toCheckUnnamed("1", details)
		forged := alone.Submit(check, mainForm, map[string]string{"pay": "invoice"}).Must(http.StatusUnprocessableEntity)
		if got := forged.Problem("pay"); !strings.Contains(got, "Only organisations can pay by invoice") {
			t.Errorf("an individual's invoice: %q", got)
		}
		must(t, w, 0, "documents", "")
		if n := len(w.Mails()); n != 0 {
			t.Errorf("%d mails", n)
		}
	})
}
