package scheduling

import (
	"context"
	"errors"

	"hub.salford.ac.uk/ssph/models"
)

// Course is what is taught. Its dated accreditations stand beside it.
type Course struct {
	ID      int64
	Code    string // short and lasting: SPT
	Title   string
	Summary string
}

// FindCourse reads the course with this code. A code that is not there is not found.
func FindCourse(ctx context.Context, db models.DB, code string) (Course, error) {
	row, err := courseByCode(ctx, db, code)
	if errors.Is(err, models.ErrNoRow) {
		return Course{}, models.NotFound("We have no course with the code %s", code).Because(err)
	}
	return Course(row), err
}

// Courses lists every course in the order in which they were added; the first is the one the public pages speak of.
func Courses(ctx context.Context, db models.DB) ([]Course, error) {
	rows, err := allCourses(ctx, db)
	if err != nil {
		return nil, err
	}
	courses := make([]Course, 0, len(rows))
	for _, r := range rows {
		courses = append(courses, Course(r))
	}
	return courses, nil
}

// TheCourse is the course that the public pages speak of: the first one added.
func TheCourse(ctx context.Context, db models.DB) (Course, error) {
	courses, err := Courses(ctx, db)
	if err != nil {
		return Course{}, err
	}
	if len(courses) == 0 {
		return Course{}, models.NotFound("There is no course yet")
	}
	return courses[0], nil
}
