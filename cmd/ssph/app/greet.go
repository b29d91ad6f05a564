package app

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/handlers"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
)

// Greet says where the program is reached; in demo mode also what to try, and one fresh sign-in link for each role.
func (a *App) Greet(ctx context.Context, w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "SSPH is ready: %s\n", a.url)
	if a.config.Demonstrates() {
		fmt.Fprintf(&b, "Mail that would be sent: %s/dev/mailbox\n", a.url)
	}
	if a.counter != "" {
		fmt.Fprintf(&b, "Test payments, to refund or dispute them: %s/dashboard\n", a.counter)
	}
	if a.config.Mode == handlers.Demo {
		if err := a.demonstrate(ctx, &b); err != nil {
			return err
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (a *App) demonstrate(ctx context.Context, b *strings.Builder) error {
	fmt.Fprintf(b, "\nThis is a demonstration: invented people and dates, test payments, no money moves.\n")
	fmt.Fprintf(b, "Try first: %s/sessions, choose a date and book 3 places. Pay by card on the test page, or by invoice.\n", a.url)
	fmt.Fprintf(b, "\nSign in (each link works once, for half an hour; later, ask at %s/sign-in and look in the mailbox):\n", a.url)
	for _, c := range theCast() {
		token, err := a.freshLink(ctx, c)
		if err != nil {
			return fmt.Errorf("sign-in link for %s: %w", c.name, err)
		}
		fmt.Fprintf(b, "  %s, %s: %s\n    %s\n", c.part, c.name, c.try, handlers.SignInLink(a.url, token))
		if err := a.tellDay(ctx, b, c); err != nil {
			return fmt.Errorf("the next day of %s: %w", c.name, err)
		}
	}
	return nil
}

// beforeTheEnd is how long before the end of a session a look at its register falls: in the last hour the session can be completed.
const beforeTheEnd = 45 * time.Minute

// tellDay says, for a trainer, when the program has to run for their next register to be marked: the dates lie ahead of the first start,
// so nobody can know them before.
func (a *App) tellDay(ctx context.Context, b *strings.Builder, c cast) error {
	if c.role != access.RoleTrainer {
		return nil
	}
	trainers, err := scheduling.Trainers(ctx, a.db)
	if err != nil {
		return err
	}
	for _, t := range trainers {
		if t.Name != c.name {
			continue
		}
		next, _, err := scheduling.All(ctx, a.db, scheduling.OfficeFilter{TrainerID: t.ID}, scheduling.Page{Size: 1})
		if err != nil || len(next) == 0 {
			return err
		}
		fmt.Fprintf(b, "    to mark a register and complete the day, stop and start again with SSPH_NOW=%s\n",
			next[0].LastEnd().Add(-beforeTheEnd).Format(time.RFC3339))
	}
	return nil
}

func (a *App) freshLink(ctx context.Context, c cast) (token string, err error) {
	err = a.db.InTx(ctx, func(tx models.DB) error {
		token, err = access.IssueLink(ctx, tx, access.LinkRequest{Email: c.email})
		return err
	})
	return token, err
}
