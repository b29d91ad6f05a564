package handlers

import (
	"github.com/labstack/echo/v4"
)

// policy is the Content-Security-Policy of every page: what the site serves itself and nothing else.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
	"base-uri 'none'; frame-ancestors 'none'; form-action 'self'"

// securityHeaders go on every answer, errors and files included.
func (s *Site) securityHeaders(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		h := c.Response().Header()
		h.Set(echo.HeaderContentSecurityPolicy, policy)
		h.Set(echo.HeaderXContentTypeOptions, "nosniff")
		h.Set(echo.HeaderXFrameOptions, "DENY")
		h.Set(echo.HeaderReferrerPolicy, "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
		if s.secure {
			h.Set(echo.HeaderStrictTransportSecurity, "max-age=31536000; includeSubDomains")
		}
		return next(c)
	}
}

// paysOnward allows the form on this page to be answered with a redirect to the payment page: browsers apply form-action to where
// a form's answer leads, too.
func (s *Site) paysOnward(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if s.payment != "" {
			c.Response().Header().Set(echo.HeaderContentSecurityPolicy, policy+" "+s.payment)
		}
		return next(c)
	}
}
