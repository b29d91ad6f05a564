package stripedouble

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// ErrDispute means that a dispute cannot take that step.
var ErrDispute = errors.New("this dispute cannot take that step")

// answerTime is how long one may answer a dispute; Stripe gives from one to three weeks.
const answerTime = 9 * 24 * time.Hour

// disputeOf is the payment's dispute, or nil. A charge has one at most.
func (d *Double) disputeOf(p *payment) *dispute {
	i := slices.IndexFunc(d.state.Disputes, func(x *dispute) bool { return x.Payment == p.ID })
	if i < 0 {
		return nil
	}
	return d.state.Disputes[i]
}

func (d *Double) getDispute(r *http.Request, form url.Values) (object, error) {
	if err := known(form, "expand[]"); err != nil {
		return nil, err
	}
	x := d.state.dispute(r.PathValue("id"))
	if x == nil {
		return nil, missing("dispute", r.PathValue("id"))
	}
	return d.showDispute(x), nil
}

func (d *Double) showDispute(x *dispute) object {
	p := d.state.payment(x.Payment)
	movements := []object{}
	if x.Taken {
		movements = append(movements, movement(x, -x.Amount))
	}
	if x.Returned {
		movements = append(movements, movement(x, x.Amount))
	}
	return object{
		"id": x.ID, "object": "dispute", "livemode": false, "created": x.Created, "amount": x.Amount, "currency": p.Currency,
		"charge": p.Charge, "payment_intent": p.ID, "reason": x.Reason, "status": x.Status, "balance_transactions": movements,
		"is_charge_refundable": !x.Taken, "metadata": object{},
		"evidence_details": object{"due_by": x.AnswerBy, "has_evidence": false, "past_due": d.now() > x.AnswerBy, "submission_count": 0},
	}
}

func movement(x *dispute, amount int64) object {
	return object{"id": "txn_" + x.ID, "object": "balance_transaction", "type": "adjustment", "amount": amount, "net": amount, "currency": "gbp"}
}

// tell sends an event about a dispute. The state is locked.
func (d *Double) tell(kind string, x *dispute) {
	d.emit("charge.dispute."+kind, x.ID, d.showDispute(x))
}

// OpenDispute has the cardholder's bank ask for an amount back, with Stripe's word for the reason, like fraudulent. The money is taken
// at once, unless it is only an inquiry. It returns the dispute's id.
func (d *Double) OpenDispute(pageID string, amount models.Pence, reason string, inquiry bool) (string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	s := d.state.session(pageID)
	if s == nil {
		return "", fmt.Errorf("%w: %s", ErrNoPage, pageID)
	}
	p := d.state.payment(s.Payment)
	if p == nil || p.Status != "succeeded" || d.disputeOf(p) != nil || amount < 1 || int64(amount) > p.Amount {
		return "", fmt.Errorf("%w: nothing to dispute on %s", ErrDispute, pageID)
	}
	x := &dispute{
		ID: newID("dp_test_"), Created: d.now(), Payment: p.ID, Amount: int64(amount), Reason: reason, Status: "needs_response",
		Taken: !inquiry, AnswerBy: d.now() + int64(answerTime.Seconds()),
	}
	if inquiry {
		x.Status = "warning_needs_response"
	}
	d.state.Disputes = append(d.state.Disputes, x)
	d.tell("created", x)
	if x.Taken {
		d.tell("funds_withdrawn", x)
	}
	d.keep()
	return x.ID, nil
}

// TakeFunds turns an inquiry into a dispute: the money is taken after all.
func (d *Double) TakeFunds(id string) error {
	return d.dispute(id, func(x *dispute) bool {
		if x.Status != "warning_needs_response" {
			return false
		}
		x.Status, x.Taken = "needs_response", true
		d.tell("updated", x)
		d.tell("funds_withdrawn", x)
		return true
	})
}

// CloseDispute ends a dispute. One that is won brings the money back; an inquiry just ends.
func (d *Double) CloseDispute(id string, won bool) error {
	return d.dispute(id, func(x *dispute) bool {
		switch {
		case x.Status == "warning_needs_response" && won:
			x.Status = "warning_closed"
		case x.Status == "needs_response" && won:
			x.Status, x.Returned = "won", true
		case x.Status == "needs_response":
			x.Status = "lost"
		default:
			return false
		}
		d.tell("closed", x)
		if x.Returned {
			d.tell("funds_reinstated", x)
		}
		return true
	})
}

// GiveBack brings the money of a dispute back that was lost, as a bank may after an appeal: the dispute stays lost.
func (d *Double) GiveBack(id string) error {
	return d.dispute(id, func(x *dispute) bool {
		if x.Status != "lost" || x.Returned {
			return false
		}
		x.Returned = true
		d.tell("funds_reinstated", x)
		return true
	})
}

// dispute takes a step of a dispute, which says whether it could.
func (d *Double) dispute(id string, step func(x *dispute) bool) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	x := d.state.dispute(id)
	if x == nil || !step(x) {
		return fmt.Errorf("%w: %s", ErrDispute, id)
	}
	d.keep()
	return nil
}
