package modelstest

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// server is a running PostgreSQL server and this process's claim on it.
type server struct {
	admin   url.URL // of the database "postgres", as a superuser
	version int     // as server_version_num has it: 150004 is 15.4
	number  int32   // in the name of every database this process makes
	claim   *pgx.Conn
	alive   *os.File // closed by the end of this process, however it ends: the keeper then stops the server
}

const (
	namePrefix = "ssph_test_"
	dirPrefix  = "ssph-postgres-"
	startLimit = 60 * time.Second
)

// startServer finds the server named by SSPH_TEST_POSTGRES (the URL of a superuser's database), or starts one for this
// process alone.
func startServer(ctx context.Context) (*server, error) {
	ctx, cancel := context.WithTimeout(ctx, startLimit)
	defer cancel()
	s := &server{number: rand.Int32N(1 << 30)}
	if given := os.Getenv("SSPH_TEST_POSTGRES"); given != "" {
		admin, err := url.Parse(given)
		if err != nil {
			return nil, fmt.Errorf("SSPH_TEST_POSTGRES: %w", err)
		}
		s.admin = *admin
		if err := s.connect(ctx); err != nil {
			return nil, fmt.Errorf("SSPH_TEST_POSTGRES: %w", err)
		}
		return s, nil
	}
	return s, s.launch(ctx)
}

// launch makes a server of this process's own, without a port, in a new folder that goes again when it does not start.
func (s *server) launch(ctx context.Context) error {
	bin, err := findBinaries(".")
	if err != nil {
		return err
	}
	account, err := serverAccount()
	if err != nil {
		return err
	}
	base := baseFolder()
	removeAbandoned(base)
	dir, lock, err := claimFolder(base, account)
	if err != nil {
		return err
	}
	defer lock.Close()
	if err := s.run(ctx, bin, dir, lock, account); err != nil {
		return errors.Join(err, os.RemoveAll(dir))
	}
	return nil
}

// run fills the folder, starts the server in it and waits until it answers.
func (s *server) run(ctx context.Context, bin, dir string, lock *os.File, account *syscall.Credential) error {
	bin, err := reachableBinaries(bin, dir, account)
	if err != nil {
		return err
	}
	if err := initialise(ctx, bin, dir, account); err != nil {
		return err
	}
	if s.alive, err = keep(bin, dir, lock, account); err != nil {
		return err
	}
	s.admin = url.URL{Scheme: "postgres", Path: "/postgres", RawQuery: "host=" + url.QueryEscape(dir) + "&user=postgres"}
	if err := s.connect(ctx); err != nil {
		log, _ := os.ReadFile(filepath.Join(dir, "log"))
		s.alive.Close()
		return fmt.Errorf("the server in %s does not answer: %w\n%s", dir, err, log)
	}
	return nil
}

// initialise makes the data folder.
func initialise(ctx context.Context, bin, dir string, account *syscall.Credential) error {
	cmd := exec.CommandContext(ctx, filepath.Join(bin, "initdb"), "-D", filepath.Join(dir, "data"),
		"-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
	cmd.Dir = dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: account}
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", cmd.Path, err, out)
	}
	return nil
}

// keeper is the shell that owns the server. Its standard input is a pipe whose other end only this process holds: reading it
// ends when the process does, even by kill -9, and then the server stops and its folder goes. Descriptor 3 is the folder's
// lock, held by the keeper and not by the server.
const keeper = `
"$1/postgres" -D "$2/data" -k "$2" -c listen_addresses= -c max_connections=200 -c shared_buffers=128MB \
	-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c wal_level=minimal -c max_wal_senders=0 \
	-c autovacuum=off -c checkpoint_timeout=1h -c max_wal_size=2GB -c log_min_messages=fatal \
	-c dynamic_shared_memory_type=mmap -c unix_socket_permissions=0700 >"$2/log" 2>&1 3<&- &
server=$!
trap '' HUP INT TERM
read -r _
kill -QUIT $server
wait $server
cd / && rm -rf "$2"
`

