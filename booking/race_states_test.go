package booking_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/billing/stripedouble"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// machine is a session of a few places on which everything happens in any order. What a use case refuses must be a sentence for
// people; what it does must leave the records sound.
type machine struct {
	*shop
	rt     *rapid.T
	all    []booking.Booking
	keys   map[int64]string // the browser of each booking
	priya  access.Actor     // the booker for an organisation
	before int              // payment pages of earlier sessions
}

const machineCapacity = 4

// people are few, so that they meet each other on places.
func (m *machine) people(n int) []booking.PersonNamed {
	out := make([]booking.PersonNamed, n)
	for i := range out {
		if who := rapid.IntRange(-2, 5).Draw(m.rt, "who"); who >= 0 {
			out[i] = booking.PersonNamed{Name: fmt.Sprintf("Person %c", 'A'+who), Email: fmt.Sprintf("person%d@people.example", who)}
		}
	}
	return out
}

// any picks one of the bookings made so far.
func (m *machine) any() booking.Booking {
	if len(m.all) == 0 {
		m.rt.Skip("no booking yet")
	}
	id := rapid.SampledFrom(m.all).Draw(m.rt, "booking").ID
	b, err := booking.Find(m.Context(), m.db, access.System().Scope(), id)
	if err != nil {
		m.rt.Fatal(err)
	}
	return b
}

func (m *machine) browser(b booking.Booking) access.Actor { return access.Visitor(m.keys[b.ID]) }

// try runs a use case in a transaction. A refusal is fine as long as somebody wrote it for people.
func (m *machine) try(what string, fn func(ctx context.Context, tx models.DB) error) bool {
	return m.allowed(what, m.db.InTx(m.Context(), func(tx models.DB) error { return fn(m.Context(), tx) }))
}

func (m *machine) allowed(what string, err error) bool {
	if err != nil && models.KindOf(err) == models.KindInternal {
		m.rt.Fatalf("%s: %v", what, err)
	}
	return err == nil
}

// hold keeps places and, mostly, says who books.
func (m *machine) hold(*rapid.T) {
	key := fmt.Sprint("browser-", m.count("bookings"), "-", len(m.all))
	places := rapid.SampledFrom([]int{1, 1, 2, 2, 3, 4, 0, 10}).Draw(m.rt, "places")
	held := m.try("hold", func(ctx context.Context, tx models.DB) error {
		b, err := booking.Hold(ctx, tx, access.Visitor(key), booking.HoldRequest{SessionID: m.session.ID, Places: places, RequestKey: key, ClaimHash: key})
		if err == nil {
			m.all, m.keys[b.ID] = append(m.all, b), key
		}
		return err
	})
	if held && rapid.IntRange(0, 4).Draw(m.rt, "fills in") > 0 {
		m.describe(m.all[len(m.all)-1])
	}
}

func (m *machine) describe(b booking.Booking) {
	buyer := rapid.SampledFrom([]booking.Buyer{booking.Individual, booking.Organisation}).Draw(m.rt, "buyer")
	m.try("details", func(ctx context.Context, tx models.DB) error {
		_, err := booking.SetDetails(ctx, tx, m.browser(b), b.ID, buyer, details())
		return err
	})
}

func (m *machine) resize(*rapid.T) {
	b, places := m.any(), rapid.IntRange(0, 6).Draw(m.rt, "places")
	m.try("resize", func(ctx context.Context, tx models.DB) error {
		_, err := booking.Resize(ctx, tx, m.browser(b), b.ID, places)
		return err
	})
}

func (m *machine) name(*rapid.T) {
	b := m.any()
	people := m.people(len(b.Places))
	m.try("name people", func(ctx context.Context, tx models.DB) error {
		_, err := booking.NamePeople(ctx, tx, m.browser(b), b.ID, people)
		return err
	})
}

func (m *machine) details(*rapid.T) { m.describe(m.any()) }

func (m *machine) swap(*rapid.T) {
	b, ordinal := m.any(), rapid.IntRange(1, 3).Draw(m.rt, "place")
	person := m.people(1)[0]
	m.try("swap", func(ctx context.Context, tx models.DB) error {
		_, err := desk.NamePlace(ctx, tx, m.browser(b), b.ID, ordinal, person)
		return err
	})
}

func (m *machine) onAccount(*rapid.T) {
	b := m.any()
	m.try("on account", func(ctx context.Context, tx models.DB) error {
		_, err := desk.ConfirmOnAccount(ctx, tx, m.priya, b.ID, nil)
		return err
	})
}

// openPage starts a card payment; now and then the program dies before it has written the page down.
func (m *machine) open(*rapid.T) {
	b, till := m.any(), m.till
	if rapid.IntRange(0, 3).Draw(m.rt, "dies") == 0 {
		till.Gateway = killed{till.Gateway}
	}
	_, err := desk.OpenPayment(m.Context(), m.db, till, m.browser(b), b.ID, booking.PayPages{Success: "http://ssph.example/done", Cancel: "http://ssph.example/check"})
	if !errors.Is(err, errKilled) {
		m.allowed("open", err)
	}
}

