package licensing_test

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/delivery"
	"hub.salford.ac.uk/ssph/licensing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

func TestCompleteSession_GivesEachWhoAttendedACertificateALicenceAndTwoMails(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newSchool(t, db, clock)
		session := s.session("2027-01-14")
		s.book(session, "Irwell Wellbeing Network", named("Hannah", "Tom", "Grace")...)
		s.attend(session)
		s.must(func(ctx context.Context, tx models.DB) error { // Tom was not there
			people, err := delivery.RegisterOf(ctx, tx, access.System(), session.ID, 1)
			if err != nil {
				return err
			}
			for _, row := range people.Rows {
				if row.Name == "Tom Whitworth" {
					return delivery.MarkPerson(ctx, tx, access.System(), session.ID, 1, row.PlaceID, delivery.Absent)
				}
			}
			t.Fatal("Tom is not in the register")
			return nil
		})
		first := s.complete(session)
		for range 2 { // however often it is run
			if again := s.complete(session); len(again.Granted) != 2 || again.Granted[1].Certificate.Code != first.Granted[1].Certificate.Code {
				t.Errorf("again: %+v", again.Granted)
			}
		}
		s.wants(map[string]int{
			"certificates": 2, "certificate_names": 2, "certificate_files": 2, "licences": 2, "licence_periods": 2,
			"mails WHERE kind = 'certificate'": 2, "mails WHERE kind = 'licence'": 2,
			"audit_rows WHERE action = 'certificate-issued'": 2, "audit_rows WHERE action = 'licence-made'": 2,
		})
		hannah := first.Granted[1]
		if hannah.Completion.PersonName != "Hannah Whitworth" || hannah.Certificate.Name != "Hannah Whitworth" || hannah.Certificate.Issuer != "University of Salford" {
			t.Errorf("%+v", hannah)
		}
		if p := hannah.Period; p.StartsOn != date("2027-01-14") || p.LastDay != date("2028-01-14") || p.Terms != (licensing.Terms{Years: 1, GraceDays: 14, NoticeDays: 30}) {
			t.Errorf("period %+v", p)
		}
		if why := hannah.Period.Cause.Why(); why != "You attended the face-to-face session on 14 January 2027" {
			t.Errorf("the licence exists because: %s", why)
		}
		if _, d := s.licence("Hannah"); d.State != licensing.StateActive || d.DaysLeft != 365 {
			t.Errorf("%+v", d)
		}
		if _, d := s.licence("Tom"); d.State != licensing.StateNone || d.Allowed {
			t.Errorf("Tom, who was absent: %+v", d)
		}
		s.sound()
	})
}

func TestCompleteSession_TheMailsCarryTheCertificateAndSayWhy(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newSchool(t, db, clock)
		granted := s.train("2027-01-14", "Hannah").Granted[0]
		code := granted.Certificate.Code.String()
		texts := map[string]string{}
		for _, m := range s.mails("hannah@irwell.example") {
			texts[m.Kind] = m.Subject + "\n" + m.Text
			if m.Kind == "certificate" && (len(m.Files) != 1 || m.Files[0].Filename != "certificate-"+code+".pdf" || m.Files[0].Size < 1000) {
				t.Errorf("the certificate's mail carries %+v", m.Files)
			}
			if strings.Contains(m.HTML+m.Text, "no value") || !strings.Contains(m.HTML, "Hannah Whitworth") {
				t.Errorf("%s: %s", m.Kind, m.HTML)
			}
		}
		for kind, wants := range map[string][]string{
			"certificate": {"Your certificate: Social Prescribing Tool training", code, "14 January 2027, face to face, Salford", "http://ssph.example/check/" + code},
			"licence": {
				"Your licence for the tool, up to the end of 14 January 2028", "You can use the Salford Social Prescribing Assessment and Planning Tool from today.",
				"Your licence works up to the end of Friday 14 January 2028.", "Why: You attended the face-to-face session on 14 January 2027", "for 14 days", "http://ssph.example/tool",
			},
		} {
			for _, want := range wants {
				if !strings.Contains(texts[kind], want) {
					t.Errorf("%s lacks %q:\n%s", kind, want, texts[kind])
				}
			}
		}
	})
}

