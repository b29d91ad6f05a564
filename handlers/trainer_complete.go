package handlers

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/delivery"
	"hub.salford.ac.uk/ssph/licensing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

// licences is where certificates and licences are made.
func (s *Site) licences() licensing.Desk { return licensing.Desk{BaseURL: s.baseURL} }

// trainerComplete shows what completing the session will do.
func (s *Site) trainerComplete(c echo.Context) error {
	session, err := s.taught(c)
	if err != nil {
		return err
	}
	ahead, err := delivery.PreviewComplete(c.Request().Context(), s.db, actorOf(c), session.ID)
	if err != nil {
		return err
	}
	url := trainerSessionURL(session.ID)
	page := templates.CompletePage{
		Page: s.trainerPage(c, "Complete the session"), Back: toTrainerSession(session.ID), URL: url + "/complete", Days: session.DaysLine(),
		LastDay: session.LastDay().Long(), Completes: namesOf(ahead.Completes), CatchUps: namesOf(ahead.CatchUps), CatchUp: len(session.Parts) > 1,
		Unnamed: ahead.Unnamed, UndoBy: s.db.Today().Long(),
	}
	page.Background = templates.White
	for _, missed := range ahead.Misses {
		page.Misses = append(page.Misses, templates.MissedRow{Name: missed.Name, Why: missedWords(missed, len(session.Parts))})
	}
	return s.render(c, http.StatusOK, "trainer-complete", page)
}

// missedWords says why somebody gets no certificate: "absent", "absent from part 2".
func missedWords(m delivery.Missed, parts int) string {
	if len(m.Parts) == parts {
		return "absent"
	}
	numbers := make([]string, len(m.Parts))
	for i, n := range m.Parts {
		numbers[i] = "part " + strconv.Itoa(n)
	}
	return "absent from " + strings.Join(numbers, " and ")
}

// trainerCompleteSend completes it: completions, certificates, licences and mails in one transaction, and once.
func (s *Site) trainerCompleteSend(c echo.Context) error {
	session, err := s.taught(c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	var outcome licensing.Outcome
	err = s.db.InTx(ctx, func(tx models.DB) (err error) {
		outcome, err = s.licences().CompleteSession(ctx, tx, actorOf(c), session.ID)
		return err
	})
	if err != nil {
		return err
	}
	return s.done(c, trainerSessionURL(session.ID), "The session is complete. "+certificatesWords(len(outcome.Granted))+".")
}

// trainerUndo shows what undoing the completion will withdraw.
func (s *Site) trainerUndo(c echo.Context) error { return s.undoPage(c, http.StatusOK, "", nil) }

func (s *Site) undoPage(c echo.Context, status int, reason string, problems models.Problems) error {
	session, err := s.taught(c)
	if err != nil {
		return err
	}
	all, err := licensing.PreviewUndo(c.Request().Context(), s.db, actorOf(c), session.ID)
	if err != nil {
		return err
	}
	page := templates.UndoPage{
		Page: s.trainerPage(c, "Undo the completion"), Back: toTrainerSession(session.ID), URL: trainerSessionURL(session.ID) + "/undo",
		Days: session.DaysLine(), Reason: reason,
	}
	page.Background, page.Problems = templates.White, problems
	for _, one := range all {
		page.Rows = append(page.Rows, templates.UndoRow{Name: one.Completion.PersonName, Lines: one.Lines()})
	}
	return s.render(c, status, "trainer-undo", page)
}

// trainerUndoSend undoes it.
func (s *Site) trainerUndoSend(c echo.Context) error {
	session, err := s.taught(c)
	if err != nil {
		return err
	}
	typed, err := posted(c)
	if err != nil {
		return err
	}
	ctx, reason := c.Request().Context(), lines(typed, "reason")
	problems, err := refused(s.db.InTx(ctx, func(tx models.DB) error {
		_, err := s.licences().UndoSession(ctx, tx, actorOf(c), session.ID, reason)
		return err
	}))
	if err != nil {
		return err
	}
	if problems != nil {
		return s.undoPage(c, http.StatusUnprocessableEntity, reason, problems)
	}
	return s.done(c, trainerSessionURL(session.ID), "The completion is undone. The register is open again.")
}
