package app

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/cookiejar"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"hub.salford.ac.uk/ssph/handlers"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/templates"
)

// started runs a demonstration on ports of its own and returns it with what it printed. It is stopped when the test ends.
func started(t *testing.T, c Config) (a *App, greeting string) {
	t.Helper()
	if err := templates.AssetsBuilt(); err != nil {
		t.Fatal(err)
	}
	c.Addr, c.Mode = "127.0.0.1:0", handlers.Demo
	if c.DataDir == "" {
		c.DataDir = t.TempDir()
	}
	c.SMTP.TLS, c.Stripe.DoubleAddr = "starttls", "127.0.0.1:0"
	a, err := New(t.Context(), c, Parts{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ready, ended := make(chan struct{}), make(chan error, 1)
	var words strings.Builder
	go func() {
		ended <- a.Run(ctx, func() error {
			defer close(ready)
			return a.Greet(ctx, &words)
		})
	}()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("the program ended with: %v", err)
		}
	})
	select {
	case <-ready:
	case err := <-ended:
		ended <- err
		t.Fatalf("the program did not start: %v", err)
	}
	return a, words.String()
}

func fetch(t *testing.T, client *http.Client, method, url string) (status int, body string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	answer, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(text)
}

func TestApp_StartsServesAndStopsOnBothDatabases(t *testing.T) {
	t.Parallel()
	for _, dialect := range modelstest.Dialects {
		t.Run(string(dialect), func(t *testing.T) {
			t.Parallel()
			a, greeting := started(t, Config{DatabaseURL: modelstest.Fresh(t, dialect).URL})
			if status, body := fetch(t, http.DefaultClient, http.MethodGet, a.URL()+"/readyz"); status != http.StatusOK {
				t.Errorf("not ready: %d %s", status, body)
			}
			if !strings.Contains(greeting, "SSPH is ready: "+a.URL()+"\n") {
				t.Errorf("the greeting is %q", greeting)
			}
			dashboard := regexp.MustCompile(`http://localhost:\d+/dashboard`).FindString(greeting)
			if status, body := fetch(t, http.DefaultClient, http.MethodGet, dashboard); status != http.StatusOK || !strings.Contains(body, "Test payments") {
				t.Errorf("test payments at %q: %d", dashboard, status)
			}
		})
	}
}

func TestApp_PrintsOneLinkForEachRoleAndEachWorks(t *testing.T) {
	t.Parallel()
	_, greeting := started(t, Config{})
	links := regexp.MustCompile(`http://localhost:\d+/sign-in/link/\S+`).FindAllString(greeting, -1)
	names := []string{"Joanne Fearn", "Rowan", "Priya Nair", "Hannah Whitworth"}
	if len(links) != len(names) {
		t.Fatalf("%d links in %q", len(links), greeting)
	}
	for i, link := range links {
		jar, err := cookiejar.New(nil)
		if err != nil {
			t.Fatal(err)
		}
		client := &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
		if status, _ := fetch(t, client, http.MethodPost, link); status != http.StatusSeeOther {
			t.Errorf("the link of %s: status %d", names[i], status)
		}
		site, _, _ := strings.Cut(link, "/sign-in/")
		if _, body := fetch(t, client, http.MethodGet, site+"/privacy"); !strings.Contains(body, names[i]) {
			t.Errorf("%s is not signed in", names[i])
		}
	}
}

// The first session of Rowan is that of the demonstration which ends at half past four in London; a quarter to four is in its last hour.
func TestApp_SaysWhenTheTrainersRegisterCanBeMarked(t *testing.T) {
	t.Parallel()
	for start, instant := range map[string]string{"2026-11-22": "2026-12-10T15:45:00Z", "2027-06-01": "2027-06-24T14:45:00Z"} {
		_, greeting := started(t, Config{Now: start})
		if want := "complete the day, stop and start again with SSPH_NOW=" + instant + "\n"; strings.Count(greeting, "SSPH_NOW=") != 1 || !strings.Contains(greeting, want) {
			t.Errorf("begun on %s: %q, without %q", start, greeting, want)
		}
	}
}

// A later start has nothing to build: begun at the same moment as the first start of another place, so that both have the same
// machine, it is ready before that one.
func TestApp_LaterStartsKeepTheKeyAndAreReadyBeforeAFirst(t *testing.T) {
	t.Parallel()
	c := Config{DataDir: t.TempDir()}
	t.Run("first", func(t *testing.T) { started(t, c) })
	key := readFile(t, filepath.Join(c.DataDir, "keys.txt"))
	t.Run("together", func(t *testing.T) {
		ready, begin := make(chan string, 2), make(chan struct{})
		var both sync.WaitGroup
		for name, place := range map[string]Config{"the later start": c, "the first start": {DataDir: t.TempDir()}} {
			both.Go(func() {
				<-begin
				started(t, place)
				ready <- name
			})
		}
		close(begin)
		both.Wait()
		if len(ready) == 2 && <-ready != "the later start" {
			t.Error("a later start took longer than the first one, which fills the database")
		}
	})
	if again := readFile(t, filepath.Join(c.DataDir, "keys.txt")); len(key) == 0 || !bytes.Equal(again, key) {
		t.Error("the key was made anew")
	}
}

func readFile(t *testing.T, path string) []byte {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func TestApp_ATakenPortIsAnErrorAndNothingStaysOpen(t *testing.T) {
	t.Parallel()
	a, _ := started(t, Config{})
	c := demonstration()
	c.Addr, c.DataDir = a.pages.Addr().String(), t.TempDir()
	if _, err := New(t.Context(), c, Parts{}); err == nil || !strings.Contains(err.Error(), "listen on") {
		t.Errorf("a second program on the same port: %v", err)
	}
}

func TestApp_DoesNotStartOnAFaultyConfiguration(t *testing.T) {
	t.Parallel()
	var f *Faulty
	if _, err := New(t.Context(), Config{Mode: handlers.Production, DataDir: t.TempDir()}, Parts{}); !errors.As(err, &f) {
		t.Errorf("the error is %v", err)
	}
}
