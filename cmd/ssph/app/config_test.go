package app

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/handlers"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// production is a configuration for production that is in order.
func production() Config {
	return Config{
		Addr: "0.0.0.0:8080", Mode: handlers.Production, BaseURL: "https://training.example", Keys: access.NewKeys().Text(),
		SMTP:   SMTPConfig{Addr: "mail.example:587", From: "hub@training.example", TLS: "starttls"},
		Stripe: StripeConfig{Key: "sk_live_0123456789abcdef", WebhookSecret: "whsec_0123456789abcdef0123"},
	}
}

// demonstration is a configuration for the demonstration that is in order.
func demonstration() Config {
	return Config{
		Addr: "127.0.0.1:8080", Mode: handlers.Demo, SMTP: SMTPConfig{TLS: "starttls"}, Stripe: StripeConfig{DoubleAddr: "127.0.0.1:0"},
	}
}

// faultsOf are the first words of each fault.
func faultsOf(t *testing.T, c Config) []string {
	t.Helper()
	err := c.Check()
	if err == nil {
		return nil
	}
	var f *Faulty
	if !errors.As(err, &f) {
		t.Fatalf("%v is no *Faulty", err)
	}
	var names []string
	for _, fault := range f.Faults {
		names = append(names, strings.TrimSuffix(strings.Fields(fault)[0], ":"))
	}
	return names
}

func TestConfig_OneFaultIsFoundWhereverItIs(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		from   func() Config
		change func(*Config)
		want   []string
	}{
		"production in order":     {production, func(*Config) {}, nil},
		"demonstration in order":  {demonstration, func(*Config) {}, nil},
		"a proxy that is none":    {production, func(c *Config) { c.Proxies = "10.0.0.0/8, door" }, []string{"SSPH_TRUSTED_PROXIES"}},
		"proxies":                 {production, func(c *Config) { c.Proxies = "10.0.0.0/8, 192.0.2.7,2001:db8::1" }, nil},
		"no mode":                 {demonstration, func(c *Config) { c.Mode = "test" }, []string{"SSPH_MODE"}},
		"address without a port":  {production, func(c *Config) { c.Addr = "localhost" }, []string{"SSPH_ADDR"}},
		"http":                    {production, func(c *Config) { c.BaseURL = "http://training.example" }, []string{"SSPH_BASE_URL"}},
		"a path":                  {production, func(c *Config) { c.BaseURL = "https://training.example/hub" }, []string{"SSPH_BASE_URL"}},
		"a shifted clock":         {production, func(c *Config) { c.Now = "2027-01-01" }, []string{"SSPH_NOW"}},
		"no key":                  {production, func(c *Config) { c.Keys = "" }, []string{"SSPH_KEYS"}},
		"two keys":                {production, func(c *Config) { c.KeysFile = "keys.txt" }, []string{"SSPH_KEYS"}},
		"a short key":             {production, func(c *Config) { c.Keys = "c2hvcnQ=" }, []string{"the"}},
		"no mail server":          {production, func(c *Config) { c.SMTP.Addr = "" }, []string{"SSPH_SMTP_ADDR"}},
		"mail in clear":           {production, func(c *Config) { c.SMTP.TLS = "none" }, []string{"SSPH_SMTP_TLS"}},
		"mail somehow":            {production, func(c *Config) { c.SMTP.TLS = "maybe" }, []string{"SSPH_SMTP_TLS"}},
		"a test key":              {production, func(c *Config) { c.Stripe.Key = "sk_test_0123456789abcdef" }, []string{"SSPH_STRIPE_KEY"}},
		"an empty webhook secret": {production, func(c *Config) { c.Stripe.WebhookSecret = "" }, []string{"SSPH_STRIPE_WEBHOOK_SECRET"}},
		"a publishable key":       {production, func(c *Config) { c.Stripe.Key = "pk_live_0123456789abcdef" }, []string{"SSPH_STRIPE_KEY"}},
		"a restricted key":        {production, func(c *Config) { c.Stripe.Key = "rk_live_0123456789abcdef" }, nil},
		"a short webhook secret":  {production, func(c *Config) { c.Stripe.WebhookSecret = "whsec_0123" }, []string{"SSPH_STRIPE_WEBHOOK_SECRET"}},
		"a changed secret":        {production, func(c *Config) { c.Stripe.WebhookSecretOld = "whsec_fedcba9876543210fedc" }, nil},
		"a spoiled old secret":    {production, func(c *Config) { c.Stripe.WebhookSecretOld = "whsec_…" }, []string{"SSPH_STRIPE_WEBHOOK_SECRET_OLD"}},
		"another Stripe":          {production, func(c *Config) { c.Stripe.URL = "http://127.0.0.1:1" }, []string{"SSPH_STRIPE_URL"}},
		"a demo for everybody":    {demonstration, func(c *Config) { c.Addr = ":8080" }, []string{"SSPH_ADDR"}},
		"a demo on all addresses": {demonstration, func(c *Config) { c.Addr = "0.0.0.0:8080" }, []string{"SSPH_ADDR"}},
		"a demo that mails":       {demonstration, func(c *Config) { c.SMTP.Addr = "mail.example:587" }, []string{"SSPH_SMTP_ADDR"}},
		"a demo taking money": {demonstration, func(c *Config) {
			c.Stripe.Key, c.Stripe.WebhookSecret = "sk_live_0123456789abcdef", "whsec_0123456789abcdef0123"
		}, []string{"SSPH_STRIPE_KEY"}},
		"a stand-in for everyone": {demonstration, func(c *Config) { c.Stripe.DoubleAddr = ":8081" }, []string{"SSPH_STRIPE_DOUBLE_ADDR"}},
		"no instant":              {demonstration, func(c *Config) { c.Now = "tomorrow" }, []string{"SSPH_NOW"}},
		"development, IPv6":       {demonstration, func(c *Config) { c.Mode, c.Addr = handlers.Development, "[::1]:8080" }, nil},
	} {
		config := c.from()
		c.change(&config)
		if got := faultsOf(t, config); !slices.Equal(got, c.want) {
			t.Errorf("%s: faults %v, want %v", name, got, c.want)
		}
	}
}

