package licensing

import "hub.salford.ac.uk/ssph/models"

// casesSafe stands wherever writing ends: first of all the work is not lost.
const casesSafe = "Your cases are safe. You can read, print and export them"

// words are the sentence and the next step of a decision.
func (d Decision) words() (sentence, next string) {
	const ask = "Ask the Hub to renew your licence, or book another training day"
	since := models.DateOf(d.Since).String()
	switch d.State {
	case StateActive:
		return "Your licence works up to the end of " + d.LastDay.Long(), ""
	case StateExpiring:
		return "Your licence works up to the end of " + d.LastDay.Long(), ask
	case StateGrace:
		return "Your licence ended on " + d.LastDay.String() + ". You can go on using the tool up to the end of " + d.GraceEnds.String(), ask
	case StateExpired:
		return "Your licence ended on " + d.LastDay.String() + ". " + casesSafe, ask
	case StateScheduled:
		return "Your licence starts on " + d.StartsOn.String(), "Come back on that day"
	case StateSuspended:
		return "Your licence has been suspended since " + since + ". " + casesSafe, "Ask the Hub why, and what to do"
	case StateRevoked:
		if d.Grounds == GroundsMisuse {
			return "Your licence was withdrawn on " + since, "Ask the Hub about your cases"
		}
		return "Your licence was withdrawn on " + since + ". " + casesSafe, "Ask the Hub if this is a surprise"
	case StateTransferred:
		return "Your licence was passed on to somebody else on " + since, "Ask your organisation about your cases"
	case StateNone:
	}
	return "You have no licence for the tool. A licence comes with the training", "Book a training day"
}

// Heading is the decision in a few words, for the top of a page: "18 days left", "Your licence ended on 30 October 2026".
func (d Decision) Heading() string {
	switch d.State {
	case StateActive, StateExpiring:
		if d.DaysLeft == 0 {
			return "Last day today"
		}
		return models.Count(d.DaysLeft, "day") + " left"
	case StateGrace:
		return "In grace up to the end of " + d.GraceEnds.String()
	case StateExpired:
		return "Your licence ended on " + d.LastDay.String()
	case StateScheduled:
		return "Starts on " + d.StartsOn.String()
	case StateSuspended:
		return "Your licence is suspended"
	case StateRevoked:
		return "Your licence was withdrawn on " + models.DateOf(d.Since).String()
	case StateTransferred:
		return "Your licence was passed on"
	case StateNone:
	}
	return "You have no licence"
}

// Tag is the state as a tag says it.
func (s State) Tag() string {
	switch s {
	case StateActive:
		return "Active"
	case StateExpiring:
		return "Ends soon"
	case StateGrace:
		return "In grace"
	case StateExpired:
		return "Ended"
	case StateScheduled:
		return "Starts later"
	case StateSuspended:
		return "Suspended"
	case StateRevoked:
		return "Withdrawn"
	case StateTransferred:
		return "Passed on"
	case StateNone:
	}
	return "No licence"
}
