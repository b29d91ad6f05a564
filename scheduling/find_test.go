package scheduling_test

import (
	"slices"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

const link = "https://meet.example.org/j/1"

func ids(sessions []scheduling.Session) []int64 {
	var found []int64
	for _, s := range sessions {
		found = append(found, s.ID)
	}
	return found
}

// organisation puts an organisation into the database and returns its id.
func organisation(t *testing.T, db models.DB) (id int64) {
	t.Helper()
	err := db.InTx(t.Context(), func(tx models.DB) error {
		return tx.SQL(t.Context()).Raw(`INSERT INTO organisations (name, name_key, address, postcode, country, invoice_email, demonstration, created_at)
			VALUES ('Brightwater PCN', 'brightwaterpcn', '1 High Street', 'M1 1AA', 'GB', 'pay@example.org', TRUE, ?) RETURNING id`, tx.Now()).Scan(&id).Error
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func TestFind_ShowsWhatAnybodyMaySee(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		public := schedulingtest.OpenAccess(t, db, schedulingtest.Online(link))
		draft := schedulingtest.OpenAccess(t, db, schedulingtest.With("Rowan"), schedulingtest.AsDraft())
		own := schedulingtest.OpenAccess(t, db, schedulingtest.OnDay(day(2027, 1, 20)), schedulingtest.OwnGroup(organisation(t, db)))
		got, err := scheduling.Find(t.Context(), db, public.ID)
		if err != nil || got.ID != public.ID || got.JoinLink != "" || got.TrainerNames() != "Alan" {
			t.Errorf("public: %+v %v", got, err)
		}
		for _, id := range []int64{draft.ID, own.ID, 0, -1, 99} {
			if _, err := scheduling.Find(t.Context(), db, id); models.KindOf(err) != models.KindNotFound {
				t.Errorf("session %d: %v", id, err)
			}
		}
		if got, err := scheduling.FindAny(t.Context(), db, public.ID); err != nil || got.JoinLink != link {
			t.Errorf("whole: %+v %v", got, err)
		}
		many, err := scheduling.FindMany(t.Context(), db, []int64{draft.ID, own.ID, 99})
		if err != nil || len(many) != 2 || many[own.ID].OrganisationID == nil || many[draft.ID].Status != scheduling.Draft {
			t.Errorf("%+v %v", many, err)
		}
	})
}

func TestUpcoming_IsPublishedOpenAccessNotStartedInOrder(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		later := schedulingtest.OpenAccess(t, db, schedulingtest.OnDay(day(2027, 2, 11)))
		first := schedulingtest.OpenAccess(t, db)
		videoCall := schedulingtest.OpenAccess(t, db, schedulingtest.OnDay(day(2027, 1, 20)), schedulingtest.Online(link))
		schedulingtest.OpenAccess(t, db, schedulingtest.OnDay(day(2027, 1, 21)), schedulingtest.AsDraft())
		schedulingtest.OpenAccess(t, db, schedulingtest.OnDay(day(2027, 1, 22)), schedulingtest.OwnGroup(organisation(t, db)))
		check := func(when string, want ...int64) {
			t.Helper()
			got, err := scheduling.Upcoming(t.Context(), db, scheduling.Filter{})
			if err != nil || !slices.Equal(ids(got), want) {
				t.Errorf("%s: %v %v, want %v", when, ids(got), err, want)
			}
			for _, s := range got {
				if s.JoinLink != "" {
					t.Errorf("%s: session %d shows its link", when, s.ID)
				}
			}
		}
		check("in November", first.ID, videoCall.ID, later.ID)
		clock.Set(first.FirstStart().Add(-time.Microsecond))
		check("just before the first", first.ID, videoCall.ID, later.ID)
		clock.Set(first.FirstStart())
		check("as the first starts", videoCall.ID, later.ID)
	})
}