func TestConfig_NeverQuotesASecret(t *testing.T) {
	t.Parallel()
	c := production()
	c.Keys, c.Stripe.Key, c.Stripe.WebhookSecret, c.SMTP.Password = "very-secret-one", "very-secret-two", "very-secret-three", "very-secret-four"
	if err := c.Check(); err == nil || strings.Contains(err.Error(), "very-secret") {
		t.Errorf("the fault says: %v", err)
	}
}

func TestConfig_EveryDefaultIsTakenFromTheEnvironmentsOwnTags(t *testing.T) {
	for _, name := range os.Environ() {
		if key, _, _ := strings.Cut(name, "="); strings.HasPrefix(key, "SSPH_") {
			t.Setenv(key, "") // remembered and put back
			if err := os.Unsetenv(key); err != nil {
				t.Fatal(err)
			}
		}
	}
	t.Setenv("SSPH_MODE", "demo")
	c, err := ConfigFromEnvironment()
	if err != nil {
		t.Fatal(err)
	}
	if c.Addr != "127.0.0.1:8080" || c.SiteURL() != "http://localhost:8080" || c.DataDir != "var" || c.DatabaseURL != "" {
		t.Errorf("the defaults are %+v", c)
	}
	if c.keysFile() != filepath.Join("var", "keys.txt") || c.Stripe.DoubleAddr != "127.0.0.1:8081" {
		t.Errorf("the defaults are %+v", c)
	}
}

func TestKeys_TheDemonstrationMakesItsOwnFileAndProductionDoesNot(t *testing.T) {
	t.Parallel()
	c := demonstration()
	c.DataDir = filepath.Join(t.TempDir(), "var")
	first, err := c.loadKeys()
	if err != nil {
		t.Fatal(err)
	}
	again, err := c.loadKeys()
	if err != nil || first.Claim("x") != again.Claim("x") {
		t.Errorf("another key the second time (%v)", err)
	}
	info, err := os.Stat(filepath.Join(c.DataDir, "keys.txt"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the key file: %v, %v", info, err)
	}
	p := production()
	p.Keys, p.KeysFile = "", filepath.Join(t.TempDir(), "keys.txt")
	if got := faultsOf(t, p); len(got) != 1 {
		t.Errorf("production without its key file: %v", got)
	}
	if _, err := os.Stat(p.KeysFile); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("production made a key file (%v)", err)
	}
}

