package handlers_test

import (
	"encoding/csv"
	"net/http"
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/handlers/handlerstest"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// One invoice of £820.80 issued on 23 November, £320.80 of it paid: £500.00 is owed, for the office as for the manager.
func TestStatement_IsTheSameForTheOfficeAndForTheManager(t *testing.T) {
	office(t, func(t *testing.T, w *handlerstest.World, b *handlerstest.Browser) {
		sale := sell(t, w, schedulingtest.OpenAccess(t, w.DB), "priya@irwell.example")
		pay(b, sale.invoice, map[string]string{"amount": "320.80", "reference": "=HYPERLINK(1)"}).Must(http.StatusSeeOther)
		account := officeStatement(sale)
		statement := b.Get(account).Must(http.StatusOK)
		wellFormed(t, statement)
		statement.Shows("main table", "Payment by bank transfer")
		statement.Shows(".ssph-numbers", "£500.00On 23 November 2026To pay to the Hub")
		for query, field := range map[string]string{"?from=31+November+2026&to=1+December+2026": "from", "?from=2+December+2026&to=1+December+2026": "to"} {
			if p := b.Get(account + query).Must(http.StatusUnprocessableEntity); p.Problem(field) == "" {
				t.Errorf("%s: no sentence beside %s", query, field)
			}
		}
		sent := b.Submit(statement, "form[action$='/mail']", nil)
		if sent.Status != http.StatusSeeOther {
			t.Errorf("mailing it: %d %s", sent.Status, sent.Text("main"))
		}
		manager := w.SignedIn(sale.booker)
		own := manager.Get("/organisation/" + idOf(*sale.booking.OrganisationID) + "/statement").Must(http.StatusOK)
		wellFormed(t, own)
		own.Shows(".ssph-numbers", "£500.00")
		if own.Has("form[method=post][action$='/mail']") {
			t.Error("a manager may mail a statement")
		}
		manager.Open("/organisation/statement").Shows("h1", "Statement for Irwell Wellbeing Network")
		rows := csvOf(t, manager.Get("/organisation/"+idOf(*sale.booking.OrganisationID)+"/statement?as=csv").Must(http.StatusOK))
		if len(rows) != 4 || rows[3][6] != "500.00" || rows[3][4] != "'=HYPERLINK(1)" {
			t.Errorf("%v", rows)
		}
	})
}

// officeStatement is where the office reads the account that a sale is on.
func officeStatement(sale sold) string {
	return "/office/money/statements/" + idOf(*sale.booking.OrganisationID)
}

func csvOf(t *testing.T, p *handlerstest.Page) [][]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(p.Body, "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}
