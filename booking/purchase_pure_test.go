package booking

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"hub.salford.ac.uk/ssph/models"
)

func day2026(month time.Month, day int) models.Date {
	return models.Date{Year: 2026, Month: month, Day: day}
}

// 14 days after 23 November is 7 December. A session on 14 December wants it by 7 December too, one on 10 December by the 3rd, one on 30
// November on the day itself, one on 29 November never.
func TestFollowBy_IsTheEarlierOfTwoDaysAndNotInThePast(t *testing.T) {
	today := day2026(11, 23)
	for _, c := range []struct {
		first, want models.Date
		ok          bool
	}{
		{models.Date{Year: 2027, Month: 1, Day: 14}, day2026(12, 7), true}, {day2026(12, 14), day2026(12, 7), true},
		{day2026(12, 10), day2026(12, 3), true}, {day2026(11, 30), today, true}, {day2026(11, 29), day2026(11, 22), false},
	} {
		if by, ok := followBy(today, c.first, 14, 7); by != c.want || ok != c.ok {
			t.Errorf("session on %s: by %s, %v; want %s, %v", c.first, by, ok, c.want, c.ok)
		}
	}
}

// Due on 7 December: letters on 30 November, 4 and 6 December.
func TestChaseStage_IsTheLatestThatHasCome(t *testing.T) {
	due, booked := day2026(12, 7), day2026(11, 23)
	for _, c := range []struct {
		written, today models.Date
		want           int
	}{
		{booked, day2026(11, 29), 0}, {booked, day2026(11, 30), 7}, {day2026(11, 30), day2026(11, 30), 0}, {day2026(11, 30), day2026(12, 3), 0},
		{day2026(11, 30), day2026(12, 4), 3}, {day2026(12, 4), day2026(12, 6), 1}, {day2026(12, 6), due, 0},
		{booked, day2026(12, 5), 3},         // after an outage: one letter for two stages
		{booked, due, 1},                    // and on the day itself
		{booked, day2026(12, 8), 0},         // past it the office decides
		{day2026(12, 2), day2026(12, 3), 0}, // booked five days before: nothing about the seventh
		{day2026(12, 2), day2026(12, 4), 3}, // but about the third
		{models.Date{}, day2026(11, 30), 7}, // never written to
	} {
		if got := chaseStage(due, c.written, c.today); got != c.want {
			t.Errorf("written %s, on %s: %d, want %d", c.written, c.today, got, c.want)
		}
	}
}

// Whenever the program runs, on whatever days, nobody is written to twice on one stage or more than three times.
func TestChaseStage_WritesEachStageOnceAtMost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		booked := day2026(11, 23)
		due := booked.AddDays(rapid.IntRange(0, 20).Draw(t, "days to the day"))
		written, sent := booked, map[int]bool{}
		for today := booked; !due.AddDays(3).Before(today); today = today.AddDays(rapid.IntRange(0, 4).Draw(t, "days off")) {
			stage := chaseStage(due, written, today)
			if stage == 0 {
				if rapid.Bool().Draw(t, "go on") {
					today = today.AddDays(1)
				}
				continue
			}
			if sent[stage] || due.Before(today) || due.AddDays(-stage).Before(booked) {
				t.Fatalf("stage %d on %s, due %s, sent %v", stage, today, due, sent)
			}
			for earlier := range sent {
				if earlier < stage {
					t.Fatalf("stage %d after %d", stage, earlier)
				}
			}
			sent[stage], written = true, today
		}
	})
}
