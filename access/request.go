package access

import (
	"context"
	"errors"
	"fmt"

	"hub.salford.ac.uk/ssph/mail"
	"hub.salford.ac.uk/ssph/models"
)

// Compose writes the subject and the bodies of a LinkMail; RequestLink fills in the rest of the message.
type Compose func(LinkMail) (mail.Message, error)

// RequestLink mails a sign-in link, in the caller's transaction. The caller's answer on screen is the same whether or not we
// know the address; only the mail itself tells, to whoever owns it. An address nobody has gets a link only for a booking. The
// token is kept as a hash, and the link ends after the setting sign_in_link_minutes. Errors: invalid, for the address, the name,
// or too many mails to one address within the hour; conflict, for too many to all together.
func RequestLink(ctx context.Context, tx models.DB, r LinkRequest, compose Compose) error {
	row, err := r.row(tx)
	if err != nil {
		return err
	}
	if err := withinLimits(ctx, tx, row.Email); err != nil {
		return err
	}
	person, err := personByEmail(ctx, tx, row.Email)
	if err != nil && !errors.Is(err, models.ErrNoRow) {
		return err
	}
	if person.Name != "" {
		row.Name = person.Name // a mail greets the people we know by their name, whatever a stranger typed
	}
	m, err := issue(ctx, tx, row, person.ID != 0 || r.BookingID != nil)
	if err != nil {
		return err
	}
	message, err := compose(m)
	if err != nil {
		return fmt.Errorf("compose the sign-in mail: %w", err)
	}
	message.Cause = fmt.Sprintf("sign-in-link/%d", m.Link.ID)
	message.Kind = "sign-in-link"
	message.ToEmail, message.ToName = row.Email, row.Name
	message.AboutKind, message.AboutID = "sign-in-link", m.Link.ID
	return mail.Queue(ctx, tx, message)
}
