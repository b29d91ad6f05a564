package licensing

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
)

// Facts are what a certificate says about the session, as it was when the certificate was issued.
type Facts struct {
	Course   string
	Format   models.Format
	Days     []models.Date // London days with a part, in order
	Parts    int
	Minutes  int    // all parts together
	Length   string // one day, two mornings
	Where    string // the town; empty online
	Trainers string // Alan and Rowan
}

// factsOf takes the facts from a session whose every part was attended.
func factsOf(s scheduling.Session) Facts {
	f := Facts{Course: s.CourseTitle, Format: s.Format, Days: s.Days(), Parts: len(s.Parts), Length: s.Length(), Trainers: s.TrainerNames()}
	for _, p := range s.Parts {
		f.Minutes += int(p.EndsAt.Sub(p.StartsAt).Minutes())
	}
	if s.Venue != nil {
		f.Where = s.Venue.Town
	}
	return f
}

// Attended says when, how and where: "4 and 11 December 2025, both parts, online", "14 January 2027, face to face, Salford".
func (f Facts) Attended() string {
	words := []string{daysWords(f.Days)}
	if f.Parts > 1 {
		words = append(words, partsWords(f.Parts))
	}
	words = append(words, f.Format.Words())
	if f.Where != "" {
		words = append(words, f.Where)
	}
	return strings.Join(words, ", ")
}

// Hours says how long the session was: "7 hours, as two half-days", "7 hours, in one day".
func (f Facts) Hours() string {
	var words []string
	if hours := f.Minutes / 60; hours > 0 {
		words = append(words, models.Count(hours, "hour"))
	}
	if minutes := f.Minutes % 60; minutes > 0 {
		words = append(words, models.Count(minutes, "minute"))
	}
	spread := ", in "
	if len(f.Days) > 1 {
		spread = ", as "
	}
	return strings.Join(words, " ") + spread + f.Length
}

// Why is the reason for a certificate or a licence, as somebody would say it of the person: "You attended both parts of the online
// session, 4 and 11 December 2025". who begins the sentence: You, or a name.
func (f Facts) Why(who string) string {
	format := strings.ReplaceAll(f.Format.Words(), " ", "-")
	if f.Parts > 1 {
		return who + " attended " + partsWords(f.Parts) + " of the " + format + " session, " + daysWords(f.Days)
	}
	return who + " attended the " + format + " session on " + daysWords(f.Days)
}

func partsWords(n int) string {
	if n == 2 {
		return "both parts"
	}
	words := strings.Fields("no one two three four five six seven eight nine ten")
	if n < len(words) {
		return "all " + words[n] + " parts"
	}
	return "all " + strconv.Itoa(n) + " parts"
}

// daysWords writes days as people do, the month and the year once where they are the same: 4 and 11 December 2025.
func daysWords(days []models.Date) string {
	words := make([]string, len(days))
	for i, d := range days {
		words[i] = d.String()
		if i+1 == len(days) {
			continue
		}
		switch last := days[len(days)-1]; {
		case d.Year == last.Year && d.Month == last.Month:
			words[i] = strconv.Itoa(d.Day)
		case d.Year == last.Year:
			words[i] = fmt.Sprintf("%d %s", d.Day, d.Month)
		}
	}
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}

// factsText is how the facts are kept.
type factsText struct {
	Format   models.Format `json:"format"`
	Days     []string      `json:"days"`
	Parts    int           `json:"parts"`
	Minutes  int           `json:"minutes"`
	Length   string        `json:"length"`
	Where    string        `json:"where"`
	Trainers string        `json:"trainers"`
}

func (f Facts) text() (string, error) {
	kept := factsText{Format: f.Format, Parts: f.Parts, Minutes: f.Minutes, Length: f.Length, Where: f.Where, Trainers: f.Trainers}
	for _, d := range f.Days {
		kept.Days = append(kept.Days, d.ISO())
	}
	text, err := json.Marshal(kept)
	return string(text), err
}

func parseFacts(course, text string) (Facts, error) {
	var kept factsText
	if err := json.Unmarshal([]byte(text), &kept); err != nil {
		return Facts{}, fmt.Errorf("facts of a certificate: %w", err)
	}
	f := Facts{
		Course: course, Format: kept.Format, Parts: kept.Parts, Minutes: kept.Minutes, Length: kept.Length, Where: kept.Where, Trainers: kept.Trainers,
	}
	for _, iso := range kept.Days {
		d, err := models.ParseDate(iso)
		if err != nil {
			return Facts{}, fmt.Errorf("facts of a certificate: %w", err)
		}
		f.Days = append(f.Days, d)
	}
	return f, nil
}
