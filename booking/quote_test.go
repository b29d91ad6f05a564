package booking_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/mail"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

func quoteFor(route billing.Route, format billing.Format, people int, discount models.Percent) booking.QuoteRequest {
	d := details()
	d.PurchaseOrder, d.InvoiceEmail = "", ""
	req := booking.QuoteRequest{Route: route, Format: format, People: people, Discount: discount, Details: d, RequestKey: fmt.Sprint(route, format, people, discount)}
	if discount > 0 {
		req.DiscountReason = "Founding partner"
	}
	return req
}

// issueQuote makes a quote and returns it with the token of its private link.
func issueQuote(t *testing.T, db models.DB, office access.Actor, req booking.QuoteRequest) (booking.Quote, string) {
	t.Helper()
	q, err := inTx(t, db, func(ctx context.Context, tx models.DB) (booking.Quote, error) {
		return desk.IssueQuote(ctx, tx, office, req)
	})
	if err != nil {
		t.Fatal(err)
	}
	mails, _, err := mail.List(t.Context(), db, mail.Filter{AboutKind: "quote", AboutID: q.ID})
	if err != nil || len(mails) != 1 {
		t.Fatalf("%d letters about %s, %v", len(mails), q.Reference(), err)
	}
	letter, err := mail.Find(t.Context(), db, mails[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(letter.Text, desk.BaseURL+"/quotes/")
	if !ok || len(letter.Files) != 1 || letter.Files[0].Filename != q.Reference()+".pdf" {
		t.Fatalf("no private link or no file in %q, %+v", letter.Text, letter.Files)
	}
	return q, strings.Fields(rest)[0]
}

func accept(t *testing.T, db models.DB, token string, a booking.Acceptance) (booking.Booking, error) {
	t.Helper()
	return inTx(t, db, func(ctx context.Context, tx models.DB) (booking.Booking, error) {
		return desk.AcceptQuote(ctx, tx, access.Visitor(), token, a)
	})
}

// Example 12: 12.5 % off 3 × £215.00 is £564.38, VAT £112.88, together £677.26. A group of 6 face to face costs £2,440.00 + £488.00.
func TestQuote_FiguresAreFrozenAndOnlyTheOfficeGivesThem(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		joanne := accesstest.Office(t, db)
		open, _ := issueQuote(t, db, joanne, quoteFor(billing.OpenAccess, billing.Online, 3, 12500))
		if open.Reference() != "Q-00001" || open.Amount != (billing.Amount{Net: 56438, VAT: 11288}) || open.ValidUntil != db.Today().AddDays(30) {
			t.Errorf("%+v", open)
		}
		small, _ := issueQuote(t, db, joanne, quoteFor(billing.Bespoke, billing.FaceToFace, 6, 0))
		if small.Reference() != "Q-00002" || small.Amount != (billing.Amount{Net: 244000, VAT: 48800}) {
			t.Errorf("%+v", small)
		}
		again, err := inTx(t, db, func(ctx context.Context, tx models.DB) (booking.Quote, error) {
			return desk.IssueQuote(ctx, tx, joanne, quoteFor(billing.Bespoke, billing.FaceToFace, 6, 0))
		})
		if err != nil || again.ID != small.ID {
			t.Errorf("a second press made %s: %v", again.Reference(), err)
		}
		if _, err := inTx(t, db, func(ctx context.Context, tx models.DB) (booking.Quote, error) {
			return desk.IssueQuote(ctx, tx, access.Visitor(), quoteFor(billing.Bespoke, billing.Online, 12, 0))
		}); models.KindOf(err) != models.KindForbidden {
			t.Errorf("a visitor quotes: %v", err)
		}
		for _, change := range []string{"UPDATE quotes SET net_pence = 1", "DELETE FROM quotes"} {
			if err := db.SQL(t.Context()).Exec(change).Error; err == nil {
				t.Errorf("%s was taken", change)
			}
		}
		file, err := booking.QuoteFile(t.Context(), db, open)
		if err != nil || !strings.HasPrefix(string(file), "%PDF-") {
			t.Errorf("file of %d bytes, %v", len(file), err)
		}
		if found, err := booking.CheckQuotes(t.Context(), db); err != nil || len(found) > 0 {
			t.Errorf("files: %v %v", found, err)
		}
		quote, words, err := booking.PreviewQuote(t.Context(), db, joanne, quoteFor(billing.Bespoke, billing.Online, 31, 0))
		if err != nil || quote.Amount.Gross() != 828000 || !strings.Contains(fmt.Sprint(words.Lines), "3 groups of up to 15") {
			t.Errorf("31 people: %s, %v, %v", quote.Amount.Gross(), words.Lines, err)
		}
	})
}

