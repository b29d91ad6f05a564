package billing

import (
	"context"
	"fmt"

	"hub.salford.ac.uk/ssph/mail"
	"hub.salford.ac.uk/ssph/models"
)

// mailDispute is the kind of mail that tells the Hub of a dispute: there are days to answer one, and money is gone when it is lost.
const mailDispute = "dispute"

// disputeMail is what the Hub reads at its own address.
type disputeMail struct {
	Subject  string
	Happened string
	Paid     models.Pence
	PaidOn   models.Date
	Code     string // the latest invoice that the payment was on; empty for none
	Dispute  string
	Tasks    []string // what the office is asked because of it, each without its full stop
}

// tellOpened tells the Hub that a cardholder's bank asks for a payment back.
func tellOpened(ctx context.Context, tx models.DB, row disputeRow) error {
	return tellHub(ctx, tx, row, disputeMail{
		Subject: fmt.Sprintf("A cardholder’s bank asks for %s back", row.GrossPence), Happened: "A dispute has been opened at Stripe.",
	})
}

// tellLost tells the Hub that a dispute was lost. The customer is not written to: whether to ask for the money is the office's to decide.
func tellLost(ctx context.Context, tx models.DB, row disputeRow) error {
	happened := "The dispute is lost: the cardholder’s bank keeps the money."
	if !row.Withdrawn {
		happened = "The dispute is lost, but no money has been taken."
	}
	return tellHub(ctx, tx, row, disputeMail{Subject: fmt.Sprintf("The dispute about %s is lost", row.GrossPence), Happened: happened})
}

// tellHub writes to the supplier's address, once for each dispute and subject. A supplier without an address reads its tasks.
func tellHub(ctx context.Context, tx models.DB, row disputeRow, data disputeMail) error {
	supplier, err := CurrentSupplier(ctx, tx)
	if err != nil || supplier.Email == "" {
		return err
	}
	payment, err := paymentByID(ctx, tx, row.PaymentID)
	if err != nil {
		return err
	}
	data.Paid, data.PaidOn, data.Dispute = payment.GrossPence, payment.ReceivedOn, row.StripeDisputeID
	if data.Code, err = latestInvoice(ctx, tx, payment.ID); err != nil {
		return err
	}
	if data.Tasks, err = tasksAbout(ctx, tx, "dispute", row.ID); err != nil {
		return err
	}
	m, err := mail.Message{
		Cause: fmt.Sprintf("%s/%d/%s", mailDispute, row.ID, row.Status), Kind: mailDispute, ToName: supplier.TradingName, ToEmail: supplier.Email,
		AboutKind: "payment", AboutID: payment.ID,
	}.Draw(mailDispute, data)
	if err != nil {
		return err
	}
	return mail.Queue(ctx, tx, m)
}
