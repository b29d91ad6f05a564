package handlers

import (
	"errors"
	"fmt"
	"net/http"
	"testing"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/models"
)

// Who signs in comes back to the page that was asked for, or to the page the form was on, and never to an address of another site.
func TestWayBack_IsOneOfOurPages(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ method, address, referer, want string }{
		{http.MethodGet, "/account?tab=2", "", "/account?tab=2"},
		{http.MethodHead, "/account", "https://evil.example/x", "/account"},
		{http.MethodPost, "/bookings/7/cancel", "https://ssph.example/bookings/7?step=people", "/bookings/7?step=people"},
		{http.MethodPost, "/bookings/7/cancel", "https://evil.example/bookings/7", ""},
		{http.MethodPost, "/bookings/7/cancel", "https://ssph.example.evil.example/bookings/7", ""},
		{http.MethodPost, "/bookings/7/cancel", "", ""},
		{http.MethodPost, "/bookings/7/cancel", "://", ""},
		{http.MethodGet, "//evil.example", "", ""},
	} {
		r, err := http.NewRequestWithContext(t.Context(), c.method, "https://ssph.example"+c.address, http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Referer", c.referer)
		if got := wayBack(r); got != c.want {
			t.Errorf("%s %s from %q leads to %q, want %q", c.method, c.address, c.referer, got, c.want)
		}
	}
}

// A sentence written for people is shown, with the status of its kind; the words of a fault of ours never are.
func TestFailureOf_ShowsOnlyWhatWasWrittenForPeople(t *testing.T) {
	t.Parallel()
	inside := models.Fail(models.KindInternal, "the ledger of booking 7 does not add up")
	full := models.Fail(models.KindFull, "This session is full").Because(errors.New("constraint room"))
	for name, c := range map[string]struct {
		err  error
		want failure
	}{
		"nobody's words":     {errors.New("dial tcp 10.0.0.1"), failure{http.StatusInternalServerError, ""}},
		"our own fault":      {inside, failure{http.StatusInternalServerError, ""}},
		"wrapped":            {fmt.Errorf("settle: %w", inside), failure{http.StatusInternalServerError, ""}},
		"for people":         {fmt.Errorf("book: %w", full), failure{http.StatusConflict, "This session is full"}},
		"not there":          {echo.ErrNotFound, failure{http.StatusNotFound, ""}},
		"ours, with a code":  {echo.NewHTTPError(http.StatusBadRequest).SetInternal(inside), failure{http.StatusBadRequest, ""}},
		"a form from before": {echo.NewHTTPError(http.StatusBadRequest).SetInternal(models.Fail(models.KindForbidden, staleSentence)), failure{http.StatusBadRequest, staleSentence}},
	} {
		if got := failureOf(c.err); got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}