func TestQuote_EachFaultStandsBesideItsFieldAndNothingIsWritten(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		joanne, session := accesstest.Office(t, db), schedulingtest.OpenAccess(t, db)
		for field, spoil := range map[string]func(*booking.QuoteRequest){
			"people":       func(r *booking.QuoteRequest) { r.People = 10 },
			"route":        func(r *booking.QuoteRequest) { r.Route = "by the dozen" },
			"format":       func(r *booking.QuoteRequest) { r.Format = "by post" },
			"session":      func(r *booking.QuoteRequest) { r.SessionID = session.ID }, // it is face to face
			"percent":      func(r *booking.QuoteRequest) { r.DiscountReason = "Friends" },
			"reason":       func(r *booking.QuoteRequest) { r.Discount = 10000 },
			"note":         func(r *booking.QuoteRequest) { r.Note = strings.Repeat("n", 1001) },
			"email":        func(r *booking.QuoteRequest) { r.Details.Email = "priya" },
			"name":         func(r *booking.QuoteRequest) { r.Details.Name = "" },
			"organisation": func(r *booking.QuoteRequest) { r.Details.Organisation = " " },
			"postcode":     func(r *booking.QuoteRequest) { r.Details.Postcode = "" },
		} {
			req := quoteFor(billing.OpenAccess, billing.Online, 3, 0)
			spoil(&req)
			_, err := inTx(t, db, func(ctx context.Context, tx models.DB) (booking.Quote, error) {
				return desk.IssueQuote(ctx, tx, joanne, req)
			})
			if models.ProblemsOf(err).For(field) == "" {
				t.Errorf("%s: %v", field, err)
			}
		}
		if _, total, err := booking.Quotes(t.Context(), db, joanne, booking.QuoteFilter{}); err != nil || total != 0 {
			t.Errorf("%d quotes, %v", total, err)
		}
	})
}

// 10 % off 3 × £228.00 = £684.00 leaves £615.60, VAT £123.12, together £738.72.
func TestQuote_AcceptedOnceItIsABookingAtItsPriceWithItsInvoice(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		joanne, session := accesstest.Office(t, db), schedulingtest.OpenAccess(t, db)
		req := quoteFor(billing.OpenAccess, billing.FaceToFace, 3, 10000)
		req.SessionID = session.ID
		q, token := issueQuote(t, db, joanne, req)
		if !q.CanAccept(db.Today()) {
			t.Fatal("it cannot be accepted")
		}
		if _, err := accept(t, db, "no-such-token", booking.Acceptance{PurchaseOrder: "IWN-20417"}); models.KindOf(err) != models.KindNotFound {
			t.Errorf("a stranger's link: %v", err)
		}
		if _, err := accept(t, db, token, booking.Acceptance{}); models.ProblemsOf(err).For("purchase-order") == "" {
			t.Errorf("without a number: %v", err)
		}
		clock.Set(time.Date(2026, time.December, 23, 9, 0, 0, 0, time.UTC)) // its last day
		var bookings [4]booking.Booking
		answers := make(chan error)
		for i := range bookings { // four presses at once
			go func() {
				var err error
				bookings[i], err = accept(t, db, token, booking.Acceptance{PurchaseOrder: "IWN-20417"})
				answers <- err
			}()
		}
		for range bookings {
			if err := <-answers; err != nil {
				t.Error(err)
			}
		}
		b := bookings[0]
		for _, other := range bookings {
			if other.ID != b.ID {
				t.Errorf("accepted as %s and %s", b.Reference(), other.Reference())
			}
		}
		docs := invoicesOf(t, db, b)
		if b.Status != booking.Confirmed || len(docs) != 1 || docs[0].Net != 61560 || docs[0].Gross != 73872 || docs[0].PurchaseOrder != "IWN-20417" {
			t.Errorf("%s, %+v", b.Status, docs)
		}
		if b.BookerID != nil {
			t.Error("a link that can be passed on made somebody a booker")
		}
		if err := db.InTx(t.Context(), func(tx models.DB) error { return booking.WithdrawQuote(t.Context(), tx, joanne, q.ID, "A slip") }); models.KindOf(err) != models.KindConflict {
			t.Errorf("withdrawn after it was accepted: %v", err)
		}
		allSound(t, db)
	})
}

