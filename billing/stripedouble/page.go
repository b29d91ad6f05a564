package stripedouble

import (
	"bytes"
	_ "embed"
	"errors"
	"html/template"
	"net/http"
	"net/url"
	"strings"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

//go:embed page.html
var pageHTML string

//go:embed page.css
var pageCSS []byte

// view is what the payer's page shows. An empty Status is a page that never was.
type view struct {
	ID       string
	Status   string
	Total    models.Pence
	Lines    []line
	Email    string
	Until    string // London time at which the page ends
	Declined bool
	Waiting  bool   // complete, and the money is not there yet
	Success  string // where Paid leads
	Back     string // where leaving leads; empty when there is nowhere
}

// Each is the price of one, for the page.
func (l line) Each() models.Pence { return models.Pence(l.Unit) }

func (d *Double) view(id string) view {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.endDue()
	s := d.state.session(id)
	if s == nil {
		return view{}
	}
	return view{
		ID: s.ID, Status: s.Status, Total: models.Pence(s.Total), Lines: s.Lines, Email: s.Email, Back: s.CancelURL,
		Until:   models.When(time.Unix(s.ExpiresAt, 0)),
		Waiting: s.Status == "complete" && !d.received(s),
		Success: strings.ReplaceAll(s.SuccessURL, "{CHECKOUT_SESSION_ID}", s.ID),
	}
}

// received says whether the page's money is there. The state is locked.
func (d *Double) received(s *session) bool {
	p := d.state.payment(s.Payment)
	return p != nil && p.Status == "succeeded"
}

// showPage draws the payer's page in whatever state it is.
func (d *Double) showPage(w http.ResponseWriter, r *http.Request) {
	v := d.view(r.PathValue("id"))
	v.Declined = v.Status == "open" && r.URL.Query().Has("declined")
	t, err := template.New("page").Parse(pageHTML)
	var out bytes.Buffer
	if err == nil {
		err = t.Execute(&out, v)
	}
	if err != nil {
		d.options.Log.Error("test payments page", "error", err)
		http.Error(w, "The test payment page could not be drawn.", http.StatusInternalServerError)
		return
	}
	protect(w, v)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(pageStatus(v))
	_, _ = out.WriteTo(w)
}

func pageStatus(v view) int {
	switch v.Status {
	case "":
		return http.StatusNotFound
	case "expired":
		return http.StatusGone
	}
	return http.StatusOK
}

// protect allows the page its own style sheet and a form that leads back to the shop, and nothing else.
func protect(w http.ResponseWriter, v view) {
	shop := ""
	if u, err := url.Parse(v.Success); err == nil && u.Host != "" {
		shop = " " + u.Scheme + "://" + u.Host
	}
	h := w.Header()
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"+shop)
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
}

func servePageCSS(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/css; charset=utf-8")
	_, _ = w.Write(pageCSS)
}

// pressed acts on a button. Pressing Pay twice pays once and leads to the same place.
func (d *Double) pressed(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	id, target := r.PathValue("id"), r.PathValue("id")
	switch r.PostFormValue("press") {
	case "pay":
		if err := d.Pay(id); err == nil || errors.Is(err, ErrPaid) {
			target = d.view(id).Success
		}
	case "later":
		if err := d.PayLater(id); err == nil || errors.Is(err, ErrPaid) {
			target = d.view(id).Success
		}
	case "decline":
		if d.Decline(id) == nil {
			target += "?declined=1"
		}
	}
	w.Header().Set("Location", target) // http.Redirect would write the relative address out without the folder it is served in
	w.WriteHeader(http.StatusSeeOther)
}
