package handlers

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/delivery"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/templates"
)

// markTyped is a mark that somebody chose on the register, and what stood there when they did.
type markTyped struct {
	place int64
	mark  delivery.Mark
	was   string
}

// marksFrom reads the marks that were changed on a register, by place. What was left as it was is left out, so that a page that lay
// open for a while takes back nothing that somebody else has marked since.
func marksFrom(typed url.Values) ([]markTyped, error) {
	var marks []markTyped
	for field := range typed {
		text, ours := strings.CutPrefix(field, "place-")
		if !ours {
			continue
		}
		place, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return nil, models.NotFound("This session has no such place")
		}
		mark, err := delivery.ParseMark(typed.Get(field))
		if err != nil {
			return nil, err
		}
		was := typed.Get("was-" + text)
		if before, _, _ := strings.Cut(was, ":"); before != string(mark) {
			marks = append(marks, markTyped{place: place, mark: mark, was: was})
		}
	}
	slices.SortFunc(marks, func(a, b markTyped) int { return cmp.Compare(a.place, b.place) })
	return marks, nil
}

// trainerRegisterSave writes the marks, and goes on with what was asked for: every button of the register saves first.
func (s *Site) trainerRegisterSave(c echo.Context) error {
	sheet, _, err := s.sheetAsked(c)
	if err != nil {
		return err
	}
	typed, err := posted(c)
	if err != nil {
		return err
	}
	marks, err := marksFrom(typed)
	if err != nil {
		return err
	}
	ctx, actor, id, part := c.Request().Context(), actorOf(c), sheet.Session.ID, sheet.Part.Ordinal
	var after delivery.Register
	err = s.db.InTx(ctx, func(tx models.DB) (err error) {
		after, err = saveMarks(ctx, tx, actor, id, part, marks)
		return err
	})
	if err != nil {
		return err
	}
	next, flash := afterSaving(typed.Get("do"), after)
	return s.done(c, next, flash)
}

// saveMarks writes marks into a register. A place that another person has got since the page was drawn is a conflict: the mark was
// meant for somebody else.
func saveMarks(ctx context.Context, tx models.DB, actor access.Actor, id int64, part int, marks []markTyped) (delivery.Register, error) {
	if _, err := scheduling.Claim(ctx, tx, id); err != nil {
		return delivery.Register{}, err
	}
	sheet, err := delivery.RegisterOf(ctx, tx, actor, id, part)
	if err != nil {
		return delivery.Register{}, err
	}
	if why := closedWords(sheet); why != "" {
		return sheet, models.Fail(models.KindConflict, "%s", why)
	}
	people := map[int64]string{} // by place, the person as the page knew them
	for _, row := range sheet.Rows {
		_, people[row.PlaceID], _ = strings.Cut(wasOf(row), ":")
	}
	for _, m := range marks {
		if _, person, drawn := strings.Cut(m.was, ":"); drawn && person != people[m.place] {
			return sheet, models.Fail(models.KindConflict, "A place was given to somebody else meanwhile, so nothing was saved. Open the register again")
		}
		if err := delivery.MarkPerson(ctx, tx, actor, id, part, m.place, m.mark); err != nil {
			return sheet, err
		}
	}
	return delivery.RegisterOf(ctx, tx, actor, id, part)
}

// afterSaving is where a button of the register leads, and what is said there.
func afterSaving(do string, sheet delivery.Register) (next, flash string) {
	url, progress := registerURL(sheet.Session.ID, sheet.Part.Ordinal), sheet.Progress()
	saved := "The register is saved. " + strconv.Itoa(progress.Marked) + " of " + strconv.Itoa(progress.People) + " marked."
	if place, ok := strings.CutPrefix(do, "name-"); ok {
		if _, err := strconv.ParseInt(place, 10, 64); err == nil {
			return url + "/places/" + place, ""
		}
	}
	switch do {
	case "walk-in":
		return url + "/walk-in", ""
	case "catch-up":
		return url + "/catch-up", ""
	case "rest":
		if progress.Left() > 0 {
			return url + "/rest", ""
		}
	case "complete":
		return trainerSessionURL(sheet.Session.ID) + "/complete", ""
	}
	return url, saved
}

// trainerRest asks before everybody who is not marked yet is marked as here.
func (s *Site) trainerRest(c echo.Context) error {
	sheet, _, err := s.sheetAsked(c)
	if err != nil {
		return err
	}
	url := registerURL(sheet.Session.ID, sheet.Part.Ordinal)
	left := slices.DeleteFunc(slices.Clone(sheet.Rows), func(r delivery.Row) bool { return !r.Named() || r.Mark != delivery.Unmarked })
	if len(left) == 0 || closedWords(sheet) != "" {
		return s.done(c, url, "Nobody is left to mark here.")
	}
	page := templates.MarkRestPage{
		Page: s.trainerPage(c, "Mark the rest as here"), Back: templates.Action{Label: "The register", URL: url}, URL: url + "/rest",
		Names: namesOf(left), Day: sheet.Part.Day().Long() + ofParts(sheet),
	}
	page.Background = templates.White
	return s.render(c, http.StatusOK, "trainer-rest", page)
}

// trainerRestSend marks them.
func (s *Site) trainerRestSend(c echo.Context) error {
	sheet, _, err := s.sheetAsked(c)
	if err != nil {
		return err
	}
	ctx, marked := c.Request().Context(), 0
	err = s.db.InTx(ctx, func(tx models.DB) (err error) {
		marked, err = delivery.MarkAll(ctx, tx, actorOf(c), sheet.Session.ID, sheet.Part.Ordinal)
		return err
	})
	if err != nil {
		return err
	}
	flash := "Nobody was left to mark."
	if marked > 0 {
		flash = "Everybody is marked: " + strconv.Itoa(marked) + " more as here."
	}
	return s.done(c, registerURL(sheet.Session.ID, sheet.Part.Ordinal), flash)
}
