package billing

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stripe/stripe-go/v76"
)

const (
	oldSecret = "whsec_oldoldoldoldoldold"
	newSecret = "whsec_newnewnewnewnewnew"
)

var ours = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// sign makes a header by the published scheme: HMAC-SHA256 over "time.payload".
func sign(payload, secret string, at time.Time) string {
	mac := hmac.New(sha256.New, []byte(secret))
	fmt.Fprintf(mac, "%d.%s", at.Unix(), payload)
	return fmt.Sprintf("t=%d,v1=%s", at.Unix(), hex.EncodeToString(mac.Sum(nil)))
}

func payload(version string, live bool) string {
	return fmt.Sprintf(`{"id":"evt_1","object":"event","type":"checkout.session.completed","api_version":%q,"livemode":%t,`+
		`"created":1795424400,"data":{"object":{"id":"cs_test_9","object":"checkout.session"}}}`, version, live)
}

func TestVerifyWebhook_Genuine(t *testing.T) {
	body := payload(stripe.APIVersion, false)
	e, err := VerifyWebhook([]byte(body), sign(body, newSecret, ours), []string{newSecret}, ours, false)
	want := Event{"evt_1", "checkout.session.completed", "cs_test_9", false, stripe.APIVersion, time.Unix(1795424400, 0).UTC()}
	if err != nil || e != want || e.OtherVersion() {
		t.Errorf("%+v %v", e, err)
	}
}

func TestVerifyWebhook_EitherSecretWhileOneReplacesTheOther(t *testing.T) {
	body := payload(stripe.APIVersion, false)
	both := []string{newSecret, oldSecret}
	_, mac, _ := strings.Cut(sign(body, oldSecret, ours), ",")
	for _, header := range []string{sign(body, oldSecret, ours), sign(body, newSecret, ours), sign(body, "whsec_another", ours) + "," + mac} {
		if _, err := VerifyWebhook([]byte(body), header, both, ours, false); err != nil {
			t.Errorf("%s: %v", header, err)
		}
	}
}

func TestVerifyWebhook_OtherVersionIsReadAndSaid(t *testing.T) {
	body := payload("2026-08-26.dahlia", false)
	e, err := VerifyWebhook([]byte(body), sign(body, newSecret, ours), []string{newSecret}, ours, false)
	if err != nil || !e.OtherVersion() || e.ObjectID != "cs_test_9" {
		t.Errorf("%+v %v", e, err)
	}
}

func TestVerifyWebhook_ForgedIsRefused(t *testing.T) {
	body := payload(stripe.APIVersion, false)
	good := sign(body, newSecret, ours)
	stamp, _, _ := strings.Cut(good, ",")
	for name, c := range map[string]struct{ body, header string }{
		"no header":              {body, ""},
		"no signature":           {body, stamp},
		"wrong secret":           {body, sign(body, oldSecret, ours)},
		"signed with nothing":    {body, sign(body, "", ours)},
		"body changed":           {strings.Replace(body, "cs_test_9", "cs_test_8", 1), good},
		"older than six minutes": {body, sign(body, newSecret, ours.Add(-6*time.Minute))},
		"six minutes ahead":      {body, sign(body, newSecret, ours.Add(6*time.Minute))},
		"two days ahead":         {body, sign(body, newSecret, ours.Add(48*time.Hour))},
		"two times":              {body, "t=1," + good},
		"no number":              {body, strings.Replace(good, "t=", "t=x", 1)},
		"not JSON":               {"money", sign("money", newSecret, ours)},
		"no event":               {"{}", sign("{}", newSecret, ours)},
		"null data":              {`{"id":"evt_1","data":null}`, sign(`{"id":"evt_1","data":null}`, newSecret, ours)},
	} {
		if e, err := VerifyWebhook([]byte(c.body), c.header, []string{newSecret}, ours, false); !errors.Is(err, ErrForgedWebhook) {
			t.Errorf("%s: %+v %v", name, e, err)
		}
	}
}

