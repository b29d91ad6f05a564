// Package scheduling owns courses and their accreditation, sessions and their parts, trainers' times and venues.
//
// It promises four things. A session's places are claimed by one caller at a time: every claiming transaction begins with Claim.
// No trainer is in two places: a part's time, with travel around it when it is face to face, is refused when it overlaps another,
// here with a sentence and in the database whatever happens. A time that a person typed is a London clock time and stays one
// over a change of the clocks. And a day is called accredited only inside the dates of a record that says so.
//
// Who may see a session: Find and Upcoming show what anybody may see, without the join link; FindAny shows everything and is for
// callers who already know that the person may see it.
package scheduling
