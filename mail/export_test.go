package mail

import "net/mail"

// SendJob is the job that sends a mail.
func SendJob(id int64) send { return send{MailID: id} }

// Encode makes the bytes of a message.
func Encode(m Outgoing, from mail.Address) ([]byte, error) { return encode(m, from) }

// ASCIIName is what becomes of a file name.
func ASCIIName(name string) string { return asciiName(name) }

// CheckAddress says whether the outbox takes an address.
func CheckAddress(s string) error { return checkAddress(s) }

// Rows are the row types, for the check against the schema.
func Rows() []any { return []any{&mailRow{}, &partRow{}} }
