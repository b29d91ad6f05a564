package stripedouble

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// state is everything Stripe would remember. Slices are oldest first. Times are whole seconds.
type state struct {
	Sessions []*session         `json:"sessions"`
	Payments []*payment         `json:"payments"`
	Refunds  []*refund          `json:"refunds"`
	Disputes []*dispute         `json:"disputes"`
	Events   []*event           `json:"events"`
	Hooks    []*hook            `json:"hooks"`
	Answers  map[string]*answer `json:"answers"` // by idempotency key
}

type session struct {
	ID              string            `json:"id"`
	Created         int64             `json:"created"`
	ExpiresAt       int64             `json:"expires_at"`
	Status          string            `json:"status"` // open, complete, expired
	Lines           []line            `json:"lines"`
	Total           int64             `json:"total"`
	Currency        string            `json:"currency"`
	Reference       string            `json:"reference"`
	Email           string            `json:"email"`
	SuccessURL      string            `json:"success_url"`
	CancelURL       string            `json:"cancel_url"`
	Metadata        map[string]string `json:"metadata"`
	PaymentMetadata map[string]string `json:"payment_metadata"`
	Payment         string            `json:"payment"` // from the first try to pay
}

type line struct {
	Name     string `json:"name"`
	Quantity int64  `json:"quantity"`
	Unit     int64  `json:"unit"`
}

type payment struct {
	ID       string            `json:"id"`
	Created  int64             `json:"created"`
	Status   string            `json:"status"` // requires_payment_method, processing, succeeded
	Amount   int64             `json:"amount"`
	Currency string            `json:"currency"`
	Metadata map[string]string `json:"metadata"`
	Charge   string            `json:"charge"`
	Charged  int64             `json:"charged"`
	Refunded int64             `json:"refunded"`
}

type refund struct {
	ID       string            `json:"id"`
	Created  int64             `json:"created"`
	Payment  string            `json:"payment"`
	Amount   int64             `json:"amount"`
	Status   string            `json:"status"` // pending, succeeded, failed
	Reason   string            `json:"reason"`
	Metadata map[string]string `json:"metadata"`
}

type dispute struct {
	ID       string `json:"id"`
	Created  int64  `json:"created"`
	Payment  string `json:"payment"`
	Amount   int64  `json:"amount"`
	Reason   string `json:"reason"`
	Status   string `json:"status"` // warning_needs_response, warning_closed, needs_response, won, lost
	Taken    bool   `json:"taken"`
	Returned bool   `json:"returned"`
	AnswerBy int64  `json:"answer_by"`
}

type event struct {
	ID        string          `json:"id"`
	Type      string          `json:"type"`
	Created   int64           `json:"created"`
	ObjectID  string          `json:"object_id"`
	Object    json.RawMessage `json:"object"` // as it was then
	Delivered bool            `json:"delivered"`
}

// What Stripe forgets, and when.
const (
	eventsKept  = 30 * 24 * time.Hour
	answersKept = 24 * time.Hour
)

// forget drops what Stripe would no longer have.
func (s *state) forget(now int64) {
	for len(s.Events) > 0 && s.Events[0].Created < now-int64(eventsKept.Seconds()) {
		s.Events = s.Events[1:]
	}
	for key, a := range s.Answers {
		if a.At < now-int64(answersKept.Seconds()) {
			delete(s.Answers, key)
		}
	}
}

// find returns the entry with the id, or nil.
func find[T any](all []*T, id func(*T) string, want string) *T {
	for _, x := range all {
		if id(x) == want {
			return x
		}
	}
	return nil
}

func (s *state) session(id string) *session {
	return find(s.Sessions, func(x *session) string { return x.ID }, id)
}

func (s *state) payment(id string) *payment {
	return find(s.Payments, func(x *payment) string { return x.ID }, id)
}

// charged finds a payment by its charge, and nothing by no charge.
func (s *state) charged(id string) *payment {
	if id == "" {
		return nil
	}
	return find(s.Payments, func(x *payment) string { return x.Charge }, id)
}

func (s *state) dispute(id string) *dispute {
	return find(s.Disputes, func(x *dispute) string { return x.ID }, id)
}

func (s *state) refund(id string) *refund {
	return find(s.Refunds, func(x *refund) string { return x.ID }, id)
}

func (s *state) event(id string) *event {
	return find(s.Events, func(x *event) string { return x.ID }, id)
}

// load reads a state file; none yet is an empty state.
func load(path string) (state, error) {
	s := state{Answers: map[string]*answer{}}
	if path == "" {
		return s, nil
	}
	text, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return s, nil
	}
	if err == nil {
		err = json.Unmarshal(text, &s)
	}
	if err != nil {
		return s, fmt.Errorf("test payments: %w", err)
	}
	if s.Answers == nil {
		s.Answers = map[string]*answer{}
	}
	return s, nil
}

// store writes the state beside its file and renames it, so that a crash leaves the old file or the new one.
func (s *state) store(path string) error {
	if path == "" {
		return nil
	}
	text, err := json.Marshal(s)
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name()) // the first error is the one to tell
	}
	return err
}
