package handlers

import (
	"fmt"
	"mime"
	"net/http"
	"regexp"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/mail"
	"hub.salford.ac.uk/ssph/templates"
)

// mailboxRoutes show the outbox where no mail leaves the machine. In production they do not exist.
func (s *Site) mailboxRoutes() []Route {
	return []Route{
		{Method: http.MethodGet, Path: "/dev/mailbox", Rule: Public, Handle: s.mailbox},
		{Method: http.MethodGet, Path: "/dev/mailbox/:mail", Rule: Public, Handle: s.letter},
		{Method: http.MethodGet, Path: "/dev/mailbox/:mail/html", Rule: Public, Handle: s.letterHTML},
		{Method: http.MethodGet, Path: "/dev/mailbox/:mail/parts/:part", Rule: Public, Handle: s.letterPart},
	}
}

func (s *Site) mailbox(c echo.Context) error {
	now, err := strconv.Atoi(c.QueryParam("page"))
	if err != nil || now < 1 {
		now = 1
	}
	mails, total, err := mail.List(c.Request().Context(), s.db, mail.Filter{Page: now})
	if err != nil {
		return err
	}
	page := templates.MailboxPage{
		Page:  s.page(c, "The demonstration’s mailbox", ""),
		Pages: pagesOf("/dev/mailbox", now, total, mail.PerPage),
	}
	for _, m := range mails {
		page.Letters = append(page.Letters, letterOf(m))
	}
	return s.render(c, http.StatusOK, "mailbox", page)
}

func (s *Site) letter(c echo.Context) error {
	id, err := number(c, "mail")
	if err != nil {
		return err
	}
	m, err := mail.Find(c.Request().Context(), s.db, id)
	if err != nil {
		return err
	}
	page := templates.LetterPage{Page: s.page(c, m.Subject, ""), Letter: letterOf(m), Text: paragraphs(m.Text)}
	page.HTMLURL = page.Letter.URL + "/html"
	for _, f := range m.Files {
		page.Parts = append(page.Parts, templates.LetterPart{
			Name: f.Filename, Kind: partWords(f.ContentType), URL: fmt.Sprintf("%s/parts/%d", page.Letter.URL, f.Ordinal),
		})
	}
	return s.render(c, http.StatusOK, "mailbox-letter", page)
}

// letterPolicy lets a mail show its own styles and be followed to its links, and nothing else.
const letterPolicy = "sandbox allow-top-navigation allow-top-navigation-by-user-activation; default-src 'none'; " +
	"style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// letterHTML shows the message as mail programs draw it, in a page that can do nothing but link.
func (s *Site) letterHTML(c echo.Context) error {
	id, err := number(c, "mail")
	if err != nil {
		return err
	}
	m, err := mail.Find(c.Request().Context(), s.db, id)
	if err != nil {
		return err
	}
	c.Response().Header().Set(echo.HeaderContentSecurityPolicy, letterPolicy)
	return c.HTML(http.StatusOK, m.HTML)
}

// letterPart hands out a file: a PDF to look at, everything else to keep.
func (s *Site) letterPart(c echo.Context) error {
	id, err := number(c, "mail")
	if err != nil {
		return err
	}
	ordinal, err := number(c, "part")
	if err != nil {
		return err
	}
	part, err := mail.FindPart(c.Request().Context(), s.db, id, int(ordinal))
	if err != nil {
		return err
	}
	how := "attachment"
	if strings.HasPrefix(part.ContentType, "application/pdf") {
		how = "inline"
	}
	c.Response().Header().Set(echo.HeaderContentDisposition, mime.FormatMediaType(how, map[string]string{"filename": part.Filename}))
	return c.Blob(http.StatusOK, part.ContentType, part.Content)
}

func letterOf(m mail.Mail) templates.Letter {
	l := templates.Letter{
		URL: fmt.Sprintf("/dev/mailbox/%d", m.ID), To: m.ToEmail, ReplyTo: m.ReplyTo, Subject: m.Subject, At: m.QueuedAt,
		State: templates.Tag{Look: templates.TagWait, Word: "On its way"},
	}
	if m.ToName != "" {
		l.To = m.ToName + ", " + m.ToEmail
	}
	switch m.Status {
	case mail.Sent:
		l.State = templates.Tag{Look: templates.TagInfo, Word: "Sent"}
	case mail.Failed:
		l.State = templates.Tag{Look: templates.TagStop, Word: "Failed"}
	}
	return l
}

func partWords(contentType string) string {
	switch kind, _, _ := mime.ParseMediaType(contentType); kind {
	case "application/pdf":
		return "PDF"
	case "text/calendar":
		return "calendar"
	default:
		return "file"
	}
}

// paragraphs cuts a message's text at its empty lines, and each line at the addresses in it.
func paragraphs(text string) []templates.LetterParagraph {
	var all []templates.LetterParagraph
	var now templates.LetterParagraph
	for _, line := range append(strings.Split(text, "\n"), "") {
		if line = strings.TrimSpace(line); line != "" {
			now.Lines = append(now.Lines, pieces(line))
			continue
		}
		if now.Lines != nil {
			all = append(all, now)
		}
		now = templates.LetterParagraph{}
	}
	return all
}

// pieces finds the addresses in a line. What ends a sentence is no part of one.
func pieces(line string) []templates.TextPiece {
	var all []templates.TextPiece
	from := 0
	for _, at := range regexp.MustCompile(`https?://[^\s<>"]+`).FindAllStringIndex(line, -1) {
		url := strings.TrimRight(line[at[0]:at[1]], ".,;:!?)")
		if at[0] > from {
			all = append(all, templates.TextPiece{Text: line[from:at[0]]})
		}
		all = append(all, templates.TextPiece{Text: url, URL: url})
		from = at[0] + len(url)
	}
	if from < len(line) {
		all = append(all, templates.TextPiece{Text: line[from:]})
	}
	return all
}

// pagesOf is where a reader is in a long list at an address without a query.
func pagesOf(address string, now int, total int64, perPage int) templates.Pages {
	p := templates.Pages{Now: now, Of: max(1, int((total+int64(perPage)-1)/int64(perPage)))}
	if now > 1 {
		p.Previous = fmt.Sprintf("%s?page=%d", address, now-1)
	}
	if now < p.Of {
		p.Next = fmt.Sprintf("%s?page=%d", address, now+1)
	}
	return p
}
