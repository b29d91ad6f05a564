package scheduling

import (
	"fmt"
	"net/url"
	"strings"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// NewSession is what the office says about a session it opens.
type NewSession struct {
	CourseID       int64
	Route          Route
	Format         Format
	VenueID        int64  // face to face only
	JoinLink       string // online only; may wait until a week before
	Captions       bool
	OrganisationID int64 // an organisation's own group only
	Capacity       int   // 0: the setting's
	TrainerIDs     []int64
	Parts          []NewPart // in order
	Publish        bool      // at once, rather than as a draft
	Demonstration  bool
}

// NewPart is one sitting, in London clock times of one day.
type NewPart struct {
	Day          models.Date
	Start, Until TimeOfDay
}

// The fields beside which a sentence about a new session may stand. Those of a part come from PartField.
const (
	FieldCourse       = "course"
	FieldRoute        = "route"
	FieldFormat       = "format"
	FieldVenue        = "venue"
	FieldJoinLink     = "join-link"
	FieldOrganisation = "organisation"
	FieldCapacity     = "capacity"
	FieldTrainers     = "trainers"
	FieldParts        = "parts"
)

// PartField names a field of the nth part, from 1; which is "day", "start" or "until": part-1-day.
func PartField(n int, which string) string { return fmt.Sprintf("part-%d-%s", n, which) }

// What a session may be.
const (
	capacityMost  = 200
	partsMost     = 10
	partLongest   = 12 * time.Hour
	yearsAhead    = 3
	joinLinkMost  = 500
	linkDueBefore = 7 * 24 * time.Hour // an online session's people get its link a week before
)

// problems says what is wrong with the session as far as it can be told without the database. The times of the parts come
// with it; they count only when nothing is wrong.
func (n NewSession) problems(now time.Time) ([]Part, models.Problems) {
	var p models.Problems
	if n.CourseID == 0 {
		p.Add(FieldCourse, "Choose a course")
	}
	if _, err := models.ParseRoute(string(n.Route)); err != nil {
		p.Add(FieldRoute, "Choose open access, an organisation’s own group or one to one")
	}
	if _, err := models.ParseFormat(string(n.Format)); err != nil {
		p.Add(FieldFormat, "Choose face to face or online")
	}
	n.checkBuyer(&p)
	n.checkPlace(&p)
	checkCapacity(&p, n.Route, n.Capacity)
	if len(n.TrainerIDs) == 0 {
		p.Add(FieldTrainers, "Choose at least one trainer")
	}
	parts := n.checkParts(&p, now)
	if len(p) == 0 && n.Publish {
		checkLinkInTime(&p, n.Format, n.JoinLink, parts[0].StartsAt, now)
	}
	return parts, p
}

func (n NewSession) checkBuyer(p *models.Problems) {
	switch {
	case n.Route == Bespoke && n.OrganisationID == 0:
		p.Add(FieldOrganisation, "Choose the organisation whose own group this is")
	case n.Route != Bespoke && n.OrganisationID != 0:
		p.Add(FieldOrganisation, "Only an organisation’s own group belongs to an organisation")
	}
}

func (n NewSession) checkPlace(p *models.Problems) {
	switch n.Format {
	case FaceToFace:
		if n.VenueID == 0 {
			p.Add(FieldVenue, "Choose a venue")
		}
		if n.JoinLink != "" {
			p.Add(FieldJoinLink, "Leave the link empty: this session is face to face")
		}
	case Online:
		if n.VenueID != 0 {
			p.Add(FieldVenue, "Choose no venue: this session is online")
		}
		checkJoinLink(p, n.JoinLink)
	}
}

// checkJoinLink accepts nothing, or the address of a video call over https.
func checkJoinLink(p *models.Problems, link string) {
	if link == "" {
		return
	}
	u, err := url.Parse(link)
	switch {
	case len(link) > joinLinkMost:
		p.Add(FieldJoinLink, "Use a link of %d characters or fewer", joinLinkMost)
	case err != nil || u.Scheme != "https" || u.Hostname() == "" || u.User != nil || strings.ContainsFunc(link, notInLinks):
		p.Add(FieldJoinLink, "Enter the whole link, beginning with https://")
	}
}

// notInLinks refuses spaces, quotes and everything outside ASCII: a link is copied into mails and calendars as it stands.
func notInLinks(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune("\"<>\\^`{|}", r) }

func checkLinkInTime(p *models.Problems, format Format, link string, start, now time.Time) {
	if format == Online && link == "" && start.Sub(now) < linkDueBefore {
		p.Add(FieldJoinLink, "Enter the link: the session is less than a week away")
	}
}

func checkCapacity(p *models.Problems, route Route, capacity int) {
	switch {
	case capacity < 1 || capacity > capacityMost:
		p.Add(FieldCapacity, "Enter a number of places from 1 to %d", capacityMost)
	case route == OneToOne && capacity != 1:
		p.Add(FieldCapacity, "A one-to-one session has 1 place")
	}
}
