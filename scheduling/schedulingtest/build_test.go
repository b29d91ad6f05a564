package schedulingtest_test

import (
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

func TestOpenAccess_IsTheUsualSession(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		s := schedulingtest.OpenAccess(t, db)
		if s.Capacity != 15 || s.Status != scheduling.Published || s.Where() != "Salford" || s.TrainerNames() != "Alan" {
			t.Errorf("%+v", s)
		}
		if want := time.Date(2027, time.January, 14, 9, 30, 0, 0, time.UTC); s.FirstStart() != want {
			t.Errorf("starts %v", s.FirstStart())
		}
	})
}

func TestOpenAccess_TakesOptions(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		day := models.Date{Year: 2027, Month: time.January, Day: 26}
		s := schedulingtest.OpenAccess(t, db, schedulingtest.Online(""), schedulingtest.With("Rowan", "Alan"), schedulingtest.Capacity(4),
			schedulingtest.AsDraft(), schedulingtest.InParts(
				schedulingtest.Part(day, "9:30am", "1pm"), schedulingtest.Part(day.AddDays(1), "9:30am", "1pm")))
		if s.Heading() != "Online, two mornings" || s.TrainerNames() != "Alan and Rowan" || s.Capacity != 4 || s.Status != scheduling.Draft {
			t.Errorf("%+v", s)
		}
	})
}
