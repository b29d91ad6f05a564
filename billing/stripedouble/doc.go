// Package stripedouble stands in for Stripe where no money may move: in the demonstration, in development and in tests. It keeps
// state as Stripe does. A payment page is open, then complete or expired; refunds add up and never exceed the charge; an
// idempotency key answers the same request the same way and another request not at all; changes are told by signed webhooks, which
// a test can hold back, repeat, reorder, drop or spoil. It speaks API version 2023-10-16 and refuses parameters it does not know.
//
// It is no copy of Stripe's pages: the payer sees a plain page of ours that says no money moves.
//
// It shares no code with the gateway it serves, so a mistake in one is not repeated in the other.
package stripedouble
