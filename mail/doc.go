// Package mail owns the outbox. A mail is written as a row in the transaction of its cause and sent later by a job, so that it
// exists exactly when its cause does and no page waits for a mail server.
//
// The cause is unique: however often a use case runs, one cause makes one mail. Sending is at least once: when the program dies
// after the mail server took a mail and before the row says so, the mail is sent again with the same Message-Id, by which most
// servers know it. A mail that is marked as sent is never sent again.
//
// Every mail has one recipient, so nobody learns another person's address. Only this package knows the e-mail library, which
// builds the message; the guard before it and the transport are our own.
package mail
