package licensing_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/licensing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

func TestCheck_ShowsEverythingThatIsPrintedToAnybodyWithTheCode(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newSchool(t, db, clock)
		issued := s.train("2027-01-14", "Hannah").Granted[0].Certificate
		code := issued.Code.String()
		for _, typed := range []string{code, strings.ToLower(code), strings.ReplaceAll(code, "-", " "), " " + strings.ReplaceAll(code, "-", "") + "\n"} {
			found, err := licensing.Check(t.Context(), db, typed)
			if err != nil || found.ID != issued.ID || found.Sentence() != "This certificate is valid" {
				t.Errorf("%q: %+v, %v", typed, found, err)
			}
			printed, want := found.Printed("http://ssph.example"), issued.Printed("http://ssph.example")
			if printed.Name != "Hannah Whitworth" || printed.Attended != want.Attended || printed.Length != "7 hours, in one day" || printed.Code != code ||
				printed.IssuedOn != want.IssuedOn || strings.Join(printed.Programme, "") != strings.Join(want.Programme, "") {
				t.Errorf("%q: %+v, want %+v", typed, printed, want)
			}
		}
	})
}

func TestCheck_AnUnknownAndAMistypedCodeGetTheSameAnswerAfterTheSameWork(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newSchool(t, db, clock)
		s.train("2027-01-14", "Hannah")
		const want = "We have no certificate with that code. Check the letters: it looks like 7K3M-Q9TX-2HVB-4WN8"
		gone, cancel := context.WithCancel(t.Context())
		cancel()
		for _, typed := range []string{"7K3M-Q9TX-2HVB-4WN8", "0000-0000-0000-0000", "7K3M", "", "not a code at all", strings.Repeat("A", 10_000)} {
			found, err := licensing.Check(t.Context(), db, typed)
			if found.ID != 0 || models.KindOf(err) != models.KindNotFound || err.Error() != want {
				t.Errorf("%q: %+v, %v", typed, found, err)
			}
			// A code that were not looked up would be answered even when the database cannot be asked.
			if _, err := licensing.Check(gone, db, typed); !errors.Is(err, context.Canceled) {
				t.Errorf("%q was not looked up: %v", typed, err)
			}
		}
	})
}

// Everything with an id, asked for by a stranger who manages another organisation, and by a visitor.
func TestReads_StrangersFindNothing(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newSchool(t, db, clock)
		session, other := s.session("2027-01-14"), s.session("2027-01-15")
		b := s.book(session, "Irwell Wellbeing Network", named("Hannah", "Tom")...)
		stranger := s.actor(*s.book(other, "Quays Care", named("Lewis")...).BookerID)
		s.attend(session)
		granted := s.complete(session).Granted[0]
		s.attend(other) // the stranger's organisation has a licence and a certificate of its own
		s.complete(other)
		person, code := granted.Completion.PersonID, granted.Certificate.Code.String()
		for name, scope := range map[string]access.Scope{"stranger": stranger.Scope(), "visitor": access.Visitor().Scope(), "colleague": s.actor(s.person("tom@irwell.example").ID).Scope()} {
			if _, err := licensing.Find(t.Context(), db, scope, granted.Licence.ID); models.KindOf(err) != models.KindNotFound {
				t.Errorf("%s: licence: %v", name, err)
			}
			if _, err := licensing.FindCertificate(t.Context(), db, scope, code); models.KindOf(err) != models.KindNotFound {
				t.Errorf("%s: certificate: %v", name, err)
			}
			if _, err := licensing.FileOf(t.Context(), db, scope, code); models.KindOf(err) != models.KindNotFound {
				t.Errorf("%s: file: %v", name, err)
			}
			if all, err := licensing.OfPerson(t.Context(), db, scope, person); err != nil || len(all) != 0 {
				t.Errorf("%s: licences of a person: %v, %v", name, all, err)
			}
			if all, err := licensing.CertificatesOf(t.Context(), db, scope, person); err != nil || len(all) != 0 {
				t.Errorf("%s: certificates of a person: %v, %v", name, all, err)
			}
			if _, err := licensing.OfOrganisation(t.Context(), db, scope, *b.OrganisationID); models.KindOf(err) != models.KindNotFound {
				t.Errorf("%s: organisation: %v", name, err)
			}
		}
		for name, scope := range map[string]access.Scope{"holder": s.actor(person).Scope(), "manager": s.actor(*b.BookerID).Scope(), "office": access.System().Scope()} {
			if l, err := licensing.Find(t.Context(), db, scope, granted.Licence.ID); err != nil || l.PersonID != person {
				t.Errorf("%s: licence: %v", name, err)
			}
			if file, err := licensing.FileOf(t.Context(), db, scope, code); err != nil || len(file.Content) == 0 {
				t.Errorf("%s: file: %v", name, err)
			}
			if all, err := licensing.CertificatesOf(t.Context(), db, scope, person); err != nil || len(all) != 1 {
				t.Errorf("%s: certificates: %v, %v", name, all, err)
			}
		}
		holders, err := licensing.OfOrganisation(t.Context(), db, s.actor(*b.BookerID).Scope(), *b.OrganisationID)
		if err != nil || len(holders) != 2 || holders[0].Name != "Hannah Whitworth" || holders[1].Decision.LastDay != date("2028-01-14") {
			t.Errorf("the organisation's licences: %+v, %v", holders, err)
		}
		if _, err := licensing.Timeline(t.Context(), db, s.actor(*b.BookerID), person); models.KindOf(err) != models.KindForbidden {
			t.Errorf("the timeline: %v", err)
		}
	})
}

func TestTimeline_TellsTheWholeChainInOrder(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newSchool(t, db, clock)
		granted := s.train("2027-01-14", "Hannah").Granted[0]
		clock.Set(date("2027-02-01").At(9, 0))
		s.must(func(ctx context.Context, tx models.DB) error {
			_, err := s.desk.Suspend(ctx, tx, access.System(), granted.Licence.ID, licensing.GroundsRequest, "On leave")
			return err
		})
		steps, err := licensing.Timeline(t.Context(), db, access.System(), granted.Completion.PersonID)
		if err != nil {
			t.Fatal(err)
		}
		var told []string
		for _, step := range steps {
			told = append(told, string(step.Kind)+": "+step.What+" ("+step.Why+")")
		}
		want := []string{
			"booking: Booked by invoice, BK-00001 (Irwell Wellbeing Network booked)",
			"place: Named for a place ()",
			"register: Marked present in part 1 (The register of 14 January 2027)",
			"completion: Training completed (Attended every part, the last on 14 January 2027)",
			"certificate: Certificate issued (The person attended the face-to-face session on 14 January 2027)",
			"licence: Licence L-00001: 14 January 2027 to the end of 14 January 2028 (The completed training)",
			"licence: Licence L-00001 suspended (On leave)",
		}
		if strings.Join(told, "\n") != strings.Join(want, "\n") {
			t.Errorf("%s\nwant\n%s", strings.Join(told, "\n"), strings.Join(want, "\n"))
		}
	})
}
