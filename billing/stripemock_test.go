package billing_test

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// mockVersion is the release of stripe-mock, Stripe's own check of requests, that the contract is tested against.
const mockVersion = "v0.203.0"

// stripeMock starts stripe-mock for one test and returns its address. It is installed when it is not there yet.
func stripeMock(t *testing.T) string {
	t.Helper()
	program := filepath.Join("..", ".bin", "stripe-mock-"+mockVersion)
	if _, err := os.Stat(program); errors.Is(err, fs.ErrNotExist) {
		installMock(t, program)
	}
	// Addresses without a port: it would otherwise listen on ports of its own, for everybody.
	mock := exec.CommandContext(t.Context(), program, "-http-addr", "127.0.0.1:", "-https-addr", "127.0.0.1:")
	out, err := mock.StdoutPipe()
	if err == nil {
		err = mock.Start()
	}
	if err != nil {
		t.Fatalf("stripe-mock does not start: %v", err)
	}
	t.Cleanup(func() {
		_ = mock.Process.Kill() // it has no other end
		_ = mock.Wait()
	})
	var said []string
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if address, ok := strings.CutPrefix(lines.Text(), "Listening for HTTP at address: "); ok {
			go func() { _, _ = io.Copy(io.Discard, out) }() // a full pipe would stop it
			return "http://" + address
		}
		said = append(said, lines.Text())
	}
	t.Fatalf("stripe-mock ended without listening: %s", strings.Join(said, "; "))
	return ""
}

// installMock builds the pinned version into a folder of its own first, so that two tests at once do not see half a program.
func installMock(t *testing.T, program string) {
	t.Helper()
	folder, err := filepath.Abs(filepath.Dir(program))
	if err == nil {
		err = os.MkdirAll(folder, 0o755)
	}
	if err != nil {
		t.Fatal(err)
	}
	fresh, err := os.MkdirTemp(folder, "stripe-mock-*")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(fresh)
	install := exec.CommandContext(t.Context(), "go", "install", "github.com/stripe/stripe-mock@"+mockVersion)
	install.Env = append(os.Environ(), "GOBIN="+fresh, "CGO_ENABLED=0", "GOFLAGS=")
	if said, err := install.CombinedOutput(); err != nil {
		t.Fatalf("stripe-mock %s cannot be installed: the contract with Stripe is not tested without it. It needs Go and the Go module proxy, once. %v: %s",
			mockVersion, err, said)
	}
	if err := os.Rename(filepath.Join(fresh, "stripe-mock"), program); err != nil {
		t.Fatal(err)
	}
}
