package booking_test

import (
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/booking/bookingtest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

func TestCancel_WhoMayAndWhatIsRefused(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := schedulingtest.OpenAccess(t, db)
		b := bookingtest.OnAccount(t, db, s.ID, irwell, bookingtest.Named("Tom Ashworth", "Grace Okafor"))
		office, manager := accesstest.Office(t, db), accesstest.Actor(t, db, bookingtest.Manager(t, db, irwell).PersonID)
		one := func(ground booking.Ground) booking.CancelRequest {
			return booking.CancelRequest{BookingID: b.ID, Ordinals: []int{1}, Ground: ground, Reason: "ill"}
		}
		ninth, earlier, changed := one(""), one(booking.ByTerms), one("")
		ninth.Ordinals, earlier.NoticedOn = []int{9}, db.Today().AddDays(-1)
		kind, hub, most, less, long := one(booking.Goodwill), one(booking.ByTheHub), one(booking.Goodwill), one(booking.Goodwill), one(booking.ByTerms)
		kind.Reason, hub.Reason, most.Fee, less.Fee, long.Reason = "", "", 100001, -1, strings.Repeat("é", 501)
		penny := "1"
		changed.Shown = &penny
		for name, c := range map[string]struct {
			actor access.Actor
			req   booking.CancelRequest
			kind  models.Kind
		}{
			"a visitor":             {access.Visitor("claim"), one(""), models.KindNotFound},
			"another manager":       {accesstest.Manager(t, db, "Other", "other@elsewhere.example", "Elsewhere"), one(""), models.KindNotFound},
			"a delegate":            {accesstest.Person(t, db, "Tom Ashworth", "tom.ashworth@delegate.example"), one(""), models.KindNotFound},
			"goodwill by a manager": {manager, one(booking.Goodwill), models.KindForbidden},
			"the Hub by a manager":  {manager, one(booking.ByTheHub), models.KindForbidden},
			"another day":           {manager, earlier, models.KindForbidden},
			"a ninth place of two":  {manager, ninth, models.KindNotFound},
			"a whim":                {office, one("a whim"), models.KindInvalid},
			"other figures":         {manager, changed, models.KindInvalid},
			"goodwill without why":  {office, kind, models.KindInvalid},
			"the Hub without why":   {office, hub, models.KindInvalid},
			"more than everything":  {office, most, models.KindInvalid},
			"less than nothing":     {office, less, models.KindInvalid},
			"a letter for a reason": {office, long, models.KindInvalid},
			"told before it was":    {office, earlier, models.KindInvalid},
		} {
			if _, err := cancel(t, db, c.actor, c.req); models.KindOf(err) != c.kind {
				t.Errorf("%s: %v, want %s", name, err, c.kind)
			}
		}
		unread := one(booking.ByTerms) // a fee that only goodwill looks at, and the longest reason
		unread.Fee, unread.Reason = 100001, strings.Repeat("é", 500)
		if ahead, err := booking.PreviewCancel(t.Context(), db, office, unread); err != nil || ahead.Kept.Gross() != 0 {
			t.Errorf("by the terms, 52 days before: %+v %v", ahead, err)
		}
		clock.Set(s.FirstStart())
		if _, err := cancel(t, db, manager, one("")); models.KindOf(err) != models.KindGone {
			t.Errorf("after the start: %v", err)
		}
		if err := db.InTx(t.Context(), func(tx models.DB) error {
			claimed, err := scheduling.Claim(t.Context(), tx, s.ID)
			if err != nil {
				return err
			}
			return booking.MarkAttended(t.Context(), tx, claimed, map[int64]booking.Outcome{b.Places[0].ID: booking.OutcomeAttended, b.Places[1].ID: booking.OutcomeNoShow})
		}); err != nil {
			t.Fatal(err)
		}
		if _, err := cancel(t, db, office, one(booking.Goodwill)); models.KindOf(err) != models.KindConflict || !strings.Contains(err.Error(), "was there") {
			t.Errorf("somebody who was there: %v", err)
		}
		absent := one(booking.Goodwill)
		absent.Ordinals, absent.Fee = []int{2}, 25000 // £68.40 of £273.60 is kept
		if done, err := cancel(t, db, office, absent); err != nil || done.Kept.Gross() != 6840 || done.Credit.Gross() != 20520 {
			t.Errorf("a no-show, out of goodwill: %+v %v", done, err)
		}
		allInOrder(t, db)
	})
}

