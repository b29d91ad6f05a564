package templates

import (
	"fmt"
	"html/template"
	"strings"
	"time"
	"unicode/utf8"

	"hub.salford.ac.uk/ssph/models"
)

// funcs are the pure functions that templates may call. None of them makes HTML.
func funcs() template.FuncMap {
	return template.FuncMap{
		"money":      func(p models.Pence) string { return p.String() },
		"short":      func(p models.Pence) string { return p.Short() },
		"date":       func(d models.Date) string { return d.String() },
		"longdate":   func(d models.Date) string { return d.Long() },
		"daymonth":   dayMonth,
		"clock":      func(t time.Time) string { return models.ClockTime(t) },
		"when":       func(t time.Time) string { return models.When(t) },
		"plural":     plural,
		"join":       joinWords,
		"lower":      lowerFirst,
		"add":        func(a, b int) int { return a + b },
		"action":     func(label, url string) Action { return Action{label, url} },
		"tag":        func(look TagLook, word string) Tag { return Tag{look, word} },
		"format":     FormatWords,
		"input":      newInput,
		"number":     newNumber,
		"hint":       withHint,
		"kind":       withKind,
		"auto":       withAutocomplete,
		"wide":       withWidth,
		"rows":       withRows,
		"quiet":      withHiddenLabel,
		"radios":     newChoices,
		"checkboxes": newChoices,
		"choose":     newChoices,
		"option":     withOption,
		"inline":     inline,
		"small":      small,
		"legend":     withLegendSize,
		"tick":       newTick,
	}
}

// plural writes "1 place", "3 places".
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// dayMonth writes 14 January: for lines where the year stands nearby.
func dayMonth(d models.Date) string { return fmt.Sprintf("%d %s", d.Day, d.Month) }

// joinWords writes "a", "a and b", "a, b and c".
func joinWords(words []string) string {
	switch n := len(words); n {
	case 0:
		return ""
	case 1:
		return words[0]
	default:
		return strings.Join(words[:n-1], ", ") + " and " + words[n-1]
	}
}

// lowerFirst puts a phrase into the middle of a sentence.
func lowerFirst(s string) string {
	if s == "" {
		return s
	}
	_, first := utf8.DecodeRuneInString(s)
	return strings.ToLower(s[:first]) + s[first:]
}

// FormatWords names a format on screen: "Face to face" or "Online". Anything else is shown as it is.
func FormatWords(format string) string {
	switch format {
	case "face-to-face":
		return "Face to face"
	case "online":
		return "Online"
	}
	return format
}
