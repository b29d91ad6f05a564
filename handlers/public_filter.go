package handlers

import (
	"net/url"
	"slices"
	"strconv"
	"unicode/utf8"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/templates"
)

// filterForm is what was asked of the list of dates.
type filterForm templates.SessionFilter

func filterFrom(typed url.Values) filterForm {
	f := filterForm{
		Formats: typed["format"], People: line(typed, "people"), Month: line(typed, "month"), Town: line(typed, "town"),
		Lengths: typed["length"], Access: typed["access"],
	}
	if f.People == "" {
		f.People = line(typed, "places") // as mails of ours ask
	}
	return f
}

// check says what the list is narrowed by. What makes no sense narrows nothing, and is said beside its field.
func (f *filterForm) check(tariff billing.Tariff, today models.Date) (scheduling.Filter, models.Problems) {
	var p models.Problems
	filter := scheduling.Filter{
		Format: scheduling.Format(onlyOne(&p, "format", "Choose face to face or online", f.Formats, "face-to-face", "online")),
		Length: scheduling.Length(onlyOne(&p, "length", "Choose one day or two half-days", f.Lengths,
			string(scheduling.OneDay), string(scheduling.SeveralDays))),
		Town: f.Town, StepFree: slices.Contains(f.Access, "step-free"), HearingLoop: slices.Contains(f.Access, "hearing-loop"),
		Captions: slices.Contains(f.Access, "captions"),
	}
	if !utf8.ValidString(f.Town) { // PostgreSQL would not even compare it
		p.Add("town", "Choose a place from the list")
		filter.Town = ""
	}
	if f.Month != "" {
		month, err := scheduling.ParseMonth(f.Month)
		if err != nil {
			p.Add("month", "Choose a month from the list")
		}
		filter.Month = month
	}
	if f.People != "" {
		checkPlaces(&p, "people", f.People, tariff, filter.Format, today)
	}
	return filter, p
}

// onlyOne reads a group of two checkboxes: one ticked narrows, both or none do not.
func onlyOne(p *models.Problems, field, sentence string, ticked []string, values ...string) string {
	for _, one := range ticked {
		if !slices.Contains(values, one) {
			p.Add(field, "%s", sentence)
			return ""
		}
	}
	if len(slices.Compact(slices.Sorted(slices.Values(ticked)))) != 1 {
		return ""
	}
	return ticked[0]
}

// checkPlaces reads a number of open-access places; what the Hub does not sell is said beside the field, with what to do instead
// and what that costs in the format; face to face when none is chosen.
func checkPlaces(p *models.Problems, field, typed string, tariff billing.Tariff, format scheduling.Format, today models.Date) int {
	places, err := strconv.Atoi(typed)
	if err != nil {
		p.Add(field, "Enter how many places you need as a number, like 3")
		return 0
	}
	if format == "" {
		format = scheduling.FaceToFace
	}
	request := billing.QuoteRequest{Route: billing.OpenAccess, Format: format, People: places}
	if _, err := tariff.Quote(request, today); err != nil {
		for _, one := range models.ProblemsOf(err) {
			p.Add(field, "%s", one.Msg)
		}
	}
	return places
}
