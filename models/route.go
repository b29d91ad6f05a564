package models

// Route is the way a session is sold.
type Route string

// The three routes.
const (
	OpenAccess Route = "open-access" // single places on a shared date
	Bespoke    Route = "bespoke"     // one organisation's own group
	OneToOne   Route = "one-to-one"  // one person, arranged on request
)

// ParseRoute reads a route as it stands in addresses and on the command line. It refuses anything else with field "route".
func ParseRoute(s string) (Route, error) {
	switch r := Route(s); r {
	case OpenAccess, Bespoke, OneToOne:
		return r, nil
	}
	return "", Invalid("route", "Choose open-access, bespoke or one-to-one")
}

// Title is the route at the beginning of a line: Open access, Own group, One to one.
func (r Route) Title() string {
	switch r {
	case Bespoke:
		return "Own group"
	case OneToOne:
		return "One to one"
	case OpenAccess:
	}
	return "Open access"
}

// Format is where a session happens.
type Format string

// The two formats.
const (
	FaceToFace Format = "face-to-face"
	Online     Format = "online"
)

// ParseFormat reads a format as it stands in addresses and on the command line. It refuses anything else with field "format".
func ParseFormat(s string) (Format, error) {
	switch f := Format(s); f {
	case FaceToFace, Online:
		return f, nil
	}
	return "", Invalid("format", "Choose face-to-face or online")
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
