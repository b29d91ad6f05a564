package scheduling

// Where is the town of a face-to-face session, or "Online".
func (s Session) Where() string {
	if s.Venue != nil {
		return s.Venue.Town
	}
	return Online.Title()
}

// Heading is the session's name in a list: "Face to face, Salford" or "Online, two mornings".
func (s Session) Heading() string {
	if s.Format == FaceToFace {
		return s.Format.Title() + ", " + s.Where()
	}
	return s.Format.Title() + ", " + s.Length()
}

// WhenLine stands under the heading: "9:30am to 4:30pm, one day, with Alan". An online session has its length in the heading.
func (s Session) WhenLine() string {
	line := s.TimesLine()
	if s.Format == FaceToFace {
		line += ", " + s.Length()
	}
	if names := s.TrainerNames(); names != "" {
		line += ", with " + names
	}
	return line
}

// PlaceLine says how one gets there, without anything secret: "Frederick Road campus, step-free, hearing loop" or "By video
// call with captions, link sent a week before".
func (s Session) PlaceLine() string {
	if s.Venue == nil {
		if s.Captions {
			return "By video call with captions, link sent a week before"
		}
		return "By video call, link sent a week before"
	}
	line := s.Venue.Name
	if s.Venue.StepFree {
		line += ", step-free"
	}
	if s.Venue.HearingLoop {
		line += ", hearing loop"
	}
	return line
}

// TrainerNames are the trainers as a sentence names them: "Alan and Rowan".
func (s Session) TrainerNames() string {
	names := make([]string, 0, len(s.Trainers))
	for _, t := range s.Trainers {
		names = append(names, t.Name)
	}
	return listed(names)
}

// DaysLine is every day of the session in full, for anybody who has to turn up: "Thursday 14 January 2027" or "Tuesday 26 January
// 2027 and Wednesday 27 January 2027".
func (s Session) DaysLine() string {
	var days []string
	for _, d := range s.Days() {
		days = append(days, d.Long())
	}
	return listed(days)
}
