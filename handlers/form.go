package handlers

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/models"
)

// posted is what a form sent in its body; values in the address are not among them.
func posted(c echo.Context) (url.Values, error) {
	if err := c.Request().ParseForm(); err != nil {
		var tooLarge *echo.HTTPError // from the body limit
		if errors.As(err, &tooLarge) {
			return nil, tooLarge
		}
		return nil, echo.NewHTTPError(http.StatusBadRequest).SetInternal(err)
	}
	return c.Request().PostForm, nil
}

// line reads a field of one line: trimmed, with every run of spaces and control characters made one space.
func line(values url.Values, name string) string {
	return strings.Join(strings.FieldsFunc(values.Get(name), func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r)
	}), " ")
}

// lines reads a field of several lines: line ends made one kind, other control characters dropped, trimmed.
func lines(values url.Values, name string) string {
	text := strings.ReplaceAll(strings.ReplaceAll(values.Get(name), "\r\n", "\n"), "\r", "\n")
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && unicode.IsControl(r) {
			return -1
		}
		return r
	}, text))
}

// ticked says whether a checkbox was ticked.
func ticked(values url.Values, name string) bool { return values.Get(name) == "yes" }

// needed adds a problem when a field is empty, in the sentence given, or longer than most characters.
func needed(p *models.Problems, field, value, sentence, label string, most int) {
	if value == "" {
		p.Add(field, "%s", sentence)
		return
	}
	fits(p, field, value, label, most)
}

// fits adds a problem when a field is longer than most characters or is not text.
func fits(p *models.Problems, field, value, label string, most int) {
	switch {
	case !utf8.ValidString(value):
		p.Add(field, "%s has characters we cannot read", label)
	case utf8.RuneCountInString(value) > most:
		p.Add(field, "%s must be %d characters or fewer", label, most)
	}
}

// penceShown is the amount that the page before showed; a form without one agrees to nothing.
func penceShown(typed url.Values) *models.Pence {
	pence := models.Pence(-1)
	if n, err := strconv.ParseInt(typed.Get("shown"), 10, 64); err == nil {
		pence = models.Pence(n)
	}
	return &pence
}

// penceField is an amount as the field "shown" carries it.
func penceField(p models.Pence) string { return strconv.FormatInt(int64(p), 10) }

// refused sorts an error of a use case: what the person can mend goes to the page as problems and the error returned is nil; every
// other error is returned. An invalid value without a field stands in the summary alone.
func refused(err error) (models.Problems, error) {
	if problems := models.ProblemsOf(err); len(problems) > 0 {
		return problems, nil
	}
	var e *models.Error
	if errors.As(err, &e) && e.Kind == models.KindInvalid {
		return models.Problems{e}, nil
	}
	return nil, err
}
