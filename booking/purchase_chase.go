package booking

import (
	"context"
	"errors"
	"fmt"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
)

// chaseStages are how many days before its day a purchase order is asked for, the last first.
var chaseStages = []int{1, 3, 7}

// chaseStage is the stage that is to be sent today: the latest that has come, and only when nothing was written to the booker on its
// day or since. So an outage makes one letter of several, and nothing is sent twice. 0 is none.
func chaseStage(due, written, today models.Date) int {
	if due.Before(today) {
		return 0
	}
	for _, stage := range chaseStages {
		if day := due.AddDays(-stage); !today.Before(day) {
			if written.Before(day) {
				return stage
			}
			return 0
		}
	}
	return 0
}

// taskOverdueOrder is the kind of the office's task for a purchase order that has not come by a day.
func taskOverdueOrder(due models.Date) string { return "purchase order by " + due.ISO() }

// ChasePurchaseOrders asks for the purchase orders that are due soon, and raises a task for those that did not come: the office
// decides, and nothing is released by itself. The rows say what is due, however often and late this runs. One booking that fails does
// not stop the others.
func (d Desk) ChasePurchaseOrders(ctx context.Context, db models.DB) error {
	ids, err := awaitingOrders(ctx, db)
	if err != nil {
		return err
	}
	var failed []error
	for _, id := range ids {
		err := db.InTx(ctx, func(tx models.DB) error { return d.chase(ctx, tx, id) })
		if err != nil {
			failed = append(failed, fmt.Errorf("purchase order of booking %d: %w", id, err))
		}
	}
	return errors.Join(failed...)
}

// chase looks at one booking under its lock: the number may have come meanwhile.
func (d Desk) chase(ctx context.Context, tx models.DB, id int64) error {
	b, session, err := claimBooking(ctx, tx, access.System().Scope(), id)
	if err != nil || !b.AwaitsPurchaseOrder() {
		return err
	}
	today := tx.Today()
	if b.PurchaseOrderDue.Before(today) {
		return billing.Raise(ctx, tx, taskOverdueOrder(b.PurchaseOrderDue), "booking", id, fmt.Sprintf(
			"%s was to send the purchase order for %s by %s, and has not. Enter the number, give them longer, or cancel the places",
			b.Details.Customer(), b.Reference(), b.PurchaseOrderDue))
	}
	written, err := orderLastAsked(ctx, tx, b)
	if err != nil {
		return err
	}
	stage := chaseStage(b.PurchaseOrderDue, written, today)
	if stage == 0 {
		return nil
	}
	return d.wantPurchaseOrder(ctx, tx, b, session, fmt.Sprint(stage))
}

// orderMail asks for a purchase order.
type orderMail struct {
	Name      string
	Count     string // "3 places"
	Reference string
	Gross     models.Pence
	VAT       string // by which VAT it is invoiced
	Facts     []Fact
	People    []string
	Unnamed   string // "1 place has", "2 places have", or nothing
	By        models.Date
	Button    Button
}

func (d Desk) orderMail(ctx context.Context, tx models.DB, b Booking, s scheduling.Session) (orderMail, error) {
	sum, err := Sum(ctx, tx, b, billing.TaxPoint(tx.Today(), s.LastDay()))
	if err != nil {
		return orderMail{}, err
	}
	note, err := VATNote(ctx, tx, b, b.PurchaseOrderDue)
	m := orderMail{
		Name: b.Details.Name, Count: models.Count(len(b.Standing()), "place"), Reference: b.Reference(), Gross: sum.Gross, VAT: note, Facts: sessionFacts(s),
		Unnamed: unnamedWords(b.Unnamed()), By: b.PurchaseOrderDue, Button: Button{"Send the purchase order number", d.page(b) + "/purchase-order"},
	}
	for _, p := range b.Places {
		if p.Named() {
			m.People = append(m.People, p.Name)
		}
	}
	return m, err
}

// acknowledge tells the booker that the places are theirs and by when the purchase order number must come. It is no invoice.
func (d Desk) acknowledge(ctx context.Context, tx models.DB, b Booking, s scheduling.Session) error {
	data, err := d.orderMail(ctx, tx, b, s)
	if err != nil {
		return err
	}
	return d.post(ctx, tx, b, mailAcknowledged, b.Reference(), b.Details.Name, b.Details.Email, data)
}

// wantPurchaseOrder asks the booker for the number, once for each day it is due and stage.
func (d Desk) wantPurchaseOrder(ctx context.Context, tx models.DB, b Booking, s scheduling.Session, stage string) error {
	data, err := d.orderMail(ctx, tx, b, s)
	if err != nil {
		return err
	}
	cause := b.Reference() + "/" + b.PurchaseOrderDue.ISO() + "/" + stage
	return d.post(ctx, tx, b, mailOrderWanted, cause, b.Details.Name, b.Details.Email, data)
}

// The mails that ask for a purchase order.
const (
	mailAcknowledged = "booking-acknowledged"
	mailOrderWanted  = "purchase-order-wanted"
)