func TestClock_StartsWhereTheDemonstrationSays(t *testing.T) {
	t.Parallel()
	c := demonstration()
	c.Now = "2027-06-01"
	now := c.Clock().Now()
	if got := now.Format("2006-01-02 15:04"); got != "2027-06-01 08:00" { // 9am in London, in summer
		t.Errorf("the clock reads %s", got)
	}
	p := production()
	p.Now = "2027-06-01"
	if p.Clock().Now().Year() == 2027 && p.Clock().Now().Month() == 6 {
		t.Error("production's clock was moved")
	}
}

// The program does not start, and opens nothing, with a key of the other mode or a secret that anybody could sign with.
func TestTrap34_KeysOfTheOtherModeDoNotStart(t *testing.T) {
	t.Parallel()
	const test, real = "_test_0123456789abcdef", "_live_0123456789abcdef"
	for _, kind := range []string{"sk", "rk"} {
		wrong, right := production(), production()
		wrong.Stripe.Key, right.Stripe.Key = kind+test, kind+real
		notStarted(t, wrong, "SSPH_STRIPE_KEY")
		if got := faultsOf(t, right); got != nil {
			t.Errorf("%s in production: %v", right.Stripe.Key, got)
		}
		wrong, right = demonstration(), demonstration()
		for _, mode := range []handlers.Mode{handlers.Demo, handlers.Development} {
			wrong.Mode, right.Mode = mode, mode
			wrong.Stripe, right.Stripe = StripeConfig{Key: kind + real, WebhookSecret: "whsec_0123456789abcdef0123"}, StripeConfig{Key: kind + test, WebhookSecret: "whsec_0123456789abcdef0123"}
			notStarted(t, wrong, "SSPH_STRIPE_KEY")
			if got := faultsOf(t, right); got != nil {
				t.Errorf("%s in %s: %v", right.Stripe.Key, mode, got)
			}
		}
	}
}

func TestTrap10_NoUsableSecretDoesNotStart(t *testing.T) {
	t.Parallel()
	for _, secret := range []string{"", "whsec_", "whsec_short", "0123456789abcdef0123456789abcdef", "whsec_0123456789 abcdef0123"} {
		c := production()
		c.Stripe.WebhookSecret = secret
		notStarted(t, c, "SSPH_STRIPE_WEBHOOK_SECRET")
		c.Stripe.WebhookSecret, c.Stripe.WebhookSecretOld = "whsec_0123456789abcdef0123", secret
		if secret != "" {
			notStarted(t, c, "SSPH_STRIPE_WEBHOOK_SECRET_OLD")
		}
	}
}

// notStarted wants New to refuse a configuration for one fault, before it makes its data folder.
func notStarted(t *testing.T, c Config, fault string) {
	t.Helper()
	c.DataDir = filepath.Join(t.TempDir(), "var")
	a, err := New(t.Context(), c, Parts{})
	if got := faultsOf(t, c); err == nil || a != nil || !slices.Equal(got, []string{fault}) {
		t.Errorf("%s: started %t, faults %v, %v", fault, a != nil, got, err)
	}
	if _, err := os.Stat(c.DataDir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%s: something was opened (%v)", fault, err)
	}
}

// A demonstration makes a key for a fresh database, and none for one whose cases are sealed with a key that is gone.
func TestKeys_AMissingFileIsNotReplacedOnceCasesAreSealed(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		c := demonstration()
		c.DataDir = t.TempDir()
		if _, err := c.ToolDesk(t.Context(), db); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(c.DataDir, "keys.txt")
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
		_, err := c.ToolDesk(t.Context(), db)
		if said := models.ProblemsOf(err).For("keys"); !strings.Contains(said, "The key file "+file+" is missing") {
			t.Errorf("without its key file: %v", err)
		}
		if _, err := os.Stat(file); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("a new key file was made (%v)", err)
		}
	})
}
