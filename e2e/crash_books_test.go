package e2e_test

import (
	"fmt"
	"time"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/cmd/ssph/app"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// Two places at £228.00 net are £547.20 with VAT; one is £273.60. Of a place that is cancelled 14 to 27 days before, the half is kept.
const (
	twoPlaces = 54720
	onePlace  = 27360
	halfPlace = 13680
)

// atRest looks at the books while the program is dead.
func (c *crash) atRest() {
	c.Helper()
	for _, check := range app.Checks() {
		if found, err := check.Run(c.Context(), c.db); err != nil || len(found) > 0 {
			c.Errorf("after kill %d, %s: %v %v", c.kills, check.Name, found, err)
		}
	}
	c.noneOf(wrongAtRest())
	today := c.db.Today()
	books, err := billing.Reconcile(c.Context(), c.db, c.officer, billing.Period{From: today.AddDays(-2), To: today.AddDays(1)})
	if err != nil || len(books.Differences) > 0 {
		c.Errorf("after kill %d, the books: %v %v", c.kills, books.Differences, err)
	}
}

// wrongAtRest count what must never be, whenever the program dies. Each figure comes from the price and the ladder, not from the code.
func wrongAtRest() map[string]string {
	cancelled := fmt.Sprintf("CASE WHEN s.id <= %d THEN %d ELSE 0 END", nearDays, halfPlace)
	return map[string]string{
		"cancelled places of which another part was kept": `SELECT COUNT(*) FROM cancellations c JOIN bookings b ON b.id = c.booking_id
			JOIN sessions s ON s.id = b.session_id WHERE c.kept_net_pence + c.kept_vat_pence <> ` + cancelled + `
			OR c.kept_net_pence + c.kept_vat_pence + c.credit_net_pence + c.credit_vat_pence <> ` + fmt.Sprint(onePlace),
		"bookings whose documents are not what their places cost": `SELECT COUNT(*) FROM (SELECT b.id,
			(SELECT SUM(CASE WHEN d.kind = 'invoice' THEN d.gross_pence ELSE -d.gross_pence END) FROM documents d WHERE d.order_id = b.id) AS asked,
			(SELECT SUM(CASE WHEN p.status = 'confirmed' THEN ` + fmt.Sprint(onePlace) + ` ELSE ` + cancelled + ` END) FROM places p WHERE p.booking_id = b.id) AS due
			FROM bookings b JOIN sessions s ON s.id = b.session_id WHERE b.status IN ('confirmed', 'cancelled')) AS x WHERE x.asked <> x.due`,
		"paid bookings whose money is neither kept nor on its way back": `SELECT COUNT(*) FROM (SELECT b.id,
			(SELECT SUM(CASE WHEN d.kind = 'invoice' THEN d.gross_pence ELSE -d.gross_pence END) FROM documents d WHERE d.order_id = b.id) AS asked,
			(SELECT SUM(p.gross_pence) FROM payments p WHERE ` + paidFor + `) AS paid,
			(SELECT COALESCE(SUM(r.gross_pence), 0) FROM refunds r JOIN payments p ON p.id = r.payment_id WHERE ` + paidFor + `) AS back
			FROM bookings b WHERE b.status IN ('confirmed', 'cancelled')) AS x WHERE x.paid IS NOT NULL AND x.paid - x.back <> x.asked`,
		"bookings paid twice": `SELECT COUNT(*) FROM (SELECT b.id FROM bookings b JOIN payments p ON ` + paidFor + ` GROUP BY b.id HAVING COUNT(*) > 1) AS x`,
		"confirmations too many or too few": `SELECT COUNT(*) FROM (SELECT b.id FROM bookings b LEFT JOIN mails m ON m.kind = 'booking-confirmed'
			AND m.cause LIKE '%' || (SELECT MIN(d.order_reference) FROM documents d WHERE d.order_id = b.id) || '%'
			WHERE b.status IN ('confirmed', 'cancelled') GROUP BY b.id HAVING COUNT(m.id) <> 1) AS x`,
		"cancellations without their one mail": `SELECT ABS((SELECT COUNT(DISTINCT credit_id) FROM cancellations) -
			(SELECT COUNT(*) FROM mails WHERE kind = 'booking-cancelled'))`,
		"corrections without their one mail": `SELECT ABS((SELECT COUNT(*) FROM documents WHERE replaces_id IS NOT NULL) -
			(SELECT COUNT(*) FROM mails WHERE kind = 'invoice-corrected'))`,
	}
}

// paidFor joins a payment to its booking: by card it names it, by bank its reference does.
const paidFor = `(p.method = 'card' AND p.order_id = b.id OR p.method = 'bank' AND p.reference = 'BANK ' ||
	(SELECT MIN(d.order_reference) FROM documents d WHERE d.order_id = b.id))`

// noneOf runs queries that must count nothing.
func (c *crash) noneOf(wrong map[string]string) {
	c.Helper()
	for what, query := range wrong {
		if n := c.rows(query); n != 0 {
			c.Errorf("after kill %d: %d %s", c.kills, n, what)
		}
	}
}

// after looks at what is left when everybody has gone home, and time has passed for what was interrupted.
func (c *crash) after() {
	c.Helper()
	c.double.Flush()
	c.stop()
	c.later()
	c.atRest()
	c.atProcessor()
	c.promised.Range(func(reference, who any) bool {
		if c.rows("SELECT COUNT(*) FROM documents WHERE order_reference = ? AND kind = 'invoice' AND replaces_id IS NULL AND gross_pence = ?", reference, twoPlaces) != 1 {
			c.Errorf("%s was told that %s stands, and it has no invoice", who, reference)
		}
		return true
	})
	told := 0
	c.done.Range(func(what, query any) bool {
		told++
		if c.rows(query.(string)) != 1 {
			c.Errorf("the office was told: %s, and it is not so", what)
		}
		return true
	})
	if lost := c.rows("SELECT COUNT(*) FROM mails WHERE status = 'sent'") - len(c.post.Received()); lost > 0 {
		c.Errorf("%d mails are called sent that never came", lost)
	}
	if report, err := c.command("doctor"); err != nil {
		c.Errorf("the doctor finds:\n%s", report)
	}
	c.tell(told)
}

// later looks a quarter of an hour on at what the kills interrupted, as the sweeps of the program do.
func (c *crash) later() {
	c.Helper()
	clock := modelstest.NewClock()
	clock.Set(c.db.Now().Add(15 * time.Minute))
	config := c.config
	config.Clock = clock
	db, err := models.Connect(config)
	if err != nil {
		c.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	for name, look := range map[string]error{
		"sweep": c.till.Sweep(c.Context(), db), "events": c.till.CatchUp(c.Context(), db), "holds": booking.Sweep(c.Context(), db, c.till),
	} {
		if look != nil {
			c.Errorf("%s: %v", name, look)
		}
	}
}

// atProcessor compares every payment and refund of the card processor with ours.
func (c *crash) atProcessor() {
	c.Helper()
	var paid, back int64
	pages, sent := 0, map[string]bool{}
	for _, page := range c.double.Pages() {
		if page.Status != "complete" {
			continue
		}
		pages, paid = pages+1, paid+int64(page.Total)
		if c.rows("SELECT COUNT(*) FROM payments WHERE reference = ? AND gross_pence = ?", page.ID, int64(page.Total)) != 1 {
			c.Errorf("the money of %s for %s is not recorded", page.ID, page.Reference)
		}
	}
	for _, r := range c.double.Refunds() {
		back += int64(r.Amount)
		id := r.Metadata["refund_id"]
		if sent[id] || c.rows("SELECT COUNT(*) FROM refunds WHERE id = ? AND stripe_refund_id = ? AND gross_pence = ? AND status = 'succeeded'", id, r.ID, int64(r.Amount)) != 1 {
			c.Errorf("refund %s at the processor is twice there or not here: %s for our refund %q", r.ID, r.Amount, id)
		}
		sent[id] = true
	}
	for what, sums := range map[string][2]int{
		"card payments": {c.rows("SELECT COUNT(*) FROM payments WHERE method = 'card'"), pages},
		"card refunds":  {c.rows("SELECT COUNT(*) FROM refunds WHERE method = 'card'"), len(sent)},
		"pence by card in the ledger": {
			c.rows("SELECT COALESCE(-SUM(l.pence), 0) FROM ledger_entries l JOIN payments p ON p.id = l.payment_id WHERE l.kind = 'payment' AND p.method = 'card'"), int(paid),
		},
		"pence back by card in the ledger": {
			c.rows("SELECT COALESCE(SUM(l.pence), 0) FROM ledger_entries l JOIN refunds r ON r.id = l.refund_id WHERE r.method = 'card'"), int(back),
		},
		"pence that paid bookings owe": {c.rows(`SELECT COALESCE(SUM(ABS(x.owed)), 0) FROM (SELECT l.order_id, SUM(l.pence) AS owed FROM ledger_entries l
			JOIN bookings b ON b.id = l.order_id JOIN payments p ON p.order_id = b.id AND p.method = 'card' GROUP BY l.order_id) AS x`), 0},
	} {
		if sums[0] != sums[1] {
			c.Errorf("%d %s, want %d", sums[0], what, sums[1])
		}
	}
}

// tell says how much was shown, and fails when it is too little.
func (c *crash) tell(told int) {
	c.Helper()
	cards, banks := c.rows("SELECT COUNT(*) FROM refunds WHERE method = 'card'"), c.rows("SELECT COUNT(*) FROM refunds WHERE method = 'bank' AND status = 'succeeded'")
	credits, fresh := c.rows("SELECT COUNT(*) FROM documents WHERE kind = 'credit-note'"), c.rows("SELECT COUNT(*) FROM documents WHERE replaces_id IS NOT NULL")
	booked := c.kept.Load()
	c.Logf("%d kills, %d of them cut %d forms off; %d bookings told to stand, %d given up; the office was told of %d things; %d payments, %d invoices, "+
		"%d of them anew, %d credit notes, %d refunds by card, %d by bank", c.kills, c.hits, c.cut.Load(), booked, c.gaveUp.Load(), told,
		c.rows("SELECT COUNT(*) FROM payments"), c.rows("SELECT COUNT(*) FROM documents WHERE kind = 'invoice'"), fresh, credits, cards, banks)
	if c.kills < leastKills || c.hits < leastKills/3 || booked < 5 || credits < 3 || cards < 2 || told < 5 {
		c.Error("nothing was shown: too few of these")
	}
}

func (c *crash) rows(query string, args ...any) (n int) {
	c.Helper()
	if err := c.db.SQL(c.Context()).Raw(query, args...).Scan(&n).Error; err != nil {
		c.Fatalf("%s: %v", query, err)
	}
	return n
}
