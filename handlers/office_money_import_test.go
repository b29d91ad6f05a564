package handlers_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/handlers/handlerstest"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

func upload(b *handlerstest.Browser, content string) *handlerstest.Page {
	return b.Upload(b.Get("/office/money/import").Must(http.StatusOK), "main form", "file", `C:\bank\november.csv`, []byte(content))
}

// A statement with the number of the first invoice (£820.80), the exact sum of the second without its number, £50.00 from somebody
// unknown, and £12.00 that went out.
func TestMoneyImport_IsShownFirstAndRecordedOnce(t *testing.T) {
	office(t, func(t *testing.T, w *handlerstest.World, b *handlerstest.Browser) {
		session := schedulingtest.OpenAccess(t, w.DB)
		first, second := sell(t, w, session, "priya@irwell.example"), sell(t, w, session, "sana@kersal.example")
		wellFormed(t, b.Get("/office/money/import"))
		statement := "Date,Name,Reference,Paid out,Paid in\n" + fmt.Sprintf("20/11/2026,IWN,%s,,820.80\n",
			strings.ToLower(strings.ReplaceAll(first.invoice, "-000", " "))) +
			"21/11/2026,SOMEBODY,rest,,820.80\n22/11/2026,UNKNOWN LTD,thanks,,50.00\n22/11/2026,BANK,fee,12.00,\n"
		check := upload(b, statement).Must(http.StatusOK)
		wellFormed(t, check)
		check.Shows("main", "3 payments, £1,691.60 altogether. £820.80 goes on invoices, £870.80 stays as unmatched money.")
		check.Shows("section[aria-labelledby=line-2]", "Sure: it names the invoice")
		check.Shows("section[aria-labelledby=line-3]", "Not sure: only one invoice has this sum")
		check.Shows("section[aria-labelledby=line-4]", "We could not match it")
		check.Shows("section[aria-labelledby=out-title]", "BANK, fee")
		b.Get("/office/invoices/"+first.invoice).Shows("main .ssph-tag", "Sent")

		again := b.Submit(check, "main form", map[string]string{"take-3": "yes", "do": "record"}).Must(http.StatusOK)
		again.Shows("main", "You have changed something")
		again.Shows("section[aria-labelledby=line-3] table", second.invoice)
		wrong := b.Submit(again, "main form", map[string]string{"put-4": "INV-999999", "do": "record"}).Must(http.StatusUnprocessableEntity)
		if wrong.Problem("put-4") != "We have no invoice with the number INV-999999" {
			t.Errorf("put-4: %q", wrong.Problem("put-4"))
		}
		colleague := w.SignedIn(secondOffice(t, w))
		theirs := upload(colleague, statement).Must(http.StatusOK)
		done := b.Follow(b.Submit(again, "main form", map[string]string{"do": "record"}).Must(http.StatusSeeOther))
		done.Shows(".ssph-flash", "3 payments recorded: £1,641.60 on invoices, £50.00 unmatched.")
		done.Shows("section[aria-labelledby=unmatched]", "UNKNOWN LTD, thanks")
		for _, code := range []string{first.invoice, second.invoice} {
			b.Get("/office/invoices/"+code).Shows("main .ssph-tag", "Paid")
		}

		pressed := b.Follow(b.Submit(again, "main form", map[string]string{"do": "record"}).Must(http.StatusSeeOther))
		pressed.Shows(".ssph-flash", "3 payments recorded: £1,641.60 on invoices, £50.00 unmatched.")
		colleague.Submit(theirs, "main form", map[string]string{"do": "record"}).Must(http.StatusConflict).
			Shows("main", "Joanne Fearn imported this file on 23 November 2026")
		upload(b, statement).Must(http.StatusUnprocessableEntity).Shows("#file-error", "All payments of this file have been recorded before, so nothing is new")
		more := upload(b, statement+fmt.Sprintf("23/11/2026,IWN,%s,,1.00\n", first.invoice)).Must(http.StatusOK)
		more.Shows("section[aria-labelledby=known-title]", "SOMEBODY, rest")
		more.Shows("section[aria-labelledby=line-6]", "It names "+first.invoice+", which has nothing to pay")
	})
}

func TestMoneyImport_MistakesStandBesideTheFile(t *testing.T) {
	office(t, func(t *testing.T, _ *handlerstest.World, b *handlerstest.Browser) {
		for content, says := range map[string]string{
			"":                                    "The file is empty. Choose a bank statement saved as CSV",
			"Date,Name,Amount\n31/02/2026,x,1\n":  "The file cannot be read at line 2: the date must be like 14/01/2027",
			"Date,Name,Amount\n24/11/2026,x,1\n":  "Line 2 has a day that is to come: 24 November 2026",
			"Date,Name,Amount\n20/11/2026,x,-1\n": "No money came in this file, so there is nothing to record",
			"Date,Name,Amount\n" + strings.Repeat("20/11/2026,x,1\n", 301): "The file has 301 new payments, and at most 300 can be looked at together. Save a shorter period",
		} {
			answer := upload(b, content).Must(http.StatusUnprocessableEntity)
			if answer.Problem("file") != says {
				t.Errorf("%.40q: %q", content, answer.Problem("file"))
			}
		}
		none := b.Submit(b.Get("/office/money/import"), "main form", nil).Must(http.StatusUnprocessableEntity)
		none.Shows("#file-error", "Choose a bank statement saved as CSV")
		forged := b.Submit(b.Get("/office/money/import"), "main form", map[string]string{"content": "x"})
		if forged.Status != http.StatusUnprocessableEntity {
			t.Errorf("no file at all: %d", forged.Status)
		}
	})
}
