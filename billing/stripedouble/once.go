package stripedouble

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
)

const idempotencyKey = "Idempotency-Key"

// answer is what a request with an idempotency key was told.
type answer struct {
	At      int64  `json:"at"`
	Request string `json:"request"` // hash of method, path and body
	Status  int    `json:"status"`
	Body    []byte `json:"body"`
}

// once runs a write with an idempotency key at most once in 24 hours. The same request again is told the same, even a fault of the
// server; another request under that key, or the same one while the first is being worked on, is refused. A request refused for its
// parameters did nothing and is not remembered.
func (d *Double) once(r *http.Request, body []byte, run func() reply) reply {
	key := r.Header.Get(idempotencyKey)
	if r.Method != http.MethodPost || key == "" {
		return run()
	}
	sum := sha256.Sum256([]byte(r.Method + " " + r.URL.Path + "\n" + string(body)))
	request := hex.EncodeToString(sum[:])
	if out, answered := d.answered(key, request); answered {
		return out
	}
	out := run()
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.inflight, key)
	if out.status < http.StatusBadRequest || out.status == http.StatusInternalServerError {
		d.state.Answers[key] = &answer{d.now(), request, out.status, out.body}
		d.keep()
	}
	return out
}

// answered gives the remembered answer or a refusal; otherwise it claims the key for the caller.
func (d *Double) answered(key, request string) (reply, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.state.forget(d.now())
	a := d.state.Answers[key]
	switch {
	case d.inflight[key]:
		return refuse(&apiError{http.StatusConflict, "idempotency_error", "idempotency_key_in_use", "",
			"A request with this idempotency key is being worked on"}), true
	case a == nil:
		d.inflight[key] = true
		return reply{}, false
	case a.Request != request:
		return refuse(&apiError{http.StatusBadRequest, "idempotency_error", "", "",
			"This idempotency key was used with other parameters"}), true
	}
	return reply{status: a.Status, body: a.Body, replayed: true}, true
}
