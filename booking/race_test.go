package booking

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

const (
	raceBuyers   = 200
	raceCapacity = 15
)

// twoPrograms runs the test on each engine with two programs on one database: each has its own connections.
func twoPrograms(t *testing.T, test func(t *testing.T, programs [2]models.DB)) {
	t.Parallel()
	for _, dialect := range modelstest.Dialects {
		t.Run(string(dialect), func(t *testing.T) {
			t.Parallel()
			config := modelstest.Fresh(t, dialect)
			config.Clock = modelstest.NewClock()
			var programs [2]models.DB
			for i := range programs {
				db, err := models.Connect(config)
				if err != nil {
					t.Fatal(err)
				}
				t.Cleanup(func() { _ = db.Close() })
				programs[i] = db
			}
			test(t, programs)
		})
	}
}

// placesTaken counts a session's places from live rows, by a query of its own.
func placesTaken(ctx context.Context, db models.DB, session int64) (taken int, err error) {
	err = db.SQL(ctx).Raw(`SELECT COUNT(*) FROM places WHERE session_id = ? AND status IN ('held', 'confirmed')`, session).Scan(&taken).Error
	return taken, err
}

// buy holds places in the buyer's own browser, and checks the capacity before and after the commit.
func buy(t *testing.T, db models.DB, session int64, buyer, places int) error {
	key := fmt.Sprintf("buyer-%d", buyer)
	err := db.InTx(t.Context(), func(tx models.DB) error {
		request := HoldRequest{SessionID: session, Places: places, RequestKey: key, ClaimHash: key}
		if _, err := Hold(t.Context(), tx, access.Visitor(key), request); err != nil {
			return err
		}
		if taken, err := placesTaken(t.Context(), tx, session); err != nil || taken > raceCapacity {
			t.Errorf("before buyer %d's commit %d places of %d are taken, %v", buyer, taken, raceCapacity, err)
		}
		return nil
	})
	if found, wrong := CheckCapacity(t.Context(), db); wrong != nil || len(found) > 0 {
		t.Errorf("after buyer %d: %v %v", buyer, found, wrong)
	}
	return err
}

// 200 people want 1 to 9 places each of 15, at once, through two programs. There are 23 who want one place, so all 15 are sold;
// whoever is refused is told that there is no room.
func TestHold_RaceOf200BuyersSellsEveryPlaceOnce(t *testing.T) {
	twoPrograms(t, func(t *testing.T, programs [2]models.DB) {
		session := schedulingtest.OpenAccess(t, programs[0], schedulingtest.Capacity(raceCapacity))
		var sold atomic.Int64
		together(raceBuyers, func(i int) {
			places := 1 + i%9
			switch err := buy(t, programs[i%2], session.ID, i, places); models.KindOf(err) {
			case "":
				sold.Add(int64(places))
			case models.KindFull:
			default:
				t.Errorf("buyer %d: %v", i, err)
			}
		})
		taken, err := placesTaken(t.Context(), programs[0], session.ID)
		if err != nil || sold.Load() != raceCapacity || taken != raceCapacity {
			t.Errorf("%d places sold, %d rows, want %d of each; %v", sold.Load(), taken, raceCapacity, err)
		}
	})
}

// One place is left and two people want it, thirty times over.
func TestHold_LastPlaceGoesToOneOfTwoBuyers(t *testing.T) {
	twoPrograms(t, func(t *testing.T, programs [2]models.DB) {
		for round := range 30 {
			day := schedulingtest.Day.AddDays(round)
			session := schedulingtest.OpenAccess(t, programs[0], schedulingtest.Capacity(1), schedulingtest.OnDay(day))
			var sold, full atomic.Int64
			together(2, func(i int) {
				switch err := buy(t, programs[i], session.ID, 2*round+i, 1); models.KindOf(err) {
				case "":
					sold.Add(1)
				case models.KindFull:
					full.Add(1)
				default:
					t.Errorf("round %d: %v", round, err)
				}
			})
			if sold.Load() != 1 || full.Load() != 1 {
				t.Errorf("round %d: %d sold, %d told that it is full", round, sold.Load(), full.Load())
			}
		}
	})
}

// The form of one page sent eight times at once makes one booking, and everybody is shown that one.
func TestHold_OneFormSentAtOnceMakesOneBooking(t *testing.T) {
	twoPrograms(t, func(t *testing.T, programs [2]models.DB) {
		session := schedulingtest.OpenAccess(t, programs[0], schedulingtest.Capacity(raceCapacity))
		var shown [8]int64
		together(len(shown), func(i int) {
			err := programs[i%2].InTx(t.Context(), func(tx models.DB) error {
				b, err := Hold(t.Context(), tx, access.Visitor("one"), HoldRequest{SessionID: session.ID, Places: 9, RequestKey: "one", ClaimHash: "one"})
				shown[i] = b.ID
				return err
			})
			if err != nil {
				t.Error(err)
			}
		})
		for _, id := range shown {
			if id != shown[0] {
				t.Errorf("bookings %v were shown", shown)
			}
		}
		if taken, err := placesTaken(t.Context(), programs[0], session.ID); err != nil || taken != 9 {
			t.Errorf("%d places taken, %v", taken, err)
		}
	})
}

// The control: with the lock left out, the same race sells more places than there are. It fails when it does not, for then the
// tests above prove nothing.
func TestHold_RaceWithoutTheLockOversells(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		session := schedulingtest.OpenAccess(t, db, schedulingtest.Capacity(raceCapacity))
		var counted sync.WaitGroup
		counted.Add(16)
		together(16, func(i int) {
			before, err := placesTaken(t.Context(), db, session.ID)
			counted.Done()
			counted.Wait() // everybody has looked before anybody buys: the worst that can happen without a lock
			if err != nil {
				t.Error(err)
			}
			unlocked := func(ctx context.Context, tx models.DB, id, _ int64) (scheduling.Session, int, error) {
				s, err := scheduling.Find(ctx, tx, id)
				return s, before, err
			}
			key := fmt.Sprintf("buyer-%d", i)
			err = db.InTx(t.Context(), func(tx models.DB) error {
				_, err := hold(t.Context(), tx, access.Visitor(key), HoldRequest{SessionID: session.ID, Places: 1 + i%9, RequestKey: key, ClaimHash: key}, unlocked)
				return err
			})
			if err != nil {
				t.Errorf("buyer %d: %v", i, err)
			}
		})
		taken, err := placesTaken(t.Context(), db, session.ID)
		if err != nil || taken <= raceCapacity {
			t.Fatalf("without the lock %d places of %d were sold, %v: the race does not race", taken, raceCapacity, err)
		}
		if found, err := CheckCapacity(t.Context(), db); err != nil || len(found) != 1 {
			t.Errorf("the doctor sees %v, %v", found, err)
		}
	})
}

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
