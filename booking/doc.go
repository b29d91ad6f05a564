// Package booking owns holds, bookings and places: who has which place on which session, and until when.
//
// It promises that a session is never oversold. Every change of a booking begins with scheduling.Claim, the session's one lock,
// and room is then counted from live rows; no path may skip it. A place is taken while its booking is confirmed, while its hold
// runs, and while a payment page that may still bring money is open. Money that comes late is seated when there is room, else sent
// back at once. One person has one place on a session. What a booking costs and on which terms it can be cancelled is frozen when
// its places are first held.
package booking
