package access

import (
	"context"
	"errors"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// Link is a mailed sign-in link. Its token is in the mail only; here is what it leads to.
type Link struct {
	ID        int64
	Email     string
	Name      string // given when the link was asked for; may be empty
	Next      string // the page to go to afterwards; may be empty
	BookingID *int64 // the booking that using the link confirms, if any
	CreatedAt time.Time
	ExpiresAt time.Time
	UsedAt    *time.Time
}

// LookLink reads a link for the page that asks for confirmation. It changes nothing, because mail scanners open every link.
// Errors: not found; gone, when it was used or has run out.
func LookLink(ctx context.Context, db models.DB, token string) (Link, error) {
	row, err := linkByToken(ctx, db, hashSecret(token))
	if errors.Is(err, models.ErrNoRow) {
		return Link{}, models.NotFound("We do not know this sign-in link. Check that you copied all of it, or ask for a new one").Because(err)
	}
	if err != nil {
		return Link{}, err
	}
	return row.link(), row.standing(db.Now())
}

// UseLink signs a person in with a link, once: of many who try at the same moment one succeeds. It makes the person when they
// are new and confirms their address. Errors: those of LookLink.
func UseLink(ctx context.Context, tx models.DB, token string) (Person, Link, error) {
	if err := tx.MustBeTx(); err != nil {
		return Person{}, Link{}, err
	}
	used, err := useLinkRow(ctx, tx, hashSecret(token))
	if err != nil {
		return Person{}, Link{}, err
	}
	if !used {
		if _, err := LookLink(ctx, tx, token); err != nil {
			return Person{}, Link{}, err
		}
		return Person{}, Link{}, errors.New("access: a good link could not be used")
	}
	row, err := linkByToken(ctx, tx, hashSecret(token))
	if err != nil {
		return Person{}, Link{}, err
	}
	person, err := personOfLink(ctx, tx, row)
	return person, row.link(), err
}

// personOfLink finds or makes the person whose address the link has just proved.
func personOfLink(ctx context.Context, tx models.DB, row linkRow) (Person, error) {
	p, err := FindOrCreatePerson(ctx, tx, row.Name, row.Email)
	if err != nil {
		return Person{}, err
	}
	if p.EmailConfirmedAt == nil {
		if err := confirmEmail(ctx, tx, p.ID); err != nil {
			return Person{}, err
		}
		now := tx.Now()
		p.EmailConfirmedAt = &now
	}
	return p, Record(ctx, tx, Actor{PersonID: p.ID}, Entry{
		Action: "signed-in", SubjectKind: "person", SubjectID: p.ID, Detail: map[string]int64{"link": row.ID},
	})
}

// standing is nil while the link may be used, and otherwise the sentence that says why it may not.
func (r linkRow) standing(now time.Time) error {
	switch {
	case r.UsedAt != nil:
		return models.Fail(models.KindGone, "This sign-in link has been used. Each link works once. Ask for a new one")
	case !now.Before(r.ExpiresAt):
		return models.Fail(models.KindGone, "This sign-in link ran out on %s. Ask for a new one", models.When(r.ExpiresAt))
	}
	return nil
}
