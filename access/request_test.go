package access_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/mail"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// plain writes a mail whose text is the token, or "nobody".
func plain(m access.LinkMail) (mail.Message, error) {
	text := "token " + m.Token
	if !m.Known {
		text = "nobody" + m.Token
	}
	return mail.Message{Subject: "Your link to sign in", Text: text, HTML: "<p>" + text + "</p>"}, nil
}

func request(t *testing.T, db models.DB, r access.LinkRequest) error {
	return db.InTx(t.Context(), func(tx models.DB) error { return access.RequestLink(t.Context(), tx, r, plain) })
}

// outboxRow is what the outbox keeps of a mail.
type outboxRow struct{ Cause, Kind, RecipientName, RecipientEmail, BodyText string }

func outbox(t *testing.T, db models.DB) []outboxRow {
	t.Helper()
	var rows []outboxRow
	if err := db.SQL(t.Context()).Table("mails").Order("id").Find(&rows).Error; err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestRequest_MailsALinkThatWorksToSomebodyWeKnow(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		grace := accesstest.Person(t, db, "Grace Okafor", "grace@irwell.example")
		err := request(t, db, access.LinkRequest{Email: "Grace@Irwell.example", Name: "Read me, a stranger", Next: "//evil.example"})
		if err != nil {
			t.Fatal(err)
		}
		rows := outbox(t, db)
		if len(rows) != 1 || rows[0].RecipientEmail != "grace@irwell.example" || rows[0].RecipientName != "Grace Okafor" || rows[0].Kind != "sign-in-link" {
			t.Fatalf("outbox %+v", rows)
		}
		token, found := strings.CutPrefix(rows[0].BodyText, "token ")
		if !found {
			t.Fatalf("no link in %q", rows[0].BodyText)
		}
		p, l, err := useLink(t, db, strings.TrimSpace(token))
		if err != nil || p.ID != grace.PersonID || p.Name != "Grace Okafor" || l.Next != "" {
			t.Errorf("signed in %+v by %+v, %v", p, l, err)
		}
	})
}

func TestRequest_AStrangerIsAnsweredAlikeButGetsNoLink(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		if err := request(t, db, access.LinkRequest{Email: "nobody@irwell.example"}); err != nil {
			t.Fatal(err)
		}
		rows := outbox(t, db)
		if len(rows) != 1 || strings.TrimSpace(rows[0].BodyText) != "nobody" {
			t.Fatalf("outbox %+v", rows)
		}
		if n := count(t, db, "sign_in_links", "expires_at > ?", clock.Now()); n != 0 {
			t.Error("there is a link that works")
		}
		if n := count(t, db, "people", "1 = 1"); n != 0 {
			t.Error("asking made a person")
		}
	})
}

func TestRequest_ForABookingANewPersonGetsALink(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		insertBookings(t, db, bookingOf{id: 7, claim: "claim"})
		id := int64(7)
		if err := request(t, db, access.LinkRequest{Email: "new@irwell.example", Name: "Nadia New", BookingID: &id}); err != nil {
			t.Fatal(err)
		}
		rows := outbox(t, db)
		if len(rows) != 1 || rows[0].RecipientName != "Nadia New" {
			t.Fatalf("outbox %+v", rows)
		}
		p, l, err := useLink(t, db, strings.TrimSpace(strings.TrimPrefix(rows[0].BodyText, "token ")))
		if err != nil || p.Name != "Nadia New" || l.BookingID == nil || *l.BookingID != 7 {
			t.Errorf("signed in %+v by %+v, %v", p, l, err)
		}
	})
}

func TestRequest_FiveAnHourToOneAddressKnownOrNot(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		accesstest.Person(t, db, "Grace Okafor", "grace@irwell.example")
		for _, email := range []string{"grace@irwell.example", "nobody@irwell.example"} {
			clock.Set(modelstest.Start)
			for range 5 {
				if err := request(t, db, access.LinkRequest{Email: email}); err != nil {
					t.Fatal(err)
				}
				clock.Advance(10 * time.Minute) // the last is asked for at 9:40
			}
			const want = "We have sent 5 sign-in emails to this address in the last hour. Use the newest one, or try again at 10:01am"
			err := request(t, db, access.LinkRequest{Email: email})
			var fault *models.Error
			if !errors.As(err, &fault) || fault.Kind != models.KindInvalid || fault.Field != "email" || fault.Msg != want {
				t.Errorf("%s: a sixth at 9:50: %v", email, err)
			}
			clock.Set(modelstest.Start.Add(61 * time.Minute))
			if err := request(t, db, access.LinkRequest{Email: email}); err != nil {
				t.Errorf("%s: at 10:01: %v", email, err)
			}
		}
		if n := len(outbox(t, db)); n != 12 {
			t.Errorf("%d mails, want 12", n)
		}
	})
}

func TestRequest_UsedLinksDoNotCount(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		accesstest.Person(t, db, "Grace Okafor", "grace@irwell.example")
		for i := range 8 {
			if err := request(t, db, access.LinkRequest{Email: "grace@irwell.example"}); err != nil {
				t.Fatal(err)
			}
			rows := outbox(t, db)
			if _, _, err := useLink(t, db, strings.TrimSpace(strings.TrimPrefix(rows[i].BodyText, "token "))); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func TestRequest_ThatCannotBeMailedLeavesNothing(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		accesstest.Person(t, db, "Grace Okafor", "grace@irwell.example")
		broken := errors.New("the template is broken")
		err := db.InTx(t.Context(), func(tx models.DB) error {
			r := access.LinkRequest{Email: "grace@irwell.example"}
			return access.RequestLink(t.Context(), tx, r, func(access.LinkMail) (mail.Message, error) { return mail.Message{}, broken })
		})
		if !errors.Is(err, broken) {
			t.Errorf("the cause is lost: %v", err)
		}
		for _, r := range []access.LinkRequest{{Email: "no address"}, {Email: "grace@irwell.example", Name: "a\x00b"}} {
			if err := request(t, db, r); models.KindOf(err) != models.KindInvalid {
				t.Errorf("%+v: %v", r, err)
			}
		}
		if count(t, db, "sign_in_links", "1 = 1") != 0 || len(outbox(t, db)) != 0 {
			t.Error("something is left")
		}
	})
}

func TestRequest_ATotalInTheHourIsNotPassed(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		inTx(t, db, func(ctx context.Context, tx models.DB) error {
			const many = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
INSERT INTO sign_in_links (token_hash, email, name, next_path, created_at, expires_at)
SELECT 'hash-' || i, 'p' || i || '@irwell.example', '', '', ?, ? FROM n`
			return tx.SQL(ctx).Exec(many, tx.Now(), tx.Now()).Error
		})
		if err := request(t, db, access.LinkRequest{Email: "late@irwell.example"}); models.KindOf(err) != models.KindConflict {
			t.Errorf("the 3001st: %v", err)
		}
		clock.Advance(time.Hour)
		if err := request(t, db, access.LinkRequest{Email: "late@irwell.example"}); err != nil {
			t.Errorf("an hour later: %v", err)
		}
	})
}
