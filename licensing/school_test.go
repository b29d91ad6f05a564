package licensing_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/delivery"
	"hub.salford.ac.uk/ssph/licensing"
	"hub.salford.ac.uk/ssph/mail"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// school is a Hub with sessions to complete. Everything in it is done through the use cases that the pages call.
type school struct {
	*testing.T
	db       models.DB
	clock    *modelstest.Clock
	desk     licensing.Desk
	bookings int
}

func newSchool(t *testing.T, db models.DB, clock *modelstest.Clock) *school {
	t.Helper()
	return &school{T: t, db: db, clock: clock, desk: licensing.Desk{BaseURL: "http://ssph.example"}}
}

func date(iso string) models.Date {
	d, err := models.ParseDate(iso)
	if err != nil {
		panic(err)
	}
	return d
}

func (s *school) inTx(fn func(ctx context.Context, tx models.DB) error) error {
	return s.db.InTx(s.Context(), func(tx models.DB) error { return fn(s.Context(), tx) })
}

func (s *school) must(fn func(ctx context.Context, tx models.DB) error) {
	s.Helper()
	if err := s.inTx(fn); err != nil {
		s.Fatal(err)
	}
}

// session opens a session on a day with Alan; each day has one.
func (s *school) session(on string, options ...schedulingtest.Option) scheduling.Session {
	s.Helper()
	return schedulingtest.OpenAccess(s.T, s.db, append([]schedulingtest.Option{schedulingtest.OnDay(date(on))}, options...)...)
}

// named are people by first name: Hannah is hannah@irwell.example.
func named(names ...string) []booking.PersonNamed {
	people := make([]booking.PersonNamed, len(names))
	for i, n := range names {
		people[i] = booking.PersonNamed{Name: n + " Whitworth", Email: strings.ToLower(n) + "@irwell.example"}
	}
	return people
}

// book books places for people of the Irwell Wellbeing Network, or of another organisation, by invoice.
func (s *school) book(session scheduling.Session, organisation string, people ...booking.PersonNamed) booking.Booking {
	s.Helper()
	s.bookings++
	claim := fmt.Sprint("claim ", s.bookings)
	email := "manager@" + strings.ToLower(strings.Fields(organisation)[0]) + ".example"
	browser := access.Visitor(claim)
	var b booking.Booking
	var manager access.Person
	for _, step := range []func(ctx context.Context, tx models.DB) error{
		func(ctx context.Context, tx models.DB) (err error) {
			b, err = booking.Hold(ctx, tx, browser, booking.HoldRequest{SessionID: session.ID, Places: len(people), RequestKey: claim, ClaimHash: claim})
			return err
		},
		func(ctx context.Context, tx models.DB) error {
			_, err := booking.NamePeople(ctx, tx, browser, b.ID, people)
			return err
		},
		func(ctx context.Context, tx models.DB) error {
			_, err := booking.SetDetails(ctx, tx, browser, b.ID, booking.Organisation, booking.Details{
				Name: "Priya Nair", Email: email, Organisation: organisation, Line1: "14 Quay Street", Town: "Salford", Postcode: "M50 0AA",
				Country: "GB", PurchaseOrder: "PO-1",
			})
			return err
		},
		func(ctx context.Context, tx models.DB) (err error) {
			manager, err = access.FindOrCreatePerson(ctx, tx, "Priya Nair", email)
			return err
		},
	} {
		s.must(step)
	}
	actor := s.actor(manager.ID)
	s.must(func(ctx context.Context, tx models.DB) (err error) {
		b, err = booking.Desk{BaseURL: "http://ssph.example"}.ConfirmOnAccount(ctx, tx, actor, b.ID, nil)
		return err
	})
	return b
}

func (s *school) actor(personID int64) access.Actor {
	s.Helper()
	actor, err := access.ActorFor(s.Context(), s.db, personID)
	if err != nil {
		s.Fatal(err)
	}
	return actor
}

func (s *school) person(email string) access.Person {
	s.Helper()
	var p access.Person
	s.must(func(ctx context.Context, tx models.DB) (err error) {
		p, err = access.FindOrCreatePerson(ctx, tx, "", email)
		return err
	})
	return p
}

// attend goes to the end of each part of the session and marks everybody present.
func (s *school) attend(session scheduling.Session) {
	s.Helper()
	for _, part := range session.Parts {
		s.clock.Set(part.EndsAt)
		s.must(func(ctx context.Context, tx models.DB) error {
			_, err := delivery.MarkAll(ctx, tx, access.System(), session.ID, part.Ordinal)
			return err
		})
	}
}

func (s *school) complete(session scheduling.Session) licensing.Outcome {
	s.Helper()
	var out licensing.Outcome
	s.must(func(ctx context.Context, tx models.DB) (err error) {
		out, err = s.desk.CompleteSession(ctx, tx, access.System(), session.ID)
		return err
	})
	return out
}

// train books, attends and completes a session for one or more people.
func (s *school) train(on string, names ...string) licensing.Outcome {
	s.Helper()
	session := s.session(on)
	s.book(session, "Irwell Wellbeing Network", named(names...)...)
	s.attend(session)
	return s.complete(session)
}

// licence is the licence of the person of that first name, and the decision now.
func (s *school) licence(name string) (licensing.Licence, licensing.Decision) {
	s.Helper()
	l, d, err := licensing.DecideFor(s.Context(), s.db, s.person(strings.ToLower(name)+"@irwell.example").ID)
	if err != nil {
		s.Fatal(err)
	}
	return l, d
}

// count counts rows: "mails WHERE kind = 'licence'".
func (s *school) count(what string) (n int) {
	s.Helper()
	if err := s.db.SQL(s.Context()).Raw("SELECT COUNT(*) FROM " + what).Scan(&n).Error; err != nil {
		s.Fatal(err)
	}
	return n
}

func (s *school) wants(numbers map[string]int) {
	s.Helper()
	for what, want := range numbers {
		if got := s.count(what); got != want {
			s.Errorf("%d %s, want %d", got, what, want)
		}
	}
}

// sound fails when the doctor would find something.
func (s *school) sound() {
	s.Helper()
	for name, check := range map[string]func(context.Context, models.DB) ([]string, error){
		"records": licensing.CheckRecords, "files": licensing.CheckFiles, "delivery": delivery.Check,
	} {
		if found, err := check(s.Context(), s.db); err != nil || len(found) > 0 {
			s.Errorf("%s: %s %v", name, strings.Join(found, "; "), err)
		}
	}
}

// mails are the mails to an address, the newest first, as "kind: subject".
func (s *school) mails(to string) (all []mail.Mail) {
	s.Helper()
	found, _, err := mail.List(s.Context(), s.db, mail.Filter{Search: to})
	if err != nil {
		s.Fatal(err)
	}
	for _, m := range found {
		whole, err := mail.Find(s.Context(), s.db, m.ID)
		if err != nil {
			s.Fatal(err)
		}
		all = append(all, whole)
	}
	return all
}

// atOnce runs the works together and waits for all.
func atOnce(works ...func()) {
	var wait sync.WaitGroup
	start := make(chan struct{})
	for _, work := range works {
		wait.Go(func() {
			<-start
			work()
		})
	}
	close(start)
	wait.Wait()
}
