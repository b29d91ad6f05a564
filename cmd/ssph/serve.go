package main

import (
	"context"
	"log/slog"

	"hub.salford.ac.uk/ssph/cmd/ssph/app"
)

type serveCommand struct{}

// Help lists the environment variables.
func (serveCommand) Help() string { return app.ConfigHelp() }

// Run serves until it is told to stop.
func (serveCommand) Run(ctx context.Context, out output) error {
	config, err := app.ConfigFromEnvironment()
	if err != nil {
		return err
	}
	a, err := app.New(ctx, config, app.Parts{Log: logTo(out)})
	if err != nil {
		return err
	}
	return a.Run(ctx, func() error { return a.Greet(ctx, out.results) })
}

func logTo(out output) *slog.Logger {
	return slog.New(slog.NewTextHandler(out.people, &slog.HandlerOptions{Level: slog.LevelInfo}))
}
