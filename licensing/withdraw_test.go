package licensing_test

import (
	"context"
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/licensing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

func (s *school) withdraw(c licensing.Certificate, licenceToo bool) error {
	return s.inTx(func(ctx context.Context, tx models.DB) error {
		_, err := s.desk.WithdrawCertificate(ctx, tx, access.System(), c.Code.String(), licensing.WithdrawalRequest{Reason: "Another person sat the day", Licence: licenceToo})
		return err
	})
}

func (s *school) check(c licensing.Certificate) string {
	s.Helper()
	found, err := licensing.Check(s.Context(), s.db, c.Code.String())
	if err != nil {
		s.Fatal(err)
	}
	return found.Sentence()
}

// The public check says so from that day, and the licence stays unless it is asked to go too.
func TestWithdrawCertificate_TheLicenceStaysUnlessItIsToGo(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newSchool(t, db, clock)
		s.train("2026-12-10", "Tom") // a licence that the training in January makes longer
		granted := s.train("2027-01-14", "Hannah", "Tom").Granted
		hannah, tom := granted[0].Certificate, granted[1].Certificate
		clock.Set(date("2027-03-03").At(9, 0))
		for code, want := range map[licensing.Code]string{hannah.Code: "Licence L-00002 ends at once", tom.Code: "Licence L-00001 then runs up to the end of 10 December 2027"} {
			if ahead, err := licensing.PreviewWithdraw(t.Context(), db, access.System(), code.String()); err != nil || ahead.Licence() != want {
				t.Errorf("%q, %v, want %q", ahead.Licence(), err, want)
			}
		}
		s.wants(map[string]int{"certificate_withdrawals": 0})
		if err := s.withdraw(hannah, false); err != nil {
			t.Fatal(err)
		}
		if says := s.check(hannah); says != "This certificate was withdrawn on 3 March 2027" {
			t.Error(says)
		}
		if _, d := s.licence("Hannah"); d.State != licensing.StateActive || d.LastDay != date("2028-01-14") {
			t.Errorf("Hannah: %+v", d)
		}
		if err := s.withdraw(tom, true); err != nil {
			t.Fatal(err)
		}
		if _, d := s.licence("Tom"); d.LastDay != date("2027-12-10") {
			t.Errorf("Tom: %+v", d)
		}
		if err := s.withdraw(tom, true); models.KindOf(err) != models.KindConflict || !strings.Contains(err.Error(), "was withdrawn on 3 March 2027") {
			t.Errorf("a second time: %v", err)
		}
		s.wants(map[string]int{
			"certificate_withdrawals": 2, "licence_period_voids": 1, "completion_withdrawals": 0, "mails WHERE kind = 'certificate-withdrawn'": 2,
			"audit_rows WHERE action = 'certificate-withdrawn'": 2, "audit_rows WHERE action = 'licence-period-voided'": 1,
		})
		letter := s.mails("hannah@irwell.example")[0]
		if !strings.Contains(letter.Text, "The Hub office has withdrawn your certificate") || !strings.Contains(letter.Text, "up to the end of Friday 14 January 2028") || strings.Contains(letter.Text, "Another person") {
			t.Errorf("the mail:\n%s", letter.Text)
		}
		s.sound()
	})
}

func TestWithdrawCertificate_WithTheOnlyLicenceNobodyIsLetIn(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newSchool(t, db, clock)
		session := s.session("2027-01-14")
		s.book(session, "Irwell Wellbeing Network", named("Hannah")...)
		s.attend(session)
		c := s.complete(session).Granted[0].Certificate
		if err := s.withdraw(c, true); err != nil {
			t.Fatal(err)
		}
		if _, d := s.licence("Hannah"); d.Allowed || d.State != licensing.StateNone {
			t.Errorf("%+v", d)
		}
		s.complete(session) // the button pressed again brings nothing back
		s.wants(map[string]int{"certificates": 1, "licence_periods": 1})
		s.sound()
		// The session can still be undone that day, and completed again: that is another certificate.
		preview, err := licensing.PreviewUndo(t.Context(), db, access.System(), session.ID)
		if err != nil || len(preview) != 1 || len(preview[0].Lines()) != 0 {
			t.Errorf("%s, %v", lines(preview), err)
		}
		s.undo(session.ID)
		s.sound()
		if again := s.complete(session).Granted[0]; again.Certificate.Code == c.Code || !again.Certificate.Valid() {
			t.Errorf("%+v", again.Certificate)
		}
		s.sound()
	})
}

