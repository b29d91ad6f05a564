package models_test

import (
	"errors"
	"fmt"
	"testing"

	"hub.salford.ac.uk/ssph/models"
)

func TestKindOf_UnknownErrorsAreOurFault(t *testing.T) {
	cause := errors.New("disk")
	for err, want := range map[error]models.Kind{
		nil:                                    "",
		cause:                                  models.KindInternal,
		models.Invalid("name", "Enter a name"): models.KindInvalid,
		fmt.Errorf("wrapped: %w", models.NotFound("none")): models.KindNotFound,
	} {
		if got := models.KindOf(err); got != want {
			t.Errorf("%v is %q, want %q", err, got, want)
		}
	}
	if err := models.Fail(models.KindFull, "Full").Because(cause); !errors.Is(err, cause) {
		t.Error("the cause is lost")
	}
}

func TestProblems_TheFirstSentenceAboutAFieldStands(t *testing.T) {
	var p models.Problems
	if p.Err() != nil {
		t.Error("no problem is an error")
	}
	p.Add("name", "Enter a name")
	p.Add("name", "Too long")
	p.Add("email", "Enter %s", "an address")
	again := models.ProblemsOf(fmt.Errorf("form: %w", p.Err()))
	if len(again) != 2 || again.For("name") != "Enter a name" || again.For("email") != "Enter an address" || again.For("other") != "" {
		t.Errorf("%v", again)
	}
	if got := models.ProblemsOf(models.NotFound("none")); len(got) != 0 {
		t.Errorf("%v", got)
	}
}
