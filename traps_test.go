package ssph_test

import (
	"fmt"
	"go/ast"
	"os"
	"path"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// trapTable is where each trap of money stands beside the tests that show it.
const trapTable = "docs/traps.md"

// The traps run to 34; the 27th, cooling off, is the law's and has its tests with cancelling, but no row of its own.
const (
	lastTrap = 34
	noTrap   = 27
)

// trapRow is one row of the table: a number, the tests, and what is said of databases.
type trapRow struct {
	number    int
	tests     []string // folder.TestName
	databases string
}

var (
	trapLine = regexp.MustCompile(`^\| (\d+) \|.*\| ([^|]+) \|$`)
	trapTest = regexp.MustCompile("`([a-z0-9/]+\\.(?:Test|Fuzz)\\w+)`")
)

func trapRows(table string) (rows []trapRow) {
	for line := range strings.Lines(table) {
		found := trapLine.FindStringSubmatch(strings.TrimSpace(line))
		if found == nil {
			continue
		}
		row := trapRow{databases: found[2]}
		row.number, _ = strconv.Atoi(found[1]) // digits, by the pattern
		for _, test := range trapTest.FindAllStringSubmatch(line, -1) {
			row.tests = append(row.tests, test[1])
		}
		rows = append(rows, row)
	}
	return rows
}

// dataTests are the tests of the tree, by folder and name, and whether each runs on both databases: because it says so itself, or
// because a function of its package that it calls does.
func dataTests(files []file) map[string]bool {
	functions := map[string]*ast.FuncDecl{}
	for _, f := range files {
		for _, d := range f.syntax.Decls {
			if function, ok := d.(*ast.FuncDecl); ok && function.Recv == nil && f.isTest() {
				functions[path.Dir(f.path)+"."+function.Name.Name] = function
			}
		}
	}
	tests := map[string]bool{}
	for name, function := range functions {
		if strings.HasPrefix(function.Name.Name, "Test") || strings.HasPrefix(function.Name.Name, "Fuzz") {
			tests[name] = onBoth(functions, name, map[string]bool{})
		}
	}
	return tests
}

// onBoth follows the calls of a function to modelstest.Each or modelstest.Dialects.
func onBoth(functions map[string]*ast.FuncDecl, name string, seen map[string]bool) bool {
	function, known := functions[name]
	if !known || seen[name] || function.Body == nil {
		return false
	}
	seen[name] = true
	both := false
	ast.Inspect(function.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			from, ok := n.X.(*ast.Ident)
			both = both || ok && from.Name == "modelstest" && (n.Sel.Name == "Each" || n.Sel.Name == "Dialects")
		case *ast.Ident:
			both = both || onBoth(functions, name[:strings.LastIndex(name, ".")]+"."+n.Name, seen)
		}
		return !both
	})
	return both
}

// trapProblems are what is wrong with a table: traps without a row, tests that are not there, and databases that are claimed.
func trapProblems(rows []trapRow, tests map[string]bool) (problems []string) {
	there := map[int]bool{}
	for _, row := range rows {
		there[row.number] = true
		if len(row.tests) == 0 {
			problems = append(problems, fmt.Sprintf("trap %d has no test", row.number))
		}
		both := false
		for _, test := range row.tests {
			onBoth, known := tests[test]
			if !known {
				problems = append(problems, fmt.Sprintf("trap %d: there is no test %s", row.number, test))
			}
			both = both || onBoth
		}
		if both != (row.databases == "both") {
			problems = append(problems, fmt.Sprintf("trap %d: “%s” stands there, but a test on both databases is %t", row.number, row.databases, both))
		}
	}
	for n := 1; n <= lastTrap; n++ {
		if !there[n] && n != noTrap {
			problems = append(problems, fmt.Sprintf("trap %d has no row", n))
		}
	}
	return problems
}

func TestTraps_EachHasTestsThatAreThere(t *testing.T) {
	t.Parallel()
	table, err := os.ReadFile(trapTable)
	if err != nil {
		t.Fatal(err)
	}
	files, err := tree()
	if err != nil {
		t.Fatal(err)
	}
	for _, problem := range trapProblems(trapRows(string(table)), dataTests(files)) {
		t.Errorf("%s: %s", trapTable, problem)
	}
}

// The control: a table with a missing row, a test that is not there, a row without one, and a claim that is not true.
func TestTraps_PlantedGapsAreFound(t *testing.T) {
	t.Parallel()
	table := "| 1 | one | `billing.TestA` | both |\n| 2 | two | `billing.TestGone` | none: pure |\n| 3 | three | – | none: pure |\n| 4 | four | `billing.TestB` | both |\n"
	for n := 5; n < lastTrap; n++ {
		table += fmt.Sprintf("| %d | more | `billing.TestA` | both |\n", n)
	}
	got := strings.Join(trapProblems(trapRows(table), map[string]bool{"billing.TestA": true, "billing.TestB": false}), "\n")
	want := "trap 2: there is no test billing.TestGone\ntrap 3 has no test\n" +
		"trap 4: “both” stands there, but a test on both databases is false\ntrap 34 has no row"
	if got != want {
		t.Errorf("found:\n%s\nwant:\n%s", got, want)
	}
}
