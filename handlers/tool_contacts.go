package handlers

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
	"hub.salford.ac.uk/ssph/tool"
)

// contactsRoutes are the pages on which the local numbers of the crisis panel are entered: by an organisation's managers, by the
// office for any, and by a person who is their own.
func (s *Site) contactsRoutes() []Route {
	const office, organisation, own = "/office/organisations", "/organisation/:organisation/safety", "/account/safety"
	var all []Route
	add := func(path string, rule Rule, whose func(echo.Context) (contactsOf, error)) {
		show := func(c echo.Context) error { return s.safetyContacts(c, whose) }
		enter := func(c echo.Context) error { return s.enterContacts(c, whose) }
		all = append(all, Route{Method: http.MethodGet, Path: path, Rule: rule, Handle: show}, Route{Method: http.MethodPost, Path: path, Rule: rule, Handle: enter})
	}
	add(organisation, Manager, s.ofOrganisation)
	add(office+"/:organisation/safety", Office, s.ofOrganisation)
	add(own, SignedIn, s.ofOneself)
	return append(all, Route{Method: http.MethodGet, Path: office + "/safety", Rule: Office, Handle: s.officeContacts})
}

// contactsOf is whose numbers a page is about.
type contactsOf struct {
	party tool.Party
	name  string // of the organisation
	back  string
}

func (s *Site) ofOrganisation(c echo.Context) (contactsOf, error) {
	id, err := number(c, "organisation")
	if err != nil {
		return contactsOf{}, err
	}
	org, err := access.FindOrganisation(c.Request().Context(), s.db, actorOf(c).Scope(), id)
	of := contactsOf{party: tool.Party{OrganisationID: &org.ID}, name: org.Name, back: organisationURL(id)}
	if strings.HasPrefix(c.Path(), "/office/") {
		of.back = "/office/organisations/safety"
	}
	return of, err
}

func (s *Site) ofOneself(c echo.Context) (contactsOf, error) {
	return contactsOf{party: tool.Party{PersonID: actorOf(c).PersonID}, back: toolCases}, nil
}

// safetyContacts is the form of the local numbers.
func (s *Site) safetyContacts(c echo.Context, whose func(echo.Context) (contactsOf, error)) error {
	of, err := whose(c)
	if err != nil {
		return err
	}
	entered, err := s.cases.Contacts(c.Request().Context(), s.db, actorOf(c), of.party)
	if err != nil {
		return err
	}
	return s.showContacts(c, of, entered, nil)
}

func (s *Site) showContacts(c echo.Context, of contactsOf, entered []tool.SafetyContact, problems models.Problems) error {
	page := templates.ContactsPage{
		Page: s.page(c, "Who to call about safety", "bookings"), Whose: of.name, SaveURL: c.Request().URL.Path, BackURL: of.back,
	}
	page.Problems = problems
	for _, local := range s.cases.Pack.Local() {
		fields := templates.SafetyFields{
			Label:  local.Label,
			Name:   templates.Input{ID: "name-" + local.Code, Label: "Who answers?", Hint: "For example, Mary Holt, safeguarding lead", Error: problems.For("name-" + local.Code)},
			Number: templates.Input{ID: "number-" + local.Code, Label: "Telephone number", Type: "tel", Width: 20, Error: problems.For("number-" + local.Code)},
		}
		for _, one := range entered {
			if one.Code != local.Code {
				continue
			}
			fields.Name.Value, fields.Number.Value = one.Name, one.Number
			if !one.EnteredAt.IsZero() {
				fields.Since = "Changed on " + models.DateOf(one.EnteredAt).String()
			}
		}
		page.Contacts = append(page.Contacts, fields)
	}
	return s.render(c, statusFor(problems), "tool-contacts", page)
}

