package handlers

import (
	"regexp"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/templates"
)

func officeSessionURL(id int64) string { return "/office/sessions/" + strconv.FormatInt(id, 10) }

func officeBookingURL(reference string) string { return "/office/bookings/" + reference }

func officeInvoiceURL(code string) string { return "/office/invoices/" + code }

func officeMailURL(id int64) string { return "/office/mail/" + strconv.FormatInt(id, 10) }

// codeForm is the form of an invoice number, whatever its series is called.
var codeForm = regexp.MustCompile(`^[A-Za-z]{1,10}-[0-9]{1,12}$`)

// documentCode reads an invoice's number from the address. Anything else is "not found".
func documentCode(c echo.Context) (string, error) {
	code := c.Param("code")
	if !codeForm.MatchString(code) {
		return "", echo.ErrNotFound
	}
	return code, nil
}

// officeSessionRow is one session of a list.
func officeSessionRow(f scheduling.Session, taken int, now time.Time) templates.OfficeSessionRow {
	return templates.OfficeSessionRow{
		URL: officeSessionURL(f.ID), Days: f.DaysLine(), What: f.Heading(), When: f.WhenLine(), Taken: taken, Capacity: f.Capacity,
		State: officeSessionTag(f, taken, now),
	}
}

// officeSessionTag says how a session stands with the office: its state, or the places left while it can be booked.
func officeSessionTag(f scheduling.Session, taken int, now time.Time) templates.Tag {
	switch {
	case f.Status == scheduling.Cancelled:
		return templates.Tag{Look: templates.TagStop, Word: "Cancelled"}
	case f.IsOver(now):
		return templates.Tag{Look: templates.TagQuiet, Word: "Past"}
	case f.Status == scheduling.Draft:
		return templates.Tag{Look: templates.TagQuiet, Word: "Draft"}
	case f.HasStarted(now):
		return templates.Tag{Look: templates.TagOK, Word: "Going on"}
	}
	return templates.PlacesTag(f.Capacity - taken)
}
