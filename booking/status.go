package booking

import "slices"

// Status is how far a booking has come.
type Status string

// The states of a booking. Expired is a state, not a deletion: a late payment finds it.
const (
	Held      Status = "held"
	Confirmed Status = "confirmed"
	Expired   Status = "expired"
	Cancelled Status = "cancelled"
)

var statusMoves = map[Status][]Status{
	Held:      {Confirmed, Expired, Cancelled},
	Expired:   {Held, Confirmed}, // taken up again while there is room, or by a late payment
	Confirmed: {Cancelled},
}

// CanBecome says whether a booking in state s may go over to state to.
func (s Status) CanBecome(to Status) bool { return slices.Contains(statusMoves[s], to) }

// PlaceStatus is how one place stands.
type PlaceStatus string

// The states of a place.
const (
	PlaceHeld      PlaceStatus = "held"
	PlaceConfirmed PlaceStatus = "confirmed"
	PlaceReleased  PlaceStatus = "released" // its booking's hold ended
	PlaceCancelled PlaceStatus = "cancelled"
)

var placeMoves = map[PlaceStatus][]PlaceStatus{
	PlaceHeld:      {PlaceConfirmed, PlaceReleased, PlaceCancelled},
	PlaceReleased:  {PlaceHeld, PlaceConfirmed},
	PlaceConfirmed: {PlaceCancelled},
}

// CanBecome says whether a place in state s may go over to state to.
func (s PlaceStatus) CanBecome(to PlaceStatus) bool { return slices.Contains(placeMoves[s], to) }
