package modelstest

import (
	"bufio"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// connect opens a connection that ends with the test.
func connect(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.WithoutCancel(t.Context())) })
	return conn
}

// eventually waits for a condition that another process brings about.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	limit := time.After(20 * time.Second)
	for !holds() {
		select {
		case <-limit:
			t.Fatalf("waited in vain for this: %s", what)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

func TestPostgres_EveryTestHasADatabaseOfItsOwn(t *testing.T) {
	t.Parallel()
	var p postgres
	p.server, p.startErr = startServer(t.Context())
	p.start.Do(func() {})
	prepare := func(ctx context.Context, url string) error {
		conn, err := pgx.Connect(ctx, url)
		if err != nil {
			return err
		}
		defer conn.Close(ctx)
		_, err = conn.Exec(ctx, "CREATE TABLE note (text text); INSERT INTO note VALUES ('from the template')")
		return err
	}
	for _, name := range []string{"one", "two", "three"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			conn := connect(t, p.database(t, prepare))
			if _, err := conn.Exec(t.Context(), "INSERT INTO note VALUES ($1)", name); err != nil {
				t.Fatal(err)
			}
			var notes string
			if err := conn.QueryRow(t.Context(), "SELECT string_agg(text, ', ' ORDER BY text) FROM note").Scan(&notes); err != nil {
				t.Fatal(err)
			}
			if want := "from the template, " + name; notes != want {
				t.Errorf("the database holds %q, want %q", notes, want)
			}
		})
	}
}

func TestPostgres_DatabaseIsDroppedWithItsTest(t *testing.T) {
	t.Parallel()
	var url string
	t.Run("a test that leaves a connection open", func(t *testing.T) {
		url = PostgresURL(t)
		if _, err := pgx.Connect(t.Context(), url); err != nil {
			t.Fatal(err)
		}
	})
	if conn, err := pgx.Connect(t.Context(), url); err == nil {
		conn.Close(t.Context())
		t.Error("the database is still there")
	}
}

// TestPostgres_ServerEndsWithItsProcess starts this test again as a process of its own, which gets a database and waits, and
// kills it.
func TestPostgres_ServerEndsWithItsProcess(t *testing.T) {
	const child = "SSPH_TEST_POSTGRES_CHILD"
	if os.Getenv(child) != "" {
		url := PostgresURL(t)
		connect(t, url)
		os.Stdout.WriteString("\n" + shared.server.admin.Query().Get("host") + "\n")
		bufio.NewReader(os.Stdin).ReadString('\n') // until killed
		return
	}
	t.Parallel()
	cmd := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$")
	cmd.Env = append(os.Environ(), child+"=1", "SSPH_TEST_POSTGRES=")
	cmd.Stderr = os.Stderr
	if _, err := cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var dir string
	for lines := bufio.NewScanner(out); dir == "" && lines.Scan(); {
		if strings.Contains(lines.Text(), dirPrefix) {
			dir = lines.Text()
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "data")); err != nil {
		t.Errorf("the child's server has no files: %v", err)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	cmd.Wait() // "signal: killed", as asked
	eventually(t, "the folder "+dir+" is gone", func() bool {
		_, err := os.Stat(dir)
		return errors.Is(err, os.ErrNotExist)
	})
}

func TestPostgres_AbandonedFoldersGoAndLivingOnesStay(t *testing.T) {
	t.Parallel()
	base := t.TempDir()
	living, lock, err := claimFolder(base, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer lock.Close()
	dead, unlocked, err := claimFolder(base, nil)
	if err != nil {
		t.Fatal(err)
	}
	unlocked.Close()
	// A process that another test is starting at this moment holds a copy of every descriptor, the lock's too, until it runs.
	eventually(t, "the abandoned folder is removed", func() bool {
		removeAbandoned(base)
		_, err := os.Stat(dead)
		return errors.Is(err, os.ErrNotExist)
	})
	if _, err := os.Stat(living); err != nil {
		t.Errorf("the living server's folder: %v", err)
	}
}

func TestPostgres_LeftoversOfDeadProcessesAreDropped(t *testing.T) {
	t.Parallel()
	s, err := startServer(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	// A second process on the same server, alive, and the remains of a third.
	other := &server{admin: s.admin, number: s.number + 1}
	if err := other.connect(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { other.claim.Close(context.WithoutCancel(t.Context())) })
	dead := server{number: s.number + 2}
	for _, name := range []string{s.name("1"), other.name("1"), dead.name("1"), dead.name("template")} {
		if err := s.copyDatabase(t.Context(), name, "template0"); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.removeLeftovers(t.Context()); err != nil {
		t.Fatal(err)
	}
	var left int
	query := "SELECT count(*) FROM pg_database WHERE datname = ANY($1)"
	if err := s.claim.QueryRow(t.Context(), query, []string{s.name("1"), other.name("1")}).Scan(&left); err != nil || left != 2 {
		t.Errorf("%d databases of living processes are left, want 2 (%v)", left, err)
	}
	if err := s.claim.QueryRow(t.Context(), query, []string{dead.name("1"), dead.name("template")}).Scan(&left); err != nil || left != 0 {
		t.Errorf("%d databases of the dead process are left, want 0 (%v)", left, err)
	}
}