// enterContacts keeps the local numbers.
func (s *Site) enterContacts(c echo.Context, whose func(echo.Context) (contactsOf, error)) error {
	of, err := whose(c)
	if err != nil {
		return err
	}
	typed, err := posted(c)
	if err != nil {
		return err
	}
	sent := s.contactsTyped(typed)
	ctx := c.Request().Context()
	err = s.db.InTx(ctx, func(tx models.DB) error { return s.cases.EnterContacts(ctx, tx, actorOf(c), of.party, sent) })
	if err == nil {
		return s.done(c, of.back, "The numbers are saved")
	}
	problems, err := told(err)
	if err != nil {
		return err
	}
	return s.showContacts(c, of, s.contactsTyped(typed), problems)
}

func (s *Site) contactsTyped(typed url.Values) []tool.SafetyContact {
	var sent []tool.SafetyContact
	for _, local := range s.cases.Pack.Local() {
		sent = append(sent, tool.SafetyContact{Code: local.Code, Name: line(typed, "name-"+local.Code), Number: line(typed, "number-"+local.Code)})
	}
	return sent
}

// panel is the crisis panel outside a case. When it cannot be read the numbers of the whole country still stand there.
func (s *Site) panel(c echo.Context) tool.Panel {
	panel, err := s.cases.Panel(c.Request().Context(), s.db, actorOf(c))
	if err != nil {
		return tool.Panel{Contacts: s.cases.Pack.Panel()}
	}
	return panel
}

// missingNumbers says which local numbers nobody has entered, and who can; nothing when all are there.
func missingNumbers(actor access.Actor, panel tool.Panel) *templates.ToolNotice {
	if len(panel.Missing) == 0 {
		return nil
	}
	var labels []string
	for _, one := range panel.Missing {
		labels = append(labels, lowerWord(one.Label))
	}
	notice := &templates.ToolNotice{Text: "Not entered yet: " + strings.Join(labels, ", ") + ".", Link: numbersLink(actor, panel.Whose)}
	if notice.Link.URL == "" {
		notice.Text += " Whoever books for your organisation can enter the numbers."
	}
	return notice
}

// numbersLink leads to where the local numbers are entered, for those who may.
func numbersLink(actor access.Actor, whose tool.Party) templates.Action {
	switch {
	case whose.OrganisationID == nil && actor.SignedIn() && whose.PersonID == actor.PersonID:
		return templates.Action{Label: "Enter the numbers", URL: "/account/safety"}
	case whose.OrganisationID != nil && actor.Manages(*whose.OrganisationID):
		return templates.Action{Label: "Enter the numbers", URL: organisationURL(*whose.OrganisationID) + "/safety"}
	}
	return templates.Action{}
}

// officeContacts lists the organisations with the numbers that are missing.
func (s *Site) officeContacts(c echo.Context) error {
	const organisations, path = "/office/organisations", "/office/organisations/safety"
	asked := c.QueryParams()
	found, total, err := s.cases.OrganisationContacts(c.Request().Context(), s.db, actorOf(c), pageAsked(asked))
	if err != nil {
		return err
	}
	page := templates.OrganisationContactsPage{Page: s.officePage(c, "Who organisations call about safety", "contacts")}
	for _, o := range found {
		row := templates.OrganisationContactsRow{
			Name: o.Name, URL: organisations + "/" + strconv.FormatInt(o.OrganisationID, 10) + "/safety", Entered: templates.Tag{Look: templates.TagOK, Word: "Entered"},
		}
		if len(o.Missing) > 0 {
			row.Entered = templates.Tag{Look: templates.TagWait, Word: "To enter"}
			var labels []string
			for _, one := range o.Missing {
				labels = append(labels, lowerWord(one.Label))
			}
			row.Missing = sentenceCase(strings.Join(labels, ", "))
		}
		page.Rows = append(page.Rows, row)
	}
	page.Count, page.Pages = total, listPages(path, asked, total, tool.OrganisationsPerPage)
	if len(found) == 0 && total > 0 {
		return s.redirect(c, lastPage(path, asked, page.Pages))
	}
	return s.render(c, http.StatusOK, "office-contacts", page)
}
