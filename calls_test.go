package ssph_test

import (
	"go/ast"
	"path"
	"slices"
	"strings"
	"testing"
)

// functionRule forbids functions and types of a package, outside the places allowed.
type functionRule struct {
	pkg     string
	names   []string
	allowed func(f file) bool
	why     string
}

func functionRules() []functionRule {
	nowhere := func(file) bool { return false }
	return []functionRule{
		{"time", []string{"Now", "Since", "Until"}, readsMachineClock, "take the time from models.DB.Now, a models.Clock or an argument"},
		{"time", []string{"Sleep"}, nowhere, "wait for a condition, with a timer and the context"},
		{"context", []string{"Background", "TODO"}, func(f file) bool { return f.isTest() || f.top() == "cmd" }, "pass the caller's context on"},
		{
			"html/template",
			[]string{"HTML", "HTMLAttr", "CSS", "JS", "JSStr", "URL", "Srcset"},
			nowhere,
			"it switches escaping off: pass plain values to the template",
		},
		{"fmt", []string{"Print", "Printf", "Println"}, func(f file) bool { return f.top() == "cmd" || f.isTest() }, "log with slog; only cmd prints"},
		{"gorm.io/gorm", []string{"Model", "DeletedAt"}, nowhere, "no soft delete: a state and the time of the change, and ids of our own"},
	}
}

// readsMachineClock names the one file of the program that may ask the machine for the time, and the tests that measure how
// long something takes: journeys, benchmarks, and the job runner's, whose pace is the machine's.
func readsMachineClock(f file) bool {
	measures := f.isTest() && (f.top() == "e2e" || f.top() == "jobs" || strings.Contains(path.Base(f.path), "bench"))
	return f.path == "models/clock.go" || measures
}

// forbiddenMethods are GORM's calls that do other than they seem to, by name: no type of ours has methods called so.
func forbiddenMethods() map[string]string {
	return map[string]string{
		"Save":          "it inserts a row when it finds none: Create, or an Update with a condition and Select",
		"AutoMigrate":   "the schema is made by the SQL files in migrations",
		"FirstOrCreate": "it is a race: insert, and read on models.ErrDuplicate",
		"FirstOrInit":   "read, and decide on models.ErrNoRow",
		"Association":   "rows carry the ids of others; write each table by its owner",
		"Unscoped":      "there is no soft delete to look behind",
	}
}

func hooks() []string {
	var names []string
	for _, when := range []string{"Before", "After"} {
		for _, what := range []string{"Save", "Create", "Update", "Delete", "Find"} {
			names = append(names, when+what)
		}
	}
	return names
}

// callProblems are the calls and declarations of one file that the rules do not allow.
func callProblems(f file) []problem {
	var found []problem
	names := f.names()
	add := func(node ast.Node, why string) { found = append(found, f.problem(node.Pos(), why)) }
	ast.Inspect(f.syntax, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.FuncDecl:
			if node.Name.Name == "init" && node.Recv == nil {
				add(node, "func init: make what is needed in cmd and pass it on")
			}
			if node.Recv != nil && slices.Contains(hooks(), node.Name.Name) {
				add(node, node.Name.Name+": no hooks; do it in the use case, where it can be seen")
			}
		case *ast.SelectorExpr:
			if why := functionProblem(f, names, node); why != "" {
				add(node, why)
			}
		case *ast.CallExpr:
			if why := methodProblem(node); why != "" {
				add(node, why)
			}
			if queriesOutsideStore(f, node) {
				add(node, "a query stands in a file named store*.go of its package: call it from there")
			}
		case *ast.KeyValueExpr:
			if key, ok := node.Key.(*ast.Ident); ok && (key.Name == "AllowGlobalUpdate" || key.Name == "PrepareStmt") && isTrue(node.Value) {
				add(node, key.Name+": true is never set")
			}
		case *ast.Field:
			if node.Tag != nil && strings.Contains(node.Tag.Value, "default:") && strings.Contains(node.Tag.Value, "gorm:") {
				add(node, "a gorm default: tag turns a zero value into something else: set it in the constructor")
			}
		}
		return true
	})
	return found
}

func isTrue(value ast.Expr) bool {
	ident, ok := value.(*ast.Ident)
	return ok && ident.Name == "true"
}

