package stripedouble

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"
)

// HoldWebhooks records events from now on without sending them, or sends them again as they happen. What was held back is sent by
// Deliver, in any order, as often as wanted, or never.
func (d *Double) HoldWebhooks(hold bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.hold = hold
}

// SetWebhook changes where events go and what signs them.
func (d *Double) SetWebhook(url, secret string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.options.WebhookURL, d.options.WebhookSecret = url, secret
}

// Twist spoils a delivery. The zero Twist is a proper one.
type Twist struct {
	Secret     string    // signs with another secret
	SignedAt   time.Time // another time in the signature
	APIVersion string    // another version in the body
	Live       bool      // says that real money moved
}

// Deliver sends an event now and returns the receiver's status. Only a proper delivery that was accepted counts as delivered.
func (d *Double) Deliver(ctx context.Context, id string, twist Twist) (int, error) {
	d.mu.Lock()
	e := d.state.event(id)
	if e == nil {
		d.mu.Unlock()
		return 0, fmt.Errorf("there is no event %s", id)
	}
	copied := *e
	d.mu.Unlock()
	req, err := d.request(copied, twist)
	if err != nil {
		return 0, err
	}
	status, err := d.post(req.WithContext(ctx))
	if err == nil && accepted(status) && twist == (Twist{}) {
		d.delivered(id)
	}
	return status, err
}

// DeliverAtOnce sends an event several times in parallel, as Stripe may, and returns the receiver's statuses.
func (d *Double) DeliverAtOnce(ctx context.Context, id string, times int) ([]int, error) {
	statuses, failed := make([]int, times), make([]error, times)
	var sent sync.WaitGroup
	for i := range times {
		sent.Go(func() { statuses[i], failed[i] = d.Deliver(ctx, id, Twist{}) })
	}
	sent.Wait()
	return statuses, errors.Join(failed...)
}

// Flush waits until nothing is on its way, retries included.
func (d *Double) Flush() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for d.sending > 0 {
		d.idle.Wait()
	}
}

// send delivers an event, with pauses between tries, until it is accepted, the tries are used up or the double is closed.
func (d *Double) send(e event) {
	defer func() {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.sending--
		if d.sending == 0 {
			d.idle.Broadcast()
		}
	}()
	for try := 0; ; try++ {
		status, err := d.try(e)
		if err == nil && accepted(status) {
			d.delivered(e.ID)
			return
		}
		d.options.Log.Warn("test payments webhook not accepted", "type", e.Type, "event", e.ID, "status", status, "error", err)
		if try == len(d.options.RetryPauses) {
			return
		}
		select {
		case <-time.After(d.options.RetryPauses[try]):
		case <-d.done:
			return
		}
	}
}

func accepted(status int) bool { return status >= 200 && status < 300 }

// try makes one proper delivery; the client's time limit bounds it.
func (d *Double) try(e event) (int, error) {
	req, err := d.request(e, Twist{})
	if err != nil {
		return 0, err
	}
	return d.post(req)
}

// request writes an event as the receiver will see it.
func (d *Double) request(e event, twist Twist) (*http.Request, error) {
	d.mu.Lock()
	url, secret := d.target(e.Type)
	d.mu.Unlock()
	body, header, err := d.signed(e, secret, twist)
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequest(http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	req.Header.Set("Stripe-Signature", header)
	return req, nil
}

func (d *Double) post(req *http.Request) (int, error) {
	res, err := d.client.Do(req)
	if err != nil {
		return 0, err
	}
	defer res.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(res.Body, maxBody)) // so that the connection can be used again
	return res.StatusCode, nil
}

func (d *Double) delivered(id string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if e := d.state.event(id); e != nil {
		e.Delivered = true
		d.keep()
	}
}

// signed writes the body and its Stripe-Signature: HMAC-SHA256 over "time.body".
func (d *Double) signed(e event, secret string, twist Twist) (body []byte, header string, err error) {
	version, at := apiVersion, d.options.Clock.Now()
	if twist.APIVersion != "" {
		version = twist.APIVersion
	}
	if !twist.SignedAt.IsZero() {
		at = twist.SignedAt
	}
	if twist.Secret != "" {
		secret = twist.Secret
	}
	envelope := e.envelope(version)
	envelope["livemode"] = twist.Live
	if body, err = json.Marshal(envelope); err != nil {
		return nil, "", err
	}
	mac := hmac.New(sha256.New, []byte(secret))
	fmt.Fprintf(mac, "%d.%s", at.Unix(), body)
	return body, fmt.Sprintf("t=%d,v1=%s", at.Unix(), hex.EncodeToString(mac.Sum(nil))), nil
}
