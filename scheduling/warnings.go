package scheduling

import (
	"context"
	"strconv"

	"hub.salford.ac.uk/ssph/models"
)

// Warnings says what the office should know about a session that is nevertheless allowed: a day without accreditation, a link
// still to come, a start in the night. It is empty when there is nothing.
func Warnings(ctx context.Context, db models.DB, s Session) ([]string, error) {
	var found []string
	for _, day := range s.Days() {
		_, accredited, err := Accreditation(ctx, db, s.CourseID, day)
		if err != nil {
			return nil, err
		}
		if !accredited {
			found = append(found, "No accreditation covers "+day.String()+": pages and certificates will not say that this session is accredited")
			break
		}
	}
	if s.Format == Online && s.JoinLink == "" {
		due := s.FirstDay().AddDays(-7)
		found = append(found, "The link is still to come. Enter it by "+due.Long())
	}
	for _, p := range s.Parts {
		if from := minuteOfDay(p.StartsAt); from < earliestUsual || from >= latestUsual {
			found = append(found, "Part "+strconv.Itoa(p.Ordinal)+" starts at "+models.ClockTime(p.StartsAt)+". Check that this is right")
		}
	}
	return found, nil
}

// Starts before 7am or from 9pm on are possible but hardly meant.
const (
	earliestUsual = 7 * 60
	latestUsual   = 21 * 60
)
