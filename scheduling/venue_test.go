package scheduling_test

import (
	"slices"
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling"
)

func TestAddVenue_ChecksEachField(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		right := scheduling.Venue{Name: " Library ", Address: "2 High Street\r\nFloor 1", Town: "Bolton", Postcode: "bl1 1aa", HearingLoop: true}
		add := func(v scheduling.Venue) (added scheduling.Venue, err error) {
			err = db.InTx(t.Context(), func(tx models.DB) error {
				added, err = scheduling.AddVenue(t.Context(), tx, access.System(), v)
				return err
			})
			return added, err
		}
		v, err := add(right)
		if err != nil || v.Name != "Library" || v.Postcode != "BL1 1AA" || !v.HearingLoop || v.StepFree || v.ID == 0 {
			t.Errorf("%+v %v", v, err)
		}
		if got := v.Lines(); !slices.Equal(got, []string{"Library", "2 High Street", "Floor 1", "Bolton", "BL1 1AA"}) {
			t.Errorf("%q", got)
		}
		for name, c := range map[string]struct {
			change func(*scheduling.Venue)
			field  string
		}{
			"the same name":  {func(*scheduling.Venue) {}, "name"},
			"no name":        {func(v *scheduling.Venue) { v.Name = " " }, "name"},
			"two lines":      {func(v *scheduling.Venue) { v.Name = "A\nB" }, "name"},
			"long name":      {func(v *scheduling.Venue) { v.Name = strings.Repeat("é", 121) }, "name"},
			"no address":     {func(v *scheduling.Venue) { v.Name, v.Address = "B", "" }, "address"},
			"no town":        {func(v *scheduling.Venue) { v.Name, v.Town = "B", "" }, "town"},
			"no postcode":    {func(v *scheduling.Venue) { v.Name, v.Postcode = "B", "" }, "postcode"},
			"long postcode":  {func(v *scheduling.Venue) { v.Name, v.Postcode = "B", strings.Repeat("M", 13) }, "postcode"},
			"unprinted town": {func(v *scheduling.Venue) { v.Name, v.Town = "B", "Bol\x00ton" }, "town"},
		} {
			wrong := right
			c.change(&wrong)
			if _, err := add(wrong); models.ProblemsOf(err).For(c.field) == "" || models.KindOf(err) != models.KindInvalid {
				t.Errorf("%s: %v", name, err)
			}
		}
		if all, err := scheduling.Venues(t.Context(), db); err != nil || len(all) != 1 || all[0] != v {
			t.Errorf("%+v %v", all, err)
		}
	})
}

func TestTrainers_OnlyActiveOnesByName(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		err := db.InTx(t.Context(), func(tx models.DB) error {
			return tx.SQL(t.Context()).Exec("INSERT INTO trainers (name, active) VALUES ('Aaron', FALSE), ('Bea', TRUE)").Error
		})
		if err != nil {
			t.Fatal(err)
		}
		got, err := scheduling.Trainers(t.Context(), db)
		var names []string
		for _, trainer := range got {
			names = append(names, trainer.Name)
		}
		if err != nil || !slices.Equal(names, []string{"Alan", "Bea", "Rowan"}) {
			t.Errorf("%v %v", names, err)
		}
	})
}
