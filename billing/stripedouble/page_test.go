package stripedouble

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
)

// browse gets a page, or presses a button on it when press is not empty, without following where it leads.
func (b *bench) browse(t *testing.T, address, press string) (*http.Response, *goquery.Document) {
	t.Helper()
	c := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	var res *http.Response
	var err error
	if press == "" {
		res, err = c.Get(address)
	} else {
		res, err = c.PostForm(address, url.Values{"press": {press}})
	}
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	doc, err := goquery.NewDocumentFromReader(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, doc
}

func TestPage_SaysWhatIsPaidAndThatNoMoneyMoves(t *testing.T) {
	b := setUp(t, nil)
	s := b.create(t)
	res, doc := b.browse(t, s.URL, "")
	if res.StatusCode != http.StatusOK || doc.Find("h1").Text() != "Pay £820.80" {
		t.Errorf("%s %s", res.Status, doc.Find("h1").Text())
	}
	if !strings.Contains(doc.Find("header").Text(), "Test payments. No money moves") {
		t.Error(doc.Find("header").Text())
	}
	if got := strings.TrimSpace(doc.Find("li").Text()); got != "A place <b>& more3 at £273.60 each" {
		t.Errorf("%q", got)
	}
	if href, _ := doc.Find("main a").Attr("href"); href != "http://shop.example/booking" {
		t.Error(href)
	}
	if !strings.Contains(doc.Find(".small").Text(), "23 November 2026 at 9:35am") {
		t.Error(doc.Find(".small").Text())
	}
	policy := res.Header.Get("Content-Security-Policy")
	if !strings.Contains(policy, "form-action 'self' http://shop.example") || !strings.Contains(policy, "default-src 'none'") {
		t.Error(policy)
	}
	if css, _ := b.browse(t, b.url+"/pay/page.css", ""); css.Header.Get("Content-Type") != "text/css; charset=utf-8" {
		t.Error(css.Header)
	}
}

func TestPage_PayLeadsBackToTheShop(t *testing.T) {
	b := setUp(t, nil)
	s := b.create(t)
	want := "http://shop.example/paid?session_id=" + s.ID
	for range 2 { // a double click pays once
		res, _ := b.browse(t, s.URL, "pay")
		if res.StatusCode != http.StatusSeeOther || res.Header.Get("Location") != want {
			t.Errorf("%s %s", res.Status, res.Header.Get("Location"))
		}
	}
	if got := b.kinds(); got != "checkout.session.completed" {
		t.Error(got)
	}
	_, doc := b.browse(t, s.URL, "") // the back button
	if href, _ := doc.Find("main a").Attr("href"); href != want || doc.Find("button").Length() != 0 {
		t.Errorf("%s, %d buttons", href, doc.Find("button").Length())
	}
}

func TestPage_DeclineCanTryAgain(t *testing.T) {
	b := setUp(t, nil)
	s := b.create(t)
	res, _ := b.browse(t, s.URL, "decline")
	next, err := res.Location()
	if err != nil {
		t.Fatal(err)
	}
	_, doc := b.browse(t, next.String(), "")
	if !strings.Contains(doc.Find("[role=alert]").Text(), "The bank did not accept the card") || doc.Find("button").Length() != 3 {
		t.Error(doc.Find("main").Text())
	}
	if got := b.read(t, s.ID); got.Status != "open" {
		t.Error(got.Status)
	}
}

func TestPage_EndedOrUnknownTakesNoMoney(t *testing.T) {
	b := setUp(t, nil)
	s := b.create(t)
	b.clock.Advance(time.Hour)
	res, _ := b.browse(t, s.URL, "pay")
	next, err := res.Location()
	if err != nil {
		t.Fatal(err)
	}
	res, doc := b.browse(t, next.String(), "")
	if res.StatusCode != http.StatusGone || doc.Find("h1").Text() != "This payment page has ended" {
		t.Errorf("%s %s", res.Status, doc.Find("h1").Text())
	}
	if res, _ := b.browse(t, b.url+"/pay/cs_test_unknown", ""); res.StatusCode != http.StatusNotFound {
		t.Error(res.Status)
	}
	for _, press := range []string{"steal", "refund"} {
		open := b.create(t)
		b.browse(t, open.URL, press)
		if got := b.read(t, open.ID); got.Status != "open" || got.PaymentIntent != nil {
			t.Errorf("%s: %s", press, got.Status)
		}
	}
}
