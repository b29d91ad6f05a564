package handlers

import (
	"net/url"
	"strconv"
	"strings"

	"hub.salford.ac.uk/ssph/licensing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

// toolURL is where the tool begins.
const toolURL = toolCases

// licenceTag is how a licence stands, as a tag.
func licenceTag(d licensing.Decision) templates.Tag {
	tag := templates.Tag{Look: templates.TagStop, Word: d.State.Tag()}
	switch d.State {
	case licensing.StateActive:
		tag.Look = templates.TagOK
	case licensing.StateExpiring, licensing.StateGrace:
		tag.Look = templates.TagWait
	case licensing.StateScheduled:
		tag.Look, tag.Word = templates.TagInfo, "Starts on "+dayAndMonth(d.StartsOn)
	case licensing.StateTransferred, licensing.StateNone:
		tag.Look = templates.TagQuiet
	case licensing.StateExpired, licensing.StateSuspended, licensing.StateRevoked:
	}
	return tag
}

func dayAndMonth(d models.Date) string { return strconv.Itoa(d.Day) + " " + d.Month.String() }

// lastDayNote is the line under the tag.
func lastDayNote(d licensing.Decision) string {
	switch {
	case d.LastDay.IsZero():
		return ""
	case d.State == licensing.StateGrace:
		return "Last day was " + d.LastDay.String() + ", grace up to " + d.GraceEnds.String()
	case d.State == licensing.StateExpired:
		return "Last day was " + d.LastDay.String()
	}
	return "Last day " + d.LastDay.String()
}

// licenceCard is how a licence stands, to its holder: with the reason, and one thing to do.
func licenceCard(l licensing.Licence, d licensing.Decision) templates.LicenceCard {
	card := templates.LicenceCard{Heading: d.Heading(), State: licenceTag(d), Sentence: withStrong(d.Sentence, d.LastDay.Long())}
	if l.ID != 0 {
		card.Reference = l.Reference()
	}
	for _, p := range l.Periods {
		card.Why = append(card.Why, lowerFirst(p.Cause.Why()))
	}
	open := templates.Button{Label: "Open the tool", URL: toolURL}
	ask := templates.Button{Label: "Ask the Hub to renew", URL: renewURL(l, d)}
	switch d.State {
	case licensing.StateActive:
		card.Main = &open
	case licensing.StateExpiring, licensing.StateGrace:
		card.Main, card.Other = &ask, &templates.Action{Label: open.Label, URL: open.URL}
	case licensing.StateExpired:
		card.Main, card.Other = &ask, &templates.Action{Label: "Go to my cases", URL: toolURL}
	case licensing.StateSuspended, licensing.StateRevoked, licensing.StateTransferred:
		card.Main = &templates.Button{Label: "Ask the Hub", URL: "/contact?topic=licence"}
	case licensing.StateNone:
		card.Main = &templates.Button{Label: "See training dates", URL: "/sessions"}
	case licensing.StateScheduled:
	}
	return card
}

// renewURL is the way to a longer licence while no price is set for one: a letter to the Hub that says which it is.
func renewURL(l licensing.Licence, d licensing.Decision) string {
	words := "I would like to renew licence " + l.Reference() + ". Its last day is " + d.LastDay.String() + "."
	return "/contact?" + url.Values{"topic": {"licence"}, "message": {words}}.Encode()
}

// withStrong makes the words stand out in a sentence.
func withStrong(sentence, words string) []templates.InvoiceRun {
	before, after, found := strings.Cut(sentence, words)
	if !found {
		return []templates.InvoiceRun{{Text: sentence}}
	}
	runs := []templates.InvoiceRun{{Text: before}, {Text: words, Strong: true}}
	if after != "" {
		runs = append(runs, templates.InvoiceRun{Text: after})
	}
	return runs
}

// licenceLonger says which days another year would have, by the rule that makes them, and how to ask for it.
func licenceLonger(l licensing.Licence, d licensing.Decision) *templates.LicenceLonger {
	longer := licenceYear(l, d)
	if longer != nil {
		longer.How = "No price is set here for renewing a licence. Ask the Hub: we answer by email."
		longer.Ask = templates.Action{Label: "Ask the Hub to renew", URL: renewURL(l, d)}
	}
	return longer
}

func licenceYear(l licensing.Licence, d licensing.Decision) *templates.LicenceLonger {
	switch d.State {
	case licensing.StateActive, licensing.StateExpiring, licensing.StateGrace:
	case licensing.StateExpired:
		return &templates.LicenceLonger{
			Heading: "Renew any day", Text: "The days of grace are over, so your new year starts on the day you renew. Your cases wait for you.",
		}
	default:
		return nil
	}
	last := l.Periods[len(l.Periods)-1]
	next := l.Next(models.DateOf(d.At), last.Terms)
	up := " It then runs up to the end of " + next.LastDay.String() + "."
	if d.State == licensing.StateGrace {
		return &templates.LicenceLonger{
			Heading: "Renew in time, lose nothing",
			Text:    "Renew up to the end of " + d.GraceEnds.String() + " and your new year starts on " + next.StartsOn.String() + ", right after your last day." + up,
		}
	}
	return &templates.LicenceLonger{
		Heading: "Renew any day, lose nothing", Text: "Your new year starts on " + next.StartsOn.String() + ", however early you renew." + up,
	}
}

// lowerFirst puts a sentence into the middle of another.
func lowerFirst(words string) string {
	if words == "" {
		return ""
	}
	return strings.ToLower(words[:1]) + words[1:]
}
