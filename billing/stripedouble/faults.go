package stripedouble

import (
	"net/http"
	"strings"
)

// FaultKind is how a request goes wrong.
type FaultKind int

// The kinds. A reset closes the connection without an answer.
const (
	ServerError FaultKind = iota // 500 without effect, which Stripe then repeats for the same key
	LateError                    // 500 although it took effect
	Unavailable                  // 503 without effect
	ResetBefore                  // reset without effect
	ResetAfter                   // reset although it took effect
	Delay                        // nothing until Until is closed or the caller gives up
)

// Fault is planted by a test with Inject.
type Fault struct {
	Kind   FaultKind
	Method string // empty: any
	Path   string // beginning of the path; empty: any
	After  int    // how many requests that match go well first
	Times  int    // how many requests it hits
	Until  <-chan struct{}
}

// Inject plants a fault. Faults are used up in the order in which they were planted.
func (d *Double) Inject(f Fault) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.faults = append(d.faults, &f)
}

// nextFault takes the fault that hits the request, or nil. A nil fault does nothing.
func (d *Double) nextFault(r *http.Request) *Fault {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, f := range d.faults {
		if f.Times > 0 && (f.Method == "" || f.Method == r.Method) && strings.HasPrefix(r.URL.Path, f.Path) {
			if f.After > 0 {
				f.After--
				continue
			}
			f.Times--
			return f
		}
	}
	return nil
}

func (f *Fault) is(k FaultKind) bool { return f != nil && f.Kind == k }

// before resets the connection before anything happened.
func (f *Fault) before() {
	if f.is(ResetBefore) {
		panic(http.ErrAbortHandler)
	}
}

// wait delays the work. A caller that gave up does not stop it.
func (f *Fault) wait(r *http.Request) {
	if f.is(Delay) {
		select {
		case <-f.Until:
		case <-r.Context().Done():
		}
	}
}

// instead is what the request is told instead of being done, or nil.
func (f *Fault) instead() error {
	switch {
	case f.is(ServerError):
		return injected(http.StatusInternalServerError)
	case f.is(Unavailable):
		return injected(http.StatusServiceUnavailable)
	}
	return nil
}

// late is what the request is told although it was done, or nil.
func (f *Fault) late() error {
	if f.is(LateError) {
		return injected(http.StatusInternalServerError)
	}
	return nil
}

// after resets the connection when everything has happened.
func (f *Fault) after() {
	if f.is(ResetAfter) {
		panic(http.ErrAbortHandler)
	}
}

func injected(status int) *apiError {
	return &apiError{status: status, kind: "api_error", message: "An injected fault"}
}
