package access

import (
	"context"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// How often sign-in mails may be asked for. A limit against nuisance: two at the same instant may slip through together.
const (
	linksPerEmail = 5
	linksInAll    = 3000 // a last guard: the website counts for each network, far below
	linksPer      = time.Hour
)

// withinLimits refuses a request too many. Known and unknown addresses are counted alike, so the refusal tells nothing.
func withinLimits(ctx context.Context, tx models.DB, email string) error {
	since := tx.Now().Add(-linksPer)
	mine, err := linksSince(ctx, tx, email, since, linksPerEmail)
	if err != nil {
		return err
	}
	if len(mine) >= linksPerEmail {
		again := mine[len(mine)-1].Add(linksPer).Add(time.Minute) // a whole minute, so that the time on screen is not too early
		return models.Invalid("email", "We have sent %d sign-in emails to this address in the last hour. Use the newest one, or try again at %s",
			linksPerEmail, models.ClockTime(again))
	}
	all, err := linksSince(ctx, tx, "", since, linksInAll)
	if err != nil {
		return err
	}
	if len(all) >= linksInAll {
		return models.Fail(models.KindConflict, "Many people are asking to sign in at the moment. Try again in a few minutes")
	}
	return nil
}
