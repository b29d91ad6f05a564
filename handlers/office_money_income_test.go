package handlers_test

import (
	"net/http"
	"testing"

	"hub.salford.ac.uk/ssph/handlers/handlerstest"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// Three places face to face at £228.00, sold on 23 November 2026, are £684.00 net; the books of the same months have the same net.
func TestMoneyIncome_ByMonthWithItsTable(t *testing.T) {
	office(t, func(t *testing.T, w *handlerstest.World, b *handlerstest.Browser) {
		sell(t, w, schedulingtest.OpenAccess(t, w.DB), "priya@irwell.example")
		page := b.Get(linkTo(b.Get("/office/money"), "header nav a[href$='/income']")).Must(http.StatusOK)
		wellFormed(t, page)
		if got := page.Doc.Find("#first option[selected]").Text() + " to " + page.Doc.Find("#last option[selected]").Text(); got != "December 2025 to November 2026" {
			t.Errorf("it shows %s", got)
		}
		page.Shows("[aria-labelledby=open-access] table", "November 2026, so far Face to face £684.00 Online £0.00 12 months Face to face £684.00 Online £0.00")
		page.Shows("#total", "12 months Open access £684.00 Own group £0.00 One to one £0.00 Other £0.00 Total £684.00")
		if n := page.Doc.Find("[aria-labelledby=open-access] .ssph-chart__wide svg[role=img] rect").Length(); n != 1 {
			t.Errorf("%d bars", n)
		}
		const told = "Open access: £684.00 net in 12 months, most in November 2026, so far: £684.00."
		if got := page.Doc.Find("[aria-labelledby=open-access] svg").First().AttrOr("aria-label", ""); got != told {
			t.Errorf("open access is told as %q, want %q", got, told)
		}
		page.Shows("[aria-labelledby=bespoke]", "Nothing was earned this way in these months.")
		if page.Has("#one-to-one") {
			t.Error("one to one has a chart, though nobody bought any")
		}
		books := b.Get(linkTo(page, "[aria-labelledby=all] a")).Must(http.StatusOK)
		books.Shows("h2", "1 December 2025 to 30 November 2026")
		books.Shows("[aria-labelledby=vat]", "Net £684.00")

		one := b.Get("/office/money/income?first=2026-10&last=2026-10").Must(http.StatusOK)
		one.Shows("[aria-labelledby=all] table", "October 2026")
		one.Shows("#total", "1 month Open access £0.00")
	})
}

func TestMoneyIncome_MonthsThatCannotBeShown(t *testing.T) {
	office(t, func(t *testing.T, _ *handlerstest.World, b *handlerstest.Browser) {
		for name, bad := range map[string]struct{ query, field, says string }{
			"no month":  {"first=2026-13&last=2026-11", "first", "Choose a month from the list"},
			"missing":   {"first=2026-10", "last", "Choose a month from the list"},
			"to come":   {"first=2026-10&last=2026-12", "last", "Choose a month from the list"},
			"long ago":  {"first=2019-11&last=2019-12", "first", "Choose a month from the list"},
			"backwards": {"first=2026-11&last=2026-10", "last", "The last month must be the first month or later"},
			"too many":  {"first=2025-11&last=2026-11", "last", "Choose 12 months at most"},
		} {
			got := b.Get("/office/money/income?" + bad.query)
			if got.Status != http.StatusUnprocessableEntity || got.Problem(bad.field) != bad.says {
				t.Errorf("%s: status %d, %q", name, got.Status, got.Problem(bad.field))
			}
			wellFormed(t, got)
		}
		b.Get("/office/money/income?first=2019-12&last=2020-11").Must(http.StatusOK) // 84 months with this one
	})
}
