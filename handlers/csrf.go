package handlers

import (
	"errors"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"hub.salford.ac.uk/ssph/models"
)

const (
	tokenKey    = "ssph.csrf"
	tokenCookie = "ssph_form"
)

// formToken refuses a form that was not sent from our own page. Browsers that say where a request comes from (Sec-Fetch-Site) are
// taken at their word; for others each form carries a token that must match a cookie.
func (s *Site) formToken() echo.MiddlewareFunc {
	check := middleware.CSRFWithConfig(middleware.CSRFConfig{
		TokenLookup:    "form:_csrf,header:" + echo.HeaderXCSRFToken,
		ContextKey:     tokenKey,
		CookieName:     tokenCookie,
		CookiePath:     "/",
		CookieSecure:   s.secure,
		CookieHTTPOnly: true,
		// Strict would lose the cookie on the way back from the payment page.
		CookieSameSite:        http.SameSiteLaxMode,
		ErrorHandler:          staleForm,
		AllowSecFetchSiteFunc: func(echo.Context) (bool, error) { return false, elsewhere() },
	})
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		checked := check(next)
		return func(c echo.Context) error {
			// Read here, because what looks for the token passes over a form that cannot be read, and it would count as an empty one.
			if strings.HasPrefix(c.Request().Header.Get(echo.HeaderContentType), echo.MIMEApplicationForm) {
				if _, err := posted(c); err != nil {
					return err
				}
			}
			return checked(c)
		}
	}
}

func elsewhere() error {
	return models.Fail(models.KindForbidden, "This form was sent from another site, so nothing was done")
}

// staleForm keeps the status that says whether the token was missing (400) or wrong (403).
func staleForm(err error, _ echo.Context) error {
	status := http.StatusForbidden
	var he *echo.HTTPError
	if errors.As(err, &he) {
		status = he.Code
	}
	return echo.NewHTTPError(status).SetInternal(models.Fail(models.KindForbidden, staleSentence).Because(err))
}

const staleSentence = "This page was open for too long, or cookies are switched off. Go back, reload the page and send it again"

func tokenOf(c echo.Context) string {
	token, _ := c.Get(tokenKey).(string)
	return token
}
