package delivery

import (
	"context"
	"strings"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/booking/bookingtest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

func TestRows_AreWhatTheMigrationsMade(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		modelstest.CheckSchema(t, db, &markRow{}, &closingRow{}, &reopeningRow{}, &completionRow{}, &withdrawalRow{}, &catchUpRow{})
	})
}

// Two people are completed as they should be; then the rows are spoilt one by one behind the program's back.
func TestCheck_FindsWhatIsPlanted(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := schedulingtest.OpenAccess(t, db)
		other := schedulingtest.OpenAccess(t, db, schedulingtest.OnDay(schedulingtest.Day.AddDays(1)))
		b := bookingtest.OnAccount(t, db, s.ID, "Irwell Wellbeing", bookingtest.Named("Amira Haddad", "Ben Rowley"))
		clock.Set(s.LastEnd())
		err := db.InTx(t.Context(), func(tx models.DB) error {
			if _, err := MarkAll(t.Context(), tx, access.System(), s.ID, 1); err != nil {
				return err
			}
			_, err := Complete(t.Context(), tx, access.System(), s.ID)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if found, err := Check(t.Context(), db); err != nil || len(found) > 0 {
			t.Fatalf("%v %v", found, err)
		}
		for want, spoil := range map[string]string{
			"its place is not recorded as attended":    "UPDATE place_outcomes SET outcome = 'no-show'",
			"but the last part was on 21 January 2027": "UPDATE parts SET starts_at = '2027-01-21 09:30:00+00:00', ends_at = '2027-01-21 16:30:00+00:00' WHERE session_id = @session",
			"is not of the place, session":             "UPDATE places SET person_id = NULL WHERE session_id = @session",
			"not marked as present or late":            "INSERT INTO parts (session_id, ordinal, starts_at, ends_at) SELECT session_id, 2, starts_at, ends_at FROM parts WHERE session_id = @session",
			"is open again":                            "INSERT INTO register_reopenings SELECT id, closed_at, NULL, 'by hand' FROM register_closings",
			"on another session than its part":         "INSERT INTO attendance_marks (part_id, place_id, person_id, mark, marked_at) SELECT p.id, m.place_id, m.person_id, 'absent', m.marked_at FROM attendance_marks m, parts p WHERE p.session_id = @other",
			"somebody on it is not marked":             "INSERT INTO places (booking_id, session_id, ordinal, status, name, email, person_id, invites, created_at) SELECT booking_id, session_id, 9, 'confirmed', 'Late Comer', 'late@delegate.example', 1, 0, created_at FROM places WHERE id = @place",
		} {
			checkAfter(t, db, want, spoil, map[string]any{"session": s.ID, "other": other.ID, "place": b.Places[0].ID})
		}
	})
}

// checkAfter spoils the rows in a transaction that never commits, and looks for the sentence.
func checkAfter(t *testing.T, db models.DB, want, spoil string, values map[string]any) {
	t.Helper()
	_ = db.InTx(t.Context(), func(tx models.DB) error {
		var named []any // the values, where the statement names any
		if strings.Contains(spoil, "@") {
			named = append(named, values)
		}
		if err := tx.SQL(t.Context()).Exec(spoil, named...).Error; err != nil {
			t.Errorf("%s: %v", want, err)
			return err
		}
		found, err := Check(t.Context(), tx)
		if all := strings.Join(found, "\n"); err != nil || !strings.Contains(all, want) {
			t.Errorf("after %s: %v\n%s", spoil, err, all)
		}
		return context.Canceled
	})
}

// A mark counts for the person who has the place, on the day to which the part has been moved or later.
func TestRowOf_PassesOverOtherPeoplesAndEarlierDays(t *testing.T) {
	person := int64(7)
	at := models.Date{Year: 2027, Month: 1, Day: 14}.At(9, 30)
	part := scheduling.Part{Ordinal: 1, StartsAt: at, EndsAt: at.Add(time.Hour)}
	for name, c := range map[string]struct {
		mark markRow
		want Mark
	}{
		"theirs":          {markRow{ID: 1, PersonID: 7, Mark: Present, MarkedAt: at}, Present},
		"somebody else's": {markRow{ID: 1, PersonID: 8, Mark: Present, MarkedAt: at}, Unmarked},
		"a day too early": {markRow{ID: 1, PersonID: 7, Mark: Present, MarkedAt: at.AddDate(0, 0, -1)}, Unmarked},
		"none":            {markRow{}, Unmarked},
	} {
		if got := rowOf(booking.Attendee{PersonID: &person}, part, c.mark).Mark; got != c.want {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func FuzzParseMark(f *testing.F) {
	for _, m := range []Mark{Present, Late, Absent, Unmarked, "here"} {
		f.Add(string(m))
	}
	f.Fuzz(func(t *testing.T, text string) {
		m, err := ParseMark(text)
		if (err == nil) != (text == "present" || text == "late" || text == "absent") || err == nil && string(m) != text {
			t.Errorf("%q became %q, %v", text, m, err)
		}
	})
}
