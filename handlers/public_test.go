package handlers_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

func TestHome_ShowsThePricesAndTheNextThreeDates(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := openShop(t, db, clock)
		w.Browser().Get("/").Must(http.StatusOK).Shows("main", "No open dates yet.")
		for day := range 4 {
			schedulingtest.OpenAccess(t, db, schedulingtest.OnDay(schedulingtest.Day.AddDays(7*day)))
		}
		home := w.Browser().Get("/").Must(http.StatusOK)
		for _, words := range []string{"£228", "£215", "£2,440", "£2,300", "We add VAT at 20%", "All 4 dates", "15 places left", "£273.60 a person"} {
			home.Shows("main", words)
		}
		if n := home.Doc.Find(".ssph-session").Length(); n != 3 {
			t.Errorf("%d dates, want 3", n)
		}
		home.Shows(".ssph-hero", "This training programme is accredited by the Personalised Care Institute (PCI).")
		clock.Set(models.Date{Year: 2027, Month: 9, Day: 1}.At(9, 0)) // the record ends on 31 August 2027
		if later := w.Browser().Get("/"); strings.Contains(later.Text("main"), "accredited") {
			t.Error("the statement stands outside the dates of the accreditation")
		}
	})
}

func TestPlainPublicPages_AreThereForEverybody(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		b := openShop(t, db, clock).Browser()
		b.Get("/course").Must(http.StatusOK).Shows("main", "Shared decision making")
		b.Get("/tool").Must(http.StatusOK).Shows("main", "Kielhofner")
	})
}

// The figures of the Hub's price list: 12 people are one group, £2,440 and VAT £488.00; as open places £2,736 and VAT £547.20.
func TestPrices_CompareBothRoutesToThePenny(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		b := openShop(t, db, clock).Browser()
		twelve := b.Get("/prices?people=12&format=face-to-face").Must(http.StatusOK)
		right := ".ssph-panel--right"
		for _, words := range []string{"Your own group", "Right for 12 people", "£2,440 + VAT for the group", "£488.00", "£2,928.00", "£203.33 a person"} {
			twelve.Shows(right, words)
		}
		for _, words := range []string{"12 places at £228.00", "£547.20", "£3,283.20", "That is £355.20 more."} {
			twelve.Shows(".ssph-panel--pale", words)
		}
		if got := twelve.Doc.Find(right+" a").AttrOr("href", ""); got != "/contact?format=face-to-face&people=12" {
			t.Errorf("a group leads to %q", got)
		}
		three := b.Get("/prices?people=3&format=online").Must(http.StatusOK)
		three.Shows(right, "£645.00 VAT at 20% £129.00 To pay £774.00")
		if got := three.Doc.Find(right+" a").AttrOr("href", ""); got != "/sessions?format=online&people=3" {
			t.Errorf("three people lead to %q", got)
		}
		many := b.Get("/prices?people=16").Must(http.StatusOK)
		many.Shows(right, "16 people are more than one group")
		if got := many.Doc.Find(right+" a").AttrOr("href", ""); !strings.HasPrefix(got, "/contact?people=16") {
			t.Errorf("16 people lead to %q", got)
		}
		if plain := b.Get("/prices").Must(http.StatusOK); plain.Has(".ssph-route") || !plain.Has("table") {
			t.Error("without a number there are panels, or no table")
		}
	})
}

func TestPrices_NonsenseIsSaidBesideTheFieldAndKept(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		b := openShop(t, db, clock).Browser()
		for _, typed := range []string{"0", "-1", "twelve", "1.5", "999999999999", "12 people"} {
			page := b.Get("/prices?" + url.Values{"people": {typed}, "format": {"online"}}.Encode()).Must(http.StatusUnprocessableEntity)
			if got := page.Problem("people"); got != "Enter how many people as a number, like 12" {
				t.Errorf("%q: %q", typed, got)
			}
			if page.Doc.Find("#people").AttrOr("value", "") != typed || !page.Has("input[value=online][checked]") {
				t.Errorf("%q is not kept", typed)
			}
		}
		if got := b.Get("/prices?people=3&format=by-post").Must(http.StatusUnprocessableEntity).Problem("format"); got == "" {
			t.Error("a format that does not exist is accepted")
		}
	})
}

