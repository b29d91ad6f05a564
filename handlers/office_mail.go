package handlers

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/jobs"
	"hub.salford.ac.uk/ssph/mail"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

// officeMail lists what the site has written, newest first, by state and with a search.
func (s *Site) officeMail(c echo.Context) error {
	ctx, asked := c.Request().Context(), c.QueryParams()
	const path = "/office/mail"
	status := mailStatus(asked.Get("status"))
	page := templates.OfficeMailPage{
		Page: s.officePage(c, "Mail", "mail"), Search: searchFor(path, "Search by name, address or subject", asked, "status"),
		Tabs: []templates.OfficeTab{
			tab("All", path, "", status == ""),
			tab("On their way", path, "status=queued", status == mail.Queued),
			tab("Sent", path, "status=sent", status == mail.Sent),
			tab("Failed", path, "status=failed", status == mail.Failed),
		},
	}
	found, total, err := mail.List(ctx, s.db, mail.Filter{Status: status, Search: page.Search.Typed, Page: pageAsked(asked)})
	if err != nil {
		return err
	}
	work, err := jobs.Count(ctx, s.db)
	if err != nil {
		return err
	}
	page.Rows, page.Count, page.Failed = mailRows(found), total, work.Failed
	page.Pages = listPages(path, asked, total, mail.PerPage)
	if len(found) == 0 && total > 0 {
		return s.redirect(c, lastPage(path, asked, page.Pages))
	}
	return s.render(c, http.StatusOK, "office-mail", page)
}

// mailStatus is the state asked for; none when there is no such state.
func mailStatus(asked string) mail.Status {
	for _, status := range mail.Statuses() {
		if string(status) == asked {
			return status
		}
	}
	return ""
}

func mailRows(mails []mail.Mail) []templates.MailRow {
	rows := make([]templates.MailRow, len(mails))
	for i, m := range mails {
		l := letterOf(m)
		rows[i] = templates.MailRow{URL: officeMailURL(m.ID), To: l.To, Subject: l.Subject, At: l.At, State: l.State}
		if m.Status == mail.Failed {
			rows[i].Note = m.LastError
		}
	}
	return rows
}

// officeLetter shows one e-mail.
func (s *Site) officeLetter(c echo.Context) error {
	id, err := number(c, "mail")
	if err != nil {
		return err
	}
	m, err := mail.Find(c.Request().Context(), s.db, id)
	if err != nil {
		return err
	}
	url := officeMailURL(id)
	page := templates.OfficeLetterPage{Page: s.officePage(c, m.Subject, "mail"), Letter: letterOf(m), Facts: letterFacts(m), Private: signsIn(m)}
	if !page.Private {
		page.Text, page.HTMLURL = paragraphs(m.Text), url+"/html"
	}
	for _, f := range m.Files {
		page.Parts = append(page.Parts, templates.LetterPart{
			Name: f.Filename, Kind: partWords(f.ContentType), URL: url + "/parts/" + strconv.Itoa(f.Ordinal),
		})
	}
	if m.Status == mail.Failed {
		page.RetryURL, page.Error = url+"/retry", m.LastError
	}
	return s.render(c, http.StatusOK, "office-letter", page)
}

// signsIn says that a message holds a link which signs its reader in. Whoever read it could be them, so the office may not.
func signsIn(m mail.Mail) bool { return m.AboutKind == "sign-in-link" }

// officeLetterHTML shows a message as mail programs draw it.
func (s *Site) officeLetterHTML(c echo.Context) error {
	id, err := number(c, "mail")
	if err != nil {
		return err
	}
	m, err := mail.Find(c.Request().Context(), s.db, id)
	if err != nil {
		return err
	}
	if signsIn(m) {
		return models.Fail(models.KindForbidden, "This email signs its reader in, so only they may see it")
	}
	return s.letterHTML(c)
}

func letterFacts(m mail.Mail) []templates.Fact {
	l := letterOf(m)
	facts := []templates.Fact{{Name: "To", Value: l.To}}
	if l.ReplyTo != "" {
		facts = append(facts, templates.Fact{Name: "Answers go to", Value: l.ReplyTo})
	}
	facts = append(facts, templates.Fact{Name: "Written", Value: models.When(m.QueuedAt)})
	if !m.SentAt.IsZero() {
		facts = append(facts, templates.Fact{Name: "Sent", Value: models.When(m.SentAt)})
	}
	return append(facts, templates.Fact{Name: "Tries", Value: strconv.Itoa(m.Attempts)})
}

// officeLetterRetry sends a failed e-mail again.
func (s *Site) officeLetterRetry(c echo.Context) error {
	id, err := number(c, "mail")
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	if _, err := mail.Find(ctx, s.db, id); err != nil {
		return err
	}
	err = s.db.InTx(ctx, func(tx models.DB) error {
		if err := mail.Requeue(ctx, tx, id); err != nil {
			return err
		}
		return access.Record(ctx, tx, actorOf(c), access.Entry{Action: "mail-sent-again", SubjectKind: "mail", SubjectID: id})
	})
	if err != nil {
		return err
	}
	return s.done(c, officeMailURL(id), "The email is on its way again.")
}
