package e2e_test

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/cmd/ssph/app"
	"hub.salford.ac.uk/ssph/handlers"
	"hub.salford.ac.uk/ssph/mail/mailtest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// program is SSPH, running for one test.
type program struct {
	*app.App
	t      *testing.T
	clock  *modelstest.Clock
	post   *mailtest.Server
	screen int64 // how wide the windows of its people are, in CSS pixels
}

// each plays a journey on both engines, each with a program of its own: at a desk on SQLite, on a phone on PostgreSQL, for what a
// screen shows does not depend on the engine. When it ends the records must be sound and the mails discreet.
func each(t *testing.T, journey func(t *testing.T, p *program)) {
	t.Parallel()
	for _, dialect := range modelstest.Dialects {
		t.Run(string(dialect), func(t *testing.T) {
			t.Parallel()
			p := start(t, dialect, handlers.Development)
			if dialect == models.Postgres {
				p.screen = phone
			}
			journey(t, p)
			if !t.Failed() {
				p.sound()
				p.discreet()
			}
		})
	}
}

// start runs the program on free ports until the test ends. Its clock stands still, at modelstest.Start, until it is moved.
func start(t *testing.T, dialect models.Dialect, mode handlers.Mode) *program {
	t.Helper()
	p := &program{t: t, clock: modelstest.NewClock(), post: mailtest.Start(t, mailtest.Options{}), screen: desk}
	database := modelstest.Fresh(t, dialect)
	config := app.Config{
		Addr: "127.0.0.1:0", DataDir: t.TempDir(), DatabaseURL: database.URL, Mode: mode,
		SMTP:   app.SMTPConfig{Addr: p.post.Addr, FromName: "Salford Social Prescribing Hub", TLS: "none"},
		Stripe: app.StripeConfig{DoubleAddr: "127.0.0.1:0"},
	}
	if database.URL == "" {
		config.DataDir = database.Dir
	}
	var err error
	heard := &complaints{t: t}
	if p.App, err = app.New(t.Context(), config, app.Parts{Log: slog.New(heard), Clock: p.clock}); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ready, ended := make(chan struct{}), make(chan error, 1)
	go func() {
		ended <- p.Run(ctx, func() error { close(ready); return nil })
	}()
	t.Cleanup(func() {
		heard.stopping.Store(true)
		stop()
		if err := <-ended; err != nil {
			t.Errorf("the program ended with %v", err)
		}
	})
	select {
	case <-ready:
	case err := <-ended:
		ended <- nil
		t.Fatalf("the program did not start: %v", err)
	}
	return p
}

// complaints fails the test when the program logs an error: nothing a person does may be a fault of ours.
type complaints struct {
	t        *testing.T
	mu       sync.Mutex
	stopping atomic.Bool
	slog.Handler
}

// Enabled is true from warnings on.
func (c *complaints) Enabled(_ context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn
}

// Handle writes the record to the test's own log.
func (c *complaints) Handle(_ context.Context, r slog.Record) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	words := r.Message
	r.Attrs(func(a slog.Attr) bool { words += " " + a.String(); return true })
	switch {
	case c.stopping.Load() && strings.Contains(words, context.Canceled.Error()): // the queue was told to stop in the middle of a look
	case r.Level >= slog.LevelError:
		c.t.Errorf("the program logs an error: %s", words)
	default:
		c.t.Logf("the program warns: %s", words)
	}
	return nil
}

// WithAttrs leaves the attributes out.
func (c *complaints) WithAttrs([]slog.Attr) slog.Handler { return c }

// WithGroup leaves the group out.
func (c *complaints) WithGroup(string) slog.Handler { return c }

// sound runs the doctor.
func (p *program) sound() {
	p.t.Helper()
	for _, check := range app.Checks() {
		if found, err := check.Run(p.t.Context(), p.DB()); err != nil || len(found) > 0 {
			p.t.Errorf("%s: %v %v", check.Name, found, err)
		}
	}
}

// count counts rows: "documents WHERE kind = 'invoice'".
func (p *program) count(what string) (n int) {
	p.t.Helper()
	if err := p.DB().SQL(p.t.Context()).Raw("SELECT COUNT(*) FROM " + what).Scan(&n).Error; err != nil {
		p.t.Fatal(err)
	}
	return n
}

// patience is how long anything may take to come true on a busy machine.
const patience = time.Minute

var errImpatient = errors.New("it did not come true in time")

// eventually waits until the condition holds.
func eventually(ctx context.Context, holds func() bool) error {
	limit, often := time.NewTimer(patience), time.NewTicker(20*time.Millisecond)
	defer limit.Stop()
	defer often.Stop()
	for !holds() {
		select {
		case <-often.C:
		case <-limit.C:
			return errImpatient
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}
