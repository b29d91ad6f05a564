package models_test

import (
	"slices"
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// keptTables are the tables of which a trigger keeps every row, or some.
func keptTables(t *testing.T, db models.DB) (kept []string) {
	t.Helper()
	query := "SELECT DISTINCT tbl_name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%BEFORE DELETE%' ORDER BY 1"
	if db.Dialect() == models.Postgres {
		query = "SELECT DISTINCT event_object_table::text FROM information_schema.triggers WHERE event_manipulation = 'DELETE' AND action_timing = 'BEFORE' ORDER BY 1"
	}
	if err := db.SQL(t.Context()).Raw(query).Scan(&kept).Error; err != nil {
		t.Fatal(err)
	}
	return kept
}

// What somebody asked for, answered or was told stays, on both engines.
func TestKept_WhatSomebodyAskedForStays(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		kept := keptTables(t, db)
		for _, table := range []string{
			"documents", "payments", "refunds", "refund_shares", "disputes", "payment_attempts", "bank_imports", "office_tasks", "quotes",
			"quote_answers", "agreements", "agreement_endings", "purchase_rules",
		} {
			if !slices.Contains(kept, table) {
				t.Errorf("rows of %s may be deleted", table)
			}
		}
	})
}

// SQLite deletes the row that INSERT OR REPLACE replaces without asking anybody, unless the connection wants recursive triggers: every
// table that keeps its rows looks at what is inserted, at its key first.
func TestKept_NoRowOfSQLiteIsReplaced(t *testing.T) {
	db, _ := modelstest.Open(t, models.SQLite)
	for _, table := range keptTables(t, db) {
		var guard string
		err := db.SQL(t.Context()).Raw("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ? AND name = ?", table, table+"_never_replaced").
			Scan(&guard).Error
		if err != nil {
			t.Fatal(err)
		}
		var key []string
		if err := db.SQL(t.Context()).Raw("SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk", table).Scan(&key).Error; err != nil {
			t.Fatal(err)
		}
		want := make([]string, len(key))
		for i, column := range key {
			want[i] = "x." + column + " = NEW." + column
		}
		if !strings.Contains(guard, "BEFORE INSERT ON "+table) || !strings.Contains(guard, strings.Join(want, " AND ")) {
			t.Errorf("%s with the key %v: %q", table, key, guard)
		}
	}
}
