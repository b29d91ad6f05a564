package licensing_test

import (
	"testing"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/licensing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// Those of the session alone, and none once it was undone.
func TestCertificatesOfSession_AreThoseThatStand(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newSchool(t, db, clock)
		s.train("2026-12-10", "Tom")
		session := s.session("2027-01-14")
		s.book(session, "Irwell Wellbeing Network", named("Hannah", "Tom")...)
		s.attend(session)
		granted := s.complete(session).Granted
		found, err := licensing.CertificatesOfSession(t.Context(), db, access.System(), session.ID)
		if err != nil || len(found) != 2 {
			t.Fatalf("%v %v", found, err)
		}
		for _, g := range granted {
			if found[g.Completion.PersonID].Code != g.Certificate.Code {
				t.Errorf("%s has %s", g.Completion.PersonName, found[g.Completion.PersonID].Code)
			}
		}
		if _, err := licensing.CertificatesOfSession(t.Context(), db, s.actor(granted[0].Completion.PersonID), session.ID); models.KindOf(err) != models.KindForbidden {
			t.Errorf("by a delegate: %v", err)
		}
		s.undo(session.ID)
		if found, err = licensing.CertificatesOfSession(t.Context(), db, access.System(), session.ID); err != nil || len(found) != 0 {
			t.Errorf("after undoing: %v %v", found, err)
		}
	})
}
