package billing

import (
	"slices"
	"testing"

	"hub.salford.ac.uk/ssph/models"
	"pgregory.net/rapid"
)

// Example 12b, and 7b with what is left in 7c.
func TestPlaceShares_WorkedExamples(t *testing.T) {
	got := PlaceShares(Amount{56438, 11288}, 3)
	want := []Amount{{18812, 3762}, {18813, 3763}, {18813, 3763}}
	if !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	three := PlaceShares(Amount{68400, 13680}, 3)
	if three[1] != (Amount{22800, 4560}) || three[0].Plus(three[2]) != (Amount{45600, 9120}) {
		t.Errorf("%v", three)
	}
}

func TestShares_SumExactlyInAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 15).Draw(t, "n")
		total := models.Pence(rapid.Int64Range(0, 300000*15).Draw(t, "total"))
		left := total
		for _, i := range rapid.Permutation(Shares(total, n)).Draw(t, "order") {
			if i < total/models.Pence(n) || i > total/models.Pence(n)+1 {
				t.Fatalf("share %d of %d in %d parts is not fair", i, total, n)
			}
			left -= i
		}
		if left != 0 {
			t.Fatalf("%d pence left", left)
		}
	})
}

func TestShares_HugeTotalDoesNotOverflow(t *testing.T) {
	const most = models.Pence(1<<63 - 1)
	var sum models.Pence
	for _, s := range Shares(most, 15) {
		sum += s
	}
	if sum != most {
		t.Errorf("sum %d", sum)
	}
}

func TestShare_OutsideTheLineIsNothing(t *testing.T) {
	for _, i := range []int{-1, 0, 4} {
		if got := Share(100, i, 3); got != 0 {
			t.Errorf("ordinal %d: %d", i, got)
		}
	}
	if len(Shares(100, 0)) != 0 || len(Shares(100, -1)) != 0 || Share(-100, 1, 1) != 0 {
		t.Error("no places or a negative total share nothing")
	}
}
