package handlers

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/jobs"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

// officeJobs lists the work that nobody tries any more.
func (s *Site) officeJobs(c echo.Context) error {
	ctx := c.Request().Context()
	failed, err := jobs.Failed(ctx, s.db)
	if err != nil {
		return err
	}
	counts, err := jobs.Count(ctx, s.db)
	if err != nil {
		return err
	}
	page := templates.OfficeJobsPage{
		Page: s.officePage(c, "Jobs", "jobs"), Waiting: counts.Waiting, Running: counts.Running, Done: counts.Done, Failed: counts.Failed,
	}
	for _, f := range failed {
		page.Rows = append(page.Rows, templates.JobRow{
			ID: f.ID, What: jobWords(f.Kind), About: f.Args, Error: f.LastError, Attempts: f.Attempts, At: f.FailedAt,
			RetryURL: fmt.Sprintf("/office/jobs/%d/retry", f.ID),
		})
	}
	return s.render(c, http.StatusOK, "office-jobs", page)
}

// jobWords names the work; one without words here is shown as the program names it.
func jobWords(kind string) string {
	switch kind {
	case "mail.send":
		return "Send an email"
	case "billing.refund":
		return "Send a refund"
	}
	return strings.ReplaceAll(kind, ".", ": ")
}

// officeJobRetry gives a failed job another try.
func (s *Site) officeJobRetry(c echo.Context) error {
	id, err := number(c, "job")
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	err = s.db.InTx(ctx, func(tx models.DB) error {
		if err := jobs.Retry(ctx, tx, id); err != nil {
			return err
		}
		return access.Record(ctx, tx, actorOf(c), access.Entry{Action: "job-tried-again", SubjectKind: "job", SubjectID: id})
	})
	if err != nil {
		return err
	}
	return s.done(c, "/office/jobs", "The job is tried again.")
}
