package handlers

import (
	"cmp"
	"context"
	"slices"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/templates"
)

// organisationView is everything an organisation's page is made of.
type organisationView struct {
	bookings  []booking.Booking // confirmed, newest first
	sessions  map[int64]scheduling.Session
	views     map[int64]templates.Session
	documents []billing.Document // the newest
	count     int64              // of all documents
	unpaid    []billing.Document // of all documents
	training  orgTraining
	now       time.Time
}

// documentsShown is how many invoices stand on an organisation's page; the others are one link away.
const documentsShown = 10

func (s *Site) organisationView(ctx context.Context, actor access.Actor, org access.Organisation) (organisationView, error) {
	v := organisationView{now: s.db.Now()}
	scope := access.Scope{OrganisationIDs: []int64{org.ID}}
	var err error
	v.bookings, err = s.allBookings(ctx, scope, booking.Filter{Status: booking.Confirmed})
	if err != nil {
		return v, err
	}
	if v.sessions, v.views, err = s.sessionsByID(ctx, sessionIDs(v.bookings)); err != nil {
		return v, err
	}
	if v.documents, v.count, err = billing.Documents(ctx, s.db, scope, billing.DocumentFilter{PerPage: documentsShown}); err != nil {
		return v, err
	}
	if v.unpaid, _, err = billing.Documents(ctx, s.db, scope, billing.DocumentFilter{Unpaid: true, PerPage: readAtOnce}); err != nil {
		return v, err
	}
	v.training, err = s.orgTraining(ctx, actor.Scope(), org.ID, v)
	return v, err
}

// places calls fn for every confirmed place.
func (v organisationView) places(fn func(b booking.Booking, p booking.Place)) {
	for _, b := range v.bookings {
		for _, p := range b.Places {
			if p.Status == booking.PlaceConfirmed {
				fn(b, p)
			}
		}
	}
}

func countBookings(n int) string {
	if n == 0 {
		return ""
	}
	return "In " + models.Count(n, "booking")
}

// due is one line of the to-do list with the day it is ordered by.
type due struct {
	on models.Date
	templates.ToDo
}

// toDo is what waits for the organisation, the most pressing first: people to name, licences to renew, invoices to pay.
func (v organisationView) toDo() []templates.ToDo {
	all := v.training.renewals()
	for _, b := range v.bookings {
		session := v.sessions[b.SessionID]
		if n := b.Unnamed(); n > 0 && !session.HasStarted(v.now) {
			by := session.FirstDay().AddDays(-nameAhead)
			link := templates.Action{Label: "Name", URL: bookingURL(b)}
			all = append(all, due{by, templates.ToDo{
				What: "Name " + countPeople(n) + " for " + v.views[b.SessionID].Short(), By: "By " + by.String(), Link: &link,
			}})
		}
	}
	for _, d := range v.unpaid {
		if d.Kind != billing.Invoice || d.Outstanding() == 0 {
			continue
		}
		link := templates.Action{Label: "See how", URL: "/invoices/" + d.Code}
		words := "due on "
		if d.DueDate.Before(models.DateOf(v.now)) {
			words = "overdue since "
		}
		all = append(all, due{d.DueDate, templates.ToDo{
			What: "Pay invoice " + d.Code, By: d.Outstanding().String() + ", " + words + d.DueDate.String(), Link: &link,
		}})
	}
	slices.SortStableFunc(all, func(a, b due) int { return cmp.Compare(a.on.ISO(), b.on.ISO()) })
	list := make([]templates.ToDo, len(all))
	for i, one := range all {
		list[i] = one.ToDo
	}
	return list
}

// people are the places, those to name first within each booking's order, newest booking first.
func (v organisationView) people() []templates.OrganisationPlace {
	var rows []templates.OrganisationPlace
	v.places(func(b booking.Booking, p booking.Place) {
		session, view := v.sessions[b.SessionID], v.views[b.SessionID]
		row := templates.OrganisationPlace{
			PlaceRow: templates.PlaceRow{N: p.Ordinal, Of: len(b.Places), Name: p.Name, Email: p.Email}, Session: view,
			Reference: b.Reference(), BookingURL: bookingURL(b),
		}
		if !session.HasStarted(v.now) {
			row.Action = &templates.Action{Label: "Name this person", URL: placeURL(b, p)}
			if p.Named() {
				row.Action.Label = "Swap"
			}
		}
		v.addTraining(&row, session, p)
		rows = append(rows, row)
	})
	return rows
}

func (v organisationView) documentRows() []templates.DocumentRow {
	var rows []templates.DocumentRow
	for _, d := range v.documents {
		rows = append(rows, customerDocument(d, models.DateOf(v.now)))
	}
	return rows
}
