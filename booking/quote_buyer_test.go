package booking_test

import (
	"fmt"
	"testing"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/booking/bookingtest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// quotedAndAccepted quotes one place on a session, £273.60, to a contact of an organisation, and accepts it by its link.
func quotedAndAccepted(t *testing.T, db models.DB, office access.Actor, session int64, email, organisation string, known int64) booking.Booking {
	t.Helper()
	req := quoteFor(billing.OpenAccess, billing.FaceToFace, 1, 0)
	req.SessionID, req.Details.Email, req.Details.Organisation, req.OrganisationID = session, email, organisation, known
	req.RequestKey = fmt.Sprint(email, organisation, db.Now())
	_, token := issueQuote(t, db, office, req)
	b, err := accept(t, db, token, booking.Acceptance{PurchaseOrder: "IWN-20417"})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// manages are the organisations that the person of an address manages.
func manages(t *testing.T, db models.DB, email string) []access.Membership {
	t.Helper()
	return accesstest.Person(t, db, "Priya Nair", email).Organisations
}

// sees says whether the person of an address may see a booking.
func sees(t *testing.T, db models.DB, email string, b booking.Booking) bool {
	t.Helper()
	_, err := booking.Find(t.Context(), db, accesstest.Person(t, db, "Priya Nair", email).Scope(), b.ID)
	if err != nil && models.KindOf(err) != models.KindNotFound {
		t.Fatal(err)
	}
	return err == nil
}

// A quote for an organisation that is new to us makes it, as a booking on account does: it owes, is reminded, and its manager is the
// contact, whoever pressed the button. A second quote to the contact is on the same account.
func TestQuote_AcceptedForANewOrganisationMakesItTheContacts(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		joanne, session := accesstest.Office(t, db), schedulingtest.OpenAccess(t, db)
		const contact = "priya@irwell.example"
		b := quotedAndAccepted(t, db, joanne, session.ID, contact, irwell, 0)
		if b.OrganisationID == nil || b.BookerID != nil {
			t.Fatalf("organisation %v, booker %v", b.OrganisationID, b.BookerID)
		}
		org, err := access.FindOrganisation(t.Context(), db, access.System().Scope(), *b.OrganisationID)
		if err != nil || org.Name != irwell || org.Postcode != "M50 0AA" || org.InvoiceEmail != contact {
			t.Errorf("%+v, %v", org, err)
		}
		if of := manages(t, db, contact); len(of) != 1 || of[0].OrganisationID != org.ID || !sees(t, db, contact, b) {
			t.Errorf("the contact manages %+v", of)
		}
		var nobody int
		if err := db.SQL(t.Context()).Raw("SELECT COUNT(*) FROM audit_rows WHERE action = 'organisation-created' AND actor_id IS NULL").Scan(&nobody).Error; err != nil || nobody != 1 {
			t.Errorf("the contact is said to have done what whoever had the link did: %v", err)
		}
		again := quotedAndAccepted(t, db, joanne, session.ID, contact, "IRWELL Well-being network", 0)
		if *again.OrganisationID != org.ID {
			t.Errorf("two organisations of one contact and name: %d and %d", org.ID, *again.OrganisationID)
		}
		owed, err := billing.OrganisationBalances(t.Context(), db, joanne, []int64{org.ID})
		if err != nil || owed[org.ID] != 2*27360 {
			t.Errorf("it owes %s: %v", owed[org.ID], err)
		}
		if err := db.InTx(t.Context(), func(tx models.DB) error {
			person, err := access.FindOrCreatePerson(t.Context(), tx, "", contact)
			if err != nil {
				return err
			}
			person.EmailConfirmedAt = ptr(tx.Now())
			return booking.Adopt(t.Context(), tx, person)
		}); err != nil {
			t.Fatal(err)
		}
		b, err = booking.Find(t.Context(), db, access.System().Scope(), b.ID)
		if err != nil || b.BookerID == nil || *b.OrganisationID != org.ID || len(manages(t, db, contact)) != 1 {
			t.Errorf("signed in: %+v %v", b, err)
		}
		clock.Set(invoicesOf(t, db, b)[0].DueDate.AddDays(1).At(9, 0))
		if err := (billing.Reminders{BaseURL: desk.BaseURL}).Send(t.Context(), db); err != nil || mailsOf(t, db, "invoice-overdue") != 2 || len(tasksOpen(t, db)) != 0 {
			t.Errorf("%d reminders, tasks %+v, %v", mailsOf(t, db, "invoice-overdue"), tasksOpen(t, db), err)
		}
		allSound(t, db)
	})
}

// A name alone joins nobody's books: a quote to somebody else in an organisation's name makes another organisation, unless the office
// chose the one we know.
func TestQuote_AcceptedInAKnownNameJoinsOnlyTheContactsOwnOrganisation(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		joanne, session := accesstest.Office(t, db), schedulingtest.OpenAccess(t, db)
		const manager, stranger, colleague = "priya@irwell.example", "sam@elsewhere.example", "grace@irwell.example"
		irwells := accesstest.Manager(t, db, "Priya Nair", manager, irwell).Organisations[0].OrganisationID
		theirs := bookingtest.OnAccountBy(t, db, accesstest.Person(t, db, "Priya Nair", manager), session.ID, irwell, bookingtest.Named(""))
		if *theirs.OrganisationID != irwells {
			t.Fatalf("booked for organisation %d", *theirs.OrganisationID)
		}
		strange := quotedAndAccepted(t, db, joanne, session.ID, stranger, irwell, 0)
		if *strange.OrganisationID == irwells || sees(t, db, manager, strange) || sees(t, db, stranger, theirs) || !sees(t, db, stranger, strange) {
			t.Errorf("a stranger's is of organisation %d, like %d", *strange.OrganisationID, irwells)
		}
		own := quotedAndAccepted(t, db, joanne, session.ID, manager, irwell, 0)
		if *own.OrganisationID != irwells {
			t.Errorf("the manager's own is of organisation %d", *own.OrganisationID)
		}
		known := quotedAndAccepted(t, db, joanne, session.ID, colleague, irwell, irwells)
		if *known.OrganisationID != irwells || len(manages(t, db, colleague)) != 0 || sees(t, db, colleague, theirs) {
			t.Errorf("a colleague's is of organisation %d, and they manage %v", *known.OrganisationID, manages(t, db, colleague))
		}
		allSound(t, db)
	})
}

// A number that follows is invoiced to the same organisation.
func TestQuote_AcceptedWithANumberToFollowIsTheOrganisationsToo(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		joanne, session := accesstest.Office(t, db), schedulingtest.OpenAccess(t, db)
		req := quoteFor(billing.OpenAccess, billing.FaceToFace, 1, 0)
		req.SessionID = session.ID
		_, token := issueQuote(t, db, joanne, req)
		b, err := accept(t, db, token, booking.Acceptance{ToFollow: true})
		if err != nil || !b.AwaitsPurchaseOrder() || b.OrganisationID == nil {
			t.Fatalf("%+v %v", b, err)
		}
		if err := db.InTx(t.Context(), func(tx models.DB) error {
			doc, err := desk.GivePurchaseOrder(t.Context(), tx, joanne, b.ID, "IWN-20417")
			if err == nil && (doc.Customer.OrganisationID == nil || *doc.Customer.OrganisationID != *b.OrganisationID) {
				t.Errorf("invoiced to %v", doc.Customer.OrganisationID)
			}
			return err
		}); err != nil {
			t.Error(err)
		}
	})
}
