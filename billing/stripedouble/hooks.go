package stripedouble

import (
	"net/http"
	"net/url"
	"slices"
)

// hook is a webhook endpoint made through the interface. Its secret is told once, when it is made.
type hook struct {
	ID         string   `json:"id"`
	Created    int64    `json:"created"`
	URL        string   `json:"url"`
	Events     []string `json:"events"`
	APIVersion string   `json:"api_version"`
	Secret     string   `json:"secret"`
}

func (d *Double) createHook(_ *http.Request, form url.Values) (object, error) {
	if err := known(form, "url", "api_version", "enabled_events[]", "description", "metadata[*]", "expand[]"); err != nil {
		return nil, err
	}
	address, err := webAddress(form, "url")
	if err != nil {
		return nil, err
	}
	if v := form.Get("api_version"); v != "" && v != apiVersion {
		return nil, invalid("api_version", "Test payments speak version %s, not %q", apiVersion, v)
	}
	h := &hook{ID: newID("we_test_"), Created: d.now(), URL: address, APIVersion: form.Get("api_version"), Secret: newID("whsec_")}
	for name, values := range form {
		if index.ReplaceAllString(name, "[]") == "enabled_events[]" {
			h.Events = append(h.Events, values...)
		}
	}
	if len(h.Events) == 0 {
		return nil, invalid("enabled_events", "Missing required param: enabled_events")
	}
	slices.Sort(h.Events)
	d.state.Hooks = append(d.state.Hooks, h)
	out := h.show()
	out["secret"] = h.Secret
	return out, nil
}

func (d *Double) listHooks(_ *http.Request, form url.Values) (object, error) {
	if err := known(form, listNames...); err != nil {
		return nil, err
	}
	return list(form, "/v1/webhook_endpoints", d.state.Hooks, func(h *hook) string { return h.ID }, func(h *hook) int64 { return h.Created }, (*hook).show)
}

func (h *hook) show() object {
	return object{
		"id": h.ID, "object": "webhook_endpoint", "api_version": orNull(h.APIVersion), "created": h.Created, "enabled_events": h.Events,
		"livemode": false, "metadata": object{}, "status": "enabled", "url": h.URL,
	}
}

// target is where an event goes, and what signs it: the webhook the double was set up with, else the latest one made through the
// interface, if it asks for events of that type. The state is locked.
func (d *Double) target(kind string) (address, secret string) {
	if d.options.WebhookURL != "" || len(d.state.Hooks) == 0 {
		return d.options.WebhookURL, d.options.WebhookSecret
	}
	h := d.state.Hooks[len(d.state.Hooks)-1]
	if !slices.Contains(h.Events, kind) && !slices.Contains(h.Events, "*") {
		return "", ""
	}
	return h.URL, h.Secret
}
