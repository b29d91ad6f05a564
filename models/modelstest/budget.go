package modelstest

import (
	"os"
	"testing"
	"time"
)

// Budget is how long a crash or soak test goes on: one minute, unless SSPH_TEST_BUDGET says otherwise (a Go duration; `make
// chaos` gives it a quarter of an hour). Such tests are named TestChaos…, TestCrash… or TestSoak….
func Budget(t testing.TB) time.Duration {
	t.Helper()
	given := os.Getenv("SSPH_TEST_BUDGET")
	if given == "" {
		return time.Minute
	}
	budget, err := time.ParseDuration(given)
	if err != nil || budget <= 0 {
		t.Fatalf("SSPH_TEST_BUDGET=%s is not a length of time such as 15m", given)
	}
	return budget
}
