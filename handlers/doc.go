// Package handlers is the web side of SSPH: the route table, the middleware, sign-in, forms and pages. It knows no rule of the
// business: it reads what was typed, calls a use case, and draws the answer.
//
// # To add a page
//
//  1. Draw it in templates (see templates/doc.go).
//  2. Write the handler in the file of its page family, as a method of Site: parse, call, respond, about twenty lines.
//  3. Name it in that family's list of routes, with the Rule that says who may call it, and the list in Site.routes.
//  4. When its address holds an id and the rule is not Public, say in strangers_test.go how to get a stranger's id: the test of every
//     route, role and stranger finds the route by itself and fails until it is told.
//
// contact.go is the example to copy:
//
//	func (s *Site) contact(c echo.Context) error {
//		page := contactPage{Page: s.page(c, "Contact the Hub", ""), Form: contactFrom(c.QueryParams())}
//		return s.render(c, http.StatusOK, "contact", page)
//	}
//
//	func (s *Site) contactSend(c echo.Context) error {
//		typed, err := posted(c)
//		if err != nil {
//			return err
//		}
//		form := contactFrom(typed)
//		if problems := form.check(); problems != nil {
//			return s.contactAgain(c, form, problems) // the same page, 422, with everything that was typed
//		}
//		…
//		return s.done(c, "/contact/sent", "") // 303, with a flash when one is given
//	}
//
// # What a handler may rely on
//
//   - actorOf(c) is who asks, already checked against the route's Rule. Pass it, or its Scope, to the use case.
//   - number(c, "booking") reads an id from the address; a malformed one is "not found".
//   - s.page(c, title, section) is the frame of every page: who is signed in, the form token, the flash, the footer.
//   - refused(err) sorts the sentences a person can mend into models.Problems; every other error is returned, and the error handler
//     answers it from one table. No handler writes err.Error().
//   - A form is a struct of strings with a function that reads it from what was posted and a method check() models.Problems.
//     It never holds an id, a price or a role: those come from the address, the database and the actor.
//   - s.remember(c, bookingID, secret) lets this browser come back to a booking that nobody has signed in for.
//   - A route with Pays true is a page whose form leads on to the payment page: its Content-Security-Policy names that origin.
//
// Context: pass c.Request().Context() downward, never the echo.Context, which is reused after the handler returns.
package handlers
