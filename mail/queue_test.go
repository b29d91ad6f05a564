package mail_test

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/jobs"
	"hub.salford.ac.uk/ssph/mail"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

func confirmation() mail.Message {
	return mail.Message{
		Cause: "booking-confirmed/17", Kind: "booking-confirmed", ToName: "Zoë Ashworth", ToEmail: "zoe.ashworth@example.org",
		Subject: "Your place on 14 January 2027", Text: "Your place is confirmed.\n", HTML: "<p>Your place is confirmed.</p>\n",
		AboutKind: "booking", AboutID: 17,
	}
}

func queue(t *testing.T, db models.DB, messages ...mail.Message) {
	t.Helper()
	err := db.InTx(t.Context(), func(tx models.DB) error {
		for _, m := range messages {
			if err := mail.Queue(t.Context(), tx, m); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// runnerFor works the sending jobs with the sender when told.
func runnerFor(t *testing.T, db models.DB, sender mail.Sender) *jobs.Runner {
	t.Helper()
	registry := jobs.NewRegistry()
	mail.Register(registry, db, sender)
	runner, err := jobs.NewRunner(db, registry, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	return runner
}

func list(t *testing.T, db models.DB, f mail.Filter) []mail.Mail {
	t.Helper()
	mails, total, err := mail.List(t.Context(), db, f)
	if err != nil {
		t.Fatal(err)
	}
	if f.Page <= 1 && int(total) < len(mails) {
		t.Errorf("total %d, but %d listed", total, len(mails))
	}
	return mails
}

func only(t *testing.T, db models.DB) mail.Mail {
	t.Helper()
	mails := list(t, db, mail.Filter{})
	if len(mails) != 1 {
		t.Fatalf("%d mails, want one: %+v", len(mails), mails)
	}
	return mails[0]
}

// recorder is a sender that keeps what it is given and answers as told.
type recorder struct {
	mu     sync.Mutex
	sent   []mail.Outgoing
	answer func(nth int) error
}

func (r *recorder) Send(_ context.Context, m mail.Outgoing) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sent = append(r.sent, m)
	if r.answer != nil {
		return r.answer(len(r.sent))
	}
	return nil
}

func TestQueue_OneCauseIsOneMailAndIsSentOnce(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		second := confirmation()
		second.Subject = "Another text"
		queue(t, db, confirmation(), second)
		queue(t, db, confirmation())
		clock.Advance(2 * time.Minute)
		var post recorder
		if err := runnerFor(t, db, &post).RunUntilIdle(t.Context()); err != nil {
			t.Fatal(err)
		}
		if len(post.sent) != 1 || post.sent[0].Subject != confirmation().Subject {
			t.Fatalf("sent %+v", post.sent)
		}
		m := only(t, db)
		if m.Status != mail.Sent || m.Attempts != 1 || !m.SentAt.Equal(modelstest.Start.Add(2*time.Minute)) || !m.QueuedAt.Equal(modelstest.Start) {
			t.Errorf("%+v", m)
		}
	})
}

func TestQueue_OneCauseIsOneMailAlsoWhenQueuedAtOnce(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		var all sync.WaitGroup
		for range 16 {
			all.Go(func() {
				err := db.InTx(t.Context(), func(tx models.DB) error { return mail.Queue(t.Context(), tx, confirmation()) })
				if err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		only(t, db)
		if c, err := jobs.Count(t.Context(), db); err != nil || c.Waiting != 1 {
			t.Errorf("jobs: %+v %v", c, err)
		}
	})
}

func TestQueue_ARolledBackCauseSendsNothing(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		undone := errors.New("undone")
		err := db.InTx(t.Context(), func(tx models.DB) error {
			return errors.Join(mail.Queue(t.Context(), tx, confirmation()), undone)
		})
		if !errors.Is(err, undone) {
			t.Fatal(err)
		}
		var post recorder
		if err := runnerFor(t, db, &post).RunUntilIdle(t.Context()); err != nil || len(post.sent) != 0 || len(list(t, db, mail.Filter{})) != 0 {
			t.Errorf("sent %v, error %v", post.sent, err)
		}
	})
}

func TestQueue_NeedsATransaction(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		if err := mail.Queue(t.Context(), db, confirmation()); err == nil {
			t.Error("queued outside a transaction")
		}
	})
}

func TestQueue_RefusesWhatCouldBecomeAHeader(t *testing.T) {
	db, _ := modelstest.Open(t, models.SQLite)
	pdf := mail.Part{Filename: "invoice.pdf", ContentType: "application/pdf", Content: []byte("%PDF")}
	part := func(change func(*mail.Part)) func(*mail.Message) {
		return func(m *mail.Message) {
			p := pdf
			change(&p)
			m.Parts = []mail.Part{p}
		}
	}
	for what, change := range map[string]func(*mail.Message){
		"line break in name":         func(m *mail.Message) { m.ToName = "Tom\r\nBcc: all@example.org" },
		"line break in address":      func(m *mail.Message) { m.ToEmail = "tom@example.org\r\nBcc: all@example.org" },
		"line break in reply":        func(m *mail.Message) { m.ReplyTo = "tom@example.org\nBcc: all@example.org" },
		"line break in subject":      func(m *mail.Message) { m.Subject = "Hello\nBcc: all@example.org" },
		"separator in subject":       func(m *mail.Message) { m.Subject = "Hello\u2028there" },
		"no valid text":              func(m *mail.Message) { m.Subject = "Hello \xff" },
		"two addresses":              func(m *mail.Message) { m.ToEmail = "tom@example.org, all@example.org" },
		"name in address":            func(m *mail.Message) { m.ToEmail = "Tom <tom@example.org>" },
		"no host":                    func(m *mail.Message) { m.ToEmail = "tom" },
		"foreign letters in address": func(m *mail.Message) { m.ToEmail = "zoë@example.org" },
		"no text":                    func(m *mail.Message) { m.Text = "" },
		"no page":                    func(m *mail.Message) { m.HTML = "" },
		"no cause":                   func(m *mail.Message) { m.Cause = "" },
		"endless subject":            func(m *mail.Message) { m.Subject = strings.Repeat("a", 251) },
		"line break in file name":    part(func(p *mail.Part) { p.Filename = "a.pdf\r\nX: y" }),
		"no file name":               part(func(p *mail.Part) { p.Filename = "" }),
		"line break in type":         part(func(p *mail.Part) { p.ContentType = "application/pdf\r\nX: y" }),
		"no type":                    part(func(p *mail.Part) { p.ContentType = "" }),
		"too large":                  part(func(p *mail.Part) { p.Content = make([]byte, 8<<20) }),
	} {
		m := confirmation()
		change(&m)
		if err := db.InTx(t.Context(), func(tx models.DB) error { return mail.Queue(t.Context(), tx, m) }); err == nil {
			t.Errorf("%s: queued", what)
		}
	}
	if n := len(list(t, db, mail.Filter{})); n != 0 {
		t.Errorf("%d mails in the outbox", n)
	}
}
