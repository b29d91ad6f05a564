package scheduling

import (
	"errors"

	"hub.salford.ac.uk/ssph/models"
)

// refused joins the problems of a form into one error of kind invalid; ProblemsOf takes them apart again.
func refused(problems models.Problems) error {
	all := make([]error, 0, len(problems))
	for _, p := range problems {
		all = append(all, p)
	}
	return errors.Join(all...)
}

// ProblemsOf returns the sentences of an error that stand beside a field, in order, to show them with the form. It is empty when
// the error is of another sort: then the error itself is the answer.
func ProblemsOf(err error) models.Problems {
	var joined interface{ Unwrap() []error }
	if errors.As(err, &joined) {
		var problems models.Problems
		for _, one := range joined.Unwrap() {
			problems = append(problems, ProblemsOf(one)...)
		}
		return problems
	}
	var one *models.Error
	if errors.As(err, &one) && one.Field != "" {
		return models.Problems{one}
	}
	return nil
}
