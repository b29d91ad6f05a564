package tool

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"hub.salford.ac.uk/ssph/documents"
	"hub.salford.ac.uk/ssph/models"
)

// How many characters a text may have.
const (
	longestNote = 20000
	longestLine = 500
	longestName = 60
)

// tidy brings a text to the form in which it is kept: composed letters, lines that end in one way, and no control characters but
// the tab and the end of a line. Everything else stays as it was typed. Error: invalid with the field, when it is too long.
func tidy(field, typed string, longest int) (string, error) {
	if !utf8.ValidString(typed) {
		typed = strings.ToValidUTF8(typed, "\uFFFD")
	}
	text := norm.NFC.String(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(typed))
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, text)
	if n := utf8.RuneCountInString(text); n > longest {
		return "", models.Invalid(field, "This has %d characters and can have %d. What you typed is still here: shorten it, or put some of it elsewhere", n, longest)
	}
	return text, nil
}

// tidyLine is tidy for what stands on one line.
func tidyLine(field, typed string, longest int) (string, error) {
	return tidy(field, strings.Join(strings.Fields(typed), " "), longest)
}

// tidyName is tidyLine for what is printed as a name, in any writing: without signs that a plan would leave out, or that turn the text.
// Error: invalid with the field.
func tidyName(field, typed string, longest int) (string, error) {
	name, err := tidyLine(field, typed, longest)
	if err == nil && !documents.PlainWords(name) {
		return "", models.Invalid(field, "This has a sign in it that we cannot print, such as an emoji. Type it in letters")
	}
	return name, err
}

// tidyAll tidies several texts in place and collects what is too long.
func tidyAll(wrong *models.Problems, texts map[string]*string) {
	for _, field := range sortedKeys(texts) {
		text, err := tidy(field, *texts[field], longestNote)
		for _, one := range models.ProblemsOf(err) {
			wrong.Add(one.Field, "%s", one.Msg)
		}
		if err == nil {
			*texts[field] = strings.TrimSpace(text)
		}
	}
}
