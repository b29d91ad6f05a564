package handlers_test

import (
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/handlers/handlerstest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// quoted is what the office types for three open-access places face to face, with 10 % off: £684.00 less £68.40, £615.60 + £123.12 VAT.
func quoted(session string) map[string]string {
	return map[string]string{
		"route": "open-access", "format": "face-to-face", "people": "3", "session": session, "organisation": "Irwell Wellbeing Network",
		"name": "Priya Nair", "email": "priya@network.example", "line1": "14 Quay Street", "town": "Salford", "postcode": "m50 0aa",
		"percent": "10", "reason": "Founding partner", "note": "Agreed by phone",
	}
}

// privateLink is the address of the quote's page in its mail.
func privateLink(t *testing.T, w *handlerstest.World) string {
	t.Helper()
	sent := letters(w, "quote")
	if len(sent) != 1 {
		t.Fatalf("%d quotes are mailed", len(sent))
	}
	return regexp.MustCompile(`/quotes/[A-Za-z0-9_-]+`).FindString(sent[0].Text)
}

// Everything that is missing is said at once, about the contact and in the words of the labels, from the top of the form down.
func TestOfficeQuote_AnEmptyFormSaysEverythingAtOnceInTheOrderOfItsFields(t *testing.T) {
	office(t, func(t *testing.T, w *handlerstest.World, b *handlerstest.Browser) {
		empty := b.Submit(b.Get("/office/quotes/new"), ".ssph-form", nil).Must(http.StatusUnprocessableEntity)
		var says []string
		empty.Doc.Find(".nhsuk-error-summary li").Each(func(_ int, s *goquery.Selection) { says = append(says, strings.TrimSpace(s.Text())) })
		want := []string{
			"Choose their own group, open-access places or one to one", "Choose face to face or online", "Enter how many people as a number, like 12",
			"Enter the organisation’s name", "Enter the contact’s full name", "Enter the contact’s email address",
			"Enter the first line of the address the invoice is for", "Enter the town or city", "Enter the postcode",
		}
		if !slices.Equal(says, want) {
			t.Errorf("it says %q", says)
		}
		wrong := b.Submit(b.Get("/office/quotes/new"), ".ssph-form", with(quoted("1"), map[string]string{"email": "priya"}))
		if got := wrong.Problem("email"); got != "The contact’s email is missing the @" {
			t.Errorf("email: %q", got)
		}
	})
}

func TestOfficeQuote_IsSeenFirstSentOnceAndAcceptedOnItsPage(t *testing.T) {
	office(t, func(t *testing.T, w *handlerstest.World, b *handlerstest.Browser) {
		session := schedulingtest.OpenAccess(t, w.DB)
		form := b.Get("/office/quotes/new").Must(http.StatusOK)
		wrong := b.Submit(form, ".ssph-form", with(quoted("1"), map[string]string{"people": "twelve", "percent": "a lot", "postcode": ""}))
		for field, says := range map[string]string{
			"people": "Enter how many people as a number, like 12", "percent": "Enter a percentage from 0 to 100 with at most three decimals, like 12.5", "postcode": "Enter the postcode",
		} {
			if got := wrong.Must(http.StatusUnprocessableEntity).Problem(field); got != says {
				t.Errorf("%s: %q", field, got)
			}
		}
		check := b.Submit(form, ".ssph-form", quoted(strconv.FormatInt(session.ID, 10))).Must(http.StatusOK)
		check.Shows("main", "Less 10% discount, £68.40: Founding partner")
		check.Shows("main", "£738.72")
		check.Shows("main", "It stands until 23 December 2026.")
		must(t, w, 0, "quotes", "")
		for range 2 { // a second press of the button
			b.Submit(check, "main form", map[string]string{"do": "confirm"}).Must(http.StatusSeeOther)
		}
		must(t, w, 1, "quotes", "")
		b.Get("/office/quotes?q=irwell").Shows("main table", "Q-00001")
		b.Get("/office/quotes/Q-00001").Shows("main", "Until 23 December 2026")

		link, visitor := privateLink(t, w), w.Browser()
		w.Browser().Get("/quotes/" + strings.Repeat("x", 43)).Must(http.StatusNotFound)
		page := visitor.Get(link).Must(http.StatusOK)
		page.Shows("main", "£738.72 with VAT")
		if page.Has("header [aria-current]") {
			t.Error("the header marks a page that the quote is none of")
		}
		if file := visitor.Get(link + "/pdf").Must(http.StatusOK); !strings.HasPrefix(file.Body, "%PDF-") {
			t.Error("the file is no PDF")
		}
		bare := visitor.Submit(page, ".ssph-form", nil).Must(http.StatusUnprocessableEntity)
		if got := bare.Problem("purchase-order"); got != "Enter your purchase order number: we need it to send an invoice" {
			t.Errorf("without a number: %q", got)
		}
		booked := visitor.Follow(visitor.Submit(page, ".ssph-form", map[string]string{"purchase-order": "IWN-20417"}).Must(http.StatusSeeOther))
		booked.Shows("h1", "Your 3 places are booked")
		visitor.Submit(page, ".ssph-form", map[string]string{"purchase-order": "IWN-20417"}).Must(http.StatusSeeOther)
		must(t, w, 1, "bookings", "")
		must(t, w, 1, "documents", "gross_pence = 73872 AND purchase_order = 'IWN-20417'")
		visitor.Get(link).Shows("main", "It was accepted on 23 November 2026.")
		b.Get("/office/quotes/Q-00001").Shows("main", "Booking BK-")
		sound(t, w)
	})
}

// At 100 % off nothing is to pay: neither the quote's mail nor the booking's asks for a number or for money, and there is no form for it.
func TestOfficeQuote_ForNothingAsksForNothing(t *testing.T) {
	office(t, func(t *testing.T, w *handlerstest.World, b *handlerstest.Browser) {
		session := schedulingtest.OpenAccess(t, w.DB)
		typed := with(quoted(strconv.FormatInt(session.ID, 10)), map[string]string{"percent": "100"})
		check := b.Submit(b.Get("/office/quotes/new"), ".ssph-form", typed).Must(http.StatusOK)
		check.Shows("main caption", "What is offered")
		b.Submit(check, "main form", map[string]string{"do": "confirm"}).Must(http.StatusSeeOther)
		link, visitor := privateLink(t, w), w.Browser()
		visitor.Follow(visitor.Submit(visitor.Get(link), ".ssph-form", nil).Must(http.StatusSeeOther)).Shows("h1", "Your 3 places are booked")
		confirmed := letters(w, "booking-confirmed")
		if len(confirmed) != 1 || !strings.Contains(confirmed[0].Text, "The VAT invoice INV-000001 for £0.00 is attached. There is nothing to pay.") {
			t.Fatalf("%+v", confirmed)
		}
		for _, text := range []string{letters(w, "quote")[0].Text, confirmed[0].Text} {
			if strings.Contains(text, "purchase order") || strings.Contains(text, "bank transfer") {
				t.Errorf("it asks for something: %s", text)
			}
		}
		if invoice := b.Get("/office/invoices/INV-000001").Must(http.StatusOK); invoice.Has(bankPayment) {
			t.Error("a payment of nothing can be recorded")
		}
		sound(t, w)
	})
}

func TestOfficeQuote_AGroupIsAcceptedByReplyAndMayBeWithdrawn(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		joanne := accesstest.Office(t, db)
		b := w.SignedIn(joanne)
		typed := with(quoted(""), map[string]string{"route": "bespoke", "people": "6", "percent": "", "reason": ""})
		check := b.Submit(b.Get("/office/quotes/new"), ".ssph-form", typed).Must(http.StatusOK)
		check.Shows("main", "£2,928.00")
		page := b.Follow(b.Submit(check, "main form", map[string]string{"do": "confirm"}).Must(http.StatusSeeOther))
		page.Shows(".ssph-flash", "Quote Q-00001 is sent to priya@network.example.")
		link := privateLink(t, w)
		shown := w.Browser().Get(link)
		shown.Shows("main", "To accept it, reply to the email it came with")
		if shown.Has("#purchase-order") {
			t.Error("a group can be accepted on the page")
		}
		if got := b.Submit(page, "form[action$='/withdraw']", nil).Must(http.StatusUnprocessableEntity).Problem("reason"); got == "" {
			t.Error("withdrawn for nothing")
		}
		b.Follow(b.Submit(page, "form[action$='/withdraw']", map[string]string{"reason": "A slip"}).Must(http.StatusSeeOther)).Shows("main .ssph-tag", "Withdrawn")
		w.Browser().Get(link).Shows("main", "The Hub withdrew this quote on 23 November 2026.")
		clock.Set(time.Date(2026, time.December, 24, 9, 0, 0, 0, time.UTC))
		w.Browser().Get(link).Must(http.StatusOK)
	})
}

