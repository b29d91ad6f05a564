package billing

import (
	"slices"
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/models"
	"pgregory.net/rapid"
)

// Double and half are still usual; a penny beyond is not. The ratios are worked by hand: 10,000.00 / 228.00 = 43.86, 228 / 10,000 =
// 2.28 %, 1,000,000 / 22,800 pence.
func TestUnusual_BeginsBeyondDoubleAndBelowHalf(t *testing.T) {
	for _, c := range []struct {
		was, is models.Pence
		want    string
	}{
		{22800, 22800, ""}, {22800, 45600, ""}, {22800, 11400, ""},
		{22800, 45601, "£456.01 is about 2 times the £228.00 it replaces."},
		{22800, 68400, "£684.00 is 3 times the £228.00 it replaces."},
		{22800, 57000, "£570.00 is 2.5 times the £228.00 it replaces."},
		{22800, 68171, "£681.71 is about 3 times the £228.00 it replaces."},
		{22800, 1000000, "£10,000.00 is about 43.9 times the £228.00 it replaces."},
		{22800, 10000000, "£100,000.00 is about 439 times the £228.00 it replaces."},
		{22800, 11399, "£113.99 is about 49% of the £228.00 it replaces."},
		{22800, 2280, "£22.80 is 10% of the £228.00 it replaces."},
		{22800, 228, "£2.28 is 1% of the £228.00 it replaces."},
		{22800, 227, "£2.27 is less than 1% of the £228.00 it replaces."},
		{22800, 0, "£0.00 takes the place of £228.00."},
		{0, 22800, ""}, {0, 0, ""},
	} {
		if got := unusual(int64(c.was), int64(c.is), c.was.String(), c.is.String()); got != c.want {
			t.Errorf("%s for %s: %q, want %q", c.is, c.was, got, c.want)
		}
	}
}

// It is said exactly when the new figure lies outside [was/2, 2·was], and the way back is then unusual too, unless it ends in nothing.
func TestUnusual_IsSaidExactlyOutsideHalfAndDouble(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		was, is := rapid.Int64Range(1, 1<<40).Draw(t, "was"), rapid.Int64Range(0, 1<<40).Draw(t, "is")
		outside := is > 2*was || 2*is < was
		if said := unusual(was, is, "a", "b") != ""; said != outside {
			t.Fatalf("%d for %d: said %v", is, was, said)
		}
		if back := unusual(is, was, "b", "a") != ""; is > 0 && back != outside {
			t.Fatalf("%d for %d: the way back says %v", is, was, back)
		}
	})
}

func TestWhatChanges_AsksAboutFiguresFarFromWhatTheyReplace(t *testing.T) {
	now, then := Published(), Published()
	then.Prices = append(then.Prices, Price{Route: OpenAccess, Format: FaceToFace, Unit: PerPerson, Net: 1000000, From: on})
	then.VAT = append(then.VAT, VATRate{Category: StandardRated, Rate: models.HundredPercent, From: on})
	then.Ladder = Ladder{{Days: 365, Fee: 0}, {Days: 0, Fee: models.HundredPercent}}
	c, err := WhatChanges(now, then, on)
	want := []string{
		"£10,000.00 is about 43.9 times the £228.00 it replaces.", "100% is 5 times the 20% it replaces.",
		"The longest notice of 365 days is about 13 times the 28 days it replaces.",
	}
	if err != nil || !slices.Equal(c.Unusual, want) {
		t.Errorf("%s, %v", strings.Join(c.Unusual, "\n"), err)
	}
	then = Published()
	then.Prices = append(then.Prices, Price{Route: OpenAccess, Format: FaceToFace, Unit: PerPerson, Net: 24000, From: on})
	then.VAT = append(then.VAT, VATRate{Category: ExemptVAT, Reason: "Education", From: on})
	if c, err = WhatChanges(now, then, on); err != nil || len(c.Unusual) != 0 {
		t.Errorf("%q, %v", c.Unusual, err)
	}
}

// Two years from 23 November 2026 are 23 November 2028: 731 days, as 2028 has a 29 February.
func TestChanges_AskAboutADayMoreThanTwoYearsAhead(t *testing.T) {
	today := models.Date{Year: 2026, Month: 11, Day: 23}
	for from, want := range map[models.Date]bool{
		today: false, {Year: 2028, Month: 11, Day: 23}: false, {Year: 2028, Month: 11, Day: 24}: true, {Year: 2999, Month: 4, Day: 1}: true,
	} {
		c := Changes{From: from}
		c.follow(today, models.Date{})
		if asked := slices.Equal(c.Unusual, []string{from.String() + " is more than two years from now."}); asked != want || !want && len(c.Unusual) > 0 {
			t.Errorf("%s: %q", from, c.Unusual)
		}
	}
}
