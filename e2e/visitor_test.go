package e2e_test

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"
)

// visitor is somebody with a plain browser, without scripts or pictures, who tries again when there is no answer.
type visitor struct {
	client *http.Client
	home   string
	from   string // their network address, where the program trusts what is before it
}

// answered is an answer that a visitor reads.
type answered struct {
	*goquery.Document
	URL    *url.URL
	Status int
}

// says tells whether the page has these words.
func (p answered) says(words string) bool {
	return strings.Contains(strings.Join(strings.Fields(p.Find("body").Text()), " "), words)
}

func newVisitor(home string) (*visitor, error) {
	jar, err := cookiejar.New(nil)
	from := fmt.Sprintf("198.18.%d.%d", rand.IntN(256), rand.IntN(256))
	return &visitor{client: &http.Client{Jar: jar, Timeout: 15 * time.Second}, home: home, from: from}, err
}

// get asks for a page, again and again until there is an answer or the context ends.
func (v *visitor) get(ctx context.Context, address string) (answered, error) {
	if strings.HasPrefix(address, "/") {
		address = v.home + address
	}
	return v.persist(ctx, func() (*http.Request, error) {
		return http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
	})
}

// submit sends the first form that the selector finds, with these values over what stands in it. Without an answer it is sent
// again, as people do.
func (v *visitor) submit(ctx context.Context, p answered, form string, typed map[string]string) (answered, error) {
	found := p.Find(form).First()
	if found.Length() == 0 {
		return answered{}, fmt.Errorf("there is no %s on %s (status %d)", form, p.URL, p.Status)
	}
	values := url.Values{}
	found.Find("input[name]").Each(func(_ int, field *goquery.Selection) {
		kind := field.AttrOr("type", "text")
		if _, checked := field.Attr("checked"); checked || kind != "radio" && kind != "checkbox" {
			values.Set(field.AttrOr("name", ""), field.AttrOr("value", ""))
		}
	})
	for name, value := range typed {
		values.Set(name, value)
	}
	target, err := p.URL.Parse(found.AttrOr("action", ""))
	if err != nil {
		return answered{}, err
	}
	return v.persist(ctx, func() (*http.Request, error) {
		r, err := http.NewRequestWithContext(ctx, http.MethodPost, target.String(), strings.NewReader(values.Encode()))
		if err == nil {
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		}
		return r, err
	})
}

func (v *visitor) persist(ctx context.Context, request func() (*http.Request, error)) (answered, error) {
	for {
		r, err := request()
		if err != nil {
			return answered{}, err
		}
		if p, err := v.read(r); err == nil {
			return p, nil
		}
		again := time.NewTimer(50 * time.Millisecond)
		select {
		case <-again.C:
		case <-ctx.Done():
			again.Stop()
			return answered{}, ctx.Err()
		}
	}
}

func (v *visitor) read(r *http.Request) (answered, error) {
	r.Header.Set("X-Forwarded-For", v.from)
	answer, err := v.client.Do(r)
	if err != nil {
		return answered{}, err
	}
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body) // a program that is killed may stop in the middle of a page
	if err != nil {
		return answered{}, err
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(string(text)))
	return answered{doc, answer.Request.URL, answer.StatusCode}, err
}
