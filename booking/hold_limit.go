package booking

import (
	"context"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// How many unfinished bookings may hold places at once: begun in one browser, and from one network, so that nobody empties the dates for
// everybody else. A limit against nuisance: two at the same instant may slip through together.
const (
	holdsPerBrowser = 6
	holdsPerNetwork = 12
)

// withinHolds refuses a hold too many. The buyer's earlier holds on the same session have been let go before.
func withinHolds(ctx context.Context, tx models.DB, actor access.Actor, beside []int64) error {
	if claims := actor.Scope().Claims; len(claims) > 0 {
		n, err := unfinished(ctx, tx, "b.claim_hash IN ?", claims)
		if err != nil {
			return err
		}
		if n >= holdsPerBrowser {
			return models.Invalid("places", "You hold places on %d dates already. Finish one of those bookings or give it up first", n)
		}
	}
	if len(beside) == 0 {
		return nil
	}
	n, err := unfinished(ctx, tx, "b.id IN ?", beside)
	if err == nil && n >= holdsPerNetwork {
		return models.Invalid("places", "%d bookings from your network hold places and are not finished. Finish one or give it up, "+
			"or try again in half an hour. If you book for many people, ask the Hub", n)
	}
	return err
}
