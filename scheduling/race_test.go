package scheduling_test

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// together runs the work n times at once and waits for all.
func together(n int, work func(i int)) {
	var wait sync.WaitGroup
	start := make(chan struct{})
	for i := range n {
		wait.Go(func() {
			<-start
			work(i)
		})
	}
	close(start)
	wait.Wait()
}

// 32 people of the office open sessions with both trainers at once: 8 hours of one day, each hour wanted four times. One of each
// four is opened, whoever comes first.
func TestOpenSession_RaceOf32PutsNobodyInTwoPlaces(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		thu := day(2027, 1, 14)
		both := schedulingtest.TrainerIDs(t, db, "Rowan", "Alan")
		var wanted [32]scheduling.NewSession
		for i := range wanted {
			hour := 9 + i%8
			wanted[i] = online(t, db, "Alan", fmt.Sprintf("%d:00", hour), fmt.Sprintf("%d:00", hour+1), thu)
			wanted[i].TrainerIDs = both
		}
		var opened, refused atomic.Int64
		together(len(wanted), func(i int) {
			switch _, err := open(db, wanted[i]); {
			case err == nil:
				opened.Add(1)
			case errors.Is(err, models.ErrOverlap) && models.KindOf(err) == models.KindConflict:
				refused.Add(1)
			default:
				t.Errorf("session %d: %v", i, err)
			}
		})
		if opened.Load() != 8 || refused.Load() != 24 {
			t.Errorf("%d opened, %d refused", opened.Load(), refused.Load())
		}
		if got := count(t, db, "trainer_times WHERE status = 'taken'"); got != 16 {
			t.Errorf("%d times taken", got)
		}
		sound(t, db)
	})
}

// The control: 32 writers who look first and write afterwards, without the trainer's lock. With the database's guard one of them gets
// the hour; with the guard taken away all of them do.
func TestTrainerTimes_LookingFirstIsNotEnough(t *testing.T) {
	for name, want := range map[string]int64{"guarded": 1, "unguarded": 32} {
		t.Run(name, func(t *testing.T) {
			modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
				s := schedulingtest.OpenAccess(t, db)
				exec := func(statement string, values ...any) error {
					return db.InTx(t.Context(), func(tx models.DB) error { return tx.SQL(t.Context()).Exec(statement, values...).Error })
				}
				if name == "unguarded" {
					off := []string{"DROP TRIGGER trainer_in_one_place_insert"}
					if db.Dialect() == models.Postgres {
						off = []string{"ALTER TABLE trainer_times DROP CONSTRAINT trainer_in_one_place"}
					}
					for _, statement := range off {
						if err := exec(statement); err != nil {
							t.Fatal(err)
						}
					}
				}
				if err := exec("DELETE FROM trainer_times"); err != nil {
					t.Fatal(err)
				}
				if got := count(t, db, "trainer_times"); got != 0 {
					t.Fatalf("all 32 look before anybody writes, and see %d times taken", got)
				}
				for i := range 31 { // 32 parts at the same time
					if err := exec(`INSERT INTO parts (session_id, ordinal, starts_at, ends_at)
						SELECT session_id, ?, starts_at, ends_at FROM parts WHERE session_id = ? AND ordinal = 1`, i+2, s.ID); err != nil {
						t.Fatal(err)
					}
				}
				together(32, func(i int) {
					_ = exec(`INSERT INTO trainer_times (trainer_id, part_id, busy_from, busy_until, status)
						SELECT (SELECT MIN(trainer_id) FROM session_trainers WHERE session_id = p.session_id), p.id, p.starts_at, p.ends_at, 'taken'
						FROM parts p WHERE p.session_id = ? AND p.ordinal = ?`, s.ID, i+1)
				})
				if got := count(t, db, "trainer_times WHERE status = 'taken'"); int64(got) != want {
					t.Errorf("%d took the hour, want %d", got, want)
				}
			})
		})
	}
}

// Capacity stands for the places left: 32 buyers read it, and take one away.
func TestClaim_OneAtATime(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		s := schedulingtest.OpenAccess(t, db, schedulingtest.Capacity(20))
		var sold atomic.Int64
		together(32, func(int) {
			err := db.InTx(t.Context(), func(tx models.DB) error {
				claimed, err := scheduling.Claim(t.Context(), tx, s.ID)
				if err != nil {
					return err
				}
				if claimed.Capacity == 5 {
					return models.Fail(models.KindFull, "Full")
				}
				return tx.SQL(t.Context()).Exec("UPDATE sessions SET capacity = ? WHERE id = ?", claimed.Capacity-1, s.ID).Error
			})
			switch models.KindOf(err) {
			case "":
				sold.Add(1)
			case models.KindFull:
			default:
				t.Error(err)
			}
		})
		if sold.Load() != 15 {
			t.Errorf("%d sold of 15", sold.Load())
		}
	})
}

func TestClaim_NeedsATransactionAndASession(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		s := schedulingtest.OpenAccess(t, db)
		if _, err := scheduling.Claim(t.Context(), db, s.ID); err == nil {
			t.Error("claimed outside a transaction")
		}
		err := db.InTx(t.Context(), func(tx models.DB) error {
			_, err := scheduling.Claim(t.Context(), tx, s.ID+1)
			return err
		})
		if models.KindOf(err) != models.KindNotFound {
			t.Error(err)
		}
	})
}
