package handlers_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/handlers/handlerstest"
	"hub.salford.ac.uk/ssph/jobs"
	"hub.salford.ac.uk/ssph/mail"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// refuser is a mail server that takes nothing.
type refuser struct{}

// Send refuses for good.
func (refuser) Send(context.Context, mail.Outgoing) error {
	return &mail.Refusal{Code: 550, Answer: "no such mailbox"}
}

func TestOfficeMail_AFailedEmailIsSeenAndSentAgain(t *testing.T) {
	office(t, func(t *testing.T, w *handlerstest.World, b *handlerstest.Browser) {
		w.Work() // the mails written so far
		sale := sell(t, w, schedulingtest.OpenAccess(t, w.DB), "priya@irwell.example")
		registry := jobs.NewRegistry()
		mail.Register(registry, w.DB, refuser{})
		runner, err := jobs.NewRunner(w.DB, registry, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		if err := runner.RunUntilIdle(t.Context()); err != nil {
			t.Fatal(err)
		}
		b.Get("/office").Shows(".ssph-numbers", "Emails not sent")
		list := b.Get("/office/mail?status=failed&q=booked:").Must(http.StatusOK)
		list.Shows("main [role=status]", "1 email")
		list.Shows("main table", "550 no such mailbox")
		page := b.Get(list.Doc.Find("main tbody a").First().AttrOr("href", "")).Must(http.StatusOK)
		page.Shows("h1", "Booked: 3 places, booking "+sale.booking.Reference())
		page.Shows(".ssph-panel--stop", "550 no such mailbox")
		page.Shows("main", sale.invoice+".pdf (PDF)")
		html := b.Get(page.Doc.Find("main a[href$='/html']").AttrOr("href", "")).Must(http.StatusOK)
		if policy := html.Header.Get("Content-Security-Policy"); !strings.HasPrefix(policy, "sandbox ") {
			t.Errorf("the message may do as it likes: %s", policy)
		}
		file := b.Get(page.Doc.Find("main a[href*='/parts/']").First().AttrOr("href", "")).Must(http.StatusOK)
		if !strings.HasPrefix(file.Body, "%PDF-") {
			t.Error("the file is not the invoice")
		}
		again := b.Submit(page, "form[action$='/retry']", nil).Must(http.StatusSeeOther)
		b.Follow(again).Shows("main .ssph-tag", "On its way")
		b.Submit(page, "form[action$='/retry']", nil).Must(http.StatusConflict)
		w.Work()
		sent := b.Get(page.Path)
		sent.Shows("main .ssph-tag", "Sent")
		if sent.Has("form[action$='/retry']") {
			t.Error("a sent email is offered to be sent again")
		}
	})
}

// broken is a job that always fails.
type broken struct{}

// Kind names the job.
func (broken) Kind() string { return "test.broken" }

func TestOfficeJobs_AFailedJobIsSeenAndTriedAgain(t *testing.T) {
	office(t, func(t *testing.T, w *handlerstest.World, b *handlerstest.Browser) {
		b.Get("/office/jobs").Must(http.StatusOK).Shows("main", "Nothing has failed.")
		fails := true
		registry := jobs.NewRegistry()
		mail.Register(registry, w.DB, mail.NewMailbox())
		jobs.Handle(registry, func(context.Context, broken) error {
			if fails {
				return errors.New("the printer is on fire")
			}
			return nil
		})
		runner, err := jobs.NewRunner(w.DB, registry, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		work := func() error { return runner.RunUntilIdle(t.Context()) }
		w.InTx(func(tx models.DB) error { return jobs.Enqueue(t.Context(), tx, broken{}) })
		for range jobs.Attempts {
			if err := work(); err == nil {
				t.Fatal("the job did not fail")
			}
		}
		page := b.Get("/office/jobs").Must(http.StatusOK)
		page.Shows("main", "the printer is on fire")
		b.Get("/office").Shows(".ssph-numbers", "Failed jobs")
		b.Get("/office/mail").Shows("main", "1 failed job")
		fails = false
		b.Follow(b.Submit(page, "form[action$='/retry']", nil).Must(http.StatusSeeOther)).Shows(".ssph-flash", "The job is tried again.")
		if err := work(); err != nil {
			t.Fatal(err)
		}
		b.Get("/office/jobs").Shows("main", "Nothing has failed.")
		b.Submit(page, "form[action$='/retry']", nil).Must(http.StatusNotFound)
	})
}
