package handlers

import (
	"fmt"
	"net/http"
	"net/netip"
	"slices"
	"testing"
	"time"
)

func TestNetwork_IsWhatACallerCanNotChange(t *testing.T) {
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

// What somebody writes into the header counts only when it comes through a proxy that was named, and of several the last that was not.
func TestCaller_AForgedHeaderCountsForNothing(t *testing.T) {
	behind := []netip.Prefix{netip.MustParsePrefix("10.20.0.0/16"), netip.MustParsePrefix("2001:db8:ffff::1/128")}
	for _, c := range []struct {
		proxies      []netip.Prefix
		peer, header string
		want         string
	}{
		{nil, "198.51.100.7:443", "", "198.51.100.7"},
		{nil, "198.51.100.7:443", "203.0.113.9", "198.51.100.7"},
		{nil, "127.0.0.1:443", "203.0.113.9", "127.0.0.1"},
		{nil, "10.20.0.5:443", "203.0.113.9", "10.20.0.5"},
		{nil, "[2001:db8:1:2::7]:443", "", "2001:db8:1:2::7"},
		{behind, "198.51.100.7:443", "203.0.113.9", "198.51.100.7"},
		{behind, "127.0.0.1:443", "203.0.113.9", "127.0.0.1"},
		{behind, "192.168.0.1:443", "203.0.113.9", "192.168.0.1"},
		{behind, "10.20.0.5:443", "203.0.113.9", "203.0.113.9"},
		{behind, "10.20.0.5:443", "1.2.3.4, 203.0.113.9", "203.0.113.9"},
		{behind, "10.20.0.5:443", "1.2.3.4, 203.0.113.9, 10.20.7.7", "203.0.113.9"},
		{behind, "[2001:db8:ffff::1]:443", "2001:db8:1:2::7", "2001:db8:1:2::7"},
		{behind, "10.20.0.5:443", "", "10.20.0.5"},
		{behind, "10.20.0.5:443", "no address", "10.20.0.5"},
	} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "/check", http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		r.RemoteAddr = c.peer
		if c.header != "" {
			r.Header.Set("X-Forwarded-For", c.header)
		}
		if got := callerFrom(c.proxies)(r); got != c.want {
			t.Errorf("%s with %q behind %v is %q, want %q", c.peer, c.header, c.proxies, got, c.want)
		}
	}
}

func TestLimit_OneNetworkDoesNotStopTheOthersAndThereIsAnEndForAll(t *testing.T) {
	l, now := newLimit(time.Minute, 3, 10), time.Unix(0, 0)
	took := func(network string, at time.Time) (n int) {
		for range 20 {
			if l.take(network, at) {
				n++
			}
		}
		return n
	}
	for i, want := range []int{3, 3, 3, 1, 0} {
		if n := took(fmt.Sprint("network ", i), now.Add(time.Duration(i)*time.Second)); n != want {
			t.Errorf("network %d takes %d, want %d", i, n, want)
		}
	}
	if len(l.from) > 10 {
		t.Errorf("%d networks are remembered", len(l.from))
	}
	if n := took("network 0", now.Add(time.Minute)); n != 3 {
		t.Errorf("the next minute begins with %d", n)
	}
}

func TestBegun_RemembersAnHourAtLeastAndTwoAtMost(t *testing.T) {
	b, now := newLimits().holds, time.Unix(1_800_000_000, 0)
	b.add("a", 1, now)
	b.add("b", 2, now.Add(time.Minute))
	b.add("a", 3, now.Add(time.Hour))
	if got := b.by("a", now.Add(time.Hour)); !slices.Equal(got, []int64{1, 3}) {
		t.Errorf("after an hour: %v", got)
	}
	if got := b.by("a", now.Add(2*time.Hour+time.Minute)); !slices.Equal(got, []int64{3}) {
		t.Errorf("after two hours: %v", got)
	}
	if got := b.by("a", now.Add(9*time.Hour)); len(got) != 0 {
		t.Errorf("after nine: %v", got)
	}
}