func TestSessions_AreNarrowedByTheAddressAlone(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := openShop(t, db, clock)
		day := schedulingtest.Day
		schedulingtest.OpenAccess(t, db, schedulingtest.OnDay(day))
		small := schedulingtest.OpenAccess(t, db, schedulingtest.OnDay(day.AddDays(28)), schedulingtest.Capacity(2))
		schedulingtest.OpenAccess(t, db, schedulingtest.Online(""), schedulingtest.With("Rowan"), schedulingtest.InParts(
			schedulingtest.Part(day.AddDays(12), "9:30am", "1pm"), schedulingtest.Part(day.AddDays(13), "9:30am", "1pm")))
		b := w.Browser()
		for query, want := range map[string]int{
			"": 3, "format=online": 1, "format=face-to-face": 2, "format=face-to-face&format=online": 3, "month=2027-02": 1, "town=Salford": 2,
			"town=Nowhere": 0, "people=3": 2, "places=3": 2, "people=2": 3, "length=one-day": 2, "length=several-days": 1,
			"access=step-free&format=face-to-face": 2, "access=hearing-loop&format=face-to-face": 0, "page=99": 3, "page=x": 3,
		} {
			page := b.Get("/sessions?" + query).Must(http.StatusOK)
			if got := page.Doc.Find(".ssph-session").Length(); got != want {
				t.Errorf("%q shows %d dates, want %d", query, got, want)
			}
		}
		for query, field := range map[string]string{"people=0": "people", "people=x": "people", "month=soon": "month", "format=post": "format", "length=short": "length", "town=%FF": "town"} {
			if got := b.Get("/sessions?" + query).Must(http.StatusUnprocessableEntity).Problem(field); got == "" {
				t.Errorf("%q is accepted", query)
			}
		}
		many := b.Get("/sessions?people=12").Must(http.StatusUnprocessableEntity)
		if got := many.Problem("people"); got != "Choose 9 places or fewer. 10 to 15 people is your own group, £2,440 + VAT" {
			t.Errorf("12 people: %q", got)
		}
		online := b.Get("/sessions?people=12&format=online").Must(http.StatusUnprocessableEntity)
		if got := online.Problem("people"); got != "Choose 9 places or fewer. 10 to 15 people is your own group, £2,300 + VAT" {
			t.Errorf("12 people online: %q", got)
		}
		newBuyer(t, w, small).toPeople("2")
		full := b.Get("/sessions?month=2027-02").Must(http.StatusOK)
		full.Shows(".ssph-session", "Full")
		b.Get("/sessions?people=1&month=2027-02").Must(http.StatusOK).Shows("main", "No dates with 1 place match what you chose.")
	})
}

// Today is 23 November 2026. For 11 December, 28 days before is 13 November, which is over; for 21 December it is today.
func TestSession_TermsWhoseDaysAreOverAreLeftOut(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		b := openShop(t, db, clock).Browser()
		b.Get("/sessions").Must(http.StatusOK).Shows("main", "There are no dates yet. Tell the Hub which days would suit you.")
		soon := schedulingtest.OpenAccess(t, db, schedulingtest.OnDay(models.Date{Year: 2026, Month: 12, Day: 11}))
		later := schedulingtest.OpenAccess(t, db, schedulingtest.OnDay(models.Date{Year: 2026, Month: 12, Day: 21}))
		page := b.Get("/sessions/" + strconv.FormatInt(soon.ID, 10)).Must(http.StatusOK)
		page.Shows(".ssph-ladder", "14 to 27 November 2026")
		if strings.Contains(page.Text(".ssph-ladder"), "Nothing") {
			t.Errorf("what is over is offered: %s", page.Text(".ssph-ladder"))
		}
		b.Get("/sessions/"+strconv.FormatInt(later.ID, 10)).Shows(".ssph-ladder", "Up to 23 November 2026")
	})
}

func TestSession_EveryAddressSaysWhatIsThere(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := openShop(t, db, clock)
		open := schedulingtest.OpenAccess(t, db)
		draft := schedulingtest.OpenAccess(t, db, schedulingtest.OnDay(schedulingtest.Day.AddDays(1)), schedulingtest.AsDraft())
		later := schedulingtest.OpenAccess(t, db, schedulingtest.OnDay(schedulingtest.Day.AddDays(7)))
		b := w.Browser()
		for _, path := range []string{"/sessions/0", "/sessions/x", "/sessions/999", "/sessions/1%20or%201", sessionPath(draft), sessionPath(draft) + "/book"} {
			b.Get(path).Must(http.StatusNotFound)
		}
		page := b.Get(sessionPath(open)).Must(http.StatusOK)
		for _, words := range []string{
			"Face to face, Salford, 14 January", "Thursday 14 January 2027", "9:30am to 4:30pm, UK time", "£228 + VAT a person", "£273.60 with VAT at 20%",
			"Frederick Road campus", "Salford M6 6PU", "Up to 9 places.", "18 to 31 December 2026 50% £136.80",
		} {
			page.Shows("main", words)
		}
		w.InTx(func(tx models.DB) error {
			return tx.SQL(t.Context()).Exec("UPDATE sessions SET status = 'cancelled' WHERE id = ?", later.ID).Error
		})
		gone := b.Get(sessionPath(later)).Must(http.StatusOK)
		gone.Shows("main", "This session does not take place.")
		gone.Shows("main", "Other dates")
		clock.Set(schedulingtest.Day.At(9, 30))
		past := b.Get(sessionPath(open)).Must(http.StatusOK)
		past.Shows("main", "This session has started or is over.")
		if past.Has("a[href$='/book']") {
			t.Error("a session that has started can be booked")
		}
	})
}
