package scheduling_test

import (
	"testing"

	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// The first data has one record, from 1 September 2025 to 31 August 2027.
func TestAccreditation_OnlyInsideItsDates(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		course, err := scheduling.FindCourse(t.Context(), db, "SPT")
		if err != nil {
			t.Fatal(err)
		}
		for d, want := range map[models.Date]bool{
			day(2025, 8, 31): false, day(2025, 9, 1): true, day(2027, 8, 31): true, day(2027, 9, 1): false,
		} {
			if _, found, err := scheduling.Accreditation(t.Context(), db, course.ID, d); err != nil || found != want {
				t.Errorf("%v: %v %v", d, found, err)
			}
			inside := scheduling.Accredited{ValidFrom: day(2025, 9, 1), ValidTo: day(2027, 8, 31)}
			if inside.Covers(d) != want {
				t.Errorf("it covers %v: %v", d, !want)
			}
		}
		a, _, err := scheduling.Accreditation(t.Context(), db, course.ID, day(2027, 1, 14))
		if err != nil || len(a.Components) != 6 || a.Components[0] != "Shared decision making" || !a.Demonstration {
			t.Errorf("%+v %v", a, err)
		}
		for got, want := range map[string]string{
			a.Statement():  "This training programme is accredited by the Personalised Care Institute (PCI).",
			a.FooterLine(): "Our training programme is accredited by the Personalised Care Institute until 31 August 2027.",
			a.DatesLine():  "From 1 September 2025 to 31 August 2027, reference PCI-EXAMPLE (demonstration)",
		} {
			if got != want {
				t.Errorf("%q, want %q", got, want)
			}
		}
		if _, found, err := scheduling.Accreditation(t.Context(), db, course.ID+1, day(2027, 1, 14)); found || err != nil {
			t.Errorf("another course: %v %v", found, err)
		}
	})
}

func TestStatement_ShortensOnlyNamesOfSeveralWords(t *testing.T) {
	if got := (scheduling.Accredited{Body: "Qualsafe"}).Statement(); got != "This training programme is accredited by the Qualsafe." {
		t.Error(got)
	}
}

func TestFindCourse_UnknownCode(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		if _, err := scheduling.FindCourse(t.Context(), db, "XXX"); models.KindOf(err) != models.KindNotFound {
			t.Error(err)
		}
		if c, err := scheduling.TheCourse(t.Context(), db); err != nil || c.Code != "SPT" {
			t.Errorf("%+v %v", c, err)
		}
	})
}

func TestWarnings_SayWhatIsAllowedButOdd(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		fine := schedulingtest.OpenAccess(t, db)
		if got, err := scheduling.Warnings(t.Context(), db, fine); err != nil || len(got) != 0 {
			t.Errorf("%v %v", got, err)
		}
		odd, err := open(db, online(t, db, "Alan", "6:30am", "9:30am", day(2027, 8, 31), day(2027, 9, 1)))
		if err != nil {
			t.Fatal(err)
		}
		got, err := scheduling.Warnings(t.Context(), db, odd)
		if err != nil || len(got) != 4 {
			t.Fatalf("%q %v", got, err)
		}
		for i, want := range []string{
			"No accreditation covers 1 September 2027: pages and certificates will not say that this session is accredited",
			"The link is still to come. Enter it by Tuesday 24 August 2027",
			"Part 1 starts at 6:30am. Check that this is right",
		} {
			if got[i] != want {
				t.Errorf("%q, want %q", got[i], want)
			}
		}
	})
}