// lose starts a card payment of which our side never hears again and gives the hold up, while the page still takes money.
func (m *machine) lose(*rapid.T) {
	b, dying := m.any(), m.till
	dying.Gateway = killed{m.till.Gateway}
	_, err := desk.OpenPayment(m.Context(), m.db, dying, m.browser(b), b.ID, booking.PayPages{Success: "http://ssph.example/done", Cancel: "http://ssph.example/check"})
	if !errors.Is(err, errKilled) {
		m.allowed("open", err)
		return
	}
	_, err = booking.GiveUp(m.Context(), m.db, m.till, m.browser(b), b.ID)
	m.allowed("give up", err)
}

// pay presses Pay on any page there ever was; the program hears of it now, later or by the sweep alone.
func (m *machine) pay(*rapid.T) {
	pages := m.pages()
	if len(pages) == 0 {
		m.rt.Skip("no page yet")
	}
	page := rapid.SampledFrom(pages).Draw(m.rt, "page").ID
	_ = m.double.Pay(page) // refused when the page has ended or is paid
	if rapid.Bool().Draw(m.rt, "heard") {
		m.allowed("settle", m.tell("evt_"+page, "checkout.session.completed", page))
	}
}

// pages are the payment pages opened since this session began.
func (m *machine) pages() []stripedouble.Page { return m.double.Pages()[m.before:] }

func (m *machine) settleAgain(*rapid.T) {
	for _, page := range m.pages() {
		m.allowed("settle", m.tell("evt_again_"+page.ID, "checkout.session.expired", page.ID))
	}
}

func (m *machine) giveUp(*rapid.T) {
	b := m.any()
	_, err := booking.GiveUp(m.Context(), m.db, m.till, m.browser(b), b.ID)
	m.allowed("give up", err)
}

// wait lets time pass: some minutes, or past every hold and page.
func (m *machine) wait(*rapid.T) {
	m.clock.Advance(time.Duration(rapid.SampledFrom([]int{3, 3, 3, 31, 50}).Draw(m.rt, "minutes")) * time.Minute)
	if rapid.Bool().Draw(m.rt, "sweep") {
		m.allowed("sweep holds", booking.Sweep(m.Context(), m.db, m.till))
		m.allowed("sweep pages", m.till.Sweep(m.Context(), m.db))
	}
}

// check is what must hold after every step, from live rows.
func (m *machine) check(*rapid.T) {
	taken := m.count(fmt.Sprintf("places p JOIN bookings b ON b.id = p.booking_id WHERE p.session_id = %d AND p.status = 'confirmed'", m.session.ID))
	if taken > machineCapacity {
		m.rt.Fatalf("%d places confirmed of %d", taken, machineCapacity)
	}
	m.look(booking.CheckCapacity, booking.CheckPlaces, billing.CheckSeries, billing.CheckLedger)
}

// look runs checks of the doctor.
func (m *machine) look(checks ...func(context.Context, models.DB) ([]string, error)) {
	for i, check := range checks {
		if found, err := check(m.Context(), m.db); err != nil || len(found) > 0 {
			m.rt.Fatalf("check %d: %v %v", i, found, err)
		}
	}
}

// end lets every hold and page run out and every job finish: nobody may then have paid without a place or the money back.
func (m *machine) end() {
	m.clock.Advance(3 * time.Hour)
	m.settleAgain(nil)
	if err := booking.Sweep(m.Context(), m.db, m.till); err != nil {
		m.rt.Fatal(err)
	}
	if err := m.runner.RunUntilIdle(m.Context()); err != nil {
		m.rt.Fatal(err)
	}
	m.check(nil)
	m.look(billing.CheckFiles)
	m.wants(map[string]int{"bookings WHERE status = 'held'": 0, "refunds WHERE status <> 'succeeded'": 0, "office_tasks": 0})
	for _, b := range m.all {
		b, err := booking.Find(m.Context(), m.db, access.System().Scope(), b.ID)
		if err != nil {
			m.rt.Fatal(err)
		}
		want := models.Pence(0)
		if b.Payment == booking.OnAccount {
			want = models.Pence(27360 * len(b.Places))
		}
		if owed := m.balance(b); owed != want {
			m.rt.Fatalf("%s is %s, paid by %q, and owes %s, want %s", b.Reference(), b.Status, b.Payment, owed, want)
		}
	}
}

// machineSessions is how many sessions are played through on each engine, with thirty events each on average.
const machineSessions = 40

// Everything that can happen to the bookings of one session, in random order.
func TestBookings_EveryOrderOfEventsLeavesTheRecordsSound(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newShop(t, db, clock, machineCapacity)
		priya := accesstest.Person(t, db, "Priya Nair", "priya.nair@irwellwellbeing.example")
		day, played := schedulingtest.Day.AddDays(60), 0
		rapid.Check(t, func(rt *rapid.T) {
			if played == machineSessions {
				return
			}
			day = day.AddDays(1)
			s.session = schedulingtest.OpenAccess(t, db, schedulingtest.Capacity(machineCapacity), schedulingtest.OnDay(day))
			m := &machine{shop: s, rt: rt, keys: map[int64]string{}, priya: priya, before: len(s.double.Pages())}
			rt.Repeat(map[string]func(*rapid.T){
				"hold": m.hold, "resize": m.resize, "name": m.name, "details": m.details, "swap": m.swap, "on account": m.onAccount,
				"open": m.open, "pay": m.pay, "settle again": m.settleAgain, "give up": m.giveUp, "wait": m.wait,
				"hold another": m.hold, "lose": m.lose, "pay another": m.pay, "open another": m.open, "swap another": m.swap, "": m.check,
			})
			m.end()
			played++
		})
	})
}
