package mail

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"strconv"
	"time"
)

// Encryption says how the connection to the mail server is kept private.
type Encryption string

// The ways to reach a mail server.
const (
	STARTTLS    Encryption = "starttls" // usual, port 587: the server must offer it, else nothing is sent
	ImplicitTLS Encryption = "tls"      // port 465
	Unencrypted Encryption = "none"     // only to this machine itself
)

// SMTPConfig says how to reach the mail server and in whose name to write.
type SMTPConfig struct {
	Addr     string // host:port
	User     string // empty: no sign-in
	Password string
	From     string // the bare address mails come from; its domain also names the messages
	FromName string
	TLS      Encryption
	CA       []byte        // PEM: trust these certificates instead of the machine's; empty: the machine's
	Timeout  time.Duration // for one mail, from dialling to the server's answer; zero: 30 seconds
}

// check finds everything that is wrong with the configuration at once.
func (c SMTPConfig) check() (host string, settings *tls.Config, err error) {
	var faults []error
	host, port, err := net.SplitHostPort(c.Addr)
	if n, bad := strconv.Atoi(port); err != nil || bad != nil || n < 1 || n > 65535 || host == "" {
		faults = append(faults, fmt.Errorf("mail server %q: write host:port, like smtp.example.org:587", c.Addr))
	}
	if err := errors.Join(checkLine(c.From), checkAddress(c.From)); err != nil {
		faults = append(faults, fmt.Errorf("mail sender: %w", err))
	}
	if err := checkLine(c.FromName); err != nil {
		faults = append(faults, fmt.Errorf("mail sender's name: %w", err))
	}
	if (c.User == "") != (c.Password == "") {
		faults = append(faults, errors.New("mail server: user and password go together"))
	}
	if err := c.TLS.check(host); err != nil {
		faults = append(faults, err)
	}
	settings = &tls.Config{ServerName: host, MinVersion: tls.VersionTLS12}
	if len(c.CA) > 0 {
		settings.RootCAs = x509.NewCertPool()
		if !settings.RootCAs.AppendCertsFromPEM(c.CA) {
			faults = append(faults, errors.New("mail server: no certificate in the CA file"))
		}
	}
	return host, settings, errors.Join(faults...)
}

func (e Encryption) check(host string) error {
	switch e {
	case STARTTLS, ImplicitTLS:
		return nil
	case Unencrypted:
		if ip := net.ParseIP(host); host == "localhost" || ip != nil && ip.IsLoopback() {
			return nil
		}
		return fmt.Errorf("mail server %s: mail leaves this machine encrypted only: choose starttls or tls", host)
	}
	return fmt.Errorf("mail server: encryption %q: choose starttls, tls or none", string(e))
}
