package handlers

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/mail"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

func (s *Site) contactRoutes() []Route {
	return []Route{
		{Method: http.MethodGet, Path: "/contact", Rule: Public, Handle: s.contact},
		{Method: http.MethodPost, Path: "/contact", Rule: Public, Handle: s.contactSend},
		{Method: http.MethodGet, Path: "/contact/sent", Rule: Public, Handle: s.contactSent},
	}
}

// contactForm is what was typed to the Hub.
type contactForm templates.ContactFields

func contactFrom(typed url.Values) contactForm {
	return contactForm{
		Topic: line(typed, "topic"), Name: line(typed, "name"), Email: line(typed, "email"), Organisation: line(typed, "organisation"),
		People: line(typed, "people"), Format: line(typed, "format"), Message: lines(typed, "message"),
	}
}

// How much the fields hold.
const (
	mostName    = 100 // two of them fit into a subject
	mostMessage = 4000
	mostPeople  = 10_000
)

func (f *contactForm) check() models.Problems {
	var p models.Problems
	if topicWords(f.Topic) == "" {
		p.Add("topic", "Choose what your message is about")
	}
	needed(&p, "name", f.Name, "Enter your name", "Your name", mostName)
	email, err := access.NormaliseEmail("", f.Email)
	if problems, _ := refused(err); problems != nil {
		p.Add("email", "%s", problems.For("email"))
	} else {
		f.Email = email
	}
	fits(&p, "organisation", f.Organisation, "The organisation’s name", mostName)
	if n, err := strconv.Atoi(f.People); f.People != "" && (err != nil || n < 1 || n > mostPeople) {
		p.Add("people", "Enter how many people as a number, like 12")
	}
	if f.Format != "" && formatWords(f.Format) == "" {
		p.Add("format", "Choose face to face, online or either")
	}
	needed(&p, "message", f.Message, "Enter your message", "Your message", mostMessage)
	return p
}

// contact shows the form. The price, session and licence pages fill part of it in through the address; who is signed in finds their
// name and address there.
func (s *Site) contact(c echo.Context) error {
	form := contactFrom(c.QueryParams())
	if form.Topic == "" && form.People != "" {
		form.Topic = "group"
	}
	if actor := actorOf(c); actor.SignedIn() && form.Name == "" && form.Email == "" {
		form.Name, form.Email = actor.Name, actor.Email
	}
	return s.contactPage(c, http.StatusOK, form, nil)
}

func (s *Site) contactPage(c echo.Context, status int, form contactForm, problems models.Problems) error {
	page := templates.ContactPage{Page: s.page(c, "Contact the Hub", ""), Form: templates.ContactFields(form)}
	page.Problems = problems
	return s.render(c, status, "contact", page)
}

// contactSend mails the message to the Hub. Sent twice, by a second press of the button, it is one mail.
func (s *Site) contactSend(c echo.Context) error {
	typed, err := posted(c)
	if err != nil {
		return err
	}
	form := contactFrom(typed)
	if problems := form.check(); problems != nil {
		return s.contactPage(c, http.StatusUnprocessableEntity, form, problems)
	}
	if !s.mayContact(c) {
		return s.contactPage(c, http.StatusTooManyRequests, form, tooManyMessages())
	}
	ctx := c.Request().Context()
	err = s.db.InTx(ctx, func(tx models.DB) error { return s.queueContact(ctx, tx, form) })
	if err != nil {
		return err
	}
	return s.done(c, "/contact/sent", "")
}

func (s *Site) queueContact(ctx context.Context, tx models.DB, form contactForm) error {
	supplier, err := billing.CurrentSupplier(ctx, tx)
	if err != nil {
		return err
	}
	message, err := mail.Message{
		Cause: form.cause(tx.Today()), Kind: "contact", AboutKind: "contact",
		ToName: supplier.TradingName, ToEmail: supplier.Email, ReplyTo: form.Email,
	}.Draw("contact", form.mail())
	if err != nil {
		return err
	}
	return mail.Queue(ctx, tx, message)
}

func (s *Site) contactSent(c echo.Context) error {
	page := templates.ContactSentPage{Page: s.page(c, "Your message is on its way", ""), Mailbox: s.demonstration()}
	return s.render(c, http.StatusOK, "contact-sent", page)
}
