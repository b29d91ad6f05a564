package billing

import (
	"errors"
	"regexp"
	"strings"
)

// The shape of keys and secrets: the prefix, and as much behind it as the shortest real one could have.
var (
	keyShape    = regexp.MustCompile(`^[sr]k_(live|test)_[A-Za-z0-9_]{8,}$`)
	secretShape = regexp.MustCompile(`^whsec_[A-Za-z0-9+/=_-]{16,}$`)
)

// CheckKey says why a Stripe key may not be used: live keys belong in production alone, test keys everywhere else. The key itself
// is never part of the error.
func CheckKey(key string, production bool) error {
	shape := keyShape.FindStringSubmatch(key)
	switch {
	case key == "":
		return errors.New("the Stripe key is missing")
	case strings.HasPrefix(key, "pk_"):
		return errors.New("a publishable Stripe key, pk_, cannot take payments: use the secret or a restricted key, sk_ or rk_")
	case strings.HasPrefix(key, "whsec_"):
		return errors.New("that is a webhook secret, not a Stripe key")
	case shape == nil:
		return errors.New("the Stripe key must start with sk_ or rk_, then live_ or test_, without spaces")
	case shape[1] == "live" && !production:
		return errors.New("a live Stripe key takes real money: it may be used in production only")
	case shape[1] == "test" && production:
		return errors.New("a Stripe test key takes no money: production needs a live key")
	}
	return nil
}

// CheckSecret says why a webhook secret may not be used. An empty one would let anybody sign.
func CheckSecret(secret string) error {
	if !secretShape.MatchString(secret) {
		return errors.New("a Stripe webhook secret starts with whsec_ and has at least 22 characters, without spaces")
	}
	return nil
}
