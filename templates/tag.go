package templates

// TagLook is the colour and shape of a tag: state is never colour alone.
type TagLook string

// The five looks: each colour has its own shape.
const (
	TagOK    TagLook = "ok"    // green, disc: going ahead, paid, active
	TagWait  TagLook = "wait"  // ochre, ring: few left, due soon, to name
	TagStop  TagLook = "stop"  // red, diamond: full, cancelled, overdue
	TagInfo  TagLook = "info"  // blue, square: booked, sent
	TagQuiet TagLook = "quiet" // grey, dash: past, draft, credited
)

// Tag is one word or two about a state. The date belongs under it, not in it.
type Tag struct {
	Look TagLook
	Word string
}

// fewPlaces is the number from which places left are shown as few.
const fewPlaces = 5

// PlacesTag says how many places are left on a session that can still be booked: "6 places left", "3 places left" (few), "Full".
func PlacesTag(left int) Tag {
	switch {
	case left <= 0:
		return Tag{TagStop, "Full"}
	case left <= fewPlaces:
		return Tag{TagWait, plural(left, "place", "places") + " left"}
	}
	return Tag{TagOK, plural(left, "place", "places") + " left"}
}
