package billing

import (
	"context"
	"errors"
	"fmt"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/jobs"
	"hub.salford.ac.uk/ssph/mail"
	"hub.salford.ac.uk/ssph/models"
)

// Reminders writes to customers about invoices that are overdue. It knows what its mails need to know of the site.
type Reminders struct {
	BaseURL string // https://…, without a slash at the end
}

// remindEvery is how often overdue invoices are looked at; the rows and the day decide what is due.
const remindEvery = time.Hour

// RegisterReminders tells the job runner about the reminders.
func RegisterReminders(r *jobs.Registry, db models.DB, reminders Reminders) {
	r.Every("billing.reminders", remindEvery, func(ctx context.Context) error { return reminders.Send(ctx, db) })
}

// reminderStage is the latest of the stages, in days after the due day, that has come by today; 0 is none.
func reminderStage(due, today models.Date, stages []int) int {
	latest := 0
	for _, days := range stages {
		if days > latest && !today.Before(due.AddDays(days)) {
			latest = days
		}
	}
	return latest
}

// Send reminds of every overdue invoice at its stage, once for each invoice and stage: after an outage only the latest stage is sent,
// and an earlier one never after a later. Only organisations are reminded: about somebody who booked for themselves the office is asked.
// An invoice whose payment is disputed is left to the office. One that fails does not stop the others.
func (m Reminders) Send(ctx context.Context, db models.DB) error {
	settings, err := access.LoadSettings(ctx, db)
	if err != nil {
		return err
	}
	ids, err := overdueInvoices(ctx, db)
	if err != nil {
		return err
	}
	var failed []error
	for _, id := range ids {
		err := db.InTx(ctx, func(tx models.DB) error { return m.remind(ctx, tx, id, settings.OverdueReminders[:]) })
		if err != nil {
			failed = append(failed, fmt.Errorf("reminder of document %d: %w", id, err))
		}
	}
	return errors.Join(failed...)
}

// remind looks at one invoice under the lock of payments: money may have come meanwhile.
func (m Reminders) remind(ctx context.Context, tx models.DB, id int64, stages []int) error {
	if err := lockSeries(ctx, tx, Invoice); err != nil {
		return err
	}
	doc, err := documentByID(ctx, tx, id)
	if err != nil || doc.Outstanding() == 0 {
		return err
	}
	if goes, err := remindable(ctx, tx, doc); err != nil || !goes {
		return err
	}
	stage := reminderStage(doc.DueDate, tx.Today(), stages)
	if stage == 0 || doc.Customer.Email == "" {
		return nil
	}
	cause := fmt.Sprintf("%s/%s/%d", mailOverdue, doc.Code, stage)
	sent, err := mailCaused(ctx, tx, cause)
	if err != nil || sent {
		return err
	}
	if err := m.post(ctx, tx, doc, cause, stage == latestOf(stages)); err != nil {
		return err
	}
	return access.Record(ctx, tx, access.System(), access.Entry{
		Action: "reminder of overdue invoice sent", SubjectKind: "document", SubjectID: doc.ID, OrganisationID: doc.Customer.OrganisationID,
		Detail: map[string]any{"code": doc.Code, "days_after_due": stage, "outstanding_pence": doc.Outstanding()},
	})
}

// remindable says that reminders go to the customer of an overdue invoice: an organisation. One that is only a name to us is told by its
// purchase order from somebody who booked for themselves, about whom the office is asked instead. When a lost dispute has asked the office
// already, neither happens.
func remindable(ctx context.Context, tx models.DB, doc Document) (bool, error) {
	if doc.Customer.OrganisationID != nil {
		return true, nil
	}
	asked, err := askedByDispute(ctx, tx, doc.ID)
	if err != nil || asked {
		return false, err
	}
	if doc.PurchaseOrder != "" { // the office may have been asked before it was told by that
		return true, finishTaskAbout(ctx, tx, access.System(), taskAskFor, "document", doc.ID)
	}
	return false, raise(ctx, tx, taskAskFor, "document", doc.ID, fmt.Sprintf(
		"%s of %s for %s was due on %s. No reminder goes to somebody who booked for themselves: decide whether to ask for it, or credit it",
		doc.Outstanding(), doc.Code, doc.Customer.Name, doc.DueDate))
}

// mailOverdue is the kind of mail that reminds of an overdue invoice.
const mailOverdue = "invoice-overdue"

// overdueMail is what the customer reads.
type overdueMail struct {
	Name     string
	Code     string
	Order    string // the purchase order; empty without one
	Left     models.Pence
	Part     models.Pence // what has been paid
	Due      models.Date
	Supplier Supplier
	// Interest says that the law lets us claim interest: to businesses and public bodies only, with the last reminder.
	Interest bool
	Button   overdueButton
}

type overdueButton struct{ Label, URL string }

func (m Reminders) post(ctx context.Context, tx models.DB, doc Document, cause string, last bool) error {
	file, err := FileOf(ctx, tx, access.System().Scope(), doc.Code)
	if err != nil {
		return err
	}
	message, err := mail.Message{
		Cause: cause, Kind: mailOverdue, ToName: doc.Customer.Name, ToEmail: doc.Customer.Email, ReplyTo: doc.Supplier.Email,
		AboutKind: "document", AboutID: doc.ID,
		Parts: []mail.Part{{Filename: file.Name, ContentType: file.ContentType, Content: file.Content}},
	}.Draw(mailOverdue, overdueMail{
		Name: doc.Customer.Name, Code: doc.Code, Order: doc.PurchaseOrder, Left: doc.Outstanding(), Part: doc.Paid, Due: doc.DueDate,
		Supplier: doc.Supplier, Interest: last,
		Button: overdueButton{"See the invoice", m.BaseURL + "/invoices/" + doc.Code},
	})
	if err != nil {
		return err
	}
	return mail.Queue(ctx, tx, message)
}

func latestOf(stages []int) int {
	latest := 0
	for _, days := range stages {
		latest = max(latest, days)
	}
	return latest
}
