package handlers_test

import (
	"net/http"
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/documents"
	"hub.salford.ac.uk/ssph/handlers/handlerstest"
	"hub.salford.ac.uk/ssph/licensing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

func TestCertificate_OpensForHolderManagerAndOfficeOnly(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		g := train(t, w, []string{"Hannah Whitworth", "Daniel Mensah"})
		hannah := 1 // by name
		path := "/certificates/" + g.code(hannah)
		for who, b := range map[string]*handlerstest.Browser{
			"holder": g.person(t, w, hannah), "manager": w.SignedIn(accesstest.Actor(t, db, g.manager.PersonID)), "office": w.SignedIn(accesstest.Office(t, db)),
		} {
			page := b.Get(path).Must(http.StatusOK)
			page.Shows("main h1", "Hannah Whitworth")
			for _, words := range []string{"Certificate of completion", "14 January 2027, face to face, Salford", "ssph.example/check with the code " + g.code(hannah), "University of Salford"} {
				page.Shows(".ssph-certificate", words)
			}
			file := b.Get(page.Doc.Find(".ssph-sheet__bar a").First().AttrOr("href", "")).Must(http.StatusOK)
			if file.Header.Get("Content-Type") != "application/pdf" || !strings.HasPrefix(file.Body, "%PDF-") {
				t.Errorf("%s gets a file of type %q", who, file.Header.Get("Content-Type"))
			}
		}
		for who, b := range map[string]*handlerstest.Browser{
			"visitor": w.Browser(), "another holder": g.person(t, w, 0), "trainer": w.SignedIn(accesstest.Trainer(t, db)),
			"another manager": w.SignedIn(accesstest.Manager(t, db, "Lewis Grant", "lewis@elsewhere.example", "Quays Primary Care")),
		} {
			for _, suffix := range []string{"", ".pdf"} {
				if page := b.Get(path + suffix).Must(http.StatusNotFound); strings.Contains(page.Body, "Hannah") {
					t.Errorf("%s reads the name on %s", who, path+suffix)
				}
			}
		}
	})
}

// The square on the page is the one of the paper: the code of the address where anybody checks it.
func TestCertificate_ItsQRCodeLeadsToItsCheck(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		g := train(t, w, []string{"Hannah Whitworth"})
		page := g.person(t, w, 0).Get("/certificates/" + g.code(0)).Must(http.StatusOK)
		want, err := documents.NewQR(handlerstest.BaseURL + "/check/" + g.code(0))
		if err != nil {
			t.Fatal(err)
		}
		square := page.Doc.Find(".ssph-qr")
		if square.AttrOr("viewbox", square.AttrOr("viewBox", "")) != want.ViewBox() || square.Find("path").AttrOr("d", "") != want.SVGPath() {
			t.Error("the QR code is not that of the certificate's check")
		}
		if words := square.AttrOr("aria-label", ""); !strings.Contains(words, "/check/"+g.code(0)) {
			t.Errorf("its words are %q", words)
		}
	})
}

func TestCertificates_OneOpensAtOnceSeveralAreListed(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		nobody := w.SignedIn(accesstest.Person(t, db, "Sam Lowe", "sam@practice.example"))
		nobody.Get("/account/certificates").Must(http.StatusOK).Shows("main", "No certificates yet.")
		first := train(t, w, []string{"Hannah Whitworth"})
		if to := first.person(t, w, 0).Get("/account/certificates").Must(http.StatusSeeOther).Location; to != "/certificates/"+first.code(0) {
			t.Errorf("one certificate leads to %q", to)
		}
		second := train(t, w, []string{"Hannah Whitworth"}, schedulingtest.OnDay(schedulingtest.Day.AddDays(28)))
		list := second.person(t, w, 0).Get("/account/certificates").Must(http.StatusOK)
		if n := list.Doc.Find("tbody tr").Length(); n != 2 {
			t.Errorf("%d certificates are listed, want 2", n)
		}
		list.Shows("tbody tr:first-child", second.code(0)) // the newest first
	})
}

func TestCertificate_ANameThatWasRemovedIsOnNoPageAndTheFileIsGone(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		g := train(t, w, []string{"Hannah Whitworth"})
		holder := g.person(t, w, 0)
		w.InTx(func(tx models.DB) error {
			_, err := licensing.EraseName(t.Context(), tx, access.System(), g.outcome.Granted[0].Completion.PersonID)
			return err
		})
		check := w.Browser().Get("/check/" + g.code(0)).Must(http.StatusOK)
		check.Shows("main", "Name removed")
		page := holder.Get("/certificates/" + g.code(0)).Must(http.StatusOK)
		if strings.Contains(check.Body+page.Text("main"), "Hannah") || page.Has("a[href$='.pdf']") {
			t.Error("the name or the way to the file is still there")
		}
		holder.Get("/certificates/" + g.code(0) + ".pdf").Must(http.StatusGone)
	})
}
