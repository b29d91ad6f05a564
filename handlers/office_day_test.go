package handlers_test

import (
	"net/http"
	"testing"

	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/handlers/handlerstest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// The office runs the day when its trainer cannot: from the session's page to the register, and back to what became of everybody.
func TestOfficeSession_LeadsToItsRegistersAndThenToPeopleAndCertificates(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		session := schedulingtest.OpenAccess(t, db, anHourToday(w))
		sold := bookFor(t, w, session.ID, "Amira Haddad", "Ben Rowley", "")
		clock.Set(session.FirstStart())
		b, url := w.SignedIn(accesstest.Office(t, db)), "/office/sessions/"+idOf(session.ID)

		before := b.Get(url).Must(http.StatusOK)
		before.Shows("[aria-labelledby=day-title]", "Open the registers")
		if before.Doc.Find("[aria-labelledby=people-title] thead th").Length() != 3 {
			t.Error("something stands about training before the session is completed")
		}
		day := b.Get(before.Doc.Find("[aria-labelledby=day-title] a").AttrOr("href", "")).Must(http.StatusOK)
		register := b.Get(day.Doc.Find("main a[href$='/register/1']").AttrOr("href", "")).Must(http.StatusOK)
		marks := map[string]string{"place-" + idOf(sold.Places[0].ID): "present", "place-" + idOf(sold.Places[1].ID): "absent", "do": "save"}
		b.Submit(register, registerForm, marks).Must(http.StatusSeeOther)
		clock.Set(session.LastEnd())
		b.Submit(b.Get(day.Path+"/complete").Must(http.StatusOK), "main form", nil).Must(http.StatusSeeOther)

		after := b.Get(url).Must(http.StatusOK)
		after.Shows("[aria-labelledby=day-title]", "1 person has their certificate and licence. See the registers")
		after.Shows("[aria-labelledby=people-title]", "Amira Haddad")
		after.Shows("[aria-labelledby=people-title]", "Trained")
		after.Shows("[aria-labelledby=people-title]", "Absent")
		wellFormed(t, after)
		certificates := after.Doc.Find("[aria-labelledby=people-title] a[href^='/certificates/']")
		if certificates.Length() != 1 {
			t.Fatalf("%d certificates, want Amira's alone", certificates.Length())
		}
		b.Get(certificates.AttrOr("href", "")).Must(http.StatusOK).Shows("main", "Amira Haddad")
		person := after.Doc.Find("[aria-labelledby=people-title] a[href^='/office/people/']").First().AttrOr("href", "")
		b.Get(person).Must(http.StatusOK).Shows("h1", "Amira Haddad")
	})
}

func TestOfficeSession_ADraftHasNoRegisters(t *testing.T) {
	office(t, func(t *testing.T, w *handlerstest.World, b *handlerstest.Browser) {
		draft := schedulingtest.OpenAccess(t, w.DB, schedulingtest.AsDraft())
		if b.Get("/office/sessions/" + idOf(draft.ID)).Must(http.StatusOK).Has("[aria-labelledby=day-title]") {
			t.Error("a register is offered for a draft")
		}
	})
}

func TestOfficeBooking_ItsPlacesLeadToTheirPeople(t *testing.T) {
	office(t, func(t *testing.T, w *handlerstest.World, b *handlerstest.Browser) {
		sold := bookFor(t, w, schedulingtest.OpenAccess(t, w.DB).ID, "Amira Haddad", "")
		page := b.Get("/office/bookings/" + sold.Reference()).Must(http.StatusOK)
		links := page.Doc.Find("[aria-labelledby=places-title] tbody th a")
		if links.Length() != 1 {
			t.Fatalf("%d places lead to a person, want the one that is named", links.Length())
		}
		b.Get(links.AttrOr("href", "")).Must(http.StatusOK).Shows("h1", "Amira Haddad")
		manager := w.SignedIn(accesstest.Manager(t, w.DB, "Priya Nair", "priya@elsewhere.example", "Elsewhere"))
		manager.Get(links.AttrOr("href", "")).Must(http.StatusForbidden)
	})
}
