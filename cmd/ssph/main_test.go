package main

import (
	"path/filepath"
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/models/modelstest"
)

func TestProgram_SaysWhatItCanDo(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{nil, {"help"}, {"--help"}} {
		code, stdout, _ := told(t, args...)
		for _, command := range []string{"serve", "migrate", "demo", "quote", "doctor", "stripe", "grant", "version"} {
			if code != 0 || !strings.Contains(stdout, "\n  "+command) {
				t.Errorf("ssph %v: exit %d, without %s: %s", args, code, command, stdout)
			}
		}
	}
	if code, _, stderr := told(t, "dance"); code != exitMisuse || !strings.Contains(stderr, "dance") {
		t.Errorf("ssph dance: exit %d, %q", code, stderr)
	}
}

func TestServe_HelpNamesEverySetting(t *testing.T) {
	t.Parallel()
	code, stdout, _ := told(t, "serve", "--help")
	for _, name := range []string{
		"SSPH_ADDR", "SSPH_BASE_URL", "SSPH_DATABASE_URL", "SSPH_DATA_DIR", "SSPH_MODE", "SSPH_NOW", "SSPH_KEYS", "SSPH_KEYS_FILE",
		"SSPH_SMTP_ADDR", "SSPH_SMTP_USER", "SSPH_SMTP_PASSWORD", "SSPH_SMTP_FROM", "SSPH_SMTP_TLS", "SSPH_STRIPE_KEY",
		"SSPH_STRIPE_WEBHOOK_SECRET", "SSPH_STRIPE_WEBHOOK_SECRET_OLD", "SSPH_STRIPE_URL", "SSPH_STRIPE_DOUBLE_ADDR",
	} {
		if code != 0 || !strings.Contains(stdout, name+"\n") {
			t.Errorf("exit %d, without %s", code, name)
		}
	}
}

func TestCommands_ThatOpenTheDatabaseSayWhatNamesIt(t *testing.T) {
	t.Parallel()
	for _, command := range []string{"doctor", "grant", "demo", "migrate"} {
		code, stdout, _ := told(t, command, "--help")
		for _, name := range []string{"SSPH_DATABASE_URL\n", "SSPH_DATA_DIR\n"} {
			if code != 0 || !strings.Contains(stdout, name) {
				t.Errorf("ssph %s --help: exit %d, without %s", command, code, name)
			}
		}
	}
}

// These tests set the environment, so they run one after the other.

func TestServe_InProductionNamesAllThatIsMissing(t *testing.T) {
	t.Setenv("SSPH_DATA_DIR", filepath.Join(t.TempDir(), "var"))
	code, stdout, stderr := told(t, "serve")
	for _, name := range []string{"SSPH_BASE_URL", "SSPH_KEYS", "SSPH_SMTP_ADDR", "SSPH_SMTP_FROM", "SSPH_STRIPE_KEY", "SSPH_STRIPE_WEBHOOK_SECRET"} {
		if !strings.Contains(stderr, name+" ") {
			t.Errorf("it does not name %s: %s", name, stderr)
		}
	}
	if code != exitFault || stdout != "" {
		t.Errorf("exit %d, %q", code, stdout)
	}
}

func TestDemo_NeverTouchesProduction(t *testing.T) {
	t.Setenv("SSPH_DATA_DIR", t.TempDir())
	code, stdout, stderr := told(t, "demo")
	if code != exitFault || stdout != "" || !strings.Contains(stderr, "SSPH_MODE=demo") || strings.Contains(stderr, "SSPH_STRIPE_KEY") {
		t.Errorf("exit %d, %q, %q", code, stdout, stderr)
	}
}

func TestGrant_RefusesWhatIsNoRoleOrNoAddress(t *testing.T) {
	t.Setenv("SSPH_DATA_DIR", t.TempDir())
	for _, wrong := range [][]string{{"--role", "king", "--email", "sam@ssph.example"}, {"--role", "office", "--email", "sam"}} {
		code, stdout, stderr := told(t, append([]string{"grant", "--name", "Sam Lowe"}, wrong...)...)
		if code != exitMisuse || stdout != "" || stderr == "" {
			t.Errorf("ssph grant %v: exit %d, %q, %q", wrong, code, stdout, stderr)
		}
	}
	code, _, stderr := told(t, "grant", "--role", "office", "--name", " ", "--email", "sam")
	if code != exitMisuse || stderr != "ssph: Enter the person’s name.\n" {
		t.Errorf("without a name: exit %d, %q", code, stderr)
	}
}

func TestMigrateDemoDoctor_OnADatabaseOfEachKind(t *testing.T) {
	for _, dialect := range modelstest.Dialects {
		t.Run(string(dialect), func(t *testing.T) {
			config := modelstest.Fresh(t, dialect)
			t.Setenv("SSPH_MODE", "demo")
			t.Setenv("SSPH_DATABASE_URL", config.URL)
			t.Setenv("SSPH_DATA_DIR", t.TempDir())
			for _, step := range []struct {
				args []string
				says string
			}{
				{[]string{"migrate"}, "The database is up to date."},
				{[]string{"migrate", "--status"}, "0001_schema.sql: applied"},
				{[]string{"migrate", "--status"}, "job queue: up to date"},
				{[]string{"doctor"}, "Ledger and documents agree: well"},
				{[]string{"grant", "--role", "office", "--name", "Sam Lowe", "--email", "Sam@ssph.example"}, "Sam Lowe, sam@ssph.example, has the role office"},
				{[]string{"demo"}, "are in the database"},
				{[]string{"demo"}, "nothing was changed"},
				{[]string{"doctor"}, "No session has more places taken than it has: well"},
			} {
				code, stdout, stderr := told(t, step.args...)
				if code != 0 || !strings.Contains(stdout, step.says) {
					t.Errorf("ssph %v: exit %d, %q, %q", step.args, code, stdout, stderr)
				}
			}
		})
	}
}