// keep starts the server under its keeper, in a session of its own so that Ctrl-C does not take the keeper first, and
// returns the pipe's end.
func keep(bin, dir string, lock *os.File, account *syscall.Credential) (*os.File, error) {
	read, write, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer read.Close()
	// The keeper must not inherit our output: go test waits for everyone who holds it.
	cmd := exec.Command("/bin/sh", "-c", keeper, "sh", bin, dir)
	cmd.Dir, cmd.Stdin, cmd.ExtraFiles = dir, read, []*os.File{lock}
	cmd.Env = append(os.Environ(), "LC_ALL=C")
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: account, Setsid: true}
	if err := cmd.Start(); err != nil {
		write.Close()
		return nil, err
	}
	return write, nil
}

// connect waits for the server's answer, reads its version and claims this process's number on it.
func (s *server) connect(ctx context.Context) error {
	conn, err := pgx.Connect(ctx, s.admin.String())
	for ; err != nil; conn, err = pgx.Connect(ctx, s.admin.String()) {
		if s.alive == nil {
			return err // somebody else's server: it runs or it does not
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(10 * time.Millisecond):
		}
	}
	s.claim = conn
	var version string
	if err := conn.QueryRow(ctx, "SHOW server_version_num").Scan(&version); err != nil {
		return err
	}
	if s.version, err = strconv.Atoi(version); err != nil {
		return fmt.Errorf("server_version_num: %w", err)
	}
	if _, err := conn.Exec(ctx, "SELECT pg_advisory_lock($1)", s.number); err != nil {
		return err
	}
	return s.removeLeftovers(ctx)
}

// removeLeftovers drops the databases of processes that ended without doing so: those whose number nobody holds a lock on.
// Only a server that outlives its tests has any.
func (s *server) removeLeftovers(ctx context.Context) error {
	rows, err := s.claim.Query(ctx, "SELECT datname FROM pg_database WHERE datname LIKE $1", namePrefix+"%")
	if err != nil {
		return err
	}
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return err
	}
	for _, name := range names {
		digits, _, _ := strings.Cut(strings.TrimPrefix(name, namePrefix), "_")
		number, err := strconv.ParseInt(digits, 10, 32)
		if err != nil || int32(number) == s.number {
			continue
		}
		var unused bool
		if err := s.claim.QueryRow(ctx, "SELECT pg_try_advisory_lock($1)", number).Scan(&unused); err != nil {
			return err
		}
		if !unused {
			continue
		}
		if err := s.dropDatabase(ctx, name); err != nil {
			return err
		}
		if _, err := s.claim.Exec(ctx, "SELECT pg_advisory_unlock($1)", number); err != nil {
			return err
		}
	}
	return nil
}

// claimFolder makes the server's folder under base, owned by its account, with a lock that tells the living from the dead.
// The lock is taken before the folder gets the name that removeAbandoned looks for.
func claimFolder(base string, account *syscall.Credential) (string, *os.File, error) {
	fresh, err := os.MkdirTemp(base, "new-"+dirPrefix)
	if err != nil {
		return "", nil, err
	}
	lock, err := os.Create(filepath.Join(fresh, "lock"))
	if err != nil {
		return "", nil, err
	}
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return "", nil, err
	}
	if account != nil {
		if err := os.Chown(fresh, int(account.Uid), int(account.Gid)); err != nil {
			return "", nil, err
		}
	}
	dir := filepath.Join(base, strings.TrimPrefix(filepath.Base(fresh), "new-"))
	return dir, lock, os.Rename(fresh, dir)
}

// removeAbandoned deletes the folders whose keeper is gone: it was killed itself, or the machine stopped. A server still
// running there notices that its files are gone and stops.
func removeAbandoned(base string) {
	folders, err := fs.Glob(os.DirFS(base), dirPrefix+"*")
	if err != nil {
		return // only a malformed pattern
	}
	for _, name := range folders {
		dir := filepath.Join(base, name)
		lock, err := os.Open(filepath.Join(dir, "lock"))
		if err != nil {
			continue // another user's, or going away by itself
		}
		if syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) == nil {
			os.RemoveAll(dir)
		}
		lock.Close()
	}
}
