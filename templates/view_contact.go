package templates

// ContactPage is pages/contact.html. Its form posts the fields of ContactFields.
type ContactPage struct {
	Page
	Form ContactFields
}

// ContactFields is what was typed to the Hub.
type ContactFields struct {
	Topic        string // topic: "group", "one-to-one", "licence" or "other"
	Name         string // name
	Email        string // email
	Organisation string // organisation
	People       string // people
	Format       string // format: "face-to-face", "online" or "either"
	Message      string // message
}

// ContactSentPage is pages/contact-sent.html.
type ContactSentPage struct {
	Page
	Mailbox bool // no mail leaves this machine: the message is on the mailbox page
}