// Fifty at once complete one session of three people.
func TestCompleteSession_FiftyAtOnceGiveOneCertificateAndLicenceEach(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newSchool(t, db, clock)
		session := s.session("2027-01-14")
		s.book(session, "Irwell Wellbeing Network", named("Hannah", "Tom", "Grace")...)
		s.attend(session)
		works := make([]func(), 50)
		for i := range works {
			works[i] = func() {
				err := s.inTx(func(ctx context.Context, tx models.DB) error {
					out, err := s.desk.CompleteSession(ctx, tx, access.System(), session.ID)
					if err == nil && len(out.Granted) != 3 {
						t.Errorf("call %d gave %d", i, len(out.Granted))
					}
					return err
				})
				if err != nil {
					t.Errorf("call %d: %v", i, err)
				}
			}
		}
		atOnce(works...)
		s.wants(map[string]int{
			"completions": 3, "certificates": 3, "certificate_files": 3, "licences": 3, "licence_periods": 3,
			"mails WHERE kind = 'certificate'": 3, "mails WHERE kind = 'licence'": 3, "audit_rows WHERE action = 'licence-made'": 3,
		})
		s.sound()
	})
}

// Two sessions with the same people are completed at once, by five callers each: one licence each, of two periods.
func TestCompleteSession_TwoSessionsOfTheSamePeopleAtOnceMakeOneLicenceEach(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newSchool(t, db, clock)
		names := []string{"Hannah", "Tom", "Grace", "Lewis"}
		one, two := s.session("2027-01-14"), s.session("2027-01-15")
		s.book(one, "Irwell Wellbeing Network", named(names...)...)
		s.book(two, "Irwell Wellbeing Network", named("Lewis", "Grace", "Tom", "Hannah")...)
		s.attend(one)
		s.attend(two)
		var works []func()
		for i := range 10 {
			session := one
			if i%2 == 1 {
				session = two
			}
			works = append(works, func() {
				err := s.inTx(func(ctx context.Context, tx models.DB) error {
					_, err := s.desk.CompleteSession(ctx, tx, access.System(), session.ID)
					return err
				})
				if err != nil {
					t.Errorf("call %d: %v", i, err)
				}
			})
		}
		atOnce(works...)
		s.wants(map[string]int{"certificates": 8, "licences": 4, "licence_periods": 8})
		for _, name := range names {
			l, d := s.licence(name)
			if len(l.Periods) != 2 || d.State != licensing.StateActive || d.LastDay != licensing.LastDay(l.Periods[0].AnchorOn, 2) {
				t.Errorf("%s: %+v", name, l.Periods)
			}
		}
		s.sound()
	})
}

func TestCompleteSession_AnotherTrainingGoesOnFromTheOldEndOrBeginsAnew(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newSchool(t, db, clock)
		s.train("2027-01-14", "Hannah", "Tom")
		clock.Set(time.Date(2027, 12, 1, 9, 0, 0, 0, time.UTC))
		s.train("2028-01-28", "Hannah") // the 14th day of grace
		l, d := s.licence("Hannah")
		if len(l.Periods) != 2 || l.Periods[1].StartsOn != date("2028-01-15") || d.LastDay != date("2029-01-14") || d.State != licensing.StateActive {
			t.Errorf("in grace: %+v", l.Periods)
		}
		s.train("2028-01-31", "Tom") // grace ended on the 28th
		l, d = s.licence("Tom")
		if len(l.Periods) != 2 || l.Periods[1].StartsOn != date("2028-01-31") || d.LastDay != date("2029-01-31") {
			t.Errorf("after grace: %+v", l.Periods)
		}
		s.wants(map[string]int{"licences": 2, "certificates": 4, "audit_rows WHERE action = 'licence-extended'": 2})
		for name, want := range map[string]string{
			"hannah": "Your licence now runs up to the end of 14 January 2029", "tom": "Your licence for the tool, up to the end of 31 January 2029",
		} {
			newest := ""
			for _, m := range s.mails(name + "@irwell.example") {
				if m.Kind == "licence" && newest == "" {
					newest = m.Subject
				}
			}
			if newest != want {
				t.Errorf("%s reads %q, want %q", name, newest, want)
			}
		}
		s.sound()
	})
}

// The last day that was attended counts, in London, not the day or hour at which somebody pressed the button.
func TestCompleteSession_BeginsOnTheLastDayAttendedWheneverItIsRecorded(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newSchool(t, db, clock)
		session := s.session("2027-06-29", schedulingtest.Online("https://meet.example/a"), schedulingtest.InParts(
			schedulingtest.Part(date("2027-06-29"), "9:30am", "1pm"), schedulingtest.Part(date("2027-06-30"), "9:30am", "1pm"),
		))
		s.book(session, "Irwell Wellbeing Network", named("Hannah")...)
		s.attend(session)
		clock.Set(time.Date(2027, 6, 30, 23, 30, 0, 0, time.UTC)) // half past midnight on 1 July in London
		granted := s.complete(session).Granted[0]
		if granted.Period.StartsOn != date("2027-06-30") || granted.Period.LastDay != date("2028-06-30") {
			t.Errorf("%+v", granted.Period)
		}
		if granted.Certificate.IssuedOn != date("2027-07-01") {
			t.Errorf("issued on %s", granted.Certificate.IssuedOn)
		}
		printed := granted.Certificate.Printed("http://ssph.example")
		if printed.Attended != "29 and 30 June 2027, both parts, online" || printed.Length != "7 hours, as two mornings" || printed.Trainer != "Alan" {
			t.Errorf("%+v", printed)
		}
		if why := granted.Period.Cause.Why(); why != "You attended both parts of the online session, 29 and 30 June 2027" {
			t.Errorf("because: %s", why)
		}
	})
}

