package modelstest

import (
	"testing"
	"time"
)

func TestBudget_IsAMinuteUnlessGiven(t *testing.T) {
	t.Setenv("SSPH_TEST_BUDGET", "")
	if got := Budget(t); got != time.Minute {
		t.Errorf("the budget is %v, want one minute", got)
	}
	t.Setenv("SSPH_TEST_BUDGET", "2m30s")
	if got := Budget(t); got != 150*time.Second {
		t.Errorf("the budget is %v, want 2m30s", got)
	}
}
