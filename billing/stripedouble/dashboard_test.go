package stripedouble

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// press presses a button on the dashboard without following where it leads.
func (b *bench) press(t *testing.T, fields map[string]string) (*http.Response, *goquery.Document) {
	t.Helper()
	form := url.Values{}
	for name, value := range fields {
		form.Set(name, value)
	}
	c := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := c.PostForm(b.url+"/dashboard", form)
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

// offered are the buttons of the dashboard.
func (b *bench) offered(t *testing.T) string {
	t.Helper()
	_, doc := b.browse(t, b.url+"/dashboard", "")
	return strings.Join(doc.Find("button").Map(func(_ int, s *goquery.Selection) string { return s.AttrOr("value", "") }), " ")
}

func TestDashboard_ShowsWhatWasPaidAndWhatCanHappenToIt(t *testing.T) {
	b := setUp(t, nil)
	b.create(t) // never paid
	if _, doc := b.browse(t, b.url+"/dashboard", ""); !strings.Contains(doc.Find("main").Text(), "Nothing has been paid yet") {
		t.Error(doc.Find("main").Text())
	}
	b.paid(t)
	res, doc := b.browse(t, b.url+"/dashboard", "")
	if res.StatusCode != http.StatusOK || doc.Find("h2").Text() != "£820.80 for B-1" || doc.Find("input[name=amount]").AttrOr("value", "") != "820.80" {
		t.Errorf("%s %s", res.Status, doc.Find("main").Text())
	}
	if labelled := doc.Find("label").AttrOr("for", ""); labelled != doc.Find("input[name=amount]").AttrOr("id", "none") {
		t.Errorf("the label is for %q", labelled)
	}
	if got := b.offered(t); got != "refund dispute inquiry" {
		t.Errorf("buttons: %s", got)
	}
}

func TestDashboard_RefundDisputeAndBank(t *testing.T) {
	b := setUp(t, nil)
	page := b.paid(t).ID
	b.HoldRefunds(true)
	for _, step := range []struct{ press, amount, offers string }{
		{"refund", "273.60", "sent returned refund dispute inquiry"},
		{"sent", "", "returned refund dispute inquiry"},
		{"returned", "", "refund dispute inquiry"},
		{"inquiry", "820.80", "take won refund"},
		{"take", "", "won lost refund"},
		{"won", "", "refund"},
	} {
		id := ""
		if all := b.Refunds(); len(all) > 0 {
			id = all[0].ID
		}
		if len(b.state.Disputes) > 0 {
			id = b.state.Disputes[0].ID
		}
		res, doc := b.press(t, map[string]string{"press": step.press, "about": page, "id": id, "amount": step.amount})
		if res.StatusCode != http.StatusSeeOther || res.Header.Get("Location") != "dashboard#"+page {
			t.Fatalf("%s: %s %s", step.press, res.Status, doc.Text())
		}
		if got := b.offered(t); got != step.offers {
			t.Errorf("after %s: %s, want %s", step.press, got, step.offers)
		}
	}
}

func TestDashboard_WhatCannotBeDoneSaysWhyAndKeepsWhatWasTyped(t *testing.T) {
	b := setUp(t, nil)
	page := b.paid(t).ID
	for typed, why := range map[string]string{"820.81": "greater than", "much": "in pounds", "": "in pounds", "0": "in pounds"} {
		res, doc := b.press(t, map[string]string{"press": "refund", "about": page, "amount": typed})
		if res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(doc.Find("[role=alert]").Text(), why) {
			t.Errorf("%q: %s %s", typed, res.Status, doc.Find("[role=alert]").Text())
		}
		if got := doc.Find("input[name=amount]").AttrOr("value", "none"); got != typed {
			t.Errorf("%q became %q", typed, got)
		}
	}
	if res, _ := b.press(t, map[string]string{"press": "steal", "about": page}); res.StatusCode != http.StatusUnprocessableEntity {
		t.Error(res.Status)
	}
	if n := len(b.Refunds()); n != 0 {
		t.Errorf("%d refunds", n)
	}
}

func TestDashboard_MoneyOnItsWay(t *testing.T) {
	b := setUp(t, nil)
	s := b.create(t)
	if res, _ := b.browse(t, s.URL, "later"); res.Header.Get("Location") != "http://shop.example/paid?session_id="+s.ID {
		t.Error(res.Header.Get("Location"))
	}
	if _, doc := b.browse(t, s.URL, ""); doc.Find("h1").Text() != "On its way: £820.80" {
		t.Error(doc.Find("h1").Text())
	}
	if got := b.offered(t); got != "arrived bounced" {
		t.Errorf("buttons: %s", got)
	}
	b.press(t, map[string]string{"press": "arrived", "about": s.ID})
	if got := b.read(t, s.ID); got.PaymentStatus != "paid" {
		t.Error(got.PaymentStatus)
	}
}
