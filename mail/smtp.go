package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/mail"
	"net/smtp"
	"net/textproto"
	"time"
)

// SMTP sends through a mail server. Each mail has its own connection, bounded in time.
type SMTP struct {
	config SMTPConfig
	from   mail.Address
	host   string
	tls    *tls.Config
}

// NewSMTP checks the configuration and makes the sender; it does not connect yet.
func NewSMTP(c SMTPConfig) (*SMTP, error) {
	if c.Timeout <= 0 {
		c.Timeout = defaultTimeout
	}
	host, settings, err := c.check()
	if err != nil {
		return nil, err
	}
	return &SMTP{config: c, from: mail.Address{Name: c.FromName, Address: c.From}, host: host, tls: settings}, nil
}

// Send hands the mail to the mail server. It returns a *Refusal when the server will not have this mail, and any other error when
// it may take it later, or when our own settings are at fault: then no mail is lost while they are put right.
func (s *SMTP) Send(ctx context.Context, m Outgoing) error {
	raw, err := encode(m, s.from)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, s.config.Timeout)
	defer cancel()
	client, hangUp, err := s.connect(ctx)
	if err != nil {
		return err
	}
	defer hangUp()
	if err := s.introduce(client); err != nil {
		return because(ctx, fmt.Errorf("mail server %s: %w", s.config.Addr, err))
	}
	if err := deliver(client, m.ToEmail, raw); err != nil {
		return because(ctx, err)
	}
	_ = client.Quit() // the server has taken the mail: how it says goodbye changes nothing
	return nil
}

// connect dials within the context, whose end also breaks off whatever is under way afterwards.
func (s *SMTP) connect(ctx context.Context) (client *smtp.Client, hangUp func(), err error) {
	var dialer net.Dialer
	conn, err := dialer.DialContext(ctx, "tcp", s.config.Addr)
	if err != nil {
		return nil, nil, fmt.Errorf("mail server: %w", err)
	}
	release := context.AfterFunc(ctx, func() { _ = conn.Close() })
	hangUp = func() {
		release()
		_ = conn.Close()
	}
	if s.config.TLS == ImplicitTLS {
		conn = tls.Client(conn, s.tls)
	}
	client, err = smtp.NewClient(conn, s.host)
	if err != nil {
		hangUp()
		return nil, nil, because(ctx, fmt.Errorf("mail server %s: %w", s.config.Addr, err))
	}
	return client, hangUp, nil
}

// introduce says hello, demands encryption where it is configured, and signs in.
func (s *SMTP) introduce(client *smtp.Client) error {
	if err := client.Hello(domainOf(s.config.From)); err != nil {
		return err
	}
	if s.config.TLS == STARTTLS {
		if offered, _ := client.Extension("STARTTLS"); !offered {
			return errors.New("it does not offer encryption (STARTTLS); nothing was sent")
		}
		if err := client.StartTLS(s.tls); err != nil {
			return fmt.Errorf("encryption: %w", err)
		}
	}
	if s.config.User != "" {
		if err := client.Auth(smtp.PlainAuth("", s.config.User, s.config.Password, s.host)); err != nil {
			return fmt.Errorf("sign in: %w", err)
		}
	}
	return client.Mail(s.config.From)
}

// deliver names the recipient and hands over the message. Only here is a 5xx answer about this one mail.
func deliver(client *smtp.Client, to string, raw []byte) error {
	if err := client.Rcpt(to); err != nil {
		return verdict(err)
	}
	body, err := client.Data()
	if err != nil {
		return verdict(err)
	}
	if _, err := body.Write(raw); err != nil {
		return err
	}
	return verdict(body.Close())
}

func verdict(err error) error {
	var answer *textproto.Error
	if errors.As(err, &answer) && answer.Code >= 500 {
		return &Refusal{Code: answer.Code, Answer: answer.Msg}
	}
	return err
}

// because tells a deadline from a broken connection.
func because(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); cause != nil {
		return fmt.Errorf("%w (%w)", err, cause)
	}
	return err
}

const defaultTimeout = 30 * time.Second
