package handlers

import (
	"net/http"
	"net/netip"
	"sync"
	"time"

	"github.com/labstack/echo/v4"
)

// How many certificates may be checked in a minute: from one address, and by everybody.
const (
	checksPerMinute    = 30
	allChecksPerMinute = 6000
)

// checkLimit counts the checks of the minute for each address, so that nobody can try codes by the thousand. It is counted in
// memory, so a restart begins anew.
type checkLimit struct {
	mu       sync.Mutex
	since    time.Time
	all      int
	from     map[string]int
	callerOf echo.IPExtractor
}

func newCheckLimit() *checkLimit {
	// The header of a proxy counts only where the proxy is on this machine or its own network.
	return &checkLimit{from: map[string]int{}, callerOf: echo.ExtractIPFromXFFHeader()}
}

// take counts one check and says whether it is within the minute's number.
func (l *checkLimit) take(r *http.Request, now time.Time) bool {
	caller := network(l.callerOf(r))
	l.mu.Lock()
	defer l.mu.Unlock()
	if now.Sub(l.since) >= time.Minute {
		l.since, l.all, l.from = now, 0, map[string]int{}
	}
	if l.all >= allChecksPerMinute || l.from[caller] >= checksPerMinute {
		return false
	}
	l.all++
	l.from[caller]++
	return true
}

// network is what one caller can change at will: nothing of an IPv4 address, the last half of an IPv6 address.
func network(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil || ip.Unmap().Is4() {
		return address
	}
	const networkBits = 64
	prefix, err := ip.WithZone("").Prefix(networkBits)
	if err != nil {
		return address
	}
	return prefix.String()
}
