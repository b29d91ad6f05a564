package app

import (
	"context"
	"fmt"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/delivery"
	"hub.salford.ac.uk/ssph/licensing"
	"hub.salford.ac.uk/ssph/mail"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
)

// seedTrained tells of a day that has passed: booked, attended, certified. Each step happens at its own instant, through the use
// case of its page, so that licences, due dates and reminders are as if somebody had been there.
func seedTrained(ctx context.Context, tx models.DB, baseURL string) error {
	day := next(tx.Today().AddDays(-40), time.Thursday)
	session, err := openPast(ctx, tx.At(day.AddDays(-60).At(10, 0)), day)
	if err != nil {
		return fmt.Errorf("open: %w", err)
	}
	desk := booking.Desk{BaseURL: baseURL}
	for i, o := range pastOrders() {
		if _, err := o.place(ctx, tx.At(day.AddDays(-30).At(11, i)), desk, session, fmt.Sprintf("demonstration-past-%d", i+1)); err != nil {
			return fmt.Errorf("book: %w", err)
		}
	}
	if err := payFirst(ctx, tx.At(day.AddDays(-10).At(12, 0)), access.System()); err != nil {
		return fmt.Errorf("pay: %w", err)
	}
	if err := trainPast(ctx, tx.At(day.At(16, 45)), session.ID, licensing.Desk{BaseURL: baseURL}); err != nil {
		return fmt.Errorf("train: %w", err)
	}
	return mail.CountAsSent(ctx, tx, tx.Today().At(0, 0))
}

func openPast(ctx context.Context, tx models.DB, day models.Date) (scheduling.Session, error) {
	course, err := scheduling.TheCourse(ctx, tx)
	if err != nil {
		return scheduling.Session{}, err
	}
	venues, err := scheduling.Venues(ctx, tx)
	if err != nil || len(venues) == 0 {
		return scheduling.Session{}, fmt.Errorf("no venue: %w", err)
	}
	trainers, err := scheduling.Trainers(ctx, tx)
	if err != nil || len(trainers) == 0 {
		return scheduling.Session{}, fmt.Errorf("no trainer: %w", err)
	}
	return scheduling.OpenSession(ctx, tx, access.System(), scheduling.NewSession{
		CourseID: course.ID, Route: models.OpenAccess, Format: models.FaceToFace, VenueID: venues[0].ID, TrainerIDs: []int64{trainers[0].ID},
		Parts: []scheduling.NewPart{{Day: day, Start: halfPastNine, Until: halfPastFour}}, Publish: true, Demonstration: true,
	})
}

// pastOrders are the bookings of the day that has passed; the last person of the second stayed away.
func pastOrders() []order {
	return []order{
		{by: quaysCare(), places: 2, named: []booking.PersonNamed{
			{Name: "Hannah Whitworth", Email: "hannah.whitworth@quaysprimarycare.example"}, {Name: "Ben Adeyemi", Email: "ben.adeyemi@quaysprimarycare.example"},
		}},
		{by: irwell(), places: 3, named: []booking.PersonNamed{
			{Name: "Marta Kowalska", Email: "marta.kowalska@irwellwellbeing.example"}, {Name: "Yusuf Khan", Email: "yusuf.khan@irwellwellbeing.example"},
			{Name: absentee, Email: "joe.lyons@irwellwellbeing.example"},
		}},
	}
}

const absentee = "Joe Lyons"

// payFirst records that the first invoice was paid by bank transfer; the second stays open, and is overdue by now.
func payFirst(ctx context.Context, tx models.DB, office access.Actor) error {
	unpaid, _, err := billing.Documents(ctx, tx, office.Scope(), billing.DocumentFilter{Search: quaysCare().details.Organisation, Unpaid: true})
	if err != nil || len(unpaid) == 0 {
		return fmt.Errorf("no invoice: %w", err)
	}
	first := unpaid[len(unpaid)-1]
	actor, err := officeActor(ctx, tx)
	if err != nil {
		return err
	}
	_, err = billing.RecordBankPayment(ctx, tx, actor, billing.BankReceipt{
		Code: first.Code, Gross: first.Outstanding(), On: tx.Today(), Reference: first.Code, RequestKey: "demonstration",
	})
	return err
}

// trainPast marks the register and completes the day: certificates and licences begin on it.
func trainPast(ctx context.Context, tx models.DB, session int64, desk licensing.Desk) error {
	register, err := delivery.RegisterOf(ctx, tx, access.System(), session, 1)
	if err != nil {
		return err
	}
	for _, row := range register.Rows {
		mark := delivery.Present
		if row.Name == absentee {
			mark = delivery.Absent
		}
		if err := delivery.MarkPerson(ctx, tx, access.System(), session, 1, row.PlaceID, mark); err != nil {
			return fmt.Errorf("mark %s: %w", row.Name, err)
		}
	}
	_, err = desk.CompleteSession(ctx, tx, access.System(), session)
	return err
}
