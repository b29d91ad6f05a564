package handlers_test

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/handlers"
	"hub.salford.ac.uk/ssph/handlers/handlerstest"
	"hub.salford.ac.uk/ssph/mail"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling"
)

// openShop is a site on which a booking can be made from the first step to the last.
func openShop(t *testing.T, db models.DB, clock *modelstest.Clock) *handlerstest.World {
	t.Helper()
	return handlerstest.Open(t, db, clock, func(o *handlers.Options) {
		desk, till := o.Desk, o.Till
		o.Booking = handlers.BookingLink{
			Adopt: booking.Adopt,
			Describe: func(ctx context.Context, db models.DB, id int64) (string, models.Pence, error) {
				b, err := booking.Find(ctx, db, access.System().Scope(), id)
				if err != nil {
					return "", 0, err
				}
				sum, err := booking.Sum(ctx, db, b, db.Today())
				return "Book " + models.Count(len(b.Places), "place"), sum.Gross, err
			},
			Prepare: func(ctx context.Context, db models.DB, id int64) error {
				_, err := till.CloseCheckout(ctx, db, billing.Order{Kind: billing.BookingOrder, ID: id})
				return err
			},
			Confirm: func(ctx context.Context, tx models.DB, actor access.Actor, link access.Link, shown *models.Pence) (string, error) {
				b, err := desk.ConfirmOnAccount(ctx, tx, actor, *link.BookingID, shown)
				return "/bookings/" + b.Reference(), err
			},
		}
	})
}

// buyer is somebody who books on a session in a browser.
type buyer struct {
	*handlerstest.Browser
	t       *testing.T
	w       *handlerstest.World
	session scheduling.Session
}

func newBuyer(t *testing.T, w *handlerstest.World, session scheduling.Session) *buyer {
	t.Helper()
	return &buyer{Browser: w.Browser(), t: t, w: w, session: session}
}

func (b *buyer) bookURL() string { return sessionPath(b.session) + "/book" }

// mainForm is the form of a step, beside the one that gives the places up.
const mainForm = "main form:not(.ssph-give-up)"

// hold chooses places and returns the answer.
func (b *buyer) hold(places string) *handlerstest.Page {
	b.t.Helper()
	return b.Submit(b.Get(b.bookURL()).Must(http.StatusOK), mainForm, map[string]string{"places": places})
}

// toPeople holds places and opens the step that asks for people; ref is the booking's number.
func (b *buyer) toPeople(places string) (page *handlerstest.Page, ref string) {
	b.t.Helper()
	page = b.Follow(b.hold(places).Must(http.StatusSeeOther)).Must(http.StatusOK)
	return page, reference.FindString(page.Path)
}

var reference = regexp.MustCompile(`BK-\d{5,}`)

// individual and organised are what the third step is told.
func individual() map[string]string {
	return map[string]string{
		"payer": "individual", "name": "Tom Ashworth", "email": "tom.ashworth@practice.example", "line1": "1 Quay Street", "town": "Salford",
		"postcode": "m50 0aa", "country": "GB",
	}
}

func organised() map[string]string {
	return map[string]string{
		"payer": "organisation", "name": "Priya Nair", "email": "priya@network.example", "organisation": "Irwell Wellbeing Network",
		"line1": "14 Quay Street", "town": "Salford", "postcode": "M50 0AA", "country": "GB", "purchase-order": "IWN-20417",
	}
}

// toCheck goes through the steps up to the last; the first place is for Tom Ashworth, the others are named later.
func (b *buyer) toCheck(places string, details map[string]string) (page *handlerstest.Page, ref string) {
	b.t.Helper()
	page, ref = b.toPeople(places)
	people := map[string]string{"do": "continue", "person-1-name": "Tom Ashworth", "person-1-email": "tom.ashworth@practice.example"}
	page.Doc.Find("[name$='-later']").Each(func(i int, _ *goquery.Selection) {
		if i > 0 {
			people[personField(i+1, "later")] = "yes"
		}
	})
	page = b.Follow(b.Submit(page, mainForm, people).Must(http.StatusSeeOther)).Must(http.StatusOK)
	return b.Follow(b.Submit(page, mainForm, details).Must(http.StatusSeeOther)).Must(http.StatusOK), ref
}