// functionProblem says what is wrong with pkg.Name; "" when nothing is.
func functionProblem(f file, names map[string]string, selector *ast.SelectorExpr) string {
	ident, ok := selector.X.(*ast.Ident)
	if !ok {
		return ""
	}
	for _, rule := range functionRules() {
		if names[ident.Name] == rule.pkg && slices.Contains(rule.names, selector.Sel.Name) && !rule.allowed(f) {
			return ident.Name + "." + selector.Sel.Name + ": " + rule.why
		}
	}
	return ""
}

// methodProblem says what is wrong with calling a method of that name so; "" when nothing is.
func methodProblem(call *ast.CallExpr) string {
	method, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return ""
	}
	name := method.Sel.Name
	if why := forbiddenMethods()[name]; why != "" {
		return "." + name + ": " + why
	}
	ident, isIdent := method.X.(*ast.Ident)
	if isIdent && slices.Contains([]string{"t", "tb", "b", "f"}, ident.Name) && slices.Contains([]string{"Skip", "Skipf", "SkipNow"}, name) {
		return ident.Name + "." + name + ": no test is skipped; fail, and say what is missing"
	}
	if name == "Updates" && len(call.Args) == 1 && !isMap(call.Args[0]) && !chainHas(method.X, "Select") {
		return ".Updates of a struct leaves out its zero values: name the columns with Select, or give a map"
	}
	if (name == "Where" || name == "Not" || name == "Or") && len(call.Args) > 0 && literalKind(call.Args[0]) == "struct" {
		return "." + name + " of a struct leaves out its zero values: a condition is a string with ?"
	}
	return ""
}

// queriesOutsideStore tells whether a call begins or narrows a query where only use cases stand.
func queriesOutsideStore(f file, call *ast.CallExpr) bool {
	if f.isTest() || f.top() == "models" || f.top() == "migrations" || strings.HasPrefix(path.Base(f.path), "store") {
		return false
	}
	method, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	return method.Sel.Name == "SQL" || method.Sel.Name == "Where" && len(call.Args) > 0
}

// isMap tells whether a value is a map, as far as its own file shows: a literal, a parameter, a variable made from a literal,
// or what a function returns, which counts as one when the function is in another file.
func isMap(value ast.Expr) bool {
	if call, ok := value.(*ast.CallExpr); ok {
		function, ok := call.Fun.(*ast.Ident)
		if !ok || function.Obj == nil {
			return true
		}
		decl, ok := function.Obj.Decl.(*ast.FuncDecl)
		return ok && decl.Type.Results != nil && isMapType(decl.Type.Results.List[0].Type)
	}
	ident, ok := value.(*ast.Ident)
	if !ok || ident.Obj == nil {
		return literalKind(value) == "map"
	}
	switch declared := ident.Obj.Decl.(type) {
	case *ast.Field:
		return isMapType(declared.Type)
	case *ast.AssignStmt:
		return len(declared.Rhs) == 1 && literalKind(declared.Rhs[0]) == "map"
	}
	return false
}

func isMapType(kind ast.Expr) bool {
	_, ok := kind.(*ast.MapType)
	return ok
}

// literalKind is "map" or "struct" for a literal of that kind, or its address; "" for everything else.
func literalKind(value ast.Expr) string {
	if address, ok := value.(*ast.UnaryExpr); ok {
		value = address.X
	}
	literal, ok := value.(*ast.CompositeLit)
	if !ok {
		return ""
	}
	switch literal.Type.(type) {
	case *ast.MapType:
		return "map"
	case *ast.Ident, *ast.SelectorExpr:
		return "struct"
	}
	return ""
}

// chainHas tells whether the calls before this one, a.B().C(), include one of that name.
func chainHas(receiver ast.Expr, name string) bool {
	for {
		call, ok := receiver.(*ast.CallExpr)
		if !ok {
			return false
		}
		method, ok := call.Fun.(*ast.SelectorExpr)
		if !ok {
			return false
		}
		if method.Sel.Name == name {
			return true
		}
		receiver = method.X
	}
}

func TestCalls_NoneThatTheHouseForbids(t *testing.T) {
	t.Parallel()
	report(t, callProblems)
}

