package app

import (
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"github.com/caarlos0/env/v11"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/handlers"
	"hub.salford.ac.uk/ssph/models"
)

// Config is everything the program is told from outside: one field per environment variable.
type Config struct {
	Addr        string        `env:"SSPH_ADDR" envDefault:"127.0.0.1:8080" help:"Where the program listens."`
	BaseURL     string        `env:"SSPH_BASE_URL" help:"Where people reach it. Production needs https; otherwise http://localhost and the port, so http://localhost:8080."`
	DatabaseURL string        `env:"SSPH_DATABASE_URL" help:"postgres://…; empty for SQLite in SSPH_DATA_DIR."`
	DataDir     string        `env:"SSPH_DATA_DIR" envDefault:"var" help:"The folder of the SQLite file, the key file and the test payments."`
	Mode        handlers.Mode `env:"SSPH_MODE" envDefault:"production" help:"production, demo or development. The last two listen on this machine only and send no mail beyond it."`
	Now         string        `env:"SSPH_NOW" help:"Start the clock at this instant, like 2027-12-01 or 2027-12-01T09:30:00Z. Demo and development only."`
	Keys        string        `env:"SSPH_KEYS" help:"The program's key: 32 random bytes in base64 (openssl rand -base64 32). After a change the new one, a comma, and those before it."`
	KeysFile    string        `env:"SSPH_KEYS_FILE" help:"A file with the key, readable by its owner only; keys before it stand on the lines after it. Demo and development make one in SSPH_DATA_DIR."`
	Proxies     string        `env:"SSPH_TRUSTED_PROXIES" help:"Networks of the proxies before the program, like 10.0.0.0/8,192.0.2.7: their X-Forwarded-For says who asks. Empty: whoever connects."`
	PackFile    string        `env:"SSPH_PACK_FILE" help:"A file with the content of the tool, for new cases; empty for the starter pack. Cases keep the content they were begun with."`
	SMTP        SMTPConfig    `envPrefix:"SSPH_SMTP_"`
	Stripe      StripeConfig  `envPrefix:"SSPH_STRIPE_"`
}

// SMTPConfig says how mail leaves. Without Addr, demo and development keep it on the mailbox page.
type SMTPConfig struct {
	Addr     string `env:"ADDR" help:"Host and port of the mail server, like mail.example.org:587."`
	User     string `env:"USER" help:"Name to log in with; empty for none."`
	Password string `env:"PASSWORD" help:"Password to log in with."`
	From     string `env:"FROM" help:"The address mail comes from."`
	FromName string `env:"FROM_NAME" envDefault:"Salford Social Prescribing Hub" help:"The name mail comes from."`
	TLS      string `env:"TLS" envDefault:"starttls" help:"starttls, tls, or none (on this machine only)."`
}

// StripeConfig says how card payments are taken. Without Key, demo and development run their own stand-in.
type StripeConfig struct {
	Key              string `env:"KEY" help:"Secret key: a live one in production, a test one otherwise. Empty in demo and development: test payments on this machine."`
	WebhookSecret    string `env:"WEBHOOK_SECRET" help:"Signing secret of the webhook at /webhooks/stripe."`
	WebhookSecretOld string `env:"WEBHOOK_SECRET_OLD" help:"The one before it, while it is being changed."`
	URL              string `env:"URL" help:"Another address for Stripe's interface; empty for Stripe itself."`
	DoubleAddr       string `env:"DOUBLE_ADDR" envDefault:"127.0.0.1:8081" help:"Where the stand-in for Stripe listens in demo and development."`
}

// ConfigFromEnvironment reads the environment and checks it. The error names everything that is wrong, at once.
func ConfigFromEnvironment() (Config, error) {
	c, err := env.ParseAs[Config]()
	if err != nil {
		return c, fmt.Errorf("read the environment: %w", err)
	}
	return c, c.Check()
}

// DatabaseFromEnvironment reads only where the database is: for commands that need nothing else.
func DatabaseFromEnvironment() (models.Config, error) {
	c, err := env.ParseAs[Config]()
	if err != nil {
		return models.Config{}, fmt.Errorf("read the environment: %w", err)
	}
	return c.Database(), nil
}

// StripeFromEnvironment reads only how Stripe is reached, for commands that need nothing else, and checks it as serve would.
func StripeFromEnvironment() (billing.StripeConfig, error) {
	c, err := env.ParseAs[Config]()
	if err != nil {
		return billing.StripeConfig{}, fmt.Errorf("read the environment: %w", err)
	}
	f := &Faulty{Mode: c.Mode}
	c.checkStripeKey(f, c.Mode == handlers.Production)
	if len(f.Faults) > 0 {
		return billing.StripeConfig{}, f
	}
	return billing.StripeConfig{Key: c.Stripe.Key, URL: c.Stripe.URL}, nil
}

// Database says which database to open.
func (c Config) Database() models.Config {
	return models.Config{URL: c.DatabaseURL, Dir: c.DataDir, Clock: c.Clock()}
}

// Clock is the machine's clock, or the one that starts at Now.
func (c Config) Clock() models.Clock {
	if start, err := parseNow(c.Now); err == nil && !start.IsZero() && c.Demonstrates() {
		return models.NewShiftedClock(start)
	}
	return models.SystemClock{}
}

// Demonstrates says that nothing here is real: demo or development.
func (c Config) Demonstrates() bool { return c.Mode == handlers.Demo || c.Mode == handlers.Development }

// proxies are the networks whose word counts on where a request comes from. A single address is a network of one.
func (c Config) proxies() (all []netip.Prefix, err error) {
	for _, text := range strings.FieldsFunc(c.Proxies, func(r rune) bool { return r == ',' || r == ' ' }) {
		network, err := netip.ParsePrefix(text)
		if err != nil {
			address, wrong := netip.ParseAddr(text)
			if wrong != nil {
				return nil, fmt.Errorf("%q is no network, like 10.0.0.0/8, and no address", text)
			}
			network = netip.PrefixFrom(address.WithZone(""), address.BitLen())
		}
		all = append(all, network.Masked())
	}
	return all, nil
}

// keysFile is where the key is kept.
func (c Config) keysFile() string {
	if c.KeysFile == "" && c.Demonstrates() {
		return filepath.Join(c.DataDir, "keys.txt")
	}
	return c.KeysFile
}

// SiteURL is where people reach the program, for commands that do not listen.
func (c Config) SiteURL() string { return c.baseURL(c.Addr) }

// baseURL is where people reach a program that listens on this address.
func (c Config) baseURL(listening string) string {
	if c.BaseURL != "" {
		return strings.TrimSuffix(c.BaseURL, "/")
	}
	_, port, err := net.SplitHostPort(listening)
	if err != nil { // Check refuses such an address
		port = "8080"
	}
	return "http://localhost:" + port
}

// parseNow reads an instant, or a day, which begins at 9am in London. Nothing is the zero time.
func parseNow(text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return t, nil
	}
	day, err := models.ParseDate(text)
	if err != nil {
		return time.Time{}, err
	}
	return day.At(9, 0), nil
}

// onThisMachine says that an address host:port can be reached from this machine alone.
func onThisMachine(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return false
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// originOf is scheme and host of an address, as a Content-Security-Policy names them.
func originOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return ""
	}
	return u.Scheme + "://" + u.Host
}
