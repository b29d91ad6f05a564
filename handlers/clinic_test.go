package handlers_test

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"testing"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/handlers"
	"hub.salford.ac.uk/ssph/handlers/handlerstest"
	"hub.salford.ac.uk/ssph/licensing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/tool"
)

// clinic is a site with two practitioners of different organisations, both licensed, and somebody without a licence.
type clinic struct {
	*handlerstest.World
	t      *testing.T
	held   map[int64]licensing.Licence
	hannah access.Actor
	tom    access.Actor
	mo     access.Actor          // manages Hannah's organisation, without a licence
	visit  *handlerstest.Browser // Hannah's
}

func eachClinic(t *testing.T, test func(t *testing.T, c *clinic)) {
	t.Helper()
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) { test(t, openClinic(t, db, clock)) })
}

func openClinic(t *testing.T, db models.DB, clock *modelstest.Clock) *clinic {
	t.Helper()
	c := &clinic{t: t, held: map[int64]licensing.Licence{}}
	c.World = handlerstest.Open(t, db, clock, func(o *handlers.Options) {
		o.Tool.Licences = func(_ context.Context, _ models.DB, id int64) (licensing.Licence, error) { return c.held[id], nil }
		o.Tool.Holders = c.holders
	})
	c.mo = accesstest.Manager(t, db, "Mo Manager", "mo@irwell.example", "Irwell Wellbeing Network")
	irwell := c.mo.Organisations[0].OrganisationID
	mersey := accesstest.Manager(t, db, "Lee Leader", "lee@mersey.example", "Mersey Network").Organisations[0].OrganisationID
	c.hannah = accesstest.Person(t, db, "Hannah Whitworth", "hannah@irwell.example")
	c.tom = accesstest.Person(t, db, "Tom Ashworth", "tom@mersey.example")
	c.held[c.hannah.PersonID], c.held[c.tom.PersonID] = yearFrom(&irwell), yearFrom(&mersey)
	c.visit = c.browser(c.hannah)
	return c
}

// holders are those whose licence an organisation bought, by id.
func (c *clinic) holders(ctx context.Context, db models.DB, organisation int64) ([]licensing.Holder, error) {
	var all []licensing.Holder
	for _, id := range slices.Sorted(maps.Keys(c.held)) {
		l := c.held[id]
		if len(l.Periods) == 0 || l.Periods[0].OrganisationID == nil || *l.Periods[0].OrganisationID != organisation {
			continue
		}
		person, err := access.FindPerson(ctx, db, id)
		if err != nil {
			return nil, err
		}
		all = append(all, licensing.Holder{PersonID: id, Name: person.Name, Licence: l})
	}
	return all, nil
}

func (c *clinic) browser(actor access.Actor) *handlerstest.Browser {
	c.t.Helper()
	b := c.SignedIn(actor)
	b.FetchSite = "same-origin"
	return b
}

// yearFrom is a licence from 2 November 2026 to the end of 2 November 2027, with 14 days of grace up to 16 November.
func yearFrom(organisation *int64) licensing.Licence {
	start := models.Date{Year: 2026, Month: 11, Day: 2}
	return licensing.Licence{ID: 1, Standing: licensing.StandingLive, Periods: []licensing.Period{{
		No: 1, AnchorOn: start, Years: 1, StartsOn: start, LastDay: licensing.LastDay(start, 1), OrganisationID: organisation,
		Terms: licensing.Terms{Years: 1, GraceDays: 14, NoticeDays: 30},
	}}}
}

// begin begins a case as Hannah and returns its address.
func (c *clinic) begin(reference string) string {
	c.t.Helper()
	sent := c.visit.Submit(c.visit.Get("/tool/cases/new").Must(http.StatusOK), "main form", map[string]string{"reference": reference, "name": "Sam"})
	sent.Must(http.StatusSeeOther)
	const before, after = len("/tool/cases/"), len("/conversation")
	return "/tool/cases/" + sent.Location[before:len(sent.Location)-after]
}

// do runs a use case as Hannah, for what a test is not about.
func (c *clinic) do(url string, fn func(tx models.DB, id int64) error) {
	c.t.Helper()
	id, err := strconv.ParseInt(url[len("/tool/cases/"):], 10, 64)
	if err != nil {
		c.t.Fatal(err)
	}
	c.InTx(func(tx models.DB) error { return fn(tx, id) })
}

// toMatching takes a case to where a fit is looked for.
func (c *clinic) toMatching(url string) {
	c.t.Helper()
	ctx := c.t.Context()
	c.do(url, func(tx models.DB, id int64) error {
		for _, step := range []func() error{
			func() error { return c.Tool.Move(ctx, tx, c.hannah, id, tool.Move{To: tool.Contacting}) },
			func() error { return c.Tool.Tick(ctx, tx, c.hannah, id, "C5", true) },
			func() error { return c.Tool.Move(ctx, tx, c.hannah, id, tool.Move{To: tool.Conversing}) },
			func() error { return c.Tool.Move(ctx, tx, c.hannah, id, tool.Move{To: tool.Analysing}) },
			func() error { return c.Tool.Move(ctx, tx, c.hannah, id, tool.Move{To: tool.Deciding}) },
			func() error {
				return c.Tool.Decide(ctx, tx, c.hannah, id, tool.Decision{Code: "D1", Outcome: "none", Known: tool.No, Worse: tool.No, Agrees: tool.NotSaid, Reason: "Nothing clinical came up"})
			},
		} {
			if err := step(); err != nil {
				return err
			}
		}
		return nil
	})
}

// workshop writes down the golden example of the fit and returns the address of its page: person and occupation 4 3 3 3, person and
// environment 3 1 2 3, environment and occupation 4 3 4 2.
func (c *clinic) workshop(url string) string {
	c.t.Helper()
	var idea int64
	c.do(url, func(tx models.DB, id int64) (err error) {
		idea, err = c.Tool.AddCandidate(c.t.Context(), tx, c.hannah, id, tool.Candidate{Name: "Repair workshop, Thursdays", Kind: tool.Activity, Physical: 1})
		if err != nil {
			return err
		}
		ratings := tool.Ratings{}
		for pair, answers := range map[string][4]tool.Answer{"PO": {4, 3, 3, 3}, "PE": {3, 1, 2, 3}, "EO": {4, 3, 4, 2}} {
			for n, a := range answers {
				ratings[pair+strconv.Itoa(n+1)] = tool.Known(a)
			}
		}
		return c.Tool.Rate(c.t.Context(), tx, c.hannah, id, idea, ratings)
	})
	return url + "/ideas/" + strconv.FormatInt(idea, 10)
}

// explore answers every factor, so that nothing keeps the rules from speaking of activities.
func (c *clinic) explore(url string) {
	c.t.Helper()
	c.do(url, func(tx models.DB, id int64) error {
		for _, f := range c.Tool.Pack.Factors {
			if err := c.Tool.Answer(c.t.Context(), tx, c.hannah, id, f.Code, tool.FactorAnswer{Person: 3, Practitioner: 3}); err != nil {
				return err
			}
		}
		return nil
	})
}
