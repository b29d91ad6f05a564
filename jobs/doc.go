// Package jobs runs work that must not be lost and must not hold anybody up: mails, refunds, sweeps. A job is a row written in
// the transaction of its cause, so that it exists exactly when its cause does.
//
// A job runs at least once. A worker therefore reads the row its job is about, decides by comparing it with the transaction's
// now, and finds nothing to do the second time. Nothing relies on the time a job is scheduled for: the queue decides only when
// to look, never what is due.
//
// The queue is River, on both databases. No other package knows it, so that a newer River is a change in this folder alone.
package jobs
