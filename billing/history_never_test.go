package billing_test

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
)

// never checks what must never be, whatever has happened.
func (h *cardLife) never() {
	h.Helper()
	docs, _, err := billing.Documents(h.Context(), h.db, h.office.Scope(), billing.DocumentFilter{Order: &h.invoice.Order, PerPage: 100})
	h.must(err)
	var said models.Pence
	for _, d := range docs {
		if d.Kind == billing.CreditNote {
			said += h.saysAll(d)
		}
	}
	found, err := billing.CheckLedger(h.Context(), h.db)
	if err != nil || len(found) > 0 {
		h.Errorf("%v %v", found, err)
	}
	h.everyPenny(said)
	tasks, err := billing.Tasks(h.Context(), h.db)
	h.must(err)
	for _, task := range tasks {
		if err := h.possible(task); err != nil {
			h.Errorf("%s %d: %q cannot be done: %v", task.Kind, task.AboutID, task.Sentence, err)
		}
	}
}

// saysAll checks that what a credit note said of its money, and what it says now, is all of it. It returns what has gone by that.
func (h *cardLife) saysAll(d billing.Document) (gone models.Pence) {
	h.Helper()
	var parts, came models.Pence
	for _, p := range d.Parts {
		parts += p.Gross
	}
	for _, c := range d.Came {
		came += c.Gross
		if c.How == billing.CameByDispute || c.How == billing.CameInstead {
			gone += c.Gross
		}
	}
	sent, onItsWay, toSend := d.Plainly()
	if parts != d.Gross || d.Settled > d.Gross || d.SetOff+sent+onItsWay+toSend+came != d.Gross {
		h.Errorf("%s is %s: its parts were %s, %s is settled; %s set off, %s sent, %s on its way, %s to send, and besides %+v",
			d.Code, d.Gross, parts, d.Settled, d.SetOff, sent, onItsWay, toSend, d.Came)
	}
	return gone + sent
}

// everyPenny checks that the order's balance is the sum of its rows, that what credit notes say has gone is not more than has, that no
// more has gone than came unless a person is asked about it,
// and that what is with us and on no invoice stands in one of the office's lists, and no more than that.
func (h *cardLife) everyPenny(said models.Pence) {
	h.Helper()
	var sums struct {
		Payment                                                                int64
		Came, Invoiced, Credited, OnInvoices, Refunds, Leaving, Disputes, Away models.Pence
	}
	err := h.db.SQL(h.Context()).Raw(`SELECT p.id AS payment, p.gross_pence AS came,
		(SELECT SUM(d.gross_pence) FROM documents d WHERE d.kind = 'invoice' AND d.order_id = p.order_id) AS invoiced,
		(SELECT COALESCE(SUM(d.gross_pence), 0) FROM documents d WHERE d.kind = 'credit-note' AND d.order_id = p.order_id) AS credited,
		(SELECT COALESCE(SUM(a.gross_pence), 0) FROM allocations a WHERE a.payment_id = p.id) AS on_invoices,
		(SELECT COALESCE(SUM(r.gross_pence), 0) FROM refunds r WHERE r.payment_id = p.id AND r.status = 'succeeded') AS refunds,
		(SELECT COALESCE(SUM(r.gross_pence), 0) FROM refunds r WHERE r.payment_id = p.id AND r.status IN ('requested', 'pending')) AS leaving,
		(SELECT COALESCE(SUM(t.gross_pence), 0) FROM disputes t WHERE t.payment_id = p.id AND t.withdrawn) AS disputes,
		(SELECT COALESCE(SUM(t.gross_pence), 0) FROM disputes t WHERE t.payment_id = p.id AND t.withdrawn AND t.status = 'open') AS away
		FROM payments p WHERE p.order_id = ?`, h.invoice.Order.ID).Scan(&sums).Error
	h.must(err)
	owes(h.T, h.db, h.invoice.Order, sums.Invoiced-sums.Came-sums.Credited+sums.Refunds+sums.Disputes)
	if said > sums.Refunds+sums.Disputes {
		h.Errorf("credit notes say that %s has gone, but %s was sent and disputes have %s", said, sums.Refunds, sums.Disputes)
	}
	free := sums.Came - sums.OnInvoices - sums.Refunds - sums.Leaving - sums.Disputes
	if free+sums.Away < 0 {
		h.wants(map[string]int{`(SELECT o.id FROM office_tasks o LEFT JOIN refunds r ON o.about_kind = 'refund' AND r.id = o.about_id
			LEFT JOIN disputes t ON o.about_kind = 'dispute' AND t.id = o.about_id LEFT JOIN payments p ON p.id = r.payment_id OR p.id = t.payment_id
			WHERE o.kind IN ('refund from outside', 'dispute paid twice') AND o.done_at IS NULL AND p.order_id = ` + strconv.FormatInt(h.invoice.Order.ID, 10) + " LIMIT 1) AS x": 1})
	}
	notes, others := h.listed(sums.Payment)
	if notes+others < free || others > max(free+sums.Away, 0) {
		h.Errorf("payment %d has %s free and %s in a dispute; %s stands in lists for credit notes, and %s besides: %+v",
			sums.Payment, free, sums.Away, notes, others, sums)
	}
}

