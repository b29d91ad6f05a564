package app

import (
	"context"
	"fmt"
	"time"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/delivery"
	"hub.salford.ac.uk/ssph/jobs"
	"hub.salford.ac.uk/ssph/licensing"
	"hub.salford.ac.uk/ssph/mail"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
)

// Check is one thing the doctor looks at. It returns a sentence for each thing that is wrong, and an error when it could not look.
type Check struct {
	Name string
	Run  func(ctx context.Context, db models.DB) ([]string, error)
}

// Checks are all of them, in the order in which they are printed.
func Checks() []Check {
	return []Check{
		{"Sessions and trainers", scheduling.Check},
		{"No session has more places taken than it has", booking.CheckCapacity},
		{"Places, bookings and their invoices", booking.CheckPlaces},
		{"Cancelled places and their credit notes", booking.CheckCancellations},
		{"Registers and completions", delivery.Check},
		{"Certificates, licences and their dates", licensing.CheckRecords},
		{"Stored certificates are as they were issued", licensing.CheckFiles},
		{"Document numbers without gap or double", billing.CheckSeries},
		{"Ledger and documents agree", billing.CheckLedger},
		{"Day book, payments and ledger agree", billing.CheckBooks},
		{"Somebody is asked about money that waits", billing.CheckAsked},
		{"Stored files are as they were issued, and say what their rows say", billing.CheckFiles},
		{"Quotes are as they were made", booking.CheckQuotes},
		{"No mail has waited for over an hour", checkMail},
		{"No job has failed for good", checkJobs},
	}
}

func checkMail(ctx context.Context, db models.DB) ([]string, error) {
	n, err := mail.Overdue(ctx, db, time.Hour)
	if err != nil || n == 0 {
		return nil, err
	}
	return []string{models.Count(int(n), "mail") + " in the queue for over an hour: look at the mail server and the failed jobs"}, nil
}

func checkJobs(ctx context.Context, db models.DB) ([]string, error) {
	failed, err := jobs.Failed(ctx, db)
	var found []string
	for _, f := range failed {
		found = append(found, fmt.Sprintf("job %d (%s): %s", f.ID, f.Kind, f.LastError))
	}
	return found, err
}
