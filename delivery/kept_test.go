package delivery_test

import (
	"database/sql"
	"errors"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/delivery"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// caughtUpAndMoved is a session of February whose trainer wrote, an hour before it, that Ben is here for the part he missed in January;
// then its days were moved, and it was completed on the new ones without him.
func caughtUpAndMoved(t *testing.T, db models.DB, clock *modelstest.Clock) (january, february *day) {
	t.Helper()
	january = missesTheFirst(t, db, clock)
	january.nearlyOver()
	if _, err := january.complete(january.trainer); err != nil {
		t.Fatal(err)
	}
	february = january.again()
	clock.Set(february.session.FirstStart().Add(-time.Hour))
	if err := february.add(1, january.booking.Places[1].ID); err != nil {
		t.Fatal(err)
	}
	february.moveTo(models.Date{Year: 2027, Month: time.March, Day: 16})
	for i, part := range february.session.Parts {
		clock.Set(part.StartsAt)
		february.markAll(i + 1)
	}
	february.nearlyOver()
	made, err := february.complete(february.trainer)
	if err != nil || len(made) != 1 || made[0].PersonName != "Faith Adeyemi" {
		t.Fatalf("%+v %v", made, err)
	}
	return january, february
}

// What was written of the day that was moved stands in nobody's way, although its register is closed: he comes in April, and his
// training is whole with that day.
func TestCatchUp_ElsewhereAfterTheMovedDayWasCompletedWithoutThem(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		january, _ := caughtUpAndMoved(t, db, clock)
		ben := january.booking.Places[1].ID
		if got := january.outcome(ben); got != booking.OutcomePart {
			t.Errorf("after the day that was moved his place is %s", got)
		}
		april := january.again(mornings(models.Date{Year: 2027, Month: time.April, Day: 6}))
		clock.Set(april.session.FirstStart())
		if err := april.add(1, ben); err != nil {
			t.Fatal(err)
		}
		for i, part := range april.session.Parts {
			clock.Set(part.StartsAt)
			april.markAll(i + 1)
		}
		april.nearlyOver()
		made, err := april.complete(april.trainer)
		if err != nil || len(made) != 2 || made[0].PlaceID != ben || made[0].LastAttended.ISO() != "2027-04-06" {
			t.Errorf("%+v %v", made, err)
		}
		april.counts(map[string]int64{"catch_ups": 2, "catch_ups WHERE here": 1, "audit_rows WHERE action = 'catch-up-added'": 2})
		january.sound()
	})
}

// tries runs a statement that never commits and returns what the database says.
func (d *day) tries(statement string) error {
	d.Helper()
	undo := errors.New("undo")
	err := d.db.InTx(d.Context(), func(tx models.DB) error {
		if err := tx.SQL(d.Context()).Exec(statement).Error; err != nil {
			return models.Translate(err)
		}
		return undo
	})
	if errors.Is(err, undo) {
		return nil
	}
	return err
}

// Of a closed register a catch-up is taken back only where its day was moved after it was written, and nothing else of it changes.
func TestCatchUps_TheDatabaseKeepsThemOnceTheRegisterIsClosed(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		d, _ := caughtUpAndMoved(t, db, clock)
		if err := d.tries("UPDATE catch_ups SET here = FALSE"); err != nil {
			t.Errorf("of a day that was moved: %v", err)
		}
		for _, statement := range []string{
			"UPDATE catch_ups SET here = TRUE", "UPDATE catch_ups SET here = FALSE, person_id = 1", "UPDATE catch_ups SET here = FALSE, marked_by = NULL",
			"UPDATE catch_ups SET here = FALSE, marked_at = '2027-03-16 09:30:00+00:00'", "UPDATE catch_ups SET here = FALSE, missed_part_id = missed_part_id + 1",
			"DELETE FROM catch_ups",
		} {
			if err := d.tries(statement); !errors.Is(err, models.ErrRefused) {
				t.Errorf("%s: %v", statement, err)
			}
		}
	})
}

