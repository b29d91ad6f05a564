package ssph_test

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// file is one Go file of the tree.
type file struct {
	path   string // from the root, with slashes
	lines  int
	set    *token.FileSet
	syntax *ast.File
}

// problem is a rule broken at a place, in words that say what to do.
type problem struct {
	at  string
	why string
}

func (f file) problem(pos token.Pos, why string) problem {
	return problem{at: fmt.Sprintf("%s:%d", f.path, f.set.Position(pos).Line), why: why}
}

// top is the folder at the root of the tree that the file is in; "" for the root itself.
func (f file) top() string {
	top, _, below := strings.Cut(f.path, "/")
	if !below {
		return ""
	}
	return top
}

// isTest tells whether the file is never part of the program.
func (f file) isTest() bool {
	return strings.HasSuffix(f.path, "_test.go") || f.top() == "e2e" || isSupport(path.Dir(f.path))
}

// isSupport tells whether a folder is a package made for tests: modelstest, as the standard library's httptest.
func isSupport(folder string) bool { return strings.HasSuffix(path.Base(folder), "test") }

// names are the local names of the file's imports.
func (f file) names() map[string]string {
	names := map[string]string{}
	for _, spec := range f.syntax.Imports {
		imported := strings.Trim(spec.Path.Value, `"`)
		if spec.Name != nil {
			names[spec.Name.Name] = imported
		} else {
			names[path.Base(imported)] = imported
		}
	}
	return names
}

func parse(name string, source []byte) (file, error) {
	set := token.NewFileSet()
	syntax, err := parser.ParseFile(set, name, source, parser.ParseComments)
	return file{path: name, lines: bytes.Count(source, []byte("\n")), set: set, syntax: syntax}, err
}

// tree parses every Go file under the root, once for all rules.
var tree = sync.OnceValues(func() ([]file, error) {
	var files []file
	err := filepath.WalkDir(".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			hidden := strings.HasPrefix(entry.Name(), ".") && name != "."
			if hidden || entry.Name() == "node_modules" || entry.Name() == "testdata" {
				return fs.SkipDir
			}
			return nil
		}
		if filepath.Ext(name) != ".go" {
			return nil
		}
		source, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		f, err := parse(filepath.ToSlash(name), source)
		files = append(files, f)
		return err
	})
	return files, err
})

// report fails t with every problem that the rule finds in the tree.
func report(t *testing.T, rule func(file) []problem) {
	t.Helper()
	files, err := tree()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		for _, found := range rule(f) {
			t.Errorf("%s: %s", found.at, found.why)
		}
	}
}

// planted is a file written to break a rule, or, when want is "", to keep it by a hair.
type planted struct {
	path   string
	source string // after the package clause
	want   string // part of what the rule says
}

// plant checks that the rule finds what it is for, and nothing in what it allows.
func plant(t *testing.T, rule func(file) []problem, cases []planted) {
	t.Helper()
	for _, c := range cases {
		f, err := parse(c.path, []byte("package planted\n"+c.source+"\n"))
		if err != nil {
			t.Fatalf("%s: %v", c.source, err)
		}
		found := rule(f)
		switch {
		case c.want == "" && len(found) > 0:
			t.Errorf("%s: %s\nis allowed, but the rule says: %s", c.path, c.source, found[0].why)
		case c.want != "" && (len(found) != 1 || !strings.Contains(found[0].why, c.want)):
			t.Errorf("%s: %s\nshould give one problem with %q, but gave %v", c.path, c.source, c.want, found)
		}
	}
}
