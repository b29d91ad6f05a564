package access

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"hub.salford.ac.uk/ssph/models"
)

// Settings are the figures the Hub may change, as they count on one day. Minutes and days are whole numbers.
type Settings struct {
	HoldMinutes           int    // how long places are held while a booking is filled in
	CheckoutMinutes       int    // how long the card payment page stays open
	CheckoutMarginMinutes int    // how long places stay held after the payment page closes
	PaymentTermsDays      int    // days to pay an invoice
	OpenAccessMost        int    // the most open-access places one organisation may hold on one session
	GroupLeast            int    // the fewest people in an organisation's own group
	GroupMost             int    // the most people in an organisation's own group
	SignInLinkMinutes     int    // how long a mailed sign-in link works
	SessionCapacity       int    // places on a session unless it says otherwise
	TravelMinutes         int    // travel and set-up before and after a face-to-face part
	UnboughtDays          int    // days after which what was typed for a booking never bought is forgotten
	FewPlacesLeft         int    // at this many places left or fewer, a session says so
	QuoteDays             int    // how long a quote stands
	PurchaseOrderDays     int    // how long a purchase order may follow after booking
	PurchaseOrderBefore   int    // a purchase order must be here at least this many days before the session
	CompletionMinutes     int    // from so many minutes before the end of its last part a session can be completed
	OverdueReminders      [4]int // days after an invoice was due on which its customer is reminded; 0 is none
}

// LoadSettings reads the settings that count on the database's today. A value that is missing, is no number or makes no sense
// is an error naming every such setting: the program does not guess.
func LoadSettings(ctx context.Context, db models.DB) (Settings, error) {
	return SettingsOn(ctx, db, db.Today())
}

// SettingsOn reads the settings that count on a day, as far as they are known now.
func SettingsOn(ctx context.Context, db models.DB, day models.Date) (Settings, error) {
	values, err := settingsOn(ctx, db, day)
	if err != nil {
		return Settings{}, err
	}
	return parseSettings(values)
}

// figure says where a setting goes, the least and most it may sensibly be, and what it counts.
type figure struct {
	name        string
	into        *int
	least, most int
	unit        string // one of them: "minute"
}

// figures are the settings the office may change, in the order in which they are read: what a booking is given time for, how many
// people, the day itself, then money.
func (s *Settings) figures() []figure {
	return []figure{
		{"hold_minutes", &s.HoldMinutes, 1, 24 * 60, "minute"},
		{"checkout_minutes", &s.CheckoutMinutes, 35, 24 * 60, "minute"}, // the payment page refuses less than 30, and clocks differ
		{"checkout_margin_minutes", &s.CheckoutMarginMinutes, 1, 24 * 60, "minute"},
		{"unbought_days", &s.UnboughtDays, 1, 3650, "day"},
		{"sign_in_link_minutes", &s.SignInLinkMinutes, 1, 24 * 60, "minute"},
		{"open_access_most", &s.OpenAccessMost, 1, 200, "place"},
		{"group_least", &s.GroupLeast, 1, 200, "person"},
		{"group_most", &s.GroupMost, 1, 200, "person"},
		{"session_capacity", &s.SessionCapacity, 1, 200, "place"},
		{"few_places_left", &s.FewPlacesLeft, 0, 200, "place"},
		{"travel_minutes", &s.TravelMinutes, 0, 24 * 60, "minute"},
		{"completion_minutes", &s.CompletionMinutes, 0, 24 * 60, "minute"},
		{"quote_days", &s.QuoteDays, 1, 365, "day"},
		{"purchase_order_days", &s.PurchaseOrderDays, 0, 365, "day"},
		{"purchase_order_before_days", &s.PurchaseOrderBefore, 0, 365, "day"},
		{"payment_terms_days", &s.PaymentTermsDays, 1, 365, "day"},
		{"overdue_reminder_1", &s.OverdueReminders[0], 0, 365, "day"},
		{"overdue_reminder_2", &s.OverdueReminders[1], 0, 365, "day"},
		{"overdue_reminder_3", &s.OverdueReminders[2], 0, 365, "day"},
		{"overdue_reminder_4", &s.OverdueReminders[3], 0, 365, "day"},
	}
}

func parseSettings(values map[string]string) (Settings, error) {
	s, wrong := readFigures(values)
	if len(wrong) == 0 && s.GroupLeast > s.GroupMost {
		wrong = append(wrong, fmt.Sprintf("group_least (%d) is more than group_most (%d)", s.GroupLeast, s.GroupMost))
	}
	if len(wrong) > 0 {
		return Settings{}, fmt.Errorf("settings: %s", strings.Join(wrong, "; "))
	}
	return s, nil
}

// readFigures reads every figure by itself and says which cannot be used.
func readFigures(values map[string]string) (s Settings, wrong []string) {
	for _, p := range s.figures() {
		value, there := values[p.name]
		if !there {
			wrong = append(wrong, p.name+" is missing")
			continue
		}
		n, err := strconv.Atoi(value)
		if err != nil || n < p.least || n > p.most {
			wrong = append(wrong, fmt.Sprintf("%s is %q, and must be a whole number from %d to %d", p.name, value, p.least, p.most))
			continue
		}
		*p.into = n
	}
	return s, wrong
}