func TestUpcoming_Filters(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		room := schedulingtest.OpenAccess(t, db) // 14 January, Salford, step-free
		// Half past midnight on 1 April in London is still March in UTC.
		night, err := open(db, inRoom(t, db, "Bolton", online(t, db, "Rowan", "12:30am", "3:30am", day(2027, 4, 1))))
		if err != nil {
			t.Fatal(err)
		}
		call := online(t, db, "Rowan", "9:30am", "1pm", day(2027, 1, 26), day(2027, 1, 27))
		call.Captions = true
		mornings, err := open(db, call)
		if err != nil {
			t.Fatal(err)
		}
		for name, c := range map[string]struct {
			filter scheduling.Filter
			want   []int64
		}{
			"nothing":          {scheduling.Filter{}, []int64{room.ID, mornings.ID, night.ID}},
			"online":           {scheduling.Filter{Format: scheduling.Online}, []int64{mornings.ID}},
			"face to face":     {scheduling.Filter{Format: scheduling.FaceToFace}, []int64{room.ID, night.ID}},
			"January":          {scheduling.Filter{Month: day(2027, 1, 31)}, []int64{room.ID, mornings.ID}},
			"March":            {scheduling.Filter{Month: day(2027, 3, 1)}, nil},
			"April, in London": {scheduling.Filter{Month: day(2027, 4, 1)}, []int64{night.ID}},
			"Salford":          {scheduling.Filter{Town: "Salford"}, []int64{room.ID}},
			"a town of none":   {scheduling.Filter{Town: "' OR 1=1 --"}, nil},
			"one day":          {scheduling.Filter{Length: scheduling.OneDay}, []int64{room.ID, night.ID}},
			"several days":     {scheduling.Filter{Length: scheduling.SeveralDays}, []int64{mornings.ID}},
			"step-free":        {scheduling.Filter{StepFree: true}, []int64{room.ID, mornings.ID}},
			"hearing loop":     {scheduling.Filter{HearingLoop: true}, []int64{mornings.ID}},
			"captions":         {scheduling.Filter{Captions: true}, []int64{mornings.ID}},
			"online, Salford":  {scheduling.Filter{Format: scheduling.Online, Town: "Salford"}, nil},
		} {
			got, err := scheduling.Upcoming(t.Context(), db, c.filter)
			if err != nil || !slices.Equal(ids(got), c.want) {
				t.Errorf("%s: %v %v, want %v", name, ids(got), err, c.want)
			}
		}
		months, err := scheduling.Months(t.Context(), db)
		if err != nil || !slices.Equal(months, []models.Date{day(2027, 1, 1), day(2027, 4, 1)}) {
			t.Errorf("months %v %v", months, err)
		}
		towns, err := scheduling.Towns(t.Context(), db)
		if err != nil || !slices.Equal(towns, []string{"Bolton", "Salford"}) {
			t.Errorf("towns %v %v", towns, err)
		}
	})
}

func TestAll_ShowsTheOfficeEverything(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		var days []int64
		for i := range 5 {
			s := schedulingtest.OpenAccess(t, db, schedulingtest.OnDay(schedulingtest.Day.AddDays(i)), schedulingtest.Online(link))
			days = append(days, s.ID)
		}
		draft := schedulingtest.OpenAccess(t, db, schedulingtest.OnDay(day(2027, 3, 1)), schedulingtest.AsDraft(), schedulingtest.With("Rowan"))
		check := func(name string, f scheduling.OfficeFilter, p scheduling.Page, total int, want ...int64) {
			t.Helper()
			got, n, err := scheduling.All(t.Context(), db, f, p)
			if err != nil || n != total || !slices.Equal(ids(got), want) {
				t.Errorf("%s: %v of %d (%v), want %v of %d", name, ids(got), n, err, want, total)
			}
		}
		check("second page", scheduling.OfficeFilter{}, scheduling.Page{Number: 2, Size: 2}, 6, days[2], days[3])
		check("page beyond", scheduling.OfficeFilter{}, scheduling.Page{Number: 9, Size: 2}, 6)
		check("drafts", scheduling.OfficeFilter{Status: scheduling.Draft}, scheduling.Page{}, 1, draft.ID)
		check("Rowan's", scheduling.OfficeFilter{TrainerID: draft.Trainers[0].ID}, scheduling.Page{}, 1, draft.ID)
		check("own groups", scheduling.OfficeFilter{Route: scheduling.Bespoke}, scheduling.Page{}, 0)
		check("face to face", scheduling.OfficeFilter{Format: scheduling.FaceToFace}, scheduling.Page{}, 1, draft.ID)
		clock.Set(schedulingtest.Day.AddDays(1).At(16, 30)) // the second has just ended
		check("past", scheduling.OfficeFilter{Past: true}, scheduling.Page{}, 2, days[1], days[0])
		check("to come", scheduling.OfficeFilter{}, scheduling.Page{}, 4, days[2], days[3], days[4], draft.ID)
		if got, _, err := scheduling.All(t.Context(), db, scheduling.OfficeFilter{}, scheduling.Page{Size: 1}); err != nil || got[0].JoinLink != link {
			t.Errorf("the office needs the link: %+v %v", got, err)
		}
	})
}
