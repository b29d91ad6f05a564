package handlers

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"strings"

	"github.com/alexedwards/scs/v2"
	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/handlers/api"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
	"hub.salford.ac.uk/ssph/tool"
)

// Mode says what the program is run for.
type Mode string

// The three modes. Only production moves money and sends mail; the other two never listen beyond the machine.
const (
	Production  Mode = "production"
	Demo        Mode = "demo"
	Development Mode = "development"
)

// Options is everything a Site is made of.
type Options struct {
	DB            models.DB
	Pages         *templates.Renderer
	Keys          access.Keys
	Mode          Mode
	BaseURL       string         // where people reach the site: https://training.example, without a slash at the end
	Proxies       []netip.Prefix // whose word counts on where a request comes from
	PaymentOrigin string         // scheme and host of the payment page; empty when there is none
	Desk          booking.Desk
	Till          billing.Till
	Booking       BookingLink
	Tool          tool.Desk
	Webhook       api.Webhook
	Log           *slog.Logger
}

// Site is the whole web side. It is an http.Handler and may be used by many requests at once.
type Site struct {
	db       models.DB
	pages    *templates.Renderer
	keys     access.Keys
	mode     Mode
	baseURL  string
	secure   bool // the site is reached by https
	payment  string
	desk     booking.Desk
	till     billing.Till
	link     BookingLink
	cases    tool.Desk
	webhook  api.Webhook
	log      *slog.Logger
	sessions *scs.SessionManager
	limits   limits
	lastWord []byte // the page for when nothing else can be drawn
	echo     *echo.Echo
}

// New makes the site and its route table. It fails when something is missing, or when the error page cannot be drawn.
func New(o Options) (*Site, error) {
	if o.Pages == nil || o.Log == nil {
		return nil, errors.New("handlers: Pages and Log are needed")
	}
	base, err := url.Parse(o.BaseURL)
	if err != nil || base.Host == "" {
		return nil, fmt.Errorf("handlers: %q is not the address of a site", o.BaseURL)
	}
	s := &Site{
		db: o.DB, pages: o.Pages, keys: o.Keys, mode: o.Mode, baseURL: strings.TrimSuffix(o.BaseURL, "/"),
		secure: base.Scheme == "https", payment: o.PaymentOrigin, desk: o.Desk, till: o.Till, link: o.Booking, cases: o.Tool, webhook: o.Webhook,
		log: o.Log, limits: newLimits(), echo: echo.New(),
	}
	s.sessions = newSessions(o.DB, s.secure)
	if s.lastWord, err = s.drawLastWord(); err != nil {
		return nil, err
	}
	s.echo.IPExtractor = callerFrom(o.Proxies)
	s.echo.HideBanner, s.echo.HidePort = true, true
	s.echo.HTTPErrorHandler = s.answerError
	s.useMiddleware()
	s.addRoutes()
	return s, nil
}

// ServeHTTP answers one request.
func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.echo.ServeHTTP(w, r) }

// demonstration says that nothing on this site is real: no money moves and no mail leaves.
func (s *Site) demonstration() bool { return s.mode != Production }
