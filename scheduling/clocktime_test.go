package scheduling_test

import (
	"testing"

	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
)

func TestParseTimeOfDay_ReadsWhatPeopleType(t *testing.T) {
	for typed, want := range map[string]scheduling.TimeOfDay{
		"9:30am": {9, 30}, "9.30 am": {9, 30}, " 09:30 ": {9, 30}, "9:30 AM": {9, 30}, "1pm": {13, 0}, "1 PM": {13, 0},
		"16:30": {16, 30}, "4.30pm": {16, 30}, "12pm": {12, 0}, "12am": {0, 0}, "00:00": {0, 0}, "23:59": {23, 59},
	} {
		if got, err := scheduling.ParseTimeOfDay(typed); err != nil || got != want {
			t.Errorf("%q: %v %v, want %v", typed, got, err, want)
		}
	}
	for _, typed := range []string{"", "9", "24:00", "9:60am", "13pm", "half past nine", "9:30:15", "-1:00", "9:30am9:30am"} {
		if got, err := scheduling.ParseTimeOfDay(typed); models.KindOf(err) != models.KindInvalid {
			t.Errorf("%q: %v %v", typed, got, err)
		}
	}
}

func FuzzParseTimeOfDay(f *testing.F) {
	for _, seed := range []string{"9:30am", "16:30", "1pm", "9.30 am", "24:00", "\u00a09:30am", "٩:٣٠"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		got, err := scheduling.ParseTimeOfDay(typed)
		if err != nil {
			if models.KindOf(err) != models.KindInvalid {
				t.Fatalf("%q: %v", typed, err)
			}
			return
		}
		if got.Hour < 0 || got.Hour > 23 || got.Minute < 0 || got.Minute > 59 {
			t.Fatalf("%q: %v", typed, got)
		}
		for _, written := range []string{got.String(), got.HTML()} {
			if again, err := scheduling.ParseTimeOfDay(written); err != nil || again != got {
				t.Fatalf("%q is written %q, which reads %v %v", typed, written, again, err)
			}
		}
	})
}

func TestParseMonth(t *testing.T) {
	got, err := scheduling.ParseMonth("2027-01")
	if err != nil || got != day(2027, 1, 1) || scheduling.MonthName(got) != "January 2027" || scheduling.MonthCode(got) != "2027-01" {
		t.Errorf("%v %v", got, err)
	}
	for _, typed := range []string{"", "2027", "2027-13", "2027-1-1", "January", "2027-01; DROP"} {
		if _, err := scheduling.ParseMonth(typed); models.KindOf(err) != models.KindInvalid {
			t.Errorf("%q: %v", typed, err)
		}
	}
}

func TestRouteAndFormat_RefuseEverythingElse(t *testing.T) {
	for _, word := range []string{"open-access", "bespoke", "one-to-one"} {
		if r, err := models.ParseRoute(word); err != nil || string(r) != word {
			t.Errorf("%q: %v", word, err)
		}
	}
	for _, word := range []string{"face-to-face", "online"} {
		if f, err := models.ParseFormat(word); err != nil || string(f) != word {
			t.Errorf("%q: %v", word, err)
		}
	}
	if _, err := models.ParseRoute("open access"); models.KindOf(err) != models.KindInvalid {
		t.Error(err)
	}
	if _, err := models.ParseFormat("Online"); models.KindOf(err) != models.KindInvalid {
		t.Error(err)
	}
}
