package main

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

// told runs the program with a command line and no environment of its own.
func told(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, err bytes.Buffer
	code = run(t.Context(), args, &out, &err)
	return code, out.String(), err.String()
}

func TestQuote_AnswersProgramsToThePenny(t *testing.T) {
	t.Parallel()
	for line, want := range map[string][3]int64{ // net, VAT, gross
		"--route open-access --format face-to-face --people 3":                          {68400, 13680, 82080},
		"--route open-access --format online --people 3":                                {64500, 12900, 77400},
		"--route bespoke --format face-to-face --people 12":                             {244000, 48800, 292800},
		"--route bespoke --format online --people 10":                                   {230000, 46000, 276000},
		"--route open-access --format face-to-face --people 3 --discount-percent 12.5":  {59850, 11970, 71820},
		"--route one-to-one --format online --people 1 --on 2027-01-14":                 {21500, 4300, 25800},
		"--route open-access --format face-to-face --people 1 --discount-percent 100.0": {0, 0, 0},
	} {
		code, stdout, stderr := told(t, append(append([]string{"quote"}, strings.Fields(line)...), "--json")...)
		var got struct {
			Net   *int64 `json:"net_pence"`
			VAT   *int64 `json:"vat_pence"`
			Gross *int64 `json:"gross_pence"`
		}
		if err := json.Unmarshal([]byte(stdout), &got); err != nil || code != 0 || stderr != "" {
			t.Errorf("%s: exit %d, %q, %q", line, code, stdout, stderr)
			continue
		}
		if *got.Net != want[0] || *got.VAT != want[1] || *got.Gross != want[2] {
			t.Errorf("%s: %d + %d = %d, want %v", line, *got.Net, *got.VAT, *got.Gross, want)
		}
	}
}

func TestQuote_AnswersPeopleInWords(t *testing.T) {
	t.Parallel()
	_, stdout, _ := told(t, "quote", "--route", "open-access", "--format", "face-to-face", "--people", "3")
	const want = "3 places at £228.00: £684.00\nNet: £684.00\nVAT: £136.80\nTotal with VAT: £820.80\n"
	if stdout != want {
		t.Errorf("%q, want %q", stdout, want)
	}
}

func TestQuote_TakesADayAsItIsSaidAndAsItIsWritten(t *testing.T) {
	t.Parallel()
	for _, day := range []string{"2027-01-14", "14 January 2027", " 14  january 2027"} {
		code, stdout, stderr := told(t, "quote", "--route", "open-access", "--format", "online", "--people", "1", "--on", day, "--json")
		if code != 0 || !strings.Contains(stdout, `"on": "2027-01-14"`) {
			t.Errorf("%q: exit %d, %q, %q", day, code, stdout, stderr)
		}
	}
	code, _, stderr := told(t, "quote", "--route", "open-access", "--format", "online", "--people", "1", "--on", "30 February 2027")
	if code != exitMisuse || !strings.Contains(stderr, "Enter a real date, like 14 January 2027.") {
		t.Errorf("a day that is none: exit %d, %q", code, stderr)
	}
}

func TestQuote_RefusesNonsenseWithASentence(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"--route open-access --format face-to-face --people 0":                         "Choose at least 1 place.",
		"--route open-access --format face-to-face --people -3":                        "Choose at least 1 place.",
		"--route open-access --format face-to-face --people 12":                        "Choose 9 places or fewer. 10 to 15 people is your own group, £2,440 + VAT.",
		"--route open-access --format face-to-face --people three":                     "Enter how many people as a whole number, like 3.",
		"--route open-access --format face-to-face --people 99999999999999999999":      "Enter how many people as a whole number, like 3.",
		"--route open-access --format by-post --people 3":                              "Choose face-to-face or online.",
		"--route free --format online --people 3":                                      "Choose open-access, bespoke or one-to-one.",
		"--route bespoke --format online --people 16":                                  "Your own group is for up to 15 people.",
		"--route open-access --format online --people 3 --discount-percent 101":        "Enter a percentage from 0 to 100 with at most three decimals, like 12.5.",
		"--route open-access --format online --people 3 --discount-percent 1.2345":     "Enter a percentage from 0 to 100 with at most three decimals, like 12.5.",
		"--route open-access --format online --people 3 --on 2027-02-30":               "Enter a real date, like 14 January 2027.",
		"--route open-access --format online --people 3 --on 1999-01-01":               "There is no price for that day.",
		"--route open-access --format online":                                          "missing flags: --people=STRING",
		"--route open-access --format online --people 3 --colour red":                  "unknown flag --colour",
		"--route open-access --format online --people 3 --discount-percent=-10 --json": "Enter a percentage from 0 to 100 with at most three decimals, like 12.5.",
	} {
		code, stdout, stderr := told(t, append([]string{"quote"}, strings.Fields(line)...)...)
		if code != exitMisuse || stdout != "" || !strings.Contains(stderr, want) || strings.Count(stderr, "ssph:") != 1 {
			t.Errorf("%s: exit %d, %q, %q; want exit 2 and %q", line, code, stdout, stderr, want)
		}
	}
}
