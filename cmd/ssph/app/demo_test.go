package app

import (
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/licensing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/tool"
)

func seedAll(t *testing.T, db models.DB) (bool, tool.Desk) {
	t.Helper()
	sealer, err := tool.NewSealer(access.NewKeys())
	if err != nil {
		t.Fatal(err)
	}
	pack, err := tool.Starter()
	if err != nil {
		t.Fatal(err)
	}
	cases := tool.Desk{Pack: pack, Sealer: sealer, Licences: licensing.ForPerson, Holders: tool.LicensedBy}
	seeded, err := Seed(t.Context(), db, booking.Desk{BaseURL: "http://ssph.example"}, cases)
	if err != nil {
		t.Fatal(err)
	}
	return seeded, cases
}

// The clock is moved on to see what a licence does next year, and the demonstration of this year is still what is there.
func TestSeed_LeavesADemonstrationAloneWhoseDaysHaveAllGoneBy(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		for start, want := range []bool{true, false, false} {
			if seeded, _ := seedAll(t, db); seeded != want {
				t.Fatalf("start %d, on %s: seeded %v", start+1, db.Today(), seeded)
			}
			clock.Advance(200 * 24 * time.Hour)
		}
	})
}

// Hannah’s case is the worked example: 81.25, 56.25 and 81.25 make 65.
func TestSeed_HannahsCaseIsTheWorkedExampleUpToAnAgreedPlan(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		_, cases := seedAll(t, db)
		var c tool.Case
		var colleagues []tool.Colleague
		err := db.InTx(t.Context(), func(tx models.DB) error {
			person, err := access.DemonstrationPerson(t.Context(), tx, "Hannah Whitworth", "hannah.whitworth@quaysprimarycare.example")
			if err != nil {
				return err
			}
			hannah := access.Actor{PersonID: person.ID}
			mine, _, err := cases.Cases(t.Context(), tx, hannah, tool.CaseFilter{})
			if err != nil || len(mine) != 1 {
				t.Fatalf("%d cases, %v", len(mine), err)
			}
			if c, err = cases.Open(t.Context(), tx, hannah, mine[0].ID); err != nil {
				return err
			}
			colleagues, err = cases.Colleagues(t.Context(), tx, hannah, c.ID)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if c.Reference != "QPC-0147" || c.Name != "" || !c.Demonstration || c.State != tool.Introduced || c.Plan == nil || c.Plan.Status != tool.PlanAgreed {
			t.Errorf("case %s, %q, in %s", c.Reference, c.Name, c.State)
		}
		if len(c.Flags) != 1 || c.Flags[0].Open() || len(c.Decisions) != 2 || len(c.Candidates) != 3 || len(c.Crisis.Missing) != 0 {
			t.Errorf("%d flags, %d decisions, %d ideas, %d numbers missing", len(c.Flags), len(c.Decisions), len(c.Candidates), len(c.Crisis.Missing))
		}
		fit, err := c.Pack.Fit(c.Candidates[0].Ratings)
		if err != nil || fit.Low.Percent() != 65 || fit.Pair(tool.PE).Low.Exact() != 56.25 || fit.Weakest != tool.PE {
			t.Errorf("%+v, %v", fit, err)
		}
		if len(colleagues) != 1 || colleagues[0].Name != "Ben Adeyemi" {
			t.Errorf("a case can be handed to %+v", colleagues)
		}
	})
}
