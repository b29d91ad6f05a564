package handlers_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/handlers/handlerstest"
)

const tariffForm = "main form[action^='/office/prices/']"

// tariffForms are the five forms with something that can be entered. The test's day is 23 November 2026.
var tariffForms = map[string]struct {
	typed   map[string]string
	preview string // among what the page before the entry says
	entered string // among the history afterwards
}{
	"price": {
		map[string]string{"route": "open-access", "format": "face-to-face", "price": "£240", "from": "1 April 2027"},
		"£228.00 before VAT£45.60 VAT, £273.60 to pay From 1 April 2027: £240.00 before VAT£48.00 VAT, £288.00 to pay",
		"Entered: Open access, face to face: £240.00 a person before VAT, from 1 April 2027",
	},
	"vat": {
		map[string]string{"category": "E", "reason": "Education by an eligible body", "from": "1/4/2027"},
		"Until then: VAT at 20% From 1 April 2027: VAT exempt: Education by an eligible body",
		"Entered: VAT exempt: Education by an eligible body, from 1 April 2027",
	},
	"terms": {
		map[string]string{"name": "Spring terms", "days-1": "14", "fee-1": "0", "days-2": "", "fee-2": "", "fee-last": "75", "from": "1 April 2027"},
		"nothing at 14 days or more, 75% later or for a no-show",
		"Entered: Spring terms: nothing at 14 days or more, 75% later or for a no-show, from 1 April 2027",
	},
	"supplier": {
		map[string]string{
			"legal-name": "Salford Training Ltd", "vat-number": "GB123456782", "sort-code": "123456", "account-number": "12345678", "email": "money@training.example",
			"invoice-prefix": "stli", "credit-prefix": "stlc", "digits": "6", "from": "1 April 2027",
		},
		"its invoices are numbered from STLI-000001, its credit notes from STLC-000001",
		"Entered: Supplier: Salford Training Ltd, VAT number GB 123 4567 82, bank account University of Salford, 12-34-56, 12345678, from 1 April 2027",
	},
	"figure": {
		map[string]string{"figure": "payment_terms_days", "value": "20", "from": "1 April 2027"},
		"Invoices issued on 1 April 2027 or later are due after 20 days.",
		"Entered: Days to pay an invoice: 20, from 1 April 2027",
	},
}

// Each figure is typed, seen with what it changes, changed once more, entered twice by a double click, and taken back.
func TestOfficePrices_FromTheFormToTheEntryAndBack(t *testing.T) {
	office(t, func(t *testing.T, w *handlerstest.World, b *handlerstest.Browser) {
		for name, c := range tariffForms {
			page := b.Get("/office/prices/" + name).Must(http.StatusOK)
			check := b.Submit(page, tariffForm, with(c.typed, map[string]string{"do": "check"})).Must(http.StatusOK)
			check.Shows("main", c.preview)
			if before := b.Get("/office/prices"); strings.Contains(before.Text("main"), c.entered) {
				t.Errorf("%s: looking alone has entered it", name)
			}
			again := b.Submit(check, tariffForm, map[string]string{"do": "change"}).Must(http.StatusOK)
			if from := again.Doc.Find("#from").AttrOr("value", ""); from != c.typed["from"] {
				t.Errorf("%s: the day is %q after a change", name, from)
			}
			check = b.Submit(again, tariffForm, map[string]string{"do": "check"}).Must(http.StatusOK)
			for range 2 {
				b.Submit(check, tariffForm, map[string]string{"do": "enter"}).Must(http.StatusSeeOther)
			}
			all := b.Get("/office/prices").Must(http.StatusOK)
			if n := strings.Count(all.Text(".ssph-history"), c.entered); n != 1 {
				t.Errorf("%s: entered %d times:\n%s", name, n, all.Text(".ssph-history"))
			}
			all.Shows(".ssph-history", "Joanne Fearn")
			takeBack(t, b, name)
		}
	})
}

// takeBack withdraws the one entry of a kind that is to come.
func takeBack(t *testing.T, b *handlerstest.Browser, kind string) {
	t.Helper()
	link := b.Get("/office/prices").Doc.Find("main a[href^='/office/prices/" + kind + "/'][href$='/withdraw']")
	ask := b.Get(link.AttrOr("href", "")).Must(http.StatusOK)
	ask.Shows("main", "Thursday 1 April 2027")
	refused := b.Submit(ask, tariffForm, nil).Must(http.StatusUnprocessableEntity)
	if says := refused.Problem("reason"); says != "Enter why it is taken back" {
		t.Errorf("%s, no reason: %q", kind, says)
	}
	for range 2 {
		b.Submit(ask, tariffForm, map[string]string{"reason": "Decided <b>otherwise</b>"}).Must(http.StatusSeeOther)
	}
	after := b.Get("/office/prices")
	after.Shows(".ssph-history", "Decided <b>otherwise</b>")
	if after.Has("main a[href$='/withdraw']") {
		t.Errorf("%s: something is still to come", kind)
	}
}

