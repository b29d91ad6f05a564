package handlers

import (
	"context"
	"log/slog"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/scheduling"
)

// accreditation is the footer's sentence about the programme; empty outside the record's dates. A page is not refused for want of it.
func (s *Site) accreditation(c echo.Context) string {
	line, err := s.accreditationLine(c.Request().Context())
	if err != nil {
		s.log.Warn("accreditation line", slog.String("request_id", reference(c)), slog.String("error", err.Error()))
	}
	return line
}

func (s *Site) accreditationLine(ctx context.Context) (string, error) {
	course, err := scheduling.TheCourse(ctx, s.db)
	if err != nil {
		return "", err
	}
	record, found, err := scheduling.Accreditation(ctx, s.db, course.ID, s.db.Today())
	if err != nil || !found {
		return "", err
	}
	return record.FooterLine(), nil
}
