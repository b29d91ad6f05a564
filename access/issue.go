package access

import (
	"context"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// LinkRequest asks for a mailed sign-in link.
type LinkRequest struct {
	Email     string
	Name      string // for somebody we do not know yet; may be empty
	Next      string // the page to go to afterwards; kept only when it is one of ours
	BookingID *int64 // the booking that using the link confirms
}

// LinkMail is what the mail that answers a request needs to say.
type LinkMail struct {
	Link    Link
	Token   string // goes into the address of the confirm page; empty when Known is false
	Known   bool   // false: nobody has this address, and the mail says so instead of carrying a link
	Minutes int    // how long the link works
}

// IssueLink makes a sign-in link without mailing it, and returns its token: for commands that print one on the operator's own
// screen. It takes the place of unused links to the address. Errors: invalid, for the address or the name.
func IssueLink(ctx context.Context, tx models.DB, r LinkRequest) (string, error) {
	row, err := r.row(tx)
	if err != nil {
		return "", err
	}
	if err := deleteUnusedLinks(ctx, tx, row.Email); err != nil {
		return "", err
	}
	m, err := issue(ctx, tx, row, true)
	return m.Token, err
}

// row checks the request and brings it to the form in which it is kept.
func (r LinkRequest) row(tx models.DB) (linkRow, error) {
	if err := tx.MustBeTx(); err != nil {
		return linkRow{}, err
	}
	name, err := NormaliseName(r.Name)
	if err != nil {
		return linkRow{}, err
	}
	email, err := NormaliseEmail("", r.Email)
	if err != nil {
		return linkRow{}, err
	}
	return linkRow{Email: email, Name: name, NextPath: LocalPath(r.Next), BookingID: r.BookingID, CreatedAt: tx.Now()}, nil
}

// issue writes the link; for an unknown address, one that has ended already.
func issue(ctx context.Context, tx models.DB, row linkRow, known bool) (LinkMail, error) {
	settings, err := LoadSettings(ctx, tx)
	if err != nil {
		return LinkMail{}, err
	}
	m := LinkMail{Known: known, Minutes: settings.SignInLinkMinutes}
	token := NewSecret()
	row.TokenHash, row.ExpiresAt = hashSecret(token), row.CreatedAt
	if known {
		m.Token = token
		row.ExpiresAt = row.CreatedAt.Add(time.Duration(settings.SignInLinkMinutes) * time.Minute)
	}
	row, err = insertLink(ctx, tx, row)
	m.Link = row.link()
	return m, err
}
