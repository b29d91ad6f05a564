package handlerstest

import (
	"bytes"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/handlers"
	"hub.salford.ac.uk/ssph/models"
)

// Browser keeps cookies and sends forms as a browser does. It does not follow redirects unless asked: see Follow and Open.
type Browser struct {
	// FetchSite is sent as Sec-Fetch-Site with every form; empty for a browser that does not know it.
	FetchSite string

	t      testing.TB
	base   string
	client *http.Client
}

// handlerTransport answers requests with a handler, without a network, as if they came from this address.
type handlerTransport struct {
	handler http.Handler
	from    string
}

// RoundTrip answers one request.
func (h handlerTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	w := httptest.NewRecorder()
	if r.Body == nil {
		r.Body = http.NoBody
	}
	r.RemoteAddr = h.from
	h.handler.ServeHTTP(w, r)
	answer := w.Result()
	answer.Request = r
	return answer, nil
}

// Browser is a new browser that has never been here, with a network address of its own. It is at BaseURL unless another address is given.
func (w *World) Browser(base ...string) *Browser {
	w.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		w.t.Fatal(err)
	}
	w.browsers++
	b := &Browser{t: w.t, base: BaseURL, client: &http.Client{
		Transport: handlerTransport{w.Site, fmt.Sprintf("[2001:db8:0:%x::1]:443", w.browsers)}, Jar: jar,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	if len(base) > 0 {
		b.base = base[0]
	}
	return b
}

// Neighbour is another new browser on the same network: nothing but its address is the same.
func (b *Browser) Neighbour() *Browser {
	b.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		b.t.Fatal(err)
	}
	return &Browser{t: b.t, base: b.base, client: &http.Client{Transport: b.client.Transport, Jar: jar, CheckRedirect: b.client.CheckRedirect}}
}

// SignedIn is a new browser in which this person has signed in, by a link and its button.
func (w *World) SignedIn(actor access.Actor) *Browser {
	w.t.Helper()
	var token string
	w.InTx(func(tx models.DB) (err error) {
		token, err = access.IssueLink(w.t.Context(), tx, access.LinkRequest{Email: actor.Email})
		return err
	})
	b := w.Browser()
	page := b.Get(strings.TrimPrefix(handlers.SignInLink(BaseURL, token), BaseURL))
	if sent := b.Submit(page, "main form", nil); sent.Status != http.StatusSeeOther {
		w.t.Fatalf("sign in as %s: status %d, %s", actor.Email, sent.Status, sent.Text("main"))
	}
	return b
}

// Get asks for a page; a redirect is returned as it is.
func (b *Browser) Get(path string) *Page {
	b.t.Helper()
	return b.Do(b.request(http.MethodGet, path, nil))
}

// Open asks for a page and follows redirects on this site to where they lead.
func (b *Browser) Open(path string) *Page {
	b.t.Helper()
	return b.Follow(b.Get(path))
}

// Follow goes where redirects lead, as long as they stay on this site.
func (b *Browser) Follow(p *Page) *Page {
	b.t.Helper()
	for range 10 {
		if p.Location == "" || strings.Contains(p.Location, "://") && !strings.HasPrefix(p.Location, b.base) {
			return p
		}
		p = b.Get(strings.TrimPrefix(p.Location, b.base))
	}
	b.t.Fatalf("redirects without end, to %s", p.Location)
	return nil
}

// Post sends values to an address without having looked at its page: what a program would do.
func (b *Browser) Post(path string, values url.Values) *Page {
	b.t.Helper()
	return b.Do(b.request(http.MethodPost, path, values))
}

// Submit sends the form the selector finds on the page: all its fields as they stand, with these values typed over them.
func (b *Browser) Submit(p *Page, form string, typed map[string]string) *Page {
	b.t.Helper()
	found := p.Doc.Find(form)
	if found.Length() != 1 {
		b.t.Fatalf("%d forms match %q on %s", found.Length(), form, p.Path)
	}
	values := fieldsOf(found)
	for name, value := range typed {
		values.Set(name, value)
	}
	action := found.AttrOr("action", p.Path)
	if found.AttrOr("method", "get") == "post" {
		return b.Post(action, values)
	}
	path, _, _ := strings.Cut(action, "?")
	return b.Get(path + "?" + values.Encode())
}

// Upload sends a form that has a file: its other fields as they stand on the page.
func (b *Browser) Upload(p *Page, form, field, name string, content []byte) *Page {
	b.t.Helper()
	found := p.Doc.Find(form)
	if found.Length() != 1 {
		b.t.Fatalf("%d forms match %q on %s", found.Length(), form, p.Path)
	}
	var body bytes.Buffer
	parts := multipart.NewWriter(&body)
	for key, values := range fieldsOf(found) {
		if key != field {
			_ = parts.WriteField(key, values[0])
		}
	}
	file, err := parts.CreateFormFile(field, name)
	if err != nil {
		b.t.Fatal(err)
	}
	_, _ = file.Write(content)
	_ = parts.Close()
	r := b.request(http.MethodPost, found.AttrOr("action", p.Path), nil)
	r.Body, r.ContentLength = io.NopCloser(&body), int64(body.Len())
	r.Header.Set("Content-Type", parts.FormDataContentType())
	r.Header.Set("Referer", b.base+p.Path)
	return b.Do(r)
}

// fieldsOf are the values a browser would send if nothing were typed.
func fieldsOf(form *goquery.Selection) url.Values {
	values := url.Values{}
	form.Find("input[name], textarea[name], select[name]").Each(func(_ int, field *goquery.Selection) {
		name, kind := field.AttrOr("name", ""), field.AttrOr("type", "text")
		_, checked := field.Attr("checked")
		switch {
		case goquery.NodeName(field) == "textarea":
			values.Add(name, field.Text())
		case goquery.NodeName(field) == "select":
			chosen := field.Find("option[selected]")
			if chosen.Length() == 0 {
				chosen = field.Find("option").First()
			}
			values.Add(name, chosen.AttrOr("value", ""))
		case kind == "radio" || kind == "checkbox":
			if checked {
				values.Add(name, field.AttrOr("value", "on"))
			}
		default:
			values.Add(name, field.AttrOr("value", ""))
		}
	})
	return values
}

func (b *Browser) request(method, path string, values url.Values) *http.Request {
	b.t.Helper()
	var body io.Reader
	if values != nil {
		body = strings.NewReader(values.Encode())
	}
	r, err := http.NewRequestWithContext(b.t.Context(), method, b.base+path, body)
	if err != nil {
		b.t.Fatal(err)
	}
	if values != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Referer", b.base+path)
	}
	if b.FetchSite != "" {
		r.Header.Set("Sec-Fetch-Site", b.FetchSite)
	}
	return r
}

// Do sends a request with this browser's cookies.
func (b *Browser) Do(r *http.Request) *Page {
	b.t.Helper()
	answer, err := b.client.Do(r)
	if err != nil {
		b.t.Fatalf("%s %s: %v", r.Method, r.URL, err)
	}
	defer func() { _ = answer.Body.Close() }()
	return readPage(b.t, r.URL.RequestURI(), answer)
}

// Cookies are what the browser holds for the site.
func (b *Browser) Cookies() []*http.Cookie {
	u, err := url.Parse(b.base)
	if err != nil {
		b.t.Fatal(err)
	}
	return b.client.Jar.Cookies(u)
}
