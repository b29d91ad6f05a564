package models_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"hub.salford.ac.uk/ssph/models"
)

func TestPence_Words(t *testing.T) {
	for _, c := range []struct {
		pence              models.Pence
		full, short, plain string
	}{
		{0, "£0.00", "£0", "0.00"},
		{5, "£0.05", "£0.05", "0.05"},
		{22800, "£228.00", "£228", "228.00"},
		{27360, "£273.60", "£273.60", "273.60"},
		{244000, "£2,440.00", "£2,440", "2440.00"},
		{123456789, "£1,234,567.89", "£1,234,567.89", "1234567.89"},
		{-27360, "−£273.60", "−£273.60", "-273.60"},
	} {
		if c.pence.String() != c.full || c.pence.Short() != c.short || c.pence.Plain() != c.plain {
			t.Errorf("%d: %q %q %q", int64(c.pence), c.pence, c.pence.Short(), c.pence.Plain())
		}
	}
}

func TestParsePence_TakesWhatPeopleType(t *testing.T) {
	for text, want := range map[string]models.Pence{
		"820.80": 82080, " £2,928 ": 292800, "273.6": 27360, "0.05": 5, "9999999.99": 999999999, "£0": 0,
	} {
		if got, err := models.ParsePence(text); err != nil || got != want {
			t.Errorf("%q: %d, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "£", ".", ".50", "5.", "5.123", "-5", "+5", "1e3", "ten", "10000000", "99999999999999999999", "5 0", "٣"} {
		if got, err := models.ParsePence(text); models.KindOf(err) != models.KindInvalid {
			t.Errorf("%q was taken for %s: %v", text, got, err)
		}
	}
}

func TestParsePence_ReadsBackWhatIsWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := models.Pence(rapid.Int64Range(0, 999_999_999).Draw(t, "pence"))
		for _, text := range []string{p.String(), p.Plain()} {
			if got, err := models.ParsePence(text); err != nil || got != p {
				t.Fatalf("%q: %d, %v", text, got, err)
			}
		}
	})
}

// A decimal comma must not become thousands: 129,00 is not £12,900.
func TestParsePence_CommasStandBetweenThousandsOnly(t *testing.T) {
	for _, wrong := range []string{"129,00", "2,28", "1,2,3", ",500", "1234,567", "12,34.50"} {
		if got, err := models.ParsePence(wrong); err == nil {
			t.Errorf("%q was read as %s", wrong, got)
		}
	}
	for text, want := range map[string]models.Pence{"2,440": 244000, "£1,234,567.89": 123456789} {
		if got, err := models.ParsePence(text); err != nil || got != want {
			t.Errorf("%q is %s, want %s: %v", text, got, want, err)
		}
	}
}

func FuzzParsePence(f *testing.F) {
	f.Add("820.80")
	f.Fuzz(func(t *testing.T, text string) {
		if p, err := models.ParsePence(text); err == nil && (p < 0 || p > 999_999_999) {
			t.Errorf("%q became %d", text, p)
		}
	})
}

func TestPercent_TextAndBack(t *testing.T) {
	for text, want := range map[string]models.Percent{"20": 20000, "12.5": 12500, "12.5%": 12500, " 0.125 % ": 125, "100": 100000, "0": 0} {
		if got, err := models.ParsePercent(text); err != nil || got != want {
			t.Errorf("%q: %d, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "%", "100.001", "101", "-1", "1.2345", ".5", "5.", "1e1", "999999999999999999999"} {
		if got, err := models.ParsePercent(text); models.KindOf(err) != models.KindInvalid {
			t.Errorf("%q was taken for %d: %v", text, got, err)
		}
	}
	for p, want := range map[models.Percent]string{20000: "20%", 12500: "12.5%", 125: "0.125%", 0: "0%", 100000: "100%"} {
		if p.String() != want {
			t.Errorf("%d: %s", int64(p), p)
		}
	}
}

// Half a penny goes up, less than half goes down; 20 % of £684.00 is £136.80.
func TestPercent_OfRoundsHalfUp(t *testing.T) {
	for _, c := range []struct {
		rate models.Percent
		of   models.Pence
		want models.Pence
	}{
		{20000, 68400, 13680}, {20000, 2, 0}, {20000, 3, 1}, {50000, 1, 1}, {12500, 4, 1}, {12500, 3, 0}, {100000, 7, 7}, {0, 7, 0},
		{100000, math.MaxInt64, math.MaxInt64},
	} {
		if got := c.rate.Of(c.of); got != c.want {
			t.Errorf("%s of %d is %d, want %d", c.rate, int64(c.of), int64(got), int64(c.want))
		}
	}
}

// Twice the rounded part is never further than one penny's worth of halves from twice the exact part.
func TestMulDiv_IsTheNearestPenny(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amount := rapid.Int64Range(0, 1_000_000_000).Draw(t, "amount")
		by, per := rapid.Int64Range(0, 100_000).Draw(t, "by"), rapid.Int64Range(1, 200_000).Draw(t, "per")
		got := int64(models.MulDiv(models.Pence(amount), by, per))
		if diff := 2*got*per - 2*amount*by; diff > per || diff <= -per {
			t.Fatalf("%d × %d ÷ %d is not %d", amount, by, per, got)
		}
	})
}
