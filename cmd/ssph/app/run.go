package app

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"
)

// serving is a server and the port it serves on.
type serving struct {
	server   *http.Server
	listener net.Listener
}

// How long what is under way may take to end once the program is told to stop.
const (
	pagesEnd = 10 * time.Second
	jobsEnd  = 15 * time.Second
)

// Run serves pages and works jobs until the context ends or a server fails, then stops in order: pages, jobs, database. It calls
// ready, unless that is nil, when pages are being served.
func (a *App) Run(ctx context.Context, ready func() error) error {
	failed := make(chan error, len(a.serve))
	for _, s := range a.serve {
		go func() { failed <- s.server.Serve(s.listener) }()
	}
	err := a.runner.Start(ctx)
	if err == nil && ready != nil {
		err = ready()
	}
	if err == nil {
		select {
		case <-ctx.Done():
		case err = <-failed: // a server ends by itself only when it fails
		}
	}
	return errors.Join(err, a.stop(context.WithoutCancel(ctx)))
}

// stop ends what Run began and closes what New opened. Pages under way are finished first, since they write jobs.
func (a *App) stop(ctx context.Context) error {
	var all []error
	pages, cancel := context.WithTimeout(ctx, pagesEnd)
	defer cancel()
	for i := len(a.serve) - 1; i >= 0; i-- { // pages first: they need the stand-in for Stripe
		if err := a.serve[i].server.Shutdown(pages); err != nil {
			all = append(all, fmt.Errorf("some pages were still being answered: %w", err), a.serve[i].server.Close())
		}
	}
	work, cancel := context.WithTimeout(ctx, jobsEnd)
	defer cancel()
	all = append(all, a.runner.Stop(work), a.Close())
	return errors.Join(all...)
}
