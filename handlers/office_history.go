package handlers

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

// history is what happened to these things, oldest first, in words.
func (s *Site) history(ctx context.Context, actor access.Actor, subjects ...access.Subject) ([]templates.HistoryRow, error) {
	events, err := access.History(ctx, s.db, actor, subjects)
	rows := make([]templates.HistoryRow, len(events))
	for i, e := range events {
		rows[i] = templates.HistoryRow{At: e.At, What: eventWords(e), Who: eventActor(e)}
	}
	return rows, err
}

func eventActor(e access.Event) string {
	switch {
	case e.Name != "":
		return e.Name
	case e.Actor == "visitor":
		return "Somebody not signed in"
	}
	return "By itself"
}

// eventDetail is what the audit may keep about an event, whatever it is.
type eventDetail struct {
	Code       string          `json:"code"`
	Payment    booking.Payment `json:"payment"`
	Cause      string          `json:"cause"`
	Replaces   string          `json:"replaces"`
	Days       int             `json:"days"`
	KeptPence  models.Pence    `json:"kept_pence"`
	Buyer      booking.Buyer   `json:"buyer"`
	ReceivedOn string          `json:"received_on"`
	Until      time.Time       `json:"until"`
	GrossPence models.Pence    `json:"gross_pence"`
	Places     int             `json:"places"`
	Unnamed    int             `json:"unnamed"`
	From       int             `json:"from"`
	To         int             `json:"to"`
	Was        int             `json:"was"`
	Is         int             `json:"is"`
	Swapped    bool            `json:"swapped"`
	Published  bool            `json:"published"`
}

// eventWords says in a sentence what happened. An action that has no sentence here is shown as the audit names it.
func eventWords(e access.Event) string {
	var d eventDetail
	if e.Detail != "" {
		_ = json.Unmarshal([]byte(e.Detail), &d) // what another version wrote: the action alone still says what happened
	}
	for _, words := range []func(string, eventDetail) string{bookingEvent, moneyEvent, sessionEvent, licenceEvent} {
		if said := words(e.Action, d); said != "" {
			return said
		}
	}
	return sentenceCase(strings.ReplaceAll(e.Action, "-", " "))
}

func bookingEvent(action string, d eventDetail) string {
	switch action {
	case "places held":
		said := counted(d.Places, "place") + " held"
		if !d.Until.IsZero() {
			said += " until " + models.ClockTime(d.Until)
		}
		return said
	case "number of places changed":
		return "Places changed from " + counted(d.From, "place") + " to " + counted(d.To, "place")
	case "people named":
		if d.Unnamed > 0 {
			return "People named, " + counted(d.Unnamed, "place") + " left open"
		}
		return "Everybody named"
	case "billing details given":
		if d.Buyer == booking.Organisation {
			return "Billing details given, for an organisation"
		}
		return "Billing details given"
	case "hold ended":
		return "The hold ended"
	case "hold given up":
		return "The booker gave the hold up"
	case "booking confirmed":
		return counted(d.Places, "place") + " booked, " + strings.ToLower(paymentWords(d.Payment))
	case "walk-in added":
		return "Somebody came without a place and got a free one"
	case "walk-in invoiced":
		return "Billing details given for somebody who came without a place"
	case "place cancelled":
		return "A place was cancelled, " + counted(d.Days, "day") + " before: " + d.KeptPence.String() + " kept, " + d.GrossPence.String() + " credited"
	case "booking cancelled":
		return "The booking was cancelled with its last place"
	case "place named":
		if d.Swapped {
			return "A place was given to another person"
		}
		return "A person was named for a place"
	}
	return ""
}

func moneyEvent(action string, d eventDetail) string {
	switch action {
	case "invoice issued":
		return "Invoice " + d.Code + " issued for " + d.GrossPence.String()
	case "bank payment recorded":
		said := "Bank payment of " + d.GrossPence.String() + " recorded"
		if day, err := models.ParseDate(d.ReceivedOn); err == nil {
			said += ", it came on " + day.String()
		}
		return said
	case "credit note issued":
		return "Credit note " + d.Code + " issued for " + d.GrossPence.String()
	case "invoice replaced":
		return "Invoice " + d.Code + " issued in place of " + d.Replaces
	case "refund requested":
		switch d.Cause {
		case "duplicate":
			return d.GrossPence.String() + " goes back to the card, because it was paid twice"
		case "credit":
			return d.GrossPence.String() + " goes back, because of a credit note"
		}
		return d.GrossPence.String() + " goes back to the card, because the session had filled up"
	}
	return ""
}

func licenceEvent(action string, _ eventDetail) string {
	switch action {
	case "certificate-replaced":
		return "Certificate issued with the name corrected, in place of another"
	case "licence-revoked":
		return "Licence withdrawn"
	case "licence-period-voided":
		return "A period of the licence taken back, with its certificate"
	}
	return ""
}

func sessionEvent(action string, d eventDetail) string {
	switch action {
	case "session-opened":
		if d.Published {
			return "Session opened and published"
		}
		return "Session opened as a draft"
	case "session-published":
		return "Session published"
	case "session-draft-cancelled":
		return "Draft given up"
	case "session-capacity-changed":
		return "Places changed from " + counted(d.Was, "place") + " to " + counted(d.Is, "place")
	case "session-link-changed":
		return "The link to the video call was changed"
	}
	return ""
}