// listed is how much the office's lists have of a payment: for credit notes that wait, and besides.
func (h *cardLife) listed(payment int64) (notes, others models.Pence) {
	h.Helper()
	free, err := billing.Unallocated(h.Context(), h.db, h.office)
	h.must(err)
	for _, p := range free {
		if p.ID == payment {
			others += p.Left
		}
	}
	failed, err := billing.FailedRefunds(h.Context(), h.db, h.office)
	h.must(err)
	for _, f := range failed {
		if f.PaymentID == payment {
			others += f.Gross
		}
	}
	waiting, err := billing.CreditsToRefund(h.Context(), h.db, h.office)
	h.must(err)
	for _, n := range waiting {
		if n.Order == h.invoice.Order {
			notes += n.ToRefund()
		}
	}
	return notes, others
}

// errTried takes back what was only tried.
var errTried = errors.New("only tried")

// possible tries what a task asks for, as far as that is done here, and takes it back.
func (h *cardLife) possible(task billing.Task) error {
	h.Helper()
	err := inTx(h.T, h.db, func(tx models.DB) error {
		if err := h.attempt(tx, task); err != nil {
			return err
		}
		return errTried
	})
	if errors.Is(err, errTried) {
		return nil
	}
	return err
}

func (h *cardLife) attempt(tx models.DB, task billing.Task) error {
	ctx := h.Context()
	switch task.Kind {
	case "refund by bank":
		return billing.MarkBankRefundPaid(ctx, tx, h.office, task.AboutID, billing.BankTransfer{
			On: h.db.Today(), Reference: "BACS", AllTheSame: strings.Contains(task.Sentence, "Send nothing"),
		})
	case "refund failed":
		_, err := billing.PayByBankInstead(ctx, tx, h.office, task.AboutID)
		if models.KindOf(err) == models.KindInvalid && strings.Contains(task.Sentence, "Send nothing until that dispute has ended") {
			return nil
		}
		return err
	case "credit not sent back":
		return h.attemptCredit(tx, task)
	case "dispute money back":
		p, err := billing.UnallocatedPaymentOf(ctx, tx, h.office, task.AboutID)
		if err != nil {
			return err
		}
		_, err = billing.RequestRefund(ctx, tx, h.office, billing.RefundWish{
			PaymentID: p.ID, Gross: p.Left, Cause: billing.CauseOverpaid, Method: p.Method, RequestKey: "try",
		})
		return err
	case "dispute lost":
		codes, err := billing.TaskDocuments(ctx, tx)
		if err != nil {
			return err
		}
		if find(h.T, tx, codes[task.ID]).Outstanding() == 0 {
			return errors.New("nothing is unpaid")
		}
	case "dispute", "dispute paid twice", "refund from outside", "refund sent twice", "refund waits": // done elsewhere, or nothing but a decision
	default:
		return errors.New("nobody has said what it asks for")
	}
	return nil
}

// attemptCredit sends a credit note's money back: all of it, unless the task says that it is not here.
func (h *cardLife) attemptCredit(tx models.DB, task billing.Task) error {
	docs, _, err := billing.Documents(h.Context(), tx, h.office.Scope(), billing.DocumentFilter{Order: &h.invoice.Order, PerPage: 100})
	if err != nil {
		return err
	}
	i := slices.IndexFunc(docs, func(d billing.Document) bool { return d.ID == task.AboutID })
	if i < 0 {
		return nil // another order's
	}
	if docs[i].ToRefund() == 0 {
		return errors.New("nothing is to go back")
	}
	if err := billing.RefundCredit(h.Context(), tx, h.office, task.AboutID, "try"); err != nil {
		return err
	}
	if left := find(h.T, tx, docs[i].Code).ToRefund(); left > 0 && strings.Contains(task.Sentence, "Send it from") {
		return errors.New(left.String() + " stays")
	}
	return nil
}

// knows checks that the books have what Stripe has: every refund as it ended there, and the dispute with its money.
func (h *cardLife) knows() {
	h.Helper()
	wants := map[string]int{}
	for _, r := range h.double.Refunds() {
		if r.Status == "failed" { // it may have come to nothing before we heard of it
			wants["refunds WHERE stripe_refund_id = '"+r.ID+"' AND status <> 'failed'"] = 0
			continue
		}
		wants["refunds WHERE stripe_refund_id = '"+r.ID+"' AND status = '"+r.Status+"' AND gross_pence = "+strconv.FormatInt(int64(r.Amount), 10)] = 1
	}
	if h.dispute != "" {
		d, err := h.Gateway.DisputeByID(h.Context(), h.dispute)
		h.must(err)
		wants["disputes WHERE stripe_dispute_id = '"+d.ID+"' AND status = '"+string(d.Status)+"' AND withdrawn = "+strings.ToUpper(strconv.FormatBool(d.FundsWithdrawn))] = 1
	}
	h.wants(wants)
}
