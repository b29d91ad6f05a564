package documents

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// Whatever the three scores are, the circles can be placed as far apart as they say, and the picture holds them whole.
func TestFit_CirclesStandAsFarApartAsTheirPairsSay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var f Fit
		for i := range f.Apart {
			f.Apart[i] = rapid.Float64Range(1, 2).Draw(t, "apart")
		}
		c := f.circles()
		for i, of := range [][2]int{{0, 1}, {0, 2}, {1, 2}} {
			a, b := c.middle[of[0]], c.middle[of[1]]
			if got := math.Hypot(a[0]-b[0], a[1]-b[1]); math.Abs(got-f.Apart[i]) > 1e-9 {
				t.Errorf("pair %d is %g apart, want %g", i, got, f.Apart[i])
			}
		}
		person, environment, occupation := c.middle[0], c.middle[1], c.middle[2]
		if person[0] >= environment[0] || occupation[1] < person[1] || person[1] != environment[1] {
			t.Errorf("person is not left of environment with occupation below: %v", c.middle)
		}
		for _, m := range c.middle {
			if m[0] < 1-1e-9 || m[1] < 1-1e-9 || m[0] > c.width-1+1e-9 || m[1] > c.height-1+1e-9 {
				t.Errorf("a circle at %v leaves the picture of %g × %g", m, c.width, c.height)
			}
		}
	})
}

func TestSplitSentences_OneForEachEnd(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{
		"": 0, "One": 1, "One. Two? Three! Four": 4, "At 9.30am. Then home.": 2, "Ask Dr Lee, then rest.": 1,
	} {
		if got := splitSentences(text); len(got) != want {
			t.Errorf("%q: %q", text, got)
		}
	}
}
