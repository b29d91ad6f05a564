package handlers

import (
	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/mail"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

// signInMail is what the e-mails sign-in and sign-in-unknown say.
type signInMail struct {
	Name    string // may be empty
	Email   string
	Minutes int
	Until   string // 10:42am
	Button  templates.Action
	Home    string // the site's first page
}

// SignInMail writes the mail that answers a request for a sign-in link. An address nobody has is told so, without a link.
func SignInMail(baseURL string) access.Compose {
	return func(m access.LinkMail) (mail.Message, error) {
		name := "sign-in-unknown"
		data := signInMail{Name: m.Link.Name, Email: m.Link.Email, Minutes: m.Minutes, Home: baseURL + "/"}
		if m.Known {
			name = "sign-in"
			data.Until = models.ClockTime(m.Link.ExpiresAt)
			data.Button = templates.Action{Label: "Sign in", URL: SignInLink(baseURL, m.Token)}
		}
		return mail.Message{}.Draw(name, data)
	}
}
