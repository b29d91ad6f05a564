package mailtest

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"strings"
)

// Received is a mail as the server got it, taken apart.
type Received struct {
	From       string   // of the envelope
	To         []string // of the envelope: everybody who gets it
	Encrypted  bool     // whether the connection was
	Raw        []byte
	Header     mail.Header
	Subject    string // decoded
	Text       string
	HTML       string
	Calendar   string // the invitation among the bodies
	CalendarAs string // its content type
	Files      []File
}

// File is something attached.
type File struct {
	Name        string
	ContentType string // without parameters
	Content     []byte
}

// Parse takes a message apart. It fails on anything a strict mail program would not read.
func Parse(raw []byte) (Received, error) {
	r := Received{Raw: raw}
	message, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return r, fmt.Errorf("read the head: %w", err)
	}
	r.Header = message.Header
	if r.Subject, err = new(mime.WordDecoder).DecodeHeader(message.Header.Get("Subject")); err != nil {
		return r, fmt.Errorf("subject: %w", err)
	}
	return r, r.take(textproto.MIMEHeader(message.Header), message.Body)
}

// take reads one entity, going into those that hold others.
func (r *Received) take(head textproto.MIMEHeader, body io.Reader) error {
	kind, params, err := mime.ParseMediaType(head.Get("Content-Type"))
	if err != nil {
		return fmt.Errorf("content type %q: %w", head.Get("Content-Type"), err)
	}
	if strings.HasPrefix(kind, "multipart/") {
		return r.takeEach(multipart.NewReader(body, params["boundary"]))
	}
	content, err := decoded(head, body)
	if err != nil {
		return fmt.Errorf("%s: %w", kind, err)
	}
	r.keep(head, kind, content)
	return nil
}

func (r *Received) takeEach(parts *multipart.Reader) error {
	for {
		part, err := parts.NextRawPart()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if err := r.take(part.Header, part); err != nil {
			return err
		}
	}
}

func (r *Received) keep(head textproto.MIMEHeader, kind string, content []byte) {
	disposition, params, err := mime.ParseMediaType(head.Get("Content-Disposition"))
	switch {
	case err == nil && disposition == "attachment":
		r.Files = append(r.Files, File{Name: params["filename"], ContentType: kind, Content: content})
	case kind == "text/plain":
		r.Text = string(content)
	case kind == "text/html":
		r.HTML = string(content)
	case kind == "text/calendar":
		r.Calendar, r.CalendarAs = string(content), head.Get("Content-Type")
	}
}

func decoded(head textproto.MIMEHeader, body io.Reader) ([]byte, error) {
	switch strings.ToLower(head.Get("Content-Transfer-Encoding")) {
	case "quoted-printable":
		return io.ReadAll(quotedprintable.NewReader(body))
	case "base64":
		return io.ReadAll(base64.NewDecoder(base64.StdEncoding, body))
	}
	return io.ReadAll(body)
}
