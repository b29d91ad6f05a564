package billing

import (
	"strings"
	"testing"
)

func TestCheckKey_LiveInProductionAlone(t *testing.T) {
	for _, c := range []struct {
		key              string
		production, test bool
	}{
		{"sk_live_0123456789", true, false},
		{"rk_live_0123456789", true, false},
		{"sk_test_0123456789", false, true},
		{"rk_test_0123456789", false, true},
		{"pk_live_0123456789", false, false},
		{"pk_test_0123456789", false, false},
		{"whsec_0123456789abcdef0123", false, false},
		{"sk_live_…", false, false},
		{"SK_LIVE_0123456789", false, false},
		{"sk_prod_0123456789", false, false},
		{"sk_live_0123456789\n", false, false},
		{"sk_live_", false, false},
		{"sk_live_0123456789 ", false, false},
		{"", false, false},
	} {
		if err := CheckKey(c.key, true); (err == nil) != c.production {
			t.Errorf("%q in production: %v", c.key, err)
		}
		err := CheckKey(c.key, false)
		if (err == nil) != c.test {
			t.Errorf("%q outside production: %v", c.key, err)
		}
		if err != nil && len(c.key) > 8 && strings.Contains(err.Error(), c.key[8:]) {
			t.Errorf("the error shows the key: %v", err)
		}
	}
}

func TestCheckKey_SaysWhatIsWrongWithAPublishableOne(t *testing.T) {
	if err := CheckKey("pk_live_0123456789", true); err == nil || !strings.Contains(err.Error(), "publishable") {
		t.Error(err)
	}
}

func TestCheckSecret_EmptyShortOrMalformedIsRefused(t *testing.T) {
	for _, good := range []string{"whsec_0123456789abcdef", "whsec_" + strings.Repeat("aB9+/=", 20)} {
		if err := CheckSecret(good); err != nil {
			t.Errorf("%q: %v", good, err)
		}
	}
	for _, bad := range []string{
		"", "whsec_", "whsec_0123456789abcde", "0123456789abcdef0123456789", "sk_test_0123456789abcdef0123", "whsec_0123456789 abcdef01",
		" whsec_0123456789abcdef", "whsec_0123456789abcdef\n", "whsec_…………………………", "WHSEC_0123456789ABCDEF",
	} {
		if err := CheckSecret(bad); err == nil || len(bad) > 6 && strings.Contains(err.Error(), bad) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}
