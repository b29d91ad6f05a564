package access_test

import (
	"context"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

func issueLink(t *testing.T, db models.DB, r access.LinkRequest) string {
	t.Helper()
	var token string
	inTx(t, db, func(ctx context.Context, tx models.DB) (err error) {
		token, err = access.IssueLink(ctx, tx, r)
		return err
	})
	return token
}

func useLink(t *testing.T, db models.DB, token string) (p access.Person, l access.Link, err error) {
	err = db.InTx(t.Context(), func(tx models.DB) (err error) {
		p, l, err = access.UseLink(t.Context(), tx, token)
		return err
	})
	return p, l, err
}

func TestLink_SignsInOnceAndConfirmsTheAddress(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		other := findOrCreate(t, db, "Tom Ashworth", "tom@irwell.example")
		token := issueLink(t, db, access.LinkRequest{Email: " Grace@Irwell.example", Name: "Grace Okafor", Next: "/account"})
		if len(token) != 43 {
			t.Errorf("a token of %d letters", len(token))
		}
		if n := count(t, db, "sign_in_links", "token_hash = ? OR token_hash LIKE ?", token, "%"+token+"%"); n != 0 {
			t.Error("the token itself is in the database")
		}
		clock.Advance(29 * time.Minute)
		for range 3 { // mail scanners look as often as they like
			if l, err := access.LookLink(t.Context(), db, token); err != nil || l.Next != "/account" || l.Email != "grace@irwell.example" {
				t.Fatalf("look: %+v, %v", l, err)
			}
		}
		if _, _, err := access.UseLink(t.Context(), db, token); err == nil {
			t.Error("a link was used outside a transaction")
		}
		p, l, err := useLink(t, db, token)
		if err != nil || p.Name != "Grace Okafor" || p.Email != "grace@irwell.example" || l.Next != "/account" || l.UsedAt == nil {
			t.Fatalf("use: %+v, %+v, %v", p, l, err)
		}
		if kept, err := access.FindPerson(t.Context(), db, p.ID); err != nil || kept.EmailConfirmedAt == nil || !kept.EmailConfirmedAt.Equal(clock.Now()) {
			t.Errorf("the address is not confirmed: %+v, %v", kept, err)
		}
		if kept, err := access.FindPerson(t.Context(), db, other.ID); err != nil || kept.EmailConfirmedAt != nil {
			t.Errorf("somebody else's address is confirmed: %+v, %v", kept, err)
		}
		if n := count(t, db, "audit_rows", "action = 'signed-in' AND actor_id = ?", p.ID); n != 1 {
			t.Errorf("%d audit rows", n)
		}
		const used = "This sign-in link has been used. Each link works once. Ask for a new one"
		if _, _, err := useLink(t, db, token); models.KindOf(err) != models.KindGone || err.Error() != used {
			t.Errorf("a second time: %v", err)
		}
		if _, err := access.LookLink(t.Context(), db, token); models.KindOf(err) != models.KindGone || err.Error() != used {
			t.Errorf("a look afterwards: %v", err)
		}
	})
}

func TestLink_RunsOutAfterTheSetting(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		token := issueLink(t, db, access.LinkRequest{Email: "grace@irwell.example"})
		clock.Advance(30 * time.Minute) // the setting: what ends at 9:30 no longer works at 9:30
		const gone = "This sign-in link ran out on 23 November 2026 at 9:30am. Ask for a new one"
		if _, err := access.LookLink(t.Context(), db, token); models.KindOf(err) != models.KindGone || err.Error() != gone {
			t.Errorf("look: %v", err)
		}
		if _, _, err := useLink(t, db, token); models.KindOf(err) != models.KindGone || err.Error() != gone {
			t.Errorf("use: %v", err)
		}
		if n := count(t, db, "people", "1 = 1"); n != 0 {
			t.Errorf("%d people were made", n)
		}
	})
}

func TestLink_OfFiftyAtOnceOneSignsIn(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		token := issueLink(t, db, access.LinkRequest{Email: "grace@irwell.example", Name: "Grace Okafor"})
		var wait sync.WaitGroup
		var in, refused atomic.Int64
		for range 50 {
			wait.Go(func() {
				switch _, _, err := useLink(t, db, token); {
				case err == nil:
					in.Add(1)
				case models.KindOf(err) == models.KindGone:
					refused.Add(1)
				default:
					t.Error(err)
				}
			})
		}
		wait.Wait()
		if in.Load() != 1 || refused.Load() != 49 {
			t.Errorf("%d signed in and %d were refused", in.Load(), refused.Load())
		}
		if n := count(t, db, "audit_rows", "action = 'signed-in'"); n != 1 {
			t.Errorf("%d audit rows", n)
		}
	})
}