// Who was marked as there keeps the place before the register is closed, too. A mark of somebody else, or that somebody is absent, is no
// reason.
func TestCancel_NotOfWhoIsMarkedAsThere(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := schedulingtest.OpenAccess(t, db)
		b := bookingtest.OnAccount(t, db, s.ID, irwell, bookingtest.Named("Tom Ashworth", "Grace Okafor", "Lena Osei"))
		clock.Set(s.FirstStart())
		for n, mark := range []string{"present", "absent", "late"} {
			err := db.InTx(t.Context(), func(tx models.DB) error {
				return tx.SQL(t.Context()).Exec("INSERT INTO attendance_marks (part_id, place_id, person_id, mark, marked_at) VALUES (?, ?, ?, ?, ?)",
					s.Parts[0].ID, b.Places[n].ID, *b.Places[n].PersonID, mark, tx.Now()).Error
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		for n, there := range []bool{true, false, true} {
			_, err := booking.PreviewCancel(t.Context(), db, accesstest.Office(t, db), booking.CancelRequest{
				BookingID: b.ID, Ordinals: []int{n + 1}, Ground: booking.Goodwill, Reason: "ill",
			})
			if there && (models.KindOf(err) != models.KindConflict || !strings.Contains(err.Error(), "was there")) || !there && err != nil {
				t.Errorf("place %d: %v", n+1, err)
			}
		}
	})
}

// The price of an organisation's own group does not move when people drop out.
func TestCancel_AnOwnGroupHasOnePrice(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		manager := accesstest.Manager(t, db, "Priya Nair", "priya@irwell.example", irwell)
		s := schedulingtest.OpenAccess(t, db)
		b := bookingtest.OnAccount(t, db, s.ID, irwell, bookingtest.Named("Tom Ashworth", "Grace Okafor"))
		if err := db.InTx(t.Context(), func(tx models.DB) error { // own groups are not booked here yet
			return tx.SQL(t.Context()).Exec("UPDATE sessions SET route = 'bespoke', organisation_id = ? WHERE id = ?", manager.Organisations[0].OrganisationID, s.ID).Error
		}); err != nil {
			t.Fatal(err)
		}
		_, err := cancel(t, db, accesstest.Office(t, db), booking.CancelRequest{BookingID: b.ID, Ordinals: []int{1}, Ground: booking.ByTerms})
		if models.KindOf(err) != models.KindConflict || len(documentsOf(t, db, b)) != 1 {
			t.Errorf("%v", err)
		}
	})
}

// Three places wait for their purchase order. One goes free of charge: the invoice lists the two that are left, and what is cancelled
// later is its share of two. With a fee it is refused until there is an invoice.
func TestCancel_BeforeTheInvoiceItOnlyGetsShorter(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := schedulingtest.OpenAccess(t, db)
		priya := accesstest.Manager(t, db, "Priya Nair", "priya@irwell.example", irwell)
		b := toFollow(t, db, priya, s.ID, 3)
		done, err := cancel(t, db, priya, booking.CancelRequest{BookingID: b.ID, Ordinals: []int{1}})
		if err != nil || done.Note != nil || done.Credit.Gross() != 0 || done.Invoice != nil {
			t.Fatalf("%+v %v", done, err)
		}
		doc, err := gives(t, db, priya, b, "IWN-20417")
		if err != nil || doc.Gross != 54720 || doc.Lines[0].Quantity != 2 {
			t.Fatalf("%+v %v", doc, err)
		}
		for _, ordinal := range []int{3, 2} {
			if done, err = cancel(t, db, priya, booking.CancelRequest{BookingID: b.ID, Ordinals: []int{ordinal}}); err != nil || done.Credit.Gross() != 27360 {
				t.Errorf("place %d: %+v %v", ordinal, done, err)
			}
		}
		owes(t, db, b, 0)
		late := toFollow(t, db, priya, s.ID, 1)
		clock.Set(s.FirstDay().AddDays(-20).At(9, 0))
		for actor, words := range map[*access.Actor]string{&priya: "Send us your purchase order number first", ptr(accesstest.Office(t, db)): "Issue the invoice first"} {
			_, err := cancel(t, db, *actor, booking.CancelRequest{BookingID: late.ID, Ordinals: []int{1}, Ground: booking.ByTerms})
			if models.KindOf(err) != models.KindConflict || !strings.Contains(err.Error(), words) {
				t.Errorf("with a fee: %v", err)
			}
		}
		allInOrder(t, db)
	})
}

func ptr[T any](v T) *T { return &v }
