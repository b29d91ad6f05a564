package handlers_test

import (
	"encoding/csv"
	"net/http"
	"strings"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/handlers/handlerstest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// cells reads a CSV file as a spreadsheet would.
func cells(t *testing.T, p *handlerstest.Page) [][]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(p.Body, "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v\n%s", p.Path, err, p.Body)
	}
	return rows
}

// Three places at £228.00 are £684.00 net, £136.80 VAT, £820.80 gross; £320.80 of it is paid, so £500.00 is owed.
func TestMoneyExport_BooksOfAPeriodAndItsFiles(t *testing.T) {
	office(t, func(t *testing.T, w *handlerstest.World, b *handlerstest.Browser) {
		sale := sell(t, w, schedulingtest.OpenAccess(t, w.DB), "priya@irwell.example")
		pay(b, sale.invoice, map[string]string{"amount": "320.80", "date": "23 November 2026", "reference": "=IWN 20417"}).Must(http.StatusSeeOther)
		page := b.Get(linkTo(b.Get("/office/money"), "header nav a[href$='/export']")).Must(http.StatusOK)
		wellFormed(t, page)
		page.Shows("h2", "1 November 2026 to 30 November 2026")
		page.Shows("main", "The books agree to the penny")
		page.Shows("[aria-labelledby=owed]", "Owed before 1 November 2026 £0.00 Invoices £820.80 Credit notes £0.00 Money received −£320.80")
		page.Shows("[aria-labelledby=owed] tfoot", "£500.00")
		page.Shows("[aria-labelledby=vat]", "Net £684.00 VAT £136.80 With VAT £820.80")

		quarter := b.Get(linkTo(page, ".ssph-tabs li:nth-child(3) a")).Must(http.StatusOK)
		quarter.Shows("h2", "1 October 2026 to 31 December 2026")
		quarter.Shows(".ssph-tabs a[aria-current]", "This VAT quarter")
		before := b.Get(linkTo(page, ".ssph-tabs li:nth-child(4) a"))
		before.Shows("h2", "1 July 2026 to 30 September 2026")
		before.Shows("[aria-labelledby=owed] tfoot", "£0.00")

		file := b.Get(linkTo(page, "[aria-labelledby=vat] a[href*=vat_daybook]")).Must(http.StatusOK)
		if got := file.Header.Get("Content-Disposition"); got != "attachment; filename=vat_daybook_2026-11-01_2026-11-30.csv" {
			t.Errorf("the file is called %q", got)
		}
		if got := file.Header.Get("Content-Type"); got != "text/csv; charset=utf-8" {
			t.Errorf("the file is a %q", got)
		}
		if rows := cells(t, file); len(rows) != 2 || strings.Join(rows[1][:7], " ") != sale.invoice+" invoice 2026-11-23 2026-11-23 684.00 136.80 820.80" {
			t.Errorf("the day book: %q", rows)
		}
		rows := cells(t, b.Get(linkTo(page, "[aria-labelledby=vat] a[href*=payments]")).Must(http.StatusOK))
		if len(rows) != 2 || strings.Join(rows[1][:5], " ") != "2026-11-23 received bank 320.80 '=IWN 20417" {
			t.Errorf("the payments: %q", rows)
		}
		for _, action := range []string{"vat-day-book-downloaded", "payments-downloaded"} {
			if n := audited(t, w.DB, action); n != 1 {
				t.Errorf("%s is recorded %d times", action, n)
			}
		}
	})
}

func audited(t *testing.T, db models.DB, action string) int64 {
	t.Helper()
	var n int64
	if err := db.SQL(t.Context()).Table("audit_rows").Where("action = ?", action).Count(&n).Error; err != nil {
		t.Fatal(err)
	}
	return n
}

func TestMoneyExport_ABadPeriodIsSaidBesideItsFieldAndRecordsNothing(t *testing.T) {
	office(t, func(t *testing.T, w *handlerstest.World, b *handlerstest.Browser) {
		for name, bad := range map[string]struct{ query, field, says string }{
			"no such day": {"from=31+November+2026&to=31+December+2026", "from", "Enter a real day, like 14 January 2027"},
			"words":       {"from=1+November+2026&to=today", "to", "Enter a real day, like 14 January 2027"},
			"no first":    {"from=&to=31+December+2026", "from", "Enter the first day, like 1 January 2027"},
			"no last":     {"from=1+November+2026", "to", "Enter the last day, like 31 March 2027"},
			"backwards":   {"from=2+November+2026&to=1+November+2026", "to", "The last day must be the first day or later"},
		} {
			for _, path := range []string{"export", "vat_daybook.csv", "payments.csv"} {
				got := b.Get("/office/money/" + path + "?" + bad.query)
				if got.Status != http.StatusUnprocessableEntity || got.Problem(bad.field) != bad.says {
					t.Errorf("%s, %s: status %d, %q", name, path, got.Status, got.Problem(bad.field))
				}
				wellFormed(t, got)
			}
		}
		kept := b.Get("/office/money/export?from=31+November+2026&to=x")
		if kept.Doc.Find("#from").AttrOr("value", "") != "31 November 2026" || kept.Doc.Find("#to").AttrOr("value", "") != "x" {
			t.Error("what was typed is lost")
		}
		if n := audited(t, w.DB, "vat-day-book-downloaded"); n != 0 {
			t.Errorf("%d files that were not handed out are recorded", n)
		}
	})
}

// In January the last quarter is of the year before.
func TestMoneyExport_TheQuartersGoOverTheNewYear(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		clock.Set(time.Date(2027, time.January, 4, 9, 0, 0, 0, time.UTC))
		b := handlerstest.Open(t, db, clock).SignedIn(accesstest.Office(t, db))
		page := b.Get("/office/money/export")
		for i, want := range []string{"from=2027-01-01&to=2027-01-31", "from=2026-12-01&to=2026-12-31", "from=2027-01-01&to=2027-03-31", "from=2026-10-01&to=2026-12-31"} {
			if got := page.Doc.Find(".ssph-tabs a").Eq(i).AttrOr("href", ""); got != "/office/money/export?"+want {
				t.Errorf("link %d leads to %s, want %s", i, got, want)
			}
		}
	})
}
