// Package mailtest is a mail server on the loopback interface that keeps what it is given, for tests. It speaks real SMTP, with
// encryption and sign-in when asked, and can be told to refuse, to postpone or to fall silent.
package mailtest

import (
	"crypto/tls"
	"errors"
	"io"
	"log"
	"net"
	"sync"
	"testing"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// Options say what the server offers.
type Options struct {
	STARTTLS    bool   // offers encryption after the greeting
	ImplicitTLS bool   // encrypted from the first byte
	User        string // demands sign-in
	Password    string
}

// Server is a running mail server.
type Server struct {
	Addr string // host:port
	CA   []byte // the certificate to trust, PEM; empty without encryption

	options Options
	mu      sync.Mutex
	kept    []Received
	answers map[Step][]*smtp.SMTPError
	silent  chan struct{} // closed to speak again; nil when speaking
}

// Step is a moment of the conversation at which the server can be told to answer otherwise.
type Step string

// The steps.
const (
	AtSender    Step = "MAIL"
	AtRecipient Step = "RCPT"
	AtData      Step = "DATA" // after the whole message
)

// Start runs a server until the test ends.
func Start(t testing.TB, options Options) *Server {
	t.Helper()
	s := &Server{options: options, answers: map[Step][]*smtp.SMTPError{}}
	server := smtp.NewServer(smtp.BackendFunc(s.session))
	server.Domain = "mail.example.test"
	server.AllowInsecureAuth = true
	server.MaxMessageBytes = 20 << 20
	server.ErrorLog = log.New(io.Discard, "", 0)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.Addr = listener.Addr().String()
	if options.STARTTLS || options.ImplicitTLS {
		pair, authority, err := certificate()
		if err != nil {
			t.Fatal(err)
		}
		s.CA, server.TLSConfig = authority, &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12}
	}
	if options.ImplicitTLS {
		listener = tls.NewListener(listener, server.TLSConfig)
		server.TLSConfig = nil // nothing more to offer
	}
	ended := make(chan error)
	go func() { ended <- server.Serve(listener) }()
	t.Cleanup(func() {
		s.Speak()
		_ = server.Close()
		<-ended
	})
	return s
}

// Answer makes the server answer so at the step, once per call, in the order of the calls: 450 "later", 550 "no such mailbox".
func (s *Server) Answer(at Step, code int, text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answers[at] = append(s.answers[at], &smtp.SMTPError{Code: code, EnhancedCode: smtp.NoEnhancedCode, Message: text})
}

// FallSilent makes the server answer nothing more after the greeting, until Speak.
func (s *Server) FallSilent() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.silent == nil {
		s.silent = make(chan struct{})
	}
}

// Speak ends the silence.
func (s *Server) Speak() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.silent != nil {
		close(s.silent)
		s.silent = nil
	}
}

// Received are the mails the server took, in order.
func (s *Server) Received() []Received {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Received(nil), s.kept...)
}

func (s *Server) answer(at Step) error {
	s.mu.Lock()
	silent := s.silent
	var answer *smtp.SMTPError
	if waiting := s.answers[at]; len(waiting) > 0 {
		answer, s.answers[at] = waiting[0], waiting[1:]
	}
	s.mu.Unlock()
	if silent != nil {
		<-silent
	}
	if answer != nil {
		return answer
	}
	return nil
}

func (s *Server) session(c *smtp.Conn) (smtp.Session, error) {
	return &session{server: s, conn: c}, nil
}

// session is one connection.
type session struct {
	server   *Server
	conn     *smtp.Conn
	signedIn bool
	from     string
	to       []string
}

// AuthMechanisms offers sign-in when the server demands it.
func (s *session) AuthMechanisms() []string {
	if s.server.options.User == "" {
		return nil
	}
	return []string{sasl.Plain}
}

// Auth checks user and password.
func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != s.server.options.User || password != s.server.options.Password {
			return smtp.ErrAuthFailed
		}
		s.signedIn = true
		return nil
	}), nil
}

// Mail takes the sender.
func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	if s.server.options.User != "" && !s.signedIn {
		return smtp.ErrAuthRequired
	}
	s.from = from
	return s.server.answer(AtSender)
}

// Rcpt takes a recipient.
func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	if err := s.server.answer(AtRecipient); err != nil {
		return err
	}
	s.to = append(s.to, to)
	return nil
}

// Data takes the message.
func (s *session) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if err := s.server.answer(AtData); err != nil {
		return err
	}
	mail, err := Parse(raw)
	if err != nil {
		return errors.Join(&smtp.SMTPError{Code: 554, Message: "cannot be read"}, err)
	}
	mail.From, mail.To = s.from, s.to
	_, mail.Encrypted = s.conn.TLSConnectionState()
	s.server.mu.Lock()
	defer s.server.mu.Unlock()
	s.server.kept = append(s.server.kept, mail)
	return nil
}

// Reset forgets the message under way.
func (s *session) Reset() { s.from, s.to = "", nil }

// Logout ends the connection.
func (s *session) Logout() error { return nil }
