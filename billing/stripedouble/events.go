package stripedouble

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
)

// emit records an event about an object as it is now, and sends it unless webhooks are held back. The state is locked.
func (d *Double) emit(kind, id string, about object) {
	text, err := json.Marshal(about)
	if err != nil {
		d.options.Log.Error("test payments event", "error", err)
		return
	}
	e := &event{ID: newID("evt_test_"), Type: kind, Created: d.now(), ObjectID: id, Object: text}
	d.state.Events = append(d.state.Events, e)
	if address, _ := d.target(kind); !d.hold && !d.closed && address != "" {
		d.sending++
		go d.send(*e)
	}
}

// envelope is the event as it is sent and listed.
func (e *event) envelope(version string) object {
	pending := 1
	if e.Delivered {
		pending = 0
	}
	return object{
		"id": e.ID, "object": "event", "type": e.Type, "created": e.Created, "api_version": version, "livemode": false,
		"pending_webhooks": pending, "request": object{"id": nil, "idempotency_key": nil},
		"data": object{"object": e.Object},
	}
}

func (d *Double) getEvent(r *http.Request, form url.Values) (object, error) {
	if err := known(form, "expand[]"); err != nil {
		return nil, err
	}
	e := d.state.event(r.PathValue("id"))
	if e == nil {
		return nil, missing("event", r.PathValue("id"))
	}
	return e.envelope(apiVersion), nil
}

func (d *Double) listEvents(_ *http.Request, form url.Values) (object, error) {
	if err := known(form, append(listNames, "type", "types[]", "delivery_success")...); err != nil {
		return nil, err
	}
	types := map[string]bool{}
	for name, values := range form {
		if index.ReplaceAllString(name, "[]") == "types[]" || name == "type" {
			types[values[0]] = true
		}
	}
	var chosen []*event
	for _, e := range d.state.Events {
		if (len(types) == 0 || types[e.Type]) && chosenBy(form, "delivery_success", strconv.FormatBool(e.Delivered)) {
			chosen = append(chosen, e)
		}
	}
	return list(form, "/v1/events", chosen, func(e *event) string { return e.ID }, func(e *event) int64 { return e.Created },
		func(e *event) object { return e.envelope(apiVersion) })
}

// Told is one event as a test sees it.
type Told struct {
	ID        string
	Type      string
	ObjectID  string
	Delivered bool
}

// Events returns every event, oldest first.
func (d *Double) Events() []Told {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.endDue()
	var out []Told
	for _, e := range d.state.Events {
		out = append(out, Told{e.ID, e.Type, e.ObjectID, e.Delivered})
	}
	return out
}