// toCheckUnnamed goes through the steps up to the last; everybody is named later.
func (b *buyer) toCheckUnnamed(places string, details map[string]string) (page *handlerstest.Page, ref string) {
	b.t.Helper()
	page, ref = b.toPeople(places)
	people := map[string]string{"do": "continue"}
	page.Doc.Find("[name$='-later']").Each(func(_ int, field *goquery.Selection) { people[field.AttrOr("name", "")] = "yes" })
	page = b.Follow(b.Submit(page, mainForm, people).Must(http.StatusSeeOther)).Must(http.StatusOK)
	return b.Follow(b.Submit(page, mainForm, details).Must(http.StatusSeeOther)).Must(http.StatusOK), ref
}

// toPayment presses the last button by card and returns the payment page's id at the stand-in for Stripe.
func (b *buyer) toPayment(check *handlerstest.Page) string {
	b.t.Helper()
	sent := b.Submit(check, mainForm, map[string]string{"pay": "card"}).Must(http.StatusSeeOther)
	if !strings.Contains(sent.Location, "/pay/") {
		b.t.Fatalf("paying leads to %q", sent.Location)
	}
	pages := b.w.Double.Pages()
	return pages[len(pages)-1].ID
}

// back comes back from the payment page.
func (b *buyer) back(ref, checkout string) *handlerstest.Page {
	b.t.Helper()
	return b.Get("/bookings/" + ref + "/return?" + url.Values{"checkout": {checkout}}.Encode())
}

// count counts rows.
func count(t *testing.T, w *handlerstest.World, table, where string, args ...any) int {
	t.Helper()
	var n int
	query := "SELECT COUNT(*) FROM " + table
	if where != "" {
		query += " WHERE " + where
	}
	if err := w.DB.SQL(t.Context()).Raw(query, args...).Scan(&n).Error; err != nil {
		t.Fatal(err)
	}
	return n
}

// must counts rows and fails the test when there is another number of them.
func must(t *testing.T, w *handlerstest.World, want int, table, where string, args ...any) {
	t.Helper()
	if got := count(t, w, table, where, args...); got != want {
		t.Errorf("%d %s where %s %v, want %d", got, table, where, args, want)
	}
}

// letters are the mails of a kind.
func letters(w *handlerstest.World, kind string) []mail.Mail {
	var found []mail.Mail
	for _, m := range w.Mails() {
		if m.Kind == kind {
			found = append(found, m)
		}
	}
	return found
}

// linkIn is the address of the sign-in link in a mail.
func linkIn(t *testing.T, m mail.Mail) string {
	t.Helper()
	found := regexp.MustCompile(`/sign-in/link/[A-Za-z0-9_-]+`).FindString(m.Text)
	if found == "" {
		t.Fatalf("no link in %q", m.Text)
	}
	return found
}

// sound fails the test when something stands in the database that must never be.
func sound(t *testing.T, w *handlerstest.World) {
	t.Helper()
	for name, check := range map[string]func(context.Context, models.DB) ([]string, error){
		"capacity": booking.CheckCapacity, "places": booking.CheckPlaces, "series": billing.CheckSeries, "ledger": billing.CheckLedger,
	} {
		if found, err := check(t.Context(), w.DB); err != nil || len(found) > 0 {
			t.Errorf("%s: %s %v", name, strings.Join(found, "; "), err)
		}
	}
}

func sessionPath(s scheduling.Session) string { return "/sessions/" + strconv.FormatInt(s.ID, 10) }

func personField(n int, which string) string { return "person-" + strconv.Itoa(n) + "-" + which }
