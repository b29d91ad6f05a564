// Package ssph_test holds the rules of the house that a compiler does not know: who may import whom, which calls we do not
// make, how long a file may be, what must be documented. The rules are read off the source, so breaking one fails here and
// says what to do instead.
package ssph_test

import (
	"path"
	"slices"
	"strings"
	"testing"
)

const module = "hub.salford.ac.uk/ssph"

func capabilities() []string {
	return []string{"access", "billing", "booking", "delivery", "licensing", "scheduling", "tool"}
}

// mayImport is, for each folder at the top, the folders it may import. A folder below obeys its parent's line. cmd and the
// journeys may import everything and are not listed.
func mayImport() map[string][]string {
	shared := []string{"access", "documents", "mail", "jobs", "models"}
	above := func(capabilities ...string) []string { return append(capabilities, shared...) }
	return map[string][]string{
		"handlers":   append(capabilities(), "documents", "templates", "mail", "jobs", "models"),
		"licensing":  above("delivery", "booking", "scheduling", "billing"),
		"tool":       above("licensing", "booking"),
		"delivery":   above("booking", "scheduling"),
		"booking":    above("scheduling", "billing"),
		"scheduling": above(),
		"billing":    above(),
		"access":     {"mail", "jobs", "models"},
		"mail":       {"documents", "templates", "jobs", "models"},
		"documents":  {"models"},
		"templates":  {"models"},
		"jobs":       {"models"},
		"models":     {"migrations"},
		"migrations": {},
	}
}

// library is one that only some of the house may know.
type library struct {
	prefix  string
	name    string
	allowed func(f file) bool
	where   string
}

func libraries() []library {
	in := func(folders ...string) func(file) bool {
		return func(f file) bool { return slices.Contains(folders, f.top()) }
	}
	named := func(pattern, folder string) func(file) bool {
		return func(f file) bool {
			base := strings.TrimSuffix(strings.TrimSuffix(path.Base(f.path), ".go"), "_test")
			matched, _ := path.Match(pattern, base)
			return matched || f.top() == folder
		}
	}
	return []library{
		{"github.com/labstack/", "Echo", in("handlers", "cmd", "e2e"), "handlers and cmd"},
		{"github.com/stripe/", "Stripe", in("billing"), "billing"},
		{"github.com/jordan-wright/email", "the e-mail library", in("mail"), "mail"},
		{"github.com/riverqueue/", "River", named("jobs", "jobs"), "jobs and files named jobs.go"},
		{"gorm.io/", "GORM", named("store*", "models"), "models and files named store*.go"},
		{"github.com/jackc/", "the PostgreSQL driver", in("models", "e2e"), "models"},
		{"modernc.org/", "the SQLite driver", in("models", "e2e"), "models"},
	}
}

// importProblems are the imports of one file that the rules do not allow.
func importProblems(f file) []problem {
	var found []problem
	for _, spec := range f.syntax.Imports {
		imported := strings.Trim(spec.Path.Value, `"`)
		if own, ok := strings.CutPrefix(imported, module+"/"); ok {
			if why := ownImportProblem(f, own); why != "" {
				found = append(found, f.problem(spec.Pos(), why))
			}
		}
		if imported == "testing" && !f.isTest() {
			found = append(found, f.problem(spec.Pos(), "imports testing: only tests and packages named …test do"))
		}
		for _, library := range libraries() {
			if strings.HasPrefix(imported, library.prefix) && !library.allowed(f) {
				found = append(found, f.problem(spec.Pos(), "imports "+imported+": "+library.name+" is known only to "+library.where))
			}
		}
	}
	return found
}

// ownImportProblem says what is wrong with f importing the folder own of this module; "" when nothing is.
func ownImportProblem(f file, own string) string {
	if isSupport(own) && !f.isTest() {
		return "imports " + own + ": it is for tests"
	}
	from, to := f.top(), strings.Split(own, "/")[0]
	if from == "cmd" || from == "e2e" || from == to {
		return ""
	}
	// Tests get their databases with the job runner's tables in them, as the program has them.
	if path.Dir(f.path) == "models/modelstest" && to == "jobs" {
		return ""
	}
	allowed, known := mayImport()[from]
	if !known {
		return "imports " + own + " from a folder that has no line in mayImport: a new folder at the top needs a reason in " +
			"docs/decisions and a line in imports_test.go"
	}
	if !slices.Contains(allowed, to) {
		return from + " may not import " + to + ": call through a small interface that " + from + " declares and cmd passes in, or move the code " +
			"(allowed here: " + strings.Join(allowed, ", ") + ")"
	}
	return ""
}

func TestImports_OnlyAlongTheArrows(t *testing.T) {
	t.Parallel()
	report(t, importProblems)
}

func TestImports_PlantedViolationsAreFound(t *testing.T) {
	t.Parallel()
	plant(t, importProblems, []planted{
		{"booking/hold.go", `import "hub.salford.ac.uk/ssph/billing"`, ""},
		{"booking/hold.go", `import "hub.salford.ac.uk/ssph/access"`, ""},
		{"billing/quote.go", `import "hub.salford.ac.uk/ssph/booking"`, "billing may not import booking"},
		{"billing/quote_test.go", `import "hub.salford.ac.uk/ssph/booking"`, "billing may not import booking"},
		{"billing/stripedouble/pay.go", `import "hub.salford.ac.uk/ssph/handlers"`, "billing may not import handlers"},
		{"access/actor.go", `import "hub.salford.ac.uk/ssph/templates"`, "access may not import templates"},
		{"models/db.go", `import "hub.salford.ac.uk/ssph/jobs"`, "models may not import jobs"},
		{"models/modelstest/open.go", `import "hub.salford.ac.uk/ssph/jobs"`, ""},
		{"cmd/ssph/serve.go", `import "hub.salford.ac.uk/ssph/handlers"`, ""},
		{"reports/list.go", `import "hub.salford.ac.uk/ssph/models"`, "docs/decisions"},
		{"booking/hold.go", `import "hub.salford.ac.uk/ssph/models/modelstest"`, "it is for tests"},
		{"booking/hold_test.go", `import "hub.salford.ac.uk/ssph/models/modelstest"`, ""},
		{"booking/hold.go", `import "testing"`, "only tests"},
		{"booking/hold.go", `import "github.com/labstack/echo/v4"`, "Echo is known only to"},
		{"handlers/routes.go", `import "github.com/labstack/echo/v4/middleware"`, ""},
		{"handlers/pay.go", `import "github.com/stripe/stripe-go/v76"`, "Stripe is known only to billing"},
		{"access/signin.go", `import "github.com/jordan-wright/email"`, "e-mail library"},
		{"billing/settle.go", `import "github.com/riverqueue/river"`, "River is known only to"},
		{"billing/jobs.go", `import "github.com/riverqueue/river"`, ""},
		{"billing/jobs_test.go", `import "github.com/riverqueue/river"`, ""},
		{"booking/hold.go", `import "gorm.io/gorm"`, "GORM is known only to"},
		{"booking/store_places.go", `import "gorm.io/gorm/clause"`, ""},
		{"booking/store_test.go", `import "gorm.io/gorm"`, ""},
		{"jobs/run.go", `import "github.com/jackc/pgx/v5"`, "PostgreSQL driver"},
	})
}
