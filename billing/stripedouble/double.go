package stripedouble

import (
	"crypto/rand"
	"encoding/hex"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// apiVersion is the one version it speaks.
const apiVersion = "2023-10-16"

// Options says how a double is set up.
type Options struct {
	Clock         models.Clock
	BaseURL       string // where Handler is reached from a browser, without a slash at the end; empty: the host of each request
	WebhookURL    string // where events are sent; empty: they are only recorded
	WebhookSecret string // signs what is sent
	StateFile     string // keeps everything over a restart; empty: memory only
	Log           *slog.Logger
	// RetryPauses are the waits before a webhook that was not accepted is sent again; nil means 1, 5 and 30 seconds.
	RetryPauses []time.Duration
}

// Double is a stand-in for Stripe. All its methods may be called from several goroutines.
type Double struct {
	options Options
	client  *http.Client
	done    chan struct{}

	mu       sync.Mutex
	idle     *sync.Cond // signals that sending reached 0
	state    state
	inflight map[string]bool // idempotency keys being worked on
	faults   []*Fault
	hold     bool // webhooks are recorded and not sent
	slow     bool // refunds stay pending until settled
	sending  int
	closed   bool
}

// webhookTimeout is how long a receiver may take before its answer counts as missing.
const webhookTimeout = 10 * time.Second

// New makes a double, with what its state file holds. It fails when that file cannot be read.
func New(o Options) (*Double, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.RetryPauses == nil {
		o.RetryPauses = []time.Duration{time.Second, 5 * time.Second, 30 * time.Second}
	}
	d := &Double{options: o, client: &http.Client{Timeout: webhookTimeout}, done: make(chan struct{}), inflight: map[string]bool{}}
	d.idle = sync.NewCond(&d.mu)
	s, err := load(o.StateFile)
	d.state = s
	return d, err
}

// Close stops sending webhooks and waits for those on their way.
func (d *Double) Close() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.closed {
		d.closed = true
		close(d.done)
	}
	for d.sending > 0 {
		d.idle.Wait()
	}
}

// Handler serves the programming interface under /v1/, the payers' pages under /pay/, and under /dashboard what somebody can do on
// Stripe's own pages or a bank can do to a payment.
func (d *Double) Handler() http.Handler {
	mux := http.NewServeMux()
	for pattern, call := range map[string]apiCall{
		"POST /v1/checkout/sessions":             d.createSession,
		"GET /v1/checkout/sessions":              d.listSessions,
		"GET /v1/checkout/sessions/{id}":         d.getSession,
		"POST /v1/checkout/sessions/{id}/expire": d.expireSession,
		"GET /v1/payment_intents/{id}":           d.getPayment,
		"GET /v1/charges/{id}":                   d.getCharge,
		"POST /v1/refunds":                       d.createRefund,
		"GET /v1/refunds":                        d.listRefunds,
		"GET /v1/refunds/{id}":                   d.getRefund,
		"GET /v1/disputes/{id}":                  d.getDispute,
		"POST /v1/webhook_endpoints":             d.createHook,
		"GET /v1/webhook_endpoints":              d.listHooks,
		"GET /v1/events":                         d.listEvents,
		"GET /v1/events/{id}":                    d.getEvent,
		"/v1/":                                   unknownCall,
	} {
		mux.Handle(pattern, d.api(call))
	}
	mux.HandleFunc("GET /pay/page.css", servePageCSS)
	mux.HandleFunc("GET /pay/{id}", d.showPage)
	mux.HandleFunc("POST /pay/{id}", d.pressed)
	mux.HandleFunc("GET /dashboard", d.showDashboard)
	mux.HandleFunc("POST /dashboard", d.acted)
	return mux
}

// now is the double's clock in Stripe's whole seconds.
func (d *Double) now() int64 { return d.options.Clock.Now().Unix() }

// newID makes an id that nobody can guess: cs_test_4f0c….
func newID(prefix string) string {
	b := make([]byte, 14)
	_, _ = rand.Read(b) // never fails
	return prefix + hex.EncodeToString(b)
}
