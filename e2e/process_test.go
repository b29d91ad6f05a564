package e2e_test

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// binary is the program, built as it is delivered.
type binary struct {
	once   sync.Once
	path   string
	err    error
	folder string
}

// built is made by the first test that needs it and removed when all have ended.
var built binary

func (b *binary) build() (string, error) {
	b.once.Do(func() {
		if b.folder, b.err = os.MkdirTemp("", "ssph-binary-"); b.err != nil {
			return
		}
		b.path = filepath.Join(b.folder, "ssph")
		if out, err := exec.Command("go", "build", "-o", b.path, "../cmd/ssph").CombinedOutput(); err != nil {
			b.err = fmt.Errorf("build the program: %w\n%s", err, out)
		}
	})
	return b.path, b.err
}

// process is the program as a process of its own, which can be killed.
type process struct {
	*testing.T
	path string
	env  []string
	url  string

	running *exec.Cmd
	said    *bytes.Buffer
}

// freePort is a port of this machine that nothing listens on.
func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String()
}

// start starts the program and waits until it answers.
func (p *process) start() {
	p.Helper()
	p.said = &bytes.Buffer{}
	p.running = exec.Command(p.path, "serve")
	p.running.Env, p.running.Stdout, p.running.Stderr = append(os.Environ(), p.env...), p.said, p.said
	if err := p.running.Start(); err != nil {
		p.Fatal(err)
	}
	err := eventually(p.Context(), func() bool {
		answer, err := http.Get(p.url + "/readyz")
		if err != nil {
			return false
		}
		_ = answer.Body.Close()
		return answer.StatusCode == http.StatusOK
	})
	if err != nil {
		p.kill()
		p.Fatalf("the program does not answer: %v\n%s", err, p.said)
	}
}

// kill ends the program as a power cut does.
func (p *process) kill() {
	if p.running != nil {
		_ = p.running.Process.Kill()
		_ = p.running.Wait() // it says that it was killed
		p.running = nil
	}
}

// stop ends the program as an administrator does; it must end well.
func (p *process) stop() {
	p.Helper()
	_ = p.running.Process.Signal(os.Interrupt)
	if err := p.running.Wait(); err != nil {
		p.Errorf("the program did not end well: %v\n%s", err, p.said)
	}
	p.running = nil
}

// command runs another command of the program and returns what it says.
func (p *process) command(args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(p.Context(), time.Minute)
	defer cancel()
	c := exec.CommandContext(ctx, p.path, args...)
	c.Env = append(os.Environ(), p.env...)
	out, err := c.CombinedOutput()
	return strings.TrimSpace(string(out)), err
}