func TestCalls_PlantedViolationsAreFound(t *testing.T) {
	t.Parallel()
	const clock, ctx, html, print, orm = `import "time"; `, `import "context"; `, `import "html/template"; `, `import "fmt"; `, `import "gorm.io/gorm"; `
	plant(t, callProblems, []planted{
		{"booking/hold.go", clock + `var now = time.Now()`, "time.Now: take the time from"},
		{"booking/hold.go", `import wall "time"; var now = wall.Now()`, "wall.Now: take the time from"},
		{"booking/hold.go", `var time clock; var now = time.Now()`, ""},
		{"models/clock.go", clock + `var now = time.Now()`, ""},
		{"booking/hold_test.go", clock + `func f() { _ = time.Since(start) }`, "time.Since"},
		{"booking/bench_test.go", clock + `func f() { _ = time.Since(start) }`, ""},
		{"booking/hold_test.go", clock + `func f() { time.Sleep(1) }`, "wait for a condition"},
		{"booking/hold.go", ctx + `var ctx = context.Background()`, "the caller's context"},
		{"booking/hold_test.go", ctx + `var ctx = context.Background()`, ""},
		{"models/modelstest/open.go", ctx + `var ctx = context.Background()`, ""},
		{"cmd/ssph/main.go", ctx + `var ctx = context.Background()`, ""},
		{"handlers/page.go", html + `var x = template.HTML(typed)`, "escaping off"},
		{"handlers/page.go", html + `type page struct { Body template.URL }`, "escaping off"},
		{"templates/renderer.go", html + `var set = template.New("x")`, ""},
		{"booking/hold.go", print + `func f() { fmt.Println("here") }`, "slog"},
		{"cmd/ssph/quote.go", print + `func f() { fmt.Println("here") }`, ""},
		{"booking/hold.go", `func init() {}`, "func init"},
		{"booking/hold.go", `func (s set) init() {}`, ""},
		{"booking/hold.go", `func f() { tx.SQL(ctx).Create(&row) }`, "a query stands in"},
		{"booking/hold.go", `func f() { read(sessions(db).Where("id = ?", id)) }`, "a query stands in"},
		{"booking/hold.go", `func f() { words(s.Where()) }`, ""},
		{"booking/store_room.go", `func f() { tx.SQL(ctx).Create(&row) }`, ""},
		{"booking/hold_test.go", `func f() { tx.SQL(ctx).Create(&row) }`, ""},
		{"booking/store.go", `func f() { db.Save(&row) }`, ".Save: it inserts"},
		{"booking/store.go", `func f() { db.AutoMigrate(row{}) }`, "migrations"},
		{"booking/store.go", `func f() { db.Where("a = ?", 1).FirstOrCreate(&row) }`, "it is a race"},
		{"booking/store.go", `func f() { db.Updates(Place{Name: "x"}) }`, "zero values"},
		{"booking/store.go", `func f() { db.Updates(place) }`, "zero values"},
		{"booking/store.go", `func f() { db.Select("name").Where("id = ?", 1).Updates(Place{}) }`, ""},
		{"booking/store.go", `func f() { db.Updates(map[string]any{"name": ""}) }`, ""},
		{"booking/store.go", `func f(columns map[string]any) { db.Updates(columns) }`, ""},
		{"booking/store.go", `func f() { columns := map[string]any{"name": ""}; db.Updates(columns) }`, ""},
		{"booking/store.go", `func f() { db.Updates(nobody()) }; func nobody() map[string]any { return nil }`, ""},
		{"booking/store.go", `func f() { db.Updates(nobody()) }; func nobody() Place { return Place{} }`, "zero values"},
		{"booking/store.go", `func f(place Place) { db.Updates(place) }`, "zero values"},
		{"booking/store.go", `func f() { place := Place{}; db.Updates(&place) }`, "zero values"},
		{"booking/store.go", `func f() { db.Where(&models.Place{Paid: false}) }`, "a string with ?"},
		{"booking/store.go", `func f() { db.Where("paid = ?", false) }`, ""},
		{"booking/store.go", "type row struct { Paid bool `gorm:\"default:true\"` }", "constructor"},
		{"booking/store.go", orm + `type row struct { gorm.Model }`, "no soft delete"},
		{"booking/store.go", `func (r *row) BeforeCreate(tx *DB) error { return nil }`, "no hooks"},
		{"models/open.go", `var c = Config{AllowGlobalUpdate: true}`, "never set"},
		{"models/open.go", `var c = Config{PrepareStmt: false}`, ""},
		{"booking/hold_test.go", `func f() { t.Skip("no database") }`, "no test is skipped"},
		{"tool/route.go", `func f() { cases.Skip(3) }`, ""},
	})
}
