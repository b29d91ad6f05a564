package app_test

import (
	"compress/gzip"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/cmd/ssph/app"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// releases are the databases that releases left, frozen by migrations/testdata/freeze.go.
func releases() []string { return []string{"0007"} }

// thatEvening is when the life of the frozen databases ends, so that nothing in them is overdue.
var thatEvening = time.Date(2027, time.January, 14, 16, 50, 0, 0, time.UTC)

// A database of every release is brought up to date without losing a row or a penny, passes every check, and has then the schema of
// one made today.
func TestFrozen_EveryReleaseMigratesForward(t *testing.T) {
	t.Parallel()
	for _, release := range releases() {
		for _, dialect := range modelstest.Dialects {
			t.Run(release+" "+string(dialect), func(t *testing.T) {
				t.Parallel()
				f := thaw(t, release, dialect)
				tables := f.tables()
				if last := f.number("SELECT MAX(version_id) FROM goose_db_version"); fmt.Sprintf("%04d", last) != release {
					t.Fatalf("the frozen database has had step %d already", last)
				}
				before := f.counts(tables)
				f.adds("before", figuresOf0007())
				f.migrate()
				f.keeps(before, f.counts(tables))
				f.adds("after", figuresOf0007())
				f.adds("after", filledInSince0007())
				f.sound()
				f.asNew()
			})
		}
	}
}

// figuresOf0007 are worked by hand in pence. An organisation bought 3 places at £273.60 on account and paid £500 by bank; two people
// paid £273.60 each by card; a third paid the same too late and had it back.
func figuresOf0007() map[string]int64 {
	return map[string]int64{
		"SELECT SUM(gross_pence) FROM documents":             5 * 27360,
		"SELECT SUM(vat_pence) FROM documents":               5 * 4560,
		"SELECT SUM(gross_pence) FROM payments":              50000 + 3*27360,
		"SELECT SUM(gross_pence) FROM allocations":           50000 + 2*27360,
		"SELECT SUM(gross_pence) FROM refunds":               27360,
		"SELECT SUM(pence) FROM ledger_entries":              3*27360 - 50000,
		"SELECT MAX(next_number) FROM number_series":         4,
		"SELECT COUNT(*) FROM places WHERE status <> 'held'": 6,
	}
}

// filledInSince0007 are figures about what later steps say of rows that were there before.
func filledInSince0007() map[string]int64 {
	return map[string]int64{
		"SELECT COUNT(*) FROM refunds WHERE method = 'card' AND request_key = 'late/' || payment_id":                    1,
		"SELECT COUNT(*) FROM number_series n JOIN suppliers s ON s.legal_name = n.supplier":                            2,
		"SELECT COUNT(*) FROM document_lines WHERE route = 'open-access' AND format = 'face-to-face'":                   3,
		"SELECT COUNT(*) FROM bookings WHERE discount_reason = '' AND purchase_order_due IS NULL":                       4,
		"SELECT (SELECT COUNT(*) FROM cancellations) + (SELECT COUNT(*) FROM quotes) + (SELECT COUNT(*) FROM disputes)": 0,
	}
}

// frozen is a database of a former release.
type frozen struct {
	*testing.T
	config models.Config
	db     models.DB
}

// thaw makes the database as the release left it.
func thaw(t *testing.T, release string, dialect models.Dialect) *frozen {
	t.Helper()
	file, err := os.Open(filepath.Join("..", "..", "..", "migrations", "testdata", release, string(dialect)+".sql.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	unzipped, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	sql, err := io.ReadAll(unzipped)
	if err != nil {
		t.Fatal(err)
	}
	clock := modelstest.NewClock()
	clock.Set(thatEvening)
	f := &frozen{T: t, config: models.Config{Dir: t.TempDir(), Clock: clock}}
	load := f.config
	if dialect == models.Postgres {
		f.config.URL = modelstest.PostgresURL(t)
		load.URL = f.config.URL + "&default_query_exec_mode=simple_protocol" // takes many statements in one text
	}
	db := f.open(load)
	if _, err := db.Pool().ExecContext(t.Context(), string(sql)); err != nil {
		t.Fatalf("load the frozen database: %v", err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	f.db = f.open(f.config)
	t.Cleanup(func() { _ = f.db.Close() })
	return f
}

func (f *frozen) open(config models.Config) models.DB {
	f.Helper()
	db, err := models.Connect(config)
	if err != nil {
		f.Fatal(err)
	}
	return db
}

// migrate does what the program does when it starts.
func (f *frozen) migrate() {
	f.Helper()
	db, err := app.OpenDatabase(f.Context(), f.config)
	if err != nil {
		f.Fatalf("bring it up to date: %v", err)
	}
	if err := db.Close(); err != nil {
		f.Fatal(err)
	}
}

// rows are the first columns of what a query finds, in order.
func (f *frozen) rows(db models.DB, query string, args ...any) (found []string) {
	f.Helper()
	if err := db.SQL(f.Context()).Raw(query, args...).Scan(&found).Error; err != nil {
		f.Fatalf("%s: %v", query, err)
	}
	return found
}

func (f *frozen) tables() []string {
	f.Helper()
	if f.db.Dialect() == models.Postgres {
		return f.rows(f.db, "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
	}
	return f.rows(f.db, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY 1")
}

func (f *frozen) number(query string) (n int64) {
	f.Helper()
	if err := f.db.SQL(f.Context()).Raw(query).Scan(&n).Error; err != nil {
		f.Fatalf("%s: %v", query, err)
	}
	return n
}

func (f *frozen) counts(tables []string) map[string]int64 {
	f.Helper()
	counts := map[string]int64{}
	for _, table := range tables {
		counts[table] = f.number("SELECT COUNT(*) FROM " + table)
	}
	return counts
}

// adds fails when a figure is another than it should be.
func (f *frozen) adds(when string, figures map[string]int64) {
	f.Helper()
	for query, want := range figures {
		if got := f.number(query); got != want {
			f.Errorf("%s: %s is %d, want %d", when, query, got, want)
		}
	}
}

// keeps fails when a table has another number of rows than before. Only settings and the lists of steps may have grown.
func (f *frozen) keeps(before, after map[string]int64) {
	f.Helper()
	grow := []string{"goose_db_version", "river_migration", "settings"}
	for table, rows := range before {
		if now := after[table]; now < rows || now > rows && !slices.Contains(grow, table) {
			f.Errorf("%s had %d rows and has %d", table, rows, now)
		}
	}
	for _, table := range []string{"bookings", "documents", "payments", "refunds", "ledger_entries", "licences", "certificates", "cases", "case_texts"} {
		if before[table] == 0 {
			f.Errorf("the frozen database has no %s, so nothing is shown about them", table)
		}
	}
}

// sound looks for rows that point nowhere, and runs the doctor.
func (f *frozen) sound() {
	f.Helper()
	dangling := `SELECT "table" || ' ' || rowid FROM pragma_foreign_key_check`
	if f.db.Dialect() == models.Postgres {
		dangling = "SELECT conname FROM pg_constraint WHERE NOT convalidated"
	}
	if found := f.rows(f.db, dangling); len(found) > 0 {
		f.Errorf("foreign keys: %v", found)
	}
	for _, check := range app.Checks() {
		if found, err := check.Run(f.Context(), f.db); err != nil || len(found) > 0 {
			f.Errorf("%s: %v %v", check.Name, found, err)
		}
	}
}

// asNew compares the schema with that of a database made today: a step that was changed after its release shows here.
func (f *frozen) asNew() {
	f.Helper()
	fresh, _ := modelstest.Open(f, f.db.Dialect())
	parts := schemaParts(f.db.Dialect())
	for _, part := range slices.Sorted(maps.Keys(parts)) {
		was, is := f.rows(f.db, parts[part]), f.rows(fresh, parts[part])
		if len(is) == 0 {
			f.Errorf("no %s are found at all", part)
		}
		for _, row := range was {
			if !slices.Contains(is, row) {
				f.Errorf("%s, only in the old database: %s", part, row)
			}
		}
		for _, row := range is {
			if !slices.Contains(was, row) {
				f.Errorf("%s, only in a new database: %s", part, row)
			}
		}
	}
}

// schemaParts are the queries that describe a schema.
func schemaParts(dialect models.Dialect) map[string]string {
	if dialect == models.SQLite {
		return map[string]string{"tables, indexes and triggers": "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"}
	}
	return map[string]string{
		"columns": `SELECT concat_ws(' ', table_name, column_name, data_type, 'null:', is_nullable, 'default:', column_default)
			FROM information_schema.columns WHERE table_schema = 'public'`,
		"constraints": `SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
			WHERE connamespace = 'public'::regnamespace`,
		"indexes":  "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
		"triggers": "SELECT tgenabled::text || ' ' || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
		"functions": `SELECT proname || ' ' || prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace
			AND prolang <> (SELECT oid FROM pg_language WHERE lanname = 'c')`,
	}
}
