package models

import (
	"errors"
	"fmt"
)

// Kind says what sort of failure an Error is. The web layer has one table from Kind to HTTP status.
type Kind string

// The whole error vocabulary.
const (
	KindInvalid   Kind = "invalid"   // the person can mend what they typed
	KindNotFound  Kind = "not found" // no such thing, or not theirs to see
	KindConflict  Kind = "conflict"  // it changed meanwhile, or it clashes with something that stands
	KindFull      Kind = "full"      // no room is left
	KindForbidden Kind = "forbidden" // signed in, but not allowed
	KindGone      Kind = "gone"      // it was there and has ended: an expired hold, a used link
	KindInternal  Kind = "internal"  // our fault; the cause is logged, never shown
)

// Error is a failure with a sentence for the person it happened to.
type Error struct {
	Kind  Kind
	Msg   string // a whole sentence in plain English, safe to show
	Field string // the form field it stands beside; empty when there is none
	Cause error  // what the log should know; never shown
}

// Error gives the sentence, and the cause for the log.
func (e *Error) Error() string {
	if e.Cause != nil {
		return fmt.Sprintf("%s: %v", e.Msg, e.Cause)
	}
	return e.Msg
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Cause }

// Invalid says that a field needs mending.
func Invalid(field, format string, args ...any) *Error {
	return &Error{Kind: KindInvalid, Field: field, Msg: fmt.Sprintf(format, args...)}
}

// Fail makes an Error of any kind without a field.
func Fail(kind Kind, format string, args ...any) *Error {
	return &Error{Kind: kind, Msg: fmt.Sprintf(format, args...)}
}

// NotFound says that there is no such thing, or that it is not theirs to see: the answer is the same.
func NotFound(format string, args ...any) *Error { return Fail(KindNotFound, format, args...) }

// Because adds the cause to an Error and returns it.
func (e *Error) Because(cause error) *Error {
	e.Cause = cause
	return e
}

// KindOf returns the kind of err: KindInternal when it is no *Error, and the empty Kind when err is nil.
func KindOf(err error) Kind {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return KindInternal
}
