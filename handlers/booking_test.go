package handlers_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

func TestBooking_ItsBookerSeesPlacesInvoiceAndHowToPay(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := openShop(t, db, clock)
		sale := sell(t, w, schedulingtest.OpenAccess(t, db), "priya@network.example")
		b, url := w.SignedIn(sale.booker), "/bookings/"+sale.booking.Reference()
		b.Get(url).Must(http.StatusOK).Shows("main h1", "Your 3 places are booked")
		clock.Advance(2 * time.Hour)
		page := b.Get(url).Must(http.StatusOK)
		for _, words := range []string{
			"3 places, Thursday 14 January 2027", "Pay £820.80 by 23 December 2026", "Give " + sale.invoice + " as the reference", "Grace Okafor",
			"No name yet", "Name everyone by Thursday 7 January 2027", "Due 23 December 2026", "Purchase order IWN-20417",
			"do not pay into this account",
		} {
			page.Shows("main", words)
		}
		clock.Set(models.Date{Year: 2026, Month: 12, Day: 24}.At(9, 0))
		w.SignedIn(sale.booker).Get(url).Must(http.StatusOK).Shows(".ssph-tag--stop", "Overdue")
	})
}

func TestBooking_StrangersAndMalformedNumbersAreNotFoundAlike(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := openShop(t, db, clock)
		sale := sell(t, w, schedulingtest.OpenAccess(t, db), "priya@network.example")
		visitor, stranger := w.Browser(), w.SignedIn(accesstest.Person(t, db, "Someone", "someone@elsewhere.example"))
		there := "/bookings/" + sale.booking.Reference()
		for _, path := range []string{there, "/bookings/BK-99999", "/bookings/1", "/bookings/BK-x", "/bookings/BK-+0001"} {
			a, b := visitor.Get(path).Must(http.StatusNotFound), stranger.Get(path).Must(http.StatusNotFound)
			if a.Text("main h1") != "Sign in to see this booking" || strings.Contains(a.Body+b.Body, "Priya") {
				t.Errorf("%s tells more than it should: %s", path, a.Text("main"))
			}
		}
	})
}

func TestPlace_IsNamedAndSwappedUntilTheSessionStarts(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := openShop(t, db, clock)
		sale := sell(t, w, schedulingtest.OpenAccess(t, db), "priya@network.example")
		b, url := w.SignedIn(sale.booker), "/bookings/"+sale.booking.Reference()
		form := b.Get(url + "/places/3").Must(http.StatusOK)
		form.Shows("main h1", "Who is coming?")
		for typed, want := range map[[2]string]string{
			{"", ""}: "Enter", {"Sam Lowe", "sam"}: "missing the @", {"Tom Again", "tom.priya@network.example"}: "already has place 1 of this booking",
		} {
			wrong := b.Submit(form, "main form", map[string]string{"name": typed[0], "email": typed[1]}).Must(http.StatusUnprocessableEntity)
			if got := wrong.Problem("name") + wrong.Problem("email"); !strings.Contains(got, want) {
				t.Errorf("%v: %q, want %q", typed, got, want)
			}
			if wrong.Doc.Find("#email").AttrOr("value", "") != typed[1] {
				t.Errorf("%v is not kept", typed)
			}
		}
		named := b.Follow(b.Submit(form, "main form", map[string]string{"name": "Sam Lowe", "email": "Sam@network.example"})).Must(http.StatusOK)
		named.Shows(".ssph-flash", "Sam Lowe has the place now.")
		swap := b.Get(url + "/places/1").Must(http.StatusOK)
		swap.Shows("main h1", "Who takes Tom Ashworth’s place?")
		swapped := b.Follow(b.Submit(swap, "main form", map[string]string{"name": "Ola Berg", "email": "ola@network.example"})).Must(http.StatusOK)
		swapped.Shows(".ssph-flash", "Ola Berg has Tom Ashworth’s place now.")
		if withdrawn := letters(w, "place-withdrawn"); len(withdrawn) != 1 || withdrawn[0].ToEmail != "tom.priya@network.example" {
			t.Errorf("withdrawn: %+v", withdrawn)
		}
		b.Get(url + "/places/4").Must(http.StatusNotFound)
		clock.Set(schedulingtest.Day.At(9, 30))
		b = w.SignedIn(sale.booker)
		b.Get(url+"/places/2").Must(http.StatusGone).Shows("main", "The session has started, so the name can no longer change.")
		if b.Get(url).Must(http.StatusOK).Has("a[href$='/places/2']") {
			t.Error("a started session still offers to swap")
		}
	})
}

func TestAccount_ShowsOwnPlacesAndTheLinkOfTheCallToNobodyElse(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := openShop(t, db, clock)
		session := schedulingtest.OpenAccess(t, db, schedulingtest.Online("https://call.example/room-7"))
		sale := sell(t, w, session, "priya@network.example")
		tom := w.SignedIn(accesstest.Person(t, db, "Tom Ashworth", "tom.priya@network.example"))
		page := tom.Get("/account").Must(http.StatusOK)
		page.Shows("main", "Thursday 14 January 2027")
		if page.Doc.Find("a[href='https://call.example/room-7']").Length() != 1 {
			t.Error("the person with the place has no link to the call")
		}
		for _, words := range []string{"£", "Grace", sale.booking.Reference()} {
			if strings.Contains(page.Text("main"), words) {
				t.Errorf("a delegate sees %q", words)
			}
		}
		for _, path := range []string{sessionPath(session), "/sessions", "/"} {
			if strings.Contains(w.Browser().Get(path).Body, "call.example") {
				t.Errorf("%s gives the link away", path)
			}
		}
		if strings.Contains(w.SignedIn(sale.booker).Get("/bookings/"+sale.booking.Reference()).Body, "call.example") {
			t.Error("the booker, who has no place, sees the link")
		}
	})
}

func TestOrganisation_SomebodyWithSeveralChoosesAndSeesOnlyTheirOwn(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := openShop(t, db, clock)
		sale := sell(t, w, schedulingtest.OpenAccess(t, db), "priya@network.example")
		accesstest.Manager(t, db, "Priya Nair", "priya@network.example", "Quays Primary Care")
		b := w.SignedIn(accesstest.Actor(t, db, sale.booker.PersonID))
		choice := b.Get("/organisation").Must(http.StatusOK)
		choice.Shows("main h1", "Which organisation?")
		for name, bought := range map[string]string{"Irwell Wellbeing Network": "Bought 3", "Quays Primary Care": "Bought 0"} {
			link := choice.Doc.Find("main a").FilterFunction(func(_ int, s *goquery.Selection) bool { return s.Text() == name })
			page := b.Get(link.AttrOr("href", "")).Must(http.StatusOK)
			page.Shows("main h1", name)
			page.Shows(".ssph-funnel", bought)
		}
		other := w.SignedIn(accesstest.Manager(t, db, "Other", "other@elsewhere.example", "Elsewhere Care"))
		other.Get("/organisation/1").Must(http.StatusNotFound)
		other.Get("/organisation").Must(http.StatusOK).Shows("main", "Nothing to do at the moment.")
		other.Get("/organisation/invoices").Must(http.StatusOK).Shows("main", "No invoices yet.")
	})
}
