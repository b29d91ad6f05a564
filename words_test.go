package ssph_test

import (
	"go/ast"
	"go/token"
	"regexp"
	"slices"
	"testing"
)

// straight is a typewriter's apostrophe inside a word; people read ’.
var straight = regexp.MustCompile(`[\pL]'[\pL]`)

// wordProblems are the sentences for people, made with models.Invalid, Fail, NotFound or Problems.Add, that have a straight apostrophe.
func wordProblems(f file) []problem {
	var found []problem
	ast.Inspect(f.syntax, func(node ast.Node) bool {
		call, ok := node.(*ast.CallExpr)
		if !ok || f.isTest() {
			return true
		}
		selector, ok := call.Fun.(*ast.SelectorExpr)
		if !ok || !slices.Contains([]string{"Invalid", "Fail", "NotFound", "Add"}, selector.Sel.Name) {
			return true
		}
		for _, argument := range call.Args {
			text, ok := argument.(*ast.BasicLit)
			if ok && text.Kind == token.STRING && straight.MatchString(text.Value) {
				found = append(found, f.problem(text.Pos(), "a straight apostrophe: people read ’"))
			}
		}
		return true
	})
	return found
}

func TestWords_SentencesHaveNoStraightApostrophe(t *testing.T) {
	t.Parallel()
	report(t, wordProblems)
}

func TestWords_PlantedViolationsAreFound(t *testing.T) {
	t.Parallel()
	plant(t, wordProblems, []planted{
		{"booking/hold.go", `func f() error { return models.Invalid("name", "Enter the organisation's name") }`, "a straight apostrophe"},
		{"booking/hold.go", `func f() { p.Add("name", "This is %s's place. It's theirs") }`, "a straight apostrophe"},
		{"booking/hold.go", `func f() error { return models.Invalid("name", "Enter the organisation’s name") }`, ""},
		{"booking/hold.go", `func f() error { return errors.New("the turn's name") }`, ""},
	})
}