func TestOfficePrices_MistakesStandBesideTheirFieldsAndWhatWasTypedIsKept(t *testing.T) {
	office(t, func(t *testing.T, _ *handlerstest.World, b *handlerstest.Browser) {
		for _, c := range []struct{ form, field, typed, says string }{
			{"price", "price", "two hundred", "Enter the price in pounds, like 228 or 2,440.50"},
			{"price", "price", "-5", "Enter the price in pounds, like 228 or 2,440.50"},
			{"price", "price", "228.005", "Enter the price in pounds, like 228 or 2,440.50"},
			{"price", "price", "0", "Enter a price of more than £0.00, like 228 or 2,440"},
			{"price", "price", "9,999,999.99", "Enter a price of £100,000.00 or less, like 228 or 2,440"},
			{"price", "from", "31 April 2027", "Enter a real day, like 1 April 2027"},
			{"price", "from", "22 November 2026", "The first day must be today, 23 November 2026, or later"},
			{"vat", "reason", "", "Enter why no VAT is charged. It is printed on every invoice"},
			{"terms", "days-1", "9999", "Enter the days of notice, from 1 to 365"},
			{"terms", "name", "", "Enter a name for these terms, like Standard terms"},
			{"terms", "fee-1", "101", "Enter a percentage from 0 to 100 with at most three decimals, like 50"},
			{"terms", "fee-last", "", "Enter a percentage from 0 to 100 with at most three decimals, like 50"},
			{"terms", "days-1", "soon", "Enter the days of notice as a whole number, like 28"},
			{"supplier", "vat-number", "GB 123 4567 83", "Check the VAT number: its last two digits do not fit the others"},
			{"supplier", "digits", "six", "Enter how many digits as a number, like 6"},
			{"supplier", "email", "money", "The supplier’s email is missing the @"},
			{"figure", "value", "0", "Enter a whole number from 1 to 365"},
			{"figure", "from", "", "Enter a real day, like 1 April 2027"},
		} {
			typed := with(tariffForms[c.form].typed, map[string]string{c.field: c.typed, "do": "check"})
			page := b.Get("/office/prices/" + c.form)
			for _, do := range []string{"check", "enter"} { // the second as if the page between had been left out
				got := b.Submit(page, tariffForm, with(typed, map[string]string{"do": do})).Must(http.StatusUnprocessableEntity)
				if says := got.Problem(c.field); says != c.says {
					t.Errorf("%s, %s %q: %q, want %q", c.form, c.field, c.typed, says, c.says)
				}
				kept := got.Doc.Find("#" + c.field)
				if kept.AttrOr("value", kept.Text()) != c.typed || got.Doc.Find("#from").AttrOr("value", "") != typed["from"] {
					t.Errorf("%s: what was typed into %s is lost", c.form, c.field)
				}
				wellFormed(t, got)
			}
		}
		b.Get("/office/prices").Shows("main", "Nothing yet: these are the figures the program came with")
	})
}

// A figure far from the one it replaces is entered only once somebody has said that they checked it. 10,000 / 228 is 43.86; 100 is
// five times 20; 365 / 30 is 12.17. Going on without the tick, also as if the page had been left out, enters nothing.
func TestOfficePrices_AFigureFarFromTheOneItReplacesIsConfirmed(t *testing.T) {
	office(t, func(t *testing.T, w *handlerstest.World, b *handlerstest.Browser) {
		for form, c := range map[string]struct {
			typed    map[string]string
			unusual  string
			entered  string
			usualToo map[string]string
		}{
			"price":  {map[string]string{"price": "10,000"}, "£10,000.00 is about 43.9 times the £228.00 it replaces.", "£10,000.00 a person before VAT", map[string]string{"price": "240"}},
			"vat":    {map[string]string{"category": "S", "rate": "100", "reason": ""}, "100% is 5 times the 20% it replaces.", "VAT at 100%", map[string]string{"category": "S", "rate": "22", "reason": ""}},
			"figure": {map[string]string{"value": "365"}, "Days to pay an invoice: 365 is about 12.2 times the 30 it replaces.", "Days to pay an invoice: 365", map[string]string{"value": "60"}},
		} {
			page, url := b.Get("/office/prices/"+form), "/office/prices"
			check := b.Submit(page, tariffForm, with(tariffForms[form].typed, with(c.usualToo, map[string]string{"do": "check"}))).Must(http.StatusOK)
			if check.Has("#sure") {
				t.Errorf("%s: a usual figure is asked about", form)
			}
			typed := with(tariffForms[form].typed, c.typed)
			check = b.Submit(page, tariffForm, with(typed, map[string]string{"do": "check"})).Must(http.StatusOK)
			check.Shows("main .ssph-panel--wait", c.unusual)
			for _, from := range []*handlerstest.Page{page, check} {
				refused := b.Submit(from, tariffForm, with(typed, map[string]string{"do": "enter"})).Must(http.StatusUnprocessableEntity)
				if says := refused.Problem("sure"); says != "Tick that you have checked the figure, or change it" {
					t.Errorf("%s: %q", form, says)
				}
				wellFormed(t, refused)
			}
			if strings.Contains(b.Get(url).Text(".ssph-history"), c.entered) {
				t.Errorf("%s: entered without the tick", form)
			}
			for range 2 {
				b.Submit(check, tariffForm, map[string]string{"do": "enter", "sure": "yes"}).Must(http.StatusSeeOther)
			}
			if n := strings.Count(b.Get(url).Text(".ssph-history"), "Entered: "+tariffWords(form)+c.entered); n != 1 {
				t.Errorf("%s: entered %d times:\n%s", form, n, b.Get(url).Text(".ssph-history"))
			}
		}
	})
}

