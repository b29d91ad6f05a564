package handlers_test

import (
	"net/http"
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/handlers"
	"hub.salford.ac.uk/ssph/handlers/handlerstest"
	"hub.salford.ac.uk/ssph/mail"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

func containsWord(text, word string) bool { return strings.Contains(text, word) }

// queued writes a mail with an invitation and an invoice.
func queued(t *testing.T, w *handlerstest.World, cause string) {
	t.Helper()
	w.InTx(func(tx models.DB) error {
		return mail.Queue(t.Context(), tx, mail.Message{
			Cause: cause, Kind: "test", ToName: "Priya Nair", ToEmail: "priya@network.example", Subject: "Subject of " + cause,
			Text: "Go to http://ssph.example/bookings/BK-00001.\nToday.\n\nThe Hub", HTML: "<html><body><p>Drawn</p></body></html>",
			AboutKind: "test",
			Parts: []mail.Part{
				{Filename: "invitation.ics", ContentType: "text/calendar; method=REQUEST; charset=utf-8", Content: []byte("BEGIN:VCALENDAR")},
				{Filename: "INV-000001.pdf", ContentType: "application/pdf", Content: []byte("%PDF-1.7")},
			},
		})
	})
}

func TestMailbox_ShowsEachMessageWithItsParts(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		b := w.Browser()
		b.Get("/dev/mailbox").Must(http.StatusOK).Shows("main", "No messages yet")
		queued(t, w, "first")
		queued(t, w, "second")
		b.Get("/dev/mailbox").Shows("main .ssph-todo li:nth-child(1)", "Subject of second")
		b.Get("/dev/mailbox/1").Must(http.StatusOK).Shows("main", "On its way")
		w.Work()
		letter := b.Get("/dev/mailbox/1").Must(http.StatusOK)
		letter.Shows("main", "Sent")
		letter.Shows(`main a[href="http://ssph.example/bookings/BK-00001"]`, "http://ssph.example/bookings/BK-00001")
		ics := b.Get(letter.Doc.Find("main a:contains(invitation)").AttrOr("href", "")).Must(http.StatusOK)
		if ics.Body != "BEGIN:VCALENDAR" || !strings.HasPrefix(ics.Header.Get("Content-Disposition"), "attachment") {
			t.Errorf("the invitation: %q, %s", ics.Body, ics.Header.Get("Content-Disposition"))
		}
		pdf := b.Get(letter.Doc.Find("main a:contains(INV-)").AttrOr("href", "")).Must(http.StatusOK)
		if pdf.Header.Get("Content-Type") != "application/pdf" || !strings.HasPrefix(pdf.Header.Get("Content-Disposition"), "inline") {
			t.Errorf("the invoice: %s, %s", pdf.Header.Get("Content-Type"), pdf.Header.Get("Content-Disposition"))
		}
		html := b.Get("/dev/mailbox/1/html").Must(http.StatusOK)
		if csp := html.Header.Get("Content-Security-Policy"); !strings.HasPrefix(csp, "sandbox") || !strings.Contains(csp, "default-src 'none'") {
			t.Errorf("the message as drawn has the policy %s", csp)
		}
		b.Get("/dev/mailbox/3").Must(http.StatusNotFound)
		b.Get("/dev/mailbox/1/parts/3").Must(http.StatusNotFound)
	})
}

func TestMailbox_IsNotThereInProduction(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock, handlerstest.Production)
		queued(t, w, "first")
		for _, path := range []string{"/dev/mailbox", "/dev/mailbox/1", "/dev/mailbox/1/html", "/dev/mailbox/1/parts/1"} {
			w.Browser().Get(path).Must(http.StatusNotFound)
		}
		for _, r := range w.Site.Table() {
			if strings.HasPrefix(r.Path, "/dev/") {
				t.Errorf("%s is in the table of a %s site", r.Path, handlers.Production)
			}
		}
	})
}

func TestMailbox_LongListsHavePages(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		for i := range mail.PerPage + 1 {
			queued(t, w, strings.Repeat("m", i+1))
		}
		b := w.Browser()
		first := b.Get("/dev/mailbox")
		if n := first.Doc.Find("main .ssph-todo li").Length(); n != mail.PerPage {
			t.Errorf("%d on the first page", n)
		}
		if n := b.Get(first.Doc.Find(`a[rel="next"]`).AttrOr("href", "")).Doc.Find("main .ssph-todo li").Length(); n != 1 {
			t.Errorf("%d on the second page", n)
		}
		for _, nonsense := range []string{"0", "-1", "x", "99999999999999999999"} {
			b.Get("/dev/mailbox?page=" + nonsense).Must(http.StatusOK)
		}
	})
}
