package scheduling

import (
	"context"

	"hub.salford.ac.uk/ssph/models"
)

// OfficeFilter narrows the office's list of sessions. The zero OfficeFilter shows everything that is not over.
type OfficeFilter struct {
	Status    Status // empty: every state
	Route     Route  // empty: every route
	Format    Format // empty: both
	TrainerID int64  // 0: every trainer
	Past      bool   // only sessions that are over, latest first; otherwise those that are not, next first
}

// Page is one page of a list. The zero Page is the first, of 20 rows.
type Page struct {
	Number int // from 1
	Size   int // rows, at most 100
}

// How many rows a page has when nothing is said, and at most.
const (
	usualPage = 20
	mostPage  = 100
)

func (p Page) limit() int {
	if p.Size < 1 {
		return usualPage
	}
	return min(p.Size, mostPage)
}

func (p Page) offset() int { return (max(p.Number, 1) - 1) * p.limit() }

// All lists sessions of every route and state, whole, for the office. It returns one page and how many there are altogether.
func All(ctx context.Context, db models.DB, f OfficeFilter, p Page) (found []Session, total int, err error) {
	count, err := countAll(ctx, db, f)
	if err != nil {
		return nil, 0, err
	}
	order := "f.starts_at, s.id"
	if f.Past {
		order = "f.starts_at DESC, s.id DESC"
	}
	found, err = readSessions(ctx, db, f.narrow(officeQuery(ctx, db), db.Now()).Order(order).Limit(p.limit()).Offset(p.offset()))
	return found, count, err
}
