package main

import (
	"encoding/json"
	"strings"
	"testing"
)

// The worked examples that the published price list can say, figure by figure, as programs read them. They are those of
// billing's own tests: whoever asks is told the same pennies.
func TestQuote_TellsTheWorkedExamples(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		line                      string
		discount, net, vat, gross int64
	}{
		"1":             {"open-access face-to-face 1 0", 0, 22800, 4560, 27360},
		"2":             {"open-access face-to-face 9 0", 0, 205200, 41040, 246240},
		"3":             {"open-access online 1 0", 0, 21500, 4300, 25800},
		"4":             {"open-access online 9 0", 0, 193500, 38700, 232200},
		"5":             {"bespoke face-to-face 10 0", 0, 244000, 48800, 292800},
		"5 for 15":      {"bespoke face-to-face 15 0", 0, 244000, 48800, 292800},
		"6":             {"bespoke online 12 0", 0, 230000, 46000, 276000},
		"7":             {"open-access face-to-face 3 0", 0, 68400, 13680, 82080},
		"8":             {"open-access face-to-face 1 10", 2280, 20520, 4104, 24624},
		"10":            {"open-access online 1 12.5", 2687, 18813, 3763, 22576},
		"11, not 11x":   {"open-access online 9 12.5", 24187, 169313, 33863, 203176},
		"12":            {"open-access online 3 12.500", 8062, 56438, 11288, 67726},
		"all taken off": {"open-access online 4 100%", 86000, 0, 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := strings.Fields(c.line)
			code, stdout, stderr := told(t, "quote", "--route", w[0], "--format", w[1], "--people", w[2], "--discount-percent", w[3], "--json")
			var got priced
			if err := json.Unmarshal([]byte(stdout), &got); err != nil || code != 0 || stderr != "" {
				t.Fatalf("exit %d, %q, %q", code, stdout, stderr)
			}
			if got.DiscountPence != c.discount || got.NetPence != c.net || got.VATPence != c.vat || got.GrossPence != c.gross {
				t.Errorf("%+v, want %d off, %d + %d = %d", got, c.discount, c.net, c.vat, c.gross)
			}
		})
	}
}
