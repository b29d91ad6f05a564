package main

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestLicenceDates_AnswersProgramsWithEveryPeriod(t *testing.T) {
	t.Parallel()
	code, stdout, stderr := told(t, "licence", "dates", "--from", "2028-02-29", "--renewals", "4", "--json")
	var got []struct {
		StartsOn string `json:"starts_on"`
		LastDay  string `json:"last_day"`
		EndsAt   string `json:"ends_at"`
	}
	if err := json.Unmarshal([]byte(stdout), &got); err != nil || code != 0 || stderr != "" {
		t.Fatalf("exit %d, %q, %q: %v", code, stdout, stderr, err)
	}
	want := [][3]string{
		{"2028-02-29", "2029-02-28", "2029-03-01T00:00:00Z"},
		{"2029-03-01", "2030-02-28", "2030-03-01T00:00:00Z"},
		{"2030-03-01", "2031-02-28", "2031-03-01T00:00:00Z"},
		{"2031-03-01", "2032-02-29", "2032-03-01T00:00:00Z"},
		{"2032-03-01", "2033-02-28", "2033-03-01T00:00:00Z"},
	}
	if len(got) != len(want) {
		t.Fatalf("%d periods, want %d", len(got), len(want))
	}
	for i, p := range got {
		if p.StartsOn != want[i][0] || p.LastDay != want[i][1] || p.EndsAt != want[i][2] {
			t.Errorf("period %d: %+v, want %v", i+1, p, want[i])
		}
	}
}

func TestLicenceDates_EndAtLondonsMidnight(t *testing.T) {
	t.Parallel()
	for from, want := range map[string]string{
		"2026-11-22": "2027-11-23T00:00:00Z", "2027-03-27": "2028-03-27T23:00:00Z", "2027-06-30": "2028-06-30T23:00:00Z", "2027-10-31": "2028-11-01T00:00:00Z",
	} {
		code, stdout, _ := told(t, "licence", "dates", "--from", from, "--json")
		if code != 0 || !strings.Contains(stdout, `"ends_at": "`+want+`"`) || strings.Count(stdout, "ends_at") != 1 {
			t.Errorf("%s: exit %d, %s; want one period that ends at %s", from, code, stdout, want)
		}
	}
}

func TestLicenceDates_AnswersPeopleInWords(t *testing.T) {
	t.Parallel()
	_, stdout, _ := told(t, "licence", "dates", "--from", "2026-11-22", "--renewals", "1")
	const want = "22 November 2026 to the end of 22 November 2027\n23 November 2027 to the end of 22 November 2028\n"
	if stdout != want {
		t.Errorf("%q, want %q", stdout, want)
	}
}

func TestLicenceDates_RefusesNonsenseWithASentence(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"--from 2027-02-29":                                 "Enter the first day as a real date, like 2028-02-29.",
		"--from tomorrow":                                   "Enter the first day as a real date, like 2028-02-29.",
		"--from 2028-2-29":                                  "Enter the first day as a real date, like 2028-02-29.",
		"--from 0001-01-01":                                 "Enter a first day from 1900 to 2999.",
		"--from 9999-12-31":                                 "Enter a first day from 1900 to 2999.",
		"--from 2028-02-29 --renewals -1":                   "Enter how often it is renewed as a whole number from 0 to 100.",
		"--from 2028-02-29 --renewals 101":                  "Enter how often it is renewed as a whole number from 0 to 100.",
		"--from 2028-02-29 --renewals 1.5":                  "Enter how often it is renewed as a whole number from 0 to 100.",
		"--from 2028-02-29 --renewals 99999999999999999999": "Enter how often it is renewed as a whole number from 0 to 100.",
		"--renewals 4":                                      "missing flags: --from=STRING",
	} {
		code, stdout, stderr := told(t, append([]string{"licence", "dates"}, strings.Fields(line)...)...)
		if code != exitMisuse || stdout != "" || !strings.Contains(stderr, want) || strings.Count(stderr, "ssph:") != 1 {
			t.Errorf("%s: exit %d, %q, %q; want exit 2 and %q", line, code, stdout, stderr, want)
		}
	}
	if code, _, stderr := told(t, "licence"); code != exitMisuse || stderr == "" {
		t.Errorf("half a command: exit %d, %q", code, stderr)
	}
}
