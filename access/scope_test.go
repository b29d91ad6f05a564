package access_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

const (
	insertSession = `INSERT INTO sessions (id, course_id, route, format, join_link, captions, capacity, status, claims, demonstration, created_at)
SELECT 1, id, 'open-access', 'online', '', TRUE, 15, 'published', 0, TRUE, ? FROM courses`
	insertBooking = `INSERT INTO bookings (id, session_id, request_key, claim_hash, status, place_count, price_id, unit_net_pence,
 discount_thousandths, ladder_id, buyer, booker_id, booker_name, booker_email, organisation_id, organisation_name,
 organisation_name_key, address, postcode, country, invoice_email, purchase_order, payment, hold_until, created_at, demonstration)
SELECT ?, 1, ?, ?, 'held', 1, (SELECT min(id) FROM prices), 22800, 0, (SELECT min(id) FROM ladders), '', ?, '', '', ?, '', '', '', '',
 '', '', '', '', ?, ?, TRUE`
	insertDocument = `INSERT INTO documents (id, kind, series_id, number, code, issued_at, issue_date, tax_point, due_date, supplier,
 customer_name, customer_address, customer_email, organisation_id, order_kind, order_id, order_reference, purchase_order,
 paid_statement, net_pence, vat_pence, gross_pence, reason, demonstration)
SELECT ?, 'invoice', id, ?, ?, ?, '2026-11-23', '2026-11-23', '2026-12-23', '', 'Someone', '', '', ?, 'booking', ?, '', '', '',
 22800, 4560, 27360, '', TRUE FROM number_series WHERE kind = 'invoice'`
)

// bookingOf is a booking for the scope to find: whose it is, and which browser began it.
type bookingOf struct {
	id                   int64
	booker, organisation *int64
	claim                string
}

// insertBookings makes the bookings, and for each an invoice of the same number that names the same organisation.
func insertBookings(t *testing.T, db models.DB, bookings ...bookingOf) {
	t.Helper()
	inTx(t, db, func(ctx context.Context, tx models.DB) error {
		err := tx.SQL(ctx).Exec(insertSession, tx.Now()).Error
		for _, b := range bookings {
			key := fmt.Sprint("key-", b.id)
			err = errors.Join(err,
				tx.SQL(ctx).Exec(insertBooking, b.id, key, b.claim, b.booker, b.organisation, tx.Now(), tx.Now()).Error,
				tx.SQL(ctx).Exec(insertDocument, b.id, b.id, key, tx.Now(), b.organisation, b.id).Error)
		}
		return err
	})
}

// seen lists the bookings and the invoices that a scope lets through.
func seen(t *testing.T, db models.DB, s access.Scope) (bookings, documents []int64) {
	t.Helper()
	err := errors.Join(
		s.Bookings(db.SQL(t.Context()).Table("bookings")).Order("bookings.id").Pluck("bookings.id", &bookings).Error,
		s.Documents(db.SQL(t.Context()).Table("documents")).Order("documents.id").Pluck("documents.id", &documents).Error)
	if err != nil {
		t.Fatal(err)
	}
	return bookings, documents
}

func TestScope_EverybodySeesTheirsAndNobodyElses(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		priya := accesstest.Manager(t, db, "Priya Nair", "priya@irwell.example", "Irwell Wellbeing Network")
		sam := accesstest.Manager(t, db, "Sam Vale", "sam@elsewhere.example", "Elsewhere Trust")
		alone := accesstest.Person(t, db, "Grace Okafor", "grace@irwell.example")
		irwell, elsewhere := priya.Organisations[0].OrganisationID, sam.Organisations[0].OrganisationID
		insertBookings(t, db,
			bookingOf{1, &priya.PersonID, &irwell, "claim-1"},
			bookingOf{2, &sam.PersonID, &irwell, "claim-2"}, // booked for Irwell by somebody who does not manage it
			bookingOf{3, &sam.PersonID, &elsewhere, "claim-3"},
			bookingOf{4, &alone.PersonID, nil, "claim-4"},
			bookingOf{5, nil, nil, ""}, // begun somewhere, claimed by nobody
		)
		everything := []int64{1, 2, 3, 4, 5}
		for _, c := range []struct {
			name  string
			scope access.Scope
			want  []int64
		}{
			{"the office", accesstest.Office(t, db).Scope(), everything},
			{"the system", access.System().Scope(), everything},
			{"a trainer", accesstest.Trainer(t, db).Scope(), nil},
			{"a manager", priya.Scope(), []int64{1, 2}},
			{"a manager who also booked for others", sam.Scope(), []int64{2, 3}},
			{"an individual", alone.Scope(), []int64{4}},
			{"an individual in the browser of booking 1", alone.WithClaims("claim-1").Scope(), []int64{1, 4}},
			{"a visitor", access.Visitor().Scope(), nil},
			{"a visitor in the browser of bookings 3 and 4", access.Visitor("claim-3", "claim-4").Scope(), []int64{3, 4}},
			{"a visitor with an empty claim", access.Visitor("").Scope(), nil},
			{"a visitor with a guess", access.Visitor("claim-%", "' OR '1'='1").Scope(), nil},
			{"nobody", access.Scope{}, nil},
		} {
			bookings, documents := seen(t, db, c.scope)
			if !slices.Equal(bookings, c.want) || !slices.Equal(documents, c.want) {
				t.Errorf("%s sees bookings %v and invoices %v, want %v", c.name, bookings, documents, c.want)
			}
		}
	})
}

func TestScope_NarrowsAQueryThatHasConditionsOfItsOwn(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		grace := accesstest.Person(t, db, "Grace Okafor", "grace@irwell.example")
		insertBookings(t, db, bookingOf{1, &grace.PersonID, nil, "claim-1"}, bookingOf{2, nil, nil, "claim-2"})
		// Were the rules not in brackets, OR would let everything through.
		q := grace.WithClaims("claim-1").Scope().Bookings(db.SQL(t.Context()).Table("bookings").Where("bookings.id = ?", 2))
		var n int64
		if err := q.Count(&n).Error; err != nil || n != 0 {
			t.Errorf("a stranger's booking by its id: %d, %v", n, err)
		}
		q = grace.Scope().Documents(db.SQL(t.Context()).Table("documents").Where("documents.id = ?", 2))
		if err := q.Count(&n).Error; err != nil || n != 0 {
			t.Errorf("a stranger's invoice by its id: %d, %v", n, err)
		}
	})
}
