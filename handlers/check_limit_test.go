package handlers

import (
	"fmt"
	"net/http"
	"testing"
	"time"
)

func TestCheckLimit_CountsTheNetworkThatACallerCannotChange(t *testing.T) {
	for address, want := range map[string]string{
		"198.51.100.7":             "198.51.100.7",
		"::ffff:198.51.100.7":      "::ffff:198.51.100.7",
		"2001:db8:1:2:3:4:5:6":     "2001:db8:1:2::/64",
		"2001:db8:1:2:ffff::1":     "2001:db8:1:2::/64",
		"fe80::1%eth0":             "fe80::/64",
		"not an address":           "not an address",
		"":                         "",
		"2001:db8:1:3:3:4:5:6":     "2001:db8:1:3::/64",
		"0:0:0:0:0:0:0:1":          "::/64",
		"2001:0db8:0001:0002:0::9": "2001:db8:1:2::/64",
	} {
		if got := network(address); got != want {
			t.Errorf("%q counts as %q, want %q", address, got, want)
		}
	}
}

// A header that says where a request comes from counts only when it comes through a proxy on the machine's own network.
func TestCheckLimit_AForgedHeaderGivesNoMoreChecks(t *testing.T) {
	limit, now := newCheckLimit(), time.Unix(0, 0)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "/check", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	took := 0
	for n := range 2 * checksPerMinute {
		r.RemoteAddr = "198.51.100.7:443"
		r.Header.Set("X-Forwarded-For", fmt.Sprintf("203.0.113.%d", n))
		if limit.take(r, now) {
			took++
		}
	}
	if took != checksPerMinute {
		t.Errorf("%d checks with forged headers, want %d", took, checksPerMinute)
	}
	r.RemoteAddr = "10.0.0.2:443"
	if !limit.take(r, now) {
		t.Error("another caller behind the proxy is refused")
	}
}

func TestCheckLimit_HasAnEndForEverybodyTogether(t *testing.T) {
	limit, now := newCheckLimit(), time.Unix(0, 0)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "/check", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	for n := range allChecksPerMinute {
		r.RemoteAddr = fmt.Sprintf("198.%d.%d.1:443", n/250+1, n%250)
		if !limit.take(r, now) {
			t.Fatalf("check %d is refused", n+1)
		}
	}
	r.RemoteAddr = "198.51.100.7:443"
	if limit.take(r, now) || len(limit.from) > allChecksPerMinute {
		t.Error("there is no end to it")
	}
	if !limit.take(r, now.Add(time.Minute)) {
		t.Error("the next minute does not begin anew")
	}
}
