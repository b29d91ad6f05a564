package e2e_test

import (
	"context"
	"io"
	"net/http"
	"strings"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// file is what a link leads to that is not a page.
type file struct {
	Status  int
	Header  http.Header
	Content []byte
}

// download fetches where a link leads, with this window's cookies.
func (b *tab) download(words string) file {
	b.Helper()
	b.button(words)
	return b.fetch(see[string](b, `[...document.querySelectorAll('main a[href]')].find(e => e.innerText.trim().startsWith(`+js(words)+`)).href`))
}

// fetch asks for an address with this window's cookies.
func (b *tab) fetch(address string) file {
	b.Helper()
	if strings.HasPrefix(address, "/") {
		address = b.home + address
	}
	request, err := http.NewRequestWithContext(b.Context(), http.MethodGet, address, http.NoBody)
	if err != nil {
		b.Fatal(err)
	}
	b.do("read the cookies", chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		jar, err := chromedp.Call(ctx, network.GetCookies, network.GetCookiesParams{URLs: []string{address}})
		for _, c := range jar.Cookies {
			request.AddCookie(&http.Cookie{Name: c.Name, Value: c.Value})
		}
		return err
	}))
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		b.Fatal(err)
	}
	return file{answer.StatusCode, answer.Header, content}
}

// pdf downloads a PDF and checks that it is one.
func (b *tab) pdf(words string) file {
	b.Helper()
	f := b.download(words)
	if f.Status != http.StatusOK || f.Header.Get("Content-Type") != "application/pdf" || !strings.HasPrefix(string(f.Content), "%PDF-1.7") {
		b.Errorf("%s: status %d, %s, %.20q", words, f.Status, f.Header.Get("Content-Type"), f.Content)
	}
	return f
}
