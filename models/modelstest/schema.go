package modelstest

import (
	"context"
	"sync"
	"testing"

	"gorm.io/gorm/schema"

	"hub.salford.ac.uk/ssph/models"
)

// CheckSchema fails when a row type names a table or a column that the migrations did not make, or leaves a column of its table
// out: what GORM believes and what the database has are then two things.
func CheckSchema(t *testing.T, db models.DB, rows ...any) {
	t.Helper()
	for _, row := range rows {
		parsed, err := schema.Parse(row, &sync.Map{}, schema.NamingStrategy{})
		if err != nil {
			t.Fatalf("%T: %v", row, err)
		}
		columns, err := db.SQL(context.Background()).Migrator().ColumnTypes(parsed.Table)
		if err != nil || len(columns) == 0 {
			t.Errorf("%T: table %s: %v", row, parsed.Table, err)
			continue
		}
		made := map[string]bool{}
		for _, column := range columns {
			made[column.Name()] = true
			if parsed.LookUpField(column.Name()) == nil {
				t.Errorf("%T: table %s has a column %s that the type leaves out", row, parsed.Table, column.Name())
			}
		}
		for _, name := range parsed.DBNames {
			if !made[name] {
				t.Errorf("%T: table %s has no column %s", row, parsed.Table, name)
			}
		}
	}
}
