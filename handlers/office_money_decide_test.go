package handlers_test

import (
	"net/http"
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/handlers/handlerstest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// £900.00 comes for an invoice of £820.80, so £79.20 is on none. £60.00 of it goes on another invoice of £820.80; £19.20 goes back
// by bank transfer, which the office pays on 23 November.
func TestOfficeMoney_TooMuchIsPutOnAnotherInvoiceAndTheRestSentBack(t *testing.T) {
	office(t, func(t *testing.T, w *handlerstest.World, b *handlerstest.Browser) {
		session := schedulingtest.OpenAccess(t, w.DB)
		first, second := sell(t, w, session, "priya@irwell.example"), sell(t, w, session, "sana@kersal.example")
		b.Follow(pay(b, first.invoice, map[string]string{"amount": "900", "reference": "IWN NOV"}).Must(http.StatusSeeOther)).
			Shows(".ssph-flash", "£900.00 is recorded. "+first.invoice+" is paid in full, and £79.20 is paid too much.")
		money := b.Get("/office/money").Must(http.StatusOK)
		wellFormed(t, money)
		money.Shows(".ssph-numbers", "£820.80Unpaid1 invoice")
		money.Shows(".ssph-numbers", "£79.20Unmatched money1 payment")
		money.Shows("section[aria-labelledby=unmatched]", "IWN NOV. Paid on "+first.invoice+", Irwell Wellbeing Network. £900.00 came")
		today := b.Get("/office")
		if strings.Contains(today.Text(".ssph-todo"), "on no invoice") {
			t.Error("Today says again what the decision says")
		}
		today.Shows(".ssph-numbers", "1Decisions to take")
		if at := linkTo(today, ".ssph-numbers a[href^='#']"); !today.Has(at) {
			t.Errorf("the figure leads to %q", at)
		}

		page := b.Get(linkTo(money, "section[aria-labelledby=unmatched] a")).Must(http.StatusOK)
		wellFormed(t, page)
		check := b.Submit(page, "form[action$='/invoices']", map[string]string{"invoices": second.invoice + " 60.00", "do": "check"}).Must(http.StatusOK)
		wellFormed(t, check)
		check.Shows("main table", second.invoice)
		check.Shows("main table", "£760.80")
		check.Shows("main", "£19.20 is on no invoice")
		b.Get("/office/invoices/"+second.invoice).Shows("main .ssph-tag", "Sent")
		b.Submit(check, "main form", map[string]string{"do": "record"}).Must(http.StatusSeeOther)
		b.Get("/office/invoices/"+second.invoice).Shows("main .ssph-tag", "Part paid")
		b.Get("/office/invoices?show=part-paid").Shows("main", "1 part-paid invoice")

		page = b.Get(linkTo(b.Get("/office/money"), "section[aria-labelledby=unmatched] a"))
		check = b.Submit(page, "form[action$='/back']", map[string]string{"do": "check"}).Must(http.StatusOK)
		check.Shows("main", "£19.20")
		colleague := w.SignedIn(secondOffice(t, w))
		late := colleague.Submit(colleague.Get(page.Path), "form[action$='/back']", map[string]string{"do": "check"}).Must(http.StatusOK)
		for range 2 { // a second press of the button is the same refund
			b.Follow(b.Submit(check, "main form", map[string]string{"do": "record"}).Must(http.StatusSeeOther)).Shows(".ssph-flash", "goes back.")
		}
		colleague.Submit(late, "main form", map[string]string{"do": "record"}).Must(http.StatusConflict).Shows("main", "Joanne Fearn sent £19.20 back on 23 November 2026")
		money = b.Get("/office/money")
		money.Shows("section[aria-labelledby=unmatched]", "All money that came is on an invoice")
		money.Shows("section[aria-labelledby=refunds]", "More came than was due")
		b.Get("/office").Shows(".ssph-todo a", "Open the refund")

		refund := b.Get(linkTo(money, "section[aria-labelledby=refunds] a")).Must(http.StatusOK)
		wrong := b.Submit(refund, "main form", map[string]string{"date": "24 November 2026", "do": "record"}).Must(http.StatusUnprocessableEntity)
		if wrong.Problem("date") != "The day you sent the money must be today or earlier" || wrong.Problem("reference") == "" {
			t.Errorf("date %q, reference %q", wrong.Problem("date"), wrong.Problem("reference"))
		}
		check = b.Submit(refund, "main form", map[string]string{"date": "23 November 2026", "reference": "SSPH BACK 1", "do": "check"}).Must(http.StatusOK)
		wellFormed(t, check)
		theirs := colleague.Submit(colleague.Get(refund.Path), "main form", map[string]string{"date": "23 November 2026", "reference": "SSPH BACK 1", "do": "check"})
		for range 2 { // pressed twice
			b.Follow(b.Submit(check, "main form", map[string]string{"do": "record"}).Must(http.StatusSeeOther)).
				Shows(".ssph-flash", "The refund of £19.20 is recorded as paid.")
		}
		colleague.Submit(theirs, "main form", map[string]string{"do": "record"}).Must(http.StatusConflict).
			Shows("main", "Joanne Fearn has recorded this refund already: sent on 23 November 2026 with reference SSPH BACK 1")
		b.Get("/office/money").Shows("section[aria-labelledby=refunds]", "No refund waits")
		b.Get(refund.Path).Shows("main", "the money has been sent")
	})
}

// £258.00 comes from somebody nobody knows: Today says so at once, with who and how much. £100.00 of it goes on an invoice, the rest back;
// then Today has nothing more to say of it.
func TestOfficeToday_SaysWhatMoneyIsOnNoInvoice(t *testing.T) {
	office(t, func(t *testing.T, w *handlerstest.World, b *handlerstest.Browser) {
		sale := sell(t, w, schedulingtest.OpenAccess(t, w.DB), "priya@irwell.example")
		record := func(file string) {
			t.Helper()
			b.Submit(upload(b, file).Must(http.StatusOK), "main form", map[string]string{"do": "record"}).Must(http.StatusSeeOther)
		}
		const heading = "Date,Description,Reference,Money out,Money in\n"
		record(heading + "22/11/2026,SWINTON SURGERY,training,,258.00\n")
		today := b.Get("/office").Must(http.StatusOK)
		wellFormed(t, today)
		today.Shows(".ssph-todo", "1 payment is on no invoiceCame on 22 November 2026. SWINTON SURGERY, training £258.00")
		page := b.Get(linkTo(today, ".ssph-todo a")).Must(http.StatusOK)
		page.Shows("main", "Payer SWINTON SURGERY")
		check := b.Submit(page, "form[action$='/invoices']", map[string]string{"invoices": sale.invoice + " 100.00", "do": "check"}).Must(http.StatusOK)
		b.Follow(b.Submit(check, "main form", map[string]string{"do": "record"}).Must(http.StatusSeeOther)).
			Shows(".ssph-flash", "£100.00 is on 1 invoice. £158.00 is on no invoice. It stays as unmatched money until you decide about it.")

		record(heading + "23/11/2026,ECCLES CARE,thanks,,40.00\n")
		today = b.Get("/office")
		today.Shows(".ssph-todo", "2 payments are on no invoiceThe first came on 22 November 2026 £198.00")
		money := b.Get(linkTo(today, ".ssph-todo a")).Must(http.StatusOK)
		money.Shows("section[aria-labelledby=unmatched]", "SWINTON SURGERY, training. Paid on "+sale.invoice+", Irwell Wellbeing Network. £258.00 came")
		money.Shows("section[aria-labelledby=unmatched]", "ECCLES CARE, thanks")
		for _, why := range []string{"More came than was due", "It was on no invoice"} {
			page = b.Get(linkTo(b.Get("/office/money"), "section[aria-labelledby=unmatched] a"))
			check = b.Submit(page, "form[action$='/back']", map[string]string{"do": "check"}).Must(http.StatusOK)
			b.Follow(b.Submit(check, "main form", map[string]string{"do": "record"}).Must(http.StatusSeeOther)).Shows("section[aria-labelledby=refunds]", why)
			b.Get(page.Path).Shows("main", why)
		}
		if strings.Contains(b.Get("/office").Text(".ssph-todo"), "on no invoice") {
			t.Error("Today still says so")
		}
		sound(t, w)
	})
}

func TestOfficeMoney_OneTransferForSeveralInvoices(t *testing.T) {
	office(t, func(t *testing.T, w *handlerstest.World, b *handlerstest.Browser) {
		session := schedulingtest.OpenAccess(t, w.DB)
		first, second := sell(t, w, session, "priya@irwell.example"), sell(t, w, session, "sana@kersal.example")
		page := b.Get("/office/money/receipt").Must(http.StatusOK)
		wellFormed(t, page)
		typed := map[string]string{"amount": "1,000.00", "reference": "two", "invoices": strings.ToLower(first.invoice) + "\n" + second.invoice + "\n", "do": "check"}
		check := b.Submit(page, "main form", typed).Must(http.StatusOK)
		check.Shows("main table", "£179.20") // 1,000.00 − 820.80 on the second, which asks 820.80
		check.Shows("main table", "£641.60")
		for range 2 {
			b.Submit(check, "main form", map[string]string{"do": "record"}).Must(http.StatusSeeOther)
		}
		b.Get("/office/invoices/"+first.invoice).Shows("main .ssph-tag", "Paid")
		b.Get("/office/invoices/"+second.invoice).Shows("main", "£641.60 left")
		b.Get("/office/invoices/"+first.invoice).Shows("main", "£820.80 of it is on this booking’s invoices")
	})
}

func TestOfficeMoney_MistakesAboutInvoicesStandBesideTheField(t *testing.T) {
	office(t, func(t *testing.T, w *handlerstest.World, b *handlerstest.Browser) {
		sale := sell(t, w, schedulingtest.OpenAccess(t, w.DB), "priya@irwell.example")
		page := b.Get("/office/money/receipt")
		for name, c := range map[string]struct{ amount, invoices, says string }{
			"three":     {"10", "INV-999997\nINV-999998\n" + sale.invoice + " some", "We have no invoice with the number INV-999997. We have no invoice with the number INV-999998. Enter the sum for " + sale.invoice + " in pounds and pence, like 273.60"},
			"unknown":   {"10", "INV-999999", "We have no invoice with the number INV-999999"},
			"twice":     {"10", sale.invoice + " 5\n" + sale.invoice + " 5", sale.invoice + " stands there twice. Enter it once"},
			"too much":  {"1000", sale.invoice + " 820.81", sale.invoice + " has £820.80 left to pay, so £820.81 cannot be put on it"},
			"no sum":    {"10", sale.invoice + " some", "Enter the sum for " + sale.invoice + " in pounds and pence, like 273.60"},
			"more":      {"10", sale.invoice + " 11", "These invoices take more than the £10.00 there is"},
			"same line": {"10", sale.invoice + " 1 " + sale.invoice, "Put each invoice on a line of its own"},
		} {
			answer := b.Submit(page, "main form", map[string]string{"amount": c.amount, "invoices": c.invoices, "do": "record"})
			if answer.Status != http.StatusUnprocessableEntity || answer.Problem("invoices") != c.says {
				t.Errorf("%s: status %d, %q", name, answer.Status, answer.Problem("invoices"))
			}
			if answer.Text("#invoices") != strings.Join(strings.Fields(c.invoices), " ") {
				t.Errorf("%s: what was typed came back as %q", name, answer.Text("#invoices"))
			}
		}
		b.Get("/office/money").Shows("section[aria-labelledby=unmatched]", "All money that came is on an invoice")
		check := b.Submit(page, "main form", map[string]string{"amount": "900", "invoices": sale.invoice, "do": "check"}).Must(http.StatusOK)
		b.Follow(b.Submit(check, "main form", map[string]string{"do": "record"})).
			Shows(".ssph-flash", "£900.00 is recorded, on 1 invoice. £79.20 is on no invoice. It stays as unmatched money until you decide about it.")
	})
}

// linkTo is where the first link of a part of a page leads.
func linkTo(p *handlerstest.Page, selector string) string {
	return p.Doc.Find(selector).First().AttrOr("href", "")
}

// secondOffice is a colleague in the office.
func secondOffice(t *testing.T, w *handlerstest.World) access.Actor {
	t.Helper()
	person := accesstest.Person(t, w.DB, "Sana Malik", "sana.malik@ssph.example")
	w.InTx(func(tx models.DB) error {
		return access.GrantRole(t.Context(), tx, access.System(), person.PersonID, access.RoleOffice)
	})
	return accesstest.Actor(t, w.DB, person.PersonID)
}