// A day that was not moved, and whoever has a completion: nothing is taken back.
func TestCatchUps_WhatCountedStays(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		january := missesTheSecond(t, db, clock)
		february := january.again()
		for i, part := range february.session.Parts {
			clock.Set(part.StartsAt)
			february.markAll(i + 1)
		}
		if err := february.add(2, january.booking.Places[1].ID); err != nil {
			t.Fatal(err)
		}
		february.nearlyOver()
		if _, err := february.complete(february.trainer); err != nil {
			t.Fatal(err)
		}
		const back = "UPDATE catch_ups SET here = FALSE"
		if err := february.tries(back); !errors.Is(err, models.ErrRefused) {
			t.Errorf("of a day that was not moved: %v", err)
		}
		february.in(func(tx models.DB) error { // as if it had been moved by an hour after it was written
			return tx.SQL(t.Context()).Exec("INSERT INTO session_moves (session_id, number, old_when, old_where, moved_at) SELECT ?, 1, '9am', 'there', marked_at FROM catch_ups",
				february.session.ID).Error
		})
		if err := february.tries(back); err != nil {
			t.Errorf("of a day that was moved: %v", err)
		}
		if made, err := january.complete(january.trainer); err != nil || len(made) != 2 {
			t.Fatalf("%+v %v", made, err)
		}
		if err := february.tries(back); !errors.Is(err, models.ErrRefused) {
			t.Errorf("of somebody who has a completion by it: %v", err)
		}
	})
}

// Somebody opens the file with another program, whose connections ask no recursive triggers: no row of a register is replaced, by its
// id, by its place in the part, nor by what it makes up; neither a closed one's nor an open one's.
func TestMarks_AnotherProgramCannotReplaceThem(t *testing.T) {
	db, clock := modelstest.Open(t, models.SQLite)
	january, february := caughtUpAndMoved(t, db, clock)
	open := january.again(mornings(models.Date{Year: 2027, Month: time.April, Day: 6}))
	clock.Set(open.session.FirstStart())
	if err := open.mark(open.trainer, 1, 1, delivery.Present); err != nil {
		t.Fatal(err)
	}
	var path string
	if err := db.SQL(t.Context()).Raw("SELECT file FROM pragma_database_list WHERE name = 'main'").Scan(&path).Error; err != nil {
		t.Fatal(err)
	}
	plain, err := sql.Open("sqlite", "file:"+path+"?_pragma=recursive_triggers(0)&_busy_timeout=10000")
	if err != nil {
		t.Fatal(err)
	}
	defer plain.Close()
	rows := func() (marks, made int64) {
		january.Helper()
		for table, sum := range map[string]*int64{"attendance_marks": &marks, "catch_ups": &made} {
			if err := db.SQL(t.Context()).Raw("SELECT COALESCE(SUM(id * 100 + part_id), 0) FROM " + table).Scan(sum).Error; err != nil {
				t.Fatal(err)
			}
		}
		return marks, made
	}
	wasMarks, wasMade := rows()
	for _, attack := range []string{
		"INSERT OR REPLACE INTO attendance_marks SELECT * FROM attendance_marks WHERE part_id = ?",
		"INSERT OR REPLACE INTO attendance_marks SELECT 1, part_id, place_id + 100, person_id, mark, marked_at, marked_by FROM attendance_marks WHERE part_id = ?",
		"INSERT OR REPLACE INTO attendance_marks SELECT id + 100, part_id, place_id, person_id, 'absent', marked_at, marked_by FROM attendance_marks WHERE part_id = ?",
		"UPDATE attendance_marks SET part_id = (SELECT MIN(part_id) FROM attendance_marks), place_id = place_id + 100 WHERE part_id = ?",
		"INSERT OR REPLACE INTO catch_ups SELECT id, ?, missed_part_id, place_id, person_id, here, marked_at, marked_by FROM catch_ups",
		"INSERT OR REPLACE INTO catch_ups SELECT id + 100, ?, missed_part_id, place_id, person_id, here, marked_at, marked_by FROM catch_ups",
	} {
		if _, err := plain.ExecContext(t.Context(), attack, open.session.Parts[0].ID); err == nil {
			t.Errorf("not refused: %s", attack)
		}
	}
	if marks, made := rows(); marks != wasMarks || made != wasMade {
		t.Errorf("the rows were %d and %d, and are %d and %d", wasMarks, wasMade, marks, made)
	}
	february.sound()
}
