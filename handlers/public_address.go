package handlers

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
)

// sessionURL is a session's own page.
func sessionURL(id int64) string { return "/sessions/" + strconv.FormatInt(id, 10) }

// sessionRef is a session's number for people: S-00042.
func sessionRef(id int64) string { return fmt.Sprintf("S-%05d", id) }

// bookingURL is the booker's page; stepURL a page below it.
func bookingURL(b booking.Booking) string { return "/bookings/" + b.Reference() }

func stepURL(b booking.Booking, step string) string { return bookingURL(b) + "/" + step }

func dayOf(t time.Time) models.Date { return models.DateOf(t) }

// signInURL is the sign-in page that leads back to what was asked for.
func signInURL(r *http.Request) string { return "/sign-in?next=" + url.QueryEscape(wayBack(r)) }