func TestOfficeOrganisation_RulesAndDiscountsAreSavedOrSayWhatIsWrong(t *testing.T) {
	office(t, func(t *testing.T, w *handlerstest.World, b *handlerstest.Browser) {
		priya := accesstest.Manager(t, w.DB, "Priya Nair", "priya@network.example", "Irwell Wellbeing Network")
		id := priya.Organisations[0].OrganisationID
		list := b.Get("/office/organisations?q=irwell").Must(http.StatusOK)
		list.Shows("main table", "Priya Nair")
		list.Shows("main table", "Nothing owed")
		page := b.Get(list.Doc.Find("main th a").First().AttrOr("href", "")).Must(http.StatusOK)
		const rules, agreement = "form[action$='/purchase-orders']", "form[action$='/agreements']"
		bad := b.Submit(page, rules, map[string]string{"required": "yes", "pattern": "IWN-[0-9", "example": "IWN-1", "cap": "lots"}).Must(http.StatusUnprocessableEntity)
		if bad.Problem("cap") == "" || bad.Doc.Find("#pattern").AttrOr("value", "") != "IWN-[0-9" {
			t.Errorf("a cap of lots: %q", bad.Problem("cap"))
		}
		bad = b.Submit(page, rules, map[string]string{"required": "yes", "pattern": "IWN-[0-9", "example": "IWN-1"}).Must(http.StatusUnprocessableEntity)
		if got := bad.Problem("pattern"); got != "We cannot read this pattern. Write it like P[0-9]{7}" {
			t.Errorf("half a pattern: %q", got)
		}
		must(t, w, 0, "purchase_rules", "")
		b.Follow(b.Submit(page, rules, map[string]string{"required": "yes", "pattern": "IWN-[0-9]{5}", "example": "IWN-20417", "cap": "2,928.00"}).Must(http.StatusSeeOther)).
			Shows(".ssph-flash", "The rules for purchase orders of Irwell Wellbeing Network are saved.")
		if rule, err := billing.PurchaseRuleOf(t.Context(), w.DB, id); err != nil || rule.Cap != 292800 || rule.Example != "IWN-20417" {
			t.Errorf("%+v %v", rule, err)
		}
		for form, c := range map[string]struct {
			typed map[string]string
			says  map[string]string
		}{
			agreement: {map[string]string{"percent": "101", "reason": "", "from": "2 March 2027", "to": "1 March 2027"}, map[string]string{
				"percent": "Enter a discount above 0 and up to 100, like 12.5", "reason": "Enter the reason: it stands on the invoice", "to": "The last day must be the first day or later",
			}},
			rules: {map[string]string{"required": "", "pattern": "P[0-9", "example": "", "cap": "much", "note": ""}, map[string]string{
				"required": "Choose whether a number is needed", "pattern": "We cannot read this pattern. Write it like P[0-9]{7}",
				"example": "Enter a number that matches the pattern: it is shown to whoever gets it wrong",
				"cap":     "Enter the amount in pounds and pence, like 2,928.00, or leave it empty",
			}},
		} {
			wrong := b.Submit(page, form, c.typed).Must(http.StatusUnprocessableEntity)
			for field, says := range c.says { // all at once
				if got := wrong.Problem(field); got != says {
					t.Errorf("%s: %q, want %q", field, got, says)
				}
			}
		}
		if got := b.Submit(page, agreement, map[string]string{"percent": "125", "reason": "Partner", "to": "23 November 2027"}).Must(http.StatusUnprocessableEntity).Problem("percent"); got == "" {
			t.Error("125 per cent off")
		}
		check := b.Submit(page, agreement, map[string]string{"percent": "12.5", "reason": "Founding partner", "to": "23 November 2027"}).Must(http.StatusOK)
		check.Shows("main", "£239.40 with VAT") // 12.5 % off £228.00 is £199.50, VAT £39.90
		must(t, w, 0, "agreements", "")
		page = b.Follow(b.Submit(check, "main form", map[string]string{"do": "confirm"}).Must(http.StatusSeeOther))
		page.Shows("#discounts", "12.5%Founding partner")
		ending := b.Get(page.Doc.Find("#discounts a").AttrOr("href", "")).Must(http.StatusOK)
		if got := b.Submit(ending, ".ssph-form", nil).Must(http.StatusUnprocessableEntity).Problem("end-reason"); got == "" {
			t.Error("ended for nothing")
		}
		b.Follow(b.Submit(ending, ".ssph-form", map[string]string{"last-day": "1 December 2026", "end-reason": "Merged"}).Must(http.StatusSeeOther)).
			Shows("#discounts", "to 1 December 2026")
		b.Get("/office/organisations").Shows("main table", "12.5% until 1 December 2026")
	})
}

