package billing

import (
	"errors"
	"strings"
)

// The shortest key and secret that can be real: the prefix and some.
const (
	minKeyLength    = 16
	minSecretLength = 22
)

// CheckKey says why a Stripe key may not be used: live keys belong in production alone, test keys everywhere else. The key itself
// is never part of the error.
func CheckKey(key string, production bool) error {
	live := strings.HasPrefix(key, "sk_live_") || strings.HasPrefix(key, "rk_live_")
	test := strings.HasPrefix(key, "sk_test_") || strings.HasPrefix(key, "rk_test_")
	switch {
	case key == "":
		return errors.New("the Stripe key is missing")
	case !live && !test, len(key) < minKeyLength, strings.ContainsAny(key, " \t\r\n"):
		return errors.New("the Stripe key must start with sk_ or rk_, then live_ or test_, without spaces")
	case live && !production:
		return errors.New("a live Stripe key takes real money: it may be used in production only")
	case test && production:
		return errors.New("a Stripe test key takes no money: production needs a live key")
	}
	return nil
}

// CheckSecret says why a webhook secret may not be used. An empty one would let anybody sign.
func CheckSecret(secret string) error {
	if !strings.HasPrefix(secret, "whsec_") || len(secret) < minSecretLength || strings.ContainsAny(secret, " \t\r\n") {
		return errors.New("a Stripe webhook secret starts with whsec_ and has at least 22 characters, without spaces")
	}
	return nil
}
