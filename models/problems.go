package models

import "errors"

// Problems collects what is wrong with a form, field by field, in the order found.
type Problems []*Error

// Add notes that a field needs mending; the first sentence about a field stands.
func (p *Problems) Add(field, format string, args ...any) {
	if p.For(field) == "" {
		*p = append(*p, Invalid(field, format, args...))
	}
}

// And notes problems found later, like a use case's after the form's own: of a field that has a sentence the first stands.
func (p *Problems) And(more Problems) {
	for _, one := range more {
		p.Add(one.Field, "%s", one.Msg)
	}
}

// For returns the sentence that stands beside the field, or the empty string.
func (p Problems) For(field string) string {
	for _, e := range p {
		if e.Field == field {
			return e.Msg
		}
	}
	return ""
}

// Err joins the problems into one error of kind invalid, or is nil when there are none; ProblemsOf takes them apart again.
func (p Problems) Err() error {
	all := make([]error, 0, len(p))
	for _, one := range p {
		all = append(all, one)
	}
	return errors.Join(all...)
}

// ProblemsOf returns the sentences of an error that stand beside a field, in order, to show them with the form. It is empty when
// the error is of another sort: then the error itself is the answer. The causes of a sentence are not looked into.
func ProblemsOf(err error) Problems {
	switch e := err.(type) { //nolint:errorlint // this walks the tree that errors.As would cut short at the first
	case *Error:
		if e.Field != "" {
			return Problems{e}
		}
	case interface{ Unwrap() []error }:
		var problems Problems
		for _, one := range e.Unwrap() {
			problems = append(problems, ProblemsOf(one)...)
		}
		return problems
	case interface{ Unwrap() error }:
		return ProblemsOf(e.Unwrap())
	}
	return nil
}
