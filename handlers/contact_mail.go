package handlers

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

// contactMail is what the e-mail contact says.
type contactMail struct {
	Topic      string
	From       string // the person, and the organisation when there is one
	Facts      []templates.Fact
	Message    string
	Paragraphs []string
}

func topicWords(topic string) string {
	switch topic {
	case "group":
		return "Own group"
	case "one-to-one":
		return "One to one"
	case "licence":
		return "Licence"
	case "other":
		return "Question"
	}
	return ""
}

func formatWords(format string) string {
	switch format {
	case "face-to-face", "online":
		return templates.FormatWords(format)
	case "either":
		return "Either"
	}
	return ""
}

func (f contactForm) mail() contactMail {
	m := contactMail{Topic: topicWords(f.Topic), From: f.Name, Message: f.Message, Paragraphs: strings.Split(f.Message, "\n\n")}
	if f.Organisation != "" {
		m.From += ", " + f.Organisation
	}
	for _, fact := range []templates.Fact{
		{Name: "About", Value: topicWords(f.Topic)},
		{Name: "Name", Value: f.Name},
		{Name: "Email", Value: f.Email},
		{Name: "Organisation", Value: f.Organisation},
		{Name: "People", Value: f.People},
		{Name: "Format", Value: formatWords(f.Format)},
	} {
		if fact.Value != "" {
			m.Facts = append(m.Facts, fact)
		}
	}
	return m
}

// cause is the same for the same message on the same day.
func (f contactForm) cause(day models.Date) string {
	whole := strings.Join([]string{day.ISO(), f.Topic, f.Name, f.Email, f.Organisation, f.People, f.Format, f.Message}, "\x00")
	sum := sha256.Sum256([]byte(whole))
	return "contact/" + hex.EncodeToString(sum[:16])
}
