package handlers

import (
	"fmt"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/templates"
)

func (s *Site) plainRoutes() []Route {
	return []Route{
		{Method: http.MethodGet, Path: "/cancelling", Rule: Public, Handle: s.cancelling},
		{Method: http.MethodGet, Path: "/privacy", Rule: Public, Handle: s.privacy},
		{Method: http.MethodGet, Path: "/accessibility", Rule: Public, Handle: s.accessibility},
	}
}

// cancelling shows the terms a booking made today would have.
func (s *Site) cancelling(c echo.Context) error {
	tariff, err := billing.LoadTariff(c.Request().Context(), s.db)
	if err != nil {
		return err
	}
	page := templates.CancellingPage{Page: s.page(c, "Cancelling and moving", ""), Terms: termsOf(tariff.Ladder)}
	return s.render(c, http.StatusOK, "cancelling", page)
}

// termsOf writes a ladder without dates: "28 days or more before the first day", "14 to 27 days before", "Under 14 days before".
func termsOf(ladder billing.Ladder) []templates.CancellingTerm {
	terms := make([]templates.CancellingTerm, 0, len(ladder))
	for i, step := range ladder {
		t := templates.CancellingTerm{Pay: step.Fee.String() + " of the price"}
		if step.Fee == 0 {
			t.Pay = "Nothing"
		}
		switch {
		case len(ladder) == 1:
			t.When = "Any day, or if nobody comes"
		case i == 0:
			t.When = fmt.Sprintf("%d days or more before the first day", step.Days)
		case i == len(ladder)-1:
			t.When = fmt.Sprintf("Under %d days before the first day, or if nobody comes", ladder[i-1].Days)
		default:
			t.When = fmt.Sprintf("%d to %d days before the first day", step.Days, ladder[i-1].Days-1)
		}
		terms = append(terms, t)
	}
	return terms
}

func (s *Site) privacy(c echo.Context) error {
	page := templates.PrivacyPage{
		Page: s.page(c, "Privacy", ""), SessionHours: int(sessionLife / time.Hour), TestPayments: s.demonstration(),
	}
	return s.render(c, http.StatusOK, "privacy", page)
}

func (s *Site) accessibility(c echo.Context) error {
	return s.render(c, http.StatusOK, "accessibility", templates.AccessibilityPage{Page: s.page(c, "Accessibility", "")})
}
