package stripedouble

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Limits Stripe sets on metadata.
const (
	maxMetadata      = 50
	maxMetadataKey   = 40
	maxMetadataValue = 500
)

var index = regexp.MustCompile(`\[\d+\]`)

// known refuses a parameter that is not allowed. In the allowed names [] stands for any index and [*] for any key.
func known(form url.Values, allowed ...string) error {
	for name := range form {
		plain := index.ReplaceAllString(name, "[]")
		ok := slices.ContainsFunc(allowed, func(a string) bool {
			prefix, open := strings.CutSuffix(a, "[*]")
			return plain == a || open && strings.HasPrefix(plain, prefix+"[") && strings.HasSuffix(plain, "]")
		})
		if !ok {
			e := invalid(name, "Received unknown parameter: %s", name)
			e.code = "parameter_unknown"
			return e
		}
	}
	return nil
}

// number reads a whole number within bounds.
func number(form url.Values, name string, low, high int64) (int64, error) {
	n, err := strconv.ParseInt(form.Get(name), 10, 64)
	if err != nil {
		return 0, invalid(name, "Invalid integer: %s", form.Get(name))
	}
	if n < low || n > high {
		return 0, invalid(name, "%s must be from %d to %d", name, low, high)
	}
	return n, nil
}

// metadata reads name[key]=value pairs within Stripe's limits.
func metadata(form url.Values, name string) (map[string]string, error) {
	out := map[string]string{}
	for full := range form {
		key, ok := strings.CutPrefix(full, name+"[")
		if !ok {
			continue
		}
		key = strings.TrimSuffix(key, "]")
		value := form.Get(full)
		if len(key) > maxMetadataKey || len([]rune(value)) > maxMetadataValue {
			return nil, invalid(full, "Metadata keys have up to %d characters, values up to %d", maxMetadataKey, maxMetadataValue)
		}
		out[key] = value
	}
	if len(out) > maxMetadata {
		return nil, invalid(name, "Metadata has up to %d keys", maxMetadata)
	}
	return out, nil
}

// webAddress refuses what a browser could not be sent to.
func webAddress(form url.Values, name string) (string, error) {
	text := form.Get(name)
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return "", invalid(name, "Not a valid URL")
	}
	return text, nil
}

// listNames are what every list may be asked.
var listNames = []string{"limit", "starting_after", "created[gte]", "created[gt]", "created[lte]", "created[lt]", "expand[]"}

const defaultPage, maxPage = 10, 100

// list answers a list request from entries that are oldest first: newest first, by creation time, a page at a time.
func list[T any](form url.Values, path string, all []*T, id func(*T) string, created func(*T) int64, show func(*T) object) (object, error) {
	limit := int64(defaultPage)
	if form.Has("limit") {
		n, err := number(form, "limit", 1, maxPage)
		if err != nil {
			return nil, err
		}
		limit = n
	}
	after, started := form.Get("starting_after"), !form.Has("starting_after")
	data, more := []object{}, false
	for _, x := range slices.Backward(all) {
		switch {
		case !started:
			started = id(x) == after
		case !within(form, created(x)):
		case int64(len(data)) == limit:
			more = true
		default:
			data = append(data, show(x))
		}
	}
	if !started {
		return nil, missing(strings.TrimPrefix(path, "/v1/"), after)
	}
	return object{"object": "list", "url": path, "has_more": more, "data": data}, nil
}

// within applies the created[…] bounds; a malformed bound lets nothing through.
func within(form url.Values, at int64) bool {
	for op, ok := range map[string]func(bound int64) bool{
		"gte": func(b int64) bool { return at >= b }, "gt": func(b int64) bool { return at > b },
		"lte": func(b int64) bool { return at <= b }, "lt": func(b int64) bool { return at < b },
	} {
		name := fmt.Sprintf("created[%s]", op)
		if !form.Has(name) {
			continue
		}
		bound, err := strconv.ParseInt(form.Get(name), 10, 64)
		if err != nil || !ok(bound) {
			return false
		}
	}
	return true
}
