package app

import (
	"context"
	"fmt"
	"io"
	"strings"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/handlers"
	"hub.salford.ac.uk/ssph/models"
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
