package access

import (
	"strings"

	"gorm.io/gorm"
)

// Bookings narrows a query over the bookings table to those in scope. A booking is in scope of the person who made it, of the
// managers of the organisation it is for, and of the browser it was begun in.
func (s Scope) Bookings(q *gorm.DB) *gorm.DB {
	if s.All {
		return q
	}
	rule, values := s.bookingRule()
	return q.Where(rule, values...)
}

// Documents narrows a query over the documents table: those of the person's organisations, and those of bookings in scope.
func (s Scope) Documents(q *gorm.DB) *gorm.DB {
	if s.All {
		return q
	}
	rule, values := s.bookingRule()
	rule = "EXISTS (SELECT 1 FROM bookings WHERE documents.order_kind = 'booking' AND bookings.id = documents.order_id AND (" + rule + "))"
	if len(s.OrganisationIDs) > 0 {
		rule = "(documents.organisation_id IN ? OR " + rule + ")"
		values = append([]any{s.OrganisationIDs}, values...)
	}
	return q.Where(rule, values...)
}

// Organisations narrows a query over the organisations table to those the person manages.
func (s Scope) Organisations(q *gorm.DB) *gorm.DB {
	switch {
	case s.All:
		return q
	case len(s.OrganisationIDs) == 0:
		return q.Where("1 = 0")
	}
	return q.Where("organisations.id IN ?", s.OrganisationIDs)
}

// bookingRule says which bookings are in scope; with nothing to go by it says none.
func (s Scope) bookingRule() (string, []any) {
	var rules []string
	var values []any
	add := func(rule string, value any) {
		rules, values = append(rules, rule), append(values, value)
	}
	if len(s.OrganisationIDs) > 0 {
		add("bookings.organisation_id IN ?", s.OrganisationIDs)
	}
	if s.PersonID != 0 {
		add("bookings.booker_id = ?", s.PersonID)
	}
	if claims := present(s.Claims); len(claims) > 0 {
		add("bookings.claim_hash IN ?", claims)
	}
	if len(rules) == 0 {
		return "1 = 0", nil
	}
	return "(" + strings.Join(rules, " OR ") + ")", values
}

// present leaves out empty hashes: an empty claim must not open the bookings that have none.
func present(claims []string) []string {
	var kept []string
	for _, c := range claims {
		if c != "" {
			kept = append(kept, c)
		}
	}
	return kept
}
