package jobs_test

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"testing"

	"hub.salford.ac.uk/ssph/jobs"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// victimURL and victimDir tell a second copy of this test program which database to work on until it is killed.
const (
	victimURL = "SSPH_JOBS_VICTIM_URL"
	victimDir = "SSPH_JOBS_VICTIM_DIR"
	begun     = "the job has begun"
)

func TestMain(m *testing.M) {
	url, dir := os.Getenv(victimURL), os.Getenv(victimDir)
	if url == "" && dir == "" {
		os.Exit(m.Run())
	}
	if err := beVictim(context.Background(), models.Config{URL: url, Dir: dir}); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}

// beVictim works a job that never ends and says when it has begun.
func beVictim(ctx context.Context, config models.Config) error {
	db, err := models.Connect(config)
	if err != nil {
		return err
	}
	runner, err := jobs.NewRunner(db, registryWith(func(context.Context, note) error {
		fmt.Println(begun)
		select {}
	}), slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	if err := runner.Start(ctx); err != nil {
		return err
	}
	select {}
}

// killWhileWorking lets another program take the job and kills it with SIGKILL in the middle.
func killWhileWorking(t *testing.T, config models.Config) {
	t.Helper()
	victim := exec.CommandContext(t.Context(), os.Args[0])
	victim.Env = append(os.Environ(), victimURL+"="+config.URL, victimDir+"="+config.Dir)
	out, err := victim.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := victim.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	if !lines.Scan() || lines.Text() != begun {
		t.Fatalf("the victim said %q %v", lines.Text(), lines.Err())
	}
	if err := victim.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = victim.Wait() // it was killed: its exit says nothing more
}

func TestRunner_TheJobOfAKilledProgramIsWorkedAgain(t *testing.T) {
	t.Parallel()
	for _, dialect := range modelstest.Dialects {
		t.Run(string(dialect), func(t *testing.T) {
			t.Parallel()
			config := modelstest.Fresh(t, dialect)
			db, err := models.Connect(config)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = db.Close() })
			enqueue(t, db, note{Number: 3})
			killWhileWorking(t, config)
			if c := counts(t, db); c.Running != 1 {
				t.Fatalf("after the kill: %+v", c)
			}
			var book notebook
			runner, err := jobs.NewHurriedRunner(db,
				registryWith(func(_ context.Context, job note) error { book.write(job); return nil }), slog.New(slog.DiscardHandler))
			if err != nil {
				t.Fatal(err)
			}
			start(t, runner)
			waitUntil(t, "the job was done", func() bool { return counts(t, db).Done == 1 })
			if book.times(3) != 1 {
				t.Errorf("worked %v", book.seen)
			}
		})
	}
}
