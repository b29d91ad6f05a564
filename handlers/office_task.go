package handlers

import (
	"context"
	"strconv"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

func officeTaskURL(id int64) string { return "/office/tasks/" + strconv.FormatInt(id, 10) }

// todayTasks fills what only a person can decide.
func (s *Site) todayTasks(c echo.Context, page *templates.OfficeTodayPage) (err error) {
	if page.Tasks, err = s.officeTasks(c.Request().Context()); err != nil {
		return err
	}
	figure := templates.Figure{Value: strconv.Itoa(len(page.Tasks)), Name: "Decisions to take", Note: "None are waiting"}
	if len(page.Tasks) > 0 {
		figure.URL, figure.Note = "#decisions", "Oldest from "+models.DateOf(page.Tasks[0].Since).String()
	}
	page.Figures = append(page.Figures, figure)
	return nil
}

// officeTasks are the decisions that wait, the oldest first, each with where it is taken.
func (s *Site) officeTasks(ctx context.Context) ([]templates.OfficeTask, error) {
	tasks, err := billing.Tasks(ctx, s.db)
	if err != nil {
		return nil, err
	}
	work, err := s.taskWork(ctx)
	if err != nil {
		return nil, err
	}
	rows := make([]templates.OfficeTask, len(tasks))
	for i, t := range tasks {
		rows[i] = templates.OfficeTask{ID: t.ID, Sentence: t.Sentence, Since: t.CreatedAt, Link: work.of(t)}
		if !endsByWork(t) {
			rows[i].EndURL = officeTaskURL(t.ID)
		}
	}
	return rows, nil
}

// taskPlaces say what open tasks are about, by the task's id.
type taskPlaces struct {
	orders    map[int64]billing.Order
	documents map[int64]string
}

func (s *Site) taskWork(ctx context.Context) (taskPlaces, error) {
	orders, err := billing.TaskOrders(ctx, s.db)
	if err != nil {
		return taskPlaces{}, err
	}
	documents, err := billing.TaskDocuments(ctx, s.db)
	return taskPlaces{orders, documents}, err
}

// of is the page on which a task's work is done; nil when that is not here.
func (p taskPlaces) of(t billing.Task) *templates.Action {
	if place := moneyTask(t, p.documents[t.ID]); place != nil {
		return place
	}
	order, ok := p.orders[t.ID]
	if !ok || order.Kind != billing.BookingOrder {
		return nil
	}
	ref := booking.Booking{ID: order.ID}.Reference()
	if t.Kind == booking.TaskWalkIn {
		return &templates.Action{Label: "Invoice this walk-in", URL: officeBookingURL(ref) + "/invoice"}
	}
	return &templates.Action{Label: "Booking " + ref, URL: officeBookingURL(ref)}
}

// moneyTask is where a task about money is decided; document is the one it is about. Nil for any other.
func moneyTask(t billing.Task, document string) *templates.Action {
	switch t.Kind {
	case "refund by bank", "refund failed", "refund sent twice":
		return &templates.Action{Label: "Open the refund", URL: moneyRefundURL(t.AboutID)}
	case "paid too much", "invoice due", "payment does not match", "dispute money back":
		return &templates.Action{Label: "Decide about the payment", URL: moneyPaymentURL(t.AboutID)}
	case "credit not sent back":
		return &templates.Action{Label: "Open " + document, URL: officeMoneyURL + "/credits/" + document}
	case "dispute lost", "overdue without an organisation":
		if document != "" {
			return &templates.Action{Label: "Open " + document, URL: officeInvoiceURL(document)}
		}
	}
	return nil
}

// endsByWork says that only a task's work ends it: the money is owed to somebody, or a place is not invoiced.
func endsByWork(t billing.Task) bool {
	return t.Kind == "refund by bank" || t.Kind == booking.TaskWalkIn
}

func (s *Site) taskOf(c echo.Context) (billing.Task, error) {
	id, err := number(c, "task")
	if err != nil {
		return billing.Task{}, err
	}
	return billing.TaskByID(c.Request().Context(), s.db, actorOf(c), id)
}

// officeTask shows one task, the way to its work, and the form for when nothing more is to do.
func (s *Site) officeTask(c echo.Context) error {
	t, err := s.taskOf(c)
	if err != nil {
		return err
	}
	return s.officeTaskPage(c, t, "", nil)
}

func (s *Site) officeTaskPage(c echo.Context, t billing.Task, reason string, problems models.Problems) error {
	work, err := s.taskWork(c.Request().Context())
	if err != nil {
		return err
	}
	page := templates.OfficeTaskPage{
		Page: s.officePage(c, "Something to decide", "today"), Back: templates.Action{Label: "Today", URL: "/office"}, Heading: "Something to decide",
		Sentence: t.Sentence, Rows: []templates.SummaryRow{{Key: "Since", Lines: []string{models.When(t.CreatedAt)}}}, Work: work.of(t),
		URL: officeTaskURL(t.ID), Reason: reason, EndsItself: t.EndsItself(),
	}
	if page.Ended, err = s.taskEnded(c, t); err != nil {
		return err
	}
	if endsByWork(t) && page.Ended == "" && page.Work != nil {
		return s.redirect(c, page.Work.URL)
	}
	page.Problems, page.Background = problems, templates.White
	return s.render(c, statusFor(problems), "office-task", page)
}

// taskEnded says how a task ended; nothing while it is to do.
func (s *Site) taskEnded(c echo.Context, t billing.Task) (string, error) {
	if t.DoneAt == nil {
		return "", nil
	}
	on := " on " + models.When(*t.DoneAt) + "."
	if t.DoneBy == nil {
		return "What it asked for had happened" + on, nil
	}
	who, err := access.FindPerson(c.Request().Context(), s.db, *t.DoneBy)
	return "Ended by " + who.Called() + on, err
}

// officeTaskEnd ends a task about which nothing more is to do, and keeps why.
func (s *Site) officeTaskEnd(c echo.Context) error {
	t, err := s.taskOf(c)
	if err != nil {
		return err
	}
	typed, err := posted(c)
	if err != nil {
		return err
	}
	if endsByWork(t) {
		return models.Fail(models.KindConflict, "Only its work ends this task")
	}
	ctx, reason := c.Request().Context(), lines(typed, "reason")
	problems, err := refused(s.db.InTx(ctx, func(tx models.DB) error { return billing.FinishTask(ctx, tx, actorOf(c), t.ID, reason) }))
	if err != nil {
		return err
	}
	if problems != nil {
		return s.officeTaskPage(c, t, reason, problems)
	}
	return s.done(c, "/office", "The task is done.")
}
