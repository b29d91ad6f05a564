package access_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// set changes the settings by hand, as the Hub's operator would.
func set(t *testing.T, db models.DB, statement string, values ...any) {
	t.Helper()
	inTx(t, db, func(ctx context.Context, tx models.DB) error { return tx.SQL(ctx).Exec(statement, values...).Error })
}

func TestSettings_AreTheHubsFigures(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		got, err := access.LoadSettings(t.Context(), db)
		want := access.Settings{
			HoldMinutes: 30, CheckoutMinutes: 35, CheckoutMarginMinutes: 10, PaymentTermsDays: 30, OpenAccessMost: 9, GroupLeast: 10,
			GroupMost: 15, SignInLinkMinutes: 30, SessionCapacity: 15, TravelMinutes: 60, UnboughtDays: 30, FewPlacesLeft: 5,
			QuoteDays: 30, PurchaseOrderDays: 14, PurchaseOrderBefore: 7, CompletionMinutes: 60, OverdueReminders: [4]int{1, 7, 14, 30},
		}
		if err != nil || got != want {
			t.Errorf("got %+v, %v; want %+v", got, err, want)
		}
	})
}

func TestSettings_CountFromTheirLondonDay(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		set(t, db, "INSERT INTO settings (name, value, effective_from, note) VALUES ('payment_terms_days', '14', '2027-04-01', ''), ('payment_terms_days', '21', '2026-12-01', '')")
		for _, c := range []struct {
			at   time.Time
			want int
		}{
			{time.Date(2026, 11, 30, 23, 59, 0, 0, time.UTC), 30},
			{time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC), 21},
			{time.Date(2027, 3, 31, 22, 59, 0, 0, time.UTC), 21}, // 11:59pm in London's summer
			{time.Date(2027, 3, 31, 23, 0, 0, 0, time.UTC), 14},  // midnight in London
		} {
			clock.Set(c.at)
			if s, err := access.LoadSettings(t.Context(), db); err != nil || s.PaymentTermsDays != c.want {
				t.Errorf("at %s: %d days, %v; want %d", c.at, s.PaymentTermsDays, err, c.want)
			}
		}
	})
}

func TestSettings_NameEverythingThatIsWrong(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		set(t, db, "DELETE FROM settings WHERE name = 'hold_minutes'")
		for name, value := range map[string]string{
			"checkout_minutes": "34", "payment_terms_days": "thirty", "open_access_most": "", "group_most": "15.0", "sign_in_link_minutes": "-5",
		} {
			set(t, db, "UPDATE settings SET value = ? WHERE name = ?", value, name)
		}
		s, err := access.LoadSettings(t.Context(), db)
		if err == nil || s != (access.Settings{}) {
			t.Fatalf("got %+v, %v", s, err)
		}
		for _, want := range []string{
			"hold_minutes is missing", `checkout_minutes is "34", and must be a whole number from 35 to 1440`, `payment_terms_days is "thirty"`,
			`open_access_most is ""`, `group_most is "15.0"`, `sign_in_link_minutes is "-5"`,
		} {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%q is not in %q", want, err)
			}
		}
		if models.KindOf(err) != models.KindInternal {
			t.Errorf("a visitor would read %q", err)
		}
	})
}

// The least and the most of a figure may themselves be set, and a group may be of one size only.
func TestSettings_TheBoundsCount(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		for name, value := range map[string]string{
			"group_least": "15", "payment_terms_days": "365", "open_access_most": "200", "checkout_minutes": "35", "travel_minutes": "0", "hold_minutes": "1440",
		} {
			set(t, db, "UPDATE settings SET value = ? WHERE name = ?", value, name)
		}
		if s, err := access.LoadSettings(t.Context(), db); err != nil || s.GroupLeast != 15 || s.GroupMost != 15 || s.PaymentTermsDays != 365 || s.TravelMinutes != 0 {
			t.Errorf("%+v, %v", s, err)
		}
		set(t, db, "UPDATE settings SET value = '366' WHERE name = 'payment_terms_days'")
		if _, err := access.LoadSettings(t.Context(), db); err == nil || !strings.Contains(err.Error(), `payment_terms_days is "366"`) {
			t.Error(err)
		}
	})
}

func TestSettings_AGroupHasAtLeastItsLeast(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		set(t, db, "UPDATE settings SET value = '16' WHERE name = 'group_least'")
		if _, err := access.LoadSettings(t.Context(), db); err == nil || !strings.Contains(err.Error(), "group_least (16) is more than group_most (15)") {
			t.Error(err)
		}
	})
}
