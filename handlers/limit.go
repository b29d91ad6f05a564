package handlers

import (
	"net"
	"net/netip"
	"sync"
	"time"

	"github.com/labstack/echo/v4"
)

// limit counts what is asked for within a stretch of time, so that one visitor cannot stop the others: for each network, and for
// everybody together as a last guard far above. It is counted in memory, so a restart begins anew.
type limit struct {
	per       time.Duration
	each, all int

	mu    sync.Mutex
	since time.Time
	taken int
	from  map[string]int
}

func newLimit(per time.Duration, each, all int) *limit {
	return &limit{per: per, each: each, all: all, from: map[string]int{}}
}

// take counts one for a network and says whether it is within the numbers.
func (l *limit) take(network string, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if now.Sub(l.since) >= l.per {
		l.since, l.taken, l.from = now, 0, map[string]int{}
	}
	if l.taken >= l.all || l.from[network] >= l.each {
		return false
	}
	l.taken++
	l.from[network]++
	return true
}

// limits are how much visitors may ask for. Behind one network address there may be a whole hospital: the figures leave it room.
type limits struct {
	checks   *limit // certificates checked
	contacts *limit // messages to the Hub: a program without cookies must not fill its mailbox
	links    *limit // sign-in mails asked for; access counts them for each e-mail address besides
	holds    *begun // bookings begun
}

func newLimits() limits {
	return limits{
		checks: newLimit(time.Minute, 30, 6000), contacts: newLimit(time.Hour, 10, 120), links: newLimit(time.Hour, 60, 2000),
		holds: &begun{recent: map[string][]int64{}},
	}
}

// begun remembers which bookings each network began in the last hour or two, so that booking can count those that still hold places.
type begun struct {
	mu             sync.Mutex
	since          time.Time
	recent, before map[string][]int64
}

// by is what a network began lately.
func (b *begun) by(network string, now time.Time) []int64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.turn(now)
	return append(append([]int64{}, b.before[network]...), b.recent[network]...)
}

// add remembers one more.
func (b *begun) add(network string, booking int64, now time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.turn(now)
	b.recent[network] = append(b.recent[network], booking)
}

// turn forgets what is older than the hour before this one: no hold lasts as long.
func (b *begun) turn(now time.Time) {
	if past := now.Sub(b.since); past >= time.Hour {
		if b.before = b.recent; past >= 2*time.Hour {
			b.before = nil
		}
		b.since, b.recent = now, map[string][]int64{}
	}
}

// callerFrom finds the network address of whoever asks: the peer's own, or, when the peer is a proxy of these networks, the one that it
// names in X-Forwarded-For. What anybody else writes there counts for nothing.
func callerFrom(proxies []netip.Prefix) echo.IPExtractor {
	if len(proxies) == 0 {
		return echo.ExtractIPDirect()
	}
	trust := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, p := range proxies {
		trust = append(trust, echo.TrustIPRange(&net.IPNet{IP: p.Addr().AsSlice(), Mask: net.CIDRMask(p.Bits(), p.Addr().BitLen())}))
	}
	return echo.ExtractIPFromXFFHeader(trust...)
}

// caller is the network that asks.
func caller(c echo.Context) string { return network(c.RealIP()) }

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