// 1 April 2999 is far ahead: it is asked about like a figure far from the one it replaces. What is entered says itself and its day.
func TestOfficePrices_ADayFarAheadIsConfirmedAndTheEntryNamesItself(t *testing.T) {
	office(t, func(t *testing.T, _ *handlerstest.World, b *handlerstest.Browser) {
		all := b.Get("/office/prices")
		all.Shows("main", "Travel and set-up before and after a face-to-face part, in minutes 60 minutes")
		all.Shows("main", "VAT is charged (category S)")
		var order []int
		for _, words := range []string{"First reminder", "Second reminder", "Third reminder", "Last reminder"} {
			order = append(order, strings.Index(all.Text("main"), words))
		}
		if order[0] < 0 || !slices.IsSorted(order) {
			t.Errorf("the reminders stand at %v", order)
		}
		typed := with(tariffForms["figure"].typed, map[string]string{"from": "1 April 2999", "do": "check"})
		check := b.Submit(b.Get("/office/prices/figure"), tariffForm, typed).Must(http.StatusOK)
		check.Shows("main .ssph-panel--wait", "1 April 2999 is more than two years from now.")
		b.Submit(check, tariffForm, map[string]string{"do": "enter"}).Must(http.StatusUnprocessableEntity)
		done := b.Follow(b.Submit(check, tariffForm, map[string]string{"do": "enter", "sure": "yes"}))
		done.Shows(".ssph-flash", "Entered: Days to pay an invoice: 20 days, from 1 April 2999.")
		done = b.Follow(b.Submit(b.Get("/office/prices/price"), tariffForm, with(tariffForms["price"].typed, map[string]string{"do": "enter"})))
		done.Shows(".ssph-flash", "Entered: Open access, face to face: £240.00 before VAT, from 1 April 2027.")
	})
}

func tariffWords(form string) string {
	if form == "price" {
		return "Open access, face to face: "
	}
	return ""
}

func TestOfficePrices_PagesAreWellFormedAndFilledIn(t *testing.T) {
	office(t, func(t *testing.T, w *handlerstest.World, b *handlerstest.Browser) {
		all := b.Get("/office/prices").Must(http.StatusOK)
		wellFormed(t, all)
		all.Shows("main", "Own group, face to facea group £2,440.00 before VATsince 1 January 2025 £2,928.00 with VAT")
		all.Shows("main", "to be confirmed by the Hub")
		all.Shows("main", "Invoices of University of Salford INV-000001")
		for name, c := range tariffForms {
			page := b.Get("/office/prices/" + name)
			wellFormed(t, page)
			check := b.Submit(page, tariffForm, with(c.typed, map[string]string{"do": "check"}))
			wellFormed(t, check)
			b.Submit(check, tariffForm, map[string]string{"do": "enter"}).Must(http.StatusSeeOther)
			wellFormed(t, b.Get(b.Get("/office/prices").Doc.Find("main a[href^='/office/prices/"+name+"/'][href$='/withdraw']").AttrOr("href", "")))
		}
		wellFormed(t, b.Get("/office/prices"))
		if chosen := b.Get("/office/prices/price?route=bespoke&format=online").Doc.Find("input[checked]"); chosen.Length() != 2 {
			t.Errorf("%d of route and format are filled in", chosen.Length())
		}
		w.Clock.Set(time.Date(2027, time.April, 1, 8, 0, 0, 0, time.UTC)) // their day has come
		later := w.SignedIn(accesstest.Office(t, w.DB))
		stands := later.Follow(later.Get("/office/prices/figure/" + entryOf(t, w) + "/withdraw").Must(http.StatusSeeOther))
		stands.Shows(".ssph-flash", "It counts since 1 April 2027, so it cannot be taken back.")
		later.Get("/office/prices/figure/999999/withdraw").Must(http.StatusNotFound)
	})
}

// entryOf is the id of the newest value of a setting.
func entryOf(t *testing.T, w *handlerstest.World) string {
	t.Helper()
	values, err := access.SettingValues(t.Context(), w.DB, access.System())
	if err != nil {
		t.Fatal(err)
	}
	newest := int64(0)
	for _, v := range values {
		newest = max(newest, v.ID)
	}
	return idOf(newest)
}