func TestQuote_IsNotAcceptedAfterItsDayOrOnceWithdrawnOrFull(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		joanne := accesstest.Office(t, db)
		session := schedulingtest.OpenAccess(t, db, schedulingtest.Capacity(2))
		number := booking.Acceptance{PurchaseOrder: "IWN-20417"}
		full := quoteFor(billing.OpenAccess, billing.FaceToFace, 3, 0)
		full.SessionID = session.ID
		_, tooMany := issueQuote(t, db, joanne, full)
		if _, err := accept(t, db, tooMany, number); models.KindOf(err) != models.KindFull {
			t.Errorf("three places of two: %v", err)
		}
		group, letter := issueQuote(t, db, joanne, quoteFor(billing.Bespoke, billing.Online, 12, 0))
		if _, err := accept(t, db, letter, number); models.KindOf(err) != models.KindConflict || group.CanAccept(db.Today()) {
			t.Errorf("a group on its page: %v", err)
		}
		back := quoteFor(billing.OpenAccess, billing.FaceToFace, 1, 0)
		back.SessionID = session.ID
		q, withdrawn := issueQuote(t, db, joanne, back)
		err := db.InTx(t.Context(), func(tx models.DB) error { return booking.WithdrawQuote(t.Context(), tx, joanne, q.ID, " ") })
		if models.ProblemsOf(err).For("reason") == "" {
			t.Errorf("withdrawn for nothing: %v", err)
		}
		if err := db.InTx(t.Context(), func(tx models.DB) error {
			return booking.WithdrawQuote(t.Context(), tx, joanne, q.ID, "A slip in the name")
		}); err != nil {
			t.Fatal(err)
		}
		if _, err := accept(t, db, withdrawn, number); models.KindOf(err) != models.KindGone {
			t.Errorf("withdrawn: %v", err)
		}
		late := quoteFor(billing.OpenAccess, billing.FaceToFace, 2, 0)
		late.SessionID = session.ID
		_, over := issueQuote(t, db, joanne, late)
		clock.Set(time.Date(2026, time.December, 24, 9, 0, 0, 0, time.UTC)) // 31 days after
		if _, err := accept(t, db, over, number); models.KindOf(err) != models.KindGone || !strings.Contains(err.Error(), "23 December 2026") {
			t.Errorf("over: %v", err)
		}
		if _, n, err := booking.List(t.Context(), db, access.System().Scope(), booking.Filter{}); err != nil || n != 0 {
			t.Errorf("%d bookings, %v", n, err)
		}
	})
}

// A quote at no price needs no number; one whose number follows is acknowledged.
func TestTrap25_AQuoteForNothingIsAcceptedWithoutANumber(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		joanne, session := accesstest.Office(t, db), schedulingtest.OpenAccess(t, db)
		free := quoteFor(billing.OpenAccess, billing.FaceToFace, 2, 100000)
		free.SessionID = session.ID
		_, token := issueQuote(t, db, joanne, free)
		b, err := accept(t, db, token, booking.Acceptance{})
		if err != nil || b.Status != booking.Confirmed || len(invoicesOf(t, db, b)) != 1 || invoicesOf(t, db, b)[0].Gross != 0 {
			t.Errorf("%s, %v", b.Status, err)
		}
		later := quoteFor(billing.OpenAccess, billing.FaceToFace, 1, 0)
		later.SessionID = session.ID
		_, token = issueQuote(t, db, joanne, later)
		b, err = accept(t, db, token, booking.Acceptance{ToFollow: true})
		if err != nil || !b.AwaitsPurchaseOrder() || len(invoicesOf(t, db, b)) != 0 {
			t.Errorf("number to follow: %+v, %v", b, err)
		}
		allSound(t, db)
	})
}

func TestParseQuote_TakesOnlyOurOwnForm(t *testing.T) {
	for _, text := range []string{"", "Q-", "Q-12", "17", "Q--0017", "Q-+0017", "Q-00000", "Q-0001a", "BK-00017"} {
		if got, err := booking.ParseQuote(text); models.KindOf(err) != models.KindNotFound {
			t.Errorf("%q was taken for %d: %v", text, got, err)
		}
	}
	if got, err := booking.ParseQuote(" q-00017 "); err != nil || got != 17 {
		t.Errorf("%d, %v", got, err)
	}
}
