package documents

import (
	"errors"
	"fmt"
	"net/mail"
	"net/url"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"

	"hub.salford.ac.uk/ssph/models"
)

// CalendarMethod says what a calendar file asks of the calendar that opens it.
type CalendarMethod string

// The methods we send.
const (
	CalendarRequest CalendarMethod = "REQUEST" // put it in, or replace what is there under the same UID
	CalendarCancel  CalendarMethod = "CANCEL"  // take it out
)

// calendarDomain ends every UID (RFC 5545, 3.8.4.7). It is fixed, and not the site's address: an entry that people have in their
// calendars must still be found by its UID after the site has moved.
const calendarDomain = "ssph.hub.salford.ac.uk"

// Invitation is one person's invitation to a session, or its cancellation. It names nobody else.
type Invitation struct {
	Method CalendarMethod
	// Place is the reference of the person's place. With the reference of a part it makes the UID, so a later invitation for the
	// same place and part replaces the earlier one.
	Place    string
	Sequence int       // 0 first, then one more for every change
	Stamp    time.Time // when the invitation was made
	// Organiser is the Hub, Attendee the one person invited.
	Organiser, Attendee Contact
	Title               string
	Location            string // a venue with its address, or Online
	Description         string // may have several lines
	URL                 string // http or https; may be empty
	Parts               []Sitting
}

// Contact is a name with an e-mail address.
type Contact struct{ Name, Address string }

// Sitting is one part of a session.
type Sitting struct {
	Part       string // its reference, stable when it is moved
	Start, End time.Time
	Location   string // where it differs from the session's
	Label      string // such as "part 1 of 2"; stands after the title. Empty: numbered here when there are several
}

// Calendar writes an iCalendar file (RFC 5545) with one event for each part, in Europe/London time. The bytes depend on the
// invitation alone. It refuses addresses and references that could carry anything but themselves; names and texts are
// cleaned and escaped.
func Calendar(inv Invitation) ([]byte, error) {
	if err := inv.check(); err != nil {
		return nil, fmt.Errorf("documents: calendar for place %q: %w", inv.Place, err)
	}
	cal := ics.NewCalendar()
	cal.SetProductId("-//Salford Social Prescribing Hub//SSPH//EN")
	cal.SetCalscale("GREGORIAN")
	cal.SetMethod(ics.Method(inv.Method))
	cal.Components = append(cal.Components, londonZone())
	for _, p := range inv.numbered() {
		cal.Components = append(cal.Components, inv.event(p))
	}
	return []byte(cal.Serialize(ics.WithNewLineWindows)), nil //nolint:misspell // the library's name
}

// Split gives one invitation for each part, for mail: RFC 5546 allows a scheduling message only one UID, and some calendars
// show only the first event of a file.
func (inv Invitation) Split() []Invitation {
	var all []Invitation
	for _, p := range inv.numbered() {
		one := inv
		one.Parts = []Sitting{p}
		all = append(all, one)
	}
	return all
}

// numbered gives the parts of a session in several parts their labels.
func (inv Invitation) numbered() []Sitting {
	parts := append([]Sitting(nil), inv.Parts...)
	for i := range parts {
		if len(parts) > 1 && parts[i].Label == "" {
			parts[i].Label = fmt.Sprintf("part %d of %d", i+1, len(parts))
		}
	}
	return parts
}

func (inv Invitation) event(p Sitting) *ics.VEvent {
	e := ics.NewEvent(fmt.Sprintf("%s-%s@%s", inv.Place, p.Part, calendarDomain))
	e.SetDtStampTime(inv.Stamp)
	e.SetSequence(inv.Sequence)
	summary := oneLine(inv.Title)
	if p.Label != "" {
		summary += ", " + oneLine(p.Label)
	}
	if inv.Method == CalendarCancel {
		e.SetStatus(ics.ObjectStatusCancelled)
	} else {
		e.SetStatus(ics.ObjectStatusConfirmed)
	}
	e.SetSummary(summary)
	e.SetProperty(ics.ComponentPropertyDtStart, london(p.Start), ics.WithTZID(londonID))
	e.SetProperty(ics.ComponentPropertyDtEnd, london(p.End), ics.WithTZID(londonID))
	location := oneLine(p.Location)
	if location == "" {
		location = oneLine(inv.Location)
	}
	if location != "" {
		e.SetLocation(location)
	}
	if text := manyLines(inv.Description); text != "" {
		e.SetDescription(text)
	}
	if inv.URL != "" {
		e.SetURL(inv.URL)
	}
	e.SetTimeTransparency(ics.TransparencyOpaque)
	calendarUser(e, "ORGANIZER", inv.Organiser, "") //nolint:misspell // the word of the standard
	calendarUser(e, "ATTENDEE", inv.Attendee, ";CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE")
	return e
}

// calendarUser adds a property that names a person. The library would put backslashes into a name such as O'Brien, which
// calendars show; the standard wants the name in quotation marks, so the parameters are written here.
func calendarUser(e *ics.VEvent, property string, c Contact, parameters string) {
	if name := strings.ReplaceAll(oneLine(c.Name), `"`, "'"); name != "" {
		parameters = `;CN="` + name + `"` + parameters
	}
	e.AddProperty(ics.ComponentProperty(property+parameters), "mailto:"+c.Address)
}

func (inv Invitation) check() error {
	var errs []error
	need := func(ok bool, what string) {
		if !ok {
			errs = append(errs, errors.New(what))
		}
	}
	need(inv.Method == CalendarRequest || inv.Method == CalendarCancel, "unknown method")
	need(token(inv.Place), "the place's reference is not a plain word")
	need(inv.Sequence >= 0 && !inv.Stamp.IsZero(), "sequence or stamp is missing")
	need(plainAddress(inv.Organiser.Address), "the organiser's address is not a plain e-mail address")
	need(plainAddress(inv.Attendee.Address), "the attendee's address is not a plain e-mail address")
	need(oneLine(inv.Title) != "", "the title is empty")
	need(inv.URL == "" || webAddress(inv.URL), "the link is not a web address")
	need(len(inv.Parts) > 0, "no parts")
	seen := map[string]bool{}
	for _, p := range inv.Parts {
		need(token(p.Part) && !seen[p.Part], "a part's reference is not a plain word, or is there twice")
		need(!p.Start.IsZero() && p.Start.Before(p.End), "a part does not end after it starts")
		seen[p.Part] = true
	}
	return errors.Join(errs...)
}

// token says that s is letters, digits, dots, hyphens and underscores, and not empty.
func token(s string) bool {
	const allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_"
	return s != "" && strings.Trim(s, allowed) == ""
}

// plainAddress accepts an address as people have them, without quotation marks, comments or anything outside ASCII.
func plainAddress(s string) bool {
	a, err := mail.ParseAddress(s)
	if err != nil || a.Address != s || a.Name != "" {
		return false
	}
	return !strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune(`",;:\<>()[]`, r) })
}

func webAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" &&
		!strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r > '~' })
}

// london writes the clock time in London.
func london(t time.Time) string { return t.In(models.London).Format("20060102T150405") }
