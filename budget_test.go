package ssph_test

import (
	"fmt"
	"go/ast"
	"path"
	"strings"
	"testing"
)

// longest is the most lines a Go file may have: past it, a file is about more than one thing.
const longest = 450

func lengthProblems(f file) []problem {
	if f.lines <= longest {
		return nil
	}
	return []problem{{at: f.path, why: fmt.Sprintf("%d lines, at most %d: divide it by what it is about", f.lines, longest)}}
}

func TestFiles_NoneIsTooLong(t *testing.T) {
	t.Parallel()
	report(t, lengthProblems)
	plant(t, lengthProblems, []planted{
		{"booking/hold.go", strings.Repeat("\n", longest-2), ""},
		{"booking/hold.go", strings.Repeat("\n", longest-1), "451 lines"},
	})
}

// docProblems are the exported names of one file that have no comment.
func docProblems(f file) []problem {
	if strings.HasSuffix(f.path, "_test.go") {
		return nil
	}
	var found []problem
	undocumented := func(name *ast.Ident) {
		found = append(found, f.problem(name.Pos(), name.Name+" is exported and has no comment: give the rule, the unit, the error"))
	}
	for _, decl := range f.syntax.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if decl.Name.IsExported() && decl.Doc == nil && receiverExported(decl) {
				undocumented(decl.Name)
			}
		case *ast.GenDecl:
			for _, name := range undocumentedNames(decl) {
				undocumented(name)
			}
		}
	}
	return found
}

// receiverExported tells whether a function, or the type it is a method of, can be seen from outside.
func receiverExported(decl *ast.FuncDecl) bool {
	if decl.Recv == nil {
		return true
	}
	kind := decl.Recv.List[0].Type
	for {
		switch at := kind.(type) {
		case *ast.StarExpr:
			kind = at.X
		case *ast.IndexExpr:
			kind = at.X
		case *ast.IndexListExpr:
			kind = at.X
		case *ast.Ident:
			return at.IsExported()
		default:
			return true
		}
	}
}

// undocumentedNames are the exported types, constants and variables of a declaration without a comment of their own, at the
// end of their line, or over the group they are in.
func undocumentedNames(decl *ast.GenDecl) []*ast.Ident {
	var names []*ast.Ident
	for _, spec := range decl.Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			if spec.Name.IsExported() && spec.Doc == nil && spec.Comment == nil && decl.Doc == nil {
				names = append(names, spec.Name)
			}
		case *ast.ValueSpec:
			for _, name := range spec.Names {
				if name.IsExported() && spec.Doc == nil && spec.Comment == nil && decl.Doc == nil {
					names = append(names, name)
				}
			}
		}
	}
	return names
}

func TestDocs_EveryExportedNameHasAComment(t *testing.T) {
	t.Parallel()
	report(t, docProblems)
	plant(t, docProblems, []planted{
		{"booking/hold.go", "func Hold() {}", "Hold is exported"},
		{"booking/hold.go", "// Hold keeps places.\nfunc Hold() {}", ""},
		{"booking/hold.go", "func hold() {}", ""},
		{"booking/hold.go", "func (b *Booking) Pay() {}", "Pay is exported"},
		{"booking/hold.go", "func (q *queue[T]) Len() int { return 0 }", ""},
		{"booking/hold.go", "type Booking struct{}", "Booking is exported"},
		{"booking/hold.go", "const Limit = 9", "Limit is exported"},
		{"booking/hold.go", "const (\n\tLimit = 9 // places in one booking\n)", ""},
		{"booking/hold.go", "// The states of a booking.\nconst (\n\tHeld = 1\n\tPaid = 2\n)", ""},
		{"booking/hold_test.go", "func Fixture() {}", ""},
	})
}

func TestDocs_EveryPackageSaysWhatItIs(t *testing.T) {
	t.Parallel()
	files, err := tree()
	if err != nil {
		t.Fatal(err)
	}
	documented := map[string]bool{}
	for _, f := range files {
		if !strings.HasSuffix(f.path, "_test.go") || f.top() == "e2e" || f.top() == "" {
			folder := path.Dir(f.path)
			documented[folder] = documented[folder] || f.syntax.Doc != nil
		}
	}
	for folder, said := range documented {
		if !said {
			t.Errorf("%s: no file has a package comment: doc.go says what the package owns and promises", folder)
		}
	}
}
