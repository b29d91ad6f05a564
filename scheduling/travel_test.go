package scheduling

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"hub.salford.ac.uk/ssph/models"
)

func at(hour, minute int) time.Time {
	return models.Date{Year: 2027, Month: time.January, Day: 14}.At(hour, minute)
}

func TestBusySpans_AddTravelFaceToFaceOnly(t *testing.T) {
	parts := []Part{{StartsAt: at(9, 30), EndsAt: at(16, 30)}}
	if got := busySpans(parts, FaceToFace, time.Hour); got[0] != (span{at(8, 30), at(17, 30)}) {
		t.Errorf("face to face %v", got)
	}
	if got := busySpans(parts, Online, time.Hour); got[0] != (span{at(9, 30), at(16, 30)}) {
		t.Errorf("online %v", got)
	}
}

func TestBusySpans_TrainerStaysOverLunch(t *testing.T) {
	parts := []Part{{StartsAt: at(9, 30), EndsAt: at(12, 30)}, {StartsAt: at(13, 30), EndsAt: at(16, 30)}}
	got := busySpans(parts, FaceToFace, time.Hour)
	if got[0] != (span{at(8, 30), at(13, 30)}) || got[1] != (span{at(13, 30), at(17, 30)}) {
		t.Errorf("%v", got)
	}
	free := busySpans(parts, Online, time.Hour)
	if free[0].until != at(12, 30) || free[1].from != at(13, 30) {
		t.Errorf("online, lunch is free: %v", free)
	}
}

func TestBusySpans_CoverTheirPartsAndNeverOverlap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var parts []Part
		start := at(0, 0)
		for range rapid.IntRange(1, 8).Draw(t, "parts") {
			start = start.Add(time.Duration(rapid.IntRange(0, 300).Draw(t, "gap")) * time.Minute)
			end := start.Add(time.Duration(rapid.IntRange(1, 600).Draw(t, "length")) * time.Minute)
			parts = append(parts, Part{StartsAt: start, EndsAt: end})
			start = end
		}
		travel := time.Duration(rapid.IntRange(0, 180).Draw(t, "travel")) * time.Minute
		format := rapid.SampledFrom([]Format{FaceToFace, Online}).Draw(t, "format")
		spans := busySpans(parts, format, travel)
		for i, s := range spans {
			if s.from.After(parts[i].StartsAt) || s.until.Before(parts[i].EndsAt) {
				t.Errorf("part %v is outside %v", parts[i], s)
			}
			if i > 0 && s.from.Before(spans[i-1].until) {
				t.Errorf("%v overlaps %v", s, spans[i-1])
			}
		}
		if format == FaceToFace && (spans[0].from != parts[0].StartsAt.Add(-travel) || spans[len(spans)-1].until != parts[len(parts)-1].EndsAt.Add(travel)) {
			t.Errorf("no travel before the first or after the last: %v", spans)
		}
	})
}

func TestClash_SaysWhereUntilWhenAndTheTravel(t *testing.T) {
	bolton := engagement{"Rowan", "Bolton", at(9, 30), at(16, 30), at(8, 30), at(17, 30)}
	online := engagement{"Rowan", "", at(9, 30), at(13, 0), at(9, 30), at(13, 0)}
	for _, c := range []struct {
		taken   engagement
		from    time.Time
		until   time.Time
		travel  time.Duration
		several bool
		want    string
	}{
		{bolton, at(17, 0), at(20, 0), 0, false, "Rowan is in Bolton until 4:30pm and needs 60 minutes to travel. Choose another time or trainer"},
		{bolton, at(18, 0), at(20, 0), time.Hour, false, "Rowan is in Bolton until 4:30pm and needs 120 minutes to travel. Choose another time or trainer"},
		{bolton, at(7, 0), at(9, 0), 0, true, "Rowan is in Bolton from 9:30am on Thursday 14 January 2027 and needs 60 minutes to travel. Choose another time or trainer"},
		{bolton, at(10, 0), at(11, 0), 0, false, "Rowan is in Bolton from 9:30am to 4:30pm. Choose another time or trainer"},
		{online, at(12, 0), at(14, 0), 0, false, "Rowan is online from 9:30am to 1pm. Choose another time or trainer"},
		{bolton, at(7, 30), at(9, 30), 0, false, "Rowan is in Bolton from 9:30am and needs 60 minutes to travel. Choose another time or trainer"},
		{bolton, at(16, 30), at(18, 0), 0, false, "Rowan is in Bolton until 4:30pm and needs 60 minutes to travel. Choose another time or trainer"},
		{online, at(13, 30), at(16, 30), time.Hour, false, "Rowan is online until 1pm and needs 60 minutes to travel. Choose another time or trainer"},
	} {
		busy := span{c.from.Add(-c.travel), c.until.Add(c.travel)}
		err := clash(c.taken, Part{StartsAt: c.from, EndsAt: c.until}, busy, c.several)
		if got := models.ProblemsOf(err).For(FieldTrainers); got != c.want || models.KindOf(err) != models.KindConflict {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
