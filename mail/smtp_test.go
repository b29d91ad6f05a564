package mail_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/mail"
	"hub.salford.ac.uk/ssph/mail/mailtest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

func settings(s *mailtest.Server, encryption mail.Encryption) mail.SMTPConfig {
	return mail.SMTPConfig{
		Addr: s.Addr, From: "training@hub.example.org", FromName: "Salford Social Prescribing Hub", TLS: encryption, CA: s.CA,
		Timeout: 10 * time.Second,
	}
}

func sender(t *testing.T, c mail.SMTPConfig) *mail.SMTP {
	t.Helper()
	s, err := mail.NewSMTP(c)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func outgoing(m mail.Message) mail.Outgoing {
	return mail.Outgoing{Message: m, ID: 17, QueuedAt: modelstest.Start, At: modelstest.Start.Add(time.Minute)}
}

func oneReceived(t *testing.T, s *mailtest.Server) mailtest.Received {
	t.Helper()
	got := s.Received()
	if len(got) != 1 {
		t.Fatalf("the server has %d mails, want one", len(got))
	}
	return got[0]
}

func TestSMTP_FromOutboxToMailServerOnBothDatabases(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		server := mailtest.Start(t, mailtest.Options{STARTTLS: true, User: "ssph", Password: "a secret"})
		c := settings(server, mail.STARTTLS)
		c.User, c.Password = "ssph", "a secret"
		m := confirmation()
		m.Parts = []mail.Part{{Filename: "Rechnung für Zoë.pdf", ContentType: "application/pdf", Content: []byte("%PDF-1.7\n\x00\xff")}}
		queue(t, db, m)
		if err := runnerFor(t, db, sender(t, c)).RunUntilIdle(t.Context()); err != nil {
			t.Fatal(err)
		}
		got := oneReceived(t, server)
		if !got.Encrypted || got.From != c.From || len(got.To) != 1 || got.To[0] != m.ToEmail {
			t.Errorf("envelope: %+v", got)
		}
		if got.Subject != m.Subject || strings.TrimSpace(got.Text) != strings.TrimSpace(m.Text) || !strings.Contains(got.HTML, "confirmed") {
			t.Errorf("message: %q %q %q", got.Subject, got.Text, got.HTML)
		}
		if len(got.Files) != 1 || got.Files[0].Name != "Rechnung-fr-Zo.pdf" || string(got.Files[0].Content) != string(m.Parts[0].Content) {
			t.Errorf("files: %+v", got.Files)
		}
		if only(t, db).Status != mail.Sent {
			t.Error("not marked as sent")
		}
	})
}

func TestSMTP_WaysToConnect(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		options    mailtest.Options
		encryption mail.Encryption
		sent       bool
	}{
		{mailtest.Options{}, mail.Unencrypted, true},
		{mailtest.Options{STARTTLS: true}, mail.STARTTLS, true},
		{mailtest.Options{ImplicitTLS: true}, mail.ImplicitTLS, true},
		{mailtest.Options{}, mail.STARTTLS, false}, // a server, or somebody in between, that hides encryption gets nothing
		{mailtest.Options{STARTTLS: true}, mail.ImplicitTLS, false},
	} {
		t.Run(fmt.Sprintf("%+v by %s", c.options, c.encryption), func(t *testing.T) {
			t.Parallel()
			server := mailtest.Start(t, c.options)
			err := sender(t, settings(server, c.encryption)).Send(t.Context(), outgoing(confirmation()))
			if sent := err == nil && len(server.Received()) == 1; sent != c.sent {
				t.Errorf("sent: %v, error %v, received %d", sent, err, len(server.Received()))
			}
			var refusal *mail.Refusal
			if errors.As(err, &refusal) {
				t.Errorf("our own settings count as the mail's fault: %v", err)
			}
		})
	}
}

func TestSMTP_AForeignCertificateIsNotTrusted(t *testing.T) {
	server, other := mailtest.Start(t, mailtest.Options{STARTTLS: true}), mailtest.Start(t, mailtest.Options{STARTTLS: true})
	c := settings(server, mail.STARTTLS)
	c.CA = other.CA
	if err := sender(t, c).Send(t.Context(), outgoing(confirmation())); err == nil || len(server.Received()) != 0 {
		t.Errorf("sent to a stranger: %v", err)
	}
}

