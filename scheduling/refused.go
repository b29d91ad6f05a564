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
// the error is of another sort: then the error itself is the answer. The causes of a sentence are not looked into.
func ProblemsOf(err error) models.Problems {
	switch e := err.(type) { //nolint:errorlint // this walks the tree that errors.As would cut short at the first
	case *models.Error:
		if e.Field != "" {
			return models.Problems{e}
		}
	case interface{ Unwrap() []error }:
		var problems models.Problems
		for _, one := range e.Unwrap() {
			problems = append(problems, ProblemsOf(one)...)
		}
		return problems
	case interface{ Unwrap() error }:
		return ProblemsOf(e.Unwrap())
	}
	return nil
}