func TestCorrectName_AnotherCertificateTakesThePlace(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newSchool(t, db, clock)
		granted := s.train("2027-01-14", "Hannah").Granted[0]
		old := granted.Certificate
		clock.Set(date("2027-03-03").At(9, 0))
		var made licensing.Certificate
		correct := func(c licensing.Certificate, name, reason string) error {
			return s.inTx(func(ctx context.Context, tx models.DB) (err error) {
				made, err = s.desk.CorrectName(ctx, tx, access.System(), c.Code.String(), licensing.Correction{Name: name, Reason: reason})
				return err
			})
		}
		if err := correct(old, "  Hannah  Whitworth-Lee ", "Married name"); err != nil {
			t.Fatal(err)
		}
		if says := s.check(old); says != "This certificate was withdrawn on 3 March 2027, replaced by another certificate" {
			t.Error(says)
		}
		if says := s.check(made); says != "This certificate is valid" {
			t.Error(says)
		}
		was, is := old.Printed("http://ssph.example"), made.Printed("http://ssph.example")
		if is.Name != "Hannah Whitworth-Lee" || is.Code == was.Code || is.IssuedOn != date("2027-03-03") || is.Attended != was.Attended || strings.Join(is.Programme, "") != strings.Join(was.Programme, "") {
			t.Errorf("%+v of %+v", is, was)
		}
		if l, d := s.licence("Hannah"); d.State != licensing.StateActive || len(l.Periods) != 1 || l.Periods[0].Cause.Certificate != made.Code {
			t.Errorf("%+v %+v", l, d)
		}
		letter := s.mails("hannah@irwell.example")[0]
		if !strings.Contains(letter.Text, "It takes the place of certificate "+old.Code.String()) || len(letter.Files) != 1 || letter.Files[0].Filename != "certificate-"+made.Code.String()+".pdf" {
			t.Errorf("the mail:\n%s", letter.Text)
		}
		s.sound()
		first := made
		if err := correct(first, "Hannah Lee", "Asked again"); err != nil {
			t.Fatal(err)
		}
		if err := correct(old, "Hannah Lee", "The old one"); models.KindOf(err) != models.KindConflict {
			t.Errorf("what was replaced is corrected: %v", err)
		}
		s.wants(map[string]int{"certificates": 3, "certificate_withdrawals": 2, "licence_periods": 1, "licence_period_voids": 0, "audit_rows WHERE action = 'certificate-replaced'": 2})
		steps, err := licensing.Timeline(t.Context(), db, access.System(), old.PersonID)
		if err != nil {
			t.Fatal(err)
		}
		var told []string
		for _, step := range steps {
			if step.Kind == licensing.StepCertificate {
				told = append(told, step.What+": "+step.Why)
			}
		}
		want := "Certificate issued: The person attended the face-to-face session on 14 January 2027\nCertificate withdrawn: Married name\n" +
			"Certificate issued with the name corrected: It replaces the one before\nCertificate withdrawn: Asked again\nCertificate issued with the name corrected: It replaces the one before"
		if got := strings.Join(told, "\n"); got != want {
			t.Errorf("%s\nwant\n%s", got, want)
		}
		s.sound()
	})
}

// Two in the office correct the same name at once: one certificate takes the place, and the other is told.
func TestCorrectName_TwoAtOnceMakeOne(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newSchool(t, db, clock)
		old := s.train("2027-01-14", "Hannah").Granted[0].Certificate
		var kinds [2]models.Kind
		try := func(i int) func() {
			return func() {
				kinds[i] = models.KindOf(s.inTx(func(ctx context.Context, tx models.DB) error {
					_, err := s.desk.CorrectName(ctx, tx, access.System(), old.Code.String(), licensing.Correction{Name: "Hannah Lee", Reason: "Married name"})
					return err
				}))
			}
		}
		atOnce(try(0), try(1))
		if kinds != [2]models.Kind{"", models.KindConflict} && kinds != [2]models.Kind{models.KindConflict, ""} {
			t.Errorf("%q", kinds)
		}
		s.wants(map[string]int{"certificates": 2, "certificate_withdrawals": 1})
		s.sound()
	})
}

