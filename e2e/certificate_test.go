package e2e_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/delivery"
	"hub.salford.ac.uk/ssph/licensing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// noCertificate is said of every code that no certificate has, mistyped or not.
const noCertificate = "We have no certificate with that code. Check the letters: it looks like 7K3M-Q9TX-2HVB-4WN8"

// One person from the first page to the open tool: Lena finds a date, pays by card, is invited, comes on 14 January 2027, is on the
// register, and has a certificate and a year from that day.
func TestIndividual_FromTheFirstPageToTheOpenTool(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		rowan, session := p.trainer(), schedulingtest.OpenAccess(t, p.DB(), schedulingtest.With("Rowan"))
		p.tab().visit("/").press("See dates and book").on("/sessions").press("Face to face, Salford").on("/sessions/1").toCheck().
			press("Book 1 place for £273.60").press("Pay £273.60").reads("Your place is booked")
		if entry := p.invitation(p.mail(lena, "Your place on Social Prescribing Tool training", 1)); !strings.Contains(entry, "DTSTART;TZID=Europe/London:20270114T093000") {
			t.Errorf("the invitation:\n%s", entry)
		}
		p.clock.Set(session.Parts[0].StartsAt.Add(15 * time.Minute))
		p.signIn(p.tab().screen(phone), rowan).visit("/trainer/sessions/1/register/1").marks("Lena Osei", "Here").press("Save").reads("Everybody is marked")
		p.clock.Set(session.LastEnd())
		p.signIn(p.tab().screen(phone), rowan).visit("/trainer/sessions/1/register/1").
			press("Complete the session").press("Complete the session").reads("The session is complete. 1 person has")
		letter := p.mail(lena, "Your certificate: Social Prescribing Tool training", 1)
		p.mail(lena, "Your licence for the tool, up to the end of 14 January 2028", 1)

		// Whoever is shown the certificate follows its link, or types its code.
		anybody := p.tab().visit(p.link(letter, "/check/")).reads("Lena Osei", "Social Prescribing Tool training", "14 January 2027", "University of Salford", "Valid")
		code := strings.TrimPrefix(anybody.path(), "/check/")
		anybody.lacks(lena, "BL9 0AA", "Open the certificate itself")
		anybody.visit("/check").fill("Code on the certificate", strings.ToLower(strings.ReplaceAll(code, "-", " "))).press("Check").reads("Lena Osei", code)
		anybody.checksWrongCodes(code)
		if status := anybody.visit("/certificates/" + code).lacks("Lena Osei").status(); status != http.StatusNotFound {
			t.Errorf("a stranger's certificate is answered %d", status)
		}

		b := p.signIn(p.tab(), lena).visit("/account").reads("Trained", code, "Active", "365 days left", "14 January 2028", "Open the tool")
		b.press(code).on("/certificates/"+code).reads("Certificate of completion", "Lena Osei", "14 January 2027, face to face, Salford", code)
		shown := b.pdf("Download as PDF")
		if len(letter.Files) != 1 || string(letter.Files[0].Content) != string(shown.Content) {
			t.Errorf("the mail has %d files; the certificate of the site should be the one, byte for byte", len(letter.Files))
		}
		b.press("What others see").on("/check/"+code).reads("Lena Osei", "Open the certificate itself")
		b.visit("/account/licence").reads("Friday 14 January 2028", "14 January 2027", "certificate "+code)
		b.begun("IWN-0147")
	})
}

// checksWrongCodes types codes that are one letter off, too short, too long and no codes: the answer is the same to each.
func (b *tab) checksWrongCodes(code string) {
	b.Helper()
	last, answers := map[bool]string{true: "8", false: "9"}[strings.HasSuffix(code, "9")], map[string]bool{}
	for _, wrong := range []string{code[:len(code)-1] + last, code[:len(code)-1], code + "7", "UUUU-UUUU-UUUU-UUUU", "<b>Lena</b>", "Léna 🌻"} {
		b.visit("/check").fill("Code on the certificate", wrong).press("Check").reads("There is a problem", noCertificate).lacks("Lena Osei").keeps("Code on the certificate", wrong)
		if b.status() != http.StatusNotFound {
			b.Errorf("%q is answered %d", wrong, b.status())
		}
		answers[b.text("body")] = true
	}
	if len(answers) != 1 {
		b.Errorf("wrong codes are told apart: %v", answers)
	}
	b.visit("/check").press("Check").reads("There is a problem", "Enter the code")
}

// attended lets a session's day go by: everybody was there, and it is completed that evening.
func (p *program) attended(session scheduling.Session) {
	p.t.Helper()
	ctx := p.t.Context()
	p.clock.Set(session.Parts[len(session.Parts)-1].EndsAt.Add(15 * time.Minute))
	err := p.DB().InTx(ctx, func(tx models.DB) error {
		for _, part := range session.Parts {
			if _, err := delivery.MarkAll(ctx, tx, access.System(), session.ID, part.Ordinal); err != nil {
				return err
			}
		}
		_, err := licensing.Desk{BaseURL: p.URL()}.CompleteSession(ctx, tx, access.System(), session.ID)
		return err
	})
	if err != nil {
		p.t.Fatal(err)
	}
}

// A mistake in the register is put right on the same day: the certificate is withdrawn, and whoever checks it is told so.
func TestCertificate_WithdrawnByTheUndoOfTheSameDay(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		rowan := p.trainer()
		session := schedulingtest.OpenAccess(t, p.DB(), schedulingtest.With("Rowan"))
		p.tab().toCheck().press("Book 1 place for £273.60").press("Pay £273.60").reads("Your place is booked")
		p.attended(session)
		check := p.link(p.mail(lena, "Your certificate: ", 1), "/check/")
		b := p.signIn(p.tab(), rowan).visit("/trainer/sessions/1").press("Undo this").reads("Lena Osei", "ends at once")
		b.press("Undo and withdraw").reads("There is a problem", "Say why this is undone")
		b.fill("Why is it undone?", "Lena left at noon").press("Undo and withdraw").reads("The completion is undone. The register is open again")
		p.mail(lena, "Your certificate was withdrawn", 1)
		p.tab().visit(check).reads("Withdrawn", "It does not count any more", "14 January 2027").lacks("Valid", "left at noon")
		p.signIn(p.tab(), lena).visit("/account").reads("Withdrawn", "You have no licence").lacks("Open the tool")
	})
}
