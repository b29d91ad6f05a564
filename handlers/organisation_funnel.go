package handlers

import (
	"fmt"
	"slices"
	"strings"

	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/templates"
)

// placeState is how far the person of a place has come.
type placeState string

// The states, from bought to trained.
const (
	placeUnnamed placeState = "to name"
	placeEmpty   placeState = "not used" // nobody was named before the session started
	placeBooked  placeState = "booked"
	placeWaiting placeState = "waiting for the trainer’s record"
	placeMissed  placeState = "missed"
	placeTrained placeState = "trained"
	placeDropped placeState = "cancelled"
)

func (v organisationView) stateOf(session scheduling.Session, p booking.Place) placeState {
	if _, done := v.training.completions[p.ID]; done {
		return placeTrained
	}
	outcome := v.training.outcomes[p.ID]
	switch {
	case session.Status == scheduling.Cancelled:
		return placeDropped
	case !p.Named() && session.HasStarted(v.now):
		return placeEmpty
	case !p.Named():
		return placeUnnamed
	case outcome == booking.OutcomeNoShow || outcome == booking.OutcomePart:
		return placeMissed
	case session.IsOver(v.now):
		return placeWaiting
	}
	return placeBooked
}

// funnel is how many places were bought, named, trained on and licensed, on one scale; each bar says why it is shorter.
func (v organisationView) funnel() []templates.FunnelBar {
	count, bought, licensed := map[placeState]int{}, 0, 0
	v.places(func(b booking.Booking, p booking.Place) {
		bought++
		count[v.stateOf(v.sessions[b.SessionID], p)]++
		if l, there := v.training.licenceOf(p); there && l.Decision.Allowed {
			licensed++
		}
	})
	named := bought - count[placeUnnamed] - count[placeEmpty]
	why := gapWords(count, placeUnnamed, placeEmpty)
	if why == "" && bought > 0 {
		why = "Everybody is named"
	}
	return []templates.FunnelBar{
		{Label: "Bought", Count: bought, Of: bought, Why: countBookings(len(v.bookings))},
		{Label: "Named", Count: named, Of: bought, Why: why},
		{Label: "Trained", Count: count[placeTrained], Of: bought, Why: whyNotTrained(count, named)},
		{Label: "Licensed", Count: licensed, Of: bought, Why: v.whyNotLicensed(count[placeTrained], licensed)},
	}
}

// whyNotTrained says what became of the named who are not trained: "3 booked, 1 missed".
func whyNotTrained(count map[placeState]int, named int) string {
	why := gapWords(count, placeBooked, placeWaiting, placeMissed, placeDropped)
	if why == "" && named > 0 {
		return "Everybody named is trained"
	}
	return why
}

// gapWords says how many there are of each of these states: "3 booked, 1 missed".
func gapWords(count map[placeState]int, states ...placeState) string {
	var words []string
	for _, state := range states {
		if n := count[state]; n > 0 {
			words = append(words, fmt.Sprintf("%d %s", n, state))
		}
	}
	return strings.Join(words, ", ")
}

// whyNotLicensed says how the licences of the trained stand that do not work any more; when all work, which end first.
func (v organisationView) whyNotLicensed(trained, licensed int) string {
	states, first, ending := map[string]int{}, models.Date{}, 0
	v.places(func(_ booking.Booking, p booking.Place) {
		l, there := v.training.licenceOf(p)
		switch {
		case !there:
		case !l.Decision.Allowed:
			states[lowerFirst(l.Decision.State.Tag())]++
		case first.IsZero() || l.Decision.LastDay.Before(first):
			first, ending = l.Decision.LastDay, 1
		case l.Decision.LastDay == first:
			ending++
		}
	})
	if trained == 0 {
		return ""
	}
	if licensed < trained {
		var words []string
		for state, n := range states {
			words = append(words, fmt.Sprintf("%d %s", n, state))
		}
		slices.Sort(words)
		return strings.Join(words, ", ")
	}
	ends := "end on "
	if ending == 1 {
		ends = "ends on "
	}
	return fmt.Sprintf("%d %s", ending, ends+first.String())
}

// trainingTag is how far the person has come, as a tag with the line under it.
func (state placeState) trainingTag(outcome booking.Outcome) (templates.Tag, string) {
	switch state {
	case placeTrained:
		return templates.Tag{Look: templates.TagOK, Word: "Trained"}, ""
	case placeMissed:
		if outcome == booking.OutcomePart {
			return templates.Tag{Look: templates.TagStop, Word: "Absent"}, "From one part or more"
		}
		return templates.Tag{Look: templates.TagStop, Word: "Absent"}, ""
	case placeWaiting:
		return templates.Tag{Look: templates.TagQuiet, Word: "Past"}, "Waiting for the trainer’s record"
	case placeDropped:
		return templates.Tag{Look: templates.TagStop, Word: "Cancelled"}, ""
	case placeUnnamed:
		return templates.Tag{Look: templates.TagWait, Word: "To name"}, ""
	case placeEmpty:
		return templates.Tag{Look: templates.TagQuiet, Word: "Past"}, "Nobody was named"
	case placeBooked:
	}
	return templates.Tag{Look: templates.TagInfo, Word: "Booked"}, ""
}

// addTraining fills in how the training and the licence of a place stand.
func (v organisationView) addTraining(row *templates.OrganisationPlace, session scheduling.Session, p booking.Place) {
	row.State, row.Note = v.stateOf(session, p).trainingTag(v.training.outcomes[p.ID])
	row.Licence = templates.Tag{Look: templates.TagQuiet, Word: "After training"}
	l, there := v.training.licenceOf(p)
	if !there {
		return
	}
	row.Licence = licenceTag(l.Decision)
	for _, note := range []string{lastDayNote(l.Decision), "Attended " + l.period.Cause.Facts.Attended()} {
		if note != "" {
			row.LicenceNotes = append(row.LicenceNotes, note)
		}
	}
	row.Action = &templates.Action{Label: "Certificate", URL: certificateURL(l.period.Cause.Certificate)}
}
