package app

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"strings"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/handlers"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/tool"
)

// Faulty is a configuration that the program will not start with. It names all that is missing or wrong.
type Faulty struct {
	Mode   handlers.Mode
	Faults []string
}

// Error lists the faults, one a line.
func (f *Faulty) Error() string {
	return fmt.Sprintf("the configuration for %s has %s:\n  %s\nssph serve --help lists every setting",
		f.Mode, models.Count(len(f.Faults), "fault"), strings.Join(f.Faults, "\n  "))
}

// add notes a fault.
func (f *Faulty) add(format string, args ...any) {
	f.Faults = append(f.Faults, fmt.Sprintf(format, args...))
}

// Check says what is wrong with a configuration, all of it at once: nil or a *Faulty.
func (c Config) Check() error {
	f := &Faulty{Mode: c.Mode}
	if _, _, err := net.SplitHostPort(c.Addr); err != nil {
		f.add("SSPH_ADDR must be an address and a port, like 127.0.0.1:8080")
	}
	switch c.Mode {
	case handlers.Production:
		c.checkProduction(f)
	case handlers.Demo, handlers.Development:
		c.checkDemonstration(f)
	default:
		f.add("SSPH_MODE must be production, demo or development")
	}
	if _, err := c.proxies(); err != nil {
		f.add("SSPH_TRUSTED_PROXIES cannot be used: %v", err)
	}
	c.checkSMTP(f)
	if len(f.Faults) == 0 {
		return nil
	}
	return f
}

func (c Config) checkProduction(f *Faulty) {
	if u, err := url.Parse(c.BaseURL); err != nil || u.Scheme != "https" || u.Host == "" || strings.Trim(u.Path, "/") != "" {
		f.add("SSPH_BASE_URL is needed: the https address at which people reach the site, without a path")
	}
	if c.Now != "" {
		f.add("SSPH_NOW must not be set: production runs on the real time")
	}
	c.checkProductionKeys(f)
	if c.SMTP.Addr == "" {
		f.add("SSPH_SMTP_ADDR is needed: host and port of the mail server")
	}
	if c.SMTP.From == "" {
		f.add("SSPH_SMTP_FROM is needed: the address mail comes from")
	}
	c.checkStripe(f, true)
}

func (c Config) checkProductionKeys(f *Faulty) {
	switch {
	case c.Keys == "" && c.KeysFile == "":
		f.add("SSPH_KEYS or SSPH_KEYS_FILE is needed: the program's key (make one with: openssl rand -base64 32)")
	case c.Keys != "" && c.KeysFile != "":
		f.add("SSPH_KEYS and SSPH_KEYS_FILE are both set: only one may be")
	default:
		if _, err := c.loadKeys(); err != nil {
			f.add("the program's key: %v", err)
		}
	}
}

// loadKeys reads the key; demo and development make their own file when there is none.
func (c Config) loadKeys() (access.Keys, error) {
	if c.Keys != "" {
		return access.ParseKeys(c.Keys)
	}
	return access.LoadKeys(c.keysFile(), c.Demonstrates())
}

// loadPack reads the content of the tool. Error: a sentence that says what cannot be read, or where the content breaks its rules.
func (c Config) loadPack() (tool.Pack, error) {
	if c.PackFile == "" {
		return tool.Starter()
	}
	body, err := os.ReadFile(c.PackFile)
	if err != nil {
		return tool.Pack{}, fmt.Errorf("SSPH_PACK_FILE: the content of the tool cannot be read: %w", err)
	}
	pack, err := tool.ParsePack(body)
	if err != nil {
		return tool.Pack{}, fmt.Errorf("SSPH_PACK_FILE: %w", err)
	}
	return pack, nil
}

func (c Config) checkDemonstration(f *Faulty) {
	if !onThisMachine(c.Addr) {
		f.add("SSPH_ADDR is %s: demo and development listen on this machine only, like 127.0.0.1:8080", c.Addr)
	}
	if c.BaseURL != "" && originOf(c.BaseURL) == "" {
		f.add("SSPH_BASE_URL must be a whole address, like http://localhost:8080")
	}
	if _, err := parseNow(c.Now); err != nil {
		f.add("SSPH_NOW must be a day or an instant, like 2027-12-01 or 2027-12-01T09:30:00Z")
	}
	if c.SMTP.Addr != "" && !onThisMachine(c.SMTP.Addr) {
		f.add("SSPH_SMTP_ADDR is %s: demo and development send mail to this machine only, or keep it on the mailbox page", c.SMTP.Addr)
	}
	if c.Stripe.Key == "" {
		if !onThisMachine(c.Stripe.DoubleAddr) {
			f.add("SSPH_STRIPE_DOUBLE_ADDR is %s: test payments are made on this machine only", c.Stripe.DoubleAddr)
		}
		return
	}
	c.checkStripe(f, false)
}

func (c Config) checkStripe(f *Faulty, production bool) {
	c.checkStripeKey(f, production)
	if err := billing.CheckSecret(c.Stripe.WebhookSecret); err != nil {
		f.add("SSPH_STRIPE_WEBHOOK_SECRET cannot be used: %v", err)
	}
	if c.Stripe.WebhookSecretOld != "" {
		if err := billing.CheckSecret(c.Stripe.WebhookSecretOld); err != nil {
			f.add("SSPH_STRIPE_WEBHOOK_SECRET_OLD cannot be used: %v", err)
		}
	}
}

func (c Config) checkStripeKey(f *Faulty, production bool) {
	if err := billing.CheckKey(c.Stripe.Key, production); err != nil {
		f.add("SSPH_STRIPE_KEY cannot be used: %v", err)
	}
	if production && c.Stripe.URL != "" {
		f.add("SSPH_STRIPE_URL must not be set: production takes payments at Stripe itself")
	}
}

func (c Config) checkSMTP(f *Faulty) {
	switch c.SMTP.TLS {
	case "starttls", "tls":
	case "none":
		if c.SMTP.Addr != "" && !onThisMachine(c.SMTP.Addr) {
			f.add("SSPH_SMTP_TLS is none: that is allowed on this machine only, mail travels encrypted")
		}
	default:
		f.add("SSPH_SMTP_TLS must be starttls, tls or none")
	}
	if c.SMTP.Addr != "" {
		if _, _, err := net.SplitHostPort(c.SMTP.Addr); err != nil {
			f.add("SSPH_SMTP_ADDR must be a host and a port, like mail.example.org:587")
		}
	}
	if c.SMTP.Password != "" && c.SMTP.User == "" {
		f.add("SSPH_SMTP_PASSWORD is set without SSPH_SMTP_USER")
	}
}

// checkWritable finds a data folder that cannot be used before anything is begun in it.
func (c Config) checkWritable() error {
	if err := os.MkdirAll(c.DataDir, 0o700); err != nil {
		return errors.Join(errors.New("SSPH_DATA_DIR cannot be made"), err)
	}
	return nil
}