// Words that no database keeps, or that are longer than Stripe's, are refused though they are signed.
func TestVerifyWebhook_WordsThatCannotBeKept(t *testing.T) {
	for word, want := range map[string]bool{
		"evt_1": true, "evt_" + strings.Repeat("9", 251): true, "evt_" + strings.Repeat("9", 252): false,
		`evt_1\u0000`: false, `evt_1\n`: false, "evt_\x7f": false, "evt_é": false, "evt_\xff": false,
	} {
		for _, of := range []string{`"evt_1"`, `"checkout.session.completed"`, `"cs_test_9"`, `"` + stripe.APIVersion + `"`} {
			body := strings.Replace(payload(stripe.APIVersion, false), of, `"`+word+`"`, 1)
			_, err := VerifyWebhook([]byte(body), sign(body, newSecret, ours), []string{newSecret}, ours, false)
			if want != (err == nil) || !want && !errors.Is(err, ErrForgedWebhook) {
				t.Errorf("%q in the place of %s: %v", word, of, err)
			}
		}
	}
}

func TestVerifyWebhook_FiveMinutesEitherWayAreAllowed(t *testing.T) {
	body := payload(stripe.APIVersion, false)
	for _, off := range []time.Duration{-5 * time.Minute, 0, 5 * time.Minute} {
		if _, err := VerifyWebhook([]byte(body), sign(body, newSecret, ours.Add(off)), []string{newSecret}, ours, false); err != nil {
			t.Errorf("%s: %v", off, err)
		}
	}
}

func TestVerifyWebhook_OtherModeIsRefused(t *testing.T) {
	for _, live := range []bool{true, false} {
		body := payload(stripe.APIVersion, live)
		_, err := VerifyWebhook([]byte(body), sign(body, newSecret, ours), []string{newSecret}, ours, !live)
		if !errors.Is(err, ErrWrongMode) {
			t.Errorf("livemode %t: %v", live, err)
		}
	}
}

// stripe-go itself accepts a header signed with the empty secret.
func TestVerifyWebhook_NoUsableSecretRefusesEverything(t *testing.T) {
	body := payload(stripe.APIVersion, false)
	for _, secrets := range [][]string{nil, {""}, {newSecret, ""}, {"whsec_"}, {"secret_without_the_prefix"}} {
		for _, s := range append(secrets, "") {
			if _, err := VerifyWebhook([]byte(body), sign(body, s, ours), secrets, ours, false); err == nil {
				t.Errorf("secrets %q accepted what %q signed", secrets, s)
			}
		}
	}
}

func FuzzVerifyWebhook(f *testing.F) {
	body := payload(stripe.APIVersion, false)
	f.Add([]byte(body), sign(body, newSecret, ours))
	f.Add([]byte(`{"data":{}}`), "t=1,v1=,v0=00")
	f.Add([]byte(`[]`), "t=1795424400,t=1795424400,v1=zz")
	f.Fuzz(func(t *testing.T, body []byte, header string) {
		genuine := sign(string(body), newSecret, ours)
		_, mac, _ := strings.Cut(genuine, ",v1=")
		if _, err := VerifyWebhook(body, header, []string{newSecret}, ours, false); err == nil && header != genuine {
			if at, _ := signedAt(header); at.Equal(ours) && !strings.Contains(strings.ToLower(header), mac) {
				t.Fatalf("accepted %q for %q", header, body)
			}
		}
		// Whatever a genuine sender signs is read or refused; it never crashes.
		if e, err := VerifyWebhook(body, genuine, []string{newSecret}, ours, false); err == nil && (e.ID == "" || e.Livemode || strings.ContainsRune(e.ID+e.Type+e.ObjectID+e.APIVersion, 0)) {
			t.Fatalf("%q was read as %+v", body, e)
		}
	})
}
