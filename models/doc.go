// Package models holds what every part of SSPH shares: money, dates, percentages, states, the error vocabulary, the clock and
// the database handle. It knows the business's words but none of its use cases.
//
// Money is Pence. Instants are UTC, rounded to the microsecond both databases keep. Calendar dates are Date, always a day in
// Europe/London. Errors that a person may read are *Error; anything else is internal and never shown.
package models
