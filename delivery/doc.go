// Package delivery keeps the record of the day: the register of each part of a session, and the completions that follow from it.
//
// It promises that a register is kept by the session's own trainers and the office only, from the London day of each part until
// the session is completed; that a session is completed whole and once, however often and by however many at once it is asked;
// and that a completion is never changed or deleted: undoing one is a row of its own. Certificates and licences are made by
// licensing, which calls Complete in its own transaction.
package delivery
