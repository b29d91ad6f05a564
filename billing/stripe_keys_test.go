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
