package scheduling

import (
	"strings"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// now is Monday 23 November 2026, 9am.
func now() time.Time { return time.Date(2026, time.November, 23, 9, 0, 0, 0, time.UTC) }

func date(y int, m time.Month, d int) models.Date { return models.Date{Year: y, Month: m, Day: d} }

func part(d models.Date, from, until TimeOfDay) NewPart { return NewPart{d, from, until} }

// right is an online session with nothing wrong.
func right() NewSession {
	return NewSession{
		CourseID: 1, Route: OpenAccess, Format: Online, Capacity: 15, TrainerIDs: []int64{1}, Publish: true,
		Parts: []NewPart{part(date(2027, 1, 14), TimeOfDay{9, 30}, TimeOfDay{16, 30})},
	}
}

func parts(p ...NewPart) func(*NewSession) { return func(n *NewSession) { n.Parts = p } }

func TestNewSession_EachMistakeStandsBesideItsField(t *testing.T) {
	soon := part(date(2026, 11, 24), TimeOfDay{9, 30}, TimeOfDay{16, 30})
	tue, wed := date(2027, 1, 26), date(2027, 1, 27)
	am, noon, pm := TimeOfDay{9, 30}, TimeOfDay{12, 0}, TimeOfDay{16, 30}
	for name, c := range map[string]struct {
		change func(*NewSession)
		field  string // "" when nothing is wrong
	}{
		"right":                     {func(*NewSession) {}, ""},
		"no course":                 {func(n *NewSession) { n.CourseID = 0 }, FieldCourse},
		"unknown route":             {func(n *NewSession) { n.Route = "shared" }, FieldRoute},
		"unknown format":            {func(n *NewSession) { n.Format = "hybrid" }, FieldFormat},
		"no places":                 {func(n *NewSession) { n.Capacity = -1 }, FieldCapacity},
		"1 place":                   {func(n *NewSession) { n.Capacity = 1 }, ""},
		"200 places":                {func(n *NewSession) { n.Capacity = 200 }, ""},
		"201 places":                {func(n *NewSession) { n.Capacity = 201 }, FieldCapacity},
		"one to one with 2 places":  {func(n *NewSession) { n.Route, n.Capacity = OneToOne, 2 }, FieldCapacity},
		"no trainer":                {func(n *NewSession) { n.TrainerIDs = nil }, FieldTrainers},
		"own group of nobody":       {func(n *NewSession) { n.Route = Bespoke }, FieldOrganisation},
		"open access of one":        {func(n *NewSession) { n.OrganisationID = 4 }, FieldOrganisation},
		"face to face nowhere":      {func(n *NewSession) { n.Format = FaceToFace }, FieldVenue},
		"online in a venue":         {func(n *NewSession) { n.VenueID = 3 }, FieldVenue},
		"face to face with link":    {func(n *NewSession) { n.Format, n.VenueID, n.JoinLink = FaceToFace, 3, "https://example.org/a" }, FieldJoinLink},
		"link":                      {func(n *NewSession) { n.JoinLink = "https://meet.example.org/j/123?pwd=a%20b#x" }, ""},
		"link over http":            {func(n *NewSession) { n.JoinLink = "http://example.org/a" }, FieldJoinLink},
		"link without scheme":       {func(n *NewSession) { n.JoinLink = "example.org/a" }, FieldJoinLink},
		"link that runs":            {func(n *NewSession) { n.JoinLink = "javascript:alert(1)" }, FieldJoinLink},
		"link with a password":      {func(n *NewSession) { n.JoinLink = "https://u:p@example.org/" }, FieldJoinLink},
		"link over two lines":       {func(n *NewSession) { n.JoinLink = "https://example.org/a\r\nX: y" }, FieldJoinLink},
		"link with no host":         {func(n *NewSession) { n.JoinLink = "https:///a" }, FieldJoinLink},
		"link too long":             {func(n *NewSession) { n.JoinLink = "https://example.org/" + strings.Repeat("a", 500) }, FieldJoinLink},
		"soon without link":         {parts(soon), FieldJoinLink},
		"soon as a draft":           {func(n *NewSession) { n.Parts, n.Publish = []NewPart{soon}, false }, ""},
		"soon with link":            {func(n *NewSession) { n.Parts, n.JoinLink = []NewPart{soon}, "https://example.org/a" }, ""},
		"no parts":                  {parts(), FieldParts},
		"10 parts":                  {parts(tenDays()...), ""},
		"11 parts":                  {parts(make([]NewPart, 11)...), FieldParts},
		"no day":                    {parts(part(models.Date{}, am, pm)), "part-1-day"},
		"ends before it starts":     {parts(part(tue, pm, am)), "part-1-until"},
		"ends as it starts":         {parts(part(tue, am, am)), "part-1-until"},
		"12 hours":                  {parts(part(tue, TimeOfDay{8, 0}, TimeOfDay{20, 0})), ""},
		"more than 12 hours":        {parts(part(tue, TimeOfDay{8, 0}, TimeOfDay{20, 1})), "part-1-until"},
		"yesterday":                 {parts(part(date(2026, 11, 22), am, pm)), "part-1-day"},
		"today, an hour ago":        {parts(part(date(2026, 11, 23), TimeOfDay{8, 0}, pm)), "part-1-start"},
		"now":                       {parts(part(date(2026, 11, 23), TimeOfDay{9, 0}, pm)), "part-1-start"},
		"in three years":            {parts(part(date(2029, 11, 23), am, pm)), ""},
		"in the far future":         {parts(part(date(2029, 11, 24), am, pm)), "part-1-day"},
		"two days":                  {parts(part(tue, am, noon), part(wed, am, noon)), ""},
		"two days the wrong way":    {parts(part(wed, am, noon), part(tue, am, noon)), "part-2-start"},
		"back to back":              {parts(part(tue, am, noon), part(tue, noon, pm)), ""},
		"overlapping":               {parts(part(tue, am, pm), part(tue, noon, pm)), "part-2-start"},
		"a time that does not come": {parts(part(date(2027, 3, 28), TimeOfDay{1, 30}, am)), "part-1-start"},
		"a time that comes twice":   {parts(part(date(2027, 10, 31), TimeOfDay{1, 30}, am)), "part-1-start"},
		"ends in the change":        {parts(part(date(2027, 3, 28), TimeOfDay{0, 30}, TimeOfDay{1, 15})), "part-1-until"},
		"after the change":          {parts(part(date(2027, 3, 28), TimeOfDay{2, 0}, am)), ""},
	} {
		n := right()
		c.change(&n)
		_, problems := n.problems(now())
		switch {
		case c.field == "" && len(problems) > 0:
			t.Errorf("%s: %v", name, problems[0])
		case c.field != "" && (len(problems) != 1 || problems[0].Field != c.field):
			t.Errorf("%s: %v, want one problem beside %s", name, problems, c.field)
		}
	}
}

// tenDays are ten mornings on end.
func tenDays() (days []NewPart) {
	for i := range 10 {
		days = append(days, part(date(2027, 2, 1).AddDays(i), TimeOfDay{9, 30}, TimeOfDay{12, 0}))
	}
	return days
}

func TestNewSession_AllMistakesAtOnce(t *testing.T) {
	_, problems := NewSession{Capacity: 300}.problems(now())
	for _, field := range []string{FieldCourse, FieldRoute, FieldFormat, FieldCapacity, FieldTrainers, FieldParts} {
		if problems.For(field) == "" {
			t.Errorf("nothing beside %s", field)
		}
	}
	if again := models.ProblemsOf(problems.Err()); len(again) != len(problems) {
		t.Errorf("%d problems became %d", len(problems), len(again))
	}
}

func TestNewSession_PartsKeepTheTypedClockTimeOverTheChange(t *testing.T) {
	n := right()
	n.Parts = []NewPart{
		part(date(2027, 3, 23), TimeOfDay{9, 30}, TimeOfDay{13, 0}), part(date(2027, 3, 30), TimeOfDay{9, 30}, TimeOfDay{13, 0}),
	}
	got, problems := n.problems(now())
	if len(problems) > 0 {
		t.Fatal(problems[0])
	}
	if winter := time.Date(2027, 3, 23, 9, 30, 0, 0, time.UTC); got[0].StartsAt != winter {
		t.Errorf("before the change %v", got[0].StartsAt)
	}
	if summer := time.Date(2027, 3, 30, 8, 30, 0, 0, time.UTC); got[1].StartsAt != summer {
		t.Errorf("after the change %v", got[1].StartsAt)
	}
}
