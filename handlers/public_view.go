package handlers

import (
	"context"
	"time"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/templates"
)

// shown makes of sessions what every page says of them: places left now and today's price. The order stays.
func (s *Site) shown(ctx context.Context, found []scheduling.Session) ([]templates.Session, error) {
	tariff, err := billing.LoadTariff(ctx, s.db)
	if err != nil {
		return nil, err
	}
	ids := make([]int64, len(found))
	for i, f := range found {
		ids[i] = f.ID
	}
	taken, err := booking.Taken(ctx, s.db, ids)
	if err != nil {
		return nil, err
	}
	all, now := make([]templates.Session, len(found)), s.db.Now()
	for i, f := range found {
		if all[i], err = sessionView(f, taken[f.ID], tariff, now); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// shownOne is shown for one session.
func (s *Site) shownOne(ctx context.Context, found scheduling.Session) (templates.Session, error) {
	all, err := s.shown(ctx, []scheduling.Session{found})
	if err != nil {
		return templates.Session{}, err
	}
	return all[0], nil
}

// sessionView is one session on a page, with the price of one open-access place at that instant.
func sessionView(f scheduling.Session, taken int, tariff billing.Tariff, now time.Time) (templates.Session, error) {
	price, err := onePlace(tariff, f.Format, now)
	if err != nil {
		return templates.Session{}, err
	}
	v := templates.Session{
		Ref: sessionRef(f.ID), URL: sessionURL(f.ID), Format: string(f.Format), PlacesLeft: max(f.Capacity-taken, 0),
		Net: price.Net, Gross: price.Gross, VATRate: price.VATs[0].Rate.Rate, State: sessionState(f, taken, now),
	}
	if f.BookableAt(now) == nil && v.PlacesLeft > 0 {
		v.BookURL = sessionURL(f.ID) + "/book"
	}
	for _, p := range f.Parts {
		v.Parts = append(v.Parts, templates.Part{Start: p.StartsAt, End: p.EndsAt})
	}
	for _, t := range f.Trainers {
		v.Trainers = append(v.Trainers, t.Name)
	}
	if f.Venue == nil {
		v.Joining = f.PlaceLine()
		return v, nil
	}
	v.Town, v.Venue, v.Access = f.Venue.Town, f.Venue.Name, accessWords(*f.Venue)
	return v, nil
}

// onePlace is what one open-access place costs at an instant.
func onePlace(tariff billing.Tariff, format scheduling.Format, now time.Time) (billing.Sum, error) {
	return tariff.Quote(billing.QuoteRequest{Route: billing.OpenAccess, Format: format, People: 1}, dayOf(now))
}

func sessionState(f scheduling.Session, taken int, now time.Time) templates.SessionState {
	switch {
	case f.Status == scheduling.Cancelled:
		return templates.SessionCancelled
	case f.HasStarted(now):
		return templates.SessionPast
	case taken >= f.Capacity:
		return templates.SessionFull
	}
	return templates.SessionOpen
}

func accessWords(v scheduling.Venue) string {
	switch {
	case v.StepFree && v.HearingLoop:
		return "step-free, hearing loop"
	case v.StepFree:
		return "step-free"
	case v.HearingLoop:
		return "hearing loop"
	}
	return ""
}