func TestOfficeOnCertificates_NobodyElseAndNeverWithoutAReason(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newSchool(t, db, clock)
		c := s.train("2027-01-14", "Hannah").Granted[0].Certificate
		code := c.Code.String()
		for name, one := range map[string]struct {
			actor              access.Actor
			code, name, reason string
			want               models.Kind
		}{
			"by the holder":       {s.actor(c.PersonID), code, "Hannah Lee", "Why not", models.KindForbidden},
			"by a visitor":        {access.Visitor(), code, "Hannah Lee", "Why not", models.KindForbidden},
			"without a reason":    {access.System(), code, "Hannah Lee", " \n", models.KindInvalid},
			"with a whole letter": {access.System(), code, "Hannah Lee", strings.Repeat("a", 501), models.KindInvalid},
			"in broken letters":   {access.System(), code, "Hannah Lee", "Wrong\xff", models.KindInvalid},
			"of no certificate":   {access.System(), "7K3M-Q9TX-2HVB-4WN8", "Hannah Lee", "Why not", models.KindNotFound},
		} {
			for what, do := range map[string]func(ctx context.Context, tx models.DB) error{
				"withdrawn": func(ctx context.Context, tx models.DB) error {
					_, err := s.desk.WithdrawCertificate(ctx, tx, one.actor, one.code, licensing.WithdrawalRequest{Reason: one.reason})
					return err
				},
				"corrected": func(ctx context.Context, tx models.DB) error {
					_, err := s.desk.CorrectName(ctx, tx, one.actor, one.code, licensing.Correction{Name: one.name, Reason: one.reason})
					return err
				},
			} {
				err := s.inTx(do)
				got := models.KindOf(err)
				if problems := models.ProblemsOf(err); len(problems) > 0 {
					got = problems[0].Kind
				}
				if got != one.want {
					t.Errorf("%s %s: %v", what, name, err)
				}
			}
		}
		for name, says := range map[string]string{
			"": "Enter the name", " Hannah  Whitworth": "stands on the certificate already", "evil.example/prize": "cannot have a web address", strings.Repeat("a", 201): "200 letters",
		} {
			err := s.inTx(func(ctx context.Context, tx models.DB) error {
				_, err := s.desk.CorrectName(ctx, tx, access.System(), code, licensing.Correction{Name: name, Reason: "Why not"})
				return err
			})
			if problems := models.ProblemsOf(err); len(problems) != 1 || problems[0].Field != "name" || !strings.Contains(problems[0].Msg, says) {
				t.Errorf("%.20q: %v", name, err)
			}
		}
		s.wants(map[string]int{"certificates": 1, "certificate_withdrawals": 0})
		for _, actor := range []access.Actor{s.actor(c.PersonID), access.Visitor()} {
			if _, err := licensing.PreviewWithdraw(t.Context(), db, actor, code); models.KindOf(err) != models.KindForbidden {
				t.Errorf("a preview for somebody else: %v", err)
			}
		}
		if err := s.inTx(func(ctx context.Context, tx models.DB) error {
			_, err := licensing.EraseName(ctx, tx, access.System(), c.PersonID)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if _, err := licensing.PreviewCorrection(t.Context(), db, access.System(), code); models.KindOf(err) != models.KindConflict {
			t.Errorf("a name that was removed: %v", err)
		}
		if err := s.withdraw(c, false); err != nil {
			t.Errorf("without a name: %v", err)
		}
		s.sound()
	})
}

// The database takes no certificate that replaces one that stands, or one of somebody else, and no second first one.
func TestCertificates_TheDatabaseKeepsTheChain(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newSchool(t, db, clock)
		granted := s.train("2027-01-14", "Hannah", "Tom").Granted
		if err := s.withdraw(granted[0].Certificate, false); err != nil {
			t.Fatal(err)
		}
		insert := func(replaces string, of licensing.Certificate) error {
			return s.inTx(func(ctx context.Context, tx models.DB) error {
				return models.Translate(tx.SQL(ctx).Exec(`INSERT INTO certificates (code, completion_id, replaces_id, person_id, course, facts, accreditation, issuer, issued_on, issued_at, demonstration)
					SELECT '0000000000000001', completion_id, `+replaces+`, person_id, course, facts, accreditation, issuer, issued_on, issued_at, demonstration FROM certificates WHERE id = ?`, of.ID).Error)
			})
		}
		withdrawn, stands := granted[0].Certificate, granted[1].Certificate
		for name, err := range map[string]error{
			"one that stands":            insert("id", stands),
			"another person's":           insert("(SELECT certificate_id FROM certificate_withdrawals)", stands),
			"a second of its completion": insert("NULL", withdrawn),
		} {
			if err == nil {
				t.Errorf("%s is taken", name)
			}
		}
		s.wants(map[string]int{"certificates": 2})
	})
}
