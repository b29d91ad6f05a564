package stripedouble

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// apiCall answers one request with the state locked: with an object, or an error as Stripe words it.
type apiCall func(r *http.Request, form url.Values) (object, error)

// object is a JSON object in the making.
type object map[string]any

// apiError is a refusal in Stripe's form.
type apiError struct {
	status  int
	kind    string // invalid_request_error, idempotency_error, api_error
	code    string
	param   string
	message string
}

func (e *apiError) Error() string { return e.message }

func invalid(param, format string, args ...any) *apiError {
	return &apiError{status: http.StatusBadRequest, kind: "invalid_request_error", param: param, message: fmt.Sprintf(format, args...)}
}

func missing(what, id string) *apiError {
	return &apiError{http.StatusNotFound, "invalid_request_error", "resource_missing", "id", fmt.Sprintf("No such %s: '%s'", what, id)}
}

func unknownCall(r *http.Request, _ url.Values) (object, error) {
	e := invalid("", "Unrecognized request URL (%s: %s)", r.Method, r.URL.Path)
	e.status = http.StatusNotFound
	return nil, e
}

const maxBody = 1 << 20

// reply is an answer ready to be written.
type reply struct {
	status   int
	body     []byte
	replayed bool
}

// api wraps a call: who asks, which version, faults a test has planted, and the idempotency key of a write.
func (d *Double) api(call apiCall) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
		if err != nil {
			write(w, refuse(invalid("", "The request is too large")))
			return
		}
		form, e := admit(r, body)
		if e != nil {
			write(w, refuse(e))
			return
		}
		fault := d.nextFault(r)
		fault.before()
		run := func() reply { return d.run(r, form, call, fault) }
		out := d.once(r, body, run)
		fault.after()
		write(w, out)
	})
}

// admit checks key and version and reads the parameters: of the query, or of the body of a POST.
func admit(r *http.Request, body []byte) (url.Values, *apiError) {
	key, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !strings.HasPrefix(key, "sk_test_") && !strings.HasPrefix(key, "rk_test_") {
		return nil, &apiError{http.StatusUnauthorized, "invalid_request_error", "", "", "Test payments take test keys only"}
	}
	if v := r.Header.Get("Stripe-Version"); v != apiVersion {
		return nil, invalid("", "Test payments speak version %s, not %q", apiVersion, v)
	}
	raw := r.URL.RawQuery
	if r.Method == http.MethodPost {
		raw = string(body)
	}
	form, err := url.ParseQuery(raw)
	if err != nil {
		return nil, invalid("", "The parameters are malformed")
	}
	return form, nil
}

// run makes the call with the state locked, and keeps what it changed.
func (d *Double) run(r *http.Request, form url.Values, call apiCall, fault *Fault) reply {
	fault.wait(r)
	if err := fault.instead(); err != nil {
		return refuse(err)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.endDue()
	out, err := call(r, form)
	if err != nil {
		return refuse(err)
	}
	if r.Method == http.MethodPost && r.Header.Get(idempotencyKey) == "" {
		d.keep() // with a key, once keeps the change and the answer together
	}
	if err := fault.late(); err != nil {
		return refuse(err)
	}
	body, err := json.Marshal(out)
	if err != nil {
		return refuse(err)
	}
	return reply{status: http.StatusOK, body: body}
}

// keep writes the state file. A failure is logged: the double goes on from memory.
func (d *Double) keep() {
	d.state.forget(d.now())
	if err := d.state.store(d.options.StateFile); err != nil {
		d.options.Log.Error("test payments not kept", "error", err)
	}
}

func refuse(err error) reply {
	e, ok := err.(*apiError)
	if !ok {
		e = &apiError{status: http.StatusInternalServerError, kind: "api_error", message: err.Error()}
	}
	inner := object{"type": e.kind, "message": e.message}
	if e.code != "" {
		inner["code"] = e.code
	}
	if e.param != "" {
		inner["param"] = e.param
	}
	body, _ := json.Marshal(object{"error": inner}) // strings only
	return reply{status: e.status, body: body}
}

func write(w http.ResponseWriter, out reply) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Request-Id", newID("req_"))
	if out.replayed {
		w.Header().Set("Idempotent-Replayed", "true")
	}
	w.WriteHeader(out.status)
	_, _ = w.Write(out.body) // a caller that went away learns nothing
}
