package e2e_test

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"hub.salford.ac.uk/ssph/models"
)

// bookingTables hold what one booking or its payment writes, each after those it points to.
func bookingTables() []string {
	return []string{
		"people", "organisations", "bookings", "places", "payment_attempts", "payments", "documents", "document_lines", "document_vat",
		"document_files", "ledger_entries", "allocations", "audit_rows", "mails", "mail_parts", "river_job",
	}
}

// pointers says which table a column points to.
func pointers() map[string]string {
	return map[string]string{
		"person_id": "people", "booker_id": "people", "actor_id": "people", "organisation_id": "organisations", "booking_id": "bookings",
		"order_id": "bookings", "document_id": "documents", "mail_id": "mails", "attempt_id": "payment_attempts", "payment_id": "payments",
	}
}

// marks are the highest ids of the tables.
func marks(ctx context.Context, db models.DB) (map[string]int64, error) {
	highest := map[string]int64{}
	for _, table := range bookingTables() {
		var id int64
		if err := db.SQL(ctx).Raw("SELECT COALESCE(MAX(id), 0) FROM " + table).Scan(&id).Error; err != nil {
			return nil, err
		}
		highest[table] = id
	}
	return highest, nil
}

// template is a row to be copied: as it is, but for its identity, what it points to and what must be unlike any other.
type template struct {
	table   string
	id      int64
	columns []string
	points  map[string]int64 // column to the id it points to
	unlike  []string
}

type templates []template

func (t templates) count() int { return len(t) }

// rowsSince finds the rows that were written since the marks were taken.
func rowsSince(ctx context.Context, db models.DB, before map[string]int64) (templates, error) {
	var all templates
	for _, table := range bookingTables() {
		var rows []map[string]any
		if err := db.SQL(ctx).Raw("SELECT * FROM "+table+" WHERE id > ? ORDER BY id", before[table]).Scan(&rows).Error; err != nil {
			return nil, err
		}
		for _, row := range rows {
			all = append(all, templateOf(table, row))
		}
	}
	return all, nil
}

func templateOf(table string, row map[string]any) template {
	t := template{table: table, points: map[string]int64{}}
	for column, value := range row {
		id, isID := value.(int64)
		switch {
		case column == "id":
			t.id = id
			continue
		case pointers()[column] != "" && isID:
			t.points[column] = id
		case slices.Contains([]string{"email", "request_key", "code", "cause", "number", "checkout_id", "payment_intent"}, column) && value != "":
			t.unlike = append(t.unlike, column)
		}
		t.columns = append(t.columns, column)
	}
	slices.Sort(t.columns)
	return t
}

// write writes the rows once more, in one transaction. The number n makes unlike what must be.
func (all templates) write(ctx context.Context, db models.DB, n int) error {
	return db.InTx(ctx, func(tx models.DB) error {
		fresh := map[string]int64{} // by table and old id
		for _, t := range all {
			statement, args := t.insert(fresh, n)
			var id int64
			if err := tx.SQL(ctx).Raw(statement, args...).Scan(&id).Error; err != nil {
				return fmt.Errorf("%s: %w", t.table, err)
			}
			fresh[fmt.Sprint(t.table, t.id)] = id
		}
		return nil
	})
}

func (t template) insert(fresh map[string]int64, n int) (string, []any) {
	values := make([]string, len(t.columns))
	var args []any
	for i, column := range t.columns {
		old, points := t.points[column]
		id, copied := fresh[fmt.Sprint(pointers()[column], old)]
		switch {
		case points && copied:
			values[i], args = "?", append(args, id)
		case column == "number":
			values[i], args = "?", append(args, n)
		case slices.Contains(t.unlike, column):
			values[i], args = column+" || ?", append(args, fmt.Sprint(n))
		default:
			values[i] = column
		}
	}
	return fmt.Sprintf("INSERT INTO %s (%s) SELECT %s FROM %s WHERE id = ? RETURNING id",
		t.table, strings.Join(t.columns, ", "), strings.Join(values, ", "), t.table), append(args, t.id)
}
