package modelstest

import (
	"context"
	"fmt"
	"net/url"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// postgres is the PostgreSQL side of one test process: a server, one prepared database on it, and a copy of that for every
// test. Making a server takes most of a second and a copy some 50 ms, so the server and the template are made once, by the
// first test that asks. The zero value is ready.
type postgres struct {
	start    sync.Once
	server   *server
	startErr error

	prepare    sync.Once
	prepareErr error

	copies atomic.Int64
}

// shared is this process's server. Tests run in parallel and cannot hand one another a value, so it lives here.
var shared postgres

// PostgresURL gives t an empty PostgreSQL database of its own, dropped when t ends. It is for tests that start the program
// as a separate process, which migrates by itself; a test that only needs data uses Open or Each.
func PostgresURL(t testing.TB) string {
	t.Helper()
	return shared.database(t, nil)
}

// postgresURL gives t a PostgreSQL database of its own, prepared by prepare, and drops it when t ends. prepare runs once in
// a process, on the database every test then gets a copy of, so every caller must pass the same one; it must have closed its
// connections when it returns. A machine without PostgreSQL fails the test, with what to do about it: no test is skipped.
func postgresURL(t testing.TB, prepare func(ctx context.Context, url string) error) string {
	t.Helper()
	return shared.database(t, prepare)
}

// database makes the copy, of an empty database when prepare is nil, and leaves its removal to t.
func (p *postgres) database(t testing.TB, prepare func(ctx context.Context, url string) error) string {
	t.Helper()
	// The server outlives the test that happens to start it, and the removal comes after the test's own context has ended.
	ctx := context.WithoutCancel(t.Context())
	p.start.Do(func() { p.server, p.startErr = startServer(ctx) })
	if p.startErr != nil {
		t.Fatalf("PostgreSQL for tests: %v", p.startErr)
	}
	template := "template0"
	if prepare != nil {
		template = p.server.name("template")
		p.prepare.Do(func() { p.prepareErr = p.server.makeTemplate(ctx, template, prepare) })
		if p.prepareErr != nil {
			t.Fatalf("preparing the PostgreSQL database that tests copy: %v", p.prepareErr)
		}
	}
	name := p.server.name(strconv.FormatInt(p.copies.Add(1), 10))
	if err := p.server.copyDatabase(ctx, name, template); err != nil {
		t.Fatalf("copying the PostgreSQL database for this test: %v", err)
	}
	t.Cleanup(func() {
		if err := p.server.dropDatabase(ctx, name); err != nil {
			t.Errorf("removing this test's PostgreSQL database: %v", err)
		}
	})
	return p.server.url(name)
}

// statementLimit ends an administrative statement that hangs, long before go test would end the run without saying where.
const statementLimit = 60 * time.Second

// exec runs administrative statements, one by one, on a connection to the server's own database. It opens one each time: an
// idle pool would be a goroutine left over in tests that look for those.
func (s *server) exec(ctx context.Context, statements ...string) error {
	ctx, cancel := context.WithTimeout(ctx, statementLimit)
	defer cancel()
	conn, err := pgx.Connect(ctx, s.admin.String())
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	for _, statement := range statements {
		if _, err := conn.Exec(ctx, statement); err != nil {
			return fmt.Errorf("%s: %w", statement, err)
		}
	}
	return nil
}

// makeTemplate creates and prepares the database that tests copy, and then refuses connections to it: a copy needs its
// source unused.
func (s *server) makeTemplate(ctx context.Context, name string, prepare func(ctx context.Context, url string) error) error {
	if err := s.copyDatabase(ctx, name, "template0"); err != nil {
		return err
	}
	if err := prepare(ctx, s.url(name)); err != nil {
		return err
	}
	return s.exec(ctx, "ALTER DATABASE "+name+" ALLOW_CONNECTIONS false")
}

// copyDatabase makes the database name out of template. Copying files costs half of what writing them to the log does, where
// the server knows how (PostgreSQL 15).
func (s *server) copyDatabase(ctx context.Context, name, template string) error {
	statement := "CREATE DATABASE " + name + " TEMPLATE " + template
	if s.version >= 150000 {
		statement += " STRATEGY FILE_COPY"
	}
	return s.exec(ctx, statement)
}

// dropDatabase removes the database name and ends whatever still uses it.
func (s *server) dropDatabase(ctx context.Context, name string) error {
	return s.exec(ctx, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)")
}

// name is a database name that belongs to this process: ssph_test_<number>_<suffix>.
func (s *server) name(suffix string) string {
	return fmt.Sprintf("%s%d_%s", namePrefix, s.number, suffix)
}

// url is the address of the database name on this server.
func (s *server) url(name string) string {
	return withDatabase(s.admin, name)
}

func withDatabase(address url.URL, name string) string {
	address.Path = "/" + name
	return address.String()
}
