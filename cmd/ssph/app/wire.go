package app

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/handlers"
	"hub.salford.ac.uk/ssph/handlers/api"
	"hub.salford.ac.uk/ssph/jobs"
	"hub.salford.ac.uk/ssph/licensing"
	"hub.salford.ac.uk/ssph/mail"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
	"hub.salford.ac.uk/ssph/tool"
)

// cleanEvery is how often browser sessions and links that have ended are removed.
const cleanEvery = time.Hour

// wire makes the capabilities known to each other, and the website and the job runner over them.
func (a *App) wire(ctx context.Context, p payments) error {
	keys, err := a.config.keysFor(ctx, a.db)
	if err != nil {
		return err
	}
	sender, err := a.config.sender()
	if err != nil {
		return err
	}
	if a.cases, err = a.config.toolDesk(ctx, a.db, keys); err != nil {
		return err
	}
	desk := booking.Desk{BaseURL: a.url}
	till := billing.Till{Gateway: p.gateway, Sellers: billing.Sellers{billing.BookingOrder: desk}}
	if a.runner, err = jobs.NewRunner(a.db, a.registry(desk, till, sender), a.log); err != nil {
		return err
	}
	pages, err := templates.New(templates.Options{})
	if err != nil {
		return err
	}
	proxies, err := a.config.proxies()
	if err != nil {
		return err
	}
	site, err := handlers.New(handlers.Options{
		DB: a.db, Pages: pages, Keys: keys, Mode: a.config.Mode, BaseURL: a.url, Proxies: proxies, PaymentOrigin: p.origin, Log: a.log,
		Desk: desk, Till: till, Booking: bookingLink(desk, till), Tool: a.cases,
		Webhook: api.Webhook{
			Secrets: p.secrets, Live: p.live, Clock: p.clock, Log: a.log,
			Receive: func(ctx context.Context, e billing.Event) error { return till.Receive(ctx, a.db, e) },
		},
	})
	if err != nil {
		return err
	}
	a.serve = append(a.serve, serving{a.newServer(site), a.pages})
	return nil
}

// ToolDesk is where the program of this configuration works on the cases of a database.
func (c Config) ToolDesk(ctx context.Context, db models.DB) (tool.Desk, error) {
	keys, err := c.keysFor(ctx, db)
	if err != nil {
		return tool.Desk{}, err
	}
	return c.toolDesk(ctx, db, keys)
}

// keysFor reads the keys of a database. Where a key file would be made when there is none, none is made for a database whose cases are
// sealed already: a new key opens none of them.
func (c Config) keysFor(ctx context.Context, db models.DB) (access.Keys, error) {
	if c.Keys == "" {
		sealed, err := tool.Sealed(ctx, db)
		if err != nil {
			return access.Keys{}, err
		}
		if _, err := os.Stat(c.keysFile()); sealed && errors.Is(err, fs.ErrNotExist) {
			return access.Keys{}, models.Invalid("keys",
				"The key file %s is missing, and the cases in this database are sealed with its key. Put the file back: a new key would not open them", c.keysFile())
		}
	}
	return c.loadKeys()
}

// toolDesk is where cases are worked on. A key that does not open the cases of this database, or content that breaks its schema, stops
// the program before it serves.
func (c Config) toolDesk(ctx context.Context, db models.DB, keys access.Keys) (tool.Desk, error) {
	if err := tool.CheckKey(ctx, db, keys); err != nil {
		return tool.Desk{}, err
	}
	sealer, err := tool.NewSealer(keys)
	if err != nil {
		return tool.Desk{}, err
	}
	pack, err := c.loadPack()
	return tool.Desk{Pack: pack, Sealer: sealer, Licences: licensing.ForPerson, Holders: tool.LicensedBy}, err
}

// registry is the work of every capability.
func (a *App) registry(desk booking.Desk, till billing.Till, sender mail.Sender) *jobs.Registry {
	r := jobs.NewRegistry()
	mail.Register(r, a.db, sender)
	billing.Register(r, a.db, till)
	billing.RegisterReminders(r, a.db, billing.Reminders{BaseURL: desk.BaseURL})
	booking.Register(r, a.db, desk, till)
	r.Every("access.clean", cleanEvery, func(ctx context.Context) error {
		return a.db.InTx(ctx, func(tx models.DB) error {
			_, err := access.Cleanup(ctx, tx)
			return err
		})
	})
	return r
}

// sender is the way mail leaves: a mail server, or nowhere, when it is read on the mailbox page.
func (c Config) sender() (mail.Sender, error) {
	if c.SMTP.Addr == "" {
		return mail.NewMailbox(), nil
	}
	from := c.SMTP.From
	if from == "" { // only in demo and development
		from = "hub@ssph.example"
	}
	return mail.NewSMTP(mail.SMTPConfig{
		Addr: c.SMTP.Addr, User: c.SMTP.User, Password: c.SMTP.Password, From: from, FromName: c.SMTP.FromName,
		TLS: mail.Encryption(c.SMTP.TLS),
	})
}
