package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"hub.salford.ac.uk/ssph/billing/stripedouble"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/handlers"
	"hub.salford.ac.uk/ssph/jobs"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
	"hub.salford.ac.uk/ssph/tool"
)

// Parts are what a test puts in the place of the usual: nil means the usual.
type Parts struct {
	Log   *slog.Logger
	Clock models.Clock // instead of the machine's, or the one Config asks for
}

// App is the running program: made by New, run by Run, ended by the end of Run's context or by Close.
type App struct {
	config  Config
	log     *slog.Logger
	clock   models.Clock
	db      models.DB
	url     string
	cases   tool.Desk
	pages   net.Listener
	serve   []serving // in the order in which they are started
	runner  *jobs.Runner
	double  *stripedouble.Double // nil when payments are taken at Stripe
	counter string               // where a browser reaches the double; empty without one
	closers []func() error       // what New has opened, in order
}

// New opens the database, brings it up to date, listens, and wires everything; nothing is served before Run. In demo mode it fills
// an empty database. The error of a configuration that cannot be used is a *Faulty.
func New(ctx context.Context, c Config, p Parts) (*App, error) {
	if err := c.Check(); err != nil {
		return nil, err
	}
	if err := templates.AssetsBuilt(); err != nil {
		return nil, err
	}
	a := &App{config: c, log: p.Log, clock: p.Clock}
	if a.log == nil {
		a.log = slog.New(slog.DiscardHandler)
	}
	if a.clock == nil {
		a.clock = c.Clock()
	}
	if err := a.open(ctx); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	return a, nil
}

// open opens one thing after the other; what was opened before a failure is closed by New.
func (a *App) open(ctx context.Context) error {
	if err := a.config.checkWritable(); err != nil {
		return err
	}
	database := a.config.Database()
	database.Clock = a.clock
	db, err := OpenDatabase(ctx, database)
	if err != nil {
		return err
	}
	a.db = db
	a.closers = append(a.closers, db.Close)
	if a.pages, err = a.listen(ctx, a.config.Addr); err != nil {
		return err
	}
	a.url = a.config.baseURL(a.pages.Addr().String())
	payments, err := a.openPayments(ctx)
	if err != nil {
		return err
	}
	if err := a.wire(ctx, payments); err != nil {
		return err
	}
	if a.config.Mode == handlers.Demo {
		_, err = Seed(ctx, db, booking.Desk{BaseURL: a.url}, a.cases)
	}
	return err
}

// listen takes a port. The listener is closed by the server that serves on it, or by Close when none does.
func (a *App) listen(ctx context.Context, address string) (net.Listener, error) {
	var config net.ListenConfig
	l, err := config.Listen(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w", address, err)
	}
	a.closers = append(a.closers, func() error {
		if err := l.Close(); !errors.Is(err, net.ErrClosed) {
			return err
		}
		return nil
	})
	return l, nil
}

// OpenDatabase opens a database and brings both its schemas up to date: ours and the job runner's.
func OpenDatabase(ctx context.Context, c models.Config) (models.DB, error) {
	db, err := models.Open(ctx, c)
	if err != nil {
		return db, err
	}
	if err := jobs.Migrate(ctx, db); err != nil {
		return db, errors.Join(err, db.Close())
	}
	return db, nil
}

// URL is where people reach the program.
func (a *App) URL() string { return a.url }

// DB is the program's database.
func (a *App) DB() models.DB { return a.db }

// Runner works the program's jobs; a test with a clock of its own drives it by hand.
func (a *App) Runner() *jobs.Runner { return a.runner }

// Double is the stand-in for Stripe, or nil when payments are taken at Stripe.
func (a *App) Double() *stripedouble.Double { return a.double }

// Close closes what New opened, the last first. Run closes by itself when it ends; closing again does nothing.
func (a *App) Close() error {
	var all []error
	for i := len(a.closers) - 1; i >= 0; i-- {
		all = append(all, a.closers[i]())
	}
	a.closers = nil
	return errors.Join(all...)
}

// Limits on how long a connection may take to speak, and to be answered.
const (
	headerTime = 5 * time.Second
	readTime   = 15 * time.Second
	writeTime  = 30 * time.Second
	idleTime   = 60 * time.Second
)

func (a *App) newServer(handler http.Handler) *http.Server {
	return &http.Server{
		Handler: handler, ReadHeaderTimeout: headerTime, ReadTimeout: readTime, WriteTimeout: writeTime, IdleTimeout: idleTime,
		ErrorLog: slog.NewLogLogger(a.log.Handler(), slog.LevelWarn),
	}
}