func TestLink_UsedInATransactionThatFailsIsNotUsed(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		token := issueLink(t, db, access.LinkRequest{Email: "grace@irwell.example"})
		full := models.Fail(models.KindFull, "The session is full")
		err := db.InTx(t.Context(), func(tx models.DB) error {
			if _, _, err := access.UseLink(t.Context(), tx, token); err != nil {
				return err
			}
			return full
		})
		if models.KindOf(err) != models.KindFull {
			t.Fatal(err)
		}
		if _, _, err := useLink(t, db, token); err != nil {
			t.Errorf("afterwards: %v", err)
		}
	})
}

func TestLink_WhatNobodyWasSentIsNotFound(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		good := issueLink(t, db, access.LinkRequest{Email: "grace@irwell.example"})
		for _, token := range []string{"", "x", good[:42], good + "A", strings.ToLower(good) + "é", "' OR '1'='1", strings.Repeat("a", 10000), "\x00"} {
			if _, err := access.LookLink(t.Context(), db, token); models.KindOf(err) != models.KindNotFound {
				t.Errorf("look at %.20q: %v", token, err)
			}
			if _, _, err := useLink(t, db, token); models.KindOf(err) != models.KindNotFound {
				t.Errorf("use %.20q: %v", token, err)
			}
		}
	})
}

// Signing in again leaves the instant at which the address was first confirmed.
func TestLink_TheFirstConfirmationCounts(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		first := clock.Now()
		for range 2 {
			token := issueLink(t, db, access.LinkRequest{Email: "grace@irwell.example"})
			if p, _, err := useLink(t, db, token); err != nil || p.EmailConfirmedAt == nil || !p.EmailConfirmedAt.Equal(first) {
				t.Errorf("confirmed at %v, want %v, %v", p.EmailConfirmedAt, first, err)
			}
			clock.Advance(24 * time.Hour)
		}
	})
}

// A printed link takes the place of those that only sign in. One that confirms a booking still waits in its mail.
func TestLink_APrintedOneLeavesTheBookingsOwn(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		insertBookings(t, db, bookingOf{id: 7, claim: "claim"})
		id := int64(7)
		if err := request(t, db, access.LinkRequest{Email: "grace@irwell.example", Name: "Grace Okafor", BookingID: &id}); err != nil {
			t.Fatal(err)
		}
		issueLink(t, db, access.LinkRequest{Email: "grace@irwell.example"})
		if _, err := access.LinkWaiting(t.Context(), db, id); err != nil {
			t.Errorf("the link that confirms the booking is gone: %v", err)
		}
	})
}

func TestLink_APrintedOneReplacesThoseBefore(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		old := issueLink(t, db, access.LinkRequest{Email: "grace@irwell.example"})
		other := issueLink(t, db, access.LinkRequest{Email: "tom@irwell.example"})
		fresh := issueLink(t, db, access.LinkRequest{Email: "GRACE@irwell.example"})
		if _, _, err := useLink(t, db, old); models.KindOf(err) != models.KindNotFound {
			t.Errorf("the old one: %v", err)
		}
		for _, token := range []string{other, fresh} {
			if _, _, err := useLink(t, db, token); err != nil {
				t.Error(err)
			}
		}
	})
}

func TestCleanup_TakesOnlyWhatHasLongEnded(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		accesstest.Person(t, db, "Grace Okafor", "grace@irwell.example")
		old := issueLink(t, db, access.LinkRequest{Email: "grace@irwell.example"})
		clock.Advance(30*24*time.Hour + 30*time.Minute)
		fresh := issueLink(t, db, access.LinkRequest{Email: "tom@irwell.example"})
		cleanup := func() (gone int64) {
			inTx(t, db, func(ctx context.Context, tx models.DB) (err error) {
				gone, err = access.Cleanup(ctx, tx)
				return err
			})
			return gone
		}
		if gone := cleanup(); gone != 0 {
			t.Errorf("%d went a moment too early", gone)
		}
		clock.Advance(time.Second)
		if gone := cleanup(); gone != 1 {
			t.Errorf("%d went, want 1", gone)
		}
		if _, err := access.LookLink(t.Context(), db, old); models.KindOf(err) != models.KindNotFound {
			t.Errorf("the old one: %v", err)
		}
		if _, err := access.LookLink(t.Context(), db, fresh); err != nil {
			t.Errorf("the fresh one: %v", err)
		}
	})
}
