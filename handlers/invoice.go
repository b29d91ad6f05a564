package handlers

import (
	"mime"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

func (s *Site) invoiceRoutes() []Route {
	return []Route{{Method: http.MethodGet, Path: "/invoices/:code", Rule: Holder, Handle: s.invoice}}
}

func invoiceURL(code string) string { return "/invoices/" + code }

func invoicePDF(code string) string { return invoiceURL(code) + ".pdf" }

// invoice shows an invoice to whoever may see it, or hands out its file when the address ends in .pdf.
func (s *Site) invoice(c echo.Context) error {
	code, file := strings.CutSuffix(c.Param("code"), ".pdf")
	if !codeForm.MatchString(code) {
		return echo.ErrNotFound
	}
	if file {
		return s.invoiceFile(c, code)
	}
	ctx, actor := c.Request().Context(), actorOf(c)
	doc, err := billing.FindDocument(ctx, s.db, actor.Scope(), code)
	if err != nil {
		return signInFirst(c, err)
	}
	page := templates.InvoicePage{
		Page: s.bookingFrame(c, documentTitle(doc)), Invoice: invoiceWords(doc), PDFURL: invoicePDF(doc.Code),
		Back: templates.Action{Label: "Booking " + doc.OrderReference, URL: "/bookings/" + doc.OrderReference},
	}
	if actor.Is(access.RoleOffice) {
		page.Area, page.Section = templates.AreaOffice, "invoices"
	}
	page.Background = templates.Mist
	page.State, page.Note = documentState(doc, s.db.Today())
	family, err := s.familyOf(ctx, actor.Scope(), doc)
	if err != nil {
		return err
	}
	page.Links = family.links(doc, invoiceURL)
	return s.render(c, http.StatusOK, "invoice", page)
}

// invoiceFile hands out the file as it was made at issue.
func (s *Site) invoiceFile(c echo.Context, code string) error {
	f, err := billing.FileOf(c.Request().Context(), s.db, actorOf(c).Scope(), code)
	if err != nil {
		return signInFirst(c, err)
	}
	c.Response().Header().Set(echo.HeaderContentDisposition, mime.FormatMediaType("inline", map[string]string{"filename": f.Name}))
	return c.Blob(http.StatusOK, f.ContentType, f.Content)
}

// signInFirst tells a visitor that the thing may be theirs once they have signed in. There or not, the answer is the same.
func signInFirst(c echo.Context, err error) error {
	if models.KindOf(err) == models.KindNotFound && !actorOf(c).SignedIn() {
		return models.NotFound("We have no invoice with that number that you can see. If it is yours, sign in first").Because(err)
	}
	return err
}

// documentState is how a document stands on a day: its tag, and the line under it.
func documentState(d billing.Document, today models.Date) (templates.Tag, string) {
	due := "Due " + d.DueDate.String()
	if d.Kind == billing.CreditNote {
		return customerTag(d.State(today)), strings.Join(creditStory(d, false, nil), " ")
	}
	switch d.State(today) {
	case billing.StatePaid:
		return templates.Tag{Look: templates.TagOK, Word: "Paid"}, d.PaidStatement
	case billing.StateCredited:
		return templates.Tag{Look: templates.TagQuiet, Word: "Credited"}, ""
	case billing.StateOverdue:
		return templates.Tag{Look: templates.TagStop, Word: "Overdue"}, partLeft(d) + due
	case billing.StatePartPaid:
		return templates.Tag{Look: templates.TagInfo, Word: "Part paid"}, partLeft(d) + due
	case billing.StateSent:
	}
	if today.DaysUntil(d.DueDate) <= dueSoon {
		return templates.Tag{Look: templates.TagWait, Word: "Due soon"}, due
	}
	return templates.Tag{Look: templates.TagInfo, Word: "Sent"}, due
}

// dueSoon is how many days before its day an invoice is due soon.
const dueSoon = 7

// partLeft says how much is left once a part is paid.
func partLeft(d billing.Document) string {
	if d.Outstanding() == d.Gross {
		return ""
	}
	return d.Outstanding().String() + " left. "
}
