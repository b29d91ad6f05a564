package tool

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestPicture_DistancesOfTheDesign(t *testing.T) {
	for score, want := range map[float64]float64{
		0: 2.000, 10: 1.794, 25: 1.617, 40: 1.472, 50: 1.384, 56.25: 1.332, 60: 1.301, 68.75: 1.232, 75: 1.183, 81.25: 1.136, 90: 1.072, 100: 1.000,
	} {
		if got := apartFor(score); math.Abs(got-want) > 0.0011 {
			t.Errorf("%v: %.4f radii apart, want %.3f", score, got, want)
		}
	}
}

func TestPicture_ThreeCirclesCanAlwaysBePlaced(t *testing.T) {
	p := starter(t)
	rapid.Check(t, func(t *rapid.T) {
		f, err := p.Fit(someRatings(t, DontKnow))
		if err != nil {
			t.Fatal(err)
		}
		pic := p.FitPicture(f, 100)
		centres := map[Pair][2]Point{
			PE: {pic.Circles[0].Centre, pic.Circles[1].Centre}, PO: {pic.Circles[0].Centre, pic.Circles[2].Centre}, EO: {pic.Circles[1].Centre, pic.Circles[2].Centre},
		}
		for _, lens := range pic.Lenses {
			a, b := centres[lens.Pair][0], centres[lens.Pair][1]
			score := f.Pair(lens.Pair).Low
			if lens.Unsaid || p.blocks(f, lens.Pair) {
				score = 0
			}
			if d := math.Hypot(a.X-b.X, a.Y-b.Y); math.Abs(d-100*apartFor(score.Exact())) > 0.001 {
				t.Fatalf("%s: %v apart for %v", lens.Pair, d, score.Exact())
			}
		}
		if pic.Circles[2].Centre.Y < 0 || pic.Max.X-pic.Min.X < 300-0.001 || strings.Contains(pic.Lenses[0].Path, "NaN") {
			t.Fatalf("%+v", pic)
		}
	})
}

func TestPicture_SaysAllThatItShows(t *testing.T) {
	p := starter(t)
	pic := p.FitPicture(fitOf(t, workshop()), 100)
	want := "65, good fit. The weakest part is person and environment. Person and environment: 56. Person and occupation: 81. Environment and occupation: 81."
	if pic.Alternative != want || !pic.Lenses[0].Weakest || pic.Lenses[1].Weakest || pic.Lenses[0].Percent != 56 || !pic.WeakestDashed {
		t.Errorf("%s\n%+v", pic.Alternative, pic.Lenses)
	}
	four := [4]Answer{4, 4, 4, 4}
	blocked := p.FitPicture(fitOf(t, rated(four, four, [4]Answer{4, 4, 0, 4})), 100)
	if blocked.Lenses[2].Path != "" || blocked.Lenses[2].Percent != 0 || blocked.Lenses[0].Path == "" || !strings.Contains(blocked.Alternative, "Environment and occupation: blocked") {
		t.Errorf("%+v", blocked)
	}
	unknown := p.FitPicture(fitOf(t, rated(four, [4]Answer{DontKnow, DontKnow, 4, 4}, four)), 100)
	if !unknown.Lenses[0].Unsaid || unknown.Lenses[0].Percent != 0 || !unknown.Uncertain || !strings.Contains(unknown.Alternative, "Person and environment: not enough known yet") {
		t.Errorf("%+v", unknown)
	}
	if equal := p.FitPicture(fitOf(t, rated(four, four, four)), 100); equal.WeakestDashed || equal.Lenses[0].Weakest {
		t.Errorf("%+v", equal)
	}
}
