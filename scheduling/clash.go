package scheduling

import (
	"fmt"
	"strconv"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// engagement is a part that takes a trainer already, with the travel around it.
type engagement struct {
	TrainerName string
	Town        string // empty when it is online
	StartsAt    time.Time
	EndsAt      time.Time
	BusyFrom    time.Time
	BusyUntil   time.Time
}

// clash says in a sentence why the trainer is not free for a part: "Rowan is in Bolton until 4:30pm and needs 60 minutes to
// travel. Choose another time or trainer". The day is named where the session wanted has several. Its cause is models.ErrOverlap.
func clash(taken engagement, wanted Part, busy span, severalDays bool) error {
	where := "online"
	if taken.Town != "" {
		where = "in " + taken.Town
	}
	var when string
	var travel time.Duration
	switch {
	case !taken.EndsAt.After(wanted.StartsAt):
		when = "until " + models.ClockTime(taken.EndsAt)
		travel = taken.BusyUntil.Sub(taken.EndsAt) + wanted.StartsAt.Sub(busy.from)
	case !taken.StartsAt.Before(wanted.EndsAt):
		when = "from " + models.ClockTime(taken.StartsAt)
		travel = taken.StartsAt.Sub(taken.BusyFrom) + busy.until.Sub(wanted.EndsAt)
	default:
		when = "from " + models.ClockTime(taken.StartsAt) + " to " + models.ClockTime(taken.EndsAt)
	}
	if severalDays {
		when += " on " + models.DateOf(taken.StartsAt).Long()
	}
	if minutes := int(travel.Minutes()); minutes > 0 {
		when += " and needs " + strconv.Itoa(minutes) + " minutes to travel"
	}
	sentence := fmt.Sprintf("%s is %s %s. Choose another time or trainer", taken.TrainerName, where, when)
	return (&models.Error{Kind: models.KindConflict, Field: FieldTrainers, Msg: sentence}).Because(models.ErrOverlap)
}

// elsewhere is the sentence for a clash that only the database saw.
func elsewhere(cause error) error {
	e := models.Error{Kind: models.KindConflict, Field: FieldTrainers, Msg: "A trainer has been given another session at this time. Choose another time or trainer"}
	return e.Because(cause)
}