// The days of grace that the mail promises are those in force on the licence's last day, not on the day of the training.
func TestCompleteSession_TheMailNamesTheGraceOfTheLastDay(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newSchool(t, db, clock)
		s.must(func(ctx context.Context, tx models.DB) error {
			return tx.SQL(ctx).Exec("INSERT INTO settings (name, value, effective_from, note) VALUES ('grace_days', '28', '2028-01-01', '')").Error
		})
		s.train("2027-01-14", "Hannah") // up to 14 January 2028
		found := false
		for _, m := range s.mails("hannah@irwell.example") {
			if m.Kind == "licence" {
				found = strings.Contains(m.Text, "for 28 days after the last day")
			}
		}
		if !found {
			t.Error("the mail does not name the 28 days of grace")
		}
	})
}

// The example accreditation ends on 31 August 2027.
func TestCertificate_SpeaksOfAccreditationOnlyInsideItsDates(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newSchool(t, db, clock)
		late := s.session("2027-08-30")
		s.book(late, "Irwell Wellbeing Network", named("Grace")...)
		inside := s.train("2027-08-31", "Hannah").Granted[0].Certificate
		outside := s.train("2027-09-01", "Tom").Granted[0].Certificate
		s.must(func(ctx context.Context, tx models.DB) error {
			_, err := delivery.MarkAll(ctx, tx, access.System(), late.ID, 1)
			return err
		})
		recorded := s.complete(late).Granted[0].Certificate
		if lines := recorded.Accreditation.Lines(); len(lines) != 1 || recorded.IssuedOn != date("2027-09-01") {
			t.Errorf("attended inside and recorded after: %q, issued %s", lines, recorded.IssuedOn)
		}
		want := "Accredited by the Personalised Care Institute, reference PCI-EXAMPLE, 1 September 2025 to 31 August 2027 (demonstration)"
		if lines := inside.Accreditation.Lines(); len(lines) != 1 || lines[0] != want {
			t.Errorf("on the last day: %q", lines)
		}
		if lines := outside.Printed("http://ssph.example").Programme; len(lines) != 0 {
			t.Errorf("the day after: %q", lines)
		}
	})
}

func TestCompleteSession_RefusesStrangersAndUnmarkedPeopleAndMakesNothing(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newSchool(t, db, clock)
		session := s.session("2027-01-14")
		b := s.book(session, "Irwell Wellbeing Network", named("Hannah")...)
		try := func(actor access.Actor) error {
			return s.inTx(func(ctx context.Context, tx models.DB) error {
				_, err := s.desk.CompleteSession(ctx, tx, actor, session.ID)
				return err
			})
		}
		if err := try(access.System()); models.KindOf(err) != models.KindConflict {
			t.Errorf("before the day: %v", err)
		}
		clock.Set(session.LastEnd())
		if err := try(access.System()); models.KindOf(err) != models.KindConflict {
			t.Errorf("with somebody unmarked: %v", err)
		}
		s.attend(session)
		if err := try(s.actor(*b.BookerID)); models.KindOf(err) != models.KindForbidden {
			t.Errorf("by the booker: %v", err)
		}
		if _, err := licensing.OutcomeOf(t.Context(), db, s.actor(*b.BookerID), session.ID); models.KindOf(err) != models.KindForbidden {
			t.Errorf("read by the booker: %v", err)
		}
		s.wants(map[string]int{"completions": 0, "certificates": 0, "licences": 0, "mails WHERE kind IN ('certificate', 'licence')": 0})
	})
}

func TestFileOf_IsThePDFOfIssue(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newSchool(t, db, clock)
		c := s.train("2027-01-14", "Hannah").Granted[0].Certificate
		file, err := licensing.FileOf(t.Context(), db, s.actor(c.PersonID).Scope(), strings.ToLower(c.Code.String()))
		if err != nil || !bytes.HasPrefix(file.Content, []byte("%PDF-")) || file.ContentType != "application/pdf" {
			t.Errorf("%s, %d bytes, %v", file.ContentType, len(file.Content), err)
		}
	})
}
