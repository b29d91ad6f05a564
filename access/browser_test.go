package access_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/alexedwards/scs/v2"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// scs must find the methods with a context, and use them.
var _ scs.CtxStore = (*access.SessionStore)(nil)

// browser loads and keeps sessions as a request does.
type browser struct {
	t       *testing.T
	manager *scs.SessionManager
}

func newBrowser(t *testing.T, db models.DB) browser {
	manager := scs.New()
	manager.Store = access.NewSessionStore(db)
	manager.Lifetime = 2 * time.Hour
	return browser{t, manager}
}

func (b browser) load(token string) context.Context {
	b.t.Helper()
	ctx, err := b.manager.Load(b.t.Context(), token)
	if err != nil {
		b.t.Fatal(err)
	}
	return ctx
}

func (b browser) commit(ctx context.Context) string {
	b.t.Helper()
	token, _, err := b.manager.Commit(ctx)
	if err != nil {
		b.t.Fatal(err)
	}
	return token
}

// with begins a session that holds a person's id.
func (b browser) with(person int) string {
	b.t.Helper()
	ctx := b.load("")
	b.manager.Put(ctx, "person", person)
	return b.commit(ctx)
}

func (b browser) person(token string) int {
	b.t.Helper()
	return b.manager.GetInt(b.load(token), "person")
}

func TestBrowserSession_IsKeptUnderAHashUntilItRunsOut(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		b := newBrowser(t, db)
		token := b.with(17)
		if got := b.person(token); got != 17 {
			t.Errorf("holds %d", got)
		}
		if n := count(t, db, "browser_sessions", "token_hash = ?", token); n != 0 {
			t.Error("the token itself is in the database")
		}
		// The clock of the program is months away from the machine's: only the time left counts.
		clock.Advance(2*time.Hour - time.Minute)
		if got := b.person(token); got != 17 {
			t.Errorf("a minute before the end it holds %d", got)
		}
		clock.Advance(time.Minute)
		if got := b.person(token); got != 0 {
			t.Errorf("after the end it holds %d", got)
		}
		inTx(t, db, func(ctx context.Context, tx models.DB) error {
			gone, err := access.Cleanup(ctx, tx)
			if err == nil && gone != 1 {
				err = fmt.Errorf("%d rows went", gone)
			}
			return err
		})
	})
}

func TestBrowserSession_OnceEndedStaysEnded(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		b := newBrowser(t, db)
		token := b.with(17)
		underWay := b.load(token) // a second request of the same browser, begun before the person signs out
		out := b.load(token)
		if err := b.manager.Destroy(out); err != nil {
			t.Fatal(err)
		}
		b.manager.Put(underWay, "seen", true)
		b.commit(underWay)
		if got := b.person(token); got != 0 {
			t.Errorf("signed out, and the session is back with %d", got)
		}
		if err := access.NewSessionStore(db).DeleteCtx(t.Context(), "no such token"); err != nil {
			t.Errorf("ending what is not there: %v", err)
		}
	})
}

func TestBrowserSession_ARenewedTokenTakesItsDataAlong(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		b := newBrowser(t, db)
		old := b.with(0)
		ctx := b.load(old)
		if err := b.manager.RenewToken(ctx); err != nil {
			t.Fatal(err)
		}
		b.manager.Put(ctx, "person", 17)
		fresh := b.commit(ctx)
		if fresh == old || b.person(fresh) != 17 || b.person(old) != 0 {
			t.Errorf("the old token has %d, the new one %d", b.person(old), b.person(fresh))
		}
	})
}

func TestBrowserSession_ManyRequestsAtOnceAllKeepTheirs(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		store := access.NewSessionStore(db)
		var wait sync.WaitGroup
		for i := range 20 {
			wait.Go(func() {
				token := fmt.Sprint("token-", i%5) // four requests to a browser
				if err := store.CommitCtx(t.Context(), token, []byte(token), models.SystemClock{}.Now().Add(time.Hour)); err != nil {
					t.Error(err)
				}
			})
		}
		wait.Wait()
		for i := range 5 {
			token := fmt.Sprint("token-", i)
			if data, found, err := store.FindCtx(t.Context(), token); string(data) != token || !found || err != nil {
				t.Errorf("%s holds %q, %t, %v", token, data, found, err)
			}
		}
	})
}
