package billing

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/stripe/stripe-go/v76"
	"github.com/stripe/stripe-go/v76/webhook"
)

// What VerifyWebhook refuses. Neither is worth a retry.
var (
	// ErrForgedWebhook means it was not signed with our secret near our time, or is not an event.
	ErrForgedWebhook = errors.New("webhook not genuine")
	// ErrWrongMode means a real-money event came to a test system, or the other way round.
	ErrWrongMode = errors.New("webhook from the other mode")
)

// webhookSkew is how far a signature's time may be from our clock, before or after.
const webhookSkew = 5 * time.Minute

// Event is a genuine webhook. It is a hint: what happened is read again from the processor.
type Event struct {
	ID         string // each is acted on once
	Type       string // checkout.session.completed, refund.updated and so on; unknown types are no error
	ObjectID   string // the id of what it is about, such as cs_…; may be empty
	Livemode   bool
	APIVersion string // of the payload; ours does not depend on it, see OtherVersion
	Created    time.Time
}

// OtherVersion says that the endpoint was set up with another API version than the program speaks. Worth a line in the log.
func (e Event) OtherVersion() bool { return e.APIVersion != stripe.APIVersion }

// VerifyWebhook checks the raw body of a webhook against its Stripe-Signature header and reads what it is about. Several secrets
// serve while one replaces another. Now is our own clock: a signature further than five minutes from it, either way, is refused.
// Live says whether this system takes real money. An unusable secret is a fault of ours, whatever was sent.
func VerifyWebhook(payload []byte, header string, secrets []string, now time.Time, live bool) (Event, error) {
	if len(secrets) == 0 {
		return Event{}, errors.New("no webhook secret is set")
	}
	for _, s := range secrets {
		if err := CheckSecret(s); err != nil {
			return Event{}, err
		}
	}
	signed, err := signedAt(header)
	if err != nil {
		return Event{}, err
	}
	if off := now.Sub(signed); off > webhookSkew || off < -webhookSkew {
		return Event{}, fmt.Errorf("%w: signed %s from our time", ErrForgedWebhook, off)
	}
	if err := checkSignature(payload, header, secrets); err != nil {
		return Event{}, err
	}
	return readEvent(payload, live)
}

// signedAt reads the one time in the header.
func signedAt(header string) (time.Time, error) {
	var found []string
	for _, pair := range strings.Split(header, ",") {
		if value, ok := strings.CutPrefix(pair, "t="); ok {
			found = append(found, value)
		}
	}
	if len(found) != 1 {
		return time.Time{}, fmt.Errorf("%w: %d times in the signature", ErrForgedWebhook, len(found))
	}
	seconds, err := strconv.ParseInt(found[0], 10, 64)
	if err != nil {
		return time.Time{}, fmt.Errorf("%w: signature time", ErrForgedWebhook)
	}
	return time.Unix(seconds, 0), nil
}

// checkSignature leaves the time to signedAt: the library compares it with the machine's clock, and only one way.
func checkSignature(payload []byte, header string, secrets []string) error {
	for _, s := range secrets {
		if webhook.ValidatePayloadIgnoringTolerance(payload, header, s) == nil {
			return nil
		}
	}
	return fmt.Errorf("%w: signature", ErrForgedWebhook)
}

func readEvent(payload []byte, live bool) (Event, error) {
	var raw struct {
		ID         string `json:"id"`
		Type       string `json:"type"`
		Livemode   bool   `json:"livemode"`
		APIVersion string `json:"api_version"`
		Created    int64  `json:"created"`
		Data       struct {
			Object struct {
				ID string `json:"id"`
			} `json:"object"`
		} `json:"data"`
	}
	if err := json.Unmarshal(payload, &raw); err != nil {
		return Event{}, fmt.Errorf("%w: %w", ErrForgedWebhook, err)
	}
	if raw.ID == "" || raw.Type == "" {
		return Event{}, fmt.Errorf("%w: no id or type", ErrForgedWebhook)
	}
	for _, s := range []string{raw.ID, raw.Type, raw.Data.Object.ID, raw.APIVersion} {
		if !plainWord(s) {
			return Event{}, fmt.Errorf("%w: %q cannot be kept", ErrForgedWebhook, s)
		}
	}
	if raw.Livemode != live {
		return Event{}, fmt.Errorf("%w: event %s has livemode %t", ErrWrongMode, raw.ID, raw.Livemode)
	}
	return Event{raw.ID, raw.Type, raw.Data.Object.ID, raw.Livemode, raw.APIVersion, instant(raw.Created)}, nil
}

// longestWord is as long as an id, a type or a version of Stripe's gets.
const longestWord = 255

// plainWord says that a word of an event can be written down: printable ASCII, which Stripe's are. PostgreSQL keeps no NUL.
func plainWord(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return len(s) <= longestWord
}
