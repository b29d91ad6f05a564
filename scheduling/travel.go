package scheduling

import "time"

// span is a stretch of a trainer's time, from its first instant up to but not including its last.
type span struct{ from, until time.Time }

// busySpans are the times for which the parts of one session take a trainer, one for each part, in order. Online that is the part
// itself. Face to face it is the part with travel and set-up before and after; between two parts so close that there is no
// going away and coming back, the trainer stays, and the time between belongs to the first. The spans of one session never overlap.
func busySpans(parts []Part, format Format, travel time.Duration) []span {
	spans := make([]span, 0, len(parts))
	for i, p := range parts {
		s := span{p.StartsAt, p.EndsAt}
		if format == FaceToFace {
			s = span{p.StartsAt.Add(-travel), p.EndsAt.Add(travel)}
			if i > 0 && stays(parts[i-1], p, travel) {
				s.from = p.StartsAt
			}
			if i+1 < len(parts) && stays(p, parts[i+1], travel) {
				s.until = parts[i+1].StartsAt
			}
		}
		spans = append(spans, s)
	}
	return spans
}

// stays says that the time between two parts is too short to travel there and back.
func stays(one, next Part, travel time.Duration) bool {
	return next.StartsAt.Sub(one.EndsAt) < 2*travel
}