func TestSMTP_AWrongPasswordLosesNoMail(t *testing.T) {
	server := mailtest.Start(t, mailtest.Options{STARTTLS: true, User: "ssph", Password: "right"})
	c := settings(server, mail.STARTTLS)
	c.User, c.Password = "ssph", "wrong"
	err := sender(t, c).Send(t.Context(), outgoing(confirmation()))
	var refusal *mail.Refusal
	if err == nil || errors.As(err, &refusal) {
		t.Errorf("want an error that is tried again, got %v", err)
	}
}

func TestSMTP_AnswersOfTheServer(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		at      mailtest.Step
		code    int
		refused bool
	}{
		{mailtest.AtRecipient, 450, false},
		{mailtest.AtRecipient, 550, true},
		{mailtest.AtData, 451, false},
		{mailtest.AtData, 554, true},
		{mailtest.AtSender, 421, false},
		{mailtest.AtSender, 553, false}, // our sender's address is at fault, not this mail
	} {
		t.Run(fmt.Sprintf("%d at %s", c.code, c.at), func(t *testing.T) {
			t.Parallel()
			server := mailtest.Start(t, mailtest.Options{})
			server.Answer(c.at, c.code, "not now")
			s := sender(t, settings(server, mail.Unencrypted))
			err := s.Send(t.Context(), outgoing(confirmation()))
			var refusal *mail.Refusal
			if err == nil || errors.As(err, &refusal) != c.refused {
				t.Errorf("%v", err)
			}
			if c.refused && refusal != nil && refusal.Code != c.code {
				t.Errorf("code %d", refusal.Code)
			}
			if err := s.Send(t.Context(), outgoing(confirmation())); err != nil || len(server.Received()) != 1 {
				t.Errorf("the next one: %v", err)
			}
		})
	}
}

func TestSMTP_DoesNotWaitForASilentServer(t *testing.T) {
	t.Parallel()
	for _, after := range []string{"before the greeting", "in the conversation"} {
		t.Run(after, func(t *testing.T) {
			t.Parallel()
			server := mailtest.Start(t, mailtest.Options{})
			c := settings(server, mail.Unencrypted)
			if after == "before the greeting" {
				c.Addr = silence(t)
			} else {
				server.FallSilent()
			}
			c.Timeout = 150 * time.Millisecond
			if err := sender(t, c).Send(t.Context(), outgoing(confirmation())); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("%v", err)
			}
			c.Timeout = time.Hour
			stopping, cancel := context.WithTimeout(t.Context(), 150*time.Millisecond)
			defer cancel()
			if err := sender(t, c).Send(stopping, outgoing(confirmation())); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("when the program stops: %v", err)
			}
		})
	}
}

// silence is the address of something that takes connections and never says a word.
func silence(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				_, _ = io.Copy(io.Discard, conn)
				_ = conn.Close()
			}()
		}
	}()
	return listener.Addr().String()
}

func TestNewSMTP_NamesEverythingThatIsWrong(t *testing.T) {
	good := mail.SMTPConfig{Addr: "smtp.example.org:587", From: "training@hub.example.org", TLS: mail.STARTTLS}
	if _, err := mail.NewSMTP(good); err != nil {
		t.Fatal(err)
	}
	for want, change := range map[string]func(*mail.SMTPConfig){
		"write host:port":               func(c *mail.SMTPConfig) { c.Addr = "smtp.example.org" },
		"like smtp.example.org:587":     func(c *mail.SMTPConfig) { c.Addr = "smtp.example.org:99999" },
		"mail sender:":                  func(c *mail.SMTPConfig) { c.From = "Hub <training@hub.example.org>" },
		"mail sender's name":            func(c *mail.SMTPConfig) { c.FromName = "Hub\nBcc: x@example.org" },
		"user and password go together": func(c *mail.SMTPConfig) { c.User = "ssph" },
		"encrypted only":                func(c *mail.SMTPConfig) { c.TLS = mail.Unencrypted },
		"choose starttls, tls or none":  func(c *mail.SMTPConfig) { c.TLS = "ssl" },
		"no certificate":                func(c *mail.SMTPConfig) { c.CA = []byte("nonsense") },
	} {
		c := good
		change(&c)
		if _, err := mail.NewSMTP(c); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q expected, got %v", want, err)
		}
	}
	all := mail.SMTPConfig{TLS: "ssl", User: "ssph"}
	_, err := mail.NewSMTP(all)
	for _, want := range []string{"host:port", "mail sender", "go together", "choose"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not named at once: %v", want, err)
		}
	}
}