func TestOfficeOrder_TheOfficeEntersTheNumberOrGivesLonger(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := openShop(t, db, clock)
		buyer := newBuyer(t, w, schedulingtest.OpenAccess(t, db))
		priya := accesstest.Person(t, db, "Priya Nair", "priya@network.example")
		buyer.Browser = w.SignedIn(priya)
		check, ref := buyer.toCheckUnnamed("3", follows())
		buyer.Submit(check, mainForm, map[string]string{"pay": "invoice"}).Must(http.StatusSeeOther)
		b := w.SignedIn(accesstest.Office(t, db))
		b.Get("/office/bookings/"+ref).Shows("main", "To follow")
		page := b.Get("/office/bookings/" + ref + "/purchase-order").Must(http.StatusOK)
		const number, longer = "form:has(#purchase-order)", "form:has(#until)"
		if got := b.Submit(page, longer, map[string]string{"until": "yesterday", "do": "extend"}).Must(http.StatusUnprocessableEntity); got.Problem("until") == "" || got.Problem("reason") == "" {
			t.Error("until yesterday, for nothing")
		}
		b.Follow(b.Submit(page, longer, map[string]string{"until": "18 December 2026", "reason": "Year end", "do": "extend"}).Must(http.StatusSeeOther)).
			Shows(".ssph-flash", "The purchase order may follow until 18 December 2026.")
		preview := b.Submit(page, number, map[string]string{"purchase-order": "IWN-20417", "do": "check"}).Must(http.StatusOK)
		preview.Shows("main", "IWN-20417")
		preview.Shows("main", "£820.80")
		must(t, w, 0, "documents", "")
		b.Follow(b.Submit(preview, "main form", map[string]string{"do": "confirm"}).Must(http.StatusSeeOther)).Shows(".ssph-flash", "Invoice INV-000001 is issued for £820.80")
		b.Submit(preview, "main form", map[string]string{"do": "confirm"}).Must(http.StatusSeeOther) // a second press
		must(t, w, 1, "documents", "")
		sound(t, w)
	})
}
