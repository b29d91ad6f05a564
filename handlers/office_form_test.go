package handlers_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"hub.salford.ac.uk/ssph/handlers/handlerstest"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// Every page of the office is one a keyboard and a screen reader can use: one heading, ids used once and all there, fields with
// labels, tables with captions, forms with their token.
func TestOffice_PagesAreWellFormed(t *testing.T) {
	office(t, func(t *testing.T, w *handlerstest.World, b *handlerstest.Browser) {
		session := schedulingtest.OpenAccess(t, w.DB, schedulingtest.Online(""))
		draft := schedulingtest.OpenAccess(t, w.DB, schedulingtest.AsDraft(), schedulingtest.OnDay(schedulingtest.Day.AddDays(3)))
		sale := sell(t, w, session, "priya@irwell.example")
		pay(b, sale.invoice, map[string]string{"amount": "900"}).Must(http.StatusSeeOther)
		for _, path := range []string{
			"", "/sessions", "/sessions?show=past", "/sessions/new", "/sessions/" + idOf(session.ID), "/sessions/" + idOf(draft.ID),
			"/sessions/" + idOf(draft.ID) + "/cancel", "/venues", "/bookings", "/bookings/" + sale.booking.Reference(), "/invoices",
			"/invoices/" + sale.invoice, "/people", "/mail", "/mail/1", "/mail/2", "/jobs",
		} {
			wellFormed(t, b.Get("/office"+path).Must(http.StatusOK))
		}
		wellFormed(t, b.Submit(b.Get("/office/invoices/"+sale.invoice), bankPayment, map[string]string{"amount": "1", "do": "check"}))
		wellFormed(t, b.Submit(b.Get("/office/invoices/"+sale.invoice), bankPayment, map[string]string{"amount": ""}))
		wellFormed(t, b.Submit(b.Get("/office/sessions/new"), newSession, map[string]string{"do": "publish"}))
		wellFormed(t, b.Get("/invoices/"+sale.invoice))
	})
}

func wellFormed(t *testing.T, p *handlerstest.Page) {
	t.Helper()
	if n := p.Doc.Find("h1").Length(); n != 1 {
		t.Errorf("%s: %d headings of the first order", p.Path, n)
	}
	ids := map[string]bool{}
	for _, s := range p.Doc.Find("[id]").EachIter() {
		id := s.AttrOr("id", "")
		if ids[id] {
			t.Errorf("%s: two elements are called %s", p.Path, id)
		}
		ids[id] = true
	}
	for _, attribute := range []string{"for", "aria-describedby", "aria-labelledby"} {
		for _, s := range p.Doc.Find("[" + attribute + "]").EachIter() {
			for _, id := range strings.Fields(s.AttrOr(attribute, "")) {
				if !ids[id] {
					t.Errorf("%s: %s names %s, which is not there", p.Path, attribute, id)
				}
			}
		}
	}
	for _, s := range p.Doc.Find("main input:not([type=hidden]), main select, main textarea").EachIter() {
		if id := s.AttrOr("id", ""); p.Doc.Find("label[for='"+id+"']").Length() != 1 {
			t.Errorf("%s: the field %s has no label", p.Path, id)
		}
	}
	p.Doc.Find("main form[method=post]").Each(func(_ int, s *goquery.Selection) {
		if s.Find("input[name=_csrf]").Length() != 1 {
			t.Errorf("%s: a form posts without its token", p.Path)
		}
	})
	if tables, captions := p.Doc.Find("table").Length(), p.Doc.Find("table > caption").Length(); tables != captions {
		t.Errorf("%s: %d tables have %d captions", p.Path, tables, captions)
	}
	if filled := p.Doc.Find("main .nhsuk-button:not(.nhsuk-button--secondary):not([aria-hidden])").Length(); filled > 2 {
		t.Errorf("%s: %d filled buttons", p.Path, filled)
	}
}

func TestOfficeMail_AnEmailThatSignsItsReaderInIsForThemAlone(t *testing.T) {
	office(t, func(t *testing.T, w *handlerstest.World, b *handlerstest.Browser) {
		visitor := w.Browser()
		visitor.Submit(visitor.Get("/sign-in"), "main form", map[string]string{"email": "joanne.fearn@ssph.example"}).Must(http.StatusSeeOther)
		list := b.Get("/office/mail")
		page := b.Get(list.Doc.Find("main tbody a").First().AttrOr("href", "")).Must(http.StatusOK)
		page.Shows("main", "This email holds a link that signs its reader in, so only they may see it.")
		if strings.Contains(page.Body, "/sign-in/link/") || page.Has("main a[href$='/html']") {
			t.Error("the office sees a sign-in link")
		}
		if html := b.Get(page.Path + "/html").Must(http.StatusForbidden); strings.Contains(html.Body, "/sign-in/link/") {
			t.Error("the office sees a sign-in link")
		}
	})
}
