package scheduling

import "hub.salford.ac.uk/ssph/models"

// Format is where a session happens.
type Format string

// The two formats.
const (
	FaceToFace Format = "face-to-face"
	Online     Format = "online"
)

// ParseFormat reads a format as it stands in addresses. It refuses anything else with field "format".
func ParseFormat(s string) (Format, error) {
	switch f := Format(s); f {
	case FaceToFace, Online:
		return f, nil
	}
	return "", models.Invalid("format", "Choose face to face or online")
}

// Title is the format at the beginning of a heading: Face to face, Online.
func (f Format) Title() string {
	if f == FaceToFace {
		return "Face to face"
	}
	return "Online"
}

// Words is the format in the middle of a sentence: face to face, online.
func (f Format) Words() string {
	if f == FaceToFace {
		return "face to face"
	}
	return "online"
}
