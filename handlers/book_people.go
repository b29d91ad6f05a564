package handlers

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

// peopleForm is what was typed about who is coming: as many people as the page showed, at most a group.
type peopleForm struct {
	Do     string // continue, fewer, more
	Places string
	People []templates.PersonFields
}

// mostPeopleFields bounds what is read of a form; no page of ours shows more.
const mostPeopleFields = 15

func peopleFrom(typed url.Values) peopleForm {
	f := peopleForm{Do: line(typed, "do"), Places: line(typed, "places")}
	for n := 1; n <= mostPeopleFields && typed.Has(personField(n, "name")); n++ {
		f.People = append(f.People, templates.PersonFields{
			N: n, Name: line(typed, personField(n, "name")), Email: line(typed, personField(n, "email")), Later: ticked(typed, personField(n, "later")),
		})
	}
	return f
}

// peopleOf is the form as the booking stands. A place without a person is ticked to be named later once somebody has been named, or
// the next step has been reached; before that nobody has said so.
func peopleOf(b booking.Booking) peopleForm {
	f, said := peopleForm{Places: strconv.Itoa(len(b.Places))}, b.Buyer != "" || b.Unnamed() < len(b.Places)
	for i, p := range b.Places {
		f.People = append(f.People, templates.PersonFields{N: i + 1, Name: p.Name, Email: p.Email, Later: said && !p.Named()})
	}
	return f
}

// fitted is the form with exactly so many people: what was typed for those who remain is kept.
func (f peopleForm) fitted(places int) peopleForm {
	for n := len(f.People) + 1; n <= places; n++ {
		f.People = append(f.People, templates.PersonFields{N: n})
	}
	f.People = f.People[:places]
	return f
}

func personField(n int, which string) string { return "person-" + strconv.Itoa(n) + "-" + which }

// wanted is the number of places asked for: what stands in the field, one fewer or one more.
func (f peopleForm) wanted() (int, models.Problems) {
	var p models.Problems
	places, err := strconv.Atoi(f.Places)
	if err != nil || places < 0 || places > mostPeople {
		p.Add("places", "Enter how many places you need as a number, like 3")
		return 0, p
	}
	switch f.Do {
	case "fewer":
		places--
	case "more":
		places++
	}
	return places, p
}

// named is who was typed, one a place. Nobody is left out by mistake: a place is named, or ticked to be named later.
func (f peopleForm) named() ([]booking.PersonNamed, models.Problems) {
	var p models.Problems
	people := make([]booking.PersonNamed, len(f.People))
	for i, one := range f.People {
		switch {
		case one.Later:
		case one.Name == "" && one.Email == "":
			p.Add(personField(one.N, "name"), "Tell us who person %d is, or name them later", one.N)
		default:
			people[i] = booking.PersonNamed{Name: one.Name, Email: one.Email}
		}
	}
	return people, p
}

// bookPeople is the second step: who is coming.
func (s *Site) bookPeople(c echo.Context, b booking.Booking) error {
	form := peopleOf(b)
	if typed := s.typedBefore(c, b, "people"); typed != nil {
		form = peopleFrom(typed).fitted(len(b.Places))
		form.Places = strconv.Itoa(len(b.Places))
	}
	return s.bookPeoplePage(c, http.StatusOK, b, form, nil)
}

// bookPeopleSend changes the number of places, which shows the page again with everything typed, or names the people.
func (s *Site) bookPeopleSend(c echo.Context, b booking.Booking) error {
	typed, err := posted(c)
	if err != nil {
		return err
	}
	form := peopleFrom(typed).fitted(len(b.Places))
	wanted, problems := form.wanted()
	if len(problems) == 0 && wanted != len(b.Places) {
		return s.resize(c, b, form, wanted)
	}
	people, missing := form.named()
	if problems = append(problems, missing...); len(problems) > 0 {
		problems = inFormOrder(append(problems, booking.PeopleProblems(people)...), len(people))
		return s.bookPeoplePage(c, http.StatusUnprocessableEntity, b, form, problems)
	}
	ctx := c.Request().Context()
	err = s.db.InTx(ctx, func(tx models.DB) error {
		_, err := booking.NamePeople(ctx, tx, actorOf(c), b.ID, people)
		return err
	})
	if problems, err = refused(err); err != nil {
		return err
	}
	if len(problems) > 0 {
		return s.bookPeoplePage(c, http.StatusUnprocessableEntity, b, form, problems)
	}
	return s.redirect(c, stepURL(b, "billing"))
}

// inFormOrder puts the sentences about so many people in the order in which their fields stand on the page.
func inFormOrder(problems models.Problems, people int) models.Problems {
	fields := []string{"places"}
	for n := 1; n <= people; n++ {
		fields = append(fields, personField(n, "name"), personField(n, "email"))
	}
	slices.SortStableFunc(problems, func(a, b *models.Error) int {
		return slices.Index(fields, a.Field) - slices.Index(fields, b.Field)
	})
	return problems
}

// resize changes the number of places held. A payment page that is still open is closed first: its sum would be wrong.
func (s *Site) resize(c echo.Context, b booking.Booking, form peopleForm, wanted int) error {
	ctx := c.Request().Context()
	if paid, err := s.closeCheckout(ctx, b); err != nil || paid {
		return s.paidInstead(c, b, err)
	}
	var resized booking.Booking
	err := s.db.InTx(ctx, func(tx models.DB) (err error) {
		resized, err = booking.Resize(ctx, tx, actorOf(c), b.ID, wanted)
		return err
	})
	problems, err := refused(err)
	if err != nil {
		return err
	}
	if len(problems) > 0 {
		form.Places = strconv.Itoa(wanted)
		return s.bookPeoplePage(c, http.StatusUnprocessableEntity, b, form, problems)
	}
	form.Places = strconv.Itoa(wanted)
	return s.bookPeoplePage(c, http.StatusOK, resized, form.fitted(wanted), nil)
}

func (s *Site) bookPeoplePage(c echo.Context, status int, b booking.Booking, form peopleForm, problems models.Problems) error {
	sale, err := s.saleOf(c.Request().Context(), b)
	if err != nil {
		return err
	}
	page := templates.BookPeoplePage{
		Page: s.stepFrame(c, "Who is coming?"), Steps: stepsTo(templates.StepPeople, b), Sum: sale.sum, Places: form.Places,
		MoreFree: sale.sum.Session.PlacesLeft, People: form.People, BackURL: sessionURL(b.SessionID),
		URL: stepURL(b, "people"), GiveUpURL: stepURL(b, "give-up"),
	}
	page.Problems = problems
	return s.render(c, status, "book-people", page)
}
